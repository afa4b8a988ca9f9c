"""95 % ranges for proportions, rates and clustered ratios.

The ledgers are full counts; the ranges say how far a number would move by the chance in openings, moves and closures,
not how wrong the ledger is (users.md, 「Why chance in a full count」). Plain floats in and out: a question has few rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, exp, pi, sin, sqrt
from statistics import NormalDist

LEVEL = 0.95
Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)

Interval = tuple[float, float] | None


def wilson(count: float, total: float, quantile: float = Z) -> Interval:
    """Return Wilson's score interval of count / total (Wilson 1927, JASA 22:209–212).

    0 of n begins at exactly 0, n of n ends at exactly 1, and both still have a width; total 0 gives None.
    """
    if total <= 0:
        return None
    share, square = count / total, quantile * quantile
    centre = share + square / (2 * total)
    half = quantile * sqrt(share * (1 - share) / total + square / (4 * total * total))
    low = 0.0 if count == 0 else (centre - half) / (1 + square / total)
    high = 1.0 if count == total else (centre + half) / (1 + square / total)
    return low, high


def byar(count: float, exposure: float) -> Interval:
    """Return Byar's interval of the Poisson rate count / exposure (Breslow & Day 1987, vol. II, p. 69).

    0 cases begin at exactly 0 and still have an upper end; exposure 0 gives None.
    """
    if exposure <= 0:
        return None
    above = count + 1
    low = 0.0 if count == 0 else count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3
    high = above * (1 - 1 / (9 * above) + Z / (3 * sqrt(above))) ** 3
    return max(low, 0.0) / exposure, high / exposure


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

    clusters: int
    y: float
    x: float
    yy: float
    yx: float
    xx: float
    is_bounded: bool  # 0 ≤ y ≤ x in every cluster


def ratio_interval(sums: ClusterSums) -> Interval:
    """Return the interval of the ratio Σy / Σx whose clusters, not persons, vary independently.

    Variance by linearisation, n/(n−1) · Σ(y − R·x)² / (Σx)² (Cochran 1977, Sampling Techniques, ch. 6), read with
    Student's t. A few giants make fewer than n independent clusters: the degrees of freedom are (Σx)²/Σx² − 1, at
    least 1 (Kish 1965). Where every cluster lies within 0…1 so does the interval: Wilson's, on the number of persons
    that would give this variance (Korn & Graubard 1998). Otherwise it is R ± t·se, not below 0, and may pass 1.
    All or none of everyone (variance 0) is read as Kish's number of clusters, so it has a width.
    In simulation with heavy-tailed sizes it covers 91–97 %, Wilson on persons 40–70 % (tests/analysis).
    Fewer than two clusters, or Σx = 0, give None: one enterprise says nothing about how enterprises vary.
    """
    if sums.clusters < 2 or sums.x <= 0:
        return None
    ratio, kish = sums.y / sums.x, sums.x**2 / sums.xx
    squares = max(sums.yy - 2 * ratio * sums.yx + ratio**2 * sums.xx, 0.0)
    variance = sums.clusters / (sums.clusters - 1) * squares / sums.x**2
    quantile = student_quantile(max(kish - 1, 1.0))
    if not sums.is_bounded:
        half = quantile * sqrt(variance)
        return max(ratio - half, 0.0), ratio + half
    if sums.y in (0, sums.x):
        return wilson(kish * ratio, kish, quantile)
    persons = min(ratio * (1 - ratio) / variance, sums.x) if variance else sums.x
    return wilson(ratio * persons, persons, quantile)
