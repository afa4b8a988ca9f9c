"""Nearest areas: the same as plain loops over Hellinger distances, at every size, with ties and with unknowns."""

from __future__ import annotations

from itertools import combinations
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.peers import nearest, points


def naive_distances(sizes: list[float], mixes: list[list[list[float]]]) -> list[list[float]]:
    """Return all distances from the definition: per block over the root mean square of all pairs, then combined."""
    count = len(sizes)
    blocks = [[[abs(log(a) - log(b)) for b in sizes] for a in sizes]]
    for mix in mixes:
        share = [[n / sum(row) for n in row] for row in mix]
        blocks.append([[sqrt(sum((sqrt(x) - sqrt(y)) ** 2 for x, y in zip(a, b, strict=True))) for b in share] for a in share])  # fmt: skip
    found = [[0.0] * count for _ in sizes]
    for block in blocks:
        pairs = list(combinations(range(count), 2))
        square = sum(block[a][b] ** 2 for a, b in pairs) / len(pairs)
        for a in range(count):
            for b in range(count):
                found[a][b] += block[a][b] ** 2 / square / len(blocks) if square > 1e-12 else 0.0
    return [[sqrt(value) for value in row] for row in found]


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 9), st.integers(0, 2**32))
def test_the_same_as_plain_loops(count: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    sizes = chance.integers(1, 500, count).astype(float)
    mixes = [chance.integers(1, 30, (count, codes)).astype(float) for codes in (2, 5)]
    wanted = naive_distances(sizes.tolist(), [mix.tolist() for mix in mixes])
    found, apart = nearest(points(sizes, mixes), 3)
    for own in range(count):
        others = sorted((wanted[own][other], other) for other in range(count) if other != own)[:3]
        assert apart[own] == pytest.approx([far for far, _other in others])
        assert [wanted[own][other] for other in found[own]] == pytest.approx([far for far, _other in others])
        assert own not in found[own]


def test_two_areas_drawn_at_random_are_one_apart() -> None:
    """The scale has a meaning: the root mean square of all distances is 1, whatever the blocks' units."""
    chance = np.random.default_rng(4)
    mixes = [chance.integers(1, most, (60, codes)).astype(np.float64) for most, codes in ((9, 4), (99, 7))]
    at = points(chance.lognormal(4, 1, 60), mixes)
    squares = [((a - b) ** 2).sum() for a, b in combinations(at, 2)]
    assert np.mean(squares) == pytest.approx(1)


def test_equal_areas_come_in_order_and_nobody_is_its_own_peer() -> None:
    found, apart = nearest(points(np.full(6, 50.0), [np.ones((6, 3))]), 3)
    assert found.tolist() == [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2], [0, 1, 2], [0, 1, 2]]
    assert not apart.any()


def test_fewer_areas_than_peers() -> None:
    assert nearest(points(np.array([5.0, 9.0, 7.0]), []), 4)[0].shape == (3, 2)
    assert nearest(points(np.array([5.0]), []), 4)[0].shape == (1, 0)


def test_an_area_of_unknown_make_up_is_an_average_one() -> None:
    """No known industry is no industry of zero: the block moves it to the middle, it does not make it an outlier."""
    mix = np.array([[9.0, 1.0], [1.0, 9.0], [0.0, 0.0], [5.0, 5.0]])
    at = points(np.full(4, 10.0), [mix])
    assert np.isfinite(at).all()
    found, _apart = nearest(at, 1)
    assert found[2, 0] == 3


def test_many_areas_in_pieces_are_the_same_as_all_at_once() -> None:
    """More areas than are held at once (512): the pieces fit together."""
    at = np.random.default_rng(8).normal(size=(1100, 5))
    found, apart = nearest(at, 4)
    square = ((at[:, None] - at[None]) ** 2).sum(axis=2)
    np.fill_diagonal(square, np.inf)
    assert (found == np.argsort(square, axis=1)[:, :4]).all()
    assert np.allclose(apart, np.sqrt(np.sort(square, axis=1)[:, :4]))
