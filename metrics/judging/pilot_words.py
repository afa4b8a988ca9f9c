"""试点成效 in plain words: what changed, whether that is unusual, how large an effect would have to be, what to beware of."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from metrics import phrases
from metrics.catalogue import Metric
from metrics.judging.pilot import YEAR, Found
from metrics.periods import month_text

if TYPE_CHECKING:
    from analysis.did import Effect

WHY_NOT = {
    "before": _("试点开始前没有满一年都报齐的数据，不能作前后比较。"),
    "after": _("试点开始后还不到一年，暂不比较。"),
    "own": _("试点社区的台账没有报齐，不能作前后比较。"),
    "few": _("可作对照的社区太少（不足8个），或数据没有变化，不能比较。"),
}


def moved_text(metric: Metric, value: float, decimals: int) -> str:
    """Return a difference with its sign and without its unit: －1.83, ＋0.4, 持平."""
    size = phrases.rounded(value * (100 if metric.is_percentage else 1), decimals if metric.is_percentage else 2)
    return f"{phrases.PLUS if size > 0 else phrases.MINUS}{abs(size):,}" if size else _("持平")


def size_text(metric: Metric, value: float, decimals: int) -> str:
    """Return a difference with its sign and unit: －1.83宗, ＋0.4个百分点, 持平."""
    text = moved_text(metric, value, decimals)
    unit = _("个百分点") if metric.is_percentage else metric.measure
    return text if text == _("持平") else text + unit


def value_text(metric: Metric, value: float, decimals: int) -> str:
    """Return a value with % or its measure word."""
    return phrases.number_text(metric, value, decimals) + ("" if metric.is_percentage else metric.measure)


def period_text(found: Found) -> str:
    """Return which months are held against which."""
    before, after = (phrases.range_text(months[0], months[-1]) for months in (found.before, found.after))
    return _("试点前{before}，试点后{after}").format(before=before, after=after)


def changed_text(found: Found, effect: Effect, decimals: int) -> str:
    """Return both changes and their difference as one sentence."""
    metric = found.metric

    def moved(ends: tuple[float, float]) -> str:
        first, second = (value_text(metric, end, decimals) for end in ends)
        by = size_text(metric, ends[1] - ends[0], decimals)
        return _("由{first}变为{second}（{by}）").format(first=first, second=second, by=by)

    return _("{name}社区{title}{own}；其他{n}个社区合计{others}。两者的变化相差{effect}。").format(
        name=found.pilot.community, title=metric.title, own=moved(effect.own), n=effect.places - 1,
        others=moved(effect.others), effect=size_text(metric, effect.effect, decimals),
    )  # fmt: skip


def verdict_text(found: Found, effect: Effect) -> str:
    """Return whether the difference is unusual among the communities, in words that never say it is proven."""
    name, n = found.pilot.community, effect.places
    if effect.rank > 1:
        text = _(
            "与各社区平常的起伏相比不算特别：{n}个社区里有{more}个的变化比{name}更不寻常，看不出试点起了作用，也不能说没有作用。"
        )
        return text.format(n=n, more=effect.rank - 1, name=name)
    text = _(
        "{n}个社区里{name}的变化最不寻常。但就算试点毫无作用，碰巧轮到{name}的机会也有{n}分之一（约{share}%），只能作为线索，不能当作证明。"
    )
    return text.format(n=n, name=name, share=phrases.rounded(100 * (1 - effect.level), 0))


def range_text(found: Found, effect: Effect, decimals: int) -> str:
    """Return the range of the effect, how sure it is, and how large an effect would have to be to be seen."""
    low, high = (size_text(found.metric, end, decimals) for end in (effect.low, effect.high))
    text = _("试点作用的参考范围：{low}至{high}。社区只有{n}个，这个范围的把握最多约{level}%。").format(
        low=low, high=high, level=phrases.rounded(100 * effect.level, 0), n=effect.places
    )
    if found.detectable is None:
        return text + _("社区之间起伏太大，再大的作用用这个办法也看不出来。")
    least = size_text(found.metric, found.detectable, decimals).lstrip(phrases.PLUS)
    return text + _("作用要大到{least}左右，十次里才有八次看得出来。").format(least=least)


def earlier_text(found: Found, decimals: int) -> str:
    """Return whether the pilot and the others went alike before the start."""
    effect = found.earlier
    half = found.before[len(found.before) // 2]
    if effect is None:
        return _("试点前的数据太少，无法检验试点前是否同步。")
    text = _("试点前是否同步：把{half}当作起点试算，当时还没有试点，相差{size}，")
    if effect.rank == 1:
        text += _("在{n}个社区里最不寻常：试点前走势就不一样，上面的比较不可靠。")
    else:
        text += _("{n}个社区里有{more}个更不寻常，看不出走势不同步（数据少，差别不大时看不出来）。")
    size = size_text(found.metric, effect.effect, decimals)
    return text.format(half=month_text(half), size=size, n=effect.places, more=effect.rank - 1)


def caveats(found: Found, count: int, is_sample: bool) -> tuple[str, ...]:
    """Return what has to be read with the numbers, always all of it; `count` metrics can be chosen on the page."""
    start = _("开始月份（{month}）取自街道设置。").format(month=month_text(found.pilot.start))
    if is_sample:
        start += _("报道没有写明试点从何时开始，示例的开始月份是假设的，示例数据里也没有安排试点前后的变化。")
    said = (
        _("只有1个试点社区，其他社区也不多：碰巧的变化很难排除，小社区的数字起伏更大。"),
        _("试点社区不是抽签选出的，选它的原因（如基础较好）本身就可能使它与别的社区走势不同。"),
        _("同期其他变化（企业迁入迁出、个别社区纠纷突增）也会算进差别里，不都是试点的作用。"),
        _("纠纷和隐患受上报积极性影响：试点后报得更勤，数字会变大；报得少，数字会变小。"),
        _("本页可选{n}项指标，逐项看下来，总可能碰上一项“不寻常”的。应先定好看哪一项，再看结果。").format(n=count),
        start,
        _("本页只供分析人员研究，不进简报，不作考核，也不给社区排名。"),
    )
    return (*said, *_who(found))


def _who(found: Found) -> tuple[str, ...]:
    """Return who is not compared, and how the months before were chosen."""
    text = _("试点前按整年取（至多三年），避免季节不同；试点后不足整年的，各社区月份相同。")
    out = (
        _("台账未报齐、没有参加比较的社区：{names}。").format(names="、".join(found.left_out)) if found.left_out else ""
    )
    others = ""
    if found.other_pilots:
        others = _("其他试点社区不作对照：{names}。").format(names="、".join(found.other_pilots))
    seasons = text if len(found.after) % YEAR else _("试点前后都按整年取，避免季节不同。")
    return tuple(filter(None, (seasons, out, others)))
