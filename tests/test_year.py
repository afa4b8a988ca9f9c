"""Twelve months of a small street: reports come late, wrong and twice, months close, corrections follow.

After every step the closed figures stand, the open ones follow, the panel of who owes what is right; and a step undone
is a step never made. The oracle is `year_street`, which reads no warehouse.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl import build
from etl.corrections import add_correction, corrections, withdraw_correction
from etl.enterprises.decisions import decide, withdraw
from etl.generations import undo
from etl.nil_reports import tick, untick
from etl.street import open_street
from metrics.catalogue import catalogue
from metrics.closed import closing, figures
from metrics.judging.calendar import report_calendar, return_report
from metrics.versions import compare_versions, versions
from metrics.warehouse import open_current
from tests.year_files import Year, enterprises
from tests.year_street import METRICS, MONTHS, PLACES, Enterprise

WRONG, RIGHT = 8, 80  # members of 坂田's second enterprise, as its registers say and as they should
TWINS = ("示例组织23有限公司", "示例组织二十三有限公司")


@pytest.fixture(name="year")
def year_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Year:
    """Return the street on 8 January 2018: its communities, its task and the registers of the year before."""
    year = Year(tmp_path)

    class Today(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return year.today

    monkeypatch.setattr(closing, "date", Today)
    monkeypatch.setattr(build, "checks", lambda: ())  # what they would find changes no number
    connect = duckdb.connect

    def with_one_thread(path: str = ":memory:", read_only: bool = False, config: dict[str, Any] | None = None) -> Any:
        return connect(path, read_only, {**(config or {}), "threads": 1})  # so little data is only passed about by more

    monkeypatch.setattr(duckdb, "connect", with_one_thread)
    # All figures of a month are kept by tests of their own; here the five that the naive street knows, for speed.
    monkeypatch.setattr(figures, "catalogue", lambda: {name: catalogue()[name] for name in METRICS})
    year.csv(
        "坂田街道社区名录（2017年12月31日）",
        ["社区名称", "社区编码", "面积"],
        *[[n, c, "2"] for n, c in PLACES.items()],
    )
    year.csv(
        "坂田街道2018年度工会工作目标任务分解表",
        ["指标名称", "社区", "目标数"],
        *[["新建会企业数", n, "3"] for n in PLACES],
    )
    for place in PLACES:
        year.register(place, date(2017, 12, 31), enterprises(place))
    year.bring_in()
    return year


def first_quarter(year: Year) -> None:
    """南坑's January comes late, its February is nil by an empty sheet, its March by a tick."""
    year.today = date(2018, 2, 3)
    year.cases("五和", 1, 2)
    year.cases("坂田", 1, 1)
    year.bring_in()
    year.today = date(2018, 3, 3)
    for place, count in (("五和", 1), ("坂田", 3), ("南坑", 0)):
        year.cases(place, 2, count)
    year.cases("南坑", 1, 2)
    year.bring_in()
    assert year.naive.owed(year.today)["dispute", "南坑", MONTHS[0]] == "late"
    assert year.naive.owed(year.today)["dispute", "南坑", MONTHS[1]] == "nil"
    year.today = date(2018, 3, 10)
    year.close(1, 2)
    year.today = date(2018, 4, 4)
    year.cases("五和", 3, 1)
    year.cases("坂田", 3, 2)
    year.bring_in()
    before, year.today = year.generation, date(2018, 4, 8)
    tick(year.street, "dispute", PLACES["南坑"], MONTHS[2], on=year.today)
    year.naive.ticks = {("南坑", MONTHS[2]): year.today}
    year.check()
    assert year.generation != before and year.naive.owed(year.today)["dispute", "南坑", MONTHS[2]] == "nil"
    year.today = date(2018, 4, 20)
    year.close(3)


def second_quarter(year: Year) -> None:
    """坂田's April is wrong, sent back and mended; 五和's May comes twice, the second time by mistake."""
    year.today = date(2018, 5, 4)
    for place in PLACES:
        year.cases(place, 4, 2, refused=int(place == "坂田"))
    year.bring_in()
    year.today = date(2018, 5, 8)
    return_report(year.street, "dispute", PLACES["坂田"], MONTHS[3], "第3行没有编号", date(2018, 5, 15), on=year.today)
    year.naive.returned["dispute", "坂田", MONTHS[3]] = (year.today, year.loads)
    year.check()
    year.today = date(2018, 6, 5)
    year.cases("坂田", 4, 3)
    for place in PLACES:
        year.cases(place, 5, 1)
    year.bring_in()
    year.today = date(2018, 6, 8)
    year.close(4, 5)
    before, year.today = year.generation, date(2018, 6, 12)
    year.cases("五和", 5, 4)
    twice = year.bring_in()
    assert year.revised(5) == {("disputes_received", ""), ("disputes_received", "五和")}
    undo(open_street(year.street), twice)
    year.naive.reports = [report for report in year.naive.reports if report.load != year.loads]
    year.check()
    assert year.generation == before and year.revised(5) == set()


