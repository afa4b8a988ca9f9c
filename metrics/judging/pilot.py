"""试点成效: a pilot community against the others, before and after its start (difference in differences).

For analysts alone: 12 communities are few, and a pilot is not chosen by lot. Nothing of it goes into a briefing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from metrics.catalogue import Metric, catalogue, metric_of
from metrics.periods import parse_month, shift, span
from metrics.question import Question, Row
from metrics.scope import communities, months, setting_number, settings
from metrics.values import ask, scale
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    from analysis.did import Effect, Panel

# What such a pilot is for: fewer disputes, known earlier, settled by mediation and in time.
OUTCOMES = (
    "disputes_per_1000_workers",
    "disputes_preceded_by_report_rate",
    "mediation_success_of_closed",
    "hazard_resolved_rate",
    "case_steps_overdue_rate",
)
YEAR, MOST_YEARS = 12, 3  # whole years before the start: every season is in them
Months = tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Pilot:
    """A community that the street has set as a pilot, and its first month."""

    community_id: str
    community: str
    start: date


@dataclass(frozen=True, slots=True)
class Place:
    """One community: its value before and after, how far its change lies from the others', how far is usual."""

    community_id: str
    community: str
    is_pilot: bool
    before: float
    after: float
    gap: float
    usual: float


@dataclass(frozen=True)
class Found:
    """What before and after tell of a pilot; `why_not` says why there is no `effect`.

    `earlier`: the same computed inside the months before, the first half against the second: what is found there cannot
    come from the pilot. `detectable`: how large an effect would have to be to be seen. `inside`: ids of those compared;
    `left_out`: names of those without enough months; `other_pilots` are compared with nobody.
    """

    pilot: Pilot
    metric: Metric
    before: Months = ()
    after: Months = ()
    effect: Effect | None = None
    earlier: Effect | None = None
    detectable: float | None = None
    places: tuple[Place, ...] = ()
    inside: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    other_pilots: tuple[str, ...] = ()
    why_not: str = ""


def pilots(warehouse: Warehouse) -> tuple[Pilot, ...]:
    """Return the street's pilots in official order; a code that is no community of the street is left out."""
    known = settings(warehouse)
    found = ((one, known.get(f"pilot:{one.id}")) for one in communities(warehouse))
    return tuple(Pilot(one.id, one.title, parse_month(start)) for one, start in found if start)


def outcomes() -> tuple[str, ...]:
    """Return the metrics that a pilot can be judged by."""
    return tuple(name for name in OUTCOMES if name in catalogue())


@lru_cache(maxsize=64)
def judged(warehouse: Warehouse, pilot: Pilot, metric_id: str, month: date) -> Found:
    """Return what the months up to `month` tell of a pilot by one metric."""
    from analysis.did import detectable, effect_of

    metric = metric_of(metric_id)
    before, after = windows(warehouse, pilot, metric, month)
    found = Found(pilot, metric, before, after)
    if not before or len(after) < YEAR:
        return _refused(found, "before" if not before else "after")
    inside, left_out, others = _compared(warehouse, found)
    found = Found(pilot, metric, before, after, left_out=left_out, other_pilots=others)
    if pilot.community_id not in inside:
        return _refused(found, "own")
    effect = effect_of(_panel(warehouse, found, inside, before, after))
    if effect is None:
        return _refused(found, "few")
    half = len(before) // 2
    return Found(
        pilot=pilot, metric=metric, before=before, after=after, effect=effect,
        earlier=_earlier(warehouse, found, inside, before[:half], before[half:]), detectable=detectable(effect),
        places=_places(warehouse, found, inside, effect), inside=inside, left_out=left_out, other_pilots=others,
    )  # fmt: skip


def _refused(found: Found, why: str) -> Found:
    return Found(found.pilot, found.metric, found.before, found.after, left_out=found.left_out, why_not=why)


