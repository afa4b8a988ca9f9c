"""Difference in differences with one treated place among few: the effect, and what chance alone makes of it.

The treated place's change, before to after, less the pooled change of all the others. With one treated place no standard
error can be had from it alone: how far the other places' own changes lie from the rest shows what chance makes (Conley &
Taber 2011, Rev Econ Stat 93:113), each in its own σ, for small places vary more (Ferman & Pinto 2019, Rev Econ Stat
101:452). Two periods only, so that months that follow each other are not taken for independent facts (Bertrand, Duflo &
Mullainathan 2004, Q J Econ 119:249).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
FEWEST = (
    8  # others: with fewer, chance alone makes the treated place the most unusual in more than a tenth of all cases
)
POWER = 0.8
LARGEST = 10.0  # σ: larger effects are not looked for
STEPS = 201


@dataclass(frozen=True, slots=True)
class Panel:
    """Numerator y and denominator x of every place, before and after; `treated` is one place's index.

    `scales`: what y ÷ x is multiplied with before and after (12,000 ÷ months for cases per 1,000 workers and year).
    `kind`: how y varies by chance: rate (Poisson) or proportion (binomial).
    """

    before: tuple[Array, Array]
    after: tuple[Array, Array]
    treated: int
    scales: tuple[float, float] = (1.0, 1.0)
    kind: Literal["rate", "proportion"] = "rate"

    @property
    def controls(self) -> Mask:
        """Return which places are not treated."""
        return np.arange(len(self.before[0])) != self.treated

    def pooled(self, inside: Mask) -> tuple[float, float]:
        """Return the value of these places together, before and after."""
        (y, x), (y_after, x_after) = self.before, self.after
        first, second = y[inside].sum() / x[inside].sum(), y_after[inside].sum() / x_after[inside].sum()
        return float(first * self.scales[0]), float(second * self.scales[1])


@dataclass(frozen=True, slots=True)
class Effect:
    """The treated place against the others.

    `gaps`: each place's change less the pooled change of the other untreated ones; the treated one's is the effect.
    `sigmas`: how much chance moves each gap. `rank`: 1 where no other place's gap is as unusual. `low`, `high`: the
    effects with which the treated place would not be the most unusual; they hold the true one in `level` = 1 − 1/places
    of all cases, and no higher level can be had from so few places.
    """

    own: tuple[float, float]
    others: tuple[float, float]
    gaps: Array
    sigmas: Array
    treated: int
    rank: int
    low: float
    high: float

    @property
    def effect(self) -> float:
        """Return the difference of the two changes."""
        return float(self.gaps[self.treated])

    @property
    def places(self) -> int:
        """Return how many places are compared, the treated one included."""
        return len(self.gaps)

    @property
    def usual(self) -> Array:
        """Return how far from 0 each place's gap may lie without being unusual, with the k·σ that `low` and `high` use."""
        half = (self.high - self.low) / 2
        return np.asarray(self.sigmas * (half / self.sigmas[self.treated]))

    @property
    def level(self) -> float:
        """Return in how many of all cases the range holds the true effect."""
        return 1 - 1 / self.places


def effect_of(panel: Panel) -> Effect | None:
    """Return the effect with its range; None with fewer than 8 others, or where nothing could have moved by chance."""
    controls = panel.controls
    if controls.sum() < FEWEST:
        return None
    gaps = np.array([_gap(panel, place) for place in range(len(controls))])
    sigmas = _sigmas(panel, gaps)
    if not (sigmas > 0).all():
        return None
    unusual = np.abs(gaps) / sigmas
    half = float(unusual[controls].max() * sigmas[panel.treated])
    return Effect(
        own=panel.pooled(~controls),
        others=panel.pooled(controls),
        gaps=gaps,
        sigmas=sigmas,
        treated=panel.treated,
        rank=1 + int((unusual[controls] >= unusual[panel.treated]).sum()),
        low=float(gaps[panel.treated]) - half,
        high=float(gaps[panel.treated]) + half,
    )


def _gap(panel: Panel, place: int) -> float:
    own = np.arange(len(panel.before[0])) == place
    (before, after), (before_others, after_others) = panel.pooled(own), panel.pooled(panel.controls & ~own)
    return (after - before) - (after_others - before_others)


def _sigmas(panel: Panel, gaps: Array) -> Array:
    """Return √(chance of the cases counted + what places vary by beyond it, whatever their size)."""
    chance, weights = _chance(panel), _weights(panel)
    chance = chance + weights**2 @ chance  # the pooled others vary as well
    controls = panel.controls
    return np.asarray(np.sqrt(_beyond(gaps[controls], chance[controls]) + chance))


def _chance(panel: Panel) -> Array:
    """Return the variance of each place's own change if it had the pooled rates of the untreated."""
    found = np.zeros(len(panel.before[0]))
    for (y, x), scale in zip((panel.before, panel.after), panel.scales, strict=True):
        rate = y[panel.controls].sum() / x[panel.controls].sum()
        found = found + scale**2 * rate * (1 - rate if panel.kind == "proportion" else 1) / x
    return found


def _weights(panel: Panel) -> Array:
    """Return how much each place (column) counts among the others of each place (row)."""
    others = np.array(
        [panel.controls & (np.arange(len(panel.controls)) != place) for place in range(len(panel.controls))]
    )
    weights = others * panel.after[1]
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _beyond(gaps: Array, chance: Array) -> float:
    """Return A ≥ 0 with Σ gap² ÷ (A + chance) = places (Paule & Mandel 1982, J Res NBS 87:377)."""
    from scipy.optimize import brentq

    if not chance.all():
        return float(np.mean(gaps**2))

    def excess(beyond: float) -> float:
        return float((gaps**2 / (beyond + chance)).sum()) - len(gaps)

    return 0.0 if excess(0) <= 0 else float(brentq(excess, 0, float((gaps**2).sum())))


def detectable(effect: Effect) -> float | None:
    """Return the smallest effect that would be found in four of five cases: added to each untreated place, up and down.

    Each is taken to vary as the treated one does (in its σ); found is what makes it the most unusual of the untreated.
    None where not even ten σ would do.
    """
    controls = np.arange(effect.places) != effect.treated
    unusual = effect.gaps[controls] / effect.sigmas[controls]
    top = np.array([np.delete(np.abs(unusual), place).max() for place in range(len(unusual))])
    for size in np.linspace(0, LARGEST, STEPS):
        moved = np.abs(np.stack([unusual + size, unusual - size]))
        if np.mean(moved > top) >= POWER:
            return float(size * effect.sigmas[effect.treated])
    return None
