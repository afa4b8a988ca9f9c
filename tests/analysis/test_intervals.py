"""The ranges against reference implementations, at their edges, and in simulation."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.intervals import ClusterSums, byar, ratio_interval, student_quantile, wilson


def sums_of(members: np.ndarray, workers: np.ndarray) -> ClusterSums:
    y, x = members.astype(float), workers.astype(float)
    is_bounded = bool((y <= x).all())
    return ClusterSums(len(x), y.sum(), x.sum(), (y * y).sum(), (y * x).sum(), (x * x).sum(), is_bounded)


@settings(deadline=None)
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_the_reference(case: tuple[int, int]) -> None:
    count, total = case
    found = wilson(count, total)
    assert found == pytest.approx(proportion_confint(count, total, method="wilson"), abs=1e-12)


def test_wilson_keeps_a_width_at_its_ends() -> None:
    assert wilson(0, 9)[0] == 0.0 and 0.2 < wilson(0, 9)[1] < 0.4  # type: ignore[index]
    assert wilson(9, 9)[1] == 1.0 and 0.6 < wilson(9, 9)[0] < 0.8  # type: ignore[index]
    assert wilson(0, 0) is None


@settings(deadline=None)
@given(st.integers(0, 3000), st.floats(0.1, 1e6))
def test_byar_is_close_to_the_exact_poisson_interval(count: int, exposure: float) -> None:
    found = byar(count, exposure)
    assert found is not None
    exact_low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    exact_high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert found[0] * exposure == pytest.approx(exact_low, rel=0.02, abs=0.06)
    assert found[1] * exposure == pytest.approx(exact_high, rel=0.02)


def test_byar_at_zero() -> None:
    assert byar(0, 2.0)[0] == 0.0  # type: ignore[index]
    assert byar(0, 2.0)[1] == pytest.approx(3.689 / 2, rel=0.01)  # type: ignore[index]
    assert byar(3, 0) is None


@settings(deadline=None)
@given(st.floats(1, 400))
def test_student_quantile(freedom: float) -> None:
    tolerance = 3e-2 if freedom < 2 else 1e-3
    assert student_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=tolerance)


def test_ratio_variance_is_the_regression_through_the_origin() -> None:
    """With weights 1/x the clustered ratio is the WLS slope; its sandwich variance is the linearised one."""
    rng = np.random.default_rng(4)
    workers, members = rng.integers(5, 60, 40), rng.integers(0, 80, 40)
    sums = sums_of(members, workers)
    low, high = ratio_interval(sums)  # type: ignore[misc]
    ratio = members.sum() / workers.sum()
    residuals = members - ratio * workers
    se = sqrt(40 / 39 * (residuals**2).sum()) / workers.sum()
    freedom = workers.sum() ** 2 / (workers.astype(float) ** 2).sum() - 1
    assert not sums.is_bounded
    assert (high - low) / 2 == pytest.approx(stats.t.ppf(0.975, freedom) * se, rel=1e-3)


def test_ratio_edges() -> None:
    size = np.array([10, 20, 30])
    assert ratio_interval(sums_of(size[:1], size[:1])) is None
    assert ratio_interval(ClusterSums(3, 0, 0, 0, 0, 0, True)) is None
    none, every = ratio_interval(sums_of(size * 0, size)), ratio_interval(sums_of(size, size))
    assert none is not None and none[0] == 0.0 < none[1] < 1
    assert every is not None and 0 < every[0] < 1.0 == every[1]
    double = ratio_interval(sums_of(size * 2 + np.array([0, 3, -3]), size))
    assert double is not None and double[0] < 2 < double[1]


def planted(rng: np.random.Generator, count: int, tail: float, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Return members and workers of enterprises that each have a membership share of their own around `share`."""
    workers = np.maximum(1, np.round(np.exp(rng.normal(2.3, tail, count)))).astype(int)
    members = rng.binomial(workers, rng.beta(share * 3, (1 - share) * 3, count))
    return members, workers


@pytest.mark.parametrize(("count", "tail"), [(10, 0.5), (20, 1.2), (60, 1.6), (227, 1.2)])
def test_ratio_interval_covers_what_was_planted(count: int, tail: float) -> None:
    rng, share, hits, naive = np.random.default_rng(count), 0.85, 0, 0
    for _ in range(800):
        members, workers = planted(rng, count, tail, share)
        low, high = ratio_interval(sums_of(members, workers))  # type: ignore[misc]
        hits += low <= share <= high
        low, high = wilson(int(members.sum()), int(workers.sum()))  # type: ignore[misc]
        naive += low <= share <= high
    assert hits / 800 > 0.89
    assert naive / 800 < 0.75, "Wilson on persons is too narrow: that is why the interval is clustered"
