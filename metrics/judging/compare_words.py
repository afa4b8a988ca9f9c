"""Comparisons in words: the class, the rank with its range, and the sentence that reads the whole picture.

A class speaks of size alone (users.md, «Words for statistics»); good or bad is said apart, from the metric's `better`.
"""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from metrics import phrases
from metrics.catalogue import Metric
from metrics.judging.compare import Compared, Comparison, is_judged, is_ranked
from metrics.judging.yardstick import LEAST_SPREAD

CLASS_TEXTS = {
    "much_lower": _("明显偏低"),
    "lower": _("偏低"),
    "similar": _("相差不大"),
    "higher": _("偏高"),
    "much_higher": _("明显偏高"),
}
NAMED = ("much_higher", "higher", "lower", "much_lower")  # whom the sentence names, in this order
DIGITS = "零一二三四五六七八九"


def class_legend() -> str:
    """Return what 偏高 and 明显 mean, for the legend."""
    return _("“偏高/偏低”：若各社区实际水平相同，一个社区出现这种差距的机会约为二十分之一；“明显”：约为五百分之一。")


def rank_legend() -> str:
    """Return what the range behind a rank means."""
    return _("企业少，一两家的变化就会改变名次。括号内是排除偶然波动后名次的大致范围；范围重叠的社区不分先后。")


def census_note() -> str:
    """Return why a full count has a range at all."""
    return _(
        "台账是全数，不是抽样。但企业开办、搬迁、关闭有偶然性：同样的工作，换一年数字也会上下浮动。"
        "参考范围表示这种浮动有多大，不表示台账数字不准。"
    )


def class_text(row: Compared) -> str:
    """Return a community's place as the screen says it; "" where the metric is not judged at all."""
    if not row.known:
        return _("未报送")
    if row.is_suppressed:
        return _("不显示")
    if row.too_few:
        return _("数量过少，不作比较")
    return CLASS_TEXTS[row.funnel] if row.funnel else ""


def rank_text(row: Compared) -> str:
    """Return 第2名（大致第1—4名）; "" without a rank."""
    if row.rank is None:
        return ""
    if row.rank_low == row.rank_high:
        return _("第{rank}名").format(rank=row.rank)
    return _("第{rank}名（大致第{low}—{high}名）").format(rank=row.rank, low=row.rank_low, high=row.rank_high)


