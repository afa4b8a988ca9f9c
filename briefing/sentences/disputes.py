"""Sentences on disputes: how many came, what stands out, which cause has changed by more than chance."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from briefing.aspects.changes import verdict_of
from briefing.aspects.disputes import METRIC, alarms
from briefing.model import Text
from briefing.sentences.links import DISPUTES, sentence
from briefing.sentences.scope import Scope, Told
from briefing.sentences.units import department, responsible
from briefing.told import joined, told
from metrics import phrases
from metrics.catalogue import metric_of
from metrics.judging.alarm_words import alarm_template
from metrics.judging.chance import verdict
from metrics.periods import month_text
from metrics.question import UNKNOWN, Question
from metrics.scope import measure, titles


def disputes(scope: Scope) -> list[Told]:
    """Say how many disputes came, then the alarm, or without one the cause that changed by more than chance."""
    return [*_received(scope), *(_alarms(scope) or _causes(scope))]


def _received(scope: Scope) -> list[Told]:
    """Say how many disputes came, against a year before, and which causes make up most of them."""
    change = scope.changed(METRIC, "last_year", "month")
    parts = told(
        _("{name}{month}受理劳资纠纷{n}{changed}{season}{causes}。"),
        name=scope.name if scope.community else (),
        month=month_text(scope.month),
        n=scope.fact("value", METRIC, period="month"),
        changed=scope.optional(_("，{changed}"), changed=change or None),
        season=scope.optional(_("；{season}"), season=season(scope) or None),
        causes=scope.optional(_("；按案由，{named}"), named=most_causes(scope) or None),
    )
    if parts is None:
        return [scope.missing(METRIC, "month")]
    return [sentence(scope, "disputes:received", parts, DISPUTES, _unit(scope), start=f"{scope.month:%Y-%m}")]


def _unit(scope: Scope) -> str:
    """Return who answers for a number beyond normal variation; "" where there is nothing to answer for."""
    origin = scope.origin("change", METRIC, "last_year", "month")
    if not verdict_of(scope.source, origin).is_beyond:
        return ""
    return responsible(scope.source, scope.community) if scope.community else department(METRIC)


def most_causes(scope: Scope, period: str = "month") -> Text:
    """Return the two causes with most cases: 拖欠工资20宗，社会保险5宗; () without any."""
    question = scope.origin("value", METRIC, period=period).question
    rows = scope.source.answer(_by_cause(question)).rows
    most = sorted((row for row in rows if row.value), key=lambda row: -(row.value or 0))[:2]
    return joined([_cause_count(scope, row.keys, period) for row in most], "，")


def _by_cause(question: Question) -> Question:
    return replace(question, by=("cause",))


def _cause_count(scope: Scope, keys: dict[str, str | None], period: str) -> Text:
    # As the rows by cause count: under a condition a case with two causes would be found under each.
    count = scope.fact("among", METRIC, f"cause={keys['cause_id'] or ''}", period)
    return scope.optional("{cause}{n}", cause=keys["cause"] or "", n=count)


def season(scope: Scope) -> Text:
    """Return the comparison that Spring Festival does not upset: by days before it, or 1—2月 together; () otherwise."""
    if by_days := scope.fact("aligned", METRIC, period="month"):
        return (by_days,)
    if scope.month.month != 2:
        return ()
    both = scope.changed(METRIC, "last_year", "ytd")
    return scope.optional(
        _("1—2月合并{n}，{changed}"), n=scope.fact("value", METRIC, period="ytd"), changed=both or None
    )


def _alarms(scope: Scope) -> list[Told]:
    """Say the least likely 异动提示 that the street has not found to be none, and how many more there are."""
    found = [one for one in alarms(scope.source, scope.month) if scope.community in ("", one.community_id)]
    if not found:
        return []
    first, warehouse = found[0], scope.source.warehouse
    template = alarm_template(first, scope.month, measure(warehouse, metric_of(METRIC)))
    facts = {
        name: scope.fact(f"alarm_{name}", METRIC, first.series, community=first.community_id)
        for name in ("count", "most")
    }
    parts = told(template, **facts)
    if parts is None:
        return []
    more = scope.optional(_("另有{n}异动提示。"), n=scope.fact("alarms_more", METRIC, first.series))
    conditions = {"community": first.community_id, "start": f"{first.since:%Y-%m}"}
    if first.cause_id in titles(warehouse, "cause"):
        conditions["cause"] = first.cause_id
    unit = responsible(scope.source, first.community_id)
    return [sentence(scope, "disputes:alarm", (*parts, *more), DISPUTES, unit, **conditions)]


def _causes(scope: Scope) -> list[Told]:
    """Say which cause has changed most against the same months a year before, if one has by more than chance."""
    origin = scope.origin("change", METRIC, "last_year", "ytd")
    each = scope.source.changes(_by_cause(origin.question), "last_year")
    found = [one for one in each if one.difference and verdict(scope.source.warehouse, one).is_beyond]
    if not found:
        return []
    keys = max(found, key=lambda entry: abs(entry.difference or 0)).keys
    code = keys["cause_id"] or ""
    parts = told(
        _("{name}按案由与上年同期相比，变化最大的是{cause}：{period}{total}，{changed}。"),
        name=scope.name if scope.community else (),
        cause=keys["cause"] or "",
        period=phrases.so_far_text(scope.month),
        total=scope.fact("among", METRIC, f"cause={code}", "ytd"),
        changed=_cause_changed(scope, code) or None,
    )
    if parts is None:
        return []
    unit = responsible(scope.source, scope.community) if scope.community else department(METRIC)
    start = f"{scope.month:%Y}-01"
    return [sentence(scope, "disputes:cause", parts, DISPUTES, unit, start=start, cause=code or UNKNOWN)]


def _cause_changed(scope: Scope, code: str) -> Text:
    """Return how a cause has changed since the year before, over which communities, and how to take it."""
    change, note, judged = (
        scope.fact(f"among_{aspect}", METRIC, f"last_year,cause={code}", "ytd")
        for aspect in ("change", "like_for_like", "judged")
    )
    if change is None:
        return ()
    return joined([(change, *scope.optional(_("（{note}）"), note=note)), judged], "，")
