"""New facilities against brute force, naive distances and planted gaps."""

from __future__ import annotations

import os
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

import numpy as np
import pytest

from analysis.covering import MOST_CELLS, Points, Site, best_sites, cover, distances_m, in_cells, reached

CENTRE = (114.06, 22.64)
METRES = 111_195.0  # a degree of latitude
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # spopt still calls pulp as it was
NOWHERE = Points(np.array([]), np.array([]), np.array([]))


def scattered(count: int, seed: int, spread_m: float = 1_500) -> Points:
    chance = np.random.default_rng(seed)
    east, north = chance.normal(0, spread_m, (2, count)) / METRES
    return Points(
        CENTRE[0] + east / cos(radians(CENTRE[1])),
        CENTRE[1] + north,
        np.array(chance.integers(1, 200, count), dtype=np.float64),
    )


def _metres(lon: float, lat: float, lon_there: float, lat_there: float) -> float:
    half = sin(radians(lat_there - lat) / 2) ** 2
    half += cos(radians(lat)) * cos(radians(lat_there)) * sin(radians(lon_there - lon) / 2) ** 2
    return 2 * 6_371_008.8 * asin(sqrt(half))


def test_distances_are_great_circles() -> None:
    """One degree north is 111.2 km; east it shrinks with the cosine; each pair as a plain formula has it."""
    one, other = scattered(7, 1), scattered(5, 2)
    found = distances_m(one, other)
    for a in range(7):
        for b in range(5):
            assert found[a, b] == pytest.approx(_metres(one.lon[a], one.lat[a], other.lon[b], other.lat[b]))
    assert _metres(114, 22, 114, 23) == pytest.approx(111_195, abs=1)
    assert _metres(114, 60, 115, 60) == pytest.approx(111_195 / 2, rel=1e-3)


@pytest.mark.parametrize(("seed", "count"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
def test_no_other_choice_covers_more(seed: int, count: int) -> None:
    """All choices of so many among 14 candidates are tried; greedy would miss some of them."""
    demand, candidates, radius = scattered(30, seed), scattered(14, seed + 100), 900.0
    covers = distances_m(demand, candidates) <= radius

    def covered(places: tuple[int, ...] | list[int]) -> float:
        return float(demand.weight[covers[:, list(places)].any(axis=1)].sum())

    found = best_sites(demand, candidates, count, radius)
    assert covered(found) == max(covered(places) for places in combinations(range(14), count))


def test_the_greedy_answer_is_beaten() -> None:
    """In a row 5-6-|-6-5 the middle covers 12 and leaves the ends; the two sites beside it cover all 22."""
    step = 300 / METRES
    lat = CENTRE[1] + step * np.array([0.0, 1.0, 3.0, 4.0])
    demand = Points(np.full(4, CENTRE[0]), lat, np.array([5.0, 6.0, 6.0, 5.0]))
    sites = Points(np.full(3, CENTRE[0]), CENTRE[1] + step * np.array([2.0, 0.5, 3.5]), np.ones(3))
    assert best_sites(demand, sites, 1, 310) == [0]
    assert sorted(best_sites(demand, sites, 2, 310)) == [1, 2]


def test_what_is_reached_today_counts_for_nothing() -> None:
    """Two patches; the heavier one has a facility: the new one goes to the other."""
    near, far = scattered(40, 1, 100), scattered(20, 2, 100)
    far = Points(far.lon + 0.05, far.lat, far.weight)
    both = Points(
        *(np.concatenate(pair) for pair in ((near.lon, far.lon), (near.lat, far.lat), (near.weight, far.weight)))
    )
    there = Points(np.array([CENTRE[0]]), np.array([CENTRE[1]]), np.ones(1))
    (site,) = cover(both, there, 3, 800)
    assert site.lon == pytest.approx(CENTRE[0] + 0.05, abs=0.003) and site.gained == far.weight.sum()
    assert cover(near, there, 2, 800) == [] and cover(NOWHERE, there, 1, 500) == []
    assert not reached(near, NOWHERE, 500).any()


def test_gains_are_counted_over_single_points_and_once() -> None:
    """And the same question has the same answer."""
    demand = scattered(200, 5)
    sites = cover(demand, NOWHERE, 3, 500)
    assert cover(demand, NOWHERE, 3, 500) == sites
    far, total = np.ones(200, dtype=bool), 0.0
    for site in sites:
        near = np.array([_metres(site.lon, site.lat, *at) <= 500 for at in zip(demand.lon, demand.lat, strict=True)])
        assert site.gained == demand.weight[near & far].sum()
        far, total = far & ~near, total + site.gained
    assert len(sites) == 3 and total == sum(site.gained for site in sites)


def test_cells_keep_the_sum_and_are_few() -> None:
    points = scattered(3_200, 7)
    cells = in_cells(points)
    assert 50 < len(cells.lon) <= MOST_CELLS and cells.weight.sum() == pytest.approx(points.weight.sum())
    idle = in_cells(Points(np.array([114.0, 114.0]), np.array([22.0, 22.0001]), np.zeros(2)))
    assert not np.isnan(idle.lon).any()


def test_a_street_of_3200_enterprises_takes_under_two_seconds() -> None:
    demand, existing = scattered(3_200, 8), scattered(12, 9)
    cover(scattered(30, 1), NOWHERE, 2, 500)  # the import is not counted
    before = sum(os.times()[:4])  # of this process and of the solver that it starts
    first: list[Site] = cover(demand, existing, 3, 500)
    assert sum(os.times()[:4]) - before < 2
    assert len(first) == 3
