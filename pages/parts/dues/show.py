"""经费: what is owed and paid of the unions' dues, 筹备金 apart; who has not paid in full."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.periods import month_text
from metrics.phrases import so_far_text
from metrics.question import Question
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers, charts, theme
from pages.parts.staff.view import View, Where, count, show_list, show_measure
from pages.parts.tables import TableColumn, export_buttons, show_table

LEDGER = "dues"
DUE, PAID, RATE = "dues_due_yuan", "dues_paid_yuan", "dues_paid_rate"
MEASURES = (
    (DUE, _("应拨")), (PAID, _("实拨")), (RATE, _("拨缴率")), ("preparation_paid_yuan", _("建会筹备金")), ("dues_tax_collected", _("税务代收户数（当月）")),
)  # fmt: skip
BY_COMMUNITY = (
    TableColumn("community", _("社区")),
    TableColumn(DUE, _("应拨（元）"), "money", is_sum=True),
    TableColumn(PAID, _("实拨（元）"), "money", is_sum=True),
    TableColumn(RATE, _("拨缴率"), "percent"),
)
COLUMNS = (
    TableColumn("unit_name", _("缴费单位"), width="medium"),
    TableColumn("community", _("社区")),
    TableColumn("month", _("所属月份")),
    TableColumn("base", _("应拨（元）"), "money", is_sum=True),
    TableColumn("value", _("实拨（元）"), "money", is_sum=True),
)


def show_measures(view: View) -> None:
    """Show what is owed and paid since January, with how much could not be told."""
    st.caption(_("以下按{when}的所属期累计").format(when=so_far_text(view.month)))
    for (metric, title), place in zip(MEASURES, st.columns(len(MEASURES), gap="small"), strict=True):
        answer = view.answer(metric, period="ytd")
        missing = answer.row.item_missing
        note = _("另有{n}笔不详，不计入").format(n=count(missing)) if missing else _("各单位均已填报")
        show_measure(view, answer, title, note, place)


def show_months(view: View) -> None:
    """Show what was paid for each month of the year."""
    first = view.month.replace(month=1)
    answer = answers.answer(view.warehouse, Question(PAID, ("month",), view.month, first, "month", view.where))
    look = charts.Look(
        view.warehouse.is_sample,
        theme.is_dark(),
        lambda row: f"{row.keys['month']}　{answers.row_text(view.warehouse, answer.metric, row)}",
    )
    title = _("各月实拨工会经费（元，按所属期）")
    st.markdown(f"**{title}**")
    figure = charts.monthly(answer.rows, look)
    figure["layout"]["yaxis"] |= {"tickformat": ",d"}  # else an axis of millions says 1.5M
    theme.plot(figure, key="dues.months", alt=title)


def by_community(view: View) -> pl.DataFrame:
    """Return a row per community in official order."""
    found: dict[str, dict[str, object]] = {}
    for metric in (DUE, PAID, RATE):
        for row in view.answer(metric, "community", period="ytd").rows:
            name = row.keys["community"] or ""
            found.setdefault(name, {"community": name})[metric] = row.value
    frame = pl.DataFrame(list(found.values()), infer_schema_length=None)
    return frame.with_columns(pl.col(metric).cast(pl.Float64) for metric in (DUE, PAID, RATE))


def show_communities(view: View) -> None:
    """Show the communities side by side, without rank."""
    st.markdown(_("##### 各社区经费拨缴（{when}）").format(when=so_far_text(view.month)))
    tools = st.container(horizontal=True, vertical_alignment="center")
    frame = by_community(view)
    show_table(frame, BY_COMMUNITY, key="dues.communities")
    with tools:
        export_buttons(
            frame, BY_COMMUNITY, title=_("各社区工会经费拨缴"), unit=_("元"), warehouse=view.warehouse, key="dues.communities.export",
            date_text=so_far_text(view.month),
        )  # fmt: skip
    st.caption(_("拨缴率只计应拨、实拨两边都有数的单位，所以不一定等于前两列相除；按官方顺序列出，不排名。"))


def show_short(view: View) -> None:
    """Show the payments that fall short of what is owed, to be followed up."""
    frame = view.rows(RATE, "ytd").filter(pl.col("value") < pl.col("base"))
    st.markdown(_("##### 未足额拨缴（请核对后催缴）"))
    empty = _("所选社区没有未足额拨缴的单位。")
    show_list(view, frame, COLUMNS, title=_("未足额拨缴工会经费的单位"), unit=_("元"), key="dues.table", empty=empty)


def show_dues(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the whole part, from January to the month asked for."""
    view = View(warehouse, month, where)
    if not is_sent(warehouse, LEDGER):
        st.info(_("还没有导入工会经费台账。导入后这里显示应拨、实拨、拨缴率、建会筹备金和税务代收户数。"))
        return
    if not view.answer(PAID, period="ytd").row.known:
        st.info(
            _("{year}年到{month}没有报送工会经费台账，可换一个月份。").format(year=month.year, month=month_text(month))
        )
        return
    show_measures(view)
    show_months(view)
    show_communities(view)
    show_short(view)
