"""Whether two numbers of the same place differ by more than the usual ups and downs.

Three sigmas, as in the control charts (analysis/control.py): a number that is looked at every month must not cry wolf.
Arrays in and out, or plain floats; each function returns z, the difference in units of its own standard error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SIGMAS = 3.0


def events_z(now: Any, before: Any, share: Any = 0.5, spread: Any = 1.0, step: Any = 1.0) -> Array:
    """Return z of two Poisson counts; `share` is now's part of both exposures (0.5 where they are equal).

    Given their sum, `now` is binomial (Przyborowski & Wilenski 1940, Biometrika 31:313–323); half a `step` is taken off
    for continuity (0 for what is not counted in ones). `spread` ≥ 1 is by how much more than Poisson's σ the months vary.
    Without any event z is 0.
    """
    now, share = np.asarray(now, float), np.asarray(share, float)
    total = now + before
    off = np.abs(now - total * share) - step / 2
    sigma = np.sqrt(total * share * (1 - share)) * spread
    z = np.divide(np.maximum(off, 0), sigma, out=np.zeros(np.broadcast(off, sigma).shape), where=sigma > 0)
    return np.asarray(np.copysign(z, now - total * share))


@dataclass(frozen=True, slots=True)
class Units:
    """The same units before and now: numerator y and denominator x of each, 0 where a unit is not there."""

    y_now: Array
    x_now: Array
    y_before: Array
    x_before: Array


def level_z(units: Units) -> float:
    """Return z of a change of Σy when units come, go and change independently.

    Σd ÷ √Σd² over the units' own changes d; where they change by one it is McNemar's test with continuity (McNemar
    1947, Psychometrika 12:153–157; Edwards 1948). Units that stay as they were say nothing. Without changes z is 0.
    """
    changes = units.y_now - units.y_before
    squares = float(changes @ changes)
    if not squares:
        return 0.0
    step = 1.0 if np.isin(changes, (-1, 0, 1)).all() else 0.0
    total = float(changes.sum())
    return float(np.copysign(max(abs(total) - step, 0.0) / np.sqrt(squares), total))


def ratio_z(units: Units) -> tuple[float, float]:
    """Return z of a change of the ratio Σy ÷ Σx, and its degrees of freedom.

    Each unit's part in the change is linearised, d = (y′ − R′x′)/Σx′ − (y − Rx)/Σx, so that a unit that is there both
    times counts once (Cochran 1977, ch. 6; Wolter 2007, Introduction to Variance Estimation, ch. 6). A few giants make
    fewer independent units: (Σd²)²/Σd⁴ − 1 degrees of freedom, at least 1 (Kish 1965).
    """
    total_now, total_before = float(units.x_now.sum()), float(units.x_before.sum())
    if not total_now or not total_before:
        return 0.0, 1.0
    now, before = float(units.y_now.sum()) / total_now, float(units.y_before.sum()) / total_before
    parts = (units.y_now - now * units.x_now) / total_now - (units.y_before - before * units.x_before) / total_before
    squares, count = parts**2, len(parts)
    total = float(squares.sum())
    if count < 2 or total <= 0 or now == before:
        return 0.0, 1.0
    freedom = max(total**2 / float((squares**2).sum()) - 1, 1.0)
    return float((now - before) / np.sqrt(count / (count - 1) * total)), freedom


def needed(freedom: float = np.inf) -> float:
    """Return how large |z| must be: 3, or the quantile of Student's t that is as rare.

    Expansion in 1/freedom (Abramowitz & Stegun 1964, 26.7.5), within 2 % from 5 degrees of freedom on.
    """
    z = SIGMAS
    terms = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
