"""The line above every part: what came in the month, and how many enterprises are red or yellow at its end."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from metrics.periods import month_text
from metrics.reports import is_sent
from pages.parts.hazards.view import REPORTS, View
from pages.parts.header import number_help

RED, YELLOW = "enterprises_red", "enterprises_yellow"
HAZARDS, SCORES = "hazard", "risk_score"


def show_headline(view: View) -> None:
    """Say what is known; nothing where no ledger was ever sent."""
    parts, helps = [], []
    if is_sent(view.warehouse, HAZARDS):
        reported = view.ask(REPORTS, period="month")
        parts.append(_("{month}报告隐患线索{n}").format(month=month_text(view.month), n=view.value(reported)))
    if is_sent(view.warehouse, SCORES):
        red, yellow = view.ask(RED), view.ask(YELLOW)
        parts.append(
            _("月末风险等级为红的企业{red}、为黄的{yellow}").format(red=view.value(red), yellow=view.value(yellow))
        )
        helps += [number_help(view.warehouse, one, one.row) for one in (red, yellow)]
    if parts:
        st.markdown(f"**{'；'.join(parts)}**", help="\n\n".join(helps) or None)
