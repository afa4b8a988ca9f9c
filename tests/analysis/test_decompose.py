"""Kitagawa's decomposition: a published example, no rest whatever the data, and what counts as what."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.decompose import growth, kitagawa

# Das Gupta 1993 (Standardization and Decomposition of Rates, example 5.3): deaths by race and age, United States.
# fmt: off
SIZE_1985 = np.array([3041, 11577, 27450, 32711, 35480, 27411, 19555, 19795, 15254, 8022, 2472,
                      707, 2692, 6473, 6841, 6547, 4352, 3034, 2540, 1749, 804, 236], dtype=float)
SIZE_1970 = np.array([2968, 11484, 34614, 30992, 21983, 20314, 20928, 16897, 11339, 5720, 1315,
                      535, 2162, 6120, 4781, 3096, 2718, 2363, 1767, 1149, 448, 117], dtype=float)
RATE_1985 = np.array([9.163, .462, .248, .929, 1.084, 1.810, 4.715, 12.187, 27.728, 64.068, 157.570,
                      17.208, .738, .328, 1.103, 2.045, 3.724, 8.052, 17.812, 34.128, 68.276, 125.161])
RATE_1970 = np.array([18.469, .751, .391, 1.146, 1.287, 2.672, 6.636, 15.691, 34.723, 79.763, 176.837,
                      36.993, 1.352, .541, 2.040, 3.523, 6.746, 12.967, 24.471, 45.091, 74.902, 123.205])
# fmt: on


def test_published_example() -> None:
    """Rates standardised for make-up 10.258 → 8.030; for age 8.385 → 9.907 and for race 9.136 → 9.156, together the mix."""
    split = kitagawa(SIZE_1985 * RATE_1985, SIZE_1985, SIZE_1970 * RATE_1970, SIZE_1970)
    assert split.rate.sum() == pytest.approx(8.030 - 10.258, abs=1.5e-3)
    assert split.mix.sum() == pytest.approx((9.907 - 8.385) + (9.156 - 9.136), abs=2.5e-3)


def sides(seed: int, count: int) -> tuple[np.ndarray, ...]:
    """Return two populations with absent strata and events without a base."""
    chance = np.random.default_rng(seed)
    found = []
    for _side in range(2):
        base = chance.integers(0, 30, count) * chance.integers(0, 2, count)
        base[chance.integers(count)] += 1
        found += [(chance.integers(0, 40, count) * (chance.random(count) < 0.8)).astype(float), base.astype(float)]
    return tuple(found)


@settings(max_examples=200)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_no_rest(seed: int, count: int) -> None:
    """Both parts add up to the difference, the three parts to the change in number, and swapping sides turns the signs."""
    events, base, events_0, base_0 = sides(seed, count)
    split = kitagawa(events, base, events_0, base_0)
    difference = events.sum() / base.sum() - events_0.sum() / base_0.sum()
    assert split.mix.sum() + split.rate.sum() == pytest.approx(difference, abs=1e-9)
    parts = growth(events, base, events_0, base_0)
    assert parts.size + parts.mix + parts.rate == pytest.approx(events.sum() - events_0.sum(), abs=1e-7)
    back = kitagawa(events_0, base_0, events, base)
    assert back.mix == pytest.approx(-split.mix) and back.rate == pytest.approx(-split.rate)


def test_only_the_mix_or_only_the_rates_differ() -> None:
    """Equal rates leave only composition, equal shares only rates; a bigger population of the same kind changes neither."""
    rates = np.array([0.9, 0.5])
    split = kitagawa(rates * [30, 10], np.array([30.0, 10.0]), rates * [10, 30], np.array([10.0, 30.0]))
    assert split.mix.sum() == pytest.approx(0.2) and not split.rate.any()
    assert split.mix == pytest.approx([0.1, 0.1])  # more of the high one and less of the low one, each half of it
    split = kitagawa(np.array([9.0, 5.0]), np.array([10.0, 10.0]), np.array([40.0, 20.0]), np.array([50.0, 50.0]))
    assert split.mix == pytest.approx([0, 0]) and split.rate == pytest.approx([0.05, 0.05])
    parts = growth(rates * 20, np.array([20.0, 20.0]), rates * 10, np.array([10.0, 10.0]))
    assert (parts.size, parts.mix, parts.rate) == pytest.approx((14, 0, 0))


def test_a_stratum_of_one_side_counts_as_composition() -> None:
    """No rate of it on the other side, so no difference between like and like can be claimed."""
    split = kitagawa(np.array([8.0, 1.0]), np.array([10.0, 10.0]), np.array([8.0, 0.0]), np.array([10.0, 0.0]))
    assert split.rate == pytest.approx([0, 0]) and split.mix.sum() == pytest.approx(0.45 - 0.8)


def test_no_base_at_all_is_nothing_to_compare() -> None:
    assert np.isnan(kitagawa(np.zeros(2), np.zeros(2), np.ones(2), np.ones(2)).rate).all()


def test_chance_alone_is_not_taken_for_mix() -> None:
    """Twelve areas whose kinds of enterprises do alike: composition is found as it is, like with like differs by nothing.

    One area is 6 points lower in every kind: that is found as a difference between like and like, whatever its mix.
    """
    chance = np.random.default_rng(7)
    base = chance.poisson(np.exp(chance.normal(1.2, 1.2, (12, 40))) * chance.integers(0, 2, (12, 40))).astype(float)
    truth = np.tile(chance.uniform(0.75, 0.97, 40), (12, 1))
    truth[4] -= 0.06
    events = chance.binomial(base.astype(int), truth, (1500, 12, 40)).astype(float)
    whole, whole_base = events.sum(axis=1, keepdims=True), base.sum(axis=0)
    split = kitagawa(events, np.broadcast_to(base, events.shape), whole, np.broadcast_to(whole_base, whole.shape))
    expected = kitagawa(truth * base, base, (truth * base).sum(axis=0, keepdims=True), whole_base[None])
    assert split.mix.sum(axis=-1).mean(axis=0) == pytest.approx(expected.mix.sum(axis=-1), abs=0.003)
    assert split.rate.sum(axis=-1).mean(axis=0) == pytest.approx(expected.rate.sum(axis=-1), abs=0.003)
    alike = split.rate.sum(axis=-1).mean(axis=0)
    # Less than 6 points: the area is itself part of the whole, and of some kinds most of it.
    assert np.abs(np.delete(alike, 4)).max() < 0.01 and alike[4] < -0.03
