"""Where a difference of two rates comes from: the make-up of what is counted, or the rates of like with like.

Kitagawa 1955 (JASA 50:1168–1194): with shares w and rates r of strata in populations a and b,
    R_a − R_b = Σ (w_a − w_b)(r_a + r_b)/2  +  Σ (r_a − r_b)(w_a + w_b)/2.
                composition                    rate
There is no rest. Each stratum's share of the composition is measured from the mean of both rates, which leaves the sum
as it is: more of a stratum lowers the whole only where that stratum's rate lies below the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.standardise import divide

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Split:
    """What each stratum adds to the difference of two rates (…, strata): by its share and by its rate."""

    mix: Floats
    rate: Floats


@dataclass(frozen=True)
class Growth:
    """What a change in the number of events comes from: more to count, another make-up, other rates (…)."""

    size: Floats
    mix: Floats
    rate: Floats


def kitagawa(events: Floats, base: Floats, events_before: Floats, base_before: Floats) -> Split:
    """Split the difference of two rates Σevents/Σbase, the second taken from the first; all arrays (…, strata).

    A stratum that one side lacks has no rate there: it is given the other side's, so that what comes or goes counts as
    composition. Events without a base (5 members, 0 workers) count as rate. A side without any base gives NaN.
    """
    total, total_before = base.sum(axis=-1, keepdims=True), base_before.sum(axis=-1, keepdims=True)
    share, share_before = divide(base, total), divide(base_before, total_before)
    rate, rate_before = _rates(events, base, events_before, base_before)
    middle = divide(events.sum(axis=-1, keepdims=True), total)
    middle = (middle + divide(events_before.sum(axis=-1, keepdims=True), total_before)) / 2
    mix = (share - share_before) * ((rate + rate_before) / 2 - middle)
    alike = (rate - rate_before) * (share + share_before) / 2
    return Split(
        mix, alike + _without_base(events, base, total) - _without_base(events_before, base_before, total_before)
    )


def _rates(events: Floats, base: Floats, events_before: Floats, base_before: Floats) -> tuple[Floats, Floats]:
    """Return both sides' rates; a side without the stratum has the other's, where neither has it there is no weight."""
    rate, rate_before = divide(events, base), divide(events_before, base_before)
    lacks, lacked = np.isnan(rate), np.isnan(rate_before)
    if lacks.any() or lacked.any():
        rate, rate_before = np.where(lacks, rate_before, rate), np.where(lacked, rate, rate_before)
        return np.nan_to_num(rate), np.nan_to_num(rate_before)
    return rate, rate_before


def _without_base(events: Floats, base: Floats, total: Floats) -> Floats | float:
    """Return what events without a base add to the rate of their side."""
    stray = (base <= 0) & (events != 0)
    return np.where(stray, divide(events, total), 0.0) if stray.any() else 0.0


def growth(events: Floats, base: Floats, events_before: Floats, base_before: Floats) -> Growth:
    """Split the change in the number of events: N·R − N₀·R₀ = (N − N₀)·R̄ + N̄·composition + N̄·rate, without a rest."""
    split = kitagawa(events, base, events_before, base_before)
    total, total_before = base.sum(axis=-1), base_before.sum(axis=-1)
    rates = divide(events.sum(axis=-1), total) + divide(events_before.sum(axis=-1), total_before)
    middle = (total + total_before) / 2
    return Growth((total - total_before) * rates / 2, middle * split.mix.sum(axis=-1), middle * split.rate.sum(axis=-1))
