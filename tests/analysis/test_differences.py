"""Differences: error rates by enumeration and simulation, published McNemar, an independent linearisation."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar

from analysis import differences

Array = NDArray[np.float64]


def units(now: list[tuple[float, float]], before: list[tuple[float, float]]) -> differences.Units:
    """Return the matched units of (y, x) pairs."""
    a, b = np.array(now, float), np.array(before, float)
    return differences.Units(a[:, 0], a[:, 1], b[:, 0], b[:, 1])


@pytest.mark.parametrize("mean", [0.5, 1, 2, 4, 8, 16, 31, 60, 120, 400])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_two_counts_of_the_same_level_are_rarely_called_different(mean: float, ratio: float) -> None:
    """By enumeration: at most once in 300 under equal rates (three sigmas: once in 370)."""
    most = int(mean * max(ratio, 1) * 3 + 60)
    now, before = np.meshgrid(np.arange(most), np.arange(most), indexing="ij")
    z = differences.events_z(now, before, share=ratio / (1 + ratio))
    chance = stats.poisson.pmf(now, mean * ratio) * stats.poisson.pmf(before, mean)
    assert chance[np.abs(z) > differences.needed()].sum() < 1 / 300


def test_two_counts_are_as_the_exact_binomial_says() -> None:
    """Where the exact conditional test is far from the threshold on either side, z says the same."""
    now, before = np.meshgrid(np.arange(120), np.arange(120), indexing="ij")
    z = np.abs(differences.events_z(now, before))
    lower = np.minimum(now, before)
    exact = np.minimum(1, 2 * stats.binom.cdf(lower, now + before, 0.5))
    assert (z[exact < 0.0013] > 3).all() and (z[exact > 0.0045] <= 3).all()


def test_the_contracts_example_is_normal() -> None:
    """31 after 35 is no change to speak of; 31 after 75 is; 0 after 0 is none."""
    assert abs(differences.events_z(31, 35)) < 1
    assert differences.events_z(31, 75) < -3
    assert differences.events_z(0, 0) == 0
    assert differences.events_z(75, 31) == -differences.events_z(31, 75)


def test_spread_and_batches_make_it_harder() -> None:
    plain = differences.events_z(20, 50)
    assert differences.events_z(20, 50, spread=1.5) == pytest.approx(plain / 1.5)
    assert abs(differences.events_z(200 / 10, 500 / 10, step=0)) > abs(plain)


def test_a_level_is_mcnemars() -> None:
    """Agresti's approval ratings (Categorical Data Analysis, table 10.1): 150 left, 86 came; statsmodels' statistic."""
    now = [(1.0, 1.0)] * (794 + 86) + [(0.0, 1.0)] * (150 + 570)
    before = [(1.0, 1.0)] * 794 + [(0.0, 1.0)] * 86 + [(1.0, 1.0)] * 150 + [(0.0, 1.0)] * 570
    found = differences.level_z(units(now, before))
    assert found < 0
    assert found**2 == pytest.approx(mcnemar([[794, 150], [86, 570]], exact=False, correction=True).statistic)


def test_units_that_stay_say_nothing_about_a_level() -> None:
    few = units([(5, 0), (0, 0)], [(2, 0), (1, 0)])
    many = units([(5, 0), (0, 0), *[(9.0, 0.0)] * 50], [(2, 0), (1, 0), *[(9.0, 0.0)] * 50])
    assert differences.level_z(few) == differences.level_z(many) == pytest.approx(2 / 10**0.5)
    assert differences.level_z(units([(3, 0)], [(3, 0)])) == 0


def _street(chance: np.random.Generator, rise: float) -> differences.Units:
    """Return 200 enterprises of heavy-tailed size, most of them there both times, with their members."""
    x_before = np.minimum(np.ceil(5 * (chance.pareto(1.2, 200) + 1)), 2000)
    rates = chance.beta(8, 2, 200)
    y_before = np.round(rates * x_before)
    is_gone, is_new = chance.random((2, 200)) < 0.05
    x_now = np.where(is_gone, 0, np.round(x_before * chance.lognormal(0, 0.1, 200)))
    moved = chance.normal(0, 0.1, 200) + rise
    y_now = np.round(np.clip(rates + moved, 0, 1) * x_now)
    return differences.Units(y_now, x_now, np.where(is_new, 0, y_before), np.where(is_new, 0, x_before))


def test_a_ratio_of_changing_enterprises_errs_rarely_and_sees_a_rise() -> None:
    """Without a rise the three-sigma call comes under 1.5 % of the time, with 25 points in most streets, giants and all."""
    chance = np.random.default_rng(8)

    def called(rise: float) -> float:
        found = [differences.ratio_z(_street(chance, rise)) for _ in range(600)]
        return float(np.mean([abs(z) > differences.needed(freedom) for z, freedom in found]))

    # clipping at 1 makes the average enterprise lose about a point without any rise
    assert called(0.012) < 0.015
    assert called(-0.25) > 0.5


def test_a_ratio_is_the_jackknifes() -> None:
    """The linearised standard error is within 10 % of leaving out one unit after the other."""
    found = _street(np.random.default_rng(9), 0.05)
    z, freedom = differences.ratio_z(found)

    def difference(keep: NDArray[np.bool_]) -> float:
        now = found.y_now[keep].sum() / found.x_now[keep].sum()
        return float(now - found.y_before[keep].sum() / found.x_before[keep].sum())

    everyone = np.ones(200, bool)
    left_out = []
    for index in range(200):
        keep = everyone.copy()
        keep[index] = False
        left_out.append(difference(keep))
    error = np.sqrt(199 / 200 * np.sum((np.array(left_out) - np.mean(left_out)) ** 2))
    assert z == pytest.approx(difference(everyone) / error, rel=0.1)
    assert 1 <= freedom < 199


def test_separate_units_are_two_samples() -> None:
    """Cases of two years have nothing in common: the pooled two-proportion test, but for its n/(n−1)."""
    now = [(1.0, 1.0)] * 60 + [(0.0, 1.0)] * 40 + [(0.0, 0.0)] * 100
    before = [(0.0, 0.0)] * 100 + [(1.0, 1.0)] * 40 + [(0.0, 1.0)] * 60
    z, _freedom = differences.ratio_z(units(now, before))
    assert z == pytest.approx(0.2 / (2 * 0.24 / 100) ** 0.5, rel=0.01)


def test_nothing_to_compare_is_no_difference() -> None:
    assert differences.ratio_z(units([(1, 1)], [(0, 1)]))[0] == 0.0  # one enterprise says nothing of how they vary
    assert differences.ratio_z(units([(1, 0), (1, 0)], [(1, 2), (0, 2)]))[0] == 0.0
    same = [(1.0, 2.0), (0.0, 2.0)]
    assert differences.ratio_z(units(same, same))[0] == 0.0


@pytest.mark.parametrize("freedom", [5, 8, 15, 40, 200])
def test_needed_is_students_quantile(freedom: float) -> None:
    exact = stats.t.ppf(stats.norm.cdf(3), freedom)
    assert differences.needed(freedom) == pytest.approx(exact, rel=0.02)
    assert differences.needed() == 3
