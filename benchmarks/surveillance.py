"""The surveillance of 5,000 series × 60 months ÷ its formulas as NumPy and SciPy write them, without any care for edges."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.cusum import LEVELS, STATES, STEPS, Null, chances, levels, moves, null_of, sums
from analysis.surveillance import Design, benjamini_hochberg, expectation, tail, upper_limit
from benchmarks.ratio import Ratio, milliseconds

SERIES, MONTHS, RUN, RUNS = 5_000, 60, 12, 3
LIMIT, LEVEL = 5.0, 0.995
CALENDAR = np.arange(MONTHS) % 12
GROUPS = np.arange(SERIES) % 16

Values = NDArray[np.float64]
Work = Callable[[], object]


def _plain_expectation(counts: Values, exposure: Values) -> object:
    """Fit level and season in turn, then down-weight past outbreaks: the formulas with every month known."""
    y, e, when = counts[:, :-RUN], exposure[:, :-RUN], CALENDAR[:-RUN]
    factors = np.ones((SERIES, 12))
    for _ in range(3):
        offset, weights, dispersion = e * factors[:, when], np.ones_like(y), np.ones((SERIES, 1))
        for _again in range(3):
            mean = (weights * y).sum(1, keepdims=True) / (weights * offset).sum(1, keepdims=True) * offset
            residual = 1.5 * (y ** (2 / 3) - mean ** (2 / 3)) / (mean ** (1 / 6) * np.sqrt(dispersion))
            weights = np.maximum(residual / 2.58, 1.0) ** -2.0
            weights /= weights.mean(1, keepdims=True)
            dispersion = np.maximum((weights * (y - mean) ** 2 / mean).sum(1, keepdims=True) / (y.shape[1] - 1), 1)
        base = mean / factors[:, when]
        seen, usual = (
            np.array([[v[g == GROUPS][:, when == m].sum() for m in range(12)] for g in range(16)]) for v in (y, base)
        )
        factors = ((seen + 10) / (usual + 10))[GROUPS]
    return exposure[:, -RUN:] * mean[:, -RUN:] * factors[:, CALENDAR[-RUN:]]


def _plain_law(mean: Values, variance: Values) -> tuple[Values, Values]:
    return mean**2 / (variance - mean), mean / variance


def _plain_tails(counts: Values, mean: Values, variance: Values) -> object:
    return stats.nbinom.sf(counts - 1, *_plain_law(mean, variance))


def _plain_limits(mean: Values, variance: Values) -> object:
    return stats.nbinom.ppf(LEVEL, *_plain_law(mean, variance))


def _plain_discoveries(p: Values) -> object:
    order = np.argsort(p, axis=-1)
    scaled = np.take_along_axis(p, order, -1) * p.shape[-1] / np.arange(1, p.shape[-1] + 1)
    q = np.minimum.accumulate(scaled[..., ::-1], -1)[..., ::-1]
    return np.take_along_axis(q, np.argsort(order, axis=-1), -1)


def _plain_sums(counts: Values, null: Null) -> object:
    moved = np.floor(STEPS * (np.minimum(counts, null.limit) - null.reference) / np.sqrt(null.variance))
    now, found = np.zeros(len(counts)), np.zeros_like(counts)
    for month in range(counts.shape[1]):
        now = np.clip(now + moved[:, month], 0, STATES - 1)
        found[:, month] = now
    return found


def _plain_chances(null: Null) -> object:
    """Follow the chance of every state month by month, at every level."""
    level, at = levels(null.expected), np.zeros((SERIES, LEVELS, STATES))
    at[..., 0] = 1
    series, nodes, states = np.ogrid[:SERIES, :LEVELS, :STATES]
    for month in range(RUN):
        after, limit = np.zeros_like(at), null.limit[:, month]
        mean = null.mean[:, [month]] * level
        for count in range(int(limit.max()) + 1):
            size = mean / (null.expected.dispersion - 1)
            p = stats.nbinom.pmf(count, size, 1 / null.expected.dispersion)
            p = np.where(count == limit[:, None], stats.nbinom.sf(count - 1, size, 1 / null.expected.dispersion), p)
            p = np.where(count > limit[:, None], 0.0, p)
            step = np.floor(STEPS * (count - null.reference[:, month]) / np.sqrt(null.variance[:, month]))
            place = np.clip(states + step[:, None, None], 0, STATES - 1).astype(int)
            np.add.at(after, (series, nodes, place), p[..., None] * at)
        at = after
    return np.cumsum(at.mean(1)[:, ::-1], 1)[:, ::-1]


def _pairs() -> dict[str, tuple[Work, Work]]:
    """Return our function and the plain formula, by title."""
    chance = np.random.default_rng(5)
    exposure = chance.uniform(500, 5000, (SERIES, 1)) * np.ones(MONTHS)
    counts = chance.negative_binomial(chance.uniform(0.5, 4, (SERIES, 1)), 0.7, (SERIES, MONTHS)).astype(float)
    counts[:, 0] += counts.sum(1) == 0  # the plain formula knows no series without a case
    expected = expectation(counts, exposure, CALENDAR, GROUPS, Design(), MONTHS)
    whole = null_of(expected, LEVEL)
    wide = np.maximum(expected.variance, 1.01 * expected.mean)
    p = chance.uniform(size=(MONTHS, SERIES))
    newest = null_of(expectation(counts, exposure, CALENDAR, GROUPS), LEVEL)
    dispersion = np.maximum(newest.expected.dispersion, 1.01)
    newest = null_of(type(expected)(newest.expected.mean, dispersion, newest.expected.relative_variance), LEVEL)
    known = np.isfinite(newest.mean)
    return {
        "纠纷监测：应有宗数": (
            lambda: expectation(counts, exposure, CALENDAR, GROUPS), lambda: _plain_expectation(counts, exposure),
        ),
        "纠纷监测：概率": (lambda: tail(counts, expected.mean, wide), lambda: _plain_tails(counts, expected.mean, wide)),
        "纠纷监测：上限": (lambda: upper_limit(expected.mean, wide, LEVEL), lambda: _plain_limits(expected.mean, wide)),
        "错误发现率": (lambda: benjamini_hochberg(p), lambda: _plain_discoveries(p)),
        "累积和": (lambda: sums(counts, whole), lambda: _plain_sums(counts, whole)),
        "累积和的概率（12个月）": (lambda: chances(moves(newest), known), lambda: _plain_chances(newest)),
    }  # fmt: skip


def measure() -> list[Ratio]:
    """Measure every function."""
    return [
        Ratio(f"{title} ÷ 公式直算", milliseconds(ours, RUNS), milliseconds(plain, RUNS), LIMIT)
        for title, (ours, plain) in _pairs().items()
    ]
