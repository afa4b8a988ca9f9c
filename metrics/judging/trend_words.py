"""A trend in one sentence: what stands out and by which rule, or that nothing does."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from math import ceil, floor

from metrics.catalogue import Metric
from metrics.judging.trend import Point, Trend
from metrics.periods import month_text
from metrics.phrases import number_text, range_text

SIGNAL_TITLES = {
    "outside": _("超出正常波动范围"),
    "shift": _("连续7个月以上在平均水平一侧"),
    "trend": _("连续6个月以上上升或下降"),
    "two_of_three": _("3个月中有2个月接近正常波动范围的边缘"),
}


def value_text(metric: Metric, value: float | None, word: str, decimals: int = 1) -> str:
    """Return a value with % or its measure word."""
    text = number_text(metric, value, decimals)
    return text if metric.is_percentage or value is None else text + word


def limits_text(metric: Metric, lower: float | None, upper: float | None, word: str, decimals: int = 1) -> str:
    """Return 2—9宗, "" without limits. Of whole numbers it is the numbers that lie within: 1.4—9.7 is 2—9."""
    if lower is None or upper is None:
        return ""
    if metric.kind in {"count", "balance"}:
        lower, upper = float(ceil(lower)), float(floor(upper))
    low = number_text(metric, lower, decimals)
    return _("{low}—{high}").format(low=low, high=value_text(metric, upper, word, decimals))


def baseline_text(trend: Trend) -> str:
    """Return what the range rests on, or why there is none."""
    if trend.baseline is None:
        return trend.without_limits or ""
    text = _("正常波动范围按{period}各月计算").format(period=range_text(*trend.baseline))
    if trend.steps:
        text += _("，{month}起为水平变化后重新计算").format(month=month_text(trend.steps[-1]))
    return text + "。"


def reading(trend: Trend, subject: str, word: str, decimals: int = 1) -> str:
    """Return the sentence under a chart: the newest judged month first, else what stood out before it."""
    judged = [point for point in trend.points if point.is_judged]
    if any(point.row.is_suppressed for point in trend.points) and not judged:
        return _("{subject}：为保护个人信息，有的月份不显示，不作判断。").format(subject=subject)
    if all(point.value is None for point in trend.points):
        return _("{subject}：所示各月均未报。").format(subject=subject)
    if not judged:
        return _("{subject}：{why}").format(subject=subject, why=trend.without_limits or _("所示各月均不作判断。"))
    text = _newest(trend, judged, subject, word, decimals)
    return text + _not_judged(trend.last)


def _newest(trend: Trend, judged: Sequence[Point], subject: str, word: str, decimals: int) -> str:
    point = judged[-1]
    facts = {
        "subject": subject,
        "month": month_text(point.month),
        "value": value_text(trend.metric, point.value, word, decimals),
    }
    facts["range"] = limits_text(trend.metric, point.lower, point.upper, word, decimals)
    if point.signal == "outside":
        where = _("高于") if point.side > 0 else _("低于")
        return _("{subject}{month}{value}，{where}正常波动范围（{range}）。").format(**facts, where=where)
    if point.signal in {"shift", "trend"}:
        return _long_run(trend, judged, facts, word, decimals)
    if point.signal == "two_of_three":
        edge = _("上限") if point.side > 0 else _("下限")
        text = _("{subject}{month}{value}，近3个月中有2个月接近正常波动范围（{range}）的{edge}，超出正常波动。")
        return text.format(**facts, edge=edge)
    return _normal(judged, facts)


def _long_run(trend: Trend, judged: Sequence[Point], facts: dict[str, str], word: str, decimals: int) -> str:
    """Say since when a run lasts: on one side of the centre, or up or down from month to month."""
    last = judged[-1]
    run = _side_run(judged) if last.signal == "shift" else _step_run(judged)
    since = {**facts, "since": month_text(run[0].month), "n": len(run)}
    if last.signal == "trend":
        way = _("上升") if (last.value or 0) > (run[0].value or 0) else _("下降")
        return _("{subject}自{since}起连续{n}个月{way}，{month}{value}，超出正常波动。").format(**since, way=way)
    where = _("高于") if last.side > 0 else _("低于")
    level = value_text(trend.metric, last.centre, word, decimals) if trend.metric.over else _mean(last.centre, word)
    text = _("{subject}自{since}起连续{n}个月{where}平均水平（{level}），{month}{value}，超出正常波动。")
    return text.format(**since, where=where, level=level)


def _mean(centre: float | None, word: str) -> str:
    return _("月均{n}{word}").format(n=f"{centre:,.1f}", word=word)


def _side_run(judged: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in reversed(judged):
        if point.side != judged[-1].side:
            break
        found.append(point)
    return found[::-1]


def _step_run(judged: Sequence[Point]) -> list[Point]:
    """Return the newest points that each go the same way from the one before."""
    values = [point.value or 0.0 for point in judged]  # judged points have a value
    is_up = values[-1] > values[-2]
    first = len(values) - 1
    while first and values[first] != values[first - 1] and (values[first] > values[first - 1]) == is_up:
        first -= 1
    return list(judged[first:])


def _normal(judged: Sequence[Point], facts: dict[str, str]) -> str:
    earlier = [point for point in judged if point.signal]
    if not earlier:
        text = _("{subject}{first}至{month}报齐的各月均属正常波动（正常波动范围{range}）。")
        if len(judged) == 1:
            text = _("{subject}{month}{value}，属正常波动（正常波动范围{range}）。")
        return text.format(**facts, first=month_text(judged[0].month))
    text = _("{subject}{month}{value}，属正常波动（正常波动范围{range}）；此前有{n}个月超出正常波动，最近的是{last}。")
    return text.format(**facts, n=len(earlier), last=month_text(earlier[-1].month))


def _not_judged(last: Point) -> str:
    """Return why the newest month is not judged, "" where it is."""
    if last.is_judged:
        return ""
    month = month_text(last.month)
    if last.row.is_suppressed:
        return _("{month}为保护个人信息不显示，不作判断。").format(month=month)
    if last.value is None:
        return _("{month}未报，不作判断。").format(month=month)
    if last.is_partial:
        return _("{month}报送不全，不作判断。").format(month=month)
    if last.is_carried:
        return _("{month}沿用此前名册，不作判断。").format(month=month)
    return _("{month}暂无正常波动范围，不作判断。").format(month=month)
