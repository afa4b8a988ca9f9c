"""The back-test in plain words: the first sentence of 历史检验."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING

from metrics.periods import month_text

if TYPE_CHECKING:
    from metrics.judging.backtest import Comparison

VERDICTS = {
    "better": _("评分办法优于简单办法。"),
    "similar": _("两者相差不大，不能说评分办法更准，等级只作风险提示。"),
    "worse": _("评分办法不如简单办法，建议调整评分项目和分值，等级只作风险提示。"),
}


def sentence_of(months: Sequence[date], summary: Comparison, top: int, horizon: int) -> str:
    """Return what the history says: how many of those listed had a dispute, beside the trivial list, and the verdict."""
    if not months or summary.verdict == "unknown":
        return _("历史数据不足，暂不能检验评分办法准不准，等级只作风险提示。")
    ours, trivial = summary.ours, summary.trivial
    text = _(
        "{first}至{last}逐月检验（只用当月末已知的事实）：评分最高的（每月至多{top}家）共{listed}家次，"
        "其后{horizon}个月内{hits}家次发生纠纷，占{precision}；改看近12个月纠纷最多的同样家数，占{trivial}。"
    ).format(
        first=month_text(months[0]),
        last=month_text(months[-1]),
        top=top,
        listed=ours.listed,
        horizon=horizon,
        hits=ours.hits,
        precision=share_text(ours.precision),
        trivial=share_text(trivial.precision),
    )
    return text + VERDICTS[summary.verdict]


def share_text(share: float | None) -> str:
    """Return a share as a percentage, 无 where nothing was listed."""
    return _("无") if share is None else f"{share * 100:.1f}%"
