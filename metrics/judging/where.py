"""Where a number is high or low: communities' rates smoothed, and clusters on a layer of many areas.

Smoothing is for looking, not for grading: the raw number stays beside it everywhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from analysis import clusters as tests
from analysis.smoothing import (
    Array,
    Smoothed,
    adjacency,
    empirical_bayes,
    gamma_poisson,
    local_empirical_bayes,
    standardised,
)
from metrics.catalogue import Metric
from metrics.judging.where_layer import Area, Layer, NoLayer, is_usable, layer, noise_of, ruled_out, sides
from metrics.question import Answer, Question, Row
from metrics.values import ask
from metrics.warehouse import Warehouse

FEWEST = 3  # communities: two have no common level to be drawn to


@dataclass(frozen=True, slots=True)
class SmoothedRow:
    """A community's row, its smoothed value and how much of that is its own; None where it has no value."""

    row: Row
    value: float | None
    weight: float | None


@dataclass(frozen=True)
class Smoothing:
    """The smoothed values of all communities, in official order."""

    answer: Answer
    rows: tuple[SmoothedRow, ...]

    def of(self, community_id: str | None) -> SmoothedRow | None:
        """Return a community's row, None where there is none."""
        return next((row for row in self.rows if row.row.keys["community_id"] == community_id), None)


def smoothed(warehouse: Warehouse, question: Question) -> Smoothing | None:
    """Return the communities' smoothed rates of a question; None where the metric has no range of chance."""
    return smoothing_of(ask(warehouse, replace(question, by=("community",))))


def smoothing_of(answer: Answer) -> Smoothing | None:
    """Return the rates of an answer by community drawn towards their common level; None where there is no such thing.

    Proportions by Marshall's estimator with binomial noise, ratios of workers with the noise of enterprises, rates by
    a gamma–Poisson model. What is not reported, or hidden, enters nothing.
    """
    metric = answer.metric
    usable = [index for index, row in enumerate(answer.rows) if is_usable(metric, row)]
    if metric.over is None or metric.interval == "none" or len(usable) < FEWEST:
        return None
    found = _smooth(metric, [answer.rows[index] for index in usable])
    scale = _scale(answer)
    rows: list[SmoothedRow] = [SmoothedRow(row, None, None) for row in answer.rows]
    for place, index in enumerate(usable):
        value, weight = float(found.values[place]) * scale, float(found.weights[place])
        rows[index] = SmoothedRow(answer.rows[index], value, weight)
    return Smoothing(answer, tuple(rows))


def _smooth(metric: Metric, found: list[Row]) -> Smoothed:
    """Smooth numerator / denominator, without the metric's per and per year."""
    counts = np.array([row.numerator for row in found], dtype=float)
    sizes = np.array([row.denominator for row in found], dtype=float)
    if metric.kind == "rate":
        return gamma_poisson(counts, sizes)
    noise, effective = noise_of(metric, tuple(row.clusters for row in found))
    return empirical_bayes(counts, sizes, noise, effective)


def _scale(answer: Answer) -> float:
    """Return value ÷ (numerator / denominator): per 1,000, per year; 1 where every numerator is 0."""
    for row in answer.rows:
        if row.value and row.numerator and row.denominator:
            return row.value * row.denominator / row.numerator
    return 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """One area of the layer: its class (analysis.clusters) or None, its own value and that of its neighbourhood."""

    area: Area
    kind: str | None
    value: float
    around: float


@dataclass(frozen=True)
class Clusters:
    """Where values lie together; `lost` counts enterprises without coordinates, which are not on the grid."""

    metric: Metric
    is_grid: bool
    places: tuple[Place, ...]
    lost: int

    def counts(self) -> dict[str, int]:
        """Return how many areas each class has."""
        return dict(Counter(place.kind for place in self.places if place.kind))

    def communities(self, kind: str) -> list[str]:
        """Return the names of a class's communities, those with most areas first."""
        named = Counter(place.area.community for place in self.places if place.kind == kind and place.area.community)
        return [name for name, _count in named.most_common()]


def why_not(warehouse: Warehouse, question: Question) -> NoLayer | None:
    """Return why clusters are not offered for this question, None where they are (and may still find too few cells)."""
    return ruled_out(warehouse, question)


@lru_cache(maxsize=16)
def clusters(warehouse: Warehouse, question: Question) -> Clusters | NoLayer:
    """Return where the metric's high and low values lie together, or why that is not looked for.

    Rates are made comparable first (Assunção & Reis). On the grid, whose cells nobody drew, G* finds patches; on
    communities local Moran also names those that differ from their neighbours. The first call imports esda, seconds.
    """
    found = layer(warehouse, question)
    if isinstance(found, NoLayer):
        return found
    answer = ask(warehouse, replace(question, by=("community",)))
    counts, sizes = sides(found.areas)
    noise, effective = noise_of(answer.metric, found.sums)
    values = standardised(counts, sizes, noise, effective)
    kinds = (tests.hot_spot_classes if found.is_grid else tests.moran_classes)(values, found.neighbours)
    around = local_empirical_bayes(counts, sizes, adjacency(found.neighbours), noise, effective).values
    return Clusters(answer.metric, found.is_grid, _places(found, kinds, around, _scale(answer)), found.lost)


def _places(found: Layer, kinds: tests.Classes, around: Array, scale: float) -> tuple[Place, ...]:
    return tuple(
        Place(area, kind, area.numerator / area.denominator * scale, float(near) * scale)
        for area, kind, near in zip(found.areas, kinds, around, strict=True)
    )
