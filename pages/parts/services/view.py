"""What every part of 服务与阵地 shows: the year up to the month, the conditions, and one number with what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics import phrases
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.dispute_amounts import money_text
from pages.parts.header import number_help

Where = tuple[tuple[str, tuple[str, ...]], ...]
SERVICE, BUDGET, HARDSHIP, FACILITY = "service", "budget", "hardship", "facility"


@dataclass(frozen=True)
class View:
    """The month that ends the year to date, and the conditions chosen."""

    warehouse: Warehouse
    month: date
    where: Where = ()

    def ask(self, metric: str, *by: str, period: str = "ytd", start: date | None = None) -> Answer:
        """Answer from January to the month, unless the metric is a stock or a start is given."""
        asked = None if start else period
        return answers.answer(self.warehouse, Question(metric, by, self.month, start, asked, self.where))

    def so_far(self) -> str:
        """Return the months of the year so far: 1—12月."""
        return phrases.so_far_text(self.month)


def value_text(view: View, answer: Answer, row: Row) -> str:
    """Return a number as the eye meets it first; what is hidden, not reported or cannot be divided says so."""
    if row.is_suppressed:
        return phrases.hidden_text(answer.metric, row)
    if row.value is None:
        return _("无") if row.known else _("未报")
    about, metric = _("约") if row.approximate else "", answer.metric
    if metric.kind == "amount":
        return about + money_text(row.value)
    word = metric.measure if metric.over and not metric.is_percentage else ""
    return about + answers.value_text(view.warehouse, metric, row.value) + word


def note_text(row: Row, word: str) -> str:
    """Return how many rows could not be counted, and whether all that is owed is in."""
    parts = [_("另有{n}{word}没有写明，不计入").format(n=row.item_missing, word=word)] if row.item_missing else []
    if row.is_partial:
        parts.append(_("已报{known}个社区月份／应报{expected}个").format(known=row.known, expected=row.expected))
    return "；".join(parts) or "　"


def figure(view: View, answer: Answer, title: str, note: str) -> None:
    """Show one number with its title, a note, and its definition behind the ⓘ."""
    row = answer.row
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(title, value_text(view, answer, row), help=number_help(view.warehouse, answer, row))
        st.caption(note)
