"""Where one, two or three new facilities would reach most of those not reached today: maximal covering location.

Church and ReVelle 1974, Papers in Regional Science 32:101–118; solved by spopt's MCLP with the CBC solver that pulp
brings. Distances are straight lines on the sphere. spopt takes seconds to import, so it is imported where it is called,
and for one facility it is not needed: the best one is the one that covers most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.smoothing import Array

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Places = np.ndarray[Any, np.dtype[np.intp]]
EARTH_M = 6_371_008.8  # mean radius
MOST_CELLS = 400  # that the solver is given: 3,200 enterprises take well under two seconds
SIDES_M = (50, 100, 150, 200, 300, 400, 600, 800, 1_200, 1_600, 2_400, 3_200)
DECIMALS = 5  # of a degree: about a metre


@dataclass(frozen=True)
class Points:
    """Places in degrees (WGS84), each with what it weighs."""

    lon: Array
    lat: Array
    weight: Array

    def at(self, places: Places) -> Points:
        """Return some of the points."""
        return Points(self.lon[places], self.lat[places], self.weight[places])


@dataclass(frozen=True, slots=True)
class Site:
    """A new facility: where, and what it newly reaches beside those listed before it."""

    lon: float
    lat: float
    gained: float


def distances_m(one: Points, other: Points) -> Array:
    """Return the straight-line distance in metres of each point of `one` (rows) to each of `other` (columns)."""
    lat, lat_there = np.radians(one.lat)[:, None], np.radians(other.lat)[None, :]
    across = np.radians(other.lon)[None, :] - np.radians(one.lon)[:, None]
    half = np.sin((lat_there - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat_there) * np.sin(across / 2) ** 2
    found: Array = 2 * EARTH_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found


def reached(demand: Points, existing: Points, radius_m: float) -> Mask:
    """Return for each point whether a facility is within the radius."""
    if not len(existing.lon) or not len(demand.lon):
        return np.zeros(len(demand.lon), dtype=bool)
    nearest = distances_m(demand, existing).min(axis=1)
    return np.asarray(nearest <= radius_m)


def in_cells(points: Points, most: int = MOST_CELLS) -> Points:
    """Return the points gathered in the smallest square cells of which there are at most so many.

    A cell stands where its points weigh (their weighted mean), and weighs what they weigh together.
    """
    metres = np.radians(1) * EARTH_M
    east = points.lon * metres * np.cos(np.radians(points.lat.mean())) if len(points.lon) else points.lon
    north = points.lat * metres
    for side in SIDES_M:
        found, place = np.unique(np.stack([east // side, north // side]), axis=1, return_inverse=True)
        if found.shape[1] <= most or side == SIDES_M[-1]:
            break
    count, place = found.shape[1], place.ravel()
    weight: Array = np.bincount(place, points.weight, count).astype(np.float64)
    share = np.where(weight[place] > 0, points.weight, 1.0)  # a cell of nobody stands in the middle of its points
    total = np.bincount(place, share, count)
    lon, lat = (np.bincount(place, share * side, count) / total for side in (points.lon, points.lat))
    return Points(lon.round(DECIMALS), lat.round(DECIMALS), weight)


def best_sites(demand: Points, candidates: Points, count: int, radius_m: float) -> list[int]:
    """Return the places in `candidates` that together cover most weight; fewer where more would cover no more."""
    cost = distances_m(demand, candidates)
    covers = cost <= radius_m
    useful = np.flatnonzero(demand.weight @ covers > 0)
    if not len(useful):
        return []
    if count == 1:
        chosen = [int(useful[np.argmax(demand.weight @ covers[:, useful])])]
    else:
        chosen = [int(useful[at]) for at in _solved(cost[:, useful], demand.weight, min(count, len(useful)), radius_m)]
    return [_middle(covers, cost, gained, place) for place, gained in _by_gain(covers, demand.weight, chosen)]


def _solved(cost: Array, weight: Array, count: int, radius_m: float) -> list[int]:
    import pulp
    from spopt.locate import MCLP

    model = MCLP.from_cost_matrix(cost, weight, radius_m, p_facilities=count)
    model = model.solve(pulp.PULP_CBC_CMD(msg=False, threads=1), results=False)
    return [place for place, chosen in enumerate(model.fac_vars) if (chosen.varValue or 0) > 0.5]


def _by_gain(covers: Mask, weight: Array, chosen: list[int]) -> list[tuple[int, Array]]:
    """Return the chosen ones with the weights that each adds, the one that adds most first; who adds nothing is left out."""
    left, ordered, rest = weight.copy(), [], list(chosen)
    while rest:
        best = max(rest, key=lambda place: (left @ covers[:, place], -place))
        gained = np.where(covers[:, best], left, 0.0)
        if gained.sum() <= 0:
            break
        ordered.append((best, gained))
        rest.remove(best)
        left = left - gained
    return ordered


def _middle(covers: Mask, cost: Array, gained: Array, place: int) -> int:
    """Return, of the candidates that reach all that this one adds, the one nearest to it: often many reach the same."""
    others = np.flatnonzero(covers[gained > 0].all(axis=0))
    return int(others[np.argmin(gained @ cost[:, others])]) if len(others) else place


def cover(demand: Points, existing: Points, count: int, radius_m: float) -> list[Site]:
    """Return at most `count` new facilities that reach most weight not within the radius of an existing one.

    A new one may stand where enterprises stand: at the middle of a cell of them. What it gains is counted again over
    the single points, each with the first site that reaches it.
    """
    left = demand.at(np.flatnonzero(~reached(demand, existing, radius_m) & (demand.weight > 0)))
    if not len(left.lon):
        return []
    candidates, found = in_cells(demand), []
    for place in best_sites(in_cells(left), candidates, count, radius_m):
        site = candidates.at(np.array([place]))
        near = reached(left, site, radius_m)
        if gained := float(left.weight[near].sum()):
            found.append(Site(float(site.lon[0]), float(site.lat[0]), gained))
        left = left.at(np.flatnonzero(~near))
    return found
