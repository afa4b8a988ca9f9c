"""How often the ranges cover what is true: enumerated where it can be, simulated where it cannot."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.interval_arrays import byars, ratio_ranges, wilsons
from tests.analysis.streets import COMMUNITIES, SHARES, SIZES, arrays_of, members_of, sizes_of

RUNS = 400


@pytest.mark.parametrize("total", [200, 227, 350, 500, 1000, 3000])
def test_wilson_covers_95_percent_on_average(total: int) -> None:
    """Over shares of 70–99 % the mean lies within 1 point of nominal, every outcome counted with its probability."""
    counts = np.arange(total + 1)
    low, high = wilsons(counts, np.full(total + 1, total))
    shares = np.arange(0.7, 0.9901, 0.001)
    covered = [stats.binom.pmf(counts, total, p)[(low <= p) & (p <= high)].sum() for p in shares]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.01)
    assert min(covered) > 0.88  # a single share may lie lower: that is what "mean" leaves open


def test_byar_never_covers_less_than_95_percent() -> None:
    """Means 0.3–150: coverage jumps only at the ranges' own ends, which are therefore tried from both sides."""
    counts = np.arange(420)
    low, high = byars(counts, np.ones(420))
    ends = np.concatenate([low, high])
    means = np.concatenate([np.arange(0.3, 150, 0.002), ends * (1 - 1e-12), ends * (1 + 1e-12)])
    means = means[(means >= 0.3) & (means <= 150)]
    first, last = np.searchsorted(high, means, "left"), np.searchsorted(low, means, "right") - 1
    covered = stats.poisson.cdf(last, means) - stats.poisson.cdf(first - 1, means)
    assert covered.min() >= 0.95
    assert covered.min() == pytest.approx(0.95004, abs=1e-5)  # docs/analysis.md says so


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", SHARES)
def test_clustered_range_covers_on_heavy_tailed_streets(size: str, kind: str) -> None:
    """Over a street's communities 93–97 %; the smallest of 111 enterprises not under 92 %."""
    rng, covered = np.random.default_rng(18), {}
    for count in COMMUNITIES:
        workers = sizes_of(rng, size, (RUNS, count))
        low, high = ratio_ranges(arrays_of(members_of(rng, workers, kind), workers))
        covered[count] = float(((low <= SHARES[kind]) & (SHARES[kind] <= high)).mean())
    assert np.mean(list(covered.values())) == pytest.approx(0.95, abs=0.02)
    assert min(covered.values()) > 0.91


def test_wilson_on_persons_covers_far_too_little() -> None:
    """That is why the range is clustered on enterprises."""
    rng = np.random.default_rng(19)
    workers = sizes_of(rng, "lognormal", (RUNS, 227))
    members = members_of(rng, workers, "joined_or_not")
    low, high = wilsons(members.sum(axis=1), workers.sum(axis=1))
    assert ((low <= SHARES["joined_or_not"]) & (SHARES["joined_or_not"] <= high)).mean() < 0.5
