"""线上办件: how many are asked for, done in time, to whose satisfaction, and what became of them. Nobody is named."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.question import Question
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import Filter, choose, code_filter, community_filter
from pages.parts.header import page_header
from pages.parts.lineage.links import linked_columns, of_questions, show_sources, with_links
from pages.parts.online.figures import show_items, show_months, show_on_time, show_results
from pages.parts.online.numbers import identity_text, show_measures
from pages.parts.online.view import LEDGER, REQUESTS, View
from pages.parts.span import span_filters, span_of
from pages.parts.tables import TableColumn, export_buttons, show_table

CONDITIONS = ("community", "item", "online_channel", "park")
COLUMNS = (
    TableColumn("unit_name", _("办件编号"), "code"),
    TableColumn("community", _("社区")),
    TableColumn("item", _("事项类型")),
    TableColumn("online_channel", _("申请渠道")),
    TableColumn("applied_date", _("申请日期"), "date"),
    TableColumn("promised_date", _("承诺办结日"), "date"),
    TableColumn("status", _("办理状态")),
    TableColumn("closed_date", _("办结日期"), "date"),
    TableColumn("satisfaction", _("满意度")),
    TableColumn("result", _("办理成果")),
    TableColumn("linked_no", _("关联编号"), "code"),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)


def filters(warehouse: Warehouse) -> list[Filter]:
    """Return the page's conditions; a year up to the street's default month is shown first."""
    return [
        *span_filters(warehouse),
        community_filter(warehouse),
        code_filter(warehouse, "item", _("事项类型")),
        code_filter(warehouse, "online_channel", _("申请渠道")),
        code_filter(warehouse, "park", _("园区")),
    ]


def show_requests(view: View) -> None:
    """Show the requests behind the numbers, newest first; nothing in them names a person or an enterprise."""
    frame = answers.rows_behind(view.warehouse, Question(REQUESTS, (), view.end, view.start, where=view.where))
    frame = frame.filter(pl.col("value").is_not_null()).sort("applied_date", descending=True)
    st.markdown(_("##### 办件清单　{n}件").format(n=f"{frame.height:,}"))
    empty = _("所选月份、社区、事项和渠道下没有线上办件；可清空条件再看。")
    tools = st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(view.warehouse, frame)
    shown = show_table(linked, linked_columns(COLUMNS), key="online.table", height=360, chooser=tools, empty=empty)
    with tools:
        export_buttons(
            frame, shown, title=_("线上办件清单"), unit=_("件"), warehouse=view.warehouse, key="online.export",
            date_text=phrases.range_text(view.start, view.end),
        )  # fmt: skip


def show_all(view: View) -> None:
    """Show sentence, measures, figures and rows."""
    if text := identity_text(view):
        st.markdown(text)
        named = {_("申请"): REQUESTS, _("办结"): "online_closed", _("月末在办"): "online_open"}
        asked = {title: Question(name, (), view.end, where=view.where) for title, name in named.items()}
        show_sources(view.warehouse, of_questions(asked))
    show_measures(view)
    left, right = st.columns(2, gap="medium")
    with left:
        show_months(view)
        show_on_time(view)
        show_results(view)
    with right:
        show_items(view)
    st.caption(_("线上办件的多少受推广力度影响，不作社区排名。"))
    show_requests(view)


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose(filters(warehouse), key="online")
    start, end = span_of(chosen)
    with head:
        page_header(warehouse, _("线上办件"), end, [LEDGER])
    if not is_sent(warehouse, LEDGER):
        st.info(_("还没有导入智慧工建办件台账。导入后本页显示办件数量、按时办结率、满意率和办理成果。"))
        return
    view = View(warehouse, start, end, chosen.where(*CONDITIONS))
    if view.answer(REQUESTS).row.value is None:
        st.info(_("{when}没有报送智慧工建办件台账，可换一个月份。").format(when=phrases.range_text(start, end)))
        return
    show_all(view)


page()
