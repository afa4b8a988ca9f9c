"""The statistics of 5,000 areas × 60 months ÷ their formulas as NumPy writes them, without any care for edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from analysis.bootstrap import bootstrap_median
from analysis.exact import exact_poisson
from analysis.funnel import Limits, classify, dispersion, proportion_limits, rate_limits, ratio_limits, z_scores
from analysis.interval_arrays import ClusterArrays, byars, ratio_ranges, wilsons
from analysis.ranks import draws_of_proportions, rank_intervals
from benchmarks.ratio import Ratio, milliseconds

AREAS, MONTHS, RUNS = 5_000, 60, 3
LIMIT = 5.0
TAILS = (0.025, 0.975, 0.001, 0.999)
Z = 1.959964
TARGET, RATE = 0.9, 3.0

Values = NDArray[np.float64]
Work = Callable[[], object]


@dataclass(frozen=True)
class Areas:
    """Numbers of areas as they come from a warehouse of a province."""

    counts: Values
    totals: Values
    cases: Values
    exposures: Values
    clusters: ClusterArrays


def _areas() -> Areas:
    rng, shape = np.random.default_rng(4), AREAS * MONTHS
    totals = np.maximum(1.0, np.round(np.exp(rng.normal(4, 1.2, shape))))
    counts = rng.binomial(totals.astype(int), TARGET).astype(float)
    exposures = np.exp(rng.normal(1, 1, shape))
    return Areas(counts, totals, rng.poisson(RATE * exposures).astype(float), exposures, _clusters(rng, totals))


def _clusters(rng: np.random.Generator, totals: Values) -> ClusterArrays:
    """Return sums of as many enterprises with heavy-tailed sizes, consistent enough to have a variance."""
    shape, enterprises = totals.size, totals + 1
    x = np.round(totals * np.exp(rng.normal(3, 0.3, shape))) + 1
    share = rng.beta(20, 3, shape)
    p, y = share * enterprises, np.round(share * x)
    pp, yyx = p * share + 0.04 * enterprises, y * share + 0.03 * x
    return ClusterArrays(
        enterprises, y, x, x**2 / (1 + 0.3 * totals), yyx, p, pp, 0.2 * enterprises, np.full(shape, True)
    )


def _plain_wilson(at: Areas) -> object:
    p, n = at.counts / at.totals, at.totals
    centre, half = p + Z**2 / (2 * n), Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n * n))
    return (centre - half) / (1 + Z**2 / n), (centre + half) / (1 + Z**2 / n)


def _plain_byar(at: Areas) -> object:
    k, above = np.maximum(at.cases, 1e-9), at.cases + 1
    low = k * (1 - 1 / (9 * k) - Z / (3 * np.sqrt(k))) ** 3
    return low / at.exposures, above * (1 - 1 / (9 * above) + Z / (3 * np.sqrt(above))) ** 3 / at.exposures


def _plain_exact(at: Areas) -> object:
    low, high = special.gammaincinv(at.cases, 0.025), special.gammaincinv(at.cases + 1, 0.975)
    return low / at.exposures, high / at.exposures


def _plain_clustered(at: Areas) -> object:
    of = at.clusters
    n, y, x, r, m = of.clusters, of.y, of.x, of.y / of.x, of.clusters - 1
    weighted, plain, sizes, small = of.yyx - y * y / x, of.pp - of.p**2 / n, x - of.xx / x, of.per_x * m / n
    within = (plain * sizes - weighted * m) / (small * sizes - m**2)
    variance = (weighted - within * m) / sizes * of.xx / x**2 + within / x
    with np.errstate(divide="ignore", invalid="ignore"):  # all of everyone: ours has an end for it, the formula none
        persons = r * (1 - r) / variance
        centre, half = r + Z**2 / (2 * persons), Z * np.sqrt(r * (1 - r) / persons + Z**2 / (4 * persons**2))
        return (centre - half) / (1 + Z**2 / persons), (centre + half) / (1 + Z**2 / persons)


def _plain_quantiles(law: stats.rv_discrete, sizes: tuple[Values, ...], below: Values) -> object:
    """Return Spiegelhalter's limits as they are written down: quantile, cumulative and point probability."""
    found = []
    for tail in TAILS:
        r = law.ppf(tail, *sizes)
        found.append((r - (law.cdf(r, *sizes) - tail) / law.pmf(r, *sizes) + 0.5) / below)
    return found


