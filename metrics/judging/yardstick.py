"""What the communities of one answer are held against: funnel limits, classes, spread, ranks, for each kind of metric.

Limits are made in the value's own unit (a share; cases per 1,000 workers a year), so that a page only draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from analysis import funnel, ranks
from analysis.funnel import Limits
from metrics.catalogue import DIVIDED, Metric
from metrics.question import Row

CURVE_POINTS = 120
LEAST_SPREAD = 5  # communities; of fewer, how far they differ from each other is chance itself
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """The 95 % and 99.8 % limits of one community, or at one size."""

    low95: float
    high95: float
    low998: float
    high998: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The limits over the denominators, from the smallest community to the largest."""

    sizes: tuple[float, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Few:
    """Below how many units (enterprises, cases) a share, below how many expected cases a rate is not compared."""

    units: float
    expected: float


@dataclass(frozen=True, slots=True)
class Place:
    """One community's place; None wherever there is none."""

    funnel: str | None = None
    too_few: bool = False
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    tier: int | None = None


def is_judged(metric: Metric) -> bool:
    """Return whether communities can be held against the street: a share or rate with a range; never a count."""
    return metric.kind in DIVIDED and metric.interval != "none"


def is_ranked(metric: Metric) -> bool:
    """Return whether communities may stand in order: never where honest reporting would be punished (users.md)."""
    return is_judged(metric) and metric.better != "none" and metric.unit != "dispute"


def values_of(rows: Sequence[Row]) -> Values:
    """Return the values of the rows; NaN where there is none."""
    return _numbers(rows, "value")


def _numbers(rows: Sequence[Row], name: str) -> Values:
    """Return one side of every row; NaN where the row has no value."""
    found = (None if row.value is None else getattr(row, name) for row in rows)
    return np.array([np.nan if number is None else float(number) for number in found], dtype=float)


def too_few(metric: Metric, row: Row, rate: float, few: Few) -> bool:
    """Return whether a known row rests on too few to be compared.

    `rate` is the target per unit of the denominator. A clustered ratio rests on its enterprises, not on their workers.
    """
    if row.value is None or row.denominator is None:
        return False
    if metric.kind == "rate":
        return rate * row.denominator < few.expected
    if metric.kind == "ratio":
        return row.clusters is None or row.clusters.clusters < few.units
    return row.denominator < few.units


def limits_around(metric: Metric, target: float, rows: Sequence[Row], scale: float) -> Limits:
    """Return every row's limits around a target, both in the value's unit; NaN where the row has no value."""
    sizes = _numbers(rows, "denominator")
    if metric.kind == "ratio":
        return funnel.ratio_limits(target, [None if row.value is None else row.clusters for row in rows])
    return _limits_at(metric, target, sizes, scale)


def _limits_at(metric: Metric, target: float, sizes: Values, scale: float) -> Limits:
    if metric.kind == "proportion":
        return funnel.proportion_limits(target, sizes)
    found = funnel.rate_limits(target / scale, sizes)
    return Limits(*(getattr(found, field.name) * scale for field in fields(Limits)))


def spread(metric: Metric, rows: Sequence[Row], average: float, scale: float, is_few: Sequence[bool]) -> float | None:
    """Return φ around the average of all: how many times the communities vary as chance alone would.

    None where fewer than LEAST_SPREAD can be compared. Always around the average, never a goal: a goal that all have
    passed would look like differences between them.
    """
    z = funnel.z_scores(_numbers(rows, "value"), limits_around(metric, average, rows, scale), average)
    z = np.where(is_few, np.nan, z)
    return funnel.dispersion(z) if np.isfinite(z).sum() >= LEAST_SPREAD else None


def widened(metric: Metric, limits: Limits, target: float, phi: float | None) -> Limits:
    """Return the limits widened for overdispersion; a share never passes 1."""
    return (
        limits if phi is None else funnel.widened(limits, target, phi, 1.0 if metric.kind == "proportion" else np.inf)
    )


def bands(limits: Limits) -> tuple[Band | None, ...]:
    """Return array limits one by one; None where there are none."""
    sides = zip(*(getattr(limits, field.name).tolist() for field in fields(Limits)), strict=True)
    return tuple(None if any(np.isnan(four)) else Band(*four) for four in sides)


def curve(metric: Metric, target: float, rows: Sequence[Row], scale: float, phi: float | None) -> Curve | None:
    """Return the limits over the sizes that occur; None for clustered ratios, whose limits are each community's own."""
    sizes = _numbers(rows, "denominator")
    sizes = sizes[sizes > 0]
    if metric.kind == "ratio" or not sizes.size:
        return None
    steps = np.linspace(max(sizes.min() * 0.7, 1.0), sizes.max() * 1.05, CURVE_POINTS)
    steps = np.unique(np.round(steps)) if metric.kind == "proportion" else steps
    found = bands(widened(metric, _limits_at(metric, target, steps, scale), target, phi))
    kept = [(size, band) for size, band in zip(steps.tolist(), found, strict=True) if band]
    return Curve(tuple(size for size, _band in kept), tuple(band for _size, band in kept))


def _samples(metric: Metric, rows: Sequence[Row]) -> Values:
    """Return draws of every row's true value; rows without clusters or sides have none."""
    if metric.kind == "ratio":
        return ranks.draws_of_ratios([row.clusters for row in rows])
    draws = ranks.draws_of_proportions if metric.kind == "proportion" else ranks.draws_of_rates
    return draws(_numbers(rows, "numerator"), _numbers(rows, "denominator"))


def placed(metric: Metric, rows: Sequence[Row], is_few: Sequence[bool], classes: Sequence[str | None]) -> list[Place]:
    """Return every row's place: its class, and its rank and tier among the rows that have a class."""
    found = [Place(funnel, few) for funnel, few in zip(classes, is_few, strict=True)]
    at = [index for index, place in enumerate(found) if place.funnel]
    if not is_ranked(metric) or not at:
        return found
    shown = ranks.ranks(_numbers([rows[i] for i in at], "value"), metric.better == "higher")
    samples = _samples(metric, [rows[i] for i in at])
    low, high = ranks.rank_intervals(samples, metric.better == "higher", shown=shown)
    numbers = zip(at, shown.tolist(), low.tolist(), high.tolist(), ranks.tiers(low, high, shown).tolist(), strict=True)
    for index, *four in numbers:
        if four[1]:  # a row without a range of its own has no rank either
            found[index] = Place(found[index].funnel, False, *four)
    return found
