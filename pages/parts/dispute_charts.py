"""The figures of 劳资纠纷: months with 正常波动范围, causes beside each other, communities by months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

import streamlit as st

from metrics import scope
from metrics.catalogue import metric_of
from metrics.judging.trend import Trend, trend, trends
from metrics.judging.trend_words import reading
from metrics.periods import month_text, parse_month
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers, charts, theme
from pages.parts import dispute_words as words
from pages.parts.lineage.links import of_rows, show_sources
from pages.parts.steps import show_steps

METRIC = "disputes_received"
CAUSES_SHOWN = 8
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class View:
    """What all figures of the page show: the months, the conditions, and the street whose notes hold (None: none do)."""

    warehouse: Warehouse
    street: Path | None
    start: date
    end: date
    where: Where

    def answer(self, *by: str) -> Answer:
        """Answer by these dimensions: month by month where `month` is one of them, else over all months."""
        period = "month" if "month" in by else None
        return answers.answer(self.warehouse, Question(METRIC, by, self.end, self.start, period, self.where))

    def trend(self, where: Where) -> Trend:
        """Return the months with their limits, step changes as the street has declared them."""
        return trend(self.warehouse, Question(METRIC, (), self.end, self.start, "month", where), self.street)

    def trends(self, dimension: str) -> Mapping[str | None, Trend]:
        """Return the trend of each code as rows by this dimension count: a case of several causes under its main one."""
        question = Question(METRIC, (dimension,), self.end, self.start, "month", self.where)
        return trends(self.warehouse, question, self.street)

    @property
    def word(self) -> str:
        """Return the street's measure word for a dispute."""
        return scope.measure(self.warehouse, metric_of(METRIC))

    def look(self, found: Trend | None = None) -> charts.Look:
        """Return what a figure needs beside its numbers; a month's hover also says what it is held against."""
        told = {point.month: words.point_text(found, point, self.word) for point in found.points} if found else {}

        def text(row: Row) -> str:
            month = parse_month(row.keys["month"] or "")
            return "<br>".join(filter(None, [f"{month_text(month)}　{row_text(self.warehouse, row)}", told.get(month)]))

        return charts.Look(self.warehouse.is_sample, theme.is_dark(), text)


def row_text(warehouse: Warehouse, row: Row) -> str:
    """Return a count with how many reports it rests on where some are missing."""
    text = answers.row_text(warehouse, metric_of(METRIC), row)
    if row.known and row.is_partial:
        text += _("（已报{known}/应报{expected}）").format(known=row.known, expected=row.expected)
    return text


def _plot(figure: charts.Figure, key: str, title: str) -> None:
    """Show a figure under the sentence that says what it shows."""
    st.markdown(f"**{title}**")
    theme.plot(figure, key=key, alt=title)


def show_months(view: View) -> None:
    """Show the count of each month against 正常波动范围, Spring Festival shaded."""
    found = view.trend(view.where)
    figure = charts.monthly(view.answer("month").rows, view.look(found), found.points)
    _plot(figure, "disputes.months", reading(found, _("受理劳资纠纷"), view.word))
    line = st.container(horizontal=True, vertical_alignment="center")
    line.caption(words.legend(found), width="stretch")
    with line:
        show_steps(view.warehouse, view.street, found, "disputes.steps")


def show_causes(view: View) -> None:
    """Show the months of the most frequent causes against their own ranges, all on one scale."""
    totals = view.answer("cause")
    most = sorted((row for row in totals.rows if row.value), key=lambda row: -(row.value or 0))[:CAUSES_SHOWN]
    if not most:
        return
    by_month, by_cause = view.answer("cause", "month").rows, view.trends("cause")
    series, trends = [], {}
    for total in most:
        name, code = total.keys["cause"] or "", total.keys["cause_id"]
        trends[name] = by_cause[code]
        rows = [row for row in by_month if row.keys["cause_id"] == code]
        series.append(
            charts.Series(name, answers.row_text(view.warehouse, totals.metric, total), rows, trends[name].points)
        )
    _plot(charts.small_multiples(series, view.look()), "disputes.causes", words.causes_reading(trends))
    show_sources(view.warehouse, of_rows(totals, "cause"))


def show_heat(view: View, communities: Sequence[str]) -> None:
    """Show months by communities in official order; what is not reported bears a ／."""
    answer = view.answer("community", "month")
    kept = [row for row in answer.rows if not communities or row.keys["community_id"] in communities]
    _plot(charts.heat_map(kept, answer.months, view.look()), "disputes.heat", words.heat_reading(kept))
