"""Control charts of 5,000 series × 60 months ÷ their formulas as NumPy writes them for numbers that are all known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis import control, differences
from benchmarks.ratio import Ratio, milliseconds

SERIES, MONTHS, BASE, RUNS = 5_000, 60, 24, 3
LIMIT = 5.0
LINES = (-3.0, 3.0, -2.0, 2.0)

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Work = Callable[[], object]


def _spread(scores: Values) -> Values:
    return np.maximum(np.abs(np.diff(scores[:, :BASE], axis=1)).mean(-1, keepdims=True) / 1.128, 1)


def _plain_u(counts: Values, exposures: Values) -> object:
    mean = counts[:, :BASE].sum(-1, keepdims=True) / exposures[:, :BASE].sum(-1, keepdims=True)
    expected = mean * exposures
    wide = _spread((counts - expected) / np.sqrt(expected))
    return [
        np.maximum(expected + n * wide * np.sqrt(expected) + (n * n - 1) / 6 * wide**2, 0) / exposures for n in LINES
    ]


def _plain_p(counts: Values, totals: Values) -> object:
    mean = counts[:, :BASE].sum(-1, keepdims=True) / totals[:, :BASE].sum(-1, keepdims=True)
    sigma = np.sqrt(mean * (1 - mean) * totals)
    wide = _spread((counts - mean * totals) / sigma)
    skew = (1 - 2 * mean) * wide**2 / 6
    return [np.clip((mean * totals + n * wide * sigma + (n * n - 1) * skew) / totals, 0, 1) for n in LINES]


def _plain_xmr(values: Values) -> object:
    base = values[:, :BASE]
    mean, sigma = base.mean(-1, keepdims=True), np.abs(np.diff(base, axis=1)).mean(-1, keepdims=True) / 1.128
    return [np.broadcast_to(mean + n * sigma, values.shape).copy() for n in LINES]


def _runs(flags: Flags, length: int) -> Flags:
    full = np.lib.stride_tricks.sliding_window_view(flags, length, -1).all(-1)
    marked = np.zeros(flags.shape, bool)
    for step in range(length):
        marked[:, step : step + full.shape[1]] |= full
    return marked


def _plain_signals(values: Values, limits: control.Limits) -> object:
    outside = (values > limits.upper) | (values < limits.lower)
    shift = _runs(values > limits.centre, 7) | _runs(values < limits.centre, 7)
    steps, trend, near = np.diff(values, axis=1), np.zeros(values.shape, bool), np.zeros(values.shape, bool)
    for run in (_runs(steps > 0, 5), _runs(steps < 0, 5)):
        trend[:, 1:] |= run
        trend[:, :-1] |= run
    for flags in (values > limits.near_upper, values < limits.near_lower):
        for gap in (1, 2):
            both = flags[:, gap:] & flags[:, :-gap]
            near[:, gap:] |= both
            near[:, :-gap] |= both
    return np.select([outside, shift, trend, near], control.RULES, "")


def _plain_events(now: Values, before: Values) -> object:
    total = now + before
    return np.maximum(np.abs(now - total / 2) - 0.5, 0) / np.sqrt(np.maximum(total, 1) / 4)


def _pairs() -> dict[str, tuple[Work, Work]]:
    """Return our function and the plain formula, by title."""
    rng, shape = np.random.default_rng(5), (SERIES, MONTHS)
    counts, exposures = rng.poisson(5, shape).astype(float), np.exp(rng.normal(1, 0.5, shape))
    totals, is_base = counts + rng.poisson(5, shape).astype(float) + 1, np.broadcast_to(np.arange(MONTHS) < BASE, shape)
    limits, known = control.u(counts, exposures, is_base), np.ones(shape, bool)
    values, earlier = counts / exposures, counts[::-1]
    return {
        "控制图 u": (lambda: control.u(counts, exposures, is_base), lambda: _plain_u(counts, exposures)),
        "控制图 p": (lambda: control.p(counts, totals, is_base), lambda: _plain_p(counts, totals)),
        "控制图 XmR": (lambda: control.xmr(counts, is_base), lambda: _plain_xmr(counts)),
        "控制图判断规则": (
            lambda: control.signals(values, limits, known), lambda: _plain_signals(values, limits),
        ),
        "两期件数之差": (lambda: differences.events_z(counts, earlier), lambda: _plain_events(counts, earlier)),
    }  # fmt: skip


def measure() -> list[Ratio]:
    """Measure every function."""
    return [
        Ratio(f"{title} ÷ 公式直算", milliseconds(ours, RUNS), milliseconds(plain, RUNS), LIMIT)
        for title, (ours, plain) in _pairs().items()
    ]
