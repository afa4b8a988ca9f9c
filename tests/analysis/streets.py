"""Simulated streets: communities of enterprises with heavy-tailed sizes, each with a membership share of its own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.interval_arrays import ClusterArrays
from analysis.intervals import ClusterSums

Counts = NDArray[np.float64]

# The sample street's communities: how many enterprises each has.
COMMUNITIES = (429, 302, 398, 111, 186, 465, 148, 336, 260, 227, 157, 179)
SIZES = ("lognormal", "wider", "pareto")
SHARES = {"alike": 0.85, "spread": 0.85, "apart": 0.6, "joined_or_not": 0.87, "settled": 0.9}


def sizes_of(rng: np.random.Generator, kind: str, shape: tuple[int, ...]) -> Counts:
    """Return workers: the sample's log-normal, a wider one, or Pareto with infinite variance up to 20,000."""
    if kind == "pareto":
        return np.minimum(np.round(5 * rng.random(shape) ** (-1 / 1.5)), 20_000)
    return np.maximum(1.0, np.round(np.exp(rng.normal(2.5, {"lognormal": 1.22, "wider": 1.6}[kind], shape))))


def members_of(rng: np.random.Generator, workers: Counts, kind: str) -> Counts:
    """Return members whose expected share is SHARES[kind] in an enterprise of any size.

    `joined_or_not`: 8 % of the enterprises have none, as in the sample; `settled`: the enterprise's share itself, with no
    chance inside it, as members are in the sample; otherwise Beta around the mean, and each worker joins by chance.
    """
    mean = SHARES[kind]
    if kind == "settled":
        return np.asarray(workers * rng.beta(mean * 40, (1 - mean) * 40, workers.shape))  # whole members would shift it
    if kind == "joined_or_not":
        inside = mean / 0.92
        share = (rng.random(workers.shape) < 0.92) * rng.beta(inside * 20, (1 - inside) * 20, workers.shape)
    else:
        strength = {"alike": 10, "spread": 3, "apart": 1}[kind]
        share = rng.beta(mean * strength, (1 - mean) * strength, workers.shape)
    return rng.binomial(workers.astype(int), share).astype(float)


def sums_of(members: Counts, workers: Counts) -> ClusterSums:
    """Return the sums of one area by the definitions."""
    y, x = members.astype(float), workers.astype(float)
    total_y, total_x, yy, yx, xx = (float(each.sum()) for each in (y, x, y * y, y * x, x * x))
    more = (float(each.sum()) for each in (y * y / x, y / x, (y / x) ** 2, 1 / x))
    return ClusterSums(len(x), total_y, total_x, yy, yx, xx, bool((y <= x).all()), *more)


def arrays_of(members: Counts, workers: Counts) -> ClusterArrays:
    """Return the sums over the last axis, one area per row."""
    y, x = members, workers
    n, bounded = np.full(y.shape[:-1], float(y.shape[-1])), np.asarray((y <= x).all(axis=-1), dtype=bool)
    total_y, total_x, xx, yyx = (each.sum(axis=-1) for each in (y, x, x * x, y * y / x))
    p, pp, per_x = (each.sum(axis=-1) for each in (y / x, (y / x) ** 2, 1 / x))
    return ClusterArrays(n, total_y, total_x, xx, yyx, p, pp, per_x, bounded)
