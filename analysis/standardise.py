"""Indirect standardisation: what an area would have if each kind of enterprise in it did as that kind does everywhere.

Expected = Σ base × the standard's rate of each stratum; observed ÷ expected is the standardised ratio (Breslow & Day
1987, vol. II, ch. 2; the SMR of epidemiology). Fit for few cases per stratum, where direct standardisation is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Indirect:
    """Observed and expected events and their ratio (…, areas), NaN where nothing is expected; the standard's own rate."""

    observed: Floats
    expected: Floats
    ratio: Floats
    overall: Floats

    @property
    def adjusted(self) -> Floats:
        """Return the indirectly standardised rates: the standard's rate times the ratio."""
        return self.ratio * self.overall[..., None]


def divide(above: Floats, below: Floats) -> Floats:
    """Return above ÷ below, NaN where there is nothing to divide by."""
    if np.all(below > 0):
        return np.asarray(above / below)
    wide = np.broadcast_shapes(above.shape, below.shape)
    return np.divide(above, below, out=np.full(wide, np.nan), where=below > 0)


def indirect(events: Floats, base: Floats, standard: tuple[Floats, Floats] | None = None) -> Indirect:
    """Standardise areas (…, areas, strata) against a standard's events and base (…, strata); None: all areas together.

    A stratum that the standard does not have expects nothing.
    """
    of_all, base_of_all = standard or (events.sum(axis=-2), base.sum(axis=-2))
    rates = np.nan_to_num(divide(of_all, base_of_all))
    observed, expected = events.sum(axis=-1), (base * rates[..., None, :]).sum(axis=-1)
    overall = divide(of_all.sum(axis=-1), base_of_all.sum(axis=-1))
    return Indirect(observed, expected, divide(observed, expected), overall)


def on_odds(observed: float, expected: float, overall: float) -> float:
    """Return an indirectly standardised share that stays within 0…1: observed odds ÷ expected odds × overall odds.

    Where nearly everything is covered, ratio × overall passes 100 %. It is above (below, at) `overall` exactly where
    observed is above (below, at) expected, as the plain one is.
    """
    if observed in (0.0, 1.0) or observed == expected:
        return overall if observed == expected else observed
    inverse = (1 - observed) / observed * expected * (1 - overall)
    return overall * (1 - expected) / (overall * (1 - expected) + inverse) if expected < 1 else 0.0