def numeral(number: int) -> str:
    """Return 1 to 99 as Chinese counts tiers: 一, 十, 十二, 二十三."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def tier_text(row: Compared) -> str:
    """Return 第一档, or "" without a rank."""
    return "" if row.tier is None else _("第{n}档").format(n=numeral(row.tier))


def goal_size(metric: Metric, goal: float) -> str:
    """Return a goal as it was set: 90%, 92.5%."""
    size = phrases.rounded(goal * 100 if metric.is_percentage else goal, 4).normalize()
    return f"{size:f}%" if metric.is_percentage else f"{size:f}"


def goal_text(metric: Metric, goal: float) -> str:
    """Return a goal with its word: 目标90%, 目标92.5%."""
    return _("目标{size}").format(size=goal_size(metric, goal))


def against_text(comparison: Comparison) -> str:
    """Return what the communities are held against: 全街道, or 目标90%."""
    if comparison.target == "street" or comparison.target_value is None:
        return _("全街道")
    return goal_text(comparison.answer.metric, comparison.target_value)


def direction_text(metric: Metric) -> str:
    """Return whether more is better: a class does not say it."""
    return {"higher": _("本指标以高为好。"), "lower": _("本指标以低为好。"), "none": _("本指标不分好坏。")}[
        metric.better
    ]


def rank_refusal(metric: Metric) -> str:
    """Return why communities are not ranked by this metric; "" where they are."""
    if is_ranked(metric):
        return ""
    if metric.unit == "dispute":
        return _("该指标受上报积极性影响，不作排名。")
    if metric.over is None:
        return _("数量多少与社区大小有关，不作偏高偏低比较，也不作排名。")
    if not is_judged(metric):
        return _("该指标没有参考范围，不作偏高偏低比较，也不作排名。")
    return _("该指标不分好坏，不作排名。")


def _names(rows: Sequence[Compared]) -> str:
    return "、".join(row.keys["community"] or "" for row in rows)


def reading(comparison: Comparison) -> str:
    """Return the one sentence that reads the picture: who stands out, how many do not, who cannot be compared."""
    metric, rows = comparison.answer.metric, comparison.rows
    end = phrases.left_out_text(rows) + "。"
    if not is_judged(metric):
        return rank_refusal(metric).rstrip("。") + end
    few = [row for row in rows if row.too_few]
    tail = [_("数量过少，不作比较：{names}").format(names=_names(few))] if few else []
    compared = [row for row in rows if row.funnel]
    return "；".join([*_standing_out(compared), *_similar(compared, comparison), *tail]) + end


def _standing_out(compared: Sequence[Compared]) -> list[str]:
    """Return who stands out, one part per class that occurs."""
    by_class = {name: [row for row in compared if row.funnel == name] for name in NAMED}
    return [f"{CLASS_TEXTS[name]}：{_names(found)}" for name, found in by_class.items() if found]


def _similar(compared: Sequence[Compared], comparison: Comparison) -> list[str]:
    """Return how many do not stand out, or that nobody can be compared; nothing where everybody stands out."""
    if not compared:
        return [_("没有可以比较的社区")]
    count = sum(row.funnel == "similar" for row in compared)
    said = {"n": count, "against": against_text(comparison)}
    if not count:
        return []
    if count < len(compared):
        return [_("其余{n}个社区与{against}相差不大").format(**said)]
    if len(comparison.rows) == 1:
        return [_("{name}与{against}相差不大").format(name=_names(compared), **said)]
    if count < len(comparison.rows):
        return [_("可以比较的{n}个社区与{against}相差不大").format(**said)]
    return [_("{n}个社区与{against}都相差不大").format(**said)]


def spread_text(comparison: Comparison) -> str:
    """Return how far communities differ beyond chance, and whether the limits allow for it; "" where nobody is judged."""
    phi = comparison.phi
    if phi is None:
        is_any = any(row.funnel for row in comparison.rows)
        return (
            _("可以比较的社区不足{n}个，不估计社区间的实际差异，范围不放宽。").format(n=LEAST_SPREAD) if is_any else ""
        )
    if phi <= 1:
        return _("各社区之间的差别没有超出正常波动，范围不需放宽。")
    size = {"phi": phrases.rounded(phi, 1), "wide": phrases.rounded(phi**0.5, 1)}
    if comparison.is_adjusted:
        return _("各社区之间差别的离散系数为{phi}（只有偶然因素时一般在1左右），范围已放宽到{wide}倍。").format(**size)
    return _("各社区之间差别的离散系数为{phi}（只有偶然因素时一般在1左右），可把范围放宽到{wide}倍再看。").format(
        **size
    )


def standing_text(comparison: Comparison, row: Compared, value: str) -> str:
    """Return one community's place as a sentence; `value` is its number as the screen writes it."""
    metric, name = comparison.answer.metric, row.keys["community"] or ""
    if not row.known:
        return _("{name}社区{title}未报送。").format(name=name, title=metric.title)
    text = _("{name}社区{title}{value}").format(name=name, title=metric.title, value=value)
    if row.too_few:
        return text + _("；数量过少，不作比较。")
    if row.funnel is None:
        return text + "。"
    against = against_text(comparison)
    said = _("，与{against}相差不大") if row.funnel == "similar" else _("，与{against}相比{place}")
    text += said.format(against=against, place=CLASS_TEXTS[row.funnel])
    rank = "，".join(filter(None, (rank_text(row), tier_text(row))))
    return f"{text}；{rank}。" if rank else f"{text}。"
