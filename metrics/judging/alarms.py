"""异动提示: which communities' disputes of a cause stand out in a month, and how much of that is to be expected of chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from etl.notes import add_note, notes
from metrics.judging.watched import BASELINE, METRIC, RUN, Series, Watched, least_cases, watched
from metrics.known import known_side
from metrics.periods import parse_month, span
from metrics.scope import communities, settings
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    from analysis.alarms import Calls
    from analysis.cusum import Null
    from analysis.surveillance import Array, Numbers

FALSE_SHARE = 0.1  # a generation built before the settings existed knows no `alarm_false_share`
OPEN = "open"
Steps = tuple[tuple[str, str, date], ...]  # metric with its conditions, community id or "" for all, first month


@dataclass(frozen=True, slots=True)
class Alarm:
    """A series that stands out in the month: by this month's count (`jump`) or by a rise since an earlier one (`slow`).

    `count` is the month's cases, `usual_most` what it seldom passes; `run_count` and `run_usual_most` are the same of
    all months from `since` on. `p` is the chance of so much if all were usual, `q` the false discovery rate at which it
    is called. `answer` is one of etl.notes.ANSWERS: open until the street has answered for this month.
    """

    series: str
    community_id: str
    community: str
    cause_id: str
    cause: str
    causes: tuple[str, ...]  # the ids of the rare causes that stand together, if so
    kind: str
    since: date
    count: int
    usual_most: int
    run_count: int
    run_usual_most: int
    p: float
    q: float
    answer: str = OPEN
    reason: str = ""
    answered_on: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """What was watched in a month, the alarms (the least likely first), and how many a year would be false by chance.

    `unreported`: communities whose disputes of the month are not in; they are not watched (`is_unreported`: all are
    so). `false_per_year` is None where nothing could be watched.
    """

    month: date
    series_watched: int
    false_per_year: float | None
    alarms: tuple[Alarm, ...]
    unreported: tuple[str, ...] = ()
    is_unreported: bool = False

    @property
    def is_quiet(self) -> bool:
        """Return whether something was watched and nothing stands out."""
        return bool(self.series_watched) and not self.alarms


def watch(warehouse: Warehouse, month: date, street: Path | None = None, *, is_simulated: bool = True) -> Watch:
    """Return a month's alarms; `street` is the folder whose answers and declared step changes hold.

    Without the simulation (half of the time) the alarms are the same and `false_per_year` is None. StreetError where one
    of the street's notes is damaged.
    """
    found = _watch(warehouse, month, _steps(street) if street else (), is_simulated)
    answers = {(note["series"], note["month"]): note for note in notes(street, "alarm_answers")} if street else {}
    kept = (answers.get((alarm.series, f"{month:%Y-%m}")) for alarm in found.alarms)
    return replace(found, alarms=tuple(map(_answered, found.alarms, kept)))


def _answered(alarm: Alarm, note: dict[str, str] | None) -> Alarm:
    if note is None:
        return alarm
    return replace(alarm, answer=note["answer"] or OPEN, reason=note["reason"], answered_on=note["answered_on"])


def answer_alarm(street: Path, series: str, month: date, answer: str, reason: str = "") -> None:
    """Keep the street's answer to a month's alarm; StreetError where the reason is too long or the disk refuses."""
    add_note(street, "alarm_answers", series=series, month=f"{month:%Y-%m}", answer=answer, reason=reason)


def _steps(street: Path) -> Steps:
    found = notes(street, "step_changes")
    return tuple((note["metric"], note["community_id"], parse_month(note["month"])) for note in found)


@lru_cache(maxsize=64)
def _watch(warehouse: Warehouse, month: date, steps: Steps, is_simulated: bool) -> Watch:
    listed = {community.id: community.title for community in communities(warehouse)}
    reported = known_side(warehouse, METRIC).get(month, frozenset())
    unreported = tuple(title for community_id, title in listed.items() if community_id not in reported)
    share = float(settings(warehouse).get("alarm_false_share", FALSE_SHARE))
    found = judged(watched(warehouse, month), steps, share, least_cases(warehouse), is_simulated)
    return replace(found, unreported=unreported, is_unreported=len(unreported) == len(listed))


def judged(seen: Watched, steps: Steps, false_share: float, least: int, is_simulated: bool = True) -> Watch:
    """Return the newest month's alarms; without the simulation `false_per_year` stays None."""
    if not seen.series or len(seen.months) <= RUN:
        return Watch(seen.months[-1], 0, None, ())
    from analysis.alarms import Rule, calls, false_per_year
    from analysis.cusum import chances, moves, null_of, part
    from analysis.surveillance import Design, expectation

    seen, design, rule = _rebased(seen, steps), Design(baseline=BASELINE, run=RUN), Rule(false_share, least)
    expected = expectation(seen.counts, seen.workers, _calendar(seen), _groups(seen), design, span=2 * RUN)
    two_years = null_of(expected, design.level)
    null, counts = part(two_years, slice(-RUN, None)), seen.counts[:, -RUN:]
    found = calls(counts, null, chances(moves(null), np.isfinite(counts + null.mean)), rule)
    is_watched = np.isfinite(counts[:, -1] + null.mean[:, -1])
    often = false_per_year(two_years, rule) if is_simulated and is_watched.any() else None
    return Watch(seen.months[-1], int(is_watched.sum()), often, _alarms(seen, counts, null, found))


