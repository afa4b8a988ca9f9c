"""What every part of 隐患与预警 shows: the month, the conditions, and the answers under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import scope
from metrics.catalogue import metric_of
from metrics.columns import DIMENSIONS
from metrics.known import known_side
from metrics.periods import month_text, parse_month, shift
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers, charts, theme
from pages.parts.header import number_help

MONTHS_SHOWN = 24
REPORTS = "hazard_reports"
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class View:
    """The month and the conditions of the page; `where` holds the communities and signs chosen."""

    warehouse: Warehouse
    month: date
    where: Where

    def ask(self, metric: str, *by: str, period: str | None = None, start: date | None = None) -> Answer:
        """Answer under the page's conditions, so far as the metric knows them."""
        where = tuple(one for one in self.where if one[0] in metric_of(metric).dimensions)
        return answers.answer(self.warehouse, Question(metric, by, self.month, start, period, where))

    def rows(self, metric: str, start: date) -> pl.DataFrame:
        """Return the rows behind a metric from a month on, under the page's conditions."""
        return answers.rows_behind(self.warehouse, Question(metric, (), self.month, start, None, self.where))

    def ignores(self, metric: str) -> list[str]:
        """Return the titles of chosen conditions that a metric does not know."""
        known = metric_of(metric).dimensions
        return [DIMENSIONS[name].title for name, _values in self.where if name not in known]

    @property
    def communities(self) -> tuple[str, ...]:
        """Return the communities chosen; none means all."""
        return dict(self.where).get("community", ())

    @property
    def day(self) -> date:
        """Return the month's last day."""
        return shift(self.month, 1) - timedelta(days=1)

    def first_month(self) -> date:
        """Return the first month that any report is known of, at most two years back."""
        earliest = max(shift(self.month, 1 - MONTHS_SHOWN), scope.months(self.warehouse)[0])
        known = [month for month, here in known_side(self.warehouse, REPORTS).items() if here and month >= earliest]
        return min([*known, self.month])

    def text(self, metric: str, row: Row) -> str:
        """Return a row with both its sides."""
        return answers.row_text(self.warehouse, metric_of(metric), row)

    def value(self, answer: Answer) -> str:
        """Return an answer's number as the eye meets it first: 15条, 71.4%, 未报, 无."""
        row = answer.row
        if row.value is None:
            return _("无") if row.known else _("未报")
        about, metric = _("约") if row.approximate else "", answer.metric
        word = metric.measure if metric.over and not metric.is_percentage else ""  # yuan for each case
        return about + answers.value_text(self.warehouse, metric, row.value) + word

    def look(self, metric: str) -> charts.Look:
        """Return what a figure by months needs beside its numbers."""

        def told(row: Row) -> str:
            month = row.keys.get("month")
            return f"{month_text(parse_month(month))}　{self.text(metric, row)}" if month else self.text(metric, row)

        return charts.Look(self.warehouse.is_sample, theme.is_dark(), told)


def figure(view: View, answer: Answer, title: str, note: str = "") -> None:
    """Show one number with its title, its two sides (or a note) in small print and its definition behind the ⓘ."""
    row = answer.row
    with st.container(border=True, height="stretch", gap="xsmall"):
        help_text = number_help(view.warehouse, answer, row)
        st.metric(title, view.value(answer), help=help_text)
        _number, _bracket, sides = view.text(answer.metric.id, row).partition("（")
        said = note or (sides.removesuffix("）") if row.value is not None else "")
        if row.value is not None and row.is_partial:  # why it is not quite the number beside it
            reach = _("已报{known}个社区月份／应报{expected}个").format(known=row.known, expected=row.expected)
            said = "，".join(filter(None, (said, reach)))
        st.caption(said or _("　"))
