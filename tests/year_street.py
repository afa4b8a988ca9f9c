"""A year of a small street as plain lists: what was reported, ticked, corrected and decided, and what follows from it.

The second, naive computation of tests/test_year.py: it knows nothing of the program and reads no warehouse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

PLACES = {"五和": "440307013008", "坂田": "440307013013", "南坑": "440307013020"}
METRICS = ("disputes_received", "enterprises", "members", "workers", "coverage_rate")
MONTHS = [date(2018, number, 1) for number in range(1, 13)]
NEXT = [*MONTHS[1:], date(2019, 1, 1)]
# The day by which each month's dispute ledger is owed: five days on, and past 清明, 国庆 and weekends, by hand.
DISPUTES_DUE = [
    date(2018, 2, 5), date(2018, 3, 5), date(2018, 4, 8), date(2018, 5, 7), date(2018, 6, 5), date(2018, 7, 5),
    date(2018, 8, 6), date(2018, 9, 5), date(2018, 10, 8), date(2018, 11, 5), date(2018, 12, 5), date(2019, 1, 7),
]  # fmt: skip
REGISTERS_DUE = {6: date(2018, 7, 16), 12: date(2019, 1, 15)}
Sides = tuple[float, float | None]
Place = tuple[str, str, date]  # ledger, community, month


@dataclass(frozen=True)
class Enterprise:
    """One row of a register."""

    name: str
    members: int = 80
    workers: int = 100
    union: str = "单独建会"


@dataclass(frozen=True)
class Report:
    """One sheet that reached the office: cases of a month, a register of a day, or what changed in one.

    `changes` False: `rows` is all there is. `refused` rows stood in the sheet, too, and cannot be counted.
    """

    load: int
    received: date
    ledger: str
    place: str
    day: date  # the month of cases, the day of a register
    rows: tuple[Any, ...]
    refused: int = 0
    gone: tuple[str, ...] = ()
    changes: bool = False


@dataclass
class NaiveStreet:
    """What the office holds."""

    reports: list[Report] = field(default_factory=list)
    ticks: dict[tuple[str, date], date] = field(default_factory=dict)
    corrections: list[tuple[str, int, int]] = field(default_factory=list)  # of members: name, was, now
    one_enterprise: list[tuple[str, str]] = field(default_factory=list)
    returned: dict[Place, tuple[date, int]] = field(default_factory=dict)  # when, and the newest load by then
    closed: dict[date, date] = field(default_factory=dict)

    def cases(self, place: str, month: date) -> tuple[Any, ...] | None:
        """Return a month's cases by the newest sheet, None where nothing was reported."""
        sheets = [r for r in self.reports if (r.ledger, r.place, r.day) == ("dispute", place, month)]
        if sheets:
            return max(sheets, key=lambda sheet: sheet.load).rows
        return () if (place, month) in self.ticks else None

    def _registers(self, place: str) -> dict[date, dict[str, Enterprise]]:
        """Return the list of each day that there is one of, change lists worked in."""
        found: dict[date, dict[str, Enterprise]] = {}
        mine = [r for r in self.reports if r.ledger == "enterprise" and r.place == place]
        for report in sorted(mine, key=lambda r: (r.day, r.load)):
            before = found[max(found)] if report.changes else {}
            kept = {name: row for name, row in before.items() if name not in report.gone}
            found[report.day] = kept | {row.name: row for row in report.rows}
        return found

    def _listed(self, place: str, month: date) -> list[Enterprise] | None:
        """Return who is in the register that holds for a month's end: at most six months old."""
        days = [day for day in self._registers(place) if day < NEXT[month.month - 1]]
        if not days or (month.year - max(days).year) * 12 + month.month - max(days).month > 6:
            return None
        rows = dict(self._registers(place)[max(days)])
        for left, right in self.one_enterprise:
            if left in rows and right in rows:
                del rows[right]
        return [self._corrected(row) for row in rows.values()]

    def _corrected(self, row: Enterprise) -> Enterprise:
        for name, was, now in self.corrections:
            if (row.name, row.members) == (name, was):
                row = Enterprise(row.name, now, row.workers, row.union)
        return row

    def figure(self, metric: str, place: str, month: date) -> Sides | None:
        """Return a number's two sides, None where nothing is known; place "" is the street: the sum of what is known."""
        if not place:
            known = [found for name in PLACES if (found := self.figure(metric, name, month))]
            has_base = metric == "coverage_rate"
            sums = sum(side[0] for side in known), sum(side[1] or 0 for side in known) if has_base else None
            return sums if known else None
        if metric == "disputes_received":
            found = self.cases(place, month)
            return None if found is None else (len(found), None)
        rows = self._listed(place, month)
        if rows is None:
            return None
        if metric == "coverage_rate":
            return sum(row.union == "单独建会" for row in rows), len(rows)
        if metric == "enterprises":
            return len(rows), None
        return sum(getattr(row, metric) for row in rows), None

    def figures(self, month: date) -> dict[tuple[str, str], Sides | None]:
        """Return all numbers of a month."""
        return {(metric, place): self.figure(metric, place, month) for metric in METRICS for place in ("", *PLACES)}

    def owed(self, day: date) -> dict[Place, str]:
        """Return how every report of the year stands on a day."""
        found = {("dispute", place, month): DISPUTES_DUE[month.month - 1] for place in PLACES for month in MONTHS}
        found |= {("enterprise", place, MONTHS[n - 1]): due for n, due in REGISTERS_DUE.items() for place in PLACES}
        return {place: self._state(place, due, day) for place, due in found.items()}

    def _came(self, place: Place) -> Iterator[tuple[int, date]]:
        ledger, community, month = place
        for report in self.reports:
            if (report.ledger, report.place, report.day.replace(day=1)) == (ledger, community, month):
                yield report.load, report.received
        if ledger == "dispute" and (community, month) in self.ticks:
            yield 0, self.ticks[community, month]

    def _state(self, place: Place, due: date, day: date) -> str:
        came = [(load, on) for load, on in self._came(place) if on <= day]
        if place in self.returned:
            since = self.returned[place][1]
            return "again" if any(load > since for load, _on in came) else "returned"
        if not came:
            return "due" if day <= due else "missing"
        first, closed = min(on for _load, on in came), self.closed.get(place[2])
        if closed and first > closed:
            return "again"
        if first > due:
            return "late"
        ledger, community, month = place
        is_empty = ledger == "dispute" and not self.cases(community, month) and not self._refused(place)
        return "nil" if is_empty else "received"

    def _refused(self, place: Place) -> bool:
        return any(r.refused for r in self.reports if (r.ledger, r.place, r.day) == place)
