"""The ranges of analysis.intervals for many areas at once: the same formulas, NaN where one area would give None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.intervals import ClusterSums, Moments, Z, byar_end, moments, student_quantile, wilson_ends

Values = NDArray[np.float64]
FEW = 300  # degrees of freedom


def _where(usable: NDArray[np.bool_], values: Values) -> Values:
    return np.where(usable, values, np.nan)


def wilsons(counts: ArrayLike, totals: ArrayLike) -> tuple[Values, Values]:
    """Return the ends of Wilson's interval of every area (intervals.wilson)."""
    count, total = np.asarray(counts, dtype=float), np.asarray(totals, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = wilson_ends(count / total, total, Z)
    low, high = np.where(count == 0, 0.0, low), np.where(count == total, 1.0, high)
    return _where(total > 0, low), _where(total > 0, high)


def byars(counts: ArrayLike, exposures: ArrayLike) -> tuple[Values, Values]:
    """Return the ends of Byar's interval of every area (intervals.byar)."""
    count, exposure = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(count == 0, 0.0, np.maximum(byar_end(count, -Z), 0.0)) / exposure
        high = byar_end(count + 1, Z) / exposure
    return _where(exposure > 0, low), _where(exposure > 0, high)


@dataclass(frozen=True, slots=True)
class ClusterArrays:
    """ClusterSums of many areas, one array per sum; NaN where an area has too few clusters for a range."""

    clusters: Values
    y: Values
    x: Values
    xx: Values
    yyx: Values
    p: Values
    pp: Values
    per_x: Values
    is_bounded: NDArray[np.bool_]

    @property
    def moments(self) -> Moments[Values]:
        """Return what the variance between and within clusters is estimated from."""
        return moments(self.clusters, self.y, self.x, self.xx, self.yyx, self.p, self.pp, self.per_x)

    @property
    def ratio(self) -> Values:
        """Return Σy / Σx."""
        return self.y / self.x

    @property
    def kish(self) -> Values:
        """Return how many clusters of equal size would vary as much (Kish 1965)."""
        return self.x**2 / self.xx

    @property
    def quantile(self) -> Values:
        """Return the two-sided 95 % quantile of Student's t on clusters − 1."""
        table = np.array([np.nan, *(student_quantile(freedom) for freedom in range(1, FEW))])
        freedom = self.clusters - 1
        near = table[np.where(freedom < FEW, freedom, 0).astype(int)]
        # Abramowitz & Stegun 26.7.5: from here on two terms are exact to 1e-7.
        far = Z + (Z**3 + Z) / (4 * freedom) + (5 * Z**5 + 16 * Z**3 + 3 * Z) / (96 * freedom**2)
        return np.where(freedom < FEW, near, far)

    @property
    def variance(self) -> Values:
        """Return the variance of the ratio from the area's own components."""
        between, within = _components(self.moments)
        return between / self.kish + within / self.x

    @property
    def persons(self) -> Values:
        """Return how many independent persons would make the ratio vary as much; NaN where not bounded."""
        ratio, variance = self.ratio, self.variance
        alike = np.divide(ratio * (1 - ratio), variance, out=self.x.copy(), where=variance > 0)
        found = np.where((ratio == 0) | (ratio == 1), self.kish, np.minimum(alike, self.x))
        return _where(self.is_bounded, found)


def _components(of: Moments[Values]) -> tuple[Values, Values]:
    """Return intervals.components of every area."""
    most = np.maximum(of.spread / np.maximum(of.inside, 1.0), 0.0)
    solvable = of.smallness * of.sizes - of.freedom**2
    usable = solvable > 1e-9 * of.freedom**2
    within = np.divide(
        of.plain * of.sizes - of.weighted * of.freedom, solvable, out=np.zeros_like(solvable), where=usable
    )
    within = np.clip(within, 0.0, most)
    return np.maximum((of.weighted - within * of.freedom) / of.sizes, 0.0), within


SUMS = ("clusters", "y", "x", "xx", "yyx", "p", "pp", "per_x")


def clusters_of(clusters: Sequence[ClusterSums | None] | ClusterArrays) -> ClusterArrays:
    """Return the sums of many areas as arrays; None, fewer than two clusters or no x are NaN."""
    if isinstance(clusters, ClusterArrays):
        return clusters
    usable = [one if one and one.clusters >= 2 and one.x > 0 else None for one in clusters]
    sums = [[getattr(one, name, np.nan) for one in usable] for name in SUMS]
    n, y, x, xx, yyx, p, pp, per_x = np.array(sums, dtype=float).reshape(len(SUMS), -1)
    is_bounded = np.array([one is None or one.is_bounded for one in clusters], dtype=bool)
    return ClusterArrays(n, y, x, xx, yyx, p, pp, per_x, is_bounded)


def ratio_ranges(clusters: Sequence[ClusterSums | None] | ClusterArrays) -> tuple[Values, Values]:
    """Return the ends of the clustered interval of every area (intervals.ratio_interval)."""
    found = clusters_of(clusters)
    ratio, quantile, persons = found.ratio, found.quantile, found.persons
    half = quantile * np.sqrt(found.variance)
    low, high = wilson_ends(ratio, persons, quantile)
    low, high = np.where(found.y == 0, 0.0, low), np.where(found.y == found.x, 1.0, high)
    return (
        np.where(found.is_bounded, low, np.maximum(ratio - half, 0.0)),
        np.where(found.is_bounded, high, ratio + half),
    )
