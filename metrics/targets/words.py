"""Targets as sentences: how far, beside the calendar, and what the year's end will bring in plain words."""

from __future__ import annotations

from gettext import gettext as _
from math import ceil, floor

from metrics import phrases
from metrics.catalogue import Metric
from metrics.targets.history import Foresight
from metrics.targets.progress import Progress

VERDICTS = {
    "reached": _("已完成"), "missed": _("未完成"), "likely": _("很可能完成"), "open": _("难以判断"), "unlikely": _("可能完不成"),
    "plan": "", "unsaid": "", "unknown": _("未报"),
}  # fmt: skip
LEVELS = {  # of a level that is held against its target
    "reached": _("已达到"), "missed": _("未达到"), "likely": _("很可能达到"), "unlikely": _("可能达不到"),
}  # fmt: skip
BELOW = {"reached": _("控制在任务数以内"), "missed": _("已超过任务数")}  # of what is to be kept low
SPANS = {6: _("每半年"), 12: _("每年")}
YEARS = {2: _("近两年"), 3: _("近三年")}
LEGEND = _(
    "预计范围：照过去几年的变化推算，没有算进今年新的部署；用示例街道往年的任务回算，十次里大约有七次落在范围内。整个范围达到任务数的为“很可能完成”，都达不到的为“可能完不成”，其余为“难以判断”。"
)


def value_text(metric: Metric, value: float | None, decimals: int = 1, word: str | None = None) -> str:
    """Return a target or what is done with its measure word: 200家, 95.0%, 未报."""
    if value is None:
        return _("未报")
    number = phrases.number_text(metric, value, decimals)
    return number if metric.is_percentage else number + (word or metric.measure)


def share_text(one: Progress) -> str:
    """Return done of planned as a percentage, 超额完成 above 100 %; "" where it is not divided."""
    return "" if one.share is None else f"{phrases.rounded(one.share * 100, 1)}%"


def schedule_text(one: Progress) -> str:
    """Return the share of the year that is over; "" where the task does not grow with it."""
    return "" if one.schedule is None else f"{phrases.rounded(one.schedule * 100, 0)}%"


def _end(metric: Metric, value: float, is_low: bool) -> str:
    if metric.is_percentage:
        return f"{phrases.rounded(value * 100, 1)}%"
    if metric.kind in {"rate", "median"}:
        return f"{phrases.rounded(value, 2)}"
    return f"{floor(value + 1e-9) if is_low else ceil(value - 1e-9):,}"


def range_text(one: Progress, word: str | None = None) -> str:
    """Return the range of the year's end: 190—230家; "" without a forecast."""
    if one.forecast is None:
        return ""
    low, high = _end(one.metric, one.forecast.low, True), _end(one.metric, one.forecast.high, False)
    ends = low if low == high else f"{low}—{high}"
    return ends if one.metric.is_percentage else ends + (word or one.metric.measure)


def verdict_text(one: Progress) -> str:
    """Return what can be said of reaching the target; "" where nothing is judged or nothing can be said."""
    if one.metric.better == "lower":
        return BELOW.get(one.verdict, VERDICTS[one.verdict])
    return LEVELS.get(one.verdict, VERDICTS[one.verdict]) if one.share is None else VERDICTS[one.verdict]


def basis_text(found: Foresight) -> str:
    """Return what a forecast rests on: 按近两年同期的速度."""
    if found.years:
        return _("按{years}同期的速度").format(years=YEARS[found.years])
    if found.span in SPANS:
        return _("按近{n}次{span}的变化").format(n=found.steps, span=SPANS[found.span])
    return _("按过去{n}段同样长的时间里的变化").format(n=found.steps)


def forecast_text(one: Progress, word: str | None = None) -> str:
    """Return the year's end in one clause, or why nothing is said of it."""
    if one.is_final or one.verdict in {"unknown", "reached", "missed"}:
        return verdict_text(one)
    if one.forecast is None:
        return _no_forecast(one)
    text = _("{basis}，年底预计达到{range}（任务{target}）").format(
        basis=basis_text(one.foresight),
        range=range_text(one, word),
        target=value_text(one.metric, one.target, word=word),
    )
    return f"{text}，{verdict}" if (verdict := verdict_text(one)) else text


def _no_forecast(one: Progress) -> str:
    if one.is_partial:
        return _("本年有未报的月份，暂不预计")
    if one.metric.time == "flow" and one.metric.over:
        return _("比率按累计值对照，不作预计")
    return _("以往数据不足，暂不预计")


def progress_text(one: Progress, decimals: int = 1, word: str | None = None) -> str:
    """Return one target as a sentence without its forecast: 1—6月新建会企业数98家，完成年度任务200家的49.0%，时序进度50%."""
    done, target = (value_text(one.metric, value, decimals, word) for value in (one.done, one.target))
    when = phrases.so_far_text(one.month) if one.metric.time == "flow" else _("{n}月末").format(n=one.month.month)
    about = _("约") if one.is_approx else ""
    facts = {"when": when, "what": one.metric.title, "done": done, "about": about, "target": target}
    if one.share is None:
        return _("{when}{what}{done}，年度任务{about}{target}").format(**facts)
    text = _("{when}{what}{done}，完成年度任务{about}{target}的{share}").format(**facts, share=share_text(one))
    return text + (_("，时序进度{n}").format(n=schedule_text(one)) if one.schedule is not None else "")


def notes_text(one: Progress, decimals: int = 1, word: str | None = None) -> str:
    """Return what a reader must know of the sum: who is left out, what the street's own row says."""
    parts = []
    if one.left_out:
        parts.append(_("本年有未报月份、两边都未计入的社区：{names}").format(names="、".join(one.left_out)))
    elif one.is_partial and one.done is not None:
        parts.append(_("有社区未报，完成数只含已报的"))
    if one.stated is not None:
        stated = value_text(one.metric, one.stated, decimals, word)
        parts.append(_("街道下达{stated}，各社区任务合计{target}").format(
            stated=stated, target=value_text(one.metric, sum(source.value for source in one.sources), decimals, word)
        ))  # fmt: skip
    return "；".join(parts)
