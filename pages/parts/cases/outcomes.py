"""How cases end: three success rates beside each other, each with its own definition and both its sides, and medians."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics import phrases
from metrics.question import Answer, Question
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.header import number_help

Where = tuple[tuple[str, tuple[str, ...]], ...]
SUCCESS = {
    "mediation_success_of_all": _("占受理：期内受理的纠纷中，调解成功的"),
    "mediation_success_of_closed": _("占办结：期内调解结案的纠纷中，调解成功的"),
    "mediation_success_of_handled": _("占调处：期内经过调处的纠纷中，调解成功的"),
}
LASTING = ("dispute_days_to_close", "days_report_to_closing", "days_warning_to_closing")


def _asked(warehouse: Warehouse, metric: str, month: date, where: Where) -> Answer:
    return answers.answer(warehouse, Question(metric, month=month, period="ytd", where=where))


def _figure(warehouse: Warehouse, found: Answer, note: str) -> None:
    """Show one number with its sides and its definition; not reported and nothing to count are words."""
    text = answers.row_text(warehouse, found.metric, found.row)
    number, bracket, sides = text.partition("（")
    st.metric(found.metric.title, number, help=number_help(warehouse, found, found.row))
    st.caption(f"{bracket}{sides}　{note}".strip())


def show_success(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the three success rates of the year so far; none of them is the right one, so each says what it divides."""
    st.markdown(
        _("##### 调解成功率的三种口径　{period}累计").format(period=phrases.range_text(month.replace(month=1), month))
    )
    for column, (metric, note) in zip(st.columns(3, gap="medium"), SUCCESS.items(), strict=True):
        with column:
            _figure(warehouse, _asked(warehouse, metric, month, where), note)


def show_lasting(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the medians of the year so far: acceptance, report and warning to closing."""
    for column, metric in zip(st.columns(3, gap="medium"), LASTING, strict=True):
        with column:
            found = _asked(warehouse, metric, month, where)
            _figure(warehouse, found, found.metric.meaning)
