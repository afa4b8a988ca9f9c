"""Rank ranges and tiers: against plain counting, in simulation, and where there is nothing to rank."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.interval_arrays import ratio_ranges
from analysis.ranks import draws_of_proportions, draws_of_rates, draws_of_ratios, rank_intervals, ranks, tiers
from tests.analysis.streets import COMMUNITIES, members_of, sizes_of, sums_of


def test_ranks_share_the_best_of_equal_ones() -> None:
    assert ranks([0.9, 0.95, np.nan, 0.9, 0.5], higher_first=True).tolist() == [2, 1, 0, 2, 4]
    assert ranks([0.9, 0.95, None, 0.9, 0.5], higher_first=False).tolist() == [2, 4, 0, 2, 1]
    assert ranks([np.nan], higher_first=True).tolist() == [0]


@pytest.mark.parametrize("higher_first", [True, False])
def test_rank_intervals_by_counting(higher_first: bool) -> None:
    samples = draws_of_proportions([80, 84, 60, 30], [100, 100, 100, 50], draws=400, seed=1)
    placed = []
    for draw in samples:
        better = [sum(other > own if higher_first else other < own for other in draw) for own in draw]
        placed.append([1 + count for count in better])
    low, high = rank_intervals(samples, higher_first, level=0.9)
    for area in range(4):
        ordered = sorted(row[area] for row in placed)
        assert low[area] in ordered[18:22] and high[area] in ordered[378:382]


def test_the_rank_shown_is_always_inside() -> None:
    samples = np.tile([1.0, 2.0, 3.0], (50, 1))
    low, high = rank_intervals(samples, True, shown=np.array([1, 2, 3]))
    assert (low.tolist(), high.tolist()) == ([1, 2, 1], [3, 2, 3])


def test_missing_areas_have_no_rank() -> None:
    samples = draws_of_proportions([50, None, 45, 3], [60, 60, 60, 0], draws=50)
    low, high = rank_intervals(samples, True, shown=ranks([0.83, np.nan, 0.75, np.nan], True))
    assert low.tolist() == [1, 0, 1, 0] and high[1] == high[3] == 0
    assert tiers(low, high).tolist() == [1, 0, 1, 0]
    nothing = rank_intervals(draws_of_rates([np.nan], [3.0], draws=20), False)
    assert [side.tolist() for side in nothing] == [[0], [0]]
    assert tiers(*nothing).tolist() == [0]


def test_the_same_question_has_the_same_answer() -> None:
    one, two, other = (draws_of_rates([3, 5], [1.0, 2.0], 100, seed) for seed in (1, 1, 2))
    assert (one == two).all() and (one != other).any()


def test_draws_are_centred_and_as_wide_as_the_range() -> None:
    """Also at 0 of n and n of n, and for rates."""
    shares = draws_of_proportions([0, 45, 90], [90, 90, 90])
    assert np.quantile(shares[:, 1], 0.025) == pytest.approx(0.398, abs=0.006)  # Wilson's: 0.3986
    assert shares[:, 0].max() > 0 and shares[:, 0].mean() < 0.01 and shares[:, 2].mean() > 0.99
    rates = draws_of_rates([20, 0], [4.0, 4.0])
    assert rates[:, 0].mean() == pytest.approx(20.5 / 4, rel=0.01)
    assert np.quantile(rates[:, 0], 0.975) == pytest.approx(30.2 / 4, rel=0.03)
    assert 0 < np.median(rates[:, 1]) < 0.1


@pytest.mark.parametrize("is_bounded", [True, False])
def test_draws_of_ratios_are_as_wide_as_the_clustered_range(is_bounded: bool) -> None:
    rng, areas = np.random.default_rng(2), []
    for count in (400, 150):
        workers = sizes_of(rng, "lognormal", (count,))
        members = members_of(rng, workers, "spread") + (0 if is_bounded else (rng.random(count) < 0.05))
        areas.append(sums_of(np.maximum(members, 0), workers))
    low, high = ratio_ranges(areas)
    drawn = np.quantile(draws_of_ratios(areas), (0.025, 0.975), axis=0)
    np.testing.assert_allclose(drawn[0], low, atol=0.012)
    np.testing.assert_allclose(drawn[1], high, atol=0.012)
    assert np.isnan(draws_of_ratios([None, *areas], draws=5)[:, 0]).all()


def _covered(samples: np.ndarray, true: np.ndarray, values: np.ndarray) -> float:
    low, high = rank_intervals(samples, True, shown=ranks(values, True))
    place = ranks(true, True)
    return float(((low <= place) & (place <= high)).mean())


@pytest.mark.parametrize(("spread", "least"), [(0.01, 0.87), (0.03, 0.93), (0.1, 0.95)])
def test_rank_ranges_hold_the_true_rank(spread: float, least: float) -> None:
    """Twelve communities whose true shares differ less than chance, about as much, and more (docs/analysis.md)."""
    rng, found = np.random.default_rng(3), []
    totals = np.array(COMMUNITIES)
    for run in range(120):
        true = np.clip(rng.normal(0.85, spread, 12), 0.02, 0.98)
        counts = rng.binomial(totals, true)
        found.append(_covered(draws_of_proportions(counts, totals, 1000, run), true, counts / totals))
    assert np.mean(found) > least


def test_tiers_by_hand() -> None:
    assert tiers([1, 1, 2, 6, 5, 7], [3, 4, 5, 8, 8, 8]).tolist() == [1, 1, 1, 2, 2, 2]
    assert tiers([1, 2, 3], [1, 2, 3]).tolist() == [1, 2, 3]
    assert tiers([1, 1, 1], [3, 3, 3]).tolist() == [1, 1, 1]
    # a chain: the second overlaps with both neighbours, but they do not overlap with each other
    assert tiers([1, 3, 5], [3, 5, 6]).tolist() == [1, 1, 2]
    # by the ranks shown the middle one comes first
    assert tiers([1, 3, 5], [3, 5, 6], shown=[2, 1, 3]).tolist() == [1, 1, 2]
    assert tiers([4, 1, 1], [6, 2, 6], shown=[2, 1, 3]).tolist() == [2, 1, 2]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 11)), min_size=1, max_size=12))
def test_areas_of_a_tier_cannot_be_told_apart(ranges: list[tuple[int, int]]) -> None:
    low, high = [first for first, _ in ranges], [first + width for first, width in ranges]
    found = tiers(low, high)
    for one, other in combinations(range(len(ranges)), 2):
        if found[one] == found[other]:
            assert max(low[one], low[other]) <= min(high[one], high[other])
    assert set(found) == set(range(1, max(found) + 1))
    middles = [[low[i] + high[i] for i in range(len(ranges)) if found[i] == tier] for tier in sorted(set(found))]
    assert all(max(before) <= min(after) for before, after in zip(middles, middles[1:], strict=False))
