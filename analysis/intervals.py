"""95 % ranges for proportions, rates and clustered ratios.

The ledgers are full counts; the ranges say how far a number would move by the chance in openings, moves and closures,
not how wrong the ledger is (users.md, 「Why chance in a full count」). Plain floats in and out: a question has few rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, exp, pi, sin, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Number = TypeVar("Number", float, "NDArray[np.float64]")

LEVEL = 0.95
Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)

Interval = tuple[float, float] | None


def wilson_ends(share: Number, total: Number, quantile: Number | float) -> tuple[Number, Number]:
    """Return Wilson's formula as it stands, of floats or of arrays; the ends at 0 of n and n of n are the callers'."""
    square = quantile * quantile
    centre = share + square / (2 * total)
    half = quantile * (share * (1 - share) / total + square / (4 * total * total)) ** 0.5
    return (centre - half) / (1 + square / total), (centre + half) / (1 + square / total)


def wilson(count: float, total: float, quantile: float = Z) -> Interval:
    """Return Wilson's score interval of count / total (Wilson 1927, JASA 22:209–212).

    0 of n begins at exactly 0, n of n ends at exactly 1, and both still have a width; total 0 gives None.
    """
    if total <= 0:
        return None
    low, high = wilson_ends(count / total, total, quantile)
    return 0.0 if count == 0 else low, 1.0 if count == total else high


def byar_end(count: Number, quantile: float) -> Number:
    """Return Byar's approximation of a Poisson limit from 1 or more cases, of floats or of arrays."""
    return count * (1 - 1 / (9 * count) + quantile / (3 * count**0.5)) ** 3


def byar(count: float, exposure: float) -> Interval:
    """Return Byar's interval of the Poisson rate count / exposure (Breslow & Day 1987, vol. II, p. 69).

    0 cases begin at exactly 0 and still have an upper end; exposure 0 gives None.
    """
    if exposure <= 0:
        return None
    low = 0.0 if count == 0 else byar_end(count, -Z)
    return max(low, 0.0) / exposure, byar_end(count + 1, Z) / exposure


def student_quantile(freedom: float) -> float:
    """Return the two-sided 95 % quantile of Student's t for 1 or more degrees of freedom, whole or not.

    Hill 1970, CACM algorithm 396, within 0.1 % of SciPy's from 2 on; between 1 and 2, where it fails, the logarithm is
    interpolated in 1/freedom (within 3 %). SciPy itself takes a second to import.
    """
    p = 1 - LEVEL
    one, two = cos(p * pi / 2) / sin(p * pi / 2), sqrt(2 / (p * (2 - p)) - 2)
    if freedom <= 2:
        return two * (one / two) ** (2 / freedom - 1)
    return _hill(p, freedom)


def _hill(p: float, n: float) -> float:
    """Return Hill's approximation for more than 2 degrees of freedom; the names are the algorithm's."""
    a = 1 / (n - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * n
    y = (d * p) ** (2 / n)
    if y <= 0.05 + a:
        rest = 1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)
        return sqrt(n * ((rest * y - 1) * (n + 1) / (n + 2) + 1 / y))
    x = NormalDist().inv_cdf(p / 2)
    y = x * x
    if n < 5:
        c += 0.3 * (n - 4.5) * (x + 0.6)
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    return sqrt(n * (exp(a * y * y) - 1))


@dataclass(frozen=True, slots=True)
class ClusterSums:
    """What the interval of Σy / Σx needs to know of the clusters (enterprises with x workers, y of them members)."""

    clusters: int  # with x above 0
    y: float
    x: float
    yy: float
    yx: float
    xx: float
    is_bounded: bool  # 0 ≤ y ≤ x in every cluster
    yyx: float  # Σ y²/x
    p: float  # Σ y/x
    pp: float  # Σ (y/x)²
    per_x: float  # Σ 1/x


@dataclass(frozen=True, slots=True)
class Moments(Generic[Number]):
    """Two sums of squares of clusters' shares y/x, and how often each holds the variance between and within clusters.

    weighted = between · sizes + within · freedom; plain = between · freedom + within · smallness.
    """

    weighted: Number
    plain: Number
    sizes: Number
    freedom: Number
    smallness: Number
    spread: Number  # Σ y(1 − y/x): what shares would vary by within clusters if persons were independent there
    inside: Number  # its degrees of freedom


def moments(n: Number, y: Number, x: Number, xx: Number, yyx: Number, p: Number, pp: Number, per_x: Number) -> Moments:
    """Return the moments of one area, of floats or of arrays; areas' moments may be added.

    A cluster's share y/x is taken to vary by between + within/x. Weighted by size and as they are, shares then have
    these expected sums of squares: the method of moments (DerSimonian & Kacker 2007, Contemp Clin Trials 28:105–114).
    """
    freedom = n - 1
    smallness = per_x * freedom / n
    return Moments(yyx - y * y / x, pp - p * p / n, x - xx / x, freedom, smallness, y - yyx, x - n)


def components(of: Moments[float]) -> tuple[float, float]:
    """Return the variance between clusters and within them, neither below 0, within no more than independence gives."""
    most = max(of.spread / max(of.inside, 1.0), 0.0)
    solvable = of.smallness * of.sizes - of.freedom**2  # 0 where all are of one size: then all of it may be between
    within = (of.plain * of.sizes - of.weighted * of.freedom) / solvable if solvable > 1e-9 * of.freedom**2 else 0.0
    within = min(max(within, 0.0), most)
    return max((of.weighted - within * of.freedom) / of.sizes, 0.0), within


def ratio_interval(sums: ClusterSums) -> Interval:
    """Return the interval of the ratio Σy / Σx whose clusters, not persons, vary independently.

    The variance is between / kish + within / Σx (see `moments`), where kish is (Σx)² / Σx², the number of clusters of
    equal size that would vary as much (Kish 1965): giants make it small. Read with Student's t on clusters − 1. Where
    every cluster lies within 0…1 so does the interval: Wilson's, on the number of persons that would give this variance
    (Rao & Scott 1992, Biometrics 48:577–585; Saha, Miller & Wang 2016, Int J Biostat 12(2)). Otherwise it is R ± t·se,
    not below 0, and may pass 1. All or none of everyone (nothing varies) is read as kish clusters, so it has a width.
    Fewer than two clusters, or Σx = 0, give None: one enterprise says nothing about how enterprises vary.
    """
    if sums.clusters < 2 or sums.x <= 0:
        return None
    ratio, kish = sums.y / sums.x, sums.x**2 / sums.xx
    of = moments(float(sums.clusters), sums.y, sums.x, sums.xx, sums.yyx, sums.p, sums.pp, sums.per_x)
    between, within = components(of)
    variance = between / kish + within / sums.x
    quantile = student_quantile(sums.clusters - 1)
    if not sums.is_bounded:
        half = quantile * sqrt(variance)
        return max(ratio - half, 0.0), ratio + half
    if sums.y in (0, sums.x):
        return wilson(kish * ratio, kish, quantile)
    persons = min(ratio * (1 - ratio) / variance, sums.x) if variance else sums.x
    return wilson(ratio * persons, persons, quantile)
