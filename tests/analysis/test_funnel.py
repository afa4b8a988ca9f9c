"""Funnel limits against the definition, a printed table, and their false alarms; classes and overdispersion."""

from __future__ import annotations

from dataclasses import fields
from math import sqrt

import numpy as np
import pytest
from scipy import stats

from analysis.funnel import (
    CLASSES,
    TAILS,
    Limits,
    classify,
    dispersion,
    proportion_limits,
    rate_limits,
    ratio_limits,
    widened,
    z_scores,
)
from analysis.interval_arrays import ClusterArrays
from tests.analysis.streets import COMMUNITIES, SHARES, SIZES, arrays_of, members_of, sizes_of, sums_of


def sides(limits: Limits) -> list[np.ndarray]:
    return [limits.low95, limits.high95, limits.low998, limits.high998]


def by_definition(law: stats.rv_discrete, tail: float) -> float:
    """Return Spiegelhalter's r − α, half a case up."""
    r = 0
    while law.cdf(r) < tail:
        r += 1
    return float(r - (law.cdf(r) - tail) / law.pmf(r) + 0.5)


@pytest.mark.parametrize(
    ("target", "total"), [(0.9137, 227), (0.5, 40), (0.97, 25), (0.03, 400), (0.2, 1), (0.6, 3000)]
)
def test_proportion_limits_are_the_definition(target: float, total: int) -> None:
    expected = [np.clip(by_definition(stats.binom(total, target), tail) / total, 0, 1) for tail in TAILS]
    assert [side[0] for side in sides(proportion_limits(target, [total]))] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("target", "exposure"), [(3.6, 2.4), (0.02, 1.0), (1.0, 0.3), (2.0, 400.0)])
def test_rate_limits_are_the_definition(target: float, exposure: float) -> None:
    law = stats.poisson(target * exposure)
    expected = [max(by_definition(law, tail) / exposure, 0) for tail in TAILS]
    assert [side[0] for side in sides(rate_limits(target, [exposure]))] == pytest.approx(expected, abs=1e-9)


def test_quantiles_of_a_printed_table() -> None:
    """Seaton & Manktelow 2012 (BMC Med Res Methodol 12:98), table 1: prediction limits, expected cases 1–50.

    It gives the median, least and greatest probability of lying beyond the count that a limit cuts.
    """
    expected = np.arange(1.0, 50.001, 0.01)
    limits = rate_limits(1.0, expected)
    above = stats.poisson.sf(np.ceil(limits.high95 * expected - 0.5 - 1e-9), expected)
    assert (np.median(above), above.min(), above.max()) == pytest.approx((0.0201, 0.0052, 0.0250), abs=1.5e-4)
    cut = np.ceil(np.where(limits.low95 > 0, limits.low95 * expected, 0.5) - 0.5 - 1e-9) - 1
    below = stats.poisson.cdf(cut, expected)
    below = below[expected > 5]  # under it the limit itself is 0, and this reading does not apply
    assert below.max() == pytest.approx(0.0250, abs=1.5e-4)


def flagged(counts: np.ndarray, size: np.ndarray, limits: Limits) -> dict[str, np.ndarray]:
    values = counts / size
    return {
        "low": values < limits.low95, "high": values > limits.high95,
        "much": (values < limits.low998) | (values > limits.high998),
    }  # fmt: skip


@pytest.mark.parametrize("target", [0.5, 0.8, 0.9137, 0.95])
def test_false_alarms_of_proportions(target: float) -> None:
    """Every outcome of 40–500 enterprises with its probability: 5 % beyond 95 %, 0.2 % beyond 99.8 %, on average."""
    found: dict[str, list[float]] = {"low": [], "high": [], "much": []}
    for total in range(40, 501, 5):
        counts, law = np.arange(total + 1.0), stats.binom(total, target)
        beyond = flagged(counts, np.array(total), proportion_limits(target, [total]))
        for name, where in beyond.items():
            found[name].append(float(law.pmf(counts)[where].sum()))
    assert np.mean(found["low"]) + np.mean(found["high"]) == pytest.approx(0.05, abs=0.005)
    assert np.mean(found["low"]) == pytest.approx(0.025, abs=0.002)
    assert np.mean(found["high"]) == pytest.approx(0.025, abs=0.004)
    assert 0.001 < np.mean(found["much"]) < 0.0022