def _calendar(seen: Watched) -> Numbers:
    return np.array([month.month - 1 for month in seen.months])


def _groups(seen: Watched) -> Numbers:
    """Return the group of each series that shares a season: its cause."""
    return np.unique([one.cause_id for one in seen.series], return_inverse=True)[1]


def _alarms(seen: Watched, counts: Array, null: Null, found: Calls) -> tuple[Alarm, ...]:
    from analysis.alarms import in_run, usual_cases

    called = sorted(map(int, np.flatnonzero(found.jump | found.slow)), key=lambda index: found.p[index])
    usual = usual_cases(in_run(found.start, counts, null), null)
    return tuple(_alarm(seen, null, found, index, usual[index]) for index in called)


def _alarm(seen: Watched, null: Null, found: Calls, index: int, run_usual: float) -> Alarm:
    one, run, is_slow = seen.series[index], seen.months[-RUN:], bool(found.slow[index])
    count, usual = int(seen.counts[index, -1]), int(null.limit[index, -1])
    return Alarm(
        one.id,
        one.community_id,
        one.community,
        one.cause_id,
        one.cause,
        one.causes,
        "slow" if is_slow else "jump",
        run[found.start[index]] if is_slow else run[-1],
        count,
        usual,
        int(found.cases[index]) if is_slow else count,
        int(run_usual) if is_slow else usual,
        float(found.p[index]),
        float(found.q[index]),
    )


def _rebased(seen: Watched, steps: Steps) -> Watched:
    """Return the series as declared step changes leave them, the earliest first; those after the last month say nothing."""
    from analysis.surveillance import rebased

    counts, workers, calendar, groups = seen.counts, seen.workers, _calendar(seen), _groups(seen)
    for metric, community_id, month in sorted(steps, key=lambda step: step[2]):
        scope = np.array([_is_in(one, metric, community_id) for one in seen.series])
        if seen.months[0] < month <= seen.months[-1] and scope.any():
            step = len(span(seen.months[0], month)) - 1
            counts, workers = rebased(counts, workers, calendar, groups, step, scope)
    return replace(seen, counts=counts, workers=workers)


def _is_in(one: Series, metric: str, community_id: str) -> bool:
    """Return whether a step change declared for a metric (with its conditions) and community is one of this series."""
    return metric in (METRIC, f"{METRIC}:cause={one.cause_id}") and community_id in ("", one.community_id)
