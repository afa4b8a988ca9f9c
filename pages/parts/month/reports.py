"""登记零报告 and 退回: what the clerk notes of single reports, and takes back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from gettext import gettext as _

import streamlit as st

from etl.nil_reports import KIND as NIL_REPORTS
from etl.nil_reports import tick, untick
from etl.notes import KINDS, notes
from metrics.judging.calendar_owed import Owed
from metrics.judging.calendar_returns import return_report, take_back_return
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import attempt, look_for_numbers_of_persons, show_notice, user
from pages.parts.month.view import View, report_key, report_name

MEND_WITHIN = timedelta(days=3)
REASON = KINDS["returns"].longest["reason"]
TYPED = "month.return.reason"
RETURNED = "month.returned"  # session: a report was just sent back, its reason is not the next one's


def show_nil_reports(view: View) -> None:
    """Let the clerk note that a unit has nothing to report, and take it back."""
    st.markdown(_("##### 登记零报告"))
    open_ones = {report_key(one): one for one in view.owed if one.can_be_nil and not one.is_in}
    if open_ones:
        _ask_nil_report(view, open_ones)
    else:
        st.caption(_("没有未报的事件类台账，不需要登记。"))
    for one in _ticked(view):
        done = _("已撤回零报告：{name}。").format(name=escaped(report_name(one)))
        act = partial(untick, view.street, one.ledger, one.community_id, view.month)
        _line(one, _("零报告"), "month.untick", act, done)


def _ask_nil_report(view: View, open_ones: dict[str, Owed]) -> None:
    with st.form("month.nil", border=False, enter_to_submit=False):
        chosen = st.selectbox(
            _("当月没有发生、也没有报表的单位"), list(open_ones), format_func=lambda key: report_name(open_ones[key]),
            key="month.nil.report", index=None, placeholder=_("请选择"),
        )  # fmt: skip
        is_saved = st.form_submit_button(_("登记本月零报告"))
    if is_saved and chosen not in open_ones:
        st.error(_("请先选择报送单位和台账。"))
    elif is_saved and chosen is not None:
        one = open_ones[chosen]
        done = _("已登记零报告：{name}。数据版本已更新。").format(name=escaped(report_name(one)))
        _act(partial(tick, view.street, one.ledger, one.community_id, view.month, user(), view.noted_on), done)


def _ticked(view: View) -> list[Owed]:
    month = f"{view.month:%Y-%m}"
    held = {
        (note["ledger"], note["community_id"]) for note in notes(view.street, NIL_REPORTS) if note["month"] == month
    }
    return [one for one in view.owed if (one.ledger, one.community_id) in held]


def show_returns(view: View) -> None:
    """Let the clerk send a report back with a reason and a day, and take that back."""
    st.markdown(_("##### 退回修改"))
    sent = {report_key(one): one for one in view.owed if one.times and one.state != "returned"}
    if sent:
        _ask_return(view, sent)
    else:
        st.caption(_("没有可退回的报表。"))
    for one in (one for one in view.owed if one.state == "returned"):
        done = _("已撤回退回：{name}。").format(name=escaped(report_name(one)))
        act = partial(take_back_return, view.street, one.ledger, one.community_id, view.month)
        _line(one, _("退回待改"), "month.unreturn", act, done)


def _ask_return(view: View, sent: dict[str, Owed]) -> None:
    if st.session_state.pop(RETURNED, False):
        st.session_state[TYPED] = ""
    with st.form("month.return", border=False, enter_to_submit=False):
        chosen = st.selectbox(
            _("要退回的报表"), list(sent), format_func=lambda key: report_name(sent[key]), key="month.return.report",
            index=None, placeholder=_("请选择"),
        )  # fmt: skip
        reason = st.text_input(_("退回原因（不写姓名）"), max_chars=REASON, key=TYPED)
        deadline = st.date_input(
            _("重报期限"), view.day + MEND_WITHIN, key=f"month.return.deadline.{view.day}", format="YYYY-MM-DD"
        )
        is_saved = st.form_submit_button(_("退回"))
    if is_saved and chosen not in sent:
        st.error(_("请先选择要退回的报表。"))
    elif is_saved and chosen is not None:
        look_for_numbers_of_persons([reason])
        one = sent[chosen]
        about = (view.street, one.ledger, one.community_id, view.month)
        act = partial(return_report, *about, reason, deadline, user(), view.noted_on)
        _act(act, _("已退回：{name}。").format(name=escaped(report_name(one))), mark=RETURNED)


def _line(one: Owed, word: str, key: str, act: Callable[[], object], done: str) -> None:
    """Show one thing noted with the button that takes it back."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}.{report_key(one)}.line"):
        st.markdown(escaped(f"{report_name(one)}　{word}"), width="stretch")
        if st.button(_("撤回"), key=f"{key}.{report_key(one)}"):
            _act(act, done)


def _act(act: Callable[[], object], done: str, mark: str = "") -> None:
    """Do something and draw the page anew; what went wrong is said in its place. `mark` is set where it was done."""
    with st.spinner(_("正在保存……")):
        is_done = attempt(act, done)
    if is_done:
        if mark:
            st.session_state[mark] = True
        st.rerun()
    show_notice()
