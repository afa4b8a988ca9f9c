"""剔除最大企业后 in words; the enterprise is never named."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _

from metrics import phrases
from metrics.catalogue import Metric, denominator
from metrics.judging.giants import Giant


def value_text(metric: Metric, giant: Giant, decimals: int = 1) -> str:
    """Return the rate that is left, 约 where its row is; 无法计算 where nothing is left."""
    if giant.value is None:
        return _("无法计算")
    return (_("约") if giant.approximate else "") + phrases.number_text(metric, giant.value, decimals)


def _share(giant: Giant) -> str:
    return f"{phrases.rounded(giant.workers_share * 100, 0)}%"


def giant_text(metric: Metric, giant: Giant, decimals: int = 1) -> str:
    """Return the rate without the largest enterprise and why it is told."""
    value = value_text(metric, giant, decimals)
    return _("剔除最大企业后{value}（该企业占本社区职工的{share}）").format(value=value, share=_share(giant))


def giant_help(metric: Metric, giant: Giant) -> str:
    """Return both sides of what is left, and what is left out."""
    over = denominator(metric)
    above = phrases.count_text(giant.numerator) + metric.measure
    below = phrases.count_text(giant.denominator) + (over.measure if over else metric.measure)
    text = _("分子、分母都不计本社区职工最多的一家企业：{above}／{below}。它一家就能左右本社区的数值，因此另列。")
    return text.format(above=above, below=below)


def footnote(community: str, found: Iterable[tuple[str, Metric, Giant]], decimals: int = 1) -> str:
    """Return the note below a table: 岗头：最大企业占本社区职工的48%，剔除后建会率89.7%，入会率约85.9%。

    `found` holds the column's title, the metric and the giant, for each column that has one.
    """
    entries = list(found)
    said = "，".join(f"{title}{value_text(metric, giant, decimals)}" for title, metric, giant in entries)
    share = _share(entries[0][2])
    return _("{community}：最大企业占本社区职工的{share}，剔除后{said}。").format(
        community=community, share=share, said=said
    )
