"""Funnel limits: how far an area of its size may lie from the target by chance alone, and what lies beyond.

Limits are for the value itself (a share, cases per unit of exposure, Σy / Σx), in arrays of one entry per area. A
missing value or size is NaN and stays NaN; it is never judged. The false alarms of each kind stand in docs/analysis.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.interval_arrays import ClusterArrays, clusters_of
from analysis.intervals import ClusterSums, Moments, Z, components

Values = NDArray[np.float64]
Cumulative = Callable[[Values, Values], Values]  # (counts, sizes) → P(count or fewer)

Given = ArrayLike | Sequence[float | None]  # None is NaN: missing

CLASSES = ("much_lower", "lower", "similar", "higher", "much_higher")
TAILS = (0.025, 0.975, 0.001, 0.999)  # low95, high95, low998, high998
Z998 = 3.0902323061678132  # two-sided 99.8 %


@dataclass(frozen=True, slots=True)
class Limits:
    """The values between which an area stays with 95 % and with 99.8 % probability if only chance is at work."""

    low95: Values
    high95: Values
    low998: Values
    high998: Values


def _limits(sides: Iterable[Values], top: float | Values = np.inf) -> Limits:
    """Return the limits, in the order of TAILS, cut to what a value can be."""
    low95, high95, low998, high998 = (np.clip(side, 0.0, top) for side in sides)
    return Limits(low95, high95, low998, high998)


def _quantile(cumulative: Cumulative, size: Values, start: Values, tail: float) -> Values:
    """Return the interpolated quantile count of each size, whose smallest r with F(r) ≥ tail is near `start`.

    Spiegelhalter 2005 (Stat Med 24:1185–1202, appendix): r − α with α = (F(r) − tail) / (F(r) − F(r − 1)). Here
    half a case is added, which makes it the mid-p test on both sides. Without it the low side flags too rarely and the
    high side too often: a full 30 of 30 against 92 % would lie beyond 99.8 %, though it happens in 8 of 100 such areas.
    """
    r = np.maximum(np.floor(start), 0.0)
    at, before = cumulative(r, size), cumulative(r - 1, size)
    while (moving := (at < tail) | ((before >= tail) & (r > 0))).any():
        r[moving] += np.where(at[moving] < tail, 1.0, -1.0)
        at[moving], before[moving] = cumulative(r[moving], size[moving]), cumulative(r[moving] - 1, size[moving])
    return r - (at - tail) / (at - before) + 0.5


def _start(mean: Values, variance: Values, skewness: Values, tail: float) -> Values:
    """Return the quantile by the first two terms of Cornish and Fisher 1938: where the exact search begins."""
    z = {0.025: -Z, 0.975: Z, 0.001: -Z998, 0.999: Z998}[tail]
    return mean + np.sqrt(variance) * (z + skewness * (z * z - 1) / 6)


def proportion_limits(target: float, totals: Given) -> Limits:
    """Return the limits of count / total by exact binomial quantiles around a target share within 0…1."""
    sizes = np.asarray(totals, dtype=float)
    found, place = np.unique(sizes, return_inverse=True)  # areas share their sizes
    usable = found > 0
    n = found[usable]

    def cumulative(counts: Values, size: Values) -> Values:
        from scipy.special import betainc

        inside = np.clip(counts, 0.0, size - 1)
        share = betainc(size - inside, inside + 1, 1 - target)
        return np.where(counts < 0, 0.0, np.where(counts >= size, 1.0, share))

    spread = target * (1 - target) * n
    skewness = (1 - 2 * target) / np.sqrt(np.where(spread > 0, spread, 1.0))
    sides = []
    for tail in TAILS:
        limit = np.full(found.shape, np.nan)
        begin = np.minimum(_start(target * n, spread, skewness, tail), n)
        limit[usable] = _quantile(cumulative, n, begin, tail) / n
        sides.append(limit[place].reshape(sizes.shape))
    return _limits(sides, top=1.0)


def rate_limits(target: float, exposures: Given) -> Limits:
    """Return the limits of cases / exposure by exact Poisson quantiles around target cases per unit of exposure."""
    exposure = np.asarray(exposures, dtype=float)
    usable = exposure > 0
    mean = target * exposure[usable]

    def cumulative(counts: Values, size: Values) -> Values:
        from scipy.special import pdtr

        return np.where(counts < 0, 0.0, pdtr(np.maximum(counts, 0.0), size))

    skewness = 1 / np.sqrt(np.where(mean > 0, mean, 1.0))
    sides = []
    for tail in TAILS:
        limit = np.full(exposure.shape, np.nan)
        limit[usable] = _quantile(cumulative, mean, _start(mean, mean, skewness, tail), tail) / exposure[usable]
        sides.append(limit)
    return _limits(sides)


def _together(found: ClusterArrays) -> tuple[float, float, float]:
    """Return the ratio of all areas, and the variance between clusters and within them from all areas' moments.

    One area has too few large clusters to say it well: with its own the false alarms of small areas run to 12 %.
    """
    known = np.isfinite(found.x)
    if not known.any():
        return 0.0, 0.0, 0.0
    each = found.moments
    sums = (float(getattr(each, field.name)[known].sum()) for field in fields(Moments))
    return float(found.y[known].sum() / found.x[known].sum()), *components(Moments(*sums))


def ratio_limits(target: float, clusters: Sequence[ClusterSums | None] | ClusterArrays) -> Limits:
    """Return the limits of Σy / Σx whose clusters (enterprises) vary independently, around a target ratio.

    Each area counts as the persons who would vary as much if they were independent (Kish 1965), with the variance
    between and within clusters of all areas given. Limits are Beta quantiles with the target as mean and the variance
    of so many persons, for shares are skewed. Where a cluster lies outside 0…1 they are normal and may pass 1.
    """
    found = clusters_of(clusters)
    ratio, between, within = _together(found)
    variance = between / found.kish + within / found.x
    alike = ratio * (1 - ratio) / variance if ratio * (1 - ratio) > 0 and between + within > 0 else found.kish
    inside = min(max(target, 1e-9), 1 - 1e-9)
    is_share = found.is_bounded & (0 < target < 1)
    sides = [
        np.where(is_share, _beta_quantile(inside, np.minimum(alike, found.x), tail), target + z * np.sqrt(variance))
        for tail, z in zip(TAILS, (-Z, Z, -Z998, Z998), strict=True)
    ]
    return _limits(sides, top=np.where(found.is_bounded, 1.0, np.inf))


def _beta_quantile(mean: float, persons: Values, tail: float) -> Values:
    from scipy.special import betaincinv

    together = np.maximum(persons - 1, 1e-3)  # a Beta's variance is mean · (1 − mean) / (a + b + 1)
    found: Values = betaincinv(mean * together, (1 - mean) * together, tail)
    return found


def z_scores(values: Given, limits: Limits, target: float) -> Values:
    """Return how far each value lies from the target, in units of which its own side's 95 % limit is 1.96.

    Where that limit is where values end (0, or 1 for a share) it says nothing, and the wider side is used for both.
    """
    value = np.asarray(values, dtype=float)
    below, above = target - limits.low95, limits.high95 - target
    wider = np.maximum(below, above)
    side = np.where(
        value < target, np.where(limits.low95 > 0, below, wider), np.where(limits.high95 == 1, wider, above)
    )
    scored = np.divide(Z * (value - target), side, out=np.full(value.shape, np.nan), where=side > 0)
    return np.where(value == target, 0.0, scored)


def dispersion(z: ArrayLike, share: float = 0.1) -> float:
    """Return φ, the mean square of the z-scores, their outermost tenths pulled in (Spiegelhalter 2005).

    1 is what chance alone gives; NaN where no area has a score. Winsorising keeps a few truly different areas from
    widening the limits that are to show them; it also makes φ fall to 0.68 where there is chance alone.
    """
    known = np.asarray(z, dtype=float)
    known = known[np.isfinite(known)]
    if not known.size:
        return float("nan")
    low, high = np.quantile(known, (share, 1 - share))
    return float(np.mean(np.clip(known, low, high) ** 2))


def widened(limits: Limits, target: float, phi: float, top: float = np.inf) -> Limits:
    """Return the limits √φ times as far from the target (multiplicative overdispersion); never narrower.

    `top` is the largest value there can be: 1 for a share.
    """
    factor = float(np.sqrt(phi)) if phi > 1 else 1.0
    sides = (limits.low95, limits.high95, limits.low998, limits.high998)
    return _limits((target + factor * (side - target) for side in sides), top=top)


def classify(values: Given, limits: Limits, is_too_few: ArrayLike = False) -> list[str | None]:
    """Return one of CLASSES for each value; None where it is missing, has no limits, or rests on too few."""
    value = np.asarray(values, dtype=float)
    place = np.full(value.shape, 2)
    for side, step in ((limits.high95, 1), (limits.high998, 1)):
        place += step * (value > side)
    for side, step in ((limits.low95, -1), (limits.low998, -1)):
        place += step * (value < side)
    is_unjudged = np.isnan(value) | np.isnan(limits.low95) | np.asarray(is_too_few, dtype=bool)
    names = np.array([*CLASSES, None], dtype=object)
    found: list[str | None] = names[np.where(is_unjudged, 5, place)].tolist()
    return found
