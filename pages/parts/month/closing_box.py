"""定稿: what is still open, the button with its confirmation, the stamp of a closed month and the way to open it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from gettext import gettext as _

import streamlit as st

from metrics.closed.closing import close, reopen
from metrics.judging.calendar_owed import STATE_TITLES
from metrics.periods import month_text
from metrics.receipts import checks
from pages.parts.filters import link_to
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import attempt, user
from pages.parts.month.stamp import PAGE, closed_on_text
from pages.parts.month.view import View, report_name

NAMED = 6


def open_texts(view: View) -> list[str]:
    """Return what is still open before a closing: what is not in or was sent back, and what the checks found."""
    found = []
    for state in ("missing", "returned", "due"):
        names = [report_name(one) for one in view.owed if one.state == state]
        if names:
            more = _("等") if len(names) > NAMED else ""
            text = _("{state}{n}份：{names}{more}")
            said = "；".join(names[:NAMED])
            found.append(text.format(state=STATE_TITLES[state], n=len(names), names=said, more=more))
    open_checks = [check for check in checks(view.warehouse) if check.found]
    if open_checks:
        rows, hard = (
            sum(check.found for check in open_checks),
            sum(check.found for check in open_checks if check.is_hard),
        )
        text = _("待核对事项{n}条，其中须更正{hard}条（见“台账管理”）")
        found.append(text.format(n=f"{rows:,}", hard=f"{hard:,}"))
    return found


def show_closing(view: View) -> None:
    """Show whether the month is closed, and the way to the other."""
    st.markdown(_("##### 定稿"))
    if view.closed is not None:
        st.markdown(f":blue-badge[{escaped(closed_on_text(view.closed))}]")
        link_to(PAGE, _("查看定稿的工作简报"), month=f"{view.month:%Y-%m}")
    else:
        st.caption(_("定稿后，本月文件和页面按定稿数据版本的数字显示；以后的更正另行列出，定稿数随时可查。"))
    if view.can_change:
        (_ask_close if view.closed is None else _ask_reopen)(view)


def _ask_close(view: View) -> None:
    with st.popover(_("月度定稿"), type="primary"):
        month = month_text(view.month)
        text = _("{who}将以数据版本{n}为{month}定稿。")
        st.markdown(escaped(text.format(who=user(), n=view.warehouse.generation_no, month=month)))
        found = open_texts(view)
        st.markdown("\n".join(f"- {escaped(text)}" for text in found) or _("应报台账已全部报送，没有待核对事项。"))
        if st.button(_("确认定稿"), key="month.close", type="primary"):
            _act(
                partial(close, view.street, view.month, user(), view.warehouse),
                _("{month}已定稿，数据版本{n}。").format(month=month, n=view.warehouse.generation_no),
            )


def _ask_reopen(view: View) -> None:
    with st.popover(_("取消定稿")):
        st.markdown(_("取消后，本月文件和页面改按最新数据显示。已上报的数字请先与上级核对。取消的记录会保留。"))
        if st.button(_("确认取消定稿"), key="month.reopen"):
            done = _("{month}已取消定稿。").format(month=month_text(view.month))
            _act(partial(reopen, view.street, view.month, user()), done)


def _act(act: Callable[[], object], done: str) -> None:
    with st.spinner(_("正在保存定稿数……")):
        attempt(act, done)
    st.rerun()
