"""Rank ranges: which ranks an area could just as well have held, and the tiers that follow from them.

Goldstein & Spiegelhalter 1996 (JRSS A 159:385–443): draw every area's true value from what its own number leaves open,
rank each draw, and read the range of the ranks. Arrays of draws have the shape (draws, areas); an area without a value
is NaN throughout and has no rank (0).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.interval_arrays import ClusterArrays, clusters_of
from analysis.intervals import ClusterSums, Z

Values = NDArray[np.float64]
Ranks = NDArray[np.int64]
Given = ArrayLike | Sequence[float | None]  # None is NaN: missing

DRAWS, SEED = 10_000, 20181201  # fixed, so that the same question has the same answer


def draws_of_proportions(counts: Given, totals: Given, draws: int = DRAWS, seed: int = SEED) -> Values:
    """Return draws of the true share of each area: Jeffreys' Beta(count + ½, total − count + ½)."""
    count, total = np.asarray(counts, dtype=float), np.asarray(totals, dtype=float)
    known = np.isfinite(count) & (total > 0)
    found = np.full((draws, count.size), np.nan)
    share = np.random.default_rng(seed).beta(count[known] + 0.5, (total - count)[known] + 0.5, (draws, known.sum()))
    found[:, known] = share
    return found


def draws_of_rates(counts: Given, exposures: Given, draws: int = DRAWS, seed: int = SEED) -> Values:
    """Return draws of the true rate of each area: Jeffreys' Gamma(count + ½) / exposure."""
    count, exposure = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    known = np.isfinite(count) & (exposure > 0)
    found = np.full((draws, count.size), np.nan)
    found[:, known] = np.random.default_rng(seed).gamma(count[known] + 0.5, size=(draws, known.sum())) / exposure[known]
    return found


def draws_of_ratios(
    clusters: Sequence[ClusterSums | None] | ClusterArrays, draws: int = DRAWS, seed: int = SEED
) -> Values:
    """Return draws of the true Σy / Σx of each area, as wide as its clustered range (intervals.ratio_interval).

    Jeffreys' Beta on the persons that would vary as much; where a cluster lies outside 0…1, normal and not below 0.
    """
    found, rng = clusters_of(clusters), np.random.default_rng(seed)
    ratio, persons, known = found.ratio, found.persons, np.isfinite(found.x)
    drawn = np.full((draws, ratio.size), np.nan)
    is_share, is_other = known & found.is_bounded, known & ~found.is_bounded
    r, n = ratio[is_share], persons[is_share] * (Z / found.quantile[is_share]) ** 2
    drawn[:, is_share] = rng.beta(r * n + 0.5, (1 - r) * n + 0.5, (draws, r.size))
    error = np.sqrt(found.variance[is_other]) * found.quantile[is_other] / Z
    drawn[:, is_other] = np.maximum(rng.normal(ratio[is_other], error, (draws, error.size)), 0.0)
    return drawn


def ranks(values: Given, higher_first: bool) -> Ranks:
    """Return the rank of each value, equal ones sharing the best; 0 where there is none."""
    value = np.asarray(values, dtype=float)
    known = np.isfinite(value)
    keyed = -value[known] if higher_first else value[known]
    found = np.zeros(value.shape, dtype=np.int64)
    found[known] = np.searchsorted(np.sort(keyed), keyed) + 1
    return found


def rank_intervals(
    samples: Values, higher_first: bool, level: float = 0.95, shown: Ranks | None = None
) -> tuple[Ranks, Ranks]:
    """Return the first and last rank of each area's range, 0 where it has no draws.

    `shown` are the ranks that stand beside the range (`ranks` of the values): the range always contains them.
    """
    known = np.isfinite(samples).all(axis=0)
    order = np.argsort(-samples[:, known] if higher_first else samples[:, known], axis=1)
    placed = np.empty_like(order)
    np.put_along_axis(placed, order, np.broadcast_to(np.arange(1, order.shape[1] + 1), order.shape), axis=1)
    low, high = np.zeros((2, samples.shape[1]), dtype=np.int64)
    if known.any():
        outside = (1 - level) / 2
        low[known] = np.quantile(placed, outside, axis=0, method="lower")
        high[known] = np.quantile(placed, 1 - outside, axis=0, method="higher")
    if shown is not None:
        low, high = np.where(known, np.minimum(low, shown), 0), np.where(known, np.maximum(high, shown), 0)
    return low, high


def tiers(low: ArrayLike, high: ArrayLike, shown: ArrayLike | None = None) -> Ranks:
    """Return the tier of each area, 1 the first: any two areas of a tier have ranges that overlap; 0 without a range.

    Down the league (by `shown` ranks, else by the middle of the ranges) a tier goes on as long as the next range
    overlaps with every range in it, so a tier's areas stand side by side and cannot be told apart.
    """
    first, last = np.asarray(low, dtype=np.int64), np.asarray(high, dtype=np.int64)
    middle = (first + last) / 2
    place = middle if shown is None else np.asarray(shown, dtype=float)
    found = np.zeros(first.shape, dtype=np.int64)
    tier, begins, ends = 0, 1, 0
    for area in np.lexsort((first, middle, place)):
        if first[area] < 1:
            continue
        begins, ends = max(begins, first[area]), min(ends, last[area])
        if begins > ends:
            tier, begins, ends = tier + 1, first[area], last[area]
        found[area] = tier
    return found
