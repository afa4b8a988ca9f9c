"""The bootstrap of a median against real resampling, at its edges, and how often it covers."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.bootstrap import bootstrap_median


@pytest.mark.parametrize("count", [15, 40, 41])
def test_it_is_what_resampling_gives(count: int) -> None:
    rng = np.random.default_rng(count)
    values = np.exp(rng.normal(9, 1, count))
    resampled = np.median(rng.choice(values, (20_000, count)), axis=1)
    low, high = np.quantile(resampled, (0.025, 0.975), method="nearest")
    found = bootstrap_median(values)
    assert found is not None
    # the bootstrap's own quantiles jump from value to value: one place among the ordered values is allowed
    ordered = np.sort(np.concatenate([values, (np.sort(values)[1:] + np.sort(values)[:-1]) / 2]))
    for end, expected in zip(found, (low, high), strict=True):
        assert abs(np.searchsorted(ordered, end) - np.searchsorted(ordered, expected)) <= 2
    assert found[0] <= np.median(values) <= found[1]


def test_edges() -> None:
    assert bootstrap_median([1, 2, 3, 4, 5]) is None
    assert bootstrap_median([]) is None
    assert bootstrap_median([7.0] * 8) == (7.0, 7.0)
    assert bootstrap_median([1, 2, 3, 4, 5, 6, np.nan]) == bootstrap_median([6, 5, 4, 3, 2, 1])
    assert bootstrap_median(range(20)) == bootstrap_median(range(20))
    narrow, wide = bootstrap_median(range(100), level=0.5), bootstrap_median(range(100), level=0.95)
    assert narrow is not None and wide is not None and wide[0] < narrow[0] < narrow[1] < wide[1]


@pytest.mark.parametrize(("count", "least"), [(8, 0.9), (25, 0.92), (120, 0.93)])
def test_it_covers_the_median_of_skewed_amounts(count: int, least: float) -> None:
    rng, hits = np.random.default_rng(5), 0
    for run in range(600):
        low, high = bootstrap_median(np.exp(rng.normal(0, 1.2, count)), draws=800, seed=run)  # type: ignore[misc]
        hits += low <= 1 <= high
    assert least < hits / 600 < 0.985
