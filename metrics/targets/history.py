"""What earlier years say about the months that are left: a metric's own past, as far as it is known whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from analysis.forecast import FEWEST_STEPS, FEWEST_YEARS, Array, Forecast, flow_forecast, stock_forecast
from etl.errors import QuestionError
from metrics.catalogue import catalogue
from metrics.periods import shift
from metrics.question import Question, Row
from metrics.scope import months
from metrics.targets.listed import is_added
from metrics.values import ask
from metrics.warehouse import Warehouse

MOST_YEARS = 3
STEPS = {"month": 1, "half_year": 6, "year": 12, "once": 12}
Series = dict[date, float]


@dataclass(frozen=True, slots=True)
class Foresight:
    """A forecast for the year's end and what it rests on: whole `years`, or `steps` equal spans of `span` months."""

    forecast: Forecast | None
    years: int = 0
    steps: int = 0
    span: int = 0


NOTHING = Foresight(None)


@lru_cache(maxsize=256)
def _rows(
    warehouse: Warehouse, metric: str, month: date, communities: tuple[str, ...]
) -> dict[str | None, tuple[Row, ...]]:
    """Return a metric month by month, `MOST_YEARS` whole years and this one, of the street (None) or of communities."""
    first = max(date(month.year - MOST_YEARS, 1, 1), months(warehouse)[0])
    by = ("community", "month") if communities else ("month",)
    answer = ask(warehouse, Question(metric, by, month, first))
    found: dict[str | None, list[Row]] = {}
    for row in answer.rows:
        found.setdefault(row.keys.get("community_id"), []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def _series(rows: tuple[Row, ...]) -> Series:
    """Return the months that are known whole; a month that is partly 未报 says nothing about its rest."""
    return {
        date.fromisoformat(f"{row.keys['month']}-01"): float(row.value)
        for row in rows
        if row.value is not None and row.known == row.expected
    }


def series(warehouse: Warehouse, metric: str, month: date, communities: tuple[str, ...] | None) -> Series:
    """Return the known months of the street (None), of one community, or of several added up."""
    if communities is None:
        return _series(_rows(warehouse, metric, month, ()).get(None, ()))
    each = [_series(rows) for name, rows in _rows(warehouse, metric, month, communities).items() if name in communities]
    common = set.intersection(*(set(one) for one in each)) if each else set()
    return {day: sum(one[day] for one in each) for day in sorted(common)}


def _whole_years(known: Series, year: int) -> Array:
    """Return the years before this one that are known month by month, without a gap, the oldest first."""
    found: list[list[float]] = []
    for before in range(year - 1, year - 1 - MOST_YEARS, -1):
        row = [known.get(date(before, number, 1)) for number in range(1, 13)]
        if any(value is None for value in row):
            break
        found.insert(0, [float(value) for value in row if value is not None])
    return np.array(found).reshape(len(found), 12)


def flow_foresight(
    warehouse: Warehouse, metric: str, month: date, done: float, communities: tuple[str, ...] | None
) -> Foresight:
    """Return where a year's total will be; one community's months of the year are shared out as the street's."""
    try:
        known = series(warehouse, metric, month, communities)
        of_street = series(warehouse, metric, month, None)
    except QuestionError:
        return NOTHING
    past = _whole_years(known, month.year)
    if len(past) < FEWEST_YEARS:
        return NOTHING
    shares = None
    if communities is not None and len(communities) == 1:
        wide = _whole_years(of_street, month.year)
        shares = wide.sum(axis=0) / wide.sum() if len(wide) >= FEWEST_YEARS and wide.sum() else None
    is_whole = catalogue()[metric].kind != "amount"
    found = flow_forecast(done, past, month.month, shares=shares, is_whole=is_whole)
    return Foresight(found, years=len(past))


def _step(warehouse: Warehouse, metric: str) -> int:
    """Return how many months lie between two states of the ledgers that a level is read from: the rarest of them."""
    query = "select ledger, due_every from core.ledger_kind"
    every = dict(warehouse.cursor().execute(query).fetchall())
    return max((STEPS.get(every.get(ledger) or "month", 1) for ledger in catalogue()[metric].ledgers), default=1)


def stock_foresight(
    warehouse: Warehouse, metric: str, month: date, now: float, communities: tuple[str, ...] | None
) -> Foresight:
    """Return where a level will be at the year's end, from how it changed over equal spans before.

    Between two registers a level is only carried on, so it is read at the registers' own months.
    """
    try:
        known = series(warehouse, metric, month, communities)
    except QuestionError:
        return NOTHING
    span = _step(warehouse, metric)
    newest = month if span == 1 else shift(month, -(month.month % span))
    span = 12 - month.month if span == 1 else span  # monthly levels: spans as long as what is left of the year
    steps = (12 * (month.year - newest.year) + 12 - newest.month) // span if span else 0
    points: list[float] = []
    while newest in known and span:
        points.insert(0, known[newest])
        newest = shift(newest, -span)
    changes = np.diff(np.array(points)) if len(points) > 1 else np.array([])
    if len(changes) < FEWEST_STEPS or not steps:
        return NOTHING
    ceiling = 1.0 if catalogue()[metric].kind == "proportion" else None
    found = stock_forecast(now, changes, steps, floor=0.0, ceiling=ceiling)
    return Foresight(found, steps=len(changes), span=span)


def foresight(
    warehouse: Warehouse, metric_id: str, month: date, now: float, communities: tuple[str, ...] | None
) -> Foresight:
    """Return the forecast that fits a metric; a flow that is divided (a success rate) has none."""
    metric = catalogue()[metric_id]
    if month.month == 12 or metric.kind == "median":
        return NOTHING
    if metric.time == "stock":
        return stock_foresight(warehouse, metric_id, month, now, communities)
    return flow_foresight(warehouse, metric_id, month, now, communities) if is_added(metric) else NOTHING
