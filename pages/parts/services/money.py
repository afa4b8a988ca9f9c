"""经费: what was spent against the year's budget, by who gives the money and by service."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.reports import is_sent
from pages.parts import answers
from pages.parts.lineage.links import of_questions, show_sources
from pages.parts.services.view import BUDGET, SERVICE, View
from pages.parts.services.words import budget_text, over_budget_text, unbudgeted_text
from pages.parts.tables import TableColumn, export_buttons, show_table

SPENDING, BUDGETED, USED = "service_spending_yuan", "service_budget_yuan", "service_budget_used_rate"
SOURCE = "funding_source"
COLUMNS = (
    TableColumn(SOURCE, _("资金来源")),
    TableColumn(BUDGETED, _("全年预算（元）"), "money", is_sum=True),
    TableColumn(SPENDING, _("支出（元）"), "money", is_sum=True),
    TableColumn(USED, _("使用率"), "percent"),
)


def show_money(view: View) -> None:
    """Show the whole part; a ledger that was never sent is named in one sentence."""
    for ledger, text in (
        (SERVICE, _("还没有导入服务活动台账，没有支出可看。")),
        (BUDGET, _("还没有导入服务经费预算，只能看支出，看不到使用率。")),
    ):
        if not is_sent(view.warehouse, ledger):
            st.info(text)
    spent = view.ask(SPENDING) if is_sent(view.warehouse, SERVICE) else None
    if spent is None or spent.row.value is None:
        _show_budget_alone(view)
        return
    used = view.ask(USED)
    share = answers.value_text(view.warehouse, used.metric, used.row.value)
    st.markdown(f"**{budget_text(spent.row, used.row, view.month, share)}**")
    by_source = {name: view.ask(name, SOURCE) for name in (BUDGETED, SPENDING, USED)}
    told = (
        over_budget_text(by_source[USED].rows), unbudgeted_text(by_source[SPENDING].rows, by_source[BUDGETED].rows),
    )  # fmt: skip
    if any(told):
        st.markdown("".join(told))
    _show_table(view)
    named = {_("服务支出"): spent.question, _("预算"): by_source[BUDGETED].question, _("使用率"): used.question}
    show_sources(view.warehouse, of_questions(named))
    st.caption(_("支出按活动日期计，与财务入账会有先后；党工委拨款和各来源预算以预算台账为准。"))


def _show_budget_alone(view: View) -> None:
    budget = view.ask(BUDGETED) if is_sent(view.warehouse, BUDGET) else None
    if budget is None or budget.row.value is None:
        st.info(_("{year}年没有服务支出和预算可看，可换一个月份。").format(year=view.month.year))
        return
    st.markdown(
        _("全年服务经费预算{n}。").format(n=answers.value_text(view.warehouse, budget.metric, budget.row.value))
    )


def money_frame(view: View) -> pl.DataFrame:
    """Return one row per source with budget, spending and share used; a source without a budget has a blank one."""
    found: dict[str, dict[str, object]] = {}
    for metric in (BUDGETED, SPENDING, USED):
        for row in view.ask(metric, SOURCE).rows:
            name = row.keys[SOURCE] or ""
            found.setdefault(name, {SOURCE: name})[metric] = row.value
    schema = {SOURCE: pl.String(), **dict.fromkeys((BUDGETED, SPENDING, USED), pl.Float64())}
    return pl.DataFrame(list(found.values()), schema=schema, strict=False)


def _show_table(view: View) -> None:
    frame = money_frame(view)
    tools = st.container(horizontal=True, vertical_alignment="center")
    shown = show_table(frame, COLUMNS, key="services.money", height="content")
    with tools:
        export_buttons(
            frame, shown, title=_("服务经费预算与支出"), unit=_("元"), warehouse=view.warehouse, key="services.money.export",
            date_text=f"{view.month.year}年{view.so_far()}",
        )  # fmt: skip
