"""The ranges against reference implementations, printed values and at their edges."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.exact import exact_poisson
from analysis.interval_arrays import byars, clusters_of, ratio_ranges, wilsons
from analysis.intervals import ClusterSums, byar, components, moments, ratio_interval, student_quantile, wilson
from tests.analysis.streets import members_of, sizes_of, sums_of


@settings(deadline=None)
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_the_reference(case: tuple[int, int]) -> None:
    count, total = case
    found = wilson(count, total)
    assert found == pytest.approx(proportion_confint(count, total, method="wilson"), abs=1e-12)


def test_wilson_as_printed() -> None:
    """Newcombe 1998 (Stat Med 17:857–872), table I, method 3."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_wilson_keeps_a_width_at_its_ends() -> None:
    assert wilson(0, 9)[0] == 0.0 and 0.2 < wilson(0, 9)[1] < 0.4  # type: ignore[index]
    assert wilson(9, 9)[1] == 1.0 and 0.6 < wilson(9, 9)[0] < 0.8  # type: ignore[index]
    assert wilson(0, 1)[0] == 0.0 < wilson(0, 1)[1] < 1  # type: ignore[index]
    assert 0 < wilson(1, 1)[0] < 1.0 == wilson(1, 1)[1]  # type: ignore[index]
    assert wilson(0, 0) is None


def test_byar_as_printed() -> None:
    """The documentation of another implementation prints 100 cases against 90 expected (z 1.96)."""
    assert byar(100, 1) == pytest.approx((81.3621, 121.628347271806), abs=2e-3)
    assert byar(100, 90) == pytest.approx((0.9040199067337297, 1.3514260807978444), abs=2e-5)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.69), (1, 0.0253, 5.57), (2, 0.242, 7.22), (3, 0.619, 8.77), (4, 1.09, 10.24), (5, 1.62, 11.67),
        (6, 2.20, 13.06), (7, 2.81, 14.42), (8, 3.45, 15.76), (9, 4.12, 17.08), (10, 4.80, 18.39), (25, 16.18, 36.90),
        (50, 37.11, 65.92), (100, 81.36, 121.63),
    ],
)  # fmt: skip
def test_exact_poisson_as_printed(count: int, low: float, high: float) -> None:
    """Garwood 1936; Pearson & Hartley, Biometrika Tables for Statisticians, table 40."""
    assert [float(end) for end in exact_poisson(count, 1)] == pytest.approx([low, high], abs=0.0052)
    assert exact_poisson(count, 4)[1] == pytest.approx(exact_poisson(count, 1)[1] / 4)


def test_exact_poisson_of_what_is_missing() -> None:
    low, high = exact_poisson([np.nan, 3, 0, 2], [1, 0, 2, np.nan])
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, True, False, True]
    assert low[2] == 0.0 and high[2] == pytest.approx(3.689 / 2, rel=1e-3)
    assert float(exact_poisson(25, 1, 0.9)[0]) == pytest.approx(17.38, abs=0.005)


@settings(deadline=None)
@given(st.integers(0, 3000), st.floats(0.1, 1e6))
def test_byar_is_close_to_the_exact_poisson_interval(count: int, exposure: float) -> None:
    found = byar(count, exposure)
    assert found is not None
    exact_low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    exact_high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert found[0] * exposure == pytest.approx(exact_low, rel=0.02, abs=0.06)
    assert found[1] * exposure == pytest.approx(exact_high, rel=0.02)
    assert [float(end) for end in exact_poisson(count, 1)] == pytest.approx([exact_low, exact_high], abs=1e-9)


def test_byar_at_zero() -> None:
    assert byar(0, 2.0)[0] == 0.0  # type: ignore[index]
    assert byar(0, 2.0)[1] == pytest.approx(3.689 / 2, rel=0.01)  # type: ignore[index]
    assert byar(3, 0) is None


@settings(deadline=None)
@given(st.floats(1, 400))
def test_student_quantile(freedom: float) -> None:
    tolerance = 3e-2 if freedom < 2 else 1e-3
    assert student_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=tolerance)


def test_components_solve_the_expected_sums_of_squares() -> None:
    """Both sums of squares and what they hold, written out enterprise by enterprise and solved by NumPy."""
    rng = np.random.default_rng(4)
    workers = rng.integers(2, 60, 400).astype(float)
    members = rng.binomial(workers.astype(int), rng.beta(4, 1, 400)).astype(float)
    shares, total, ratio = members / workers, workers.sum(), members.sum() / workers.sum()
    kept = 1 - workers / total
    holds = [[(workers * kept).sum(), kept.sum()], [399.0, (399 / 400 / workers).sum()]]
    seen = [(workers * (shares - ratio) ** 2).sum(), 399 * shares.var(ddof=1)]
    expected = np.linalg.solve(holds, seen)
    sums = sums_of(members, workers)
    found = components(moments(400.0, sums.y, sums.x, sums.xx, sums.yyx, sums.p, sums.pp, sums.per_x))
    assert found == pytest.approx(expected, rel=1e-9)
    assert found == pytest.approx((0.8 * 0.2 / 6, 0.8 * 0.2 * 5 / 6), rel=0.2)  # what Beta(4, 1) and chance have


