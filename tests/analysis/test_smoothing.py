"""Empirical Bayes against published values, PySAL's own smoothers, a naive loop and simulated truth."""

from __future__ import annotations

from math import nan

import libpysal
import numpy as np
import pytest
from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes, assuncao_rate

from analysis.intervals import ClusterSums
from analysis.smoothing import (
    Array,
    adjacency,
    binomial_noise,
    clustered_noise,
    empirical_bayes,
    gamma_poisson,
    local_empirical_bayes,
    standardised,
)
from tests.analysis.streets import sums_of


@pytest.fixture(scope="module")
def sudden_deaths() -> tuple[Array, Array]:
    """Return North Carolina's sudden infant deaths and births 1974–78, 100 counties (Cressie & Read 1985)."""
    table = libpysal.io.open(libpysal.examples.get_path("sids2.dbf"))
    return np.array(table.by_col("SID74"), float), np.array(table.by_col("BIR74"), float)


@pytest.fixture(scope="module")
def homicides() -> tuple[Array, Array, libpysal.weights.W]:
    """Return PySAL's St. Louis homicides, people, and which counties touch."""
    table = libpysal.io.open(libpysal.examples.get_path("stl_hom.csv"))
    weights = libpysal.io.open(libpysal.examples.get_path("stl.gal")).read()
    weights.id_order = [str(number) for number in range(1, 79)]
    return np.array(table[:, 10], float), np.array(table[:, 13], float), weights


def test_gamma_prior_is_the_published_one(sudden_deaths: tuple[Array, Array]) -> None:
    """ν = 4.6307, α = 4.3956 as R's DCluster prints them (Bivand, Pebesma & Gómez-Rubio 2013, ch. 10)."""
    deaths, births = sudden_deaths
    found = gamma_poisson(deaths, births * deaths.sum() / births.sum())
    alpha = found.mean / found.between
    assert (found.mean * alpha, alpha) == (pytest.approx(4.6307, abs=2e-4), pytest.approx(4.3956, abs=2e-4))


def test_gamma_posterior_is_prior_and_count(sudden_deaths: tuple[Array, Array]) -> None:
    """Every smoothed rate is (ν + O) / (α + E), in the unit of its exposure."""
    deaths, births = sudden_deaths
    found = gamma_poisson(deaths, births)
    alpha = found.mean / found.between
    assert found.values == pytest.approx((found.mean * alpha + deaths) / (alpha + births))
    assert gamma_poisson(deaths, births / 1000).values == pytest.approx(found.values * 1000)


def test_gamma_of_counts_no_further_apart_than_chance() -> None:
    """Counts that vary as Poisson's, or less, are all drawn to the common rate; so is a single area."""
    counts, exposures = np.array([10.0, 11.0, 9.0, 10.0]), np.full(4, 5.0)
    assert gamma_poisson(counts, exposures).values.tolist() == [2.0] * 4
    assert gamma_poisson(np.array([3.0]), np.array([2.0])).values.tolist() == [1.5]
    assert gamma_poisson(np.zeros(3), np.ones(3)).values.tolist() == [0.0] * 3


def test_marshall_is_pysals(homicides: tuple[Array, Array, libpysal.weights.W]) -> None:
    """Global and local estimates are PySAL's, the first four as its manual prints them."""
    cases, people, weights = homicides
    whole = empirical_bayes(cases, people).values
    assert whole == pytest.approx(Empirical_Bayes(cases, people).r.ravel())
    assert whole[:4] == pytest.approx([2.36718950e-05, 4.54539167e-05, 4.78114019e-05, 2.76907146e-05])
    near = [[weights.id2i[other] for other in weights.neighbors[name]] for name in weights.id_order]
    local = local_empirical_bayes(cases, people, adjacency(near)).values
    assert local == pytest.approx(Spatial_Empirical_Bayes(cases, people, weights).r.ravel())
    assert local[:4] == pytest.approx([4.01485749e-05, 3.62437513e-05, 4.93034844e-05, 5.09387329e-05])


def test_standardised_rates_are_assuncao_and_reis(homicides: tuple[Array, Array, libpysal.weights.W]) -> None:
    """The rates made comparable are PySAL's `assuncao_rate`."""
    cases, people, _weights = homicides
    assert standardised(cases, people) == pytest.approx(assuncao_rate(cases, people))


def _naive(counts: list[float], sizes: list[float]) -> list[float]:
    """Return Marshall's estimate with binomial noise, by hand and one area at a time."""
    mean = sum(counts) / sum(sizes)
    apart = sum(n * (c / n - mean) ** 2 for c, n in zip(counts, sizes, strict=True)) / sum(sizes)
    between = max(apart - mean * (1 - mean) * len(sizes) / sum(sizes), 0)
    found = []
    for count, size in zip(counts, sizes, strict=True):
        noise = mean * (1 - mean) / size
        found.append(mean + (between / (between + noise) if between else 0) * (count / size - mean))
    return found


