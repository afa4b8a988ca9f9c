"""劳资纠纷: how many, why, where, and the cases themselves. No ranks: who reports honestly must not lose by it."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases, scope
from metrics.balance import balance
from metrics.catalogue import metric_of
from metrics.periods import month_text, parse_month, shift
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers, charts, theme
from pages.parts.filters import Chosen, Filter, choose, code_filter, community_filter, month_filter
from pages.parts.header import number_help, page_header
from pages.parts.tables import TableColumn, export_buttons, show_table

METRIC = "disputes_received"
CONDITIONS = ("community", "cause", "channel")
CAUSES_SHOWN = 8
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
    start = max(shift(scope.default_month(warehouse), -11), scope.months(warehouse)[0])
    return [
        month_filter(warehouse, "start", _("起始月份"), start),
        month_filter(warehouse, title=_("截止月份")),
        community_filter(warehouse),
        code_filter(warehouse, "cause", _("案由")),
        code_filter(warehouse, "channel", _("来源渠道")),
    ]


def span_of(chosen: Chosen) -> tuple[date, date]:
    """Return the first and the last month asked for; a start after the end is taken as the end, and said."""
    start, end = chosen.month("start"), chosen.month()
    if start > end:
        st.warning(_("起始月份晚于截止月份，现只显示{month}。").format(month=month_text(end)))
    return min(start, end), end


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


def look(warehouse: Warehouse) -> charts.Look:
    """Return what the page's figures share."""

    def text(row: Row) -> str:
        month = month_text(parse_month(row.keys["month"] or ""))
        return _("{month}　{value}").format(month=month, value=row_text(warehouse, row))

    return charts.Look(warehouse.is_sample, theme.is_dark(), text)


def row_text(warehouse: Warehouse, row: Row) -> str:
    """Return a count with how many reports it rests on where some are missing."""
    text = answers.row_text(warehouse, metric_of(METRIC), row)
    if row.known and row.is_partial:
        text += _("（已报{known}/应报{expected}）").format(known=row.known, expected=row.expected)
    return text


def ends_text(warehouse: Warehouse, answer: Answer) -> str:
    """Return a title that says what the months show: the total and the fullest month."""
    known = [row for row in answer.rows if row.value is not None]
    if not known:
        return _("每月受理宗数：各月均未报")
    most = max(known, key=lambda row: row.value or 0)  # known rows have a value
    text = _("每月受理宗数，最多的是{month}：{value}").format(
        month=month_text(parse_month(most.keys["month"] or "")), value=answers.row_text(warehouse, answer.metric, most)
    )
    return text + (_("；斜线月份有社区未报") if any(row.is_partial for row in answer.rows) else "")


def plot(figure: charts.Figure, key: str, title: str) -> None:
    """Show a figure under the sentence that says what it shows."""
    st.markdown(f"**{title}**")
    theme.plot(figure, key=key, alt=title)


def show_months(warehouse: Warehouse, start: date, end: date, chosen: Chosen) -> None:
    """Show the count of each month, Spring Festival shaded."""
    answer = answers.answer(warehouse, Question(METRIC, ("month",), end, start, "month", chosen.where(*CONDITIONS)))
    title = ends_text(warehouse, answer)
    plot(charts.monthly(answer.rows, look(warehouse)), "disputes.months", title)


def show_causes(warehouse: Warehouse, start: date, end: date, chosen: Chosen) -> None:
    """Show the months of the most frequent causes, all on one scale."""
    where = chosen.where(*CONDITIONS)
    totals = answers.answer(warehouse, Question(METRIC, ("cause",), end, start, where=where)).rows
    most = sorted((row for row in totals if row.value), key=lambda row: -(row.value or 0))[:CAUSES_SHOWN]
    if not most:
        return
    by_month = answers.answer(warehouse, Question(METRIC, ("cause", "month"), end, start, "month", where))
    series = []
    for total in most:
        rows = [row for row in by_month.rows if row.keys["cause_id"] == total.keys["cause_id"]]
        series.append((total.keys["cause"] or "", answers.row_text(warehouse, by_month.metric, total), rows))
    title = _("按主要案由，{cause}最多").format(cause=most[0].keys["cause"])
    plot(charts.small_multiples(series, look(warehouse)), "disputes.causes", title)


def show_heat(warehouse: Warehouse, start: date, end: date, chosen: Chosen) -> None:
    """Show months by communities in official order; what is not reported bears a ／."""
    where = chosen.where(*CONDITIONS)
    answer = answers.answer(warehouse, Question(METRIC, ("community", "month"), end, start, "month", where))
    if chosen.many("community"):
        kept = tuple(row for row in answer.rows if row.keys["community_id"] in chosen.many("community"))
    else:
        kept = answer.rows
    title = _("各社区每月受理宗数；／ 为未报送，不按0计算")
    plot(charts.heat_map(kept, answer.months, look(warehouse)), "disputes.heat", title)


def show_cases(warehouse: Warehouse, start: date, end: date, chosen: Chosen) -> None:
    """Show the cases behind the numbers, newest first; nothing in them names a person."""
    where = chosen.where(*CONDITIONS)
    frame = answers.rows_behind(warehouse, Question(METRIC, (), end, start, where=where))
    frame = frame.filter(pl.col("value").is_not_null()).sort("received_date", descending=True)
    st.markdown(_("##### 纠纷清单　{n}宗").format(n=f"{frame.height:,}"))
    empty = _("所选月份、社区、案由和渠道下没有纠纷；可清空条件再看。")
    tools = st.container(horizontal=True, vertical_alignment="center")
    shown = show_table(frame, COLUMNS, key="disputes.table", height=360, chooser=tools, empty=empty)
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
    left, right = st.columns(2, gap="medium")
    with left:
        show_months(warehouse, start, end, chosen)
        show_heat(warehouse, start, end, chosen)
    with right:
        show_causes(warehouse, start, end, chosen)
    st.caption(_("该指标受上报积极性影响，不作排名。"))
    show_cases(warehouse, start, end, chosen)


page()
