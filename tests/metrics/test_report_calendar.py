"""报送日历 over a street's own loads: days of receiving, deadlines moved to working days, what was sent back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import cli
from etl import generations
from etl.errors import LedgerError, StreetError
from etl.instructions import Instructions, parse_instructions
from etl.intake import load
from etl.nil_reports import tick
from etl.notes import add_note
from etl.street import open_street
from metrics.judging.calendar import (
    Owed,
    default_calendar_month,
    reminder_text,
    report_calendar,
    return_report,
    summary_sentence,
    take_back_return,
)
from metrics.periods import span
from metrics.question import Question
from metrics.reports import summary
from metrics.values import ask
from metrics.warehouse import open_current
from tests.workbooks import Rows, disputes, enterprise_row, register

NANKENG, WUHE, GANGTOU, MAANTANG, YANGMEI = (f"4403070130{n}" for n in ("20", "08", "02", "07", "15"))
NOVEMBER, DECEMBER, JANUARY = date(2018, 11, 1), date(2018, 12, 1), date(2019, 1, 1)
CASE: Rows = [("坂调1", "某厂", "2018-12-05", "", "拖欠工资", "来访", 1, "在办")]
TWO: Rows = [*CASE, ("坂调2", "某厂", "2018-12-06", "", "拖欠工资", "来访", 2, "在办")]


def on(day: str) -> Instructions:
    return Instructions(received_on=date.fromisoformat(day))


@pytest.fixture(scope="module", name="street")
def street_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a street whose calendar begins in December: 五和 on the last day, 南坑 a day late, sent back, mended."""
    folder, street = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("street")
    register(folder / "企业.xlsx", [enterprise_row(1)], day="2018年12月31日")
    disputes(folder / "五和.xlsx", {"12月": [("无",)]}, community="五和")
    disputes(folder / "南坑.xlsx", {"12月": CASE})
    disputes(folder / "马安堂.xlsx", {"12月": [("坂调3", *CASE[0][1:])]}, community="马安堂")
    disputes(folder / "南坑更正.xlsx", {"12月": TWO})
    (street / "street.yml").write_text('calendar_from: "2018-12"\nreport_by_days: {enterprise: 12}\n', "utf-8")
    load([folder / "企业.xlsx", folder / "五和.xlsx"], street, on("2019-01-07"))
    tick(street, "dispute", MAANTANG, DECEMBER, on=date(2019, 1, 7))
    load([folder / "南坑.xlsx", folder / "马安堂.xlsx"], street, on("2019-01-08"))
    return_report(street, "dispute", NANKENG, DECEMBER, "漏填第2宗", date(2019, 1, 12), on=date(2019, 1, 9))
    load([folder / "南坑更正.xlsx"], street, on("2019-01-09"))
    tick(street, "dispute", GANGTOU, DECEMBER, on=date(2019, 1, 10))
    return street


def owed(street: Path, as_of: date, month: date = DECEMBER) -> dict[tuple[str, str], Owed]:
    found = report_calendar(open_current(street), street, month, as_of)
    return {(one.ledger, one.community_id): one for one in found}


def test_a_deadline_on_a_day_off_moves_to_the_next_working_day(street: Path) -> None:
    found = owed(street, date(2019, 1, 1))
    assert found["dispute", NANKENG].due_on == date(2019, 1, 7)  # the 5th is a Saturday
    assert found["enterprise", NANKENG].due_on == date(2019, 1, 14)  # the street's 12 days end on a Saturday
    february = owed(street, date(2019, 1, 1), JANUARY)
    assert february["dispute", NANKENG].due_on == date(2019, 2, 11)  # 春节 until the 10th
    assert ("enterprise", NANKENG) not in february  # owed half-yearly
    assert {one.unit for one in found.values() if one.ledger == "target"} == {"street"}


@pytest.mark.parametrize(
    ("day", "nankeng", "wuhe", "gangtou"),
    [
        ("2019-01-06", "due", "due", "due"),
        ("2019-01-07", "due", "nil", "due"),  # the last day is on time
        ("2019-01-08", "late", "nil", "missing"),
        ("2019-01-09", "again", "nil", "missing"),  # sent back and mended on one day
        ("2019-01-10", "again", "nil", "late"),
    ],
)
def test_states_follow_the_days(street: Path, day: str, nankeng: str, wuhe: str, gangtou: str) -> None:
    found = owed(street, date.fromisoformat(day))
    assert [found["dispute", place].state for place in (NANKENG, WUHE, GANGTOU)] == [nankeng, wuhe, gangtou]


def test_a_late_nil_report_says_both(street: Path) -> None:
    found = owed(street, date(2019, 1, 10))["dispute", GANGTOU]
    assert (found.state_title, found.is_nil, found.times) == ("迟报（零报告）", True, 0)


def test_rows_go_before_a_tick_and_both_are_the_report(street: Path) -> None:
    found = owed(street, date(2019, 1, 20))["dispute", MAANTANG]
    assert (found.state, found.is_nil, found.received_on, found.times) == ("received", False, date(2019, 1, 7), 1)
    here = Question("disputes_received", (), DECEMBER, where=(("community", (MAANTANG,)),))
    assert ask(open_current(street), here).row.value == 1


def test_the_calendar_counts_as_the_pages_do(sample_street: Path) -> None:
    """Two ways to the same counts: reports as 工作简报 sums them up, and the calendar's lines (a street's ledger is one)."""
    warehouse = open_current(sample_street)
    for month in span(date(2017, 12, 1), date(2019, 1, 1)):
        found = report_calendar(warehouse, sample_street, month, date(2019, 6, 1))
        for told in summary(warehouse, month):
            mine = [one for one in found if one.ledger == told.ledger]
            counts = (len(mine), sum(one.is_in for one in mine), sum(one.is_nil for one in mine))
            assert counts == (told.due, told.received, told.nil), (month, told.ledger)
            assert tuple(one.community for one in mine if one.state == "missing") == told.missing
        assert len(found) == sum(told.due for told in summary(warehouse, month))


