"""异动提示 on 200 sample streets: how soon the planted rise is called, and how often what was not planted is.

`python -m benchmarks.alarms` prints the table of docs/analysis.md and writes it between its two marks there. Counts come
straight from the sample's enterprises and cases, without files; what is asked of them is what a page asks.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from etl.sample.disputes import MISSING_PLACE, NOISY_MONTH, NOISY_PLACE, RISE_FROM, RISE_PLACE, YEARS, Case, all_cases
from etl.sample.enterprises import LAST, SNAPSHOTS, Enterprise
from etl.sample.exceptions import all_enterprises
from etl.sample.places import COMMUNITIES
from metrics.judging.alarms import Alarm, Watch, judged
from metrics.judging.watched import BASELINE, RUN, Watched, grouped, together
from metrics.periods import span
from metrics.scope import Option

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "analysis.md"
BEGIN, END = "<!-- alarms begin -->", "<!-- alarms end -->"
SHARE = 0.1  # false discovery rate: the setting's default
SIMULATED = 10  # every tenth street is asked how many false calls it expects of itself: that is much of the work
LEAST = 3
YEAR = span(date(2018, 1, 1), LAST.replace(day=1))
AXIS = span(date(YEARS[0], 1, 1), YEAR[-1])
RISE = (RISE_PLACE, "01")
HEAD = (
    "false share",
    "called within 3 months",
    "4 months",
    "6 months",
    "noisy month called a rise",
    "false calls a year",
    "what the program says",
)


@dataclass(frozen=True)
class Sample:
    """One street's counts by community and main cause, and the workers of each community, by month."""

    counts: dict[str, dict[Option, np.ndarray]]
    workers: dict[str, np.ndarray]


def sample(seed: int) -> Sample:
    """Return the counts of the street that `union-atlas sample --seed` would write."""
    enterprises = all_enterprises(seed, 1)
    cases = all_cases(enterprises, seed, 1)
    return Sample(_counts(cases), _workers(enterprises))


def _counts(cases: Sequence[Case]) -> dict[str, dict[Option, np.ndarray]]:
    places = {month: place for place, month in enumerate(AXIS)}
    found: dict[str, dict[Option, np.ndarray]] = {place.name: {} for place in COMMUNITIES}
    for case in sorted(cases, key=lambda case: case.causes[0]):
        cause = Option(case.causes[0], case.causes[0])
        row = found[case.community].setdefault(cause, np.zeros(len(AXIS)))
        row[places[case.received.replace(day=1)]] += 1
    for row in found[MISSING_PLACE].values():
        row[places[LAST.replace(day=1)]] = np.nan  # 未报
    return found


def _workers(enterprises: Sequence[Enterprise]) -> dict[str, np.ndarray]:
    """Return the workers of each community by month: those of the newest register, before the first one its."""
    held: Counter[tuple[str, date]] = Counter()
    for day in SNAPSHOTS:
        for enterprise in enterprises:
            if enterprise.founded <= day and enterprise.operates(day):
                held[enterprise.community_at(day), day] += enterprise.workers_at(day)
    days = [max((day for day in SNAPSHOTS if day.replace(day=1) <= month), default=SNAPSHOTS[0]) for month in AXIS]
    return {place.name: np.array([held[place.name, day] for day in days], float) for place in COMMUNITIES}


def watched_in(street: Sample, month: date) -> Watched:
    """Return what is watched in a month, as `metrics.judging.watched` reads it from a warehouse."""
    months = slice(max(AXIS.index(month) + 1 - BASELINE - RUN, 0), AXIS.index(month) + 1)
    series = []
    for name, by_cause in street.counts.items():
        series += grouped(Option(name, name), {cause: row[months] for cause, row in by_cause.items()}, LEAST)
    return together(AXIS[months], series, {name: row[months] for name, row in street.workers.items()})


@dataclass(frozen=True)
class Outcome:
    """What one street's year brought: months from the rise to its alarm (None: never), and what was called falsely."""

    wait: int | None
    is_noise_a_rise: bool
    false: int
    said: float | None


def outcome(watches: Sequence[Watch]) -> Outcome:
    """Judge a year of watches, January first; the last one may have been simulated."""
    waits, false, before, is_noise_a_rise = [], 0, set[tuple[str, str]](), False
    for found in watches:
        called = {(alarm.community, alarm.cause_id): alarm for alarm in found.alarms}
        if RISE in called and found.month >= RISE_FROM:
            waits.append(len(span(RISE_FROM, found.month)))
        noisy = {series for series, alarm in called.items() if _rests_on_noise(alarm, found.month)}
        rise = {RISE} if found.month >= RISE_FROM else set()
        false += len(set(called) - before - noisy - rise)
        is_noise_a_rise |= any(called[series].kind == "slow" for series in noisy)
        before = set(called)
    return Outcome(min(waits, default=None), is_noise_a_rise, false, watches[-1].false_per_year)


def _rests_on_noise(alarm: Alarm, month: date) -> bool:
    """Return whether the noisy month's extra cases are among those that an alarm rests on."""
    return alarm.community == NOISY_PLACE and alarm.since <= NOISY_MONTH <= month


def year(street: Sample, share: float, is_simulated: bool) -> Outcome:
    """Return what the alarms of 2018 are worth at one false discovery rate."""
    watches = [
        judged(watched_in(street, month), (), share, LEAST, is_simulated and month == YEAR[-1]) for month in YEAR
    ]
    return outcome(watches)


def _line(share: float, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    count = len(outcomes)
    hits = [sum(one.wait is not None and one.wait <= months for one in outcomes) for months in (3, 4, 6)]
    noise, false = sum(one.is_noise_a_rise for one in outcomes), statistics.mean(one.false for one in outcomes)
    said = statistics.mean(one.said for one in outcomes if one.said is not None)
    shares = (f"{hit / count:.1%}" for hit in hits)
    return (f"{share:.0%}", *shares, f"{noise / count:.1%}", f"{false:.2f}", f"{said:.2f}")


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    rows = [HEAD, tuple("---" for _cell in HEAD), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _write(text: str) -> None:
    before, rest = DOCUMENT.read_text("utf-8").split(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Watch the year of every street at each false discovery rate and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--write", action="store_true", help="put the table into docs/analysis.md")
    parser.add_argument("--shares", type=float, nargs="+", default=[SHARE], help="false discovery rates")
    asked = parser.parse_args(arguments)
    outcomes: dict[float, list[Outcome]] = {share: [] for share in asked.shares}
    for seed in range(1, asked.seeds + 1):
        street = sample(seed)
        for share in outcomes:
            outcomes[share].append(year(street, share, seed % SIMULATED == 1))
        print(seed, *(found[-1] for found in outcomes.values()), file=sys.stderr, flush=True)
    text = _table([_line(share, found) for share, found in outcomes.items()])
    print(text)
    if asked.write:
        _write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
