"""The series that are watched for 异动: disputes received by community and main cause, month by month.

In each community the causes that are too rare to be watched alone stand together, so every case is in one series.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

from metrics.columns import MONTH
from metrics.periods import shift, span
from metrics.question import UNKNOWN, Question, Row
from metrics.scope import Option, communities, months, settings
from metrics.values import ask
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    from analysis.surveillance import Array

METRIC = "disputes_received"
REST = "rest"  # the id of a community's rare causes together
RUN = 12  # the newest months, in which a rise is looked for; they teach nothing
BASELINE = 48
LEAST_CASES = 3  # a generation built before the settings existed knows no `alarm_min_count`


@dataclass(frozen=True)
class Series:
    """What one watched series is: a community and a cause, or REST and the ids of its rare causes."""

    community_id: str
    community: str
    cause_id: str
    cause: str
    causes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return the name that answers are kept under."""
        return f"{self.community_id}|{self.cause_id}"


@dataclass(frozen=True)
class Watched:
    """The series and their months: `counts` and `workers` are (series, months), nan where 未报 or nothing is known."""

    months: tuple[date, ...]
    series: tuple[Series, ...]
    counts: Array
    workers: Array


def least_cases(warehouse: Warehouse) -> int:
    """Return the setting below which nothing is called, and below which a year a cause is not watched alone."""
    return int(float(settings(warehouse).get("alarm_min_count", LEAST_CASES)))


@lru_cache(maxsize=64)
def watched(warehouse: Warehouse, month: date) -> Watched:
    """Return every series with its last five years (baseline and run) up to a month."""
    axis = span(max(shift(month, 1 - BASELINE - RUN), months(warehouse)[0]), month)
    least = least_cases(warehouse)
    series: list[tuple[Series, Array]] = []
    for community in communities(warehouse):
        series += grouped(community, _by_cause(warehouse, community.id, axis), least)
    return together(axis, series, _workers(warehouse, axis))


def together(axis: tuple[date, ...], series: list[tuple[Series, Array]], workers: dict[str, Array]) -> Watched:
    """Return the series with their counts and the workers of their communities as arrays."""
    counts = [seen for _one, seen in series]
    offsets = [workers[one.community_id] for one, _seen in series]
    empty = np.empty((0, len(axis)))
    return Watched(axis, tuple(one for one, _ in series), np.vstack([empty, *counts]), np.vstack([empty, *offsets]))


def _by_cause(warehouse: Warehouse, community_id: str, axis: tuple[date, ...]) -> dict[Option, Array]:
    """Return a community's months by main cause; cases without one are of the option UNKNOWN."""
    where = (("community", (community_id,)),)
    rows = ask(warehouse, Question(METRIC, by=("cause", MONTH), start=axis[0], month=axis[-1], where=where)).rows
    by_cause: dict[Option, list[Row]] = {}
    for row in rows:
        cause = Option(row.keys["cause_id"] or UNKNOWN, row.keys["cause"] or "")
        by_cause.setdefault(cause, []).append(row)
    return {cause: _values(cause_rows) for cause, cause_rows in by_cause.items()}


def grouped(community: Option, by_cause: dict[Option, Array], least: int) -> list[tuple[Series, Array]]:
    """Return a community's series: the causes with `least` cases a year in the baseline, then the rest together."""
    common = {cause: seen for cause, seen in by_cause.items() if cause.id != UNKNOWN and _per_year(seen) >= least}
    found = [(Series(community.id, community.title, cause.id, cause.title), seen) for cause, seen in common.items()]
    rare = {cause.id: seen for cause, seen in by_cause.items() if cause not in common}
    if not rare:
        return found
    rest = Series(community.id, community.title, REST, _("其余各类"), tuple(rare))
    return [*found, (rest, np.sum(list(rare.values()), axis=0))]


def _values(rows: list[Row]) -> Array:
    return np.array([np.nan if row.value is None else row.value for row in rows], float)


def _per_year(seen: Array) -> float:
    """Return the mean cases a year of the baseline; the run does not choose what is watched."""
    known = seen[:-RUN][np.isfinite(seen[:-RUN])]
    return 12 * float(known.mean()) if len(known) else 0.0


def _workers(warehouse: Warehouse, axis: tuple[date, ...]) -> dict[str, Array]:
    """Return each community's workers by month; a month without a register has those of the nearest one with.

    Only how they change matters here: each series has its own level. Where none is ever known they count as constant.
    """
    by_community: dict[str, list[Row]] = {}
    for row in ask(warehouse, Question("workers", by=("community", MONTH), start=axis[0], month=axis[-1])).rows:
        by_community.setdefault(row.keys["community_id"] or "", []).append(row)
    found = {community.id: np.ones(len(axis)) for community in communities(warehouse)}
    return found | {community_id: _filled(_values(rows)) for community_id, rows in by_community.items()}


def _filled(workers: Array) -> Array:
    known = np.flatnonzero(np.isfinite(workers) & (workers > 0))
    if not len(known):
        return np.ones(len(workers))
    nearest = np.abs(np.arange(len(workers))[:, None] - known).argmin(1)
    return np.asarray(workers[known[nearest]], float)
