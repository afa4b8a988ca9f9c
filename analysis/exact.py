"""The exact Poisson range, for many areas at once: what Byar's approximation is held against."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.intervals import LEVEL

Values = NDArray[np.float64]


def exact_poisson(count: ArrayLike, exposure: ArrayLike, level: float = LEVEL) -> tuple[Values, Values]:
    """Return the ends of the exact interval of the rate count / exposure (Garwood 1936, Biometrika 28:437–442).

    0 cases begin at exactly 0; a missing count or no exposure gives NaN. It covers at least `level`, whatever the rate.
    """
    from scipy.special import gammaincinv

    cases, below = np.broadcast_arrays(np.asarray(count, dtype=float), np.asarray(exposure, dtype=float))
    outside, usable = (1 - level) / 2, (below > 0) & (cases >= 0)
    over = np.where(usable, below, np.nan)
    low = np.where(cases == 0, 0.0, gammaincinv(np.where(cases > 0, cases, 1.0), outside))
    return low / over, gammaincinv(np.where(usable, cases, 0.0) + 1, 1 - outside) / over
