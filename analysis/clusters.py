"""Where high or low values lie together: local Moran and Getis–Ord G*, with conditional permutations and FDR.

esda takes 2.5 s to import, so it is imported where it is called. With a dozen areas these tests find nothing, whatever
there is: FEWEST areas are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.smoothing import Array, Neighbours

if TYPE_CHECKING:
    from libpysal.weights import W

FEWEST = 100
SEED = 20181201  # the same map for everyone who asks the same question
LEVEL = 0.05  # share of false ones among the clusters that are drawn
PERMUTATIONS = (9_999, 99_999)  # at least, at most
DECIMALS = 9  # equal means must be equal, in whatever order they were added up
PER_AREA = 50  # so many that the smallest p can pass the FDR's first step, LEVEL / areas
HIGH, LOW, HIGH_AMONG_LOW, LOW_AMONG_HIGH = "high", "low", "high_among_low", "low_among_high"
_TURN = Lock()  # esda draws from NumPy's one generator: two sessions at once would mix their draws

Classes = list[str | None]


def connected(neighbours: Neighbours) -> list[int]:
    """Return the places that have a neighbour: of the others nothing can be said."""
    return [place for place, near in enumerate(neighbours) if near]


def _weights(neighbours: Neighbours, is_own_too: bool = False) -> W:
    from libpysal.weights import W

    own = [[place] * is_own_too for place in range(len(neighbours))]
    return W({place: [*own[place], *near] for place, near in enumerate(neighbours)}, silence_warnings=True)


@contextmanager
def _seeded() -> Iterator[None]:
    """Take a turn at NumPy's own generator and leave it as it was."""
    with _TURN:
        state: Any = np.random.get_state()
        try:
            yield
        finally:
            np.random.set_state(state)


def permutation_p(values: Array, neighbours: Neighbours, permutations: int | None = None, seed: int = SEED) -> Array:
    """Return for each area the two-sided p of its neighbours' mean, if the other areas' values were dealt anew.

    Conditional permutation (Anselin 1995, Geographical Analysis 27:93–115): the area keeps its own value, so local
    Moran and G* have the same p. Every area needs a neighbour, and not all values may be equal. `permutations` None is 50 per area, 9,999 to 99,999.
    """
    draws = permutations or int(np.clip(PER_AREA * len(values), *PERMUTATIONS))
    sides = [_one_sided(values, neighbours, draws, seed, side) for side in ("greater", "lesser")]
    return np.minimum(2 * np.minimum(*sides), 1.0)


def _one_sided(values: Array, neighbours: Neighbours, draws: int, seed: int, side: str) -> Array:
    """Return esda's p of one side; its own two-sided p counts ties at the far end, and rates of equal cells tie a lot."""
    from esda.crand import crand

    weights = _weights(neighbours)
    weights.transform = "r"
    scores = (values - values.mean()) / values.std()
    with _seeded():
        found, _none = crand(
            scores, weights, np.round(weights.sparse @ scores, DECIMALS), draws, keep=False, n_jobs=1, stat_func=_neighbours_mean,
            seed=seed, alternative=side,
        )  # fmt: skip
    return np.asarray(found, dtype=np.float64)


def _neighbours_mean(place: int, values: Array, permuted: Any, weights: Array, _scaling: float) -> Array:
    """Return the weighted mean of the neighbours in each permutation, as esda calls it; the first weight is its own."""
    others = np.delete(values, place)
    drawn: Array = np.round(others[permuted[:, : len(weights) - 1]] @ weights[1:], DECIMALS)
    return drawn


def discoveries(p: Array, level: float = LEVEL) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which of the tests stand when at most `level` of them may be false (Benjamini & Hochberg 1995).

    JRSS B 57:289–300; neighbours' tests depend on each other positively, which the rule bears (Caldas de Castro & Singer
    2006, Geographical Analysis 38:180–208).
    """
    order = np.argsort(p)
    steps = level * np.arange(1, len(p) + 1) / len(p)
    passing = np.flatnonzero(p[order] <= steps)
    last = p[order][passing[-1]] if len(passing) else -1.0
    return p <= last


def local_moran(values: Array, neighbours: Neighbours) -> tuple[Array, Classes]:
    """Return Anselin's local Moran of each area, and the quarter of the Moran plot where it stands."""
    from esda.moran import Moran_Local

    found = Moran_Local(values, _weights(neighbours), permutations=0)
    quarters = {1: HIGH, 2: LOW_AMONG_HIGH, 3: LOW, 4: HIGH_AMONG_LOW}
    return found.Is, [quarters[int(quarter)] for quarter in found.q]


def hot_spots(values: Array, neighbours: Neighbours) -> Array:
    """Return G* of each area with its neighbours as a z-score (Ord & Getis 1995, Geographical Analysis 27:286–306)."""
    from esda.getisord import G_Local

    above = values - values.min() + 1.0  # G* wants positive values; its z-score does not change by a shift
    score: Array = G_Local(above, _weights(neighbours, is_own_too=True), transform="B", permutations=0, star=True).Zs
    return score


def moran_classes(values: Array, neighbours: Neighbours, seed: int = SEED) -> Classes:
    """Return high, low, high_among_low, low_among_high by local Moran where it stands after FDR, else None."""
    if np.ptp(values) == 0:
        return [None] * len(values)
    stands = discoveries(permutation_p(values, neighbours, seed=seed))
    _statistic, quarters = local_moran(values, neighbours)
    return [quarter if there else None for quarter, there in zip(quarters, stands, strict=True)]


def hot_spot_classes(values: Array, neighbours: Neighbours, seed: int = SEED) -> Classes:
    """Return high or low by G* where an area's neighbours stand after FDR and it lies on their side itself, else None.

    The permutations speak of the neighbours alone: an area on the other side, or one that outweighs them, is no part
    of a cluster.
    """
    if np.ptp(values) == 0:
        return [None] * len(values)
    stands = discoveries(permutation_p(values, neighbours, seed=seed))
    side, own = np.sign(hot_spots(values, neighbours)), values - values.mean()
    around = np.array([own[list(near)].mean() for near in neighbours])
    drawn = stands & (side == np.sign(own)) & (side == np.sign(around))
    return [(HIGH if up > 0 else LOW) if there else None for up, there in zip(side, drawn, strict=True)]
