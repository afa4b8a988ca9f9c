"""Does a list of the most likely name those to whom it happens? Judged month by month against another list.

Lists and events are given as plain Python; what was known when is the caller's to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

DRAWS, SEED, LEVEL = 2_000, 20181201, 0.95  # fixed, so that the same question has the same answer


@dataclass(frozen=True, slots=True)
class Hits:
    """How a month's list fared: those named, those named to whom it happened, all to whom it happened.

    `lead_days`: days from the list to the event, one for each hit, in the list's order.
    """

    listed: int
    hits: int
    events: int
    lead_days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A run of lists: precision (hits ÷ named), recall (hits ÷ events), median days ahead; None where nothing divides."""

    listed: int
    hits: int
    events: int
    precision: float | None
    recall: float | None
    lead_days: float | None


def hits_of(listed: Sequence[str], days_to_event: Mapping[str, int]) -> Hits:
    """Return how a list fared; `days_to_event` has everyone to whom it happens in the window, listed or not."""
    leads = tuple(days_to_event[one] for one in listed if one in days_to_event)
    return Hits(len(listed), len(leads), len(days_to_event), leads)


def score_of(months: Sequence[Hits]) -> Score:
    """Return the months taken together: sums divided, never a mean of monthly shares."""
    listed, hits, events = (sum(getattr(month, name) for month in months) for name in ("listed", "hits", "events"))
    leads = [days for month in months for days in month.lead_days]
    return Score(
        listed=listed,
        hits=hits,
        events=events,
        precision=hits / listed if listed else None,
        recall=hits / events if events else None,
        lead_days=float(np.median(leads)) if leads else None,
    )


def difference_range(ours: Sequence[Hits], theirs: Sequence[Hits], block: int) -> tuple[float, float] | None:
    """Return the 95 % range of the difference in precision (ours − theirs), None for fewer than four blocks of months.

    Windows of neighbouring months overlap, so whole runs of `block` months are drawn (circular block bootstrap, Politis
    & Romano 1992); both lists of a month stay together.
    """
    n = len(ours)
    if n < 4 * block:
        return None
    counts = np.array([[a.hits, a.listed, b.hits, b.listed] for a, b in zip(ours, theirs, strict=True)], float)
    starts = np.random.default_rng(SEED).integers(0, n, (DRAWS, -(-n // block)))
    drawn = ((starts[:, :, None] + np.arange(block)) % n).reshape(DRAWS, -1)[:, :n]
    sums = counts[drawn].sum(1)
    usable = sums[(sums[:, 1] > 0) & (sums[:, 3] > 0)]
    if not len(usable):
        return None
    difference = usable[:, 0] / usable[:, 1] - usable[:, 2] / usable[:, 3]
    low, high = np.quantile(difference, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)
