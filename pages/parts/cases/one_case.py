"""One case on one page: facts, how it stands, its steps with both mediation clocks, amounts, reports and requests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics.judging.cases import Case
from metrics.judging.due import Clock, DueRow
from metrics.lineage import Place
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts.cases import case_words as words
from pages.parts.cases.asked import clocks, due_rows
from pages.parts.cases.markup import Cell, table
from pages.parts.cases.timeline import timeline
from pages.parts.filters import put
from pages.parts.header import sample_mark
from pages.parts.lineage.links import show_row_link
from pages.parts.pictures import picture

# 收到调解申请后、受理后（一般、新就业形态）：two clocks with different starts, which are never one.
FREE = "D03"
MEDIATION = (FREE, "D04", "D05")
HEADS = (_("期限"), _("到现在"), _("要办的事"), _("责任方"))
REPORT_HEADS = (_("报告日期"), _("隐患表征"), _("核实和定级"), _("信息员编号"))
KEPT = ("month", "community", "cause", "show")
NO_STEPS = _("还没有导入纠纷办理流程台账，无从推算办理期限。")
ONLY_NUMBER = _("信息员只显示编号。")


def _state(clock: Clock) -> str:
    """Return how a clock stands; that the parties were free to arbitrate is no deadline that anybody missed."""
    is_late = clock.met_on is not None and clock.due_on is not None and clock.met_on > clock.due_on
    if clock.rule != FREE or not is_late:
        return clock.state
    return _("{met}，此前当事人已可以申请仲裁").format(met=clock.state.partition("，")[0])


def _cells(clock: Clock) -> tuple[Cell, ...]:
    state = Cell(_state(clock), look="strong" if clock.is_overdue else "wide")
    return Cell(clock.clause, clock.law, look="wide"), state, Cell(clock.title, look="wide"), Cell(clock.actor)


def _clock_table(warehouse: Warehouse, found: Sequence[Clock], title: str, key: str) -> None:
    st.markdown(f"##### {title}")
    picture(table(HEADS, [_cells(clock) for clock in found], alt=title, mark=sample_mark(warehouse)), key=key)


def show_clocks(warehouse: Warehouse, case: Case, day: date) -> None:
    """Show the two mediation clocks, then every other deadline that has begun."""
    found = clocks(warehouse, case.dispute_id, day)
    mediation = [clock for clock in found if clock.rule in MEDIATION]
    others = [clock for clock in found if clock.rule not in MEDIATION]
    if mediation:
        _clock_table(warehouse, mediation, _("调解期限（起算不同，分别计算）"), "case.clocks")
        if FREE not in {clock.rule for clock in mediation}:
            st.caption(_("流程台账没有登记“收到调解申请”，从收到申请起算的期限无从推算。"))
    if others:
        _clock_table(warehouse, others, _("其他期限"), "case.deadlines")


def show_steps(warehouse: Warehouse, case: Case, ahead: Sequence[DueRow]) -> None:
    """Show the steps in their order, and what is still to be done."""
    st.markdown(_("##### 办理经过"))
    entries = [*map(words.step_entry, case.steps), *map(words.due_entry, ahead)]
    picture(timeline(entries, sample_mark(warehouse)), key="case.steps")


def show_amounts(case: Case) -> None:
    """Show the three amounts beside each other; one that is not given is said to be so."""
    amounts = {
        _("诉求金额"): case.amount_claimed_yuan,
        _("协议金额"): case.amount_agreed_yuan,
        _("已兑现金额"): case.amount_paid_yuan,
    }
    for column, (title, amount) in zip(st.columns(3), amounts.items(), strict=True):
        column.metric(title, words.yuan_text(amount))


def show_links(warehouse: Warehouse, case: Case) -> None:
    """Show the hazard reports and the online requests that belong to the case."""
    title = _("相连的隐患线索")
    st.markdown(f"##### {title}")
    if case.reports:
        rows = [words.report_cells(report) for report in case.reports]
        picture(table(REPORT_HEADS, rows, alt=title, mark=sample_mark(warehouse)), key="case.reports")
    st.caption(ONLY_NUMBER if case.reports else _("没有相连的隐患线索。"))
    if case.requests:
        st.markdown(_("##### 相连的线上办件"))
        for request in case.requests:
            st.markdown(f"- {words.request_text(request)}")


def conditions() -> dict[str, str]:
    """Return the list's conditions as the address holds them, so that a case leads back to the same list."""
    return {name: st.query_params[name] for name in KEPT if name in st.query_params}


def _leave(community: str = "") -> None:
    """Go back to the list as the address still holds it, or to one community's."""
    st.query_params.pop("case", None)
    if community:
        put("community", community)


def back_button() -> None:
    """Show the way back to the list as it was left."""
    st.button(_("返回纠纷办理"), key="case.back", on_click=_leave)


def show_head(case: Case, day: date, ahead: Sequence[DueRow]) -> None:
    """Show what the case is about, how it stands and what is due next."""
    st.markdown(f"**{words.standing_text(case, day)}{''.join(map(words.next_text, ahead[:1]))}**")
    st.markdown(words.facts_text(case))
    st.markdown(_("案由：{causes}").format(causes="；".join(case.causes) or _("不详")))
    if lasting := words.lasting_text(case):
        st.caption(lasting)
    with st.container(horizontal=True, vertical_alignment="center"):
        back_button()
        if case.community_id:
            label = _("{name}社区的纠纷办理").format(name=case.community)
            st.button(label, key="case.community", on_click=_leave, args=(case.community_id,))


def show_case(warehouse: Warehouse, case: Case, day: date) -> None:
    """Show one case from top to bottom: its steps on the left, what hangs on it on the right."""
    is_known = is_sent(warehouse, "case_step")  # else nobody knows what was done by when
    ahead = [row for row in due_rows(warehouse, day) if row.dispute_id == case.dispute_id] if is_known else []
    show_head(case, day, ahead)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        show_steps(warehouse, case, ahead)
    with right:
        show_amounts(case)
        if is_known:
            show_clocks(warehouse, case, day)
        else:
            st.info(NO_STEPS)
        show_links(warehouse, case)
    source = _("来源：{file}　{sheet}　第{row}行")
    label = source.format(file=case.file, sheet=case.sheet, row=case.row)
    show_row_link(Place(case.load_id, case.file, case.sheet, case.row), label)
