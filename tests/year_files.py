"""The street of files of tests/test_year.py: what lies on the clerk's desk, brought in and held against the naive street."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from etl.instructions import Instructions
from etl.intake import load
from metrics.closed import closing
from metrics.closed.quoted import figures as closed_figures
from metrics.closed.revised import revised
from metrics.judging.calendar import report_calendar
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import open_current
from tests.workbooks import change_list, disputes, enterprise_row, register
from tests.year_street import METRICS, MONTHS, PLACES, Enterprise, NaiveStreet, Report, Sides

NAMES = {code: name for name, code in PLACES.items()}
AGREED = frozenset({"replace", "vanish"})
LISTED = {"五和": (10, 11, 12), "坂田": (20, 21, 22), "南坑": (30, 31)}


class Year:
    """The street of files and the naive one, moved on together and compared after every step."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.street = folder, folder / "street"
        self.naive, self.today, self.loads, self.arriving = NaiveStreet(), date(2018, 1, 8), 0, 0
        self.at_closing: dict[date, dict[tuple[str, str], Sides | None]] = {}
        self.kept: dict[Path, bytes] = {}
        self.files: list[Path] = []
        self.reports: list[Report] = []

    def _path(self, name: str) -> Path:
        self.arriving += 1
        path = self.folder / f"{self.arriving:03d}" / name
        path.parent.mkdir()
        self.files.append(path)
        return path

    def csv(self, title: str, *rows: Sequence[str]) -> None:
        """Lay a sheet that is no report of a community on the desk."""
        with self._path(f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
            csv.writer(handle).writerows([[title], *rows])

    def cases(self, place: str, month: int, count: int, refused: int = 0) -> None:
        """Lay a community's cases of a month on the desk; refused ones have no number."""
        made = [
            (f"{place}{month:02d}-{n}" if n < count else "", f"示例{place}某厂", f"2018-{month:02d}-03", "", "拖欠工资",
             "来访", 3, "在办") for n in range(count + refused)
        ]  # fmt: skip
        disputes(self._path(f"{place}{month}月.xlsx"), {f"{month}月": made}, place)
        self._report("dispute", place, MONTHS[month - 1], tuple(made[:count]), refused=refused)

    def register(self, place: str, day: date, rows: Sequence[Enterprise]) -> None:
        """Lay a community's register on the desk."""
        register(self._path(f"{place}企业.xlsx"), [_row(one) for one in rows], place, f"{day:%Y年%m月%d日}")
        self._report("enterprise", place, day, tuple(rows))

    def changes(self, place: str, day: date, new: Enterprise, changed: Enterprise, gone: Enterprise) -> None:
        """Lay a community's 增减变动表 on the desk."""
        said = {"新增": [_row(new)], "变更": [_row(changed)], "减少": [_row(gone)]}
        change_list(self._path(f"{place}变动.xlsx"), said, place, f"{day:%Y年%m月%d日}")
        self._report("enterprise", place, day, (new, changed), gone=(gone.name,), changes=True)

    def _report(self, ledger: str, place: str, day: date, rows: tuple[object, ...], **other: object) -> None:
        self.reports.append(Report(self.loads + 1, self.today, ledger, place, day, rows, **other))  # type: ignore[arg-type]

    def bring_in(self) -> str:
        """Load what lies on the desk; return the load's id."""
        made = load(self.files, self.street, Instructions(agreed=AGREED, received_on=self.today))
        self.loads += 1
        self.naive.reports += self.reports
        self.files, self.reports = [], []
        self.check()
        return str(made.receipt["load"])

    def close(self, *numbers: int) -> None:
        """Close months on this day."""
        for month in (MONTHS[number - 1] for number in numbers):
            closing.close(self.street, month, "甲")
            self.naive.closed[month] = self.today
            self.at_closing[month] = self.naive.figures(month)
            found = set((self.street / "closed" / f"{month:%Y-%m}").glob("*.json")) - set(self.kept)
            self.kept |= {path: path.read_bytes() for path in found}
        self._check_closed()
        self._check_owed()

    @property
    def generation(self) -> str:
        """Return the id of what is published."""
        return open_current(self.street).generation_id

    def check(self) -> None:
        """Hold everything that can be asked today against the naive street."""
        self._check_open()
        self._check_closed()
        self._check_owed()

    def _check_open(self) -> None:
        warehouse = open_current(self.street)
        for metric in METRICS:
            question = Question(metric, ("community", "month"), start=MONTHS[0], month=MONTHS[-1])
            for row in ask(warehouse, question).rows:
                place, month = NAMES[row.keys["community_id"] or ""], MONTHS[int((row.keys["month"] or "")[5:]) - 1]
                told = None if row.numerator is None else (row.numerator, row.denominator)
                assert told == self.naive.figure(metric, place, month), (self.today, metric, place, month)

    def _check_closed(self) -> None:
        assert all(path.read_bytes() == content for path, content in self.kept.items())
        quoted = {one.month: closed_figures(self.street, one) for one in closing.closings(self.street)}
        assert quoted.keys() == self.at_closing.keys()
        for month, then in self.at_closing.items():
            found = {one.key: one for one in quoted[month]}
            for (metric, place), sides in then.items():
                one = found[metric, PLACES.get(place, ""), "month"]
                told = None if one.numerator is None else (one.numerator, one.denominator)
                assert told == sides, (self.today, month, metric, place)

    def _check_owed(self) -> None:
        warehouse = open_current(self.street)
        expected = {place: state for place, state in self.naive.owed(self.today).items() if place[2] < self.today}
        listed = {
            (one.ledger, one.community, month): one.state
            for month in sorted({month for _ledger, _place, month in expected})
            for one in report_calendar(warehouse, self.street, month, self.today)
        }
        assert {place: listed[place] for place in expected} == expected, self.today

    def revised(self, number: int) -> set[tuple[str, str]]:
        """Return which of the numbers followed are listed as 定稿后更正; they are those that the naive street has otherwise."""
        month = MONTHS[number - 1]
        found = revised(self.street, open_current(self.street), month)
        told = {(one.metric.id, NAMES.get(one.community_id, "")) for one in found if one.period == "month"}
        now = self.naive.figures(month)
        assert told == {key for key, was in self.at_closing[month].items() if was != now[key]}, self.today
        return told


def _row(one: Enterprise) -> tuple[object, ...]:
    return (one.name, *enterprise_row(0, one.union, one.workers, one.members)[1:])


def enterprises(place: str, **members: int) -> list[Enterprise]:
    """Return a community's enterprises, the last of them without a union; `n21=8` sets the members of number 21."""
    *joined, last = LISTED[place]
    found = [Enterprise(f"示例组织{n}有限公司", members.get(f"n{n}", 80)) for n in joined]
    return [*found, Enterprise(f"示例组织{last}有限公司", 0, 100, "未建会")]