def test_components_stay_within_what_can_be() -> None:
    """Not below 0; within no more than independent persons would give; of one size all is between."""
    same = sums_of(np.array([3.0, 9, 6]), np.full(3, 10.0))
    of = moments(3.0, same.y, same.x, same.xx, same.yyx, same.p, same.pp, same.per_x)
    assert components(of) == pytest.approx((0.09, 0.0))
    alike = sums_of(np.array([5.0, 50, 500]), np.array([10.0, 100, 1000]))
    assert components(moments(3.0, alike.y, alike.x, alike.xx, alike.yyx, alike.p, alike.pp, alike.per_x)) == (0.0, 0.0)
    tiny = sums_of(np.array([0.0, 1, 1, 0, 50, 50]), np.array([1.0, 1, 1, 1, 100, 100]))
    between, within = components(moments(6.0, tiny.y, tiny.x, tiny.xx, tiny.yyx, tiny.p, tiny.pp, tiny.per_x))
    assert between == 0.0 and within == pytest.approx((tiny.y - tiny.yyx) / (tiny.x - 6))


def test_ratio_of_equal_enterprises_is_the_mean_of_shares() -> None:
    """With one size the clustered range is that of the mean of independent shares: the textbook's t."""
    workers, members = np.full(30, 20.0), np.array([*range(5, 21), *range(7, 21)], dtype=float)
    low, high = ratio_interval(replace(sums_of(members, workers), is_bounded=False))  # type: ignore[misc]
    shares = members / workers
    half = stats.t.ppf(0.975, 29) * shares.std(ddof=1) / sqrt(30)
    assert (high - low) / 2 == pytest.approx(half, rel=1e-6)
    assert (high + low) / 2 == pytest.approx(shares.mean())


def test_ratio_edges() -> None:
    size = np.array([10, 20, 30])
    assert ratio_interval(sums_of(size[:1], size[:1])) is None
    assert ratio_interval(ClusterSums(3, 0, 0, 0, 0, 0, True, 0, 0, 0, 0)) is None
    none, every = ratio_interval(sums_of(size * 0, size)), ratio_interval(sums_of(size, size))
    assert none is not None and none[0] == 0.0 < none[1] < 1
    assert every is not None and 0 < every[0] < 1.0 == every[1]
    double = ratio_interval(sums_of(size * 2 + np.array([0, 3, -3]), size))
    assert double is not None and double[0] < 2 < double[1]
    single = ratio_interval(sums_of(np.array([1, 0, 1, 1]), np.ones(4)))  # nobody can vary within an enterprise of one
    assert single == pytest.approx(wilson(3, 4, student_quantile(3)), rel=0.2)


def test_one_giant_widens_the_range() -> None:
    """Ninety enterprises and a giant with half of all workers are no ninety-one independent facts."""
    rng = np.random.default_rng(6)
    workers = np.append(np.full(90, 20.0), 1800.0)
    members = members_of(rng, workers, "spread")
    plain = ratio_interval(sums_of(members[:90], workers[:90]))
    giant = ratio_interval(sums_of(members, workers))
    assert giant is not None and plain is not None and giant[1] - giant[0] > 2 * (plain[1] - plain[0])


def test_arrays_are_the_scalars() -> None:
    rng = np.random.default_rng(7)
    totals = rng.integers(0, 300, 400).astype(float)
    counts = np.where(rng.random(400) < 0.2, totals, rng.binomial(totals.astype(int), 0.7))
    expected = [wilson(c, n) or (np.nan, np.nan) for c, n in zip(counts, totals, strict=True)]
    np.testing.assert_allclose(np.column_stack(wilsons(counts, totals)), expected, atol=1e-12)
    exposures = np.where(totals > 0, totals / 7, 0.0)
    rates = [byar(c, e) or (np.nan, np.nan) for c, e in zip(counts, exposures, strict=True)]
    np.testing.assert_allclose(np.column_stack(byars(counts, exposures)), rates, atol=1e-12)


def test_array_of_ratios_is_the_scalar() -> None:
    rng, areas = np.random.default_rng(8), []
    for index in range(200):
        workers = sizes_of(rng, "wider", (int(rng.integers(1, 700 if index % 9 == 0 else 40)),))
        members = members_of(rng, workers, "spread")
        members = {1: workers, 2: workers * 0, 3: members + 3}.get(index % 8, members)
        areas.append(sums_of(members, workers))
    expected = [ratio_interval(area) or (np.nan, np.nan) for area in areas]
    np.testing.assert_allclose(np.column_stack(ratio_ranges(areas)), expected, rtol=1e-6)
    assert np.isnan(np.column_stack(ratio_ranges([None, *areas[:2]]))[0]).all()
    assert clusters_of(clusters := clusters_of(areas)) is clusters
