"""The cumulative sum: its chances against simulation, the month in which a rise began, what one noisy month can do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.cusum import LEVELS, STATES, STEPS, Null, began, chances, levels, moves, null_of, part, sums
from analysis.surveillance import Expectation

MEANS = np.array([[0.1], [0.5], [2.0], [12.0]]) * np.array([2.0, 1, 1, 0.5, 1, 1, 1, 1, 1, 1, 1.5, 2.0])


def _null(dispersion: float = 1.0, months: float = 1e9) -> Null:
    """Return the null of series whose level was learned from so many months."""
    own = dispersion / (months * MEANS.mean(1, keepdims=True))
    return null_of(Expectation(MEANS, dispersion * np.ones((len(MEANS), 1)), own), 0.995)


def _drawn(null: Null, draws: int, dispersion: float) -> np.ndarray:
    """Return counts of a gamma level per series and a negative binomial per month, drawn here a second time."""
    chance, own = np.random.default_rng(7), null.expected.relative_variance
    mean = null.mean * chance.gamma(1 / own, own, (draws, len(MEANS), 1))
    if dispersion == 1:
        return chance.poisson(mean).astype(float)
    size = mean / (dispersion - 1)
    return chance.negative_binomial(size, 1 / dispersion).astype(float)


def _by_hand(counts: list[float], null: Null, series: int) -> list[int]:
    state, found = 0, []
    for month, count in enumerate(counts):
        above = min(count, null.limit[series, month]) - null.reference[series, month]
        state += int(np.floor(STEPS * above / np.sqrt(null.variance[series, month])))
        state = min(max(state, 0), STATES - 1)
        found.append(state)
    return found


def test_the_sum_is_that_computed_by_hand() -> None:
    null = _null()
    counts = np.random.default_rng(2).poisson(2 * MEANS).astype(float)
    for series in range(len(MEANS)):
        assert list(sums(counts, null)[series]) == _by_hand(list(counts[series]), null, series)


@pytest.mark.parametrize(("dispersion", "months"), [(1.0, 1e6), (1.8, 1e6), (1.0, 48), (1.3, 24)])
def test_chances_are_those_of_simulation(dispersion: float, months: float) -> None:
    null, draws = _null(dispersion, months), 40_000
    table = chances(moves(null), np.isfinite(null.mean))
    state = sums(_drawn(null, draws, dispersion), null)[..., -1]
    for least in (1, 6, 12, 24, 36):
        seen = (state >= least).mean(0)
        assert seen == pytest.approx(table[:, least], rel=0.12, abs=4e-4), least
    assert table[:, 0] == pytest.approx(1.0) and (np.diff(table, axis=1) <= 1e-12).all()


def test_p_values_are_small_no_more_often_than_they_say() -> None:
    null = _null(1.3, 36)
    table = chances(moves(null), np.isfinite(null.mean))
    state = sums(_drawn(null, 40_000, 1.3), null)[..., -1]
    p = table[np.arange(len(MEANS)), state]
    for level in (0.05, 0.01, 0.002):
        assert ((p <= level).mean(0) <= 1.25 * level + 3e-4).all(), level


def test_a_month_not_known_moves_nothing() -> None:
    null = _null()
    counts = np.round(3 * MEANS)
    counts[:, 5] = np.nan
    state = sums(counts, null)
    assert np.array_equal(state[:, 5], state[:, 4])
    known = np.isfinite(counts)
    without = chances([one for month, one in enumerate(moves(null)) if month != 5], np.delete(known, 5, 1))
    assert np.array_equal(chances(moves(null), known), without)


def test_a_series_that_never_had_a_case_has_no_limits() -> None:
    null = null_of(Expectation(np.zeros((1, 12)), np.ones((1, 1)), np.ones((1, 1))), 0.995)
    assert np.isnan(null.limit).all() and np.isnan(null.reference).all()
    assert (sums(np.ones((1, 12)), null) == 0).all()


def test_one_noisy_month_counts_no_more_than_its_limit() -> None:
    null = _null()
    huge, full = np.zeros((len(MEANS), 12)), np.zeros((len(MEANS), 12))
    huge[:, -1], full[:, -1] = 1000, null.limit[:, -1]
    assert np.array_equal(sums(huge, null), sums(full, null))
    table = chances(moves(null), np.isfinite(null.mean))
    p = table[np.arange(len(MEANS)), sums(huge, null)[:, -1]]
    assert (p > 0.001).all()  # by itself a month is judged by its own limit, not here


def test_levels_are_equally_likely_and_one_on_average() -> None:
    own = np.array([[1e-9], [0.04], [0.5]])
    found = levels(Expectation(np.ones((3, 12)), np.ones((3, 1)), own))
    assert found.shape == (3, LEVELS)
    assert found.mean(1) == pytest.approx(1.0)
    assert found[0] == pytest.approx(1.0, abs=0.01)
    assert found[1:].std(1) == pytest.approx(np.sqrt(own[1:, 0]), rel=0.1)


def test_a_rise_began_where_counts_left_their_expectation() -> None:
    mean = np.full((3, 12), 1.0)
    counts = np.ones((3, 12))
    counts[0, 7:] = 5
    counts[1, 3:] = [4, 3, 5, 4, 6, 3, 5, 4, 3]
    counts[2, 11] = 6
    assert list(began(counts, mean)) == [7, 3, 11]
    counts[0, 8] = np.nan
    assert began(counts, mean)[0] == 7


def test_part_of_the_months_has_the_same_limits() -> None:
    null = _null()
    last = part(null, slice(-6, None))
    assert np.array_equal(last.limit, null.limit[:, -6:]) and last.level == null.level
    assert replace(last, mean=last.mean).mean.shape == (4, 6)
