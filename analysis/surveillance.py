"""What each watched series of counts should be, and how far above it chance goes.

The expectation is a quasi-Poisson one with an offset (workers) and a season, fitted to past months from which past
outbreaks are down-weighted (Farrington et al. 1996, JRSS A 159:547–563; Noufaily et al. 2013, Stat Med 32:1206–1222).
Limits are quantiles of a negative binomial with the prediction's variance, as Noufaily et al. advise for small counts.
There is no trend term: a slow rise is to be seen (analysis/cusum.py), not to be learned as normal.
Arrays are (series, months); nan is a month that is not known: it is neither learned from nor judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
ROUNDS = 2  # of fitting and down-weighting


@dataclass(frozen=True)
class Design:
    """How the past is read; months."""

    baseline: int = 48  # whole years, so that the season is even
    run: int = 12  # the newest months teach nothing: a rise must not make itself normal
    least_months: int = 12
    season_weight: float = 10.0  # cases that speak for no season before a calendar month's own are believed
    level: float = 0.995  # one-sided limit of a month (Noufaily et al. 2013)
    outlier: float = 2.58  # Anscombe residual above which a past month is down-weighted


@dataclass(frozen=True)
class Expectation:
    """What to expect of each series in each month: nan where the past is too short or the month's offset unknown.

    `mean` is (series, months). The prediction's variance is dispersion · mean + relative_variance · mean²: the second
    part is the fitted level's own error, the same in all months. Both are (series, 1).
    """

    mean: Array
    dispersion: Array
    relative_variance: Array

    @property
    def variance(self) -> Array:
        """Return the prediction's variance, (series, months)."""
        return self.dispersion * self.mean + self.relative_variance * self.mean**2


def season(counts: Array, base: Array, calendar: Numbers, groups: Numbers, weight: float) -> Array:
    """Return, for each series and calendar month (0…11), how many times the usual rate its group has.

    `base` is what each month would have without season. A group's month is drawn towards the month of all groups, that
    towards 1, each as if `weight` cases had said so (a gamma prior): few cases make no season.
    """
    known = np.isfinite(counts) & np.isfinite(base)
    members = np.zeros((int(groups.max()) + 1, len(groups)))
    members[groups, np.arange(len(groups))] = 1
    months = (calendar[:, None] == np.arange(12)).astype(float)
    seen = members @ np.where(known, counts, 0) @ months
    usual = members @ np.where(known, base, 0) @ months
    of_all = (seen.sum(0) + weight) / (usual.sum(0) + weight)
    return ((seen + weight * of_all) / (usual + weight))[groups]


def _level(counts: Array, offset: Array, weights: Array) -> Array:
    """Return each series' rate per offset, shape (series, 1): for one level, the quasi-Poisson fit in closed form."""
    below = (weights * offset).sum(1, keepdims=True)
    return np.divide((weights * counts).sum(1, keepdims=True), below, out=np.full_like(below, np.nan), where=below > 0)


def _dispersion(counts: Array, mean: Array, weights: Array) -> Array:
    """Return Pearson's dispersion, at least 1 (Farrington et al. 1996), shape (series, 1)."""
    squares = np.divide((counts - mean) ** 2, mean, out=np.zeros_like(mean), where=mean > 0)
    freedom = np.maximum((weights > 0).sum(1, keepdims=True) - 1, 1)
    return np.maximum((weights * squares).sum(1, keepdims=True) / freedom, 1.0)


def _weights(counts: Array, mean: Array, dispersion: Array, known: NDArray[np.bool_], outlier: float) -> Array:
    """Return weights that fall with the square of a large Anscombe residual (Farrington et al. 1996, section 3.6)."""
    least = np.maximum(mean, 1e-9)
    residual = 1.5 * (np.cbrt(counts) ** 2 - np.cbrt(least) ** 2) / (least ** (1 / 6) * np.sqrt(dispersion))
    raw = np.where(known, np.maximum(residual / outlier, 1.0) ** -2.0, 0.0)
    return raw * known.sum(1, keepdims=True) / np.maximum(raw.sum(1, keepdims=True), 1e-9)


@dataclass(frozen=True)
class Fit:
    """The usual rate per offset of each series, its dispersion and relative variance, shapes (series, 1)."""

    level: Array
    dispersion: Array
    relative_variance: Array


def fit(counts: Array, offset: Array, design: Design) -> Fit:
    """Fit each series' level to its baseline months; the level is nan where fewer than `least_months` are known."""
    known = np.isfinite(counts) & np.isfinite(offset) & (offset > 0)
    seen, below = np.where(known, counts, 0.0), np.where(known, offset, 0.0)
    weights = known.astype(float)
    dispersion = np.ones((len(counts), 1))  # at first: an outbreak would hide behind the dispersion that it makes
    for _ in range(ROUNDS):
        level = _level(seen, below, weights)
        weights = _weights(seen, level * below, dispersion, known, design.outlier)
        dispersion = _dispersion(seen, level * below, weights)
    level = _level(seen, below, weights)
    dispersion = _dispersion(seen, level * below, weights)
    level = np.where(known.sum(1, keepdims=True) >= design.least_months, level, np.nan)
    return Fit(level, dispersion, dispersion / np.maximum((weights * seen).sum(1, keepdims=True), 1.0))