def test_proportions_by_hand() -> None:
    """Communities' 建会率 as a loop computes them; the small one moves more than the large one as far away."""
    counts, sizes = [218.0, 158.0, 18.0, 400.0], [227.0, 186.0, 20.0, 440.0]
    found = empirical_bayes(np.array(counts), np.array(sizes), binomial_noise)
    assert found.values == pytest.approx(_naive(counts, sizes))
    assert found.weights[3] > found.weights[0] > found.weights[2]
    alike = empirical_bayes(np.array([9.0, 18.0, 90.0]), np.array([10.0, 20.0, 100.0]), binomial_noise)
    assert alike.values == pytest.approx([0.9] * 3) and alike.weights.tolist() == [0.0] * 3


@pytest.mark.parametrize("smooth", [lambda c, n: empirical_bayes(c, n, binomial_noise), gamma_poisson])
def test_months_are_smoothed_each_alone(smooth) -> None:  # type: ignore[no-untyped-def]
    """Areas × months gives what each month gives; what is unknown stays unknown and changes no other area."""
    chance = np.random.default_rng(4)
    sizes = chance.integers(5, 300, (12, 6)).astype(float)
    counts = chance.binomial(sizes.astype(int), chance.uniform(0.6, 1, (12, 1))).astype(float)
    counts[3, 2] = nan
    whole = smooth(counts, sizes).values
    for month in range(6):
        known = np.isfinite(counts[:, month])
        alone = smooth(counts[known, month], sizes[known, month]).values
        assert whole[known, month] == pytest.approx(alone, rel=1e-6)
    assert np.isnan(whole[3, 2]) and np.isfinite(whole).sum() == 71


def test_an_area_of_size_zero_gets_the_common_rate() -> None:
    """Nothing divides by 0: no units, no weight."""
    counts, sizes = np.array([0.0, 9.0, 30.0]), np.array([0.0, 10.0, 60.0])
    for found in (empirical_bayes(counts, sizes), gamma_poisson(counts, sizes)):
        assert found.weights[0] == 0 and found.values[0] == pytest.approx(float(found.mean))
    near = adjacency([[1], [0, 2], [1]])
    assert local_empirical_bayes(counts, sizes, near).values[0] == pytest.approx(0.9)


def _street(chance: np.random.Generator, truth: Array) -> list[ClusterSums]:
    """Return communities of enterprises with heavy-tailed sizes whose own membership rates differ widely."""
    found = []
    for rate in truth:
        count = int(chance.integers(60, 450))
        x = np.maximum(np.exp(chance.normal(2.9, 1.5, count)), 1).astype(int)
        y = chance.binomial(x, chance.beta(3 * rate, 3 * (1 - rate), count)).astype(float)
        found.append(sums_of(y, x.astype(float)))
    return found


def test_ratios_of_enterprises_come_nearer_the_truth() -> None:
    """Over 200 streets the mean squared error falls by a third, and to a sixth where communities do not differ."""
    chance = np.random.default_rng(7)
    for spread, most in ((0.05, 0.75), (0.0, 0.25)):
        raw, smooth = [], []
        for _street_no in range(200):
            truth = np.clip(chance.normal(0.85, spread, 12), 0.3, 0.98)
            sums = _street(chance, truth)
            y, x = np.array([each.y for each in sums]), np.array([each.x for each in sums])
            noise, effective = clustered_noise(sums)
            raw.append(((y / x - truth) ** 2).mean())
            smooth.append(((empirical_bayes(y, x, noise, effective).values - truth) ** 2).mean())
        assert np.mean(smooth) < most * np.mean(raw)


def test_one_giant_weighs_less_than_its_workers() -> None:
    """Of two communities with as many workers the one in a single enterprise is drawn further to the common rate."""
    chance = np.random.default_rng(5)
    even, giant = np.full(100, 10.0), np.array([900.0] + [10.0] * 10)
    others = [
        sums_of(np.minimum(np.round(10 * chance.beta(9 * p, 9 - 9 * p, 100)), 10), even) for p in (0.7, 0.8, 0.95)
    ]
    sums = [sums_of(0.7 * even, even), sums_of(0.98 * giant, giant), *others]
    noise, effective = clustered_noise(sums)
    found = empirical_bayes(np.array([s.y for s in sums]), np.array([s.x for s in sums]), noise, effective)
    assert found.weights[1] < found.weights[0] / 2
