"""A number over the months: bars for what happens within a month, a line for levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _

from briefing.aspects import fact
from briefing.charts import words
from briefing.model import Chart, Origin, Series, Text
from briefing.source import Source
from briefing.told import told
from metrics import phrases, scope
from metrics.catalogue import Metric, metric_of
from metrics.judging import trend_words
from metrics.judging.trend import Point, Trend, trend
from metrics.periods import month_text, shift
from metrics.question import Question

MONTHS = 24


def trend_chart(source: Source, metric: str, month: date, months: int = MONTHS, community: str = "") -> Chart | None:
    """Return a metric over the months up to one, of the street or of one community; None where no month has a value.

    A share or rate of a community has the street's line beside it; a year's task has the calendar's.
    """
    found = _trend(source, metric, month, months, community)
    if all(point.value is None for point in found.points):
        return None
    main = _series(source, found, _place(source, community))
    others = _others(source, found, community)
    is_line = found.metric.time == "stock" or found.metric.over is not None
    title, said = _title(source, found)
    goal, goal_text = words.goal_of(source, found.metric)
    band = _band(found) if source.audience == "internal" else ()
    return Chart(
        f"trend:{metric}" + (f":{community}" if community else ""), title, "line" if is_line else "bar",
        "%" if found.metric.is_percentage else scope.measure(source.warehouse, found.metric),
        tuple(month_text(point.month) for point in found.points), (main, *others), _alt(title, found, main),
        _notes(source, found, is_line, bool(band)), band, goal, goal_text, found.metric.is_percentage,
        mark=words.mark(source), said=said,
    )  # fmt: skip


def _trend(source: Source, metric: str, month: date, months: int, community: str) -> Trend:
    start = max(shift(month, 1 - months), scope.months(source.warehouse)[0])
    where = (("community", (community,)),) if community else ()
    question = Question(metric_of(metric).id, (), month, start, None, where, source.audience)
    return trend(source.warehouse, question, source.street)


def _place(source: Source, community: str) -> str:
    if not community:
        return _("全街道")
    return _("{name}社区").format(name=scope.title(source.warehouse, "community", community))


def _origin(found: Trend, aspect: str, of: str = "") -> Origin:
    """Return the origin of the newest month's number."""
    asked = found.question
    period = None if found.metric.period or found.metric.time == "stock" else "month"
    return Origin(aspect, found.metric.id, asked.month or found.points[-1].month, period, asked.where, of)


def _series(source: Source, found: Trend, title: str) -> Series:
    is_internal = source.audience == "internal"
    return Series(
        title,
        tuple(point.value for point in found.points),
        tuple(words.value_text(source, found.metric, point.row) for point in found.points),
        replace(_origin(found, "value", "month"), start=found.points[0].month, audience=source.audience),
        tuple(_mark(point, is_internal) for point in found.points),
    )


def _mark(point: Point, is_internal: bool) -> str:
    if point.is_partial:
        return "partial"
    if point.is_carried:
        return "carried"
    return "" if not point.signal or not is_internal else "higher" if point.side > 0 else "lower"


def _others(source: Source, found: Trend, community: str) -> tuple[Series, ...]:
    """Return what a line is read against: the whole street, the calendar."""
    metric, months = found.metric, len(found.points)
    others = []
    if community and metric.over:
        street = _trend(source, metric.id, found.points[-1].month, months, "")
        others.append(replace(_series(source, street, _("全街道")), marks=()))
    if _is_task(metric):
        shares = [phrases.schedule_share(point.month) for point in found.points]
        texts = tuple(phrases.number_text(metric, share, 0) for share in shares)
        origin = replace(_origin(found, "schedule", "month"), start=found.points[0].month, audience=source.audience)
        others.append(Series(_("时序进度"), tuple(shares), texts, origin))
    return tuple(others)


def _is_task(metric: Metric) -> bool:
    """Return whether a metric is the year's progress towards a task."""
    return metric.period == "ytd" and metric.is_percentage


def _band(found: Trend) -> tuple[tuple[float | None, float | None], ...]:
    """Return the normal range of each month, () where no month has one; below 0 there is nothing."""
    limits = [(point.lower, point.upper) for point in found.points]
    if all(high is None for _low, high in limits):
        return ()
    return tuple((None if low is None else max(low, 0.0), high) for low, high in limits)


def _title(source: Source, found: Trend) -> tuple[str, Text]:
    """Say the newest month's number and how it has moved; 未报 where it is not in."""
    metric = found.metric
    place = _place(source, dict(found.question.where).get("community", ("",))[0])
    subject = words.when(metric, found.last.month) + place + metric.title
    value = fact(source, _origin(found, "value"))
    if value is None:
        why = words.value_text(source, metric, found.last.row)
        return words.said_of(None, f"{subject}：{why}")
    beyond = _beyond(found) if source.audience == "internal" else ""
    tail = (beyond,) if beyond else _moved(source, found)
    text = told(
        "{subject}{value}{aside}{tail}", subject=subject, value=value, aside=_aside(source, found),
        tail=("，", *tail) if tail else "",
    )  # fmt: skip
    return words.said_of(text, subject)


