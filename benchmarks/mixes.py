"""Peers, standardisation and decomposition of 5,000 areas × 60 months ÷ their formulas as NumPy writes them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.decompose import kitagawa
from analysis.peers import nearest, points
from analysis.standardise import indirect
from benchmarks.ratio import Ratio, milliseconds

AREAS, MONTHS, STRATA, RUNS = 5_000, 60, 20, 3
LIMIT = 5.0

Values = NDArray[np.float64]


def _plain_indirect(events: Values, base: Values) -> object:
    rates = events.sum(axis=1) / base.sum(axis=1)
    return events.sum(axis=2) / (base * rates[:, None]).sum(axis=2)


def _plain_kitagawa(events: Values, base: Values, events_0: Values, base_0: Values) -> object:
    share, share_0 = base / base.sum(axis=2, keepdims=True), base_0 / base_0.sum(axis=2, keepdims=True)
    rate, rate_0 = events / base, events_0 / base_0
    return (share - share_0) * (rate + rate_0) / 2, (rate - rate_0) * (share + share_0) / 2


def _plain_nearest(at: Values) -> object:
    squares = (at**2).sum(axis=1)
    return np.argsort(squares[:, None] + squares - 2 * at @ at.T, axis=1)[:, 1:5]


def measure() -> list[Ratio]:
    """Measure the three; areas may have empty strata, which the plain formulas could not take."""
    rng = np.random.default_rng(4)
    base = rng.integers(1, 30, (MONTHS, AREAS, STRATA)).astype(float)
    events = np.floor(base * rng.random((MONTHS, AREAS, 1)))
    events_0, base_0 = events[::-1], base[::-1]
    mixes = [rng.integers(1, 40, (AREAS, 10)).astype(float) for _mix in range(3)]
    at = points(rng.lognormal(4, 1, AREAS), mixes)
    pairs = {
        "间接标准化": (lambda: indirect(events, base), lambda: _plain_indirect(events, base)),
        "差距分解": (
            lambda: kitagawa(events, base, events_0, base_0), lambda: _plain_kitagawa(events, base, events_0, base_0),
        ),
        "可比社区（5,000个地区）": (lambda: nearest(at, 4), lambda: _plain_nearest(at)),
    }  # fmt: skip
    return [
        Ratio(f"{title} ÷ 公式直算", milliseconds(ours, RUNS), milliseconds(plain, RUNS), LIMIT)
        for title, (ours, plain) in pairs.items()
    ]
