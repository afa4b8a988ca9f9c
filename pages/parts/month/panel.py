"""报送情况: who owes which ledger, how it stands on a day, and the 催报文字 for who still owes one."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Literal

import polars as pl
import streamlit as st

from metrics.judging.calendar_owed import Owed
from metrics.judging.calendar_words import reminder_of, summary_sentence
from pages.parts.header import date_text
from pages.parts.issuing.markup import escaped
from pages.parts.month.view import View, report_name
from pages.parts.tables import TableColumn, export_buttons, show_table

HATCHED = "／"
TOLD = ("late", "again", "returned")
MOST_TOLD = 12
MOST_LINES, TALL = 12, 300  # of a longer 催报文字 the rest is scrolled to


def state_text(one: Owed) -> str:
    """Return a cell of the panel: the state's words, 未报 with the stroke that stands for it on every picture."""
    return _("{stroke} 未报").format(stroke=HATCHED) if one.state == "missing" else one.state_title


def frame(owed: Sequence[Owed]) -> tuple[pl.DataFrame, list[TableColumn]]:
    """Return communities by ledgers, a cell each; what a community does not owe stays empty."""
    own = [one for one in owed if one.unit == "community"]
    ledgers = dict.fromkeys((one.ledger, one.title) for one in own)
    found = {(one.community, one.ledger): state_text(one) for one in own}
    lines = [
        {"unit": name, **{ledger: found.get((name, ledger)) for ledger, _title in ledgers}}
        for name in dict.fromkeys(one.community for one in own)
    ]
    columns = [TableColumn("unit", _("社区")), *(TableColumn(ledger, title) for ledger, title in ledgers)]
    return pl.DataFrame(lines, schema={column.id: pl.String for column in columns}), columns


def show_panel(view: View) -> None:
    """Show the month's sentence, communities by ledgers, what the street itself owes, and who was late."""
    st.markdown(f"**{summary_sentence(view.owed, view.day)}**")
    if not view.owed:
        return
    lines, columns = frame(view.owed)
    if not lines.is_empty():
        show_table(lines, columns, key="month.panel", height="content")
    own = [f"{one.title}　{state_text(one)}" for one in view.owed if one.unit == "street"]
    if own:
        st.caption(_("街道报送：{names}。").format(names="；".join(own)))
    _show_due(view.owed)
    _show_told(view.owed)
    if not lines.is_empty():
        with st.container(horizontal=True, key="month.panel.tools"):
            export_buttons(
                lines, columns, title=_("台账报送情况"), unit=_("份"), warehouse=view.warehouse,
                key="month.panel.export", date_text=_("截至{day}").format(day=date_text(view.day)),
            )  # fmt: skip


def _show_due(owed: Sequence[Owed]) -> None:
    """Say by which day each ledger is due; of a month before the calendar was in use that nobody was late."""
    if owed[0].is_before_calendar:
        st.caption(_("本月早于报送日历启用，只分已报、零报告、未报，不判断迟报。"))
        return
    days: dict[str, list[str]] = {}
    for title, day in dict.fromkeys((one.title, one.due_on) for one in owed):
        days.setdefault(date_text(day), []).append(title)
    text = "；".join(_("{day}前：{names}").format(day=day, names="、".join(names)) for day, names in days.items())
    st.caption(_("报送期限（含当天）　{text}").format(text=text))


def _show_told(owed: Sequence[Owed]) -> None:
    """Name what came late or again, and what was sent back and why."""
    told = [f"{report_name(one)}：{_how(one)}" for one in owed if one.state in TOLD]
    if told:
        more = _("等{n}份").format(n=len(told)) if len(told) > MOST_TOLD else ""
        st.caption(escaped("；".join(told[:MOST_TOLD]) + more))


def _how(one: Owed) -> str:
    if one.state == "returned" and one.returned_on:
        by = _("，{day}前重报").format(day=date_text(one.return_deadline)) if one.return_deadline else ""
        return _("{day}退回{by}，{reason}").format(day=date_text(one.returned_on), by=by, reason=one.return_reason)
    day = one.received_on if one.state == "late" else one.last_received_on
    return _("{state}，{day}收到").format(state=one.state_title, day=date_text(day)) if day else one.state_title


def show_reminder(view: View) -> None:
    """Show the 催报文字, whose own button copies it."""
    st.markdown(_("##### 催报文字"))
    text = reminder_of(view.warehouse, view.owed, view.day)
    height: Literal["content"] | int = TALL if text.count("\n") > MOST_LINES else "content"
    st.code(text, language=None, wrap_lines=True, height=height)