def _plain_beta(at: Areas) -> object:
    persons = at.clusters.x / (1 + (at.clusters.xx / at.clusters.x - 1) * 0.2)
    return [special.betaincinv(TARGET * persons, (1 - TARGET) * persons, tail) for tail in TAILS]


def _plain_z(values: Values, limits: Limits) -> object:
    z = (values - TARGET) / (limits.high95 - TARGET)
    low, high = np.quantile(z, (0.1, 0.9))
    return np.mean(np.clip(z, low, high) ** 2)


def _plain_class(values: Values, limits: Limits) -> object:
    place = (values > limits.high95) * 1 + (values > limits.high998) - (values < limits.low95)
    return np.array([*"12345"], dtype=object)[place - (values < limits.low998) + 2].tolist()


def _plain_ranks(counts: Values, totals: Values) -> object:
    rng = np.random.default_rng(1)
    samples = rng.beta(counts + 0.5, totals - counts + 0.5, (MONTHS * 5, AREAS))
    placed = np.argsort(np.argsort(-samples, axis=1), axis=1) + 1
    return np.quantile(placed, (0.025, 0.975), axis=0)


def _plain_bootstrap(values: Values) -> object:
    rng = np.random.default_rng(1)
    medians = np.median(rng.choice(values, (200, values.size)), axis=1)
    return np.quantile(medians, (0.025, 0.975))


def _pairs(at: Areas) -> dict[str, tuple[Work, Work]]:
    """Return our function and the plain formula, by title."""
    values = at.counts / at.totals
    limits = proportion_limits(TARGET, at.totals)
    month = slice(0, AREAS)
    binomial, poisson = (at.totals, np.full(at.totals.shape, TARGET)), (RATE * at.exposures,)
    return {
        "Wilson 参考范围": (lambda: wilsons(at.counts, at.totals), lambda: _plain_wilson(at)),
        "Byar 参考范围": (lambda: byars(at.cases, at.exposures), lambda: _plain_byar(at)),
        "Poisson 精确范围": (lambda: exact_poisson(at.cases, at.exposures), lambda: _plain_exact(at)),
        "按企业整群的参考范围": (lambda: ratio_ranges(at.clusters), lambda: _plain_clustered(at)),
        "漏斗界限（占比，精确）": (
            lambda: proportion_limits(TARGET, at.totals), lambda: _plain_quantiles(stats.binom, binomial, at.totals),
        ),
        "漏斗界限（发生率，精确）": (
            lambda: rate_limits(RATE, at.exposures), lambda: _plain_quantiles(stats.poisson, poisson, at.exposures),
        ),
        "漏斗界限（整群比率）": (lambda: ratio_limits(TARGET, at.clusters), lambda: _plain_beta(at)),
        "z 值与离散系数 φ": (lambda: dispersion(z_scores(values, limits, TARGET)), lambda: _plain_z(values, limits)),
        "五档判断": (lambda: classify(values, limits), lambda: _plain_class(values, limits)),
        "名次范围（5,000个地区×300次模拟）": (
            lambda: rank_intervals(draws_of_proportions(at.counts[month], at.totals[month], MONTHS * 5), True),
            lambda: _plain_ranks(at.counts[month], at.totals[month]),
        ),
        "中位数自助法（5,000个数）": (
            lambda: bootstrap_median(at.exposures[month], draws=200), lambda: _plain_bootstrap(at.exposures[month]),
        ),
    }  # fmt: skip


def measure() -> list[Ratio]:
    """Measure every function."""
    found = []
    for title, (ours, plain) in _pairs(_areas()).items():
        found.append(Ratio(f"{title} ÷ 公式直算", milliseconds(ours, RUNS), milliseconds(plain, RUNS), LIMIT))
    return found
