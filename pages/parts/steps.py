"""水平变化: what the street declares when a number has really moved to a new level, so that its range begins anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _
from pathlib import Path

import streamlit as st

from etl.notes import LONGEST, notes
from metrics.judging.trend import Trend, series_of
from metrics.periods import month_text
from metrics.warehouse import Warehouse
from pages.parts.street_notes import keep, withdraw

Series = tuple[str, str]


def step_text(month: date, reason: str = "") -> str:
    """Return a declared step as 水平变化（自2018年3月起重新计算）：园区并入."""
    text = _("水平变化（自{month}起重新计算）").format(month=month_text(month))
    return f"{text}：{reason}" if reason else text


def declared(street: Path, series: Series) -> list[dict[str, str]]:
    """Return the notes of this series' declared steps, by month."""
    found = notes(street, "step_changes")
    return sorted((n for n in found if (n["metric"], n["community_id"]) == series), key=lambda note: note["month"])


def _taken_back(note: dict[str, str], key: str) -> None:
    line = st.container(horizontal=True, vertical_alignment="center")
    month = date.fromisoformat(f"{note['month']}-01")
    line.markdown(f"{step_text(month, note['reason'])}　:gray[{note['declared_on']}]")
    names = ("metric", "community_id", "month")
    if line.button(_("撤销"), key=f"{key}.{note['month']}") and withdraw("step_changes", **{n: note[n] for n in names}):
        st.rerun()


def _form(series: Series, months: Sequence[date], key: str) -> None:
    with st.form(f"{key}.form", border=False, enter_to_submit=False):
        month = st.selectbox(
            _("自哪个月起"), months, format_func=month_text, key=f"{key}.month", placeholder=_("请选择")
        )
        reason = st.text_input(_("原因（不写姓名）"), max_chars=LONGEST, key=f"{key}.reason")
        if not st.form_submit_button(_("登记水平变化")):
            return
        if not reason.strip():
            st.warning(_("请写明原因。"))
        elif keep("step_changes", metric=series[0], community_id=series[1], month=f"{month:%Y-%m}", reason=reason):
            st.rerun()


def show_steps(warehouse: Warehouse, street: Path | None, trend: Trend, key: str) -> None:
    """Show what was declared for exactly this series, and let the street declare more or take it back."""
    if street is None:
        return
    series = series_of(warehouse, trend.question)
    with st.popover(_("水平变化")):
        st.markdown(_("实际水平确已改变（如企业整体迁入、登记口径调整）时登记，正常波动范围自该月起重新计算。"))
        if series is None:
            st.caption(_("请只选一个社区，或不选社区（全街道），再登记。"))
            return
        known = declared(street, series)
        for note in known:
            _taken_back(note, key)
        # A form of its own for each step: emptied once it is kept, yet a second click finds what was typed.
        _form(series, [point.month for point in reversed(trend.points[1:])], f"{key}.{len(known)}")
