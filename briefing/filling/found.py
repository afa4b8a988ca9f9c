"""What a placeholder asks for → the number, its words, and the data that it comes from; a closed month gives its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from gettext import gettext as _
from pathlib import Path
from typing import Literal

from briefing.filling.wanted import ABOVE, BELOW, VALUE, Wanted
from briefing.source import Source
from etl.errors import QuestionError
from metrics import phrases, scope
from metrics.changes import Change
from metrics.closed.closing import Closing, closings, warehouse_of
from metrics.closed.quoted import closed_figure
from metrics.closed.words import closed_note
from metrics.periods import first_month, month_text
from metrics.question import Question, Row
from metrics.warehouse import Warehouse

Kind = Literal["share", "points", "number", "words"]


@dataclass(frozen=True)
class Found:
    """One number for one placeholder.

    `text` is what stands inside a sentence; `number` what a cell of its own takes (a share as 0.9604, `kind` words: no
    number), `shown` the same as a page shows it, without 约. `relative` is a change in per cent, None where none is told.
    """

    question: str
    kind: Kind
    number: float | None
    text: str
    shown: str
    note: str
    generation_no: int
    generation_id: str
    closed_on: date | None
    relative: float | None = None


def question_text(warehouse: Warehouse, wanted: Wanted) -> str:
    """Return in words what is asked: 建会率（含工联会覆盖）　南坑　2018年12月末　分子."""
    metric, month = wanted.metric, wanted.month
    if metric.time == "stock":
        period = month_text(month) + _("末")
    else:
        first = max(first_month(wanted.period, month), scope.months(warehouse)[0])
        period = phrases.range_text(first, month)
    return "　".join(part for part in (metric.title, wanted.place, period, wanted.word) if part)


def _joined(*notes: str) -> str:
    return "；".join(note for note in notes if note)


@dataclass(frozen=True)
class Finder:
    """Answers the placeholders of one workbook from the street's newest data, closed months from what was closed."""

    street: Path
    warehouse: Warehouse

    @cached_property
    def closed(self) -> dict[date, Closing]:
        """Return how each closed month was closed."""
        return {closing.month: closing for closing in closings(self.street)}

    def find(self, wanted: Wanted) -> Found:
        """Return the number that is asked for; QuestionError or StreetError where there is none to give."""
        if wanted.is_change:
            return self._change(wanted)
        row = self._row(wanted)
        notes = _joined(_reach_text(row), _("约数") if row.approximate else "")
        return self._said(wanted, replace(self._figure(wanted, row), note=notes))

    def _said(self, wanted: Wanted, found: Found) -> Found:
        """Return what was found with where it comes from."""
        closed, data = self.closed.get(wanted.month), self.warehouse
        number, name = (
            (closed.generation_no, closed.generation_id) if closed else (data.generation_no, data.generation_id)
        )
        question = question_text(data, wanted)
        closed_on = closed.closed_on if closed else None
        return replace(found, question=question, generation_no=number, generation_id=name, closed_on=closed_on)

    def _row(self, wanted: Wanted) -> Row:
        metric, month, community = wanted.metric, wanted.month, wanted.community_id
        if month in self.closed:
            figure = closed_figure(self.street, month, metric.id, community, wanted.period)
            row = figure.row if figure else None
        else:
            by = () if community is None else ("community",)
            answer = Source(self.warehouse).answer(Question(metric.id, by, month, None, wanted.period))
            row = answer.row if community is None else answer.find(community_id=community)
        if row is None:
            message = _("{month}没有{place}的“{title}”").format(
                month=month_text(month), place=wanted.place, title=metric.title
            )
            raise QuestionError(message, remedy=_("请核对月份和社区"), code="no_figure")
        return row

    def _figure(self, wanted: Wanted, row: Row) -> Found:
        """Return a value or one of its sides; words where it is 未报, kept back, or nothing to divide by."""
        metric, decimals = wanted.metric, Source(self.warehouse).decimals
        side = {VALUE: row.value, ABOVE: row.numerator, BELOW: row.denominator}[wanted.what]
        if row.hidden is not None or side is None:
            return _words(phrases.row_text(metric, row, decimals, scope.measure(self.warehouse, metric)))
        about = _("约") if row.approximate else ""
        if wanted.what == VALUE:
            shown = phrases.number_text(metric, side, decimals)
            return _found("share" if metric.is_percentage else "number", side, about + shown, shown)
        return _found("number", side, about + phrases.count_text(side), phrases.count_text(side))

    def _change(self, wanted: Wanted) -> Found:
        """Return a like-for-like change; of a closed month as its own generation has it."""
        closed = self.closed.get(wanted.month)
        source = Source(warehouse_of(self.street, closed) if closed else self.warehouse, self.street)
        where = () if wanted.community_id is None else (("community", (wanted.community_id,)),)
        question = Question(wanted.metric.id, (), wanted.month, None, wanted.period, where)
        change = source.change(question, wanted.what)
        notes = _joined(
            _carried_text(change), phrases.like_for_like_text(change), closed_note(source.warehouse, change)
        )
        found = replace(_changed(change, source.decimals), note=notes)
        return self._said(wanted, found)


def _found(kind: Kind, number: float | None, text: str, shown: str, relative: float | None = None) -> Found:
    return Found("", kind, number, text, shown, "", 0, "", None, relative)


def _words(text: str) -> Found:
    return _found("words", None, text, text)


def _changed(change: Change, decimals: int) -> Found:
    """Return a change as a number with its words; as words alone where nothing can be compared."""
    text, basis = phrases.change_text(change, decimals), change.basis
    is_same_register = basis.is_carried and basis.now_as_of is not None and basis.now_as_of == basis.before_as_of
    if change.difference is None or is_same_register:
        return _words(text)
    kind: Kind = "points" if change.metric.is_percentage else "number"
    shown = phrases.number_text(change.metric, change.difference, decimals).removesuffix("%")
    days = _carried_text(change)
    return _found(kind, change.difference, f"{text}（{days}）" if days else text, shown, change.relative)


def _carried_text(change: Change) -> str:
    """Return the days that are compared where a register is carried: that is no 较上月."""
    return phrases.change_label(change) if change.basis.is_carried and change.difference is not None else ""


def _reach_text(row: Row) -> str:
    """Return how much of a figure was reported, where not all of it was."""
    if not row.known or not row.is_partial:
        return ""
    return _("已报{known}/应报{expected}").format(known=row.known, expected=row.expected)