def test_without_half_a_case_the_high_side_cries_wolf() -> None:
    """The plain interpolation would call a full 30 of 30 against 92 % 明显偏高; 8 in 100 such areas are full."""
    r_less_alpha = by_definition(stats.binom(30, 0.92), 0.999) - 0.5
    assert r_less_alpha < 30 and 0.92**30 > 0.08
    assert classify([1.0], proportion_limits(0.92, [30])) == ["similar"]


@pytest.mark.parametrize("least", [5, 30])
def test_false_alarms_of_rates(least: int) -> None:
    """Every outcome of areas that expect 5–150 cases."""
    found = []
    for expected in np.arange(least, 150.0, 0.7):
        counts = np.arange(400.0)
        beyond = flagged(counts, np.array(expected), rate_limits(1.0, [expected]))
        law = stats.poisson(expected).pmf(counts)
        found.append([float(law[where].sum()) for where in beyond.values()])
    low, high, much = np.mean(found, axis=0)
    assert low == pytest.approx(0.025, abs=0.0015) and high == pytest.approx(0.025, abs=0.0015)
    assert much == pytest.approx(0.002, abs=0.0003)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", SHARES)
def test_false_alarms_of_clustered_ratios(size: str, kind: str) -> None:
    """Streets whose communities do not differ, with heavy-tailed enterprises: about as many alarms as for shares."""
    rng, runs, target = np.random.default_rng(20), 250, SHARES[kind]
    areas = []
    for count in COMMUNITIES:
        workers = sizes_of(rng, size, (runs, count))
        areas.append(arrays_of(members_of(rng, workers, kind), workers))
    outside = []
    for run in range(runs):
        sides_of = (field.name for field in fields(ClusterArrays))
        street = ClusterArrays(*(np.array([getattr(area, name)[run] for area in areas]) for name in sides_of))
        place = classify(street.ratio, ratio_limits(target, street))
        outside.append([place.count("similar"), place.count("much_lower") + place.count("much_higher")])
    similar, much = np.sum(outside, axis=0) / (runs * len(COMMUNITIES))
    assert 0.935 < similar < 0.965
    assert much < 0.01


def test_missing_is_never_judged() -> None:
    limits = proportion_limits(0.9, [np.nan, 0, 200, 200, 200])
    assert np.isnan(limits.low95).tolist() == [True, True, False, False, False]
    places = classify([0.5, 0.5, np.nan, 0.5, 0.5], limits, [False, False, False, True, False])
    assert places == [None, None, None, None, "much_lower"]
    assert classify([None, 2.0], rate_limits(1.0, [3, 0])) == [None, None]
    assert np.isnan(z_scores([np.nan, 1.0], rate_limits(1.0, [3, np.nan]), 1.0)).tolist() == [True, False]
    one = np.array([40.0])
    assert classify([0.5], ratio_limits(0.9, [sums_of(one / 2, one)])) == [None]
    assert classify([0.5], ratio_limits(0.9, [None])) == [None]


def test_each_class_has_its_place() -> None:
    limits = Limits(*(np.full(7, end) for end in (0.4, 0.6, 0.3, 0.7)))
    places = classify([0.29, 0.31, 0.4, 0.5, 0.6, 0.61, 0.71], limits)
    assert places == ["much_lower", "lower", "similar", "similar", "similar", "higher", "much_higher"]
    assert set(places) == set(CLASSES)


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_a_target_at_the_end_of_the_scale(target: float) -> None:
    """Against 100 % every enterprise that is missing is beyond chance; against 0 every one that is there."""
    limits = proportion_limits(target, [50, 50])
    assert classify([target, abs(target - 0.02)], limits)[0] == "similar"
    assert classify([target, abs(target - 0.02)], limits)[1] in {"much_lower", "much_higher"}


