"""奖励: what was paid, for how many cases that a report preceded, and by which version of the street's own standard."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.judging.rewards import Standard, standards, valid_on
from pages.parts import charts, theme
from pages.parts.hazards.view import View, figure
from pages.parts.header import date_text
from pages.parts.issuing.markup import escaped
from pages.parts.tables import TableColumn, show_table

PAID = "hazard_reward_yuan"
COLUMNS = (
    TableColumn("number", _("标准编号"), "code"),
    TableColumn("level", _("等级")),
    TableColumn("yuan", _("每条奖励（元）"), "money"),
    TableColumn("valid_from", _("施行日期"), "date"),
    TableColumn("valid_to", _("废止日期"), "date"),
    TableColumn("document", _("依据文件"), width="large"),
    TableColumn("file", _("来源文件"), is_shown=False),
)


def show_rewards(view: View) -> None:
    """Show the whole part."""
    for column, (metric, period, title) in zip(
        st.columns(4, gap="small"),
        (
            (PAID, "month", _("本月发放奖励")),
            (PAID, "ytd", _("今年发放奖励")),
            ("disputes_preceded_by_report", "ytd", _("线索在先的纠纷（今年）")),
            ("hazard_reward_per_preceded_case_yuan", "ytd", _("折合每宗线索在先的纠纷（今年）")),
        ),
        strict=True,
    ):
        with column:
            figure(view, view.ask(metric, period=period), title)
    _show_months(view)
    _show_standards(view)


def _show_months(view: View) -> None:
    answer = view.ask(PAID, "month", start=view.first_month())
    title = _("每月发放的奖励（元）")
    st.markdown(f"**{title}**")
    theme.plot(charts.monthly(answer.rows, view.look(PAID)), key="hazards.rewards", alt=title)


def standard_text(found: Standard | None) -> str:
    """Return which version holds on the day and what it pays."""
    if found is None:
        return _("本月末没有有效的奖励标准。")
    amounts = "，".join(
        _("{level}级{yuan}元").format(level=level, yuan=phrases.count_text(yuan)) for level, yuan in found.amounts
    )
    text = _("现行标准：{number}，自{day}施行，每条{amounts}。")
    return text.format(number=escaped(found.number), day=date_text(found.valid_from), amounts=amounts)


def _show_standards(view: View) -> None:
    found = standards(view.warehouse)
    st.markdown(_("##### 奖励标准"))
    if not found:
        st.info(_("还没有导入隐患奖励标准。金额由街道自定，程序不设默认数。"))
        return
    st.markdown(standard_text(valid_on(found, view.day)))
    st.caption(_("只有核实属实的首报按报告当日有效的标准奖励；同一隐患的其他线索关联到首报，不重复奖励。"))
    rows = [
        {"number": one.number, "level": level, "yuan": yuan, "valid_from": one.valid_from, "valid_to": one.valid_to,
         "document": one.document, "file": one.file}
        for one in found
        for level, yuan in one.amounts
    ]  # fmt: skip
    show_table(pl.DataFrame(rows, infer_schema_length=None), COLUMNS, key="hazards.standards", height="content")
