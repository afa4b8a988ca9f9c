"""构成影响 and 同类差异 in words. Shown parts always add up to the shown whole, digit for digit."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from gettext import gettext as _

from metrics.catalogue import Metric, catalogue
from metrics.judging.mix import Gap, Growth, Standardised
from metrics.phrases import MINUS, PLUS, change_label, number_text, rounded

Parts = tuple[Decimal, ...]
MOSTLY = Decimal("1.5")  # a part is said to be the main one where it is this many times the other


def _additive(whole: float, parts: tuple[float, ...], decimals: int) -> tuple[Decimal, Parts]:
    """Round a whole half up, and its parts so that they add up to it (largest remainders are rounded up first)."""
    shown, step = rounded(whole, decimals), Decimal(1).scaleb(-decimals)
    exact = [Decimal(repr(part)) for part in parts]
    floors = [part.quantize(step, ROUND_FLOOR) for part in exact]
    missing = int((shown - sum(floors)) / step)
    order = sorted(range(len(parts)), key=lambda index: floors[index] - exact[index])
    raised = {index: missing // len(parts) + (place < missing % len(parts)) for place, index in enumerate(order)}
    return shown, tuple(floor + step * raised[index] for index, floor in enumerate(floors))


def _signed(number: Decimal) -> str:
    return f"{PLUS if number > 0 else MINUS if number < 0 else ''}{abs(number):,}"


def _points(metric: Metric, decimals: int) -> int:
    return decimals if metric.decimals is None else metric.decimals


def _unit(metric: Metric) -> str:
    return _("个百分点") if metric.is_percentage else ""


def gap_numbers(gap: Gap, decimals: int = 1) -> tuple[Decimal, Decimal, Decimal]:
    """Return a gap, its 构成影响 and its 同类差异 as they are shown (percentage points); the two add up to the gap."""
    whole, (mix, rate) = _additive(gap.difference * 100, (gap.mix * 100, gap.rate * 100), _points(gap.metric, decimals))
    return whole, mix, rate


def gap_text(gap: Gap, decimals: int = 1) -> str:
    """Return 差距来源：构成影响－1.0个百分点，同类差异－5.4个百分点."""
    _whole, mix, rate = gap_numbers(gap, decimals)
    unit = _unit(gap.metric)
    return _("差距来源：构成影响{mix}{unit}，同类差异{rate}{unit}").format(
        mix=_signed(mix), rate=_signed(rate), unit=unit
    )


def gap_sentence(gap: Gap, decimals: int = 1, is_chance: bool = False) -> str:
    """Return how far a community is from the street or its peers, where that comes from, and what it means.

    With `is_chance` (`mix.is_chance`) the numbers stand without a meaning.
    """
    whole, mix, rate = gap_numbers(gap, decimals)
    other = _("全街道") if gap.against is None else _("可比社区合计")
    names = {"name": gap.community, "title": gap.metric.title, "other": other}
    if not whole and not mix and not rate:
        return _("{name}社区{title}与{other}持平。").format(**names)
    size = {"size": f"{abs(whole):,}", "unit": _unit(gap.metric)}
    verb = _("高") if whole > 0 else _("低")
    start = _("{name}社区{title}比{other}{verb}{size}{unit}。") if whole else _("{name}社区{title}与{other}持平。")
    text = start.format(**names, **size, verb=verb) + gap_text(gap, decimals) + "。"
    return text + (_("差距没有超出正常波动，来源仅供参考。") if is_chance else gap_meaning(mix, rate))


def gap_meaning(mix: Decimal, rate: Decimal) -> str:
    """Return what the two shown parts of a gap mean in plain words; every branch says only what the parts say."""
    if not mix and not rate:
        return ""
    if not mix:
        return _("行业和企业规模的构成没有影响，差距来自同类企业之间。")
    if not rate:
        return _("同类企业之间没有差别，差距来自行业和企业规模的构成。")
    if (mix > 0) != (rate > 0):
        effect = _("拉高") if mix > 0 else _("拉低")
        verb = _("高") if rate > 0 else _("低")
        text = _("行业和企业规模的构成{effect}了数值；同类企业相比，{verb}{size}个百分点。")
        return text.format(effect=effect, verb=verb, size=abs(rate))
    if abs(mix) >= MOSTLY * abs(rate):
        return _("差距主要来自行业和企业规模的构成。")
    if abs(rate) >= MOSTLY * abs(mix):
        return _("差距主要来自同类企业之间。")
    return _("构成和同类差异各占一部分。")


def parts_text(gap: Gap, decimals: int = 1, most: int = 3) -> str:
    """Return the industries that add most to a gap: 其中：制造业－2.1，批发和零售业－1.0个百分点; "" where none does."""
    whole = [
        (part.industry, rounded((part.mix + part.rate) * 100, _points(gap.metric, decimals))) for part in gap.parts
    ]
    found = sorted((entry for entry in whole if entry[1]), key=lambda entry: -abs(entry[1]))[:most]
    if not found:
        return ""
    said = "，".join(f"{name}{_signed(size)}" for name, size in found)
    return _("其中影响较大的行业：{said}{unit}").format(said=said, unit=_unit(gap.metric))


def adjusted_title(metric: Metric) -> str:
    """Return what a standardised indicator is called."""
    return _("同等行业规模下的{title}").format(title=metric.title)


def adjusted_text(metric: Metric, row: Standardised, decimals: int = 1) -> str:
    """Return 同等行业规模下的建会率86.0%; 未报 and what cannot be computed are said."""
    if row.adjusted is None:
        value = _("未报") if row.observed is None else _("无法计算")
        return _("{title}：{value}").format(title=adjusted_title(metric), value=value)
    return f"{adjusted_title(metric)}{number_text(metric, row.adjusted, decimals)}"


def adjusted_help(metric: Metric) -> str:
    """Return in plain words how the standardised number comes about."""
    return _(
        "按全街道各行业、各人数规模企业的{title}，推算本社区“应有”的水平，再看实际比应有的高还是低，折算成与全街道"
        "行业、规模构成相同时的数值。行业或职工人数不详的企业各自单列。"
    ).format(title=metric.title)


def gap_help() -> str:
    """Return what the two parts of a gap are."""
    return _(
        "构成影响：因本社区各行业、各人数规模企业所占的比例不同而产生的差距；同类差异：同一行业、同一规模的企业相比仍有的差距。"
        "两项相加等于总差距。差距是否超出正常波动，另看参考范围和偏高偏低的判断。"
    )


def growth_help() -> str:
    """Return what the three parts of a change are."""
    return _(
        "企业数（职工人数）增减：数量变化本身带来的；构成变化：各行业、各人数规模企业所占比例变化带来的；"
        "同类变化：同一行业、同一规模的企业自身变化带来的。三项相加等于总变化，按两个时点都已报的社区计算。"
    )


def growth_text(growth: Growth, decimals: int = 1) -> str:
    """Return where a change of the numerator and of the rate come from; the parts shown add up to what is shown."""
    metric, label = growth.change.metric, change_label(growth.change)
    more, counts = _additive(growth.more, (growth.size_count, growth.mix_count, growth.rate_count), 0)
    whole, (mix, rate) = _additive(
        growth.difference * 100, (growth.mix * 100, growth.rate * 100), _points(metric, decimals)
    )
    if not any((more, *counts, whole, mix, rate)):
        return _("{label}，{title}的分子和数值均无变化。").format(label=label, title=metric.title)
    over = catalogue().get(metric.over or "")
    names = (over.title if over else _("企业数")) + _("增减"), _("构成变化"), _("同类变化")
    counted = "，".join(f"{name}{_signed(part)}{metric.measure}" for name, part in zip(names, counts, strict=True))
    text = _(
        "{label}，分子{more}{measure}（{counted}）；{title}{whole}{unit}（构成影响{mix}{unit}，同类差异{rate}{unit}）。"
    )
    return text.format(
        label=label, more=_signed(more), measure=metric.measure, counted=counted, title=metric.title,
        whole=_signed(whole), unit=_unit(metric), mix=_signed(mix), rate=_signed(rate),
    )  # fmt: skip