def third_quarter(year: Year) -> None:
    """June is late but for the registers, one of them a change list; a correction follows, and its cause is mended."""
    year.today = date(2018, 7, 16)
    for place in PLACES:
        year.cases(place, 6, 1)
    year.register("五和", date(2018, 6, 30), enterprises("五和"))
    year.register("坂田", date(2018, 6, 30), enterprises("坂田", n21=WRONG))
    first, last = enterprises("南坑")
    year.changes("南坑", date(2018, 6, 30), Enterprise("示例组织33有限公司", 40), Enterprise(last.name, 90), first)
    year.bring_in()
    year.today = date(2018, 7, 20)
    year.close(6)
    before, name = year.generation, "示例组织21有限公司"
    for is_made in (True, False, True):
        if is_made:
            add_correction(
                year.street, "enterprise", name, "members", f"{WRONG}", f"{RIGHT}", "漏写一位", on=year.today
            )
        else:
            withdraw_correction(year.street, 1)
        year.naive.corrections = [(name, WRONG, RIGHT)] if is_made else []
        year.check()
        assert (year.generation == before) != is_made
    assert [one.state for one in corrections(year.street)] == ["applied"]
    assert year.revised(6) == {("members", ""), ("members", "坂田")}
    year.today = date(2018, 9, 5)
    for place, month in ((place, month) for place in PLACES for month in (7, 8)):
        year.cases(place, month, month - 6)
    year.register("坂田", date(2018, 6, 30), enterprises("坂田"))
    year.bring_in()
    assert [one.state for one in corrections(year.street)] == ["stale"]
    year.today = date(2018, 9, 20)
    year.close(7, 8)


def last_quarter(year: Year) -> None:
    """南坑's October comes after 定稿; the old error returns; two names are one enterprise, and then again two."""
    year.today = date(2018, 11, 5)
    for place, month in (("五和", 9), ("坂田", 9), ("南坑", 9), ("五和", 10), ("坂田", 10)):
        year.cases(place, month, 2)
    year.bring_in()
    year.today = date(2018, 11, 20)
    year.close(9, 10)
    year.today = date(2019, 1, 14)
    year.cases("南坑", 10, 3)
    for place in PLACES:
        year.cases(place, 11, 1)
        year.cases(place, 12, 2)
        twins = [Enterprise(twin, 50) for twin in TWINS] if place == "坂田" else []
        year.register(place, date(2018, 12, 31), [*enterprises(place, n21=WRONG), *twins])
    year.bring_in()
    assert [one.state for one in corrections(year.street)] == ["returned"]
    assert year.naive.owed(year.today)["dispute", "南坑", MONTHS[9]] == "again"
    assert year.revised(10) == {("disputes_received", ""), ("disputes_received", "南坑")}
    before, keys = year.generation, [f"name:{twin}" for twin in TWINS]
    decide(year.street, keys[0], keys[1], "same", "同一块招牌")
    year.naive.one_enterprise = [TWINS]
    year.check()
    withdraw(year.street, keys[0], keys[1])
    year.naive.one_enterprise = []
    year.check()
    assert year.generation == before


def new_year(year: Year) -> None:
    """October is opened and closed again; then its figures are those of the second closing."""
    year.today = date(2019, 1, 20)
    year.close(11, 12)
    closing.reopen(year.street, MONTHS[9])
    del year.naive.closed[MONTHS[9]], year.at_closing[MONTHS[9]]
    year.close(10)
    assert year.revised(10) == set()
    assert all(one.state == "late" for month in (6, 11) for one in report_calendar(
        open_current(year.street), year.street, MONTHS[month - 1], year.today) if one.ledger == "dispute")  # fmt: skip


def versions_tell(year: Year) -> None:
    """Every version is listed; between two of them stands what was done, and undone steps leave nothing."""
    listed = versions(year.street)
    assert [one.number for one in listed] == list(range(len(listed), 0, -1)) and not any(v.is_damaged for v in listed)
    by_id: dict[str, list[int]] = {}
    for one in listed:
        by_id.setdefault(one.id, []).append(one.number)
    repeated = sorted(numbers for numbers in by_id.values() if len(numbers) > 1)
    assert len(repeated) == 4  # the load, the correction (without it, and again with it), the decision
    same = compare_versions(year.street, repeated[0][-1], repeated[0][0])
    assert not same.figures and not [one for one in same.ledgers if one.is_change] and not same.causes.loads
    found = compare_versions(year.street, 1, listed[0].number)
    assert [change.load.load_id for change in found.causes.loads] == [one.load_id for one in listed[0].loads[1:]]
    said = [(change.entry.kind, change.is_added) for change in found.causes.entries]
    assert said == [("correction", True), ("nil_reports", True)] and not found.lacking
    rows = {one.ledger: (one.added, one.gone, one.changed) for one in found.ledgers if one.is_change}
    cases = sum(len(year.naive.cases(place, month) or ()) for place in PLACES for month in MONTHS)
    # The registers of June (3, 3 and 南坑's 2) and December (3, 5 and 2) are new; those of 2017 are as they were.
    assert rows == {"dispute": (cases, 0, 0), "enterprise": (18, 0, 0)}
    december = {(f.metric.id, f.community_id): f for f in found.figures if f.month == MONTHS[-1]}
    for (metric, place), sides in year.naive.figures(MONTHS[-1]).items():
        change = december[metric, PLACES.get(place)]
        assert change.was is None and change.now is not None
        assert (change.now.numerator, change.now.denominator) == sides


def tick_taken_back(year: Year) -> None:
    """南坑's March is 未报 again: its closed figures stay, today's are without it."""
    untick(year.street, "dispute", PLACES["南坑"], MONTHS[2])
    year.naive.ticks = {}
    year.check()
    assert year.revised(3) == {("disputes_received", "南坑")}


def test_a_year_of_twelve_months(year: Year) -> None:
    for part in (first_quarter, second_quarter, third_quarter, last_quarter, new_year, versions_tell, tick_taken_back):
        part(year)
