"""异动提示: series that rose above the usual, each with what the street found when it looked into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _
from pathlib import Path

import streamlit as st

from etl.notes import LONGEST
from metrics.judging import alarm_words
from metrics.judging.alarms import Alarm, Watch, watch
from metrics.periods import month_text
from metrics.warehouse import Warehouse
from pages.parts.filters import Chosen
from pages.parts.street_notes import keep


def within(alarms: Sequence[Alarm], chosen: Chosen) -> list[Alarm]:
    """Return the alarms of the communities and causes chosen; none chosen means all.

    Rare causes stand together: they are within where one of them is chosen.
    """
    communities, causes = set(chosen.many("community")), set(chosen.many("cause"))
    return [
        alarm
        for alarm in alarms
        if (not communities or alarm.community_id in communities)
        and (not causes or causes & {alarm.cause_id, *alarm.causes})
    ]


def scope_text(found: Watch, shown: Sequence[Alarm], chosen: Chosen) -> str:
    """Return what of the month's alarms the conditions leave out, and that channels are not told apart; else ""."""
    parts = []
    if left_out := len(found.alarms) - len(shown):
        parts.append(_("所选范围以外另有{n}条异动提示。").format(n=left_out))
    elif not shown and (chosen.many("community") or chosen.many("cause")):
        parts.append(_("监测的是全部社区和案由。"))
    if chosen.many("channel"):
        parts.append(_("异动提示不分来源渠道。"))
    return "".join(parts)


def show_alarms(warehouse: Warehouse, street: Path | None, month: date, chosen: Chosen, word: str) -> None:
    """Show the month's alarms with their answers, and how much was watched; nothing is hidden that was not answered."""
    found = watch(warehouse, month, street)
    shown = within(found.alarms, chosen)
    for alarm in shown:
        _show(alarm, month, word)
    said = [_("{month}未发现异动。").format(month=month_text(month))] if found.is_quiet else []
    st.caption(
        "".join([*said, alarm_words.watched_text(found), scope_text(found, shown, chosen)]),
        help=alarm_words.help_text(warehouse),
    )


def _show(alarm: Alarm, month: date, word: str) -> None:
    key = f"disputes.alarm.{alarm.series}.{month:%Y-%m}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}.line".replace("|", "-")):
        st.markdown(f"{alarm_words.alarm_text(alarm, month, word)}　{_badge(alarm)}", width="stretch")
        with st.popover(_("核实")):
            _answer(alarm, month, key)


def _badge(alarm: Alarm) -> str:
    """Return the answer as a badge; only one that is confirmed is coloured."""
    colour = "orange" if alarm.answer == "confirmed" else "gray"
    return f":{colour}-badge[{alarm_words.answer_text(alarm)}]"


def _answer(alarm: Alarm, month: date, key: str) -> None:
    """Let the street say what it found; the latest answer holds, the earlier ones stay in its notes."""
    offered = alarm_words.answers()
    with st.form(f"{key}.form", border=False, enter_to_submit=False):
        answer = st.radio(
            _("核实结果"), list(offered), format_func=offered.__getitem__, index=list(offered).index(alarm.answer),
            key=f"{key}.answer",
        )  # fmt: skip
        reason = st.text_input(_("情况说明（不写姓名）"), alarm.reason, max_chars=LONGEST, key=f"{key}.reason")
        if not st.form_submit_button(_("保存")):
            return
        month_id = f"{month:%Y-%m}"
        if keep("alarm_answers", series=alarm.series, month=month_id, answer=answer, reason=reason):
            st.rerun()
