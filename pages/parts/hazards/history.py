"""历史检验: did the levels warn? First the sentence, then the numbers beside the simple way, then month by month."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.judging.backtest import Backtest, BacktestMonth, backtest
from metrics.judging.backtest_words import share_text
from pages.parts.hazards.view import View
from pages.parts.tables import TableColumn, show_table

if TYPE_CHECKING:
    from analysis.backtest import Hits, Score

COLUMNS = (
    TableColumn("month", _("月末"), "month"),
    TableColumn("listed", _("评分最高的家数"), "integer"),
    TableColumn("hits", _("其后发生纠纷"), "integer"),
    TableColumn("trivial_hits", _("简单办法：其后发生纠纷"), "integer"),
    TableColumn("events", _("其后有纠纷的企业"), "integer"),
    TableColumn("group_hits", _("其中发生集体纠纷"), "integer"),
    TableColumn("group_events", _("其后有集体纠纷的企业"), "integer"),
)


def show_history(view: View) -> None:
    """Show the whole part; it speaks of the whole street and all months, whatever is chosen above."""
    found = backtest(view.warehouse)
    st.markdown(f"**{found.sentence}**")
    if not found.rows:
        return
    st.markdown(_table(found))
    st.caption(_how(found))
    st.markdown(_("##### 逐月"))
    show_table(pl.DataFrame([_line(row) for row in found.rows]), COLUMNS, key="hazards.history", height="content")
    st.caption(_how_to_read(found))


def _table(found: Backtest) -> str:
    """Return the four lists side by side: all disputes and 集体纠纷, ours and the simple way."""
    heads = (_("检验内容"), _("列出"), _("其后发生"), _("占列出的"), _("占全部有纠纷企业的"), _("提前天数（中位数）"))
    scores = (
        (_("纠纷：评分最高的企业"), found.summary.ours),
        (_("纠纷：近12个月纠纷最多的企业"), found.summary.trivial),
        (_("集体纠纷：评分最高的企业"), found.group_summary.ours),
        (_("集体纠纷：近12个月纠纷最多的企业"), found.group_summary.trivial),
    )
    lines = ["|".join(heads), ":--|--:|--:|--:|--:|--:", *("|".join(_cells(name, score)) for name, score in scores)]
    return "\n".join(f"|{line}|" for line in lines)


def _cells(name: str, score: Score) -> tuple[str, ...]:
    lead = _("无") if score.lead_days is None else _("{n}天").format(n=phrases.rounded(score.lead_days, 0))
    listed, hits = (_("{n}家次").format(n=f"{count:,}") for count in (score.listed, score.hits))
    return name, listed, hits, share_text(score.precision), share_text(score.recall), lead


def _line(row: BacktestMonth) -> dict[str, object]:
    ours: Hits = row.ours
    return {
        "month": row.month, "listed": ours.listed, "hits": ours.hits, "trivial_hits": row.trivial.hits,
        "events": ours.events, "group_hits": row.ours_group.hits, "group_events": row.ours_group.events,
    }  # fmt: skip


def _how(found: Backtest) -> str:
    """Return what is compared, in plain words."""
    text = _(
        "每个月末只用当时已经知道的事实评分，看评分最高的{top}家，其后{horizon}个月内有没有发生纠纷；"
        "“简单办法”是列出近12个月纠纷最多的同样多家企业。{unmatched}"
    )
    unmatched = _("期内纠纷{n}宗，其中{m}宗的企业不在名册里，两种办法都列不出来。") if found.unmatched else ""
    return text.format(
        top=found.top,
        horizon=found.horizon,
        unmatched=unmatched.format(n=f"{found.disputes:,}", m=f"{found.unmatched:,}"),
    )


def _how_to_read(found: Backtest) -> str:
    """Return how far apart the two ways are, and what chance makes of it."""
    low, high = found.summary.low, found.summary.high
    if low is None or high is None:
        return _("月份不足，不能判断两种办法有没有差别。")
    ends = (f"{phrases.rounded(100 * end, 1)}" for end in (low, high))
    text = _("评分办法与简单办法相差的参考范围：{low}至{high}个百分点；范围跨过0的，差别可能只是正常波动。")
    return text.format(**dict(zip(("low", "high"), ends, strict=True)))
