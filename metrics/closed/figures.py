"""The figures of a month: every metric, of the street and of each community, over each period, with both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from etl.errors import QuestionError
from metrics.catalogue import Metric, catalogue
from metrics.question import PERIODS, Hidden, Question, Row
from metrics.values import ask
from metrics.warehouse import Warehouse

STREET = ""  # stands for the whole street where a community's id is asked for


@dataclass(frozen=True, slots=True)
class ClosedFigure:
    """One number of a month: of the street ("") or a community, over a period; None throughout where it was 未报.

    `is_hidden`: it was kept back to protect persons, as under `below` or (None) because it would tell another one.
    """

    metric: str
    community_id: str
    period: str
    numerator: float | None
    denominator: float | None
    value: float | None
    known: int
    expected: int
    item_missing: int
    approximate: bool
    is_hidden: bool = False
    below: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what the figure is of: metric, community ("" for the street), period."""
        return self.metric, self.community_id, self.period

    @property
    def row(self) -> Row:
        """Return the figure as a row, to be put into words like any other."""
        sides = (self.numerator, self.denominator, self.value, None, None, self.known, self.expected)
        hidden = Hidden(self.below) if self.is_hidden else None
        return Row({}, *sides, self.item_missing, self.approximate, None, None, hidden)


def period_of(metric: Metric, period: str | None = None) -> str:
    """Return the period that a figure is kept under: a stock's month, a metric's own period, else the one asked."""
    return "month" if metric.time == "stock" else metric.period or period or "month"


def periods_of(metric: Metric, periods: tuple[str, ...] = PERIODS) -> tuple[str, ...]:
    """Return the periods over which a metric's figures are kept, of those asked."""
    return periods if metric.time == "flow" and metric.period is None else (period_of(metric),)


@lru_cache(maxsize=16)
def figures_at(
    warehouse: Warehouse, month: date, periods: tuple[str, ...] = PERIODS
) -> dict[tuple[str, str, str], ClosedFigure]:
    """Return every figure of a month as a generation has it; metrics that an older one does not hold are not there.

    `periods` are those over which flows are summed; a metric with a period of its own is always read over that.
    """
    return {
        figure.key: figure
        for metric in catalogue().values()
        for period in periods_of(metric, periods)
        for figure in _of_metric(warehouse, metric, period, month)
    }


def _of_metric(warehouse: Warehouse, metric: Metric, period: str, month: date) -> Iterator[ClosedFigure]:
    try:
        answers = [ask(warehouse, Question(metric.id, by, month, None, period)) for by in ((), ("community",))]
    except QuestionError as error:
        if error.code != "old_generation":
            raise
        return
    for row in (row for answer in answers for row in answer.rows):
        yield _figure(metric.id, period, row)


def _figure(metric: str, period: str, row: Row) -> ClosedFigure:
    below = row.hidden.below if row.hidden else None
    return ClosedFigure(
        metric, row.keys.get("community_id") or STREET, period, row.numerator, row.denominator, row.value,
        row.known, row.expected, row.item_missing, row.approximate, row.is_suppressed, below,
    )  # fmt: skip
