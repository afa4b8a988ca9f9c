"""纠纷办理: what is due and overdue, how long stages take and how cases end; with `case=` in the address, one case."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics import phrases, scope
from metrics.catalogue import metric_of
from metrics.judging.cases import case_of
from metrics.question import Question
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.cases import words
from pages.parts.cases.asked import due_rows, due_summary
from pages.parts.cases.course import show_endings, show_flows, show_stages
from pages.parts.cases.day import day_of
from pages.parts.cases.due_list import COLUMNS, SHOWN, due_table, frame, picked
from pages.parts.cases.one_case import NO_STEPS, back_button, conditions, show_case
from pages.parts.cases.outcomes import show_lasting, show_success
from pages.parts.filters import Chosen, Filter, choose, code_filter, community_filter, month_filter, switch
from pages.parts.header import date_text, number_help, page_header, sample_mark
from pages.parts.issuing.markup import escaped
from pages.parts.pictures import picture
from pages.parts.tables import export_buttons

CONDITIONS = ("community", "cause")
STEPS = "case_step"
OVERDUE_RATE = "case_steps_overdue_rate"


def filters(warehouse: Warehouse) -> list[Filter]:
    """Return the page's conditions."""
    return [month_filter(warehouse), community_filter(warehouse), code_filter(warehouse, "cause", _("案由"))]


def _open_typed() -> None:
    if number := st.session_state["cases.number"].strip():
        st.query_params["case"] = number


def show_summary(warehouse: Warehouse, day: date, chosen: Chosen, word: str) -> None:
    """Say what is in hand, overdue and due soon on the day; grey where the ledgers are too old to tell."""
    where = chosen.where(*CONDITIONS)
    found = due_summary(warehouse, day, where)
    text = words.summary_text(found, word, int(scope.setting_number(warehouse, "due_soon_days")))
    st.markdown(f":gray[{text}]" if found.is_stale else f"**{text}**")
    if found.is_stale:
        st.warning(words.updated_text(found))
        return
    share = answers.answer(warehouse, Question(OVERDUE_RATE, month=chosen.month(), where=where))
    said = _("{period}{title}{value}").format(
        period=phrases.period_text(share), title=share.metric.title,
        value=answers.row_text(warehouse, share.metric, share.row),
    )  # fmt: skip
    missing = words.missing_text() if share.row.is_partial else ""
    st.caption(f"{words.updated_text(found)}。{said}。{missing}", help=number_help(warehouse, share, share.row))


def show_due(warehouse: Warehouse, day: date, chosen: Chosen) -> None:
    """List what is due, overdue first, each under its rule in words; a case's number opens its page."""
    rows = due_rows(warehouse, day, chosen.where(*CONDITIONS))
    soon = int(scope.setting_number(warehouse, "due_soon_days"))
    st.markdown(_("##### 期限清单　{n}项").format(n=f"{len(rows):,}"))
    with st.container(horizontal=True, vertical_alignment="center", key="cases.tools"):
        shown = picked(rows, switch(Filter("show", _("显示"), SHOWN, "all"), key="cases"), soon)
        st.text_input(
            _("打开一宗纠纷"), key="cases.number", placeholder=_("输入案号，按回车打开"), width=260,
            on_change=_open_typed, label_visibility="collapsed",
        )  # fmt: skip
        export_buttons(
            lambda: frame(shown), COLUMNS, title=_("办理期限清单"), unit=_("项"), warehouse=warehouse, key="cases.export",
            date_text=_("截至{day}").format(day=date_text(day)),
        )  # fmt: skip
    if not shown:
        st.info(_("所选范围没有这样的期限。已办到的、对方和其他机构的期限见每宗纠纷的页面。"))
        return
    title = _("截至{day}的办理期限，超期的在前").format(day=date_text(day))
    picture(due_table(shown, kept=conditions(), alt=title, mark=sample_mark(warehouse)), key="cases.due")


def show_one(warehouse: Warehouse, number: str) -> None:
    """Show the case of a number; one that no ledger knows is said to be unknown."""
    case = case_of(warehouse, number) or case_of(warehouse, number + _("号"))
    page_header(warehouse, _("纠纷办理"), None)
    if case is None:
        text = _("劳资纠纷台账里没有案号“{number}”。请核对案号，或返回清单查找。")
        st.info(text.format(number=escaped(number[:60])))
        back_button()
        return
    st.markdown(f"## {escaped(case.dispute_id)}")
    show_case(warehouse, case, day_of(warehouse, scope.default_month(warehouse)))


def show_all(warehouse: Warehouse) -> None:
    """Show the street's cases in hand and the course of handling."""
    head = st.container()
    chosen = choose(filters(warehouse), key="cases")
    month, where = chosen.month(), chosen.where(*CONDITIONS)
    day, word = day_of(warehouse, month), scope.measure(warehouse, metric_of("disputes_open"))
    with head:
        page_header(warehouse, _("纠纷办理"), month, ["dispute", "case_step"])
    if is_sent(warehouse, STEPS):
        show_summary(warehouse, day, chosen, word)
        show_due(warehouse, day, chosen)
    else:  # nobody knows what was done by when: no deadline is overdue, and none is met
        st.info(NO_STEPS)
    show_success(warehouse, month, where)
    show_lasting(warehouse, month, where)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        show_stages(warehouse, month, where, word)
    with right:
        show_endings(warehouse, month, where, word)
        show_flows(warehouse, month, where, word)
    st.caption(_("办理期限按台账登记的环节推算；该页各数受上报积极性影响，不作排名。"))


def page() -> None:
    """Show one case where the address names one, else the whole street."""
    warehouse = answers.current()
    if number := st.query_params.get("case", "").strip():
        show_one(warehouse, number)
    else:
        show_all(warehouse)


page()
