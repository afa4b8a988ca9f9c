"""What a series should be: against statsmodels and SciPy, and against the mistakes that would hide or invent a rise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.multitest import multipletests

from analysis.surveillance import (
    Design,
    benjamini_hochberg,
    expectation,
    fit,
    rebased,
    season,
    tail,
    upper_limit,
)

MONTHS = 60
CALENDAR = np.arange(MONTHS) % 12


def _street(series: int = 40, mean: float = 3.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return counts, exposure and groups of series in which nothing happens."""
    chance = np.random.default_rng(seed)
    exposure = chance.uniform(500, 2000, (series, 1)) * np.ones(MONTHS)
    return chance.poisson(mean, (series, MONTHS)).astype(float), exposure, np.arange(series) % 4


def test_the_level_and_dispersion_are_those_of_a_quasi_poisson_regression() -> None:
    counts, exposure, _groups = _street(5)
    exposure = exposure * np.linspace(1, 2, MONTHS)
    never = replace(Design(), outlier=1e9)  # nothing is down-weighted, as in a plain regression
    found = fit(counts, exposure, never)
    for row in range(5):
        other = GLM(counts[row], np.ones(MONTHS), family=Poisson(), offset=np.log(exposure[row])).fit(scale="X2")
        assert found.level[row, 0] == pytest.approx(np.exp(other.params[0]))
        assert found.dispersion[row, 0] == pytest.approx(max(other.scale, 1.0))
        if other.scale >= 1:
            assert found.relative_variance[row, 0] == pytest.approx(other.bse[0] ** 2)


def test_a_past_outbreak_hardly_raises_the_level_or_the_dispersion() -> None:
    counts, exposure, _groups = _street(1, mean=4.0)
    usual, outbreak = counts.copy(), counts.copy()
    outbreak[0, 20:23] = 30
    plain, wise = (fit(outbreak, exposure, replace(Design(), outlier=o)) for o in (1e9, 2.58))
    quiet = fit(usual, exposure, Design())
    assert plain.level[0, 0] > 1.3 * quiet.level[0, 0]
    assert wise.level[0, 0] < 1.1 * quiet.level[0, 0]
    assert wise.dispersion[0, 0] < plain.dispersion[0, 0] / 2.5


def test_too_short_a_past_expects_nothing() -> None:
    counts, exposure, _groups = _street(2)
    counts[0, 11:] = np.nan
    found = fit(counts, exposure, Design())
    assert np.isnan(found.level[0, 0]) and np.isfinite(found.level[1, 0])


def test_an_unknown_month_is_not_a_month_without_cases() -> None:
    counts, exposure, _groups = _street(1)
    unknown, none = counts.copy(), counts.copy()
    unknown[0, :10], none[0, :10] = np.nan, 0
    level = fit(unknown, exposure, Design()).level[0, 0]
    assert level == pytest.approx(fit(counts[:, 10:], exposure[:, 10:], Design()).level[0, 0])
    assert level > 1.1 * fit(none, exposure, Design()).level[0, 0]


def test_the_season_is_found_where_cases_speak_for_it_and_not_where_they_are_few() -> None:
    true = np.where(np.arange(12) == 0, 3.0, 9 / 11)
    base = np.full((2, 48), 20.0)
    base[1] = 0.02
    counts = base * true[CALENDAR[:48]]
    found = season(counts, base, CALENDAR[:48], np.array([0, 1]), 10.0)
    assert found[0] == pytest.approx(true, rel=0.12)
    assert found[0, 0] > 2.6
    few = season(counts[1:], base[1:], CALENDAR[:48], np.array([0]), 10.0)
    assert np.abs(few - 1).max() < 0.05


def test_the_newest_year_teaches_nothing() -> None:
    counts, exposure, groups = _street()
    before = expectation(counts, exposure, CALENDAR, groups)
    risen = counts.copy()
    risen[:, -12:] += 100
    after = expectation(risen, exposure, CALENDAR, groups)
    assert np.array_equal(before.mean, after.mean) and np.array_equal(before.dispersion, after.dispersion)


