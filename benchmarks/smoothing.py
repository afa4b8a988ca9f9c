"""Smoothing 5,000 areas × 60 months, and permutations on 500 areas, ÷ their formulas as NumPy writes them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.clusters import permutation_p
from analysis.smoothing import (
    adjacency,
    binomial_noise,
    empirical_bayes,
    gamma_poisson,
    local_empirical_bayes,
    standardised,
)
from benchmarks.ratio import Ratio, milliseconds

AREAS, MONTHS, RUNS = 5_000, 60, 3
FEW, DRAWS = 500, 9_999
ROUNDS = 30  # what the iteration of the prior needs here
LIMIT = 5.0

Values = NDArray[np.float64]


def _plain_global(y: Values, n: Values) -> tuple[Values, Values, Values]:
    m = y.sum(0) / n.sum(0)
    between = np.maximum((n * (y / n - m) ** 2).sum(0) / n.sum(0) - m * (1 - m) / n.mean(0), 0)
    return m, between, m * (1 - m) / n


def _plain_smooth(y: Values, n: Values) -> object:
    m, between, noise = _plain_global(y, n)
    return m + between / (between + noise) * (y / n - m)


def _plain_standard(y: Values, n: Values) -> object:
    m, between, noise = _plain_global(y, n)
    return (y / n - m) / np.sqrt(between + noise)


def _plain_gamma(y: Values, n: Values) -> object:
    m, alpha = y.sum(0) / n.sum(0), n.mean(0)
    for _round in range(ROUNDS):
        drawn = (y + m * alpha) / (n + alpha)
        m = drawn.mean(0)
        alpha = m * (len(y) - 1) / ((1 + alpha / n) * (drawn - m) ** 2).sum(0)
    return (y + m * alpha) / (n + alpha)


def _plain_permutations(values: Values, near: list[list[int]]) -> object:
    rng = np.random.default_rng(1)
    drawn = np.array([rng.choice(FEW - 1, 6, replace=False) for _draw in range(DRAWS)])
    found = []
    for place, others in enumerate(near):
        means = np.delete(values, place)[drawn].mean(axis=1)
        seen = values[others].mean()
        found.append(min((means >= seen).mean(), (means <= seen).mean()))
    return found


def measure() -> list[Ratio]:
    """Measure each function."""
    rng = np.random.default_rng(4)
    n = rng.integers(10, 500, (AREAS, MONTHS)).astype(float)
    y = rng.binomial(n.astype(int), rng.beta(9, 1, (AREAS, 1))).astype(float)
    cases = rng.poisson(n * 0.02 * rng.gamma(4, 0.25, (AREAS, 1))).astype(float)
    ring = [[(place + step) % AREAS for step in (1, -1, 70, -70, 71, -71)] for place in range(AREAS)]
    near, total = adjacency(ring), adjacency(ring) @ n
    few = [[(place + step) % FEW for step in (1, -1, 20, -20, 21, -21)] for place in range(FEW)]
    values = rng.normal(size=FEW)

    def plain_local() -> object:
        m = near @ y / total
        apart = (near @ (y * y / n) - m * m * total) / total
        between = np.maximum(apart - 7 * m * (1 - m) / total, 0)
        return m + between / (between + m * (1 - m) / n) * (y / n - m)

    pairs = {
        "经验贝叶斯平滑": (lambda: empirical_bayes(y, n, binomial_noise), lambda: _plain_smooth(y, n)),
        "比率标准化（Assunção–Reis）": (lambda: standardised(y, n, binomial_noise), lambda: _plain_standard(y, n)),
        "局部经验贝叶斯平滑": (lambda: local_empirical_bayes(y, n, near, binomial_noise), plain_local),
        "伽马—泊松平滑": (lambda: gamma_poisson(cases, n), lambda: _plain_gamma(cases, n)),
        "聚集的条件置换（500个地区×9,999次）": (
            lambda: permutation_p(values, few, DRAWS), lambda: _plain_permutations(values, few),
        ),
    }  # fmt: skip
    return [
        Ratio(f"{title} ÷ 公式直算", milliseconds(ours, RUNS), milliseconds(plain, RUNS), LIMIT)
        for title, (ours, plain) in pairs.items()
    ]
