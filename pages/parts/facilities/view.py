"""What every part of 阵地 shows: the month, the conditions, and one number with what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.header import number_help

Where = tuple[tuple[str, tuple[str, ...]], ...]
COUNT, AREA, VISITS = "facilities", "facility_area_m2", "facility_visits"
AREA_RATE, VISITS_RATE = "facility_area_per_1000_workers", "facility_visits_per_1000_workers"
NEAR, FAR, SIX = "workers_within_500m_rate", "workers_within_1000m_rate", "facilities_six_have_rate"


@dataclass(frozen=True)
class View:
    """The month's end and the conditions that speak of facilities (community, park)."""

    warehouse: Warehouse
    month: date
    where: Where = ()

    def ask(self, metric: str, *by: str) -> Answer:
        """Answer at the month's end."""
        return answers.answer(self.warehouse, Question(metric, by, self.month, where=self.where))


def value_text(view: View, answer: Answer, row: Row) -> str:
    """Return a number as the eye meets it first; where all that counts is unknown it is not 0 but 不详."""
    if row.value is None:
        return _("无") if row.known else _("未报")
    if not row.value and row.item_missing and not answer.metric.over:
        return _("不详")
    word = answer.metric.measure if not answer.metric.is_percentage and answer.metric.over else ""
    about = _("约") if row.approximate else ""
    text = about + answers.value_text(view.warehouse, answer.metric, row.value)
    return text + word if word and not text.endswith(word) else text


def note_text(row: Row, missing: str) -> str:
    """Return how many could not be counted and what of them is unknown, and how much of the street has reported."""
    parts = [missing.format(n=f"{row.item_missing:,}")] if row.item_missing else []
    if row.is_partial:
        parts.append(_("已报{known}个社区／应报{expected}个").format(known=row.known, expected=row.expected))
    return "；".join(parts) or "　"


def figure(view: View, metric: str, missing: str) -> None:
    """Show one number with its title, what it leaves out, and its definition behind the ⓘ."""
    answer = view.ask(metric)
    with st.container(border=True, height="stretch", gap="xsmall"):
        help_text = number_help(view.warehouse, answer, answer.row)
        st.metric(answer.metric.title, value_text(view, answer, answer.row), help=help_text)
        st.caption(note_text(answer.row, missing))