def test_what_was_sent_back_stays_so_until_it_comes_again(street: Path) -> None:
    mended = loads_of(street)[-1]
    before = owed(street, date(2019, 1, 20))["dispute", NANKENG]
    assert (before.state, before.times, before.received_on) == ("again", 2, date(2019, 1, 8))
    generations.undo(open_street(street), mended)
    back = owed(street, date(2019, 1, 20))["dispute", NANKENG]
    assert (back.state, back.is_in, back.times) == ("returned", True, 1)
    assert (back.return_reason, back.return_deadline) == ("漏填第2宗", date(2019, 1, 12))
    take_back_return(street, "dispute", NANKENG, DECEMBER)
    assert owed(street, date(2019, 1, 20))["dispute", NANKENG].state == "late"
    add_note(street, "closings", month="2018-12", generation_no="1", generation_id="0" * 12, closed_on="2019-01-07")
    assert owed(street, date(2019, 1, 20))["dispute", NANKENG].state == "again"  # it came after 定稿
    assert owed(street, date(2019, 1, 20))["dispute", WUHE].state == "nil"


def loads_of(street: Path) -> list[str]:
    return [load["load"] for load in generations.status(open_street(street))["loads"]]


def test_what_no_load_brought_cannot_be_sent_back(street: Path) -> None:
    for place, reason in ((GANGTOU, "不对"), (YANGMEI, "不对"), (WUHE, " ")):
        with pytest.raises(StreetError):
            return_report(street, "dispute", place, DECEMBER, reason)


def test_without_a_first_month_nothing_before_the_first_load_is_late(street: Path) -> None:
    """A street that brings in a year at once in January did not report November late."""
    found = owed(street, date(2019, 1, 20), NOVEMBER)
    assert {one.state for one in found.values()} == {"missing"} and all(
        one.is_before_calendar for one in found.values()
    )
    assert default_calendar_month(open_current(street), date(2019, 1, 20)) == DECEMBER


def test_the_terminal_lists_who_owes_what(street: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["status", "--owed", "--as-of", "2019-01-08", "--street", str(street)]
    assert cli.main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    states = {(one["ledger"], one["community"]): one["state"] for one in answer["owed"]}
    assert answer["month"] == "2018-12" and states["dispute", "岗头"] == "missing"
    assert answer["summary"].startswith("截至2019年1月8日，2018年12月应报台账")
    assert cli.main(words) == 0
    assert "岗头社区：\n　劳资纠纷台账：报送期限1月7日，已超过1天，请尽快报送" in capsys.readouterr().out


def test_files_are_received_today_or_earlier() -> None:
    assert parse_instructions({"received_on": "2019-01-05"}).received_on == date(2019, 1, 5)
    with pytest.raises(LedgerError, match="还没有到"):
        parse_instructions({"received_on": "2999-01-01"})


def test_the_day_of_receiving_is_part_of_what_was_said_and_silence_is_as_before() -> None:
    agreed = Instructions(agreed=frozenset({"replace"}))
    assert "received_on" not in agreed.fingerprint()
    assert on("2019-01-05").fingerprint() != on("2019-01-06").fingerprint()


def owed_of(state: str, title: str = "劳资纠纷台账", place: str = "南坑", **facts: object) -> Owed:
    known = {"ledger": title, "unit": "community", "community_id": place, "month": DECEMBER, "due_on": date(2019, 1, 7)}
    return Owed(**{**known, "title": title, "community": place, "state": state, **facts})  # type: ignore[arg-type]


def test_the_reminder_names_what_is_still_wanted_and_nothing_else() -> None:
    found = [
        owed_of("missing", place="岗头"),
        owed_of("received", place="五和", is_in=True),
        owed_of("returned", is_in=True, return_reason="漏填第2宗", return_deadline=date(2019, 1, 12)),
        owed_of("due", "企业台账", due_on=date(2019, 1, 15), can_be_nil=False),
        owed_of("missing", "年度任务台账", place="", unit="street", community="坂田街道"),
    ]
    said = reminder_text(found, "坂田街道", date(2019, 1, 8))
    assert said.splitlines() == [
        "坂田街道2018年12月台账报送提醒（截至2019年1月8日）",
        "请报送下列台账：",
        "岗头社区：",
        "　劳资纠纷台账：报送期限1月7日，已超过1天，请尽快报送",
        "南坑社区：",
        "　劳资纠纷台账：已退回，请修改后于1月12日前重新报送。退回原因：漏填第2宗",
        "　企业台账：请于1月15日前报送（含当天）",
        "坂田街道本级：",
        "　年度任务台账：报送期限1月7日，已超过1天，请尽快报送",
        "当月没有发生的，请报零报告。",
        "如已报送，请与我们核对。谢谢配合。",
        "坂田街道总工会",
    ]
    assert summary_sentence(found, date(2019, 1, 8)) == (
        "截至2019年1月8日，2018年12月应报台账5份，已报2份（含退回待改1份），未到期限1份，未报2份"
    )


def test_the_reminder_of_an_example_says_that_it_is_one() -> None:
    """The text leaves the program by its copy button."""
    said = reminder_text([owed_of("received", is_in=True)], "坂田街道", date(2019, 1, 8), is_sample=True)
    assert said.splitlines() == ["示例数据　非真实情况", "坂田街道2018年12月应报的台账已全部报送。"]
