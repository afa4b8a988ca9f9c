"""定稿后更正 as a table, the closed figures to take away, and the list of closed months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from gettext import gettext as _

import polars as pl
import streamlit as st

from etl.errors import StreetError
from metrics import scope
from metrics.catalogue import catalogue
from metrics.closed.closing import closings
from metrics.closed.figures import STREET
from metrics.closed.quoted import figures
from metrics.closed.revised_words import day_text, figure_text, period_text, place_text
from metrics.periods import month_text
from pages.parts.header import month_end_text
from pages.parts.month.stamp import corrections
from pages.parts.month.view import View
from pages.parts.tables import TableColumn, export_buttons, show_table

COLUMNS = (  # as wide as the page at 1440: both sides of a number in full, the rest for the reason
    TableColumn("title", _("指标"), width=220), TableColumn("place", _("范围"), width=80),
    TableColumn("when", _("时间"), width=110), TableColumn("was", _("定稿数"), width=230),
    TableColumn("now", _("现为"), width=230), TableColumn("why", _("原因"), width="large"),
)  # fmt: skip
FIGURES = (
    TableColumn("title", _("指标")), TableColumn("place", _("范围")), TableColumn("when", _("时间")),
    TableColumn("text", _("定稿数")), TableColumn("numerator", _("分子"), "decimal"),
    TableColumn("denominator", _("分母"), "decimal"), TableColumn("known", _("已报"), "integer"),
    TableColumn("expected", _("应报"), "integer"),
)  # fmt: skip
CLOSED = (
    TableColumn("month", _("月份")), TableColumn("day", _("定稿日期")), TableColumn("by", _("经办人")),
    TableColumn("version", _("数据版本"), "integer"),
)  # fmt: skip


def show_corrections(view: View) -> None:
    """List what today's data have otherwise than the closed month, with why."""
    if view.closed is None:
        return
    found = corrections(view.warehouse, view.month)
    st.markdown(_("##### 定稿后更正　{n}项").format(n=len(found)))
    lines = [
        {
            "title": one.metric.title, "place": place_text(one), "when": period_text(one.metric, view.month, one.period),
            "was": figure_text(view.warehouse, one.metric, one.was),
            "now": figure_text(view.warehouse, one.metric, one.now), "why": "；".join(one.why),
        }
        for one in found
    ]  # fmt: skip
    table = pl.DataFrame(lines, schema={column.id: pl.String for column in COLUMNS})
    show_table(
        table, COLUMNS, key="month.corrections", height=320 if len(found) > 9 else "content",
        empty=_("定稿以后没有更正，现在的数与定稿数一致。"),
    )  # fmt: skip
    if found:
        with st.container(horizontal=True, key="month.corrections.tools"):
            _export(view, table, COLUMNS, _("定稿后更正"), "month.corrections.export")


def show_figures(view: View) -> None:
    """Offer the closed figures, all of them, as a file."""
    if view.closed is None:
        return
    st.caption(_("全部定稿数（各指标、全街道和各社区、本月和累计，含分子分母）："))
    with st.container(horizontal=True, key="month.figures.tools"):
        _export(view, partial(_figures, view), FIGURES, _("定稿数"), "month.figures.export")


def _export(
    view: View, table: pl.DataFrame | Callable[[], pl.DataFrame], columns: Sequence[TableColumn], title: str, key: str
) -> None:
    export_buttons(
        table, columns, title=title, unit=_("项"), warehouse=view.warehouse, key=key,
        date_text=month_end_text(view.month),
    )  # fmt: skip


def _figures(view: View) -> pl.DataFrame:
    """Return every closed figure with its sides, as it was written on the day of closing."""
    assert view.closed is not None, "only a closed month has closed figures"
    places = {option.id: option.title for option in scope.communities(view.warehouse)} | {STREET: _("全街道")}
    known, lines = catalogue(), []
    for one in figures(view.street, view.closed):
        if (metric := known.get(one.metric)) is not None:
            lines.append(
                {
                    "title": metric.title, "place": places.get(one.community_id, one.community_id),
                    "when": period_text(metric, view.month, one.period), "text": figure_text(view.warehouse, metric, one),
                    "numerator": one.numerator, "denominator": one.denominator, "known": one.known,
                    "expected": one.expected,
                }
            )  # fmt: skip
    numbers = {"decimal": pl.Float64, "integer": pl.Int64}
    return pl.DataFrame(lines, schema={column.id: numbers.get(column.kind, pl.String) for column in FIGURES})


def show_closed_months(view: View) -> None:
    """List the months that are closed, the newest first."""
    try:
        found = closings(view.street)
    except StreetError as error:
        st.warning(error.sentence())
        return
    if not found:
        return
    st.markdown(_("##### 已定稿的月份"))
    lines = [
        {"month": month_text(one.month), "day": day_text(one.closed_on), "by": one.by, "version": one.generation_no}
        for one in found
    ]
    show_table(pl.DataFrame(lines), CLOSED, key="month.closed", height=320 if len(found) > 9 else "content")
