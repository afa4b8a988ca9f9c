"""What the program suggests for 提请研究事项: never printed by itself, the office takes it over or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from gettext import gettext as _

from briefing import typed
from briefing.aspects import fact
from briefing.aspects.communities import behind_rows, name_of
from briefing.aspects.disputes import METRIC, alarms
from briefing.aspects.dues import OVERDUE, overdue_ids
from briefing.aspects.warned import RED, red_rows
from briefing.model import Origin, Text, Typed, plain
from briefing.sentences import COMPARE, DISPUTES, NO_CONDITION, responsible
from briefing.sentences.links import CASES, HAZARDS
from briefing.sentences.units import department, responsible_for
from briefing.source import Source
from briefing.told import joined, told
from metrics import reports, scope
from metrics.catalogue import metric_of
from metrics.judging.alarm_words import alarm_template
from metrics.judging.alarms import Alarm
from metrics.periods import month_text, shift
from metrics.phrases import so_far_text
from metrics.reports import ReportSummary

LEDGERS = "pages/ledgers.py"
PROGRESS = ("unions_formed_target_progress", "members_joined_target_progress")
ANSWERED = {"confirmed": _("（已核实，属实）"), "open": _("（待核实）")}


@dataclass(frozen=True)
class Suggestion:
    """A matter that the data would have decided: `id` is the same every month, `page` and `query` lead to its rows."""

    id: str
    parts: Text
    unit: str = ""
    page: str = ""
    query: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the matter as it reads, to be taken over as a typed one."""
        return plain(self.parts)


def suggestions(source: Source, month: date) -> tuple[Suggestion, ...]:
    """Return what a month's data would have studied: past its day, overdue, red, not reported, behind, unusual.

    None for a public version.
    """
    if source.audience == "public":
        return ()
    past, absent = _past_day(source, month), _not_reported(source, month)
    urgent = (_overdue(source, month), _red(source, month))
    found = (*past, *urgent, *absent, *_behind(source, month), *_alarms(source, month))
    return tuple(one for one in found if one is not None)


def _past_day(source: Source, month: date) -> Iterator[Suggestion]:
    """Name the matters assigned whose day is over and that are not done."""
    end = f"{shift(month, 1) - timedelta(days=1)}"
    for one in typed.assigned(source.street, month) if source.street else ():
        if not one.is_done and one.due is not None and f"{one.due}" <= end:
            said = _("上期交办事项“{matter}”已到时限（{deadline}）仍未办结，建议研究督办。")
            parts = told(said, matter=Typed(one.matter), deadline=Typed(one.deadline))
            yield Suggestion(f"assigned:{one.item}", parts or (), one.responsible)


def _overdue(source: Source, month: date) -> Suggestion | None:
    """Name the communities with cases past a limit, and how long the longest has taken; None where there is none."""
    where = overdue_ids(source, month)
    if not where:
        return None
    parts = told(
        _("{month}末在办纠纷超期{n}（{names}），在办的最长已办{longest}，提请研究督办。"),
        month=month_text(month),
        names=fact(source, Origin("overdue_names", OVERDUE, month)),
        n=fact(source, Origin("value", OVERDUE, month)),
        longest=fact(source, Origin("longest_open", OVERDUE, month)),
    )
    query = {**NO_CONDITION[CASES], "month": f"{month:%Y-%m}", "show": "overdue"}
    return Suggestion("overdue", parts, responsible_for(source, [*where]), CASES, query) if parts else None


def _red(source: Source, month: date) -> Suggestion | None:
    """Say how many enterprises are red at the month's end, and where; None where none is."""
    found = red_rows(source, month)
    if not found:
        return None
    parts = told(
        _("{month}末风险等级为红的企业{n}（{places}），提请研究处置。"),
        month=month_text(month),
        n=fact(source, Origin("value", RED, month)),
        places=fact(source, Origin("red_places", RED, month)),
    )
    unit = responsible_for(source, [row.keys["community_id"] or "" for row in found])
    query = {**NO_CONDITION[HAZARDS], "month": f"{month:%Y-%m}", "part": "levels"}
    return Suggestion("red", parts, unit, HAZARDS, query) if parts else None


def _not_reported(source: Source, month: date) -> Iterator[Suggestion]:
    for owed in reports.summary(source.warehouse, month):
        if owed.missing:
            yield _unreported(source, month, owed)


def _unreported(source: Source, month: date, owed: ReportSummary) -> Suggestion:
    ids = {one.title: one.id for one in scope.communities(source.warehouse)}
    missing = [ids[name] for name in owed.missing if name in ids]
    who = _("{names}社区").format(names="、".join(owed.missing)) if missing else owed.missing[0]
    text = _("{month}{ledger}未报：{who}，建议研究督促报送。").format(
        month=month_text(month), ledger=owed.title, who=who
    )
    unit = responsible_for(source, missing) if missing else responsible(source, "")
    return Suggestion(f"report:{owed.ledger}", (text,), unit, LEDGERS, {"month": f"{month:%Y-%m}"})


def _behind(source: Source, month: date) -> Iterator[Suggestion | None]:
    for metric in PROGRESS:
        origin = Origin("value", metric, month)
        rows = behind_rows(source, origin)
        if rows:
            yield _behind_schedule(source, origin, {row.keys["community_id"] or "": name_of(row) for row in rows})


def _behind_schedule(source: Source, origin: Origin, behind: dict[str, str]) -> Suggestion | None:
    metric, month = origin.metric, origin.month
    each = (
        told("{name}{value}", name=name, value=fact(source, Origin("value", metric, month, where=_at(community))))
        for community, name in behind.items()
    )
    parts = told(
        _("{period}{title}低于时序进度（{schedule}）的社区：{each}，建议研究加快进度的措施。"),
        period=so_far_text(month),
        title=metric_of(metric).title,
        schedule=fact(source, Origin("schedule", metric, month)),
        each=joined(each, "、") or None,
    )
    if parts is None:
        return None
    query = {**NO_CONDITION[COMPARE], "month": f"{month:%Y-%m}", "metric": metric}
    return Suggestion(f"behind:{metric}", parts, department(metric), COMPARE, query)


def _at(community: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("community", (community,)),)


def _alarms(source: Source, month: date) -> Iterator[Suggestion | None]:
    for alarm in alarms(source, month):
        yield _alarm(source, month, alarm)


def _alarm(source: Source, month: date, alarm: Alarm) -> Suggestion | None:
    origin = Origin("alarm_count", METRIC, month, where=_at(alarm.community_id), of=alarm.series)
    template = alarm_template(alarm, month, scope.measure(source.warehouse, metric_of(METRIC))).rstrip("。")
    said = told(
        template + ANSWERED[alarm.answer] + _("，建议研究处置。"),
        count=fact(source, origin),
        most=fact(source, Origin("alarm_most", METRIC, month, where=_at(alarm.community_id), of=alarm.series)),
    )
    if said is None:
        return None
    cause = {"cause": alarm.cause_id} if alarm.cause_id in scope.titles(source.warehouse, "cause") else {}
    query = {**NO_CONDITION[DISPUTES], "month": f"{month:%Y-%m}", "start": f"{alarm.since:%Y-%m}"}
    query |= {"community": alarm.community_id} | cause
    return Suggestion(f"alarm:{alarm.series}", said, responsible(source, alarm.community_id), DISPUTES, query)