def test_ratio_that_may_pass_one() -> None:
    """Members above workers: limits are normal and not cut at 1; the other areas keep theirs."""
    rng = np.random.default_rng(3)
    workers = sizes_of(rng, "lognormal", (2, 200))
    members = members_of(rng, workers, "spread")
    more = members[0] + (rng.random(200) < 0.1) * workers[0]
    mixed = ratio_limits(0.9, [sums_of(more, workers[0]), sums_of(members[1], workers[1])])
    assert mixed.high95[0] - 0.9 == pytest.approx(0.9 - mixed.low95[0])
    assert 0.9 < mixed.high95[0] < mixed.high998[0] and mixed.high998[0] > 1
    assert mixed.high998[1] < 1 and 0.9 - mixed.low95[1] > mixed.high95[1] - 0.9


def test_false_alarms_where_some_enterprises_have_more_members_than_workers() -> None:
    """As registers are: workers not brought up to date in one enterprise of fifty."""
    rng, runs, found = np.random.default_rng(21), 200, []
    for _run in range(runs):
        areas = []
        for count in COMMUNITIES:
            workers = sizes_of(rng, "lognormal", (count,))
            members = members_of(rng, workers, "spread")
            areas.append(sums_of(np.where(rng.random(count) < 0.02, np.ceil(workers * 1.2), members), workers))
        values = [area.y / area.x for area in areas]
        found += classify(values, ratio_limits(0.98 * 0.85 + 0.02 * 1.23, areas))
    assert 0.93 < found.count("similar") / len(found) < 0.97


def test_z_scores_are_standard_where_nothing_differs() -> None:
    """Where few cases are expected, and the lower limit is cut at 0, they are too small rather than too large."""
    rng = np.random.default_rng(5)
    for expected, least in ((2.0, 0.6), (6.0, 0.9), (60.0, 0.95)):
        counts = rng.poisson(expected, 4000).astype(float)
        z = z_scores(counts / expected, rate_limits(1.0, np.full(4000, expected)), 1.0)
        assert least < np.mean(z**2) < 1.05
    limits = Limits(*(np.array([end]) for end in (0.4, 0.7, 0.3, 0.8)))
    assert z_scores([0.4], limits, 0.5)[0] == pytest.approx(-1.96, abs=1e-3)
    assert z_scores([0.7], limits, 0.5)[0] == pytest.approx(1.96, abs=1e-3)
    assert z_scores([0.5], limits, 0.5)[0] == 0.0


def test_dispersion_pulls_the_outermost_tenths_in() -> None:
    z = [*range(-5, 6), float("nan")]
    assert dispersion(z) == pytest.approx((2 * 16 + 2 * (16 + 9 + 4 + 1)) / 11)  # −5 and 5 count as −4 and 4
    assert dispersion([0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40.0]) == 0.0
    assert np.isnan(dispersion([float("nan")]))
    normal = stats.norm.ppf((np.arange(10_000) + 0.5) / 10_000)
    assert dispersion(normal) == pytest.approx(0.68, abs=0.005)
    assert dispersion(2 * normal) == pytest.approx(4 * 0.68, abs=0.02)


def test_widening_is_multiplicative_and_never_narrows() -> None:
    limits = Limits(*(np.array([end]) for end in (0.85, 0.95, 0.8, 0.98)))
    wide = widened(limits, 0.9, 4.0, top=1.0)
    assert [float(side[0]) for side in sides(wide)] == pytest.approx([0.8, 1.0, 0.7, 1.0])
    assert [float(side[0]) for side in sides(widened(limits, 0.9, 2.25))] == pytest.approx([0.825, 0.975, 0.75, 1.02])
    for phi in (0.3, 1.0, float("nan")):
        assert sides(widened(limits, 0.9, phi)) == sides(limits)


def test_widened_limits_flag_fewer_where_communities_truly_vary() -> None:
    """Areas vary three times as much as by chance: a quarter is flagged, with the winsorised φ half of that."""
    rng = np.random.default_rng(11)
    totals = rng.integers(100, 460, 600)
    true = np.clip(rng.normal(0.8, 0.8 * sqrt(2 * 0.2 / 0.8 / 250), 600), 0, 1)
    values = rng.binomial(totals, true) / totals
    limits = proportion_limits(0.8, totals)
    phi = dispersion(z_scores(values, limits, 0.8))
    plain, wide = classify(values, limits), classify(values, widened(limits, 0.8, phi, top=1.0))
    assert phi == pytest.approx(3 * 0.68, abs=0.2)
    assert plain.count("similar") / 600 < 0.78 and wide.count("similar") / 600 > 0.86
