"""Sentences on 建会率 and 入会率: who lacks the goal, who is low, how the street or one community stands."""

from __future__ import annotations

from gettext import gettext as _

from briefing.aspects.communities import lacking_rows, low_ids, name_of
from briefing.aspects.numbers import NAMED
from briefing.model import Fact, Text
from briefing.sentences.links import MAP, sentence
from briefing.sentences.scope import Scope, Told
from briefing.sentences.units import responsible, responsible_for
from briefing.told import joined, told
from metrics import goals
from metrics.catalogue import metric_of
from metrics.question import Row


def levels(scope: Scope, metric: str) -> list[Told]:
    """Say who lacks the street's goal; where nobody does, and of one community, the level and its change in a year."""
    if scope.community or scope.is_public:
        return _level(scope, metric)
    return _unmet(scope, metric) or _level(scope, metric)


def _level(scope: Scope, metric: str) -> list[Told]:
    """Say the level with both sides, its change within a year, and who is low; of one community what it lacks."""
    parts = told(
        _("{name}{title}{row}{standing}{changed}{low}{short}。"),
        name=scope.name,
        title=metric_of(metric).title,
        row=scope.fact("row", metric),
        standing=standing(scope, metric),
        changed=scope.optional(
            _("；{changed}") if scope.community else _("，{changed}"),
            changed=scope.changed(metric, "last_year") or None,
        ),
        low=() if scope.community else scope.optional(_("；{low}"), low=scope.fact("low", metric)),
        short=short(scope, metric),
    )
    if parts is None:
        return [scope.missing(metric)]
    return [sentence(scope, f"level:{metric}", parts, MAP, _unit(scope, metric), metric=metric)]


def _unit(scope: Scope, metric: str) -> str:
    """Return who answers for a level: the community that lacks the goal, those that are low; "" for none."""
    if scope.community:
        return responsible(scope.source, scope.community) if _lacks(scope, metric) else ""
    low = [] if scope.is_public else low_ids(scope.source, scope.origin("low", metric))
    return responsible_for(scope.source, low) if low else ""


def standing(scope: Scope, metric: str) -> Text:
    """Return a community's range and its place against the street: ，参考范围…，与全街道相比偏低; () of the street."""
    if not scope.community:
        return ()
    limits = scope.optional(_("，参考范围{range}"), range=scope.fact("range", metric))
    return limits + scope.optional(_("，{place}"), place=scope.fact("place", metric))


def short(scope: Scope, metric: str) -> Text:
    """Return ；距目标90%还差10家, of the street too, or ；目标90%，已达到, which a short one leaves to its table; () without a goal."""
    goal = scope.fact("goal", metric)
    if _lacks(scope, metric):
        return scope.optional(_("；距目标{goal}还差{short}"), goal=goal, short=scope.fact("short", metric))
    return () if scope.is_short else scope.optional(_("；目标{goal}，已达到"), goal=goal)


def _lacks(scope: Scope, metric: str) -> bool:
    found = goals.standing(scope.source.warehouse, metric, scope.answer(metric).row)
    return found is not None and not found.is_met


def _unmet(scope: Scope, metric: str) -> list[Told]:
    """Say which communities have not reached the street's goal and how much each lacks; the low ones come first."""
    lacking = [row for row, _standing in lacking_rows(scope.source, scope.origin("lacking", metric))]
    if not lacking:
        return []
    ids, named = [row.keys["community_id"] or "" for row in lacking], NAMED - 1 if scope.is_short else NAMED
    parts = told(
        _("{title}未达目标{goal}的社区有{n}{placed}：{each}{more}。"),
        title=scope.title(metric),
        goal=scope.fact("goal", metric),
        n=scope.fact("lacking", metric),
        placed=scope.optional(
            _("，{placed}"), placed=scope.fact("lacking_placed", metric, "low" if scope.is_short else "")
        ),
        each=joined([_lack(scope, metric, row) for row in lacking[:named]], "、" if scope.is_short else "；") or None,
        more=_("等") if len(lacking) > named else (),
    )
    if parts is None:
        return []
    unit = responsible_for(scope.source, ids, named)
    return [sentence(scope, f"unmet:{metric}", parts, MAP, unit, metric=metric, community=",".join(ids))]


def _lack(scope: Scope, metric: str, row: Row) -> Text:
    at = row.keys["community_id"] or ""
    if scope.is_short:
        short = scope.fact("short", metric, community=at)
        return scope.optional(_("{community}还差{short}"), community=name_of(row), short=short)
    facts: dict[str, Fact | None] = {name: scope.fact(name, metric, community=at) for name in ("row", "short")}
    return scope.optional(_("{community}{row}，还差{short}"), community=name_of(row), **facts)
