"""Does a list of the most likely name those to whom it happens? Judged month by month against another list.

Lists and events are given as plain Python; what was known when is the caller's to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

DRAWS, SEED, LEVEL = 2_000, 20181201, 0.95  # fixed, so that the same question has the same answer
FEWEST = 20  # different ones that each list must have named: fewer say too little of chance


@dataclass(frozen=True, slots=True)
class Hits:
    """How a month's list fared: those named, those named to whom it happened, all to whom it happened.

    `lead_days`: days from the list to the event, one for each hit, in the list's order. `named`: everyone on the list,
    and whether it happened.
    """

    listed: int
    hits: int
    events: int
    lead_days: tuple[int, ...]
    named: tuple[tuple[str, bool], ...] = field(default=(), compare=False)


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
    return Hits(
        len(listed), len(leads), len(days_to_event), leads, tuple((one, one in days_to_event) for one in listed)
    )


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


def difference_range(ours: Sequence[Hits], theirs: Sequence[Hits]) -> tuple[float, float] | None:
    """Return the 95 % range of the difference in precision (ours − theirs), None where a list has named fewer than 20.

    The same are named month after month and the windows overlap, so months are no independent draws: the named are
    drawn, each with all its months on both lists (cluster bootstrap, Field and Welsh 2007). Drawing runs of months
    instead called one of two equal lists better in 8–10 % of simulated histories, this in 1–4 % (docs/analysis.md).
    """
    counts = _by_named(ours, theirs)
    if min(np.count_nonzero(counts[:, 1]), np.count_nonzero(counts[:, 3])) < FEWEST:
        return None
    n = len(counts)
    sums = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), DRAWS) @ counts
    usable = sums[(sums[:, 1] > 0) & (sums[:, 3] > 0)]
    difference = usable[:, 0] / usable[:, 1] - usable[:, 2] / usable[:, 3]
    low, high = np.quantile(difference, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)


def _by_named(ours: Sequence[Hits], theirs: Sequence[Hits]) -> NDArray[np.int64]:
    """Return one row for each that was ever named: hits and months on our list, hits and months on theirs."""
    found: dict[str, list[int]] = {}
    for place, months in ((0, ours), (2, theirs)):
        for name, happened in (named for month in months for named in month.named):
            row = found.setdefault(name, [0, 0, 0, 0])
            row[place] += happened
            row[place + 1] += 1
    return np.array([found[name] for name in sorted(found)], dtype=np.int64).reshape(-1, 4)