def _aside(source: Source, found: Trend) -> Text:
    """Return what the newest number is without, or that it is an earlier register's; nothing where it is whole and new."""
    if found.last.is_carried:
        return (_("（沿用上一期名册）"),)
    return words.left_out(source, _origin(found, "left_out"))


def _moved(source: Source, found: Trend) -> Text:
    """Return how the newest number has moved within a year, of a task how far the calendar is."""
    if _is_task(found.metric):
        return told(_("时序进度{share}"), share=fact(source, _origin(found, "schedule"))) or ()
    moved = fact(source, _origin(found, "change", "last_year"))
    return () if moved is None else (moved,)


def _beyond(found: Trend) -> str:
    """Return how the newest month stands out from the usual; "" where it does not.

    Beside it no change is told: fewer than a year before may well be more than usual.
    """
    last, high = found.last, found.last.side > 0
    if last.signal == "trend":
        return _("连续上升") if (last.value or 0) > (found.points[-2].value or 0) else _("连续下降")
    return {
        "outside": _("高于正常波动范围") if high else _("低于正常波动范围"),
        "shift": _("连续高于平均水平") if high else _("连续低于平均水平"),
        "two_of_three": _("接近正常波动范围上限") if high else _("接近正常波动范围下限"),
    }.get(last.signal, "")


def _alt(title: str, found: Trend, series: Series) -> str:
    """Say the title, both ends, the highest and the lowest month, and who did not report."""
    known = [at for at, value in enumerate(series.values) if value is not None]
    values = [value or 0.0 for value in series.values]
    high, low = max(known, key=values.__getitem__), min(known, key=values.__getitem__)
    told_at = [(_("由{m}{v}"), known[0]), (_("到{m}{v}"), known[-1]), (_("最高{m}{v}"), high), (_("最低{m}{v}"), low)]
    parts = [text.format(m=month_text(found.points[at].month), v=series.texts[at]) for text, at in told_at]
    missing = [month_text(found.points[at].month) for at, text in enumerate(series.texts) if text == words.MISSING]
    return (
        f"{title}。" + "，".join(parts) + (_("；未报：{months}").format(months="、".join(missing)) if missing else "")
    )


def _notes(source: Source, found: Trend, is_line: bool, has_band: bool) -> tuple[str, ...]:
    """Return what the picture must say of its months."""
    points = found.points
    shape = _("空心点") if is_line else _("斜纹柱")
    notes = []
    if any(point.is_partial and point.value is not None for point in points):
        notes.append(_("{shape}：当月有社区未报，只计已报社区{who}").format(shape=shape, who=_who(source, found)))
    if fact(source, _origin(found, "like_for_like", "last_year")) and not _is_task(found.metric):
        notes.append(_("增减按两期均已报送的社区比较"))
    if any(point.is_carried for point in points):
        notes.append(_("圆点：当月有新报名册；其余月份沿用上一期名册"))
    signals = {point.signal for point in points if point.signal and not point.is_partial}
    if signals and source.audience == "internal":
        said = _("{shape}：超出正常波动{rules}")
        notes.append(said.format(shape=_("菱形") if is_line else _("加框"), rules=_rules(signals)))
    if any(point.row.is_suppressed for point in points):
        notes.append(_("不显示：为保护个人信息"))
    if has_band:
        notes.append(trend_words.baseline_text(found).rstrip("。"))
    return tuple(notes)


def _rules(signals: set[str]) -> str:
    """Return （含连续7个月以上在平均水平一侧）: why months within the range stand out too; "" where none does."""
    inside = [title for name, title in trend_words.SIGNAL_TITLES.items() if name != "outside" and name in signals]
    return _("（含{rules}）").format(rules="；".join(inside)) if inside else ""


def _who(source: Source, found: Trend) -> str:
    """Return （12月未报：第五园） for the newest month; "" where it is complete, and of one community."""
    if not found.last.is_partial or found.question.where:
        return ""
    asked = Question(found.metric.id, ("community",), found.last.month, period=None if found.metric.period else "month")
    names = [row.keys["community"] or "" for row in source.answer(asked).rows if not row.known]
    return _("（{m}月未报：{names}）").format(m=found.last.month.month, names=_some(names)) if names else ""


def _some(names: Sequence[str]) -> str:
    return "、".join(names[: words.NAMED]) + (_("等") if len(names) > words.NAMED else "")