def windows(warehouse: Warehouse, pilot: Pilot, metric: Metric, month: date) -> tuple[Months, Months]:
    """Return the months before (whole years, at most three, without a gap up to the start) and those after."""
    axis = months(warehouse)
    if pilot.start <= axis[0] or pilot.start > month:
        return (), span(pilot.start, month) if pilot.start <= month else ()
    rows = ask(warehouse, Question(metric.id, ("month",), shift(pilot.start, -1), axis[0])).rows
    enough = setting_number(warehouse, "workers_covered_share")
    usable = 0
    for row in reversed(rows):
        if row.known < enough * row.expected or (row.value is None and row.item_missing):
            break
        usable += 1
    years = min(usable // YEAR, MOST_YEARS)
    before = span(shift(pilot.start, -YEAR * years), shift(pilot.start, -1)) if years else ()
    return before, span(pilot.start, month)


def _answer(warehouse: Warehouse, metric: Metric, within: Months) -> dict[str, Row]:
    asked = Question(metric.id, ("community",), within[-1], within[0])
    return {row.keys["community_id"] or "": row for row in ask(warehouse, asked).rows}


def _compared(warehouse: Warehouse, found: Found) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return who is compared: ids in official order, then the names of those left out and of the other pilots."""
    enough = setting_number(warehouse, "workers_covered_share")
    sides = [_answer(warehouse, found.metric, within) for within in (found.before, found.after)]
    treated = {one.community_id for one in pilots(warehouse)} - {found.pilot.community_id}
    inside: list[str] = []
    left_out: list[str] = []
    for one in communities(warehouse):
        rows = [side.get(one.id) for side in sides]
        is_whole = all(row and row.denominator and row.known >= enough * row.expected for row in rows)
        if one.id not in treated:
            (inside if is_whole else left_out).append(one.id if is_whole else one.title)
    others = tuple(one.title for one in communities(warehouse) if one.id in treated)
    return tuple(inside), tuple(left_out), others


def _panel(warehouse: Warehouse, found: Found, inside: tuple[str, ...], before: Months, after: Months) -> Panel:
    import numpy as np

    from analysis.did import Panel

    def side(within: Months) -> tuple[np.ndarray, np.ndarray]:
        rows = _answer(warehouse, found.metric, within)
        both = [(rows[one].numerator or 0, rows[one].denominator or 0) for one in inside]  # known: none of it is 0
        return np.array([y for y, _x in both], float), np.array([x for _y, x in both], float)

    return Panel(
        before=side(before),
        after=side(after),
        treated=inside.index(found.pilot.community_id),
        scales=(scale(found.metric, len(before)), scale(found.metric, len(after))),
        kind="proportion" if found.metric.kind == "proportion" else "rate",
    )


def _earlier(
    warehouse: Warehouse, found: Found, inside: tuple[str, ...], before: Months, after: Months
) -> Effect | None:
    """Return the effect of a start in the middle of the months before; None where a half has no denominator."""
    from analysis.did import effect_of

    panel = _panel(warehouse, found, inside, before, after)
    return effect_of(panel) if panel.before[1].all() and panel.after[1].all() else None


def _places(warehouse: Warehouse, found: Found, inside: tuple[str, ...], effect: Effect) -> tuple[Place, ...]:
    before, after = (_answer(warehouse, found.metric, within) for within in (found.before, found.after))
    return tuple(
        Place(
            community_id=one,
            community=before[one].keys["community"] or "",
            is_pilot=index == effect.treated,
            before=before[one].value or 0.0,  # known and divided: none of it is 0
            after=after[one].value or 0.0,
            gap=float(effect.gaps[index]),
            usual=float(effect.usual[index]),
        )
        for index, one in enumerate(inside)
    )


def questions(found: Found) -> dict[str, tuple[Question, Question]]:
    """Return what the pilot's own number and that of the others together answer: before, after, quarter by quarter."""
    own = found.pilot.community_id
    sides = (own,), tuple(one for one in found.inside if one != own)

    def asked(by: tuple[str, ...], within: Months, period: str | None = None) -> tuple[Question, Question]:
        first, last = within[0], within[-1]
        ours, theirs = (Question(found.metric.id, by, last, first, period, (("community", ids),)) for ids in sides)
        return ours, theirs

    whole = (*found.before, *found.after)
    return {
        "before": asked((), found.before), "after": asked((), found.after), "course": asked(("month",), whole, "quarter"),
    }  # fmt: skip
