"""Sentences on what is overdue and which enterprises are red: what a leader asks every week. Never in a public version."""

from __future__ import annotations

from gettext import gettext as _

from briefing.aspects.disputes import METRIC, STEPS
from briefing.aspects.dues import OVERDUE, overdue_ids, summary
from briefing.aspects.warned import RED, has_levels, red_rows
from briefing.model import Fact, Missing, Text
from briefing.sentences.links import CASES, HAZARDS, sentence
from briefing.sentences.scope import Scope, Told
from briefing.sentences.units import responsible_for
from briefing.told import joined, told
from metrics.periods import month_text
from metrics.reports import report_states

HAZARD = "hazard_reports"


def dues(scope: Scope) -> list[Told]:
    """Return the sentence on overdue cases, where some are, then the one on hazards and red enterprises.

    A document of few pages has one sentence on both, and only where there is something to answer for.
    """
    if scope.is_public:
        return []
    return brief(scope) if scope.is_short else [*overdue(scope), *warned(scope)]


def brief(scope: Scope) -> list[Told]:
    """Say in one line how many cases are overdue and how many enterprises are red; nothing where none is."""
    where = scope.origin("value", OVERDUE).where
    late, red = overdue_ids(scope.source, scope.month, where), red_rows(scope.source, scope.month, where)
    stale = scope.optional(_("（{stale}，仅供参考）"), stale=_stale(scope))
    parts = joined([_brief_late(scope) if late else (), _brief_red(scope) if red else ()], "；")
    if not parts:
        return [one for one in overdue(scope) if isinstance(one, Missing)]
    ids = [*dict.fromkeys([*late, *(row.keys["community_id"] or "" for row in red)])]
    name = (scope.name,) if scope.community else ()
    page, more = (CASES, {"show": "overdue"}) if late else (HAZARDS, {"part": "levels"})
    unit = responsible_for(scope.source, ids)
    return [sentence(scope, "dues:brief", (*name, *parts, *(stale if late else ()), "。"), page, unit, **more)]


def _brief_late(scope: Scope) -> Text:
    return scope.optional(
        _("纠纷超期{n}，在办的最长已办{longest}"),
        n=scope.fact("value", OVERDUE), longest=scope.fact("longest_open", OVERDUE),
    )  # fmt: skip


def _brief_red(scope: Scope) -> Text:
    return scope.optional(_("风险等级为红的企业{n}"), n=scope.fact("value", RED))


def _stale(scope: Scope) -> Fact | None:
    return scope.fact("stale", METRIC, f"{scope.issued_on or ''}")


def overdue(scope: Scope) -> list[Told]:
    """Say how many cases in hand are past a limit, whose, and how long the longest has taken; nothing where none is."""
    where = scope.origin("value", OVERDUE).where
    if summary(scope.source, scope.month, where) is None:
        return []
    found = scope.answer(OVERDUE).row.value
    if found is None:
        return [scope.missing(OVERDUE)] if _is_owed(scope, STEPS) else []
    parts = _overdue_text(scope) if found else None
    if parts is None:
        return []
    unit = responsible_for(scope.source, [*overdue_ids(scope.source, scope.month, where)])
    return [sentence(scope, "disputes:overdue", parts, CASES, unit, show="overdue")]


def _overdue_text(scope: Scope) -> Text | None:
    group = scope.optional(_("（{group}）"), group=scope.fact("group_open", OVERDUE))
    return told(
        _(
            "{name}{month}末在办{open}{group}，最长已办{longest}；其中超期{overdue}{names}，涉及办理期限{steps}{soon}{stale}。"
        ),
        name=scope.name if scope.community else (),
        month=month_text(scope.month),
        open=scope.fact("value", "disputes_open"),
        group=group,
        overdue=scope.fact("value", OVERDUE),
        names=() if scope.community else scope.optional(_("（{names}）"), names=scope.fact("overdue_names", OVERDUE)),
        steps=scope.fact("value", "case_steps_overdue"),
        longest=scope.fact("longest_open", OVERDUE),
        soon=scope.optional(_("；{soon}"), soon=scope.fact("due_soon", OVERDUE)),
        stale=scope.optional(_("（{stale}，超期数仅供参考）"), stale=_stale(scope)),
    )


def warned(scope: Scope) -> list[Told]:
    """Say how many hazards were reported and which enterprises are red at the month's end."""
    if not has_levels(scope.source):
        return []
    red, reported = _red_text(scope), _reported_text(scope)
    if not red and not reported:
        return []
    parts = (*reported, *(("；",) if red and reported else ()), *red, "。")
    found = red_rows(scope.source, scope.month, scope.origin("value", RED).where)
    unit = responsible_for(scope.source, [row.keys["community_id"] or "" for row in found]) if found else ""
    part = "levels" if found else "reports"
    return [sentence(scope, "warnings:red", parts, HAZARDS, unit, part=part)]


def _reported_text(scope: Scope) -> Text:
    return scope.optional(
        _("{name}{month}报告隐患线索{n}"),
        name=scope.name if scope.community else (),
        month=month_text(scope.month),
        n=scope.fact("value", HAZARD, period="month"),
    )


def _red_text(scope: Scope) -> Text:
    return scope.optional(
        _("月末风险等级为红的企业{red}{places}、为黄的{yellow}"),
        red=scope.fact("value", RED),
        places=() if scope.community else scope.optional(_("（{places}）"), places=scope.fact("red_places", RED)),
        yellow=scope.fact("value", "enterprises_yellow"),
    )


def _is_owed(scope: Scope, ledger: str) -> bool:
    """Return whether a ledger is owed for this very month by any community spoken of."""
    states = report_states(scope.source.warehouse, scope.month, ledger)
    return any(state.is_due for state in states if scope.community in ("", state.community_id))
