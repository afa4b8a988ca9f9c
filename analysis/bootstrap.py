"""The range of a median by bootstrap, drawn without resampling."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.intervals import LEVEL, Interval

DRAWS, SEED = 10_000, 20181201  # fixed, so that the same question has the same answer


def _medians(ordered: NDArray[np.float64], draws: int, seed: int) -> NDArray[np.float64]:
    """Return medians of bootstrap samples of the ordered values.

    A sample is n uniform places among the values, so its middle places are order statistics of n uniforms, which are
    Beta (David & Nagaraja 2003, Order Statistics, ch. 2): two draws do for a sample of any size.
    """
    n, rng = ordered.size, np.random.default_rng(seed)
    half = n // 2
    if n % 2:
        return ordered[(rng.beta(half + 1, half + 1, draws) * n).astype(int)]
    lower = rng.beta(half, half + 1, draws)
    upper = lower + (1 - lower) * rng.beta(1, half, draws)
    return (ordered[(lower * n).astype(int)] + ordered[np.minimum((upper * n).astype(int), n - 1)]) / 2


def bootstrap_median(values: ArrayLike, level: float = LEVEL, draws: int = DRAWS, seed: int = SEED) -> Interval:
    """Return the percentile bootstrap interval of the median (Efron 1979, Ann Statist 7:1–26); NaN are left out.

    Fewer than 6 values give None: not even their lowest and highest would cover the median with 95 % probability.
    """
    given = np.asarray(values, dtype=float)
    ordered = np.sort(given[~np.isnan(given)])
    if ordered.size < 6:
        return None
    outside = (1 - level) / 2
    low, high = np.quantile(_medians(ordered, draws, seed), (outside, 1 - outside), method="nearest")
    return float(low), float(high)
