"""劳资纠纷: how many, what stands out, why, where, and the cases themselves. No ranks: who reports honestly must not lose by it."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases, scope
from metrics.balance import balance
from metrics.periods import month_text
from metrics.question import Question
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.alarms import show_alarms
from pages.parts.dispute_amounts import show_amounts, show_bands
from pages.parts.dispute_charts import METRIC, View, show_causes, show_heat, show_months
from pages.parts.dispute_open import show_open
from pages.parts.filters import Chosen, Filter, choose, code_filter, community_filter
from pages.parts.header import number_help, page_header
from pages.parts.lineage.links import linked_columns, of_questions, show_sources, with_links
from pages.parts.span import span_filters, span_of
from pages.parts.street_notes import readable
from pages.parts.tables import TableColumn, export_buttons, show_table

CONDITIONS = ("community", "cause", "channel")
COLUMNS = (
    TableColumn("unit_name", _("案号"), "code"),
    TableColumn("community", _("社区")),
    TableColumn("received_date", _("受理日期"), "date"),
    TableColumn("cause", _("主要案由")),
    TableColumn("causes", _("全部案由"), is_shown=False),
    TableColumn("channel", _("来源渠道")),
    TableColumn("workers_involved", _("涉及职工人数"), "integer", is_sum=True),
    TableColumn("outcome", _("办理结果")),
    TableColumn("closed_date", _("办结日期"), "date"),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)


def filters(warehouse: Warehouse) -> list[Filter]:
    """Return the page's conditions; a year up to the street's default month is shown first."""
    return [
        *span_filters(warehouse),
        community_filter(warehouse),
        code_filter(warehouse, "cause", _("案由")),
        code_filter(warehouse, "channel", _("来源渠道")),
    ]


def show_identity(warehouse: Warehouse, month: date, chosen: Chosen) -> None:
    """Say how last month's cases in hand became this month's."""
    where = chosen.where(*CONDITIONS)
    received = answers.answer(warehouse, Question(METRIC, month=month, period="month", where=where))
    if received.row.value is None:
        st.info(_("{month}没有社区报送劳资纠纷台账，可换一个月份或社区。").format(month=month_text(month)))
        return
    found = balance(answers.answer, warehouse, month, where)
    word = scope.measure(warehouse, received.metric)
    text = _("**{month}受理{n}{word}**").format(
        month=month_text(month), n=phrases.count_text(received.row.value), word=word
    )
    if found is not None:
        text += _(
            "，办结{closed}{word}，月末在办**{closing}{word}**（上月末{opening}＋受理{received}－办结{closed}）"
        ).format(closed=found.closed, closing=found.closing, opening=found.opening, received=found.received, word=word)
        if found.communities < found.expected:
            text += _("；等式按前后两月都已报的{n}个社区计").format(n=found.communities)
    st.markdown(text + "。", help=number_help(warehouse, received, received.row))
    show_amounts(warehouse, month, where, word)
    named = {_("本月办结"): "disputes_closed", _("月末在办"): "disputes_open"}
    asked = {title: Question(name, month=month, period="month", where=where) for title, name in named.items()}
    show_sources(warehouse, of_questions(asked))


def show_cases(warehouse: Warehouse, start: date, end: date, chosen: Chosen) -> None:
    """Show the cases behind the numbers, newest first; nothing in them names a person."""
    where = chosen.where(*CONDITIONS)
    frame = answers.rows_behind(warehouse, Question(METRIC, (), end, start, where=where))
    frame = frame.filter(pl.col("value").is_not_null()).sort("received_date", descending=True)
    st.markdown(_("##### 纠纷清单　{n}宗").format(n=f"{frame.height:,}"))
    empty = _("所选月份、社区、案由和渠道下没有纠纷；可清空条件再看。")
    tools = st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(warehouse, frame)
    shown = show_table(linked, linked_columns(COLUMNS), key="disputes.table", height=360, chooser=tools, empty=empty)
    with tools:
        export_buttons(
            frame, shown, title=_("劳资纠纷清单"), unit=_("宗、人"), warehouse=warehouse, key="disputes.export",
            date_text=phrases.range_text(start, end),
        )  # fmt: skip


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose(filters(warehouse), key="disputes")
    start, end = span_of(chosen)
    with head:
        page_header(warehouse, _("劳资纠纷"), end, ["dispute"])
    show_identity(warehouse, end, chosen)
    view = View(warehouse, readable(), start, end, chosen.where(*CONDITIONS))
    show_alarms(warehouse, view.street, end, chosen, view.word)
    left, right = st.columns(2, gap="medium")
    with left:
        show_months(view)
        show_heat(view, chosen.many("community"))
        show_bands(warehouse, start, end, view.where, view.word)
    with right:
        show_causes(view)
        show_open(warehouse, end, view.where, view.word)
    st.caption(_("该指标受上报积极性影响，不作排名。"))
    show_cases(warehouse, start, end, chosen)


page()
