"""How far each target is: done of planned beside the calendar, whether the year's end will bring it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from analysis.forecast import Forecast
from metrics.catalogue import Metric, catalogue
from metrics.phrases import schedule_share
from metrics.question import Question, Row
from metrics.scope import Option, communities
from metrics.targets.history import Foresight, foresight
from metrics.targets.listed import Target, indicators_of, is_added, targets
from metrics.values import ask
from metrics.warehouse import Warehouse

# What can be said of a target: reached, missed (the year is over), likely, open, unlikely; plan: only followed, never
# judged (`better: none`: hearings, disputes); unsaid: no forecast; unknown: nothing reported.
VERDICTS = ("reached", "missed", "likely", "open", "unlikely", "plan", "unsaid", "unknown")


@dataclass(frozen=True, slots=True)
class Progress:
    """One target of the street (`community_id` None) or of a community, at a month's end.

    `done` is the year's total so far (flows) or where the number stands (levels, shares); `share` is done ÷ target of
    what adds up. `schedule` is the share of the year that is over, only where tasks grow with it. `is_partial`: some
    reports are missing, or some communities with a target are left out because theirs are (`left_out`, by name).
    `stated` is the street's own row where its communities' tasks are added up instead and make another sum.
    """

    metric: Metric
    community_id: str | None
    community: str
    month: date
    target: float
    is_approx: bool
    done: float | None
    share: float | None
    schedule: float | None
    foresight: Foresight
    verdict: str
    is_partial: bool
    left_out: tuple[str, ...]
    stated: float | None
    sources: tuple[Target, ...]

    @property
    def forecast(self) -> Forecast | None:
        """Return what is expected at the year's end."""
        return self.foresight.forecast

    @property
    def is_final(self) -> bool:
        """Return whether the year is over."""
        return self.month.month == 12


def _is_reached(metric: Metric, done: float, target: float) -> bool:
    return done <= target + 1e-9 if metric.better == "lower" else done >= target - 1e-9


def _verdict(metric: Metric, done: float | None, target: float, month: date, found: Foresight) -> str:
    """Return what can be said; a total that may still rise has not kept below its bound before the year is over."""
    if done is None:
        return "unknown"
    if metric.better == "none":
        return "plan"
    may_rise = metric.better == "lower" and metric.time == "flow" and is_added(metric)
    if month.month == 12:
        return "reached" if _is_reached(metric, done, target) else "missed"
    if may_rise and done > target:
        return "missed"
    if not may_rise and metric.better == "higher" and is_added(metric) and metric.time == "flow" and done >= target:
        return "reached"
    if found.forecast is None:
        return "reached" if not may_rise and _is_reached(metric, done, target) else "unsaid"
    ends = (found.forecast.low, found.forecast.high)
    sure = [_is_reached(metric, end, target) for end in ends]
    return "likely" if all(sure) else "open" if any(sure) else "unlikely"


@lru_cache(maxsize=256)
def _now(warehouse: Warehouse, metric_id: str, month: date) -> tuple[Row, dict[str, Row]]:
    """Return where the street and its communities are: totals since January, or the state at the month's end."""
    period = "ytd" if catalogue()[metric_id].time == "flow" else None
    street = ask(warehouse, Question(metric_id, (), month, period=period)).row
    if "community" not in catalogue()[metric_id].dimensions:
        return street, {}
    rows = ask(warehouse, Question(metric_id, ("community",), month, period=period)).rows
    return street, {row.keys["community_id"] or "": row for row in rows}


def _whole(row: Row | None) -> float | None:
    """Return a row's value where all of its months are known."""
    return None if row is None or row.known < row.expected else row.value


def _one(
    warehouse: Warehouse,
    metric: Metric,
    place: Option | None,
    target: float,
    row: Row | None,
    sources: tuple[Target, ...],
    month: date,
) -> Progress:
    done = None if row is None else row.value
    is_partial = row is not None and row.is_partial
    of_whom = (place.id,) if place else None
    seen = Foresight(None) if done is None or is_partial else foresight(warehouse, metric.id, month, done, of_whom)
    return Progress(
        metric, place.id if place else None, place.title if place else warehouse.street, month, target,
        any(one.is_approx for one in sources), done, _share(metric, done, target), _schedule(metric, month), seen,
        _verdict(metric, done, target, month, seen), is_partial, (), None, sources,
    )  # fmt: skip


def _share(metric: Metric, done: float | None, target: float) -> float | None:
    """Return done of planned; a share is held against its target, not divided by it."""
    return None if done is None or not target or not is_added(metric) or metric.better == "lower" else done / target


def _schedule(metric: Metric, month: date) -> float | None:
    return schedule_share(month) if metric.time == "flow" and is_added(metric) and metric.better != "lower" else None


def _added_up(
    warehouse: Warehouse,
    metric: Metric,
    own: tuple[Target, ...],
    rows: dict[str, Row],
    stated: Target | None,
    month: date,
) -> Progress:
    """Return the street as the sum of its communities' tasks; one whose year is not known whole is in neither side."""
    titles = {option.id: option.title for option in communities(warehouse)}
    counted = [one for one in own if _whole(rows.get(one.community_id or "")) is not None]
    left = tuple(titles.get(one.community_id or "", "") for one in own if one not in counted)
    target = sum(one.value for one in counted or own)
    done = sum(_whole(rows[one.community_id or ""]) or 0 for one in counted) if counted else None
    of_whom = tuple(sorted(one.community_id or "" for one in counted))
    whole = None if len(of_whom) == len(titles) else of_whom
    seen = Foresight(None) if done is None else foresight(warehouse, metric.id, month, done, whole)
    other = stated.value if stated and stated.value != sum(one.value for one in own) else None
    return Progress(
        metric, None, warehouse.street, month, target, any(one.is_approx for one in counted), done,
        _share(metric, done, target), _schedule(metric, month), seen, _verdict(metric, done, target, month, seen),
        bool(left), left, other, own,
    )  # fmt: skip


def progress_of(warehouse: Warehouse, metric_id: str, month: date) -> tuple[Progress, ...]:
    """Return one metric's targets of the month's year: the street first (where it has one), then the communities."""
    metric = catalogue()[metric_id]
    mine = [one for one in targets(warehouse, month.year) if one.indicator == metric_id]
    stated = next((one for one in mine if one.community_id is None), None)
    own = tuple(one for one in mine if one.community_id is not None)
    street, rows = _now(warehouse, metric_id, month)
    found = []
    # Where only some communities were given a part, the street's task is the street's own row.
    if own and is_added(metric) and (not stated or len(own) == len(communities(warehouse))):
        found.append(_added_up(warehouse, metric, own, rows, stated, month))
    elif stated and metric.unit != "meeting":  # the street's own meetings are no community's: the planner follows them
        found.append(_one(warehouse, metric, None, stated.value, street, (stated,), month))
    by_place = {one.community_id: one for one in own}
    for place in communities(warehouse):
        if one := by_place.get(place.id):
            found.append(_one(warehouse, metric, place, one.value, rows.get(place.id), (one,), month))
    return tuple(found)


@lru_cache(maxsize=64)
def progress(warehouse: Warehouse, month: date) -> tuple[Progress, ...]:
    """Return every target of the month's year, metric by metric in the catalogue's order."""
    names = indicators_of(targets(warehouse, month.year))
    return tuple(one for name in names for one in progress_of(warehouse, name, month))