def expectation(
    counts: Array, exposure: Array, calendar: Numbers, groups: Numbers, design: Design | None = None, span: int = 0
) -> Expectation:
    """Return what to expect in the newest `span` months (`design.run` unless given), from the baseline before the run.

    `calendar` is each month's place in the year (0…11), `groups` the group of each series that shares a season.
    """
    design, months = design or Design(), counts.shape[1]
    last = max(months - design.run, 0)
    past, asked = slice(max(last - design.baseline, 0), last), slice(max(months - (span or design.run), 0), months)
    seen, offset, when = counts[:, past], exposure[:, past], calendar[past]
    factors = np.ones((len(counts), 12))
    for _ in range(2):  # the level needs the season and the season the level; a third round changes little more
        level = fit(seen, offset * factors[:, when], design).level
        factors = season(seen, level * offset, when, groups, design.season_weight)
    usual = fit(seen, offset * factors[:, when], design)
    mean = usual.level * exposure[:, asked] * factors[:, calendar[asked]]
    return Expectation(mean, usual.dispersion, usual.relative_variance)


def rebased(
    counts: Array, exposure: Array, calendar: Numbers, groups: Numbers, step: int, scope: NDArray[np.bool_]
) -> tuple[Array, Array]:
    """Return counts and exposures as a declared step change leaves them: from month `step` on the level is a new one.

    How much the level changed is read off all the series in `scope` together, so that one of them may still stand out.
    Where too little is known before it, what came before is forgotten.
    """
    after = slice(step, counts.shape[1])
    expected = expectation(counts, exposure, calendar, groups, Design(run=counts.shape[1] - step)).mean
    known = np.isfinite(counts[:, after] + expected) & scope[:, None]
    if known.any():
        times = (np.where(known, counts[:, after], 0).sum() + 1) / (np.where(known, expected, 0).sum() + 1)
        changed = exposure.copy()
        changed[:, after] *= np.where(scope, times, 1.0)[:, None]
        return counts, changed
    forgotten = counts.copy()
    forgotten[scope, :step] = np.nan
    return forgotten, exposure


def tail(counts: Array, mean: Array, variance: Array) -> Array:
    """Return P(Y ≥ counts) of a negative binomial (a Poisson where the variance is not above the mean); nan stays."""
    from scipy.special import betainc, gammainc

    above, mean, variance = np.broadcast_arrays(np.maximum(counts, 1.0), mean, variance)  # P(Y ≥ 0) is 1
    found = np.where(np.isfinite(above + mean), 1.0, np.nan)
    is_wide = variance > mean * (1 + 1e-9)
    rest = ~is_wide & np.isfinite(found)
    found[rest] = gammainc(above[rest], mean[rest])
    extra = variance[is_wide] - mean[is_wide]
    found[is_wide] = betainc(above[is_wide], mean[is_wide] ** 2 / extra, extra / (mean[is_wide] + extra))
    return np.where(np.isfinite(found) & (counts < 1), 1.0, found)


def upper_limit(mean: Array, variance: Array, level: float) -> Array:
    """Return the smallest count that is passed with a chance of at most 1 − level; nan stays."""
    below = np.full(mean.shape, -1.0)
    above = np.ceil(np.where(np.isfinite(mean), mean + 40 * np.sqrt(np.maximum(variance, 1)) + 40, 0.0))
    while np.any(above - below > 1):
        middle = np.floor((below + above) / 2)
        is_enough = ~(tail(middle + 1, mean, variance) > 1 - level)
        below, above = np.where(is_enough, below, middle), np.where(is_enough, middle, above)
    return np.where(np.isfinite(mean), above, np.nan)


def benjamini_hochberg(p: Array) -> Array:
    """Return q: the smallest false discovery rate at which each test along the last axis is a discovery.

    Benjamini & Hochberg 1995, JRSS B 57:289–300. nan is no test.
    """
    tests = np.isfinite(p).sum(-1, keepdims=True)
    order = np.argsort(np.where(np.isfinite(p), p, 2.0), axis=-1)
    ranked = np.take_along_axis(np.where(np.isfinite(p), p, 2.0), order, -1)
    scaled = ranked * tests / np.arange(1, p.shape[-1] + 1)
    least = np.minimum(np.minimum.accumulate(scaled[..., ::-1], -1)[..., ::-1], 1.0)
    found = np.empty_like(least)
    np.put_along_axis(found, order, least, -1)
    return np.where(np.isfinite(p), found, np.nan)
