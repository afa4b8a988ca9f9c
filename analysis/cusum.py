"""A cumulative sum for slow rises, with its exact chance: several somewhat high months where no single one is too high.

S rises by what a month has above its reference value and never falls below 0 (Page 1954, Biometrika 41:100–115). The
reference lies between the expectation and one standard deviation above it (Lucas 1985, Technometrics 27:129–144, for
counts: k = (μ₁ − μ₀) / (ln μ₁ − ln μ₀)). A month counts at most up to its own limit, so that one noisy month
cannot make a rise (a robust CUSUM, Lucas & Crosier 1982, Technometrics 24:29–37).
S begins at 0 with the first month given and moves in steps of 1/6 standard deviation; the chance of each state is
followed month by month as a Markov chain (Brook & Evans 1972, Biometrika 59:539–549), so p-values hold for the small
and unequal counts at hand. The fitted level's own error is the same in all months: chances are averaged over it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.surveillance import Array, Expectation, Numbers, tail, upper_limit

STEPS = 6  # of S in one standard deviation
STATES = 10 * STEPS + 1  # beyond 10 standard deviations a higher S says no more
LEVELS = 7  # at which the error of the fitted level is read


@dataclass(frozen=True)
class Null:
    """What each series does in each month if all is usual: arrays (series, months), nan where nothing can be said.

    `limit` is the month's own upper limit at `level`, `reference` what the cumulative sum takes off.
    """

    expected: Expectation
    mean: Array
    variance: Array
    limit: Array
    reference: Array
    level: float


def null_of(expected: Expectation, level: float) -> Null:
    """Return limits and reference values of an expectation; a series that never had a case has neither."""
    mean = np.where(expected.mean > 0, expected.mean, np.nan)
    variance = np.where(expected.mean > 0, expected.variance, np.nan)
    ratio = 1 + np.sqrt(variance) / mean
    reference = mean * (ratio - 1) / np.log(ratio)
    return Null(expected, mean, variance, upper_limit(mean, variance, level), reference, level)


def part(null: Null, months: slice) -> Null:
    """Return the null of some of the months."""
    cut = {name: getattr(null, name)[:, months] for name in ("mean", "variance", "limit", "reference")}
    return replace(null, **cut)


def _steps(counts: Array, null: Null, month: int) -> Array:
    """Return by how many steps S moves in a month, shape of counts' last axis; a month not known moves it by 0."""
    seen = np.minimum(counts, null.limit[:, month])
    moved = np.floor(STEPS * (seen - null.reference[:, month]) / np.sqrt(null.variance[:, month]))
    return np.where(np.isfinite(moved), moved, 0.0)


def sums(counts: Array, null: Null) -> Numbers:
    """Return the state of S (in steps) after each month of counts (…, series, months)."""
    state, now = np.zeros(counts.shape, np.int64), np.zeros(counts.shape[:-1])
    for month in range(counts.shape[-1]):
        now = np.clip(now + _steps(counts[..., month], null, month), 0, STATES - 1)
        state[..., month] = now
    return state


def levels(expected: Expectation) -> Array:
    """Return how many times the fitted level the true one may be, equally likely, (series, LEVELS).

    A gamma distribution in parts of equal probability, each read at its mean; together their mean is 1.
    """
    from scipy.special import gammainc, gammaincinv

    shape = np.minimum(1 / np.maximum(expected.relative_variance, 1e-9), 1e6)
    bounds = gammaincinv(shape, np.arange(1, LEVELS) / LEVELS)
    below = np.pad(gammainc(shape + 1, bounds), ((0, 0), (1, 1)), constant_values=((0, 0), (0, 1)))
    return LEVELS * np.diff(below, axis=1)


Moves = list[tuple[Array, Array]]


def moves(null: Null) -> list[Moves]:
    """Return what can happen in each month: by how much S moves (series) and with what chance (series, levels)."""
    level = levels(null.expected)
    return [_moves(null, month, level) for month in range(null.mean.shape[1])]


def _moves(null: Null, month: int, level: Array) -> Moves:
    """Return what can happen in a month: at its limit all higher counts join it; without expectation nothing can."""
    limit = null.limit[:, [month]]
    mean = np.where(np.isfinite(limit), null.mean[:, [month]] * level, np.nan)
    variance = null.expected.dispersion * mean
    found, beyond = [], np.ones_like(mean)
    for count in range(int(np.nanmax(limit, initial=-1)) + 1):
        here, full = beyond, np.full(limit.shape, float(count))
        beyond = np.where(full < limit, tail(full + 1, mean, variance), 0.0)
        found.append((_steps(full[:, 0], null, month), np.where(full <= limit, here - beyond, 0.0)))
    return found


def _after(before: Array, moved: Moves) -> Array:
    """Return the chances of each state (series, levels, states) after one more month."""
    first = np.arange(before[..., 0].size).reshape(*before.shape[:2], 1) * STATES
    after = np.zeros(before.size)
    for steps, chance in moved:
        state = np.clip(np.arange(STATES) + steps[:, None], 0, STATES - 1).astype(int)
        place, arriving = first + state[:, None, :], chance[..., None] * before
        after += np.bincount(place.ravel(), arriving.ravel(), before.size)
    return after.reshape(before.shape)


def chances(moved: list[Moves], known: NDArray[np.bool_]) -> Array:
    """Return P(S ≥ state) after the last month, shape (series, states), where S began at 0 before the first one.

    `moved` is what `moves` gives for these months; `known` (series, months) says which of them have both a count and an
    expectation: the others move nothing.
    """
    at = np.zeros((len(known), LEVELS, STATES))
    at[..., 0] = 1
    for month, possible in enumerate(moved):
        at = np.where(known[:, [month], None], _after(at, possible), at)
    return np.minimum(np.cumsum(at.mean(1)[:, ::-1], 1)[:, ::-1], 1.0)


def began(counts: Array, mean: Array) -> Numbers:
    """Return the month (an index) in which a rise most likely began, shape of counts without its last axis.

    It is the month from which counts lie furthest above their expectation: the largest log-likelihood ratio of one
    raised Poisson level from there to the end (Hinkley 1970, Biometrika 57:1–17; a month not known adds nothing).
    """
    known = np.isfinite(counts + mean)
    seen = np.cumsum(np.where(known, counts, 0.0)[..., ::-1], -1)[..., ::-1]
    usual = np.cumsum(np.where(known, mean, 0.0)[..., ::-1], -1)[..., ::-1]
    times = np.maximum(seen, 1e-9) / np.maximum(usual, 1e-9)
    return np.argmax(np.where(times > 1, seen * np.log(times) - (seen - usual), -1.0), -1)


def is_above(counts: Array, null: Null) -> NDArray[np.bool_]:
    """Return where a count lies above its reference value; never where either is unknown."""
    return np.nan_to_num(counts, nan=-1.0) > np.nan_to_num(null.reference, nan=np.inf)
