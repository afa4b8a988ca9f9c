"""Who is within reach of a facility, and where new ones would reach most of the workers who are not.

Demand is the workers of operating enterprises whose ledger gives a point; a new facility may stand where enterprises
stand (at the middle of a cell of them). The search is in `analysis/covering.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import polars as pl

from analysis.covering import Points, cover, distances_m
from metrics.judging.facilities import Facility, facilities
from metrics.question import Question
from metrics.scope import titles
from metrics.values import ask, rows
from metrics.warehouse import Warehouse

RADII = (500, 1000)
MOST = 3
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One new facility: where, whom it newly reaches beside those before it, and how far the nearest one is today."""

    lon: float
    lat: float
    workers: int
    enterprises: int
    communities: tuple[str, ...]
    nearest: str | None
    nearest_m: float | None


@dataclass(frozen=True)
class Covering:
    """What can be reached today within the radius, and what the proposals would add, over the enterprises with a point.

    `share` is the metric's own value (None where nothing can be judged), `share_after` what it would be. `placeless` counts the enterprises that cannot be judged (no point or no number of workers), `homeless`
    those of no known community, which no number counts, `pointless` the facilities in use without a point, `placed` those with one.
    """

    radius: int
    asked: int
    workers: int
    reached: int
    enterprises: int
    placeless: int
    pointless: int
    proposals: tuple[Proposal, ...]
    share: float | None
    share_after: float | None
    placed: int
    homeless: int

    @property
    def gained(self) -> int:
        """Return how many more workers all proposals together reach."""
        return sum(proposal.workers for proposal in self.proposals)


def enterprises_within(warehouse: Warehouse, month: date, radius: int, where: Where = ()) -> pl.DataFrame:
    """Return the enterprises with their point, workers (`base`), those within reach (`value`) and the nearest facility."""
    return rows(warehouse, _question(month, radius, where))


def _question(month: date, radius: int, where: Where) -> Question:
    return Question(f"workers_within_{radius}m_rate", (), month, where=where)


def _counted(warehouse: Warehouse, month: date) -> tuple[list[Facility], int]:
    """Return the counted facilities with a point, and how many have none."""
    counted = [each for each in facilities(warehouse, month) if each.is_counted]
    placed = [each for each in counted if each.lon is not None and each.lat is not None]
    return placed, len(counted) - len(placed)


def _points(frame: pl.DataFrame) -> Points:
    lon, lat, workers = (frame[name].cast(pl.Float64).to_numpy() for name in ("lon", "lat", "base"))
    return Points(lon, lat, workers)


def _points_of(found: list[Facility]) -> Points:
    lon, lat = (np.array([getattr(each, name) for each in found], dtype=float) for name in ("lon", "lat"))
    return Points(lon, lat, np.ones(len(found)))


@lru_cache(maxsize=64)
def covering(warehouse: Warehouse, month: date, radius: int, count: int, where: Where = ()) -> Covering:
    """Return who is reached today and `count` proposals (0 … 3) for those who are not."""
    found = enterprises_within(warehouse, month, radius, where)
    listed = found.drop_nulls("community_id")  # as 辖区企业数 counts them
    known = listed.drop_nulls(["value", "base"])
    existing, pointless = _counted(warehouse, month)
    demand, there = _points(known), _points_of(existing)
    sites = cover(demand, there, count, radius) if count else []
    left = known.filter(pl.col("value") == 0)
    proposals = []
    names = titles(warehouse, "community")
    for site in sites:
        at = Points(np.array([site.lon]), np.array([site.lat]), np.ones(1))
        near = pl.Series((distances_m(_points(left), at)[:, 0] <= radius).tolist(), dtype=pl.Boolean)
        gained = left.filter(near)
        proposals.append(_proposal(at, gained, existing, there, names))
        left = left.filter(~near)
    street = ask(warehouse, _question(month, radius, where)).row
    reached = street.numerator or 0  # of nobody, where nothing can be judged
    after = (reached + sum(each.workers for each in proposals)) / street.denominator if street.denominator else None
    return Covering(
        radius, count, int(street.denominator or 0), int(reached), known.height, listed.height - known.height,
        pointless, tuple(proposals), street.value, after, len(existing),
        found.height - listed.height,
    )  # fmt: skip


def _proposal(
    at: Points, gained: pl.DataFrame, existing: list[Facility], there: Points, names: dict[str, str]
) -> Proposal:
    counts = Counter(dict(zip(gained["community_id"], [0] * gained.height, strict=True)))
    for place, workers in zip(gained["community_id"], gained["base"], strict=True):
        counts[place] += int(workers)
    communities = tuple(names.get(place or "", "") for place, _workers in counts.most_common() if place)
    distances = distances_m(at, there)[0]
    nearest = int(np.argmin(distances)) if len(existing) else None
    return Proposal(
        float(at.lon[0]), float(at.lat[0]), int(gained["base"].sum()), gained.filter(pl.col("base") > 0).height, communities,
        None if nearest is None else existing[nearest].facility, None if nearest is None else float(distances[nearest]),
    )  # fmt: skip
