"""What smoothing and clusters say, in sentences: every branch has its test."""

from __future__ import annotations

from gettext import gettext as _

from analysis.clusters import FEWEST, HIGH, HIGH_AMONG_LOW, LOW, LOW_AMONG_HIGH
from metrics import phrases
from metrics.catalogue import Metric, denominator
from metrics.judging.where import Clusters, Place, SmoothedRow, Smoothing
from metrics.judging.where_layer import NoLayer

NAMED = 3
# The order in which classes are told; the words speak of size only.
KINDS = {
    HIGH: _("高值聚集"), LOW: _("低值聚集"), HIGH_AMONG_LOW: _("高于周边"), LOW_AMONG_HIGH: _("低于周边"),
}  # fmt: skip


def smoothed_text(metric: Metric, row: SmoothedRow | None, decimals: int = 1) -> str:
    """Return 平滑后95.0%, as it stands beside the raw value; "" where there is none."""
    if row is None or row.value is None:
        return ""
    return _("平滑后{value}").format(value=phrases.number_text(metric, row.value, decimals))


def smoothing_note(found: Smoothing, decimals: int = 1) -> str:
    """Return what smoothing does and what it is not for; where it leaves no difference, that."""
    metric, drawn = found.answer.metric, [row for row in found.rows if row.value is not None and row.weight is not None]
    if not any(row.weight for row in drawn):
        same = phrases.number_text(metric, drawn[0].value, decimals)
        return _(
            "平滑后各社区同为{value}：现有差别没有超出数量少带来的上下浮动。仅供看图，考核和通报以原值为准。"
        ).format(value=same)
    return _("平滑后：社区的数量越少，数值越向各社区的共同水平靠拢。仅供看图，考核和通报以原值为准。")


def no_clusters_note(metric: Metric, why: NoLayer) -> str:
    """Return in one sentence why clusters are not offered."""
    if why.reason == "kind":
        return _("聚集分析只用于有参考范围的比率，不用于“{title}”。").format(title=metric.title)
    if why.reason == "public":
        return _("对外版不按企业位置作聚集分析。")
    if why.reason == "persons":
        return _("“{title}”涉及个人敏感信息，不按企业位置作聚集分析。").format(title=metric.title)
    many = _("有数据和边界的社区只有{n}个") if why.is_drawn else _("社区只有{n}个")
    text = many.format(n=why.communities) + _("，数量太少，看不出相邻社区是否聚集")
    if why.reason == "nowhere":
        return text + _("；“{title}”没有到企业的坐标，也不能按网格分析。").format(title=metric.title)
    return text + _("；有坐标的企业相连的网格至多{cells}个，不足{fewest}个，也不能按网格分析。").format(
        cells=why.cells, fewest=FEWEST
    )


def _unit(found: Clusters) -> str:
    return _("格") if found.is_grid else _("个社区")


def _told(found: Clusters, kind: str, count: int) -> str:
    """Return one class: how many areas it has and where."""
    names = found.communities(kind)
    more = _("等") if len(names) > NAMED else ""
    where = _("在") if found.is_grid else ""
    place = (
        _("（{where}{names}{more}）").format(where=where, names="、".join(names[:NAMED]), more=more) if names else ""
    )
    return _("{kind}{n}{unit}{place}").format(kind=KINDS[kind], n=count, unit=_unit(found), place=place)


def clusters_sentence(found: Clusters) -> str:
    """Return what the map of clusters shows, as its title."""
    counts, title = found.counts(), found.metric.title
    if not counts:
        return _("{title}：共看{n}{unit}，没有发现高值或低值聚集").format(
            title=title, n=len(found.places), unit=_unit(found)
        )
    told = [_told(found, kind, counts[kind]) for kind in KINDS if kind in counts]
    rest = len(found.places) - sum(counts.values())
    others = _("，其余{n}{unit}没有聚集").format(n=rest, unit=_unit(found)) if rest else ""
    return _("{title}：{told}{others}").format(title=title, told="，".join(told), others=others)


def clusters_note(found: Clusters) -> str:
    """Return how the map is to be read, and what is not on it."""
    if found.is_grid:
        text = _("按企业所在的六边形网格看：高值（低值）聚集是本格和周边各格一起高于（低于）一般水平，不表示好坏。")
    else:
        text = _("高值（低值）聚集是本社区和周边一起高于（低于）一般水平，高于（低于）周边是与周边不同，不表示好坏。")
    text += _("误报预计约占画出的二十分之一。")
    lost = _("另有{n:,}家企业没有坐标，未计入。").format(n=found.lost) if found.lost else ""
    return text + lost


def place_text(found: Clusters, place: Place, decimals: int = 1, word: str | None = None) -> str:
    """Return what a hover over one area says: its class, its number with both sides, its neighbourhood's."""
    metric, over = found.metric, denominator(found.metric)
    word = word or metric.measure
    numbers = [phrases.number_text(metric, value, decimals) for value in (place.value, place.around)]
    above, below = phrases.count_text(place.area.numerator), phrases.count_text(place.area.denominator)
    sides = _("{below}{word}中{above}{word}").format(below=below, above=above, word=word)
    if over is not None:
        sides = _("{above}{word}／{below}{over}").format(above=above, below=below, word=word, over=over.measure)
    lines = [
        f"<b>{KINDS[place.kind] if place.kind else _('没有聚集')}</b>　{place.area.community}",
        f"{numbers[0]}（{sides}）",
        _("连同周边平滑后{value}").format(value=numbers[1]),
    ]
    return "<br>".join(lines)
