"""A street of a few cases, loaded as a clerk loads it: what still runs, what stopped, what cannot be counted."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from etl.instructions import Instructions
from etl.intake import load
from metrics.judging.due import clocks, due_rows, due_summary
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current

DISPUTE = ["案件编号", "涉事企业", "受理日期", "办结日期", "案由", "涉及人数", "处理结果"]
STEP = ["案件编号", "涉及企业", "办理环节", "环节日期", "延长至", "延长天数", "承办单位"]
CASES = [
    ("坂调〔2018〕001号", "2018-04-02", "", "在办"),  # nothing happened: over its 15 days since 18 April
    ("坂调〔2018〕002号", "2018年4月", "", "在办"),  # in hand, its last day cannot be told
    ("坂调〔2018〕003号", "2018-04-02", "2018-04-30", "撤回"),  # closed by the dispute ledger alone
    ("坂调〔2018〕004号", "2018-04-02", "", "在办"),  # settled in time, still to be performed
    ("坂调〔2018〕005号", "2018-04-16", "", "在办"),  # longer by consent: until 15 May
    ("坂调〔2018〕007号", "2018-04-02", "", "在办"),  # its closing bears a day before it began: it still runs
    ("坂调〔2018〕006号", "2018-04-20", "", "在办"),  # asked for on 17 April, accepted three working days later
]
STEPS = [
    ("坂调〔2018〕004号", "受理", "2018-04-02", "", ""),
    ("坂调〔2018〕004号", "和解", "2018-04-10", "", ""),
    ("坂调〔2018〕005号", "受理", "2018-04-16", "", ""),
    ("坂调〔2018〕005号", "同意延期", "2018-04-26", "2018-05-15", ""),
    ("坂调〔2018〕006号", "收到调解申请", "2018-04-17", "", ""),
    ("坂调〔2018〕006号", "受理", "2018-04-20", "", ""),
    ("坂调〔2018〕007号", "受理", "2018-04-03", "", ""),
    ("坂调〔2018〕007号", "结案归档", "2018-03-30", "", ""),
    ("坂调〔2018〕099号", "受理", "2018-04-02", "", ""),  # a case that no dispute ledger knows has no clock
]
APRIL = date(2018, 4, 1)


def write(folder: Path, title: str, header: list[str], rows: list[list[str]]) -> None:
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows])


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    folder, home = tmp_path_factory.mktemp("deadlines"), tmp_path_factory.mktemp("deadlines_street")
    cases = [
        [case, "示例厂", received, closed, "拖欠工资", "12" if case.endswith("001号") else "3", result]
        for case, received, closed, result in CASES
    ]
    write(folder, "坂田街道南坑社区劳资纠纷台账（2018年4月）", DISPUTE, cases)
    steps = [[case, "示例厂", *rest, "南坑社区工联会"] for case, *rest in STEPS]
    write(folder, "坂田街道纠纷办理流程台账（2018年4月，全街道）", STEP, steps)
    load([folder], home, Instructions(agreed=frozenset({"vanish", "replace"})))
    return open_current(home)


def test_what_runs_at_the_months_end(warehouse: Warehouse) -> None:
    """001, 002, 005, 006 and 007 run; 001 and 007 are late; whether 002 is cannot be told, so it leaves both sides of the share."""
    south = (("community", ("南坑",)),)
    found = {
        metric: ask(warehouse, Question(metric, (), APRIL, where=south)).row
        for metric in ("case_steps_open", "case_steps_overdue", "case_steps_overdue_rate", "disputes_overdue")
    }
    assert {metric: (row.value, row.item_missing) for metric, row in found.items()} == {
        "case_steps_open": (5, 0), "case_steps_overdue": (2, 1), "case_steps_overdue_rate": (pytest.approx(2 / 4), 1),
        "disputes_overdue": (2, 1),
    }  # fmt: skip
    assert (found["case_steps_overdue_rate"].numerator, found["case_steps_overdue_rate"].denominator) == (2, 4)


def test_a_month_without_a_report_is_unknown(warehouse: Warehouse) -> None:
    row = ask(warehouse, Question("case_steps_overdue", (), date(2018, 5, 1))).row
    assert (row.value, row.known) == (None, 0)


def test_the_list_of_a_day(warehouse: Warehouse) -> None:
    day = date(2018, 4, 30)
    assert [(row.case[-4:-1], row.days_left, row.clause) for row in due_rows(warehouse, day)] == [
        ("001", -13, "受理后15日（至4月17日）"), ("007", -12, "受理后15日（至4月18日）"), ("006", 5, "受理后15日（至5月5日）"),
        ("005", 15, "受理后15日，经同意延期（至5月15日）"),
    ]  # fmt: skip
    found = due_summary(warehouse, day)
    assert (found.open_cases, found.overdue_cases, found.open_steps, found.due_soon) == (6, 2, 5, 1)
    assert (found.longest_days, found.longest_case, found.group_cases) == (28, "坂调〔2018〕001号", 1)
    assert due_summary(warehouse, date(2018, 4, 29)).open_cases == 7, "003 is closed on the 30th"
    assert not any(row.case.endswith("099号") for row in due_rows(warehouse, day))


def test_a_day_in_the_past_knows_nothing_of_what_was_agreed_after_it(warehouse: Warehouse) -> None:
    """005 was made longer on 26 April: the day before, its last day was still 1 May, and due soon."""
    before, after = date(2018, 4, 25), date(2018, 4, 26)
    found = {
        day: [(row.days_left, row.clause) for row in due_rows(warehouse, day) if row.case.endswith("005号")]
        for day in (before, after)
    }
    assert found == {before: [(6, "受理后15日（至5月1日）")], after: [(19, "受理后15日，经同意延期（至5月15日）")]}
    assert [due_summary(warehouse, day).due_soon for day in (before, after)] == [1, 0]
    assert [row.case[-4:-1] for row in due_rows(warehouse, before, horizon_days=7)] == ["001", "003", "007", "005"]
    assert [clock.state for clock in clocks(warehouse, "坂调〔2018〕005号", before)] == ["还有6天到期"]


@pytest.mark.parametrize(
    ("case", "day", "said"),
    [
        ("坂调〔2018〕001号", date(2018, 4, 30), ["已超期13天"]),
        ("坂调〔2018〕001号", date(2018, 4, 17), ["当日到期"]),
        ("坂调〔2018〕002号", date(2018, 4, 30), ["推算不出到期日"]),
        ("坂调〔2018〕003号", date(2018, 4, 30), ["已于4月30日结案归档，超期13天", "保存至2023年4月30日"]),
        ("坂调〔2018〕004号", date(2018, 4, 30), ["已于4月10日和解"]),
        ("坂调〔2018〕006号", date(2018, 4, 19), ["还有1天到期", "还有13天届满"]),
        ("坂调〔2018〕006号", date(2018, 4, 30), ["已于4月20日受理", "还有2天届满", "还有5天到期"]),
    ],
)
def test_the_clocks_of_a_case_in_words(warehouse: Warehouse, case: str, day: date, said: list[str]) -> None:
    assert [clock.state for clock in clocks(warehouse, case, day)] == said
