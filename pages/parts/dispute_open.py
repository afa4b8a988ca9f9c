"""The disputes in hand, those overdue first, each with its age and what is due next; a number leads to its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

import streamlit as st

from metrics.judging.due import DueRow
from metrics.judging.due_clauses import left_text
from metrics.question import Question
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.cases.asked import due_rows, due_summary
from pages.parts.cases.day import day_of
from pages.parts.cases.markup import Cell, case_link, table
from pages.parts.cases.words import short_day, updated_text
from pages.parts.header import month_end, sample_mark
from pages.parts.pictures import picture

Where = tuple[tuple[str, tuple[str, ...]], ...]
STEPS = "case_step"
HEADS = (_("案号"), _("已办"), _("期限"), _("社区"), _("主要案由"))


@dataclass(frozen=True)
class InHand:
    """One dispute in hand: its facts, its age in days, and the duty that ends first (None: none is open)."""

    facts: dict[str, Any]
    days: int
    due: DueRow | None

    @property
    def is_overdue(self) -> bool:
        """Return whether a duty of the street's is past its day."""
        return self.due is not None and self.due.is_overdue


def in_hand(warehouse: Warehouse, month: date, day: date, where: Where) -> list[InHand]:
    """Return the disputes open at the month's end: the longest overdue first, then the oldest."""
    frame = answers.rows_behind(warehouse, Question("disputes_open", month=month, where=where))
    first: dict[str, DueRow] = {}
    for due in due_rows(warehouse, day, where) if is_sent(warehouse, STEPS) else ():
        first.setdefault(due.dispute_id, due)  # they come in the order of their last days
    found = [
        InHand(facts, (day - facts["received_date"]).days, first.get(facts["unit_id"]))
        for facts in frame.iter_rows(named=True)
        if facts["value"] is not None and facts["received_date"] <= day
    ]
    return sorted(found, key=lambda one: (one.due.days_left if one.due and one.is_overdue else 0, -one.days))


def title(found: list[InHand], day: date, word: str, is_known: bool) -> str:
    """Return the sentence above the list: how many are in hand, how many of them overdue, the longest one."""
    if not found:
        return _("在办时长：没有在办的纠纷")
    late = _("，其中超期{n}{word}").format(n=sum(one.is_overdue for one in found), word=word) if is_known else ""
    return _("在办时长：{n}{word}在办{late}，最长已办{days}天（截至{day}）").format(
        n=len(found), word=word, late=late, days=max(one.days for one in found), day=short_day(day)
    )


def _cells(one: InHand, month: date, none: str) -> tuple[Cell, ...]:
    number, due = one.facts["unit_id"], one.due
    left = left_text(due.days_left) if due else none
    return (
        Cell(number, link=case_link(number, {"month": f"{month:%Y-%m}"})),
        Cell(_("{n}天").format(n=one.days)),
        Cell(left, due.clause if due else "", look="strong" if one.is_overdue else "wide"),
        Cell(one.facts["community"] or _("待核实")),
        Cell(one.facts["cause"] or _("不详"), look="wide"),
    )


def show_open(warehouse: Warehouse, month: date, where: Where, word: str) -> None:
    """Show the disputes in hand at the month's end; grey where the ledgers are too old to tell."""
    if answers.answer(warehouse, Question("disputes_open", month=month, where=where)).row.value is None:
        return  # nobody has reported: not known is not none
    # the month's end, as the headline has it; what is due today stands in 纠纷办理
    day, is_known = min(day_of(warehouse, month), month_end(month)), is_sent(warehouse, STEPS)
    found = in_hand(warehouse, month, day, where)
    said = title(found, day, word, is_known)
    summary = due_summary(warehouse, day, where)
    st.markdown(f":gray[{said}]" if summary.is_stale else f"**{said}**")
    st.caption(updated_text(summary) + (_("；点案号看这一宗") if found else ""))
    if found:
        none = _("没有未办到的期限") if is_known else _("没有流程台账，不推算")
        rows = [_cells(one, month, none) for one in found]
        picture(table(HEADS, rows, alt=said, mark=sample_mark(warehouse), height=320), key="disputes.open")
