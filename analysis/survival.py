"""How long things last when some are not over yet: the Kaplan–Meier curve (Kaplan and Meier 1958, JASA 53:457–481)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import LEVEL

Values = NDArray[np.float64]
Counts = NDArray[np.int64]

HALF = 0.5
ROUNDING = 1e-12  # 1 − 1/2 as a product of fractions may miss one half by its last bit


@dataclass(frozen=True, slots=True)
class Curve:
    """The share not over after so many days, from day 0 to the longest time watched; a step down on each day of `days`.

    `at_risk`: how many were watched up to that day and not over before it. `lower`, `upper`: the range of `share_open`,
    None where all or none are over (there it has no width to estimate). `median`: the first day by which at least half
    are over, None if that was not seen.
    """

    days: tuple[float, ...]
    share_open: tuple[float, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    at_risk: tuple[int, ...]
    median: float | None
    ended: int
    open: int


def kaplan_meier(ended: Sequence[float], still_open: Sequence[float], level: float = LEVEL) -> Curve:
    """Return the curve of lengths: `ended` of what is over, `still_open` of what was watched so long and is not.

    What leaves on the day on which another ends was still at risk then. The range is the log-log one (Greenwood 1926;
    Kalbfleisch and Prentice 1980), which stays within 0 and 1. Without any length the curve is empty.
    """
    from scipy.stats import CensoredData, ecdf

    lengths = np.array([*ended, *still_open], dtype=float)
    if not len(lengths):
        return Curve((), (), (), (), (), None, 0, 0)
    fitted = ecdf(CensoredData(uncensored=list(ended), right=list(still_open))).sf
    days, shares = fitted.quantiles, fitted.probabilities
    at_risk = (lengths[:, None] >= days).sum(axis=0)
    over = (np.array(ended, dtype=float)[:, None] == days).sum(axis=0)
    low, high = _range(shares, at_risk, over, level)
    start = () if days[0] == 0 else (0.0,)
    halved = np.flatnonzero(shares <= HALF + ROUNDING)
    return Curve(
        days=(*start, *map(float, days)),
        share_open=(*(1.0 for _day in start), *map(float, shares)),
        lower=(*(None for _day in start), *low),
        upper=(*(None for _day in start), *high),
        at_risk=(*(len(lengths) for _day in start), *map(int, at_risk)),
        median=float(days[halved[0]]) if len(halved) else None,
        ended=len(ended),
        open=len(still_open),
    )


def _range(
    shares: Values, at_risk: Counts, over: Counts, level: float
) -> tuple[list[float | None], list[float | None]]:
    """Return the ends of the range of each share by Greenwood's variance on the log-log scale."""
    inside = (shares > 0) & (shares < 1)
    left = np.where(at_risk > over, at_risk - over, 1)  # all over at once: the share is 0 and has no range
    spread = np.sqrt(np.cumsum(over / (at_risk * left)))
    share = np.where(inside, shares, 0.5)
    width = NormalDist().inv_cdf((1 + level) / 2) * spread / -np.log(share)
    ends = (share ** np.exp(width), share ** np.exp(-width))
    low, high = ([float(end) if known else None for end, known in zip(side, inside, strict=True)] for side in ends)
    return low, high
