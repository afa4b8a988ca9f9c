"""Control charts: which months of a series differ from the others by more than the usual ups and downs.

Arrays in and out; the last axis is time, any axes before it are areas, so that thousands of series are judged at once.
NaN is a point that is not known. The centre and the limits come from the points marked as base, and hold for all points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

SIGMAS, NEAR_SIGMAS = 3.0, 2.0
LINES = (-SIGMAS, SIGMAS, -NEAR_SIGMAS, NEAR_SIGMAS)  # the order in which Limits holds them
MEAN_RANGE = 1.128  # d2 for ranges of two points: mean moving range = 1.128 σ (Shewhart 1931; Montgomery, table VI)
SHIFT, TREND = 7, 6  # points on one side, points in one direction (NHS England, Making Data Count)
# One rule names a point: the first of these that holds.
OUTSIDE, SHIFTED, TRENDING, TWO_OF_THREE = RULES = ("outside", "shift", "trend", "two_of_three")


@dataclass(frozen=True, slots=True)
class Limits:
    """The centre, the three-sigma limits and the two-sigma lines of each point.

    A point within `tie` of the centre lies on it: a count cannot be nearer than half a case.
    """

    centre: Array
    lower: Array
    upper: Array
    near_lower: Array
    near_upper: Array
    tie: Array


def mean_moving_range(values: Array) -> Array:
    """Return the mean absolute difference of neighbouring known points; points that are not known are passed over."""
    known = ~np.isnan(values)
    has_any = known.any(axis=tuple(range(known.ndim - 1)))
    values, known = values[..., has_any], known[..., has_any]
    if known.all():  # by far the most common, and several times quicker
        return _divided(np.abs(np.diff(values, axis=-1)).sum(-1), np.maximum(values.shape[-1] - 1, 0))
    places = np.where(known, np.arange(values.shape[-1]), -1)
    before = np.concatenate([np.full((*values.shape[:-1], 1), -1), np.maximum.accumulate(places, -1)[..., :-1]], -1)
    earlier = np.take_along_axis(values, np.maximum(before, 0), -1)
    has_range = known & (before >= 0)
    total = np.where(has_range, np.abs(values - earlier), 0.0).sum(-1)
    return _divided(total, has_range.sum(-1))


def _divided(above: Array | float, below: Any) -> Array:
    """Return above / below, NaN where nothing is below."""
    below = np.asarray(below, float)
    return np.divide(above, below, out=np.full(np.broadcast(above, below).shape, np.nan), where=below > 0)


def xmr(
    values: Array, is_base: Mask, *, lowest: float = -np.inf, highest: float = np.inf, is_level: bool = False
) -> Limits:
    """Return the limits of an XmR chart, mean ± 2.66 × mean moving range (Shewhart; Wheeler 2003, Making Sense of Data).

    Month-ends of a level share most of their units, so neighbours are alike and the moving range is too small (Maragah &
    Woodall 1992, J Stat Comput Simul 40:29–42): with `is_level` the standard deviation is taken where it is larger.
    """
    base = np.where(is_base, values, np.nan)
    count = (~np.isnan(base)).sum(-1)
    mean = _divided(np.nansum(base, -1), count)
    sigma = mean_moving_range(base) / MEAN_RANGE
    if is_level:
        square = np.nansum((base - mean[..., None]) ** 2, -1)
        sigma = np.fmax(sigma, np.sqrt(_divided(square, count - 1)))
    centre, wide = (np.broadcast_to(part[..., None], values.shape) for part in (mean, sigma))
    lower, upper, near_lower, near_upper = (np.clip(centre + n * wide, lowest, highest) for n in LINES)
    return Limits(centre, lower, upper, near_lower, near_upper, np.zeros(values.shape))


def u(counts: Array, exposures: Array, is_base: Mask) -> Limits:
    """Return the limits of a u chart of counts ÷ exposures (a c chart where every exposure is 1).

    Three sigmas with Winterbottom's correction for the skewness of small counts (1993, Qual Reliab Eng Int 9:105–109:
    + 4/3 of a case), widened where months differ by more than Poisson's chance (Laney 2002, Qual Eng 14:531–537: u′).
    """
    mean = _pooled(counts, exposures, is_base)
    expected = mean * exposures
    spread = _dispersion(counts, expected, np.sqrt(expected), is_base)
    lower, upper, near_lower, near_upper = (
        np.maximum(_line(expected, n, spread, np.sqrt(expected), spread**2 / 6), 0) / exposures for n in LINES
    )
    return Limits(np.broadcast_to(mean, counts.shape), lower, upper, near_lower, near_upper, 0.5 / exposures)


def p(counts: Array, totals: Array, is_base: Mask) -> Limits:
    """Return the limits of a p chart of counts ÷ totals, corrected and widened as in `u` (Winterbottom; Laney's p′)."""
    mean = _pooled(counts, totals, is_base)
    sigma = np.sqrt(mean * (1 - mean) * totals)
    spread = _dispersion(counts, mean * totals, sigma, is_base)
    skew = (1 - 2 * mean) * spread**2 / 6
    lower, upper, near_lower, near_upper = (
        np.clip(_line(mean * totals, n, spread, sigma, skew) / totals, 0, 1) for n in LINES
    )
    return Limits(np.broadcast_to(mean, counts.shape), lower, upper, near_lower, near_upper, 0.5 / totals)


def _line(mean: Array, n: float, spread: Array, sigma: Array, skew: Array) -> Array:
    """Return the line n sigmas from the mean, corrected for skewness; without end where no count is too few (or too many).

    The corrected lower line, m − n·s·√m + (n² − 1)·s²/6, falls with the mean only down to √m = n·s/2; below it would
    climb above the mean itself, and every month without a case would stand out. Shares near 1 are its mirror.
    """
    is_turned = (np.sign(n) != np.sign(skew)) & (sigma < abs(n) * spread / 2)
    return np.where(is_turned, np.sign(n) * np.inf, mean + n * spread * sigma + (n * n - 1) * skew)


def _pooled(counts: Array, totals: Array, is_base: Mask) -> Array:
    """Return Σ counts ÷ Σ totals of the base points on which both are known, with an axis of length 1 for time."""
    both = is_base & ~np.isnan(counts) & ~np.isnan(totals)
    return _divided(np.where(both, counts, 0).sum(-1), np.where(both, totals, 0).sum(-1))[..., None]


def _dispersion(counts: Array, expected: Array, sigma: Array, is_base: Mask) -> Array:
    """Return by how much neighbouring base points differ more than chance alone would let them, at least 1 (Laney)."""
    scores = np.divide(counts - expected, sigma, out=np.full(np.shape(counts), np.nan), where=sigma > 0)
    found = mean_moving_range(np.where(is_base, scores, np.nan)) / MEAN_RANGE
    return np.fmax(found, 1.0)[..., None]


def dispersion(counts: Array, exposures: Array, is_base: Mask) -> Array:
    """Return the factor by which counts vary more than Poisson's σ (1 where they do not), one per series."""
    expected = _pooled(counts, exposures, is_base) * exposures
    return np.asarray(_dispersion(counts, expected, np.sqrt(expected), is_base)[..., 0])


def sides(values: Array, limits: Limits) -> NDArray[np.int8]:
    """Return 1 for points above the centre, −1 below, 0 on it or not known."""
    off = np.nan_to_num(values - limits.centre)
    return np.where(np.abs(off) > np.nan_to_num(limits.tie), np.sign(off), 0).astype(np.int8)


def signals(values: Array, limits: Limits, is_judged: Mask) -> NDArray[np.str_]:
    """Return the rule by which each point stands out, "" where none does.

    `outside`: beyond a three-sigma limit. `shift`: one of 7 or more points in a row on one side of the centre. `trend`:
    one of 6 or more points in a row each above (or each below) the one before. `two_of_three`: beyond a two-sigma line
    together with another of three neighbours, on the same side (NHS England, Making Data Count; Western Electric 1956).
    Points that are not judged are passed over as if they were not there.
    """
    is_judged = is_judged & ~np.isnan(values) & ~np.isnan(limits.lower)
    order = np.argsort(~is_judged, axis=-1, kind="stable")  # judged points first, in their order in time

    def packed(array: Array) -> Array:
        return np.take_along_axis(np.where(is_judged, array, np.nan), order, -1)

    point, centre, tie = packed(values), packed(limits.centre), packed(limits.tie)
    outside = (point > packed(limits.upper)) | (point < packed(limits.lower))
    above, below = point > centre + tie, point < centre - tie
    shifted = _runs(above, SHIFT) | _runs(below, SHIFT)
    trending = _trends(point)
    near = _pairs(point > packed(limits.near_upper)) | _pairs(point < packed(limits.near_lower))
    rule = np.select([outside, shifted, trending, near], RULES, "")
    found = np.full(values.shape, "", rule.dtype)
    np.put_along_axis(found, order, rule, -1)
    return found


def _runs(flags: Mask, length: int) -> Mask:
    """Return the points that belong to a run of at least `length` flags."""
    if flags.shape[-1] < length:
        return np.zeros(flags.shape, bool)
    full = np.lib.stride_tricks.sliding_window_view(flags, length, -1).all(-1)
    marked = np.zeros(flags.shape, bool)
    for step in range(length):
        marked[..., step : step + full.shape[-1]] |= full
    return marked


def _trends(points: Array) -> Mask:
    """Return the points of runs that go up, or down, from each to the next."""
    steps = np.diff(points, axis=-1)
    marked = np.zeros(points.shape, bool)
    for run in (_runs(steps > 0, TREND - 1), _runs(steps < 0, TREND - 1)):
        marked[..., 1:] |= run
        marked[..., :-1] |= run
    return marked


def _pairs(flags: Mask) -> Mask:
    """Return the flagged points that have another flagged point next to them or next but one."""
    marked = np.zeros(flags.shape, bool)
    for step in (1, 2):
        both = flags[..., step:] & flags[..., :-step]
        marked[..., step:] |= both
        marked[..., :-step] |= both
    return marked
