"""Local Moran, G* and their permutations against formulas, naive loops, other libraries and planted patches."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from analysis.clusters import (
    HIGH,
    HIGH_AMONG_LOW,
    LOW,
    LOW_AMONG_HIGH,
    connected,
    discoveries,
    hot_spot_classes,
    hot_spots,
    local_moran,
    moran_classes,
    permutation_p,
)
from analysis.smoothing import Array, Neighbours, Truths, binomial_noise, standardised

SIDE = 12


def hexagons(side: int = SIDE) -> list[list[int]]:
    """Return who touches whom on a slanted grid of hexagons."""
    steps = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, -1), (-1, 1))
    return [
        [(row + down) * side + column + right for down, right in steps
         if 0 <= row + down < side and 0 <= column + right < side]
        for row in range(side) for column in range(side)
    ]  # fmt: skip


def _values(seed: int = 1) -> Array:
    return np.random.default_rng(seed).normal(size=SIDE * SIDE)


def _naive_p(values: Array, near: Neighbours, place: int, draws: int) -> float:
    """Deal the other areas' values to the neighbours, one draw at a time."""
    chance = np.random.default_rng(place)
    others, seen = np.delete(values, place), values[list(near[place])].mean()
    drawn = np.array([chance.choice(others, len(near[place]), replace=False).mean() for _draw in range(draws)])
    return min(1.0, 2 * float(min((drawn >= seen).mean(), (drawn <= seen).mean())))


def test_permutations_are_a_naive_loops() -> None:
    """Areas in the middle, at an edge and in a corner have the p that dealing by hand gives."""
    near, values = hexagons(), _values()
    found = permutation_p(values, near, permutations=9_999)
    for place in (0, 5, 77, 143):
        assert found[place] == pytest.approx(_naive_p(values, near, place, 5_000), abs=0.025)


def test_the_same_question_has_the_same_map() -> None:
    """The draws hang on the seed alone, and NumPy's own generator is left where it was."""
    near, values = hexagons(), _values()
    np.random.seed(3)
    first = permutation_p(values, near, 999)
    after = np.random.random()
    np.random.seed(3)
    assert np.random.random() == after
    assert (permutation_p(values, near, 999) == first).all()
    assert (permutation_p(values, near, 999, seed=4) != first).any()


def test_ties_are_no_evidence() -> None:
    """Where nearly all areas are equal, neighbours at the common value are nothing special, on either side."""
    values = np.zeros(SIDE * SIDE)
    values[:3] = -1.0
    for sign in (1.0, -1.0):
        assert permutation_p(sign * values, hexagons(), 999)[80:].min() > 0.5


def test_discoveries_are_benjamini_and_hochberg() -> None:
    """What stands is what SciPy's adjusted p leave at 5 %; nothing stands among nothing."""
    chance = np.random.default_rng(2)
    for share in (0.0, 0.1, 0.6):
        p = np.where(chance.random(300) < share, chance.random(300) ** 6, chance.random(300))
        assert (discoveries(p) == (false_discovery_control(p) <= 0.05)).all()
    assert not discoveries(np.full(5, 0.2)).any() and discoveries(np.full(5, 0.01)).all()


def test_local_moran_by_its_formula() -> None:
    """I = z · mean of the neighbours' z, and the quarter of each area in Moran's plot (Anselin 1995)."""
    near, values = hexagons(), _values(6)
    z = (values - values.mean()) / values.std()
    around = np.array([z[list(others)].mean() for others in near])
    found, quarters = local_moran(values, near)
    assert found == pytest.approx(z * around * (len(z) - 1) / len(z))
    names = {(True, True): HIGH, (False, True): LOW_AMONG_HIGH, (False, False): LOW, (True, False): HIGH_AMONG_LOW}
    assert quarters == [names[bool(own > 0), bool(other > 0)] for own, other in zip(z, around, strict=True)]


def test_hot_spots_by_the_published_formula() -> None:
    """PySAL's manual prints these for six points; and Ord & Getis 1995, eq. 9, for a grid."""
    y = np.array([2, 3, 3.2, 5, 8, 7])
    printed = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    within_15 = [[1, 3], [0, 3, 4], [4], [0, 1, 4], [1, 2, 3, 5], [4]]
    assert hot_spots(y, within_15) == pytest.approx(printed)
    near, values, count = hexagons(), _values(9), SIDE * SIDE
    score = hot_spots(values, near)
    for place, others in enumerate(near):
        inside = [place, *others]
        spread = values.std() * np.sqrt((count * len(inside) - len(inside) ** 2) / (count - 1))
        assert score[place] == pytest.approx((values[inside].sum() - len(inside) * values.mean()) / spread)


def _cells(seed: int, inside: float, outside: float = 0.92) -> tuple[Array, Truths]:
    """Return comparable rates of cells of 1 to 20 enterprises, with a patch of 4 × 4; and where the patch is."""
    chance = np.random.default_rng(seed)
    patch = np.zeros((SIDE, SIDE), bool)
    patch[3:7, 4:8] = True
    sizes = chance.integers(1, 21, SIDE * SIDE).astype(float)
    counts = chance.binomial(sizes.astype(int), np.where(patch.ravel(), inside, outside)).astype(float)
    return standardised(counts, sizes, binomial_noise), patch.ravel()


def test_a_planted_patch_is_found_and_little_else() -> None:
    """A patch at 55 % among 92 % is called low by both statistics in each of 8 streets, and hardly anything else is."""
    near = hexagons()
    wrong = right = 0
    for seed in range(8):
        values, patch = _cells(seed, 0.55)
        for classes in (hot_spot_classes(values, near, seed), moran_classes(values, near, seed)):
            low = np.array([kind == LOW for kind in classes])
            high = np.array([kind == HIGH for kind in classes])
            assert low[patch].any()
            right, wrong = right + int(low[patch].sum()), wrong + int(low[~patch].sum() + high.sum())
    assert wrong <= 0.15 * right


def test_without_a_patch_nearly_nothing_is_drawn() -> None:
    """Of 25 streets without any cluster at most three show a cell (docs/analysis.md counts more of them)."""
    drawn = [any(hot_spot_classes(_cells(seed, 0.92)[0], hexagons(), seed)) for seed in range(25)]
    assert sum(drawn) <= 3


def test_an_area_unlike_its_neighbours_is_told_from_a_cluster() -> None:
    """One high area inside a low patch is high_among_low by local Moran and no hot spot."""
    near, chance = hexagons(), np.random.default_rng(8)
    values = chance.normal(size=SIDE * SIDE) * 0.3
    patch = [place for place in near[66] for place in (place, *near[place])]
    values[patch] = -3.0
    values[66] = 4.0
    assert moran_classes(values, near)[66] == HIGH_AMONG_LOW
    assert moran_classes(-values, near)[66] == LOW_AMONG_HIGH
    assert hot_spot_classes(values, near)[66] != HIGH


def test_nothing_to_tell_where_all_are_equal() -> None:
    """Equal values have no class, and the permutations are not even asked."""
    assert moran_classes(np.ones(144), hexagons()) == hot_spot_classes(np.ones(144), hexagons()) == [None] * 144


def test_areas_without_neighbours_are_named() -> None:
    """Only areas with a neighbour can be tested."""
    assert connected([[1], [0], []]) == [0, 1]