def test_expected_counts_follow_the_workers_and_the_season() -> None:
    counts, exposure, groups = _street(mean=5.0)
    counts *= np.where(CALENDAR == 11, 2, 1)
    exposure[0, -1] *= 3
    found = expectation(counts, exposure, CALENDAR, groups)
    assert found.mean.shape == (40, 12)
    assert found.mean[0, -1] / found.mean[0, -2] == pytest.approx(6, rel=0.35)
    assert found.mean[1, -1] / found.mean[1, -2] == pytest.approx(2, rel=0.35)


def test_expectations_are_right_on_average() -> None:
    counts, exposure, groups = _street(400, mean=2.0)
    found = expectation(counts, exposure, CALENDAR, groups)
    assert found.mean.mean() == pytest.approx(2.0, rel=0.02)
    assert np.nanmean((counts[:, -12:] - found.mean) ** 2 / found.variance) == pytest.approx(1.0, abs=0.1)


def test_tails_are_those_of_the_negative_binomial_and_of_the_poisson() -> None:
    mean, variance = np.array([0.3, 2.0, 2.0, 50.0]), np.array([0.5, 2.0, 7.0, 90.0])
    for count in (0, 1, 2, 5, 60):
        size = mean**2 / np.where(variance > mean, variance - mean, 1)
        wide = stats.nbinom.sf(count - 1, size, size / (size + mean))
        expected = np.where(variance > mean, wide, stats.poisson.sf(count - 1, mean))
        assert tail(np.full(4, float(count)), mean, variance) == pytest.approx(expected)
    assert np.isnan(tail(np.array([np.nan, 0.0]), np.array([1.0, np.nan]), np.array([1.0, 1.0]))).all()


@pytest.mark.parametrize("level", [0.95, 0.995])
def test_the_limit_is_the_smallest_count_seldom_passed(level: float) -> None:
    mean = np.array([[0.01, 0.3, 1.0, 7.5, 300.0]])
    assert upper_limit(mean, mean, level) == pytest.approx(stats.poisson.ppf(level, mean))
    size = mean**2 / (0.7 * mean)
    assert upper_limit(mean, 1.7 * mean, level) == pytest.approx(stats.nbinom.ppf(level, size, size / (size + mean)))
    assert np.isnan(upper_limit(np.array([np.nan]), np.array([np.nan]), level)).all()


def test_discoveries_are_those_of_benjamini_and_hochberg() -> None:
    chance = np.random.default_rng(3)
    p = chance.uniform(size=(6, 50)) ** 3
    p[2, 10:20] = np.nan
    q = benjamini_hochberg(p)
    for row in range(6):
        known = np.isfinite(p[row])
        assert q[row, known] == pytest.approx(multipletests(p[row, known], method="fdr_bh")[1])
        assert np.isnan(q[row, ~known]).all()


def test_a_declared_step_change_moves_the_level_of_its_series_only() -> None:
    counts, exposure, groups = _street(40, mean=4.0)
    counts[:20, 40:] *= 2
    scope = np.arange(40) < 20
    same, changed = rebased(counts, exposure, CALENDAR, groups, 40, scope)
    assert np.array_equal(same, counts) and np.array_equal(changed[20:], exposure[20:])
    assert np.array_equal(changed[:20, :40], exposure[:20, :40])
    assert (changed[:20, 40:] / exposure[:20, 40:]) == pytest.approx(2.0, rel=0.1)


def test_a_step_change_after_too_short_a_past_forgets_it() -> None:
    counts, exposure, groups = _street(4)
    same, changed = rebased(counts, exposure, CALENDAR, groups, 8, np.array([True, False, True, False]))
    assert np.isnan(same[[0, 2], :8]).all() and np.isfinite(same[[1, 3]]).all() and np.isfinite(same[:, 8:]).all()
    assert np.array_equal(changed, exposure)
