"""Hazard reports: which are one hazard and why, which came before a case, what is owed for them, who stays unnamed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl.recognise import Sheet, recognise
from metrics.question import Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.etl.cleaning import codes_of, read
from tests.etl.hazards import DISPUTE, FIELDS, HAZARDS, PERSON, PHONE, STANDARD, case_no, no, write_street
from tests.etl.sheets import text_sheet

LINKED = {
    2: (1, "same_sign", "同一企业、同一表征（欠薪），首报后第30天"),
    6: (5, "same_sign", "同一企业、同一表征（欠社保、公积金），首报后第5天"),
    8: (7, "same_sign", "同一企业、同一表征（欠薪），首报后第9天"),
    12: (10, "ledger:same_park", "台账写明：同一园区同一事件"),
    15: (17, "ledger", "台账写明首报编号"),
    16: (17, "ledger", "台账写明首报编号"),
    19: (18, "ledger", "台账写明首报编号"),
    30: (31, "same_sign", "同一企业、同一表征（欠租），首报后第4天"),
}
PRECEDED = [
    (1, 1, "ledger", 19, True), (1, 4, "enterprise", 15, False), (2, 3, "enterprise", 89, True),
    (3, 14, "enterprise", 15, True), (6, 16, "enterprise", None, True), (6, 24, "enterprise", None, False),
]  # fmt: skip
CHECKS = {
    "hazard_dates_disorder": [
        (23, "化解日期“2018-08-02”早于报告日期2018-08-03"), (23, "核实日期“2018-08-01”早于报告日期2018-08-03"),
    ],
    "hazard_resolved_before_verified": [(24, "化解2018-08-22，核实2018-08-25")],
    "hazard_reward_not_owed": [
        (2, "实发400.00元，首报是坂隐〔2018〕001号（同一企业、同一表征（欠薪），首报后第30天）"),
        (13, "实发100.00元，核实为不属实"),
    ],
    "hazard_rewarded_twice": [(1, "坂隐〔2018〕001号实发800.00元，坂隐〔2018〕002号实发400.00元")],
    "hazard_reward_paid_differs": [(3, "应发300.00元，实发400.00元")],
    "hazard_reward_off_standard": [(3, "应发300.00元，2018-04-01有效的标准为400.00元")],
    "hazard_reward_undated": [(10, "实发150.00元，没有发放日期"), (24, "实发800.00元，没有发放日期")],
    "hazard_case_unknown": [(24, "转案编号“坂调〔2018〕999号”不在劳资纠纷台账里")],
    "hazard_case_other_enterprise": [(25, "线索涉及深圳示例己有限公司，坂调〔2018〕003号是深圳示例丁有限公司的纠纷")],
    "hazard_first_unknown": [(18, "首报编号写“坂隐〔2018〕019号”"), (21, "首报编号写“没有的编号”")],
}  # fmt: skip


@pytest.fixture(scope="module", name="street")
def street_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_street(tmp_path_factory.mktemp("hazards"))


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(street: Path) -> Warehouse:
    return open_current(street)


def table(warehouse: Warehouse, columns: str, name: str = "hazard") -> list[tuple[Any, ...]]:
    return warehouse.cursor().execute(f"select {columns} from core.{name} order by all").fetchall()


def test_reports_of_one_hazard_are_linked_to_the_first_with_the_reason(warehouse: Warehouse) -> None:
    """30 days after the first, not after the last; not after it was resolved; an untrue report is nobody's first.

    The ledger's word goes first, through a chain to its head; a ring is cut at the earliest; several enterprises in one
    name, no enterprise and no known sign are never guessed to be one.
    """
    found = table(warehouse, "report_id, first_report_id, same_reason, same_reason_text, is_first")
    linked = {row[0]: row[1:4] for row in found if not row[4]}
    assert linked == {no(n): (no(first), *why) for n, (first, *why) in LINKED.items()}
    assert all(row[0] == row[1] and row[2] is None and row[3] is None for row in found if row[4])
    assert len(found) == len(HAZARDS)


def test_a_case_knows_the_reports_before_it(warehouse: Warehouse) -> None:
    """On or before the day of 受理; a report that became another case, or was untrue, or is 116 days old is none."""
    found = table(warehouse, "dispute_id, report_id, how, lead_days, is_earliest", "dispute_report")
    assert found == sorted((case_no(case), no(n), *facts) for case, n, *facts in PRECEDED)


def test_whether_a_report_came_first_is_unknown_before_the_reports_began(warehouse: Warehouse) -> None:
    """The window of the case of February reaches into 2017, of which no hazards are known; that is not «none»."""
    lead = {row[0]: row[1:] for row in table(warehouse, "dispute_id, is_preceded, is_window_known", "dispute_lead")}
    assert lead == {case_no(n): (n in (1, 2, 3, 6), n not in (1, 5)) for n in range(1, 8)}
    year = ask(warehouse, Question("disputes_preceded_by_report_rate", (), date(2018, 12, 1), period="ytd")).row
    assert (year.numerator, year.denominator, year.item_missing) == (3, 5, 2)
    counted = ask(warehouse, Question("disputes_preceded_by_report", (), date(2018, 12, 1), period="ytd")).row
    assert (counted.value, counted.item_missing) == (4, 1), "a report is a fact even where others may be unknown"


def test_the_reward_is_that_of_the_standard_of_the_day(warehouse: Warehouse) -> None:
    """Of the day of the report, the newest in force, until its last day; only for a first and true report."""
    due = dict(table(warehouse, "report_id, reward_standard_yuan"))
    assert {n: due[no(n)] for n in (1, 2, 3, 5, 10, 13, 14)} == {
        1: 800, 2: None, 3: 400, 5: 400, 10: 150, 13: None, 14: 400,
    }  # fmt: skip
    assert table(warehouse, "reward_due_yuan, reward_paid_yuan")[0] == (100, 100)
    assert [row for row in table(warehouse, "report_id, reward_due_yuan, reward_paid_yuan, paid_date") if row[0] == no(1)] == [
        (no(1), 800, 800, date(2018, 4, 10))
    ]  # fmt: skip


def test_money_without_a_date_belongs_to_no_month_and_is_said_to_be_missing(warehouse: Warehouse) -> None:
    year = ask(warehouse, Question("hazard_reward_yuan", (), date(2018, 12, 1), period="ytd")).row
    assert (year.value, year.item_missing) == (800 + 400 + 400 + 100, 2)
    per_case = ask(warehouse, Question("hazard_reward_per_preceded_case_yuan", (), date(2018, 12, 1), period="ytd")).row
    assert (per_case.numerator, per_case.denominator, per_case.value) == (1700, 4, 425)


def test_what_counts_as_verified(warehouse: Warehouse) -> None:
    """待核实 is not verified whatever its date; a date before the report is none; a month has no days to count."""
    facts = {row[0]: row[1:] for row in table(warehouse, "report_id, is_checked, is_true, is_resolved, days_to_verify")}
    assert facts[no(1)] == (True, True, False, 3) and facts[no(4)] == (True, True, False, 0)
    assert facts[no(9)] == (False, False, False, None) and facts[no(13)] == (True, False, False, 1)
    assert facts[no(14)] == (True, True, False, None) and facts[no(23)] == (False, True, False, None)
    rate = ask(warehouse, Question("hazard_verified_rate", (), date(2018, 12, 1), period="ytd")).row
    assert (rate.numerator, rate.denominator) == (9, 10)
    solved = ask(warehouse, Question("hazard_resolved_rate", (), date(2018, 12, 1), period="ytd")).row
    assert (solved.numerator, solved.denominator) == (3, 8), "hazards, not reports"
    days = ask(warehouse, Question("hazard_verify_days", (), date(2018, 12, 1), period="ytd")).row
    assert (days.value, days.item_missing) == (2, 1)


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_finds_what_was_planted(warehouse: Warehouse, check: str) -> None:
    """And nothing else in a street full of what comes near."""
    query = "select subject, detail, file is not null and row > 2 from intake.check_row where check_id = $check order by all"
    found = warehouse.cursor().execute(query, {"check": check}).fetchall()
    assert found == [(no(n), detail, True) for n, detail in CHECKS[check]]


def test_a_filter_on_a_sign_takes_every_report_that_names_it(warehouse: Warehouse) -> None:
    question = Question("hazard_reports", (), date(2018, 12, 1), period="ytd", where=(("sign", ("move",)),))
    behind = rows(warehouse, question)
    assert behind["unit_id"].to_list() == [no(2), no(24)]
    assert behind["signs"].to_list() == ["欠薪、搬迁", "搬迁"] and behind["sign"].to_list() == ["欠薪", "搬迁"]
    assert behind["first_report_id"][0] == no(1)


def test_no_person_passes_and_an_informant_is_a_number_nobody_counts(street: Path, warehouse: Warehouse) -> None:
    """Names, phones and free text stay in the ledger's file; no metric has a column by which to follow an informant."""
    for path in (path for path in street.rglob("*") if path.is_file()):
        held = path.read_bytes()
        assert PERSON.encode() not in held and PHONE.encode() not in held, path.name
    for path in street.rglob("hazard*.parquet"):
        frame = pl.read_parquet(path)
        assert not {"informant", "phone", "situation", "verifier", "action", "approver", "payee", "remark"} & set(
            frame.columns
        )
        assert not frame.select(pl.any_horizontal(pl.col(pl.String).str.contains(f"{PERSON}|{PHONE}")).any()).item()
    query = (
        "select table_schema || '.' || table_name from information_schema.columns where column_name = 'informant_no'"
    )
    assert sorted(row[0] for row in warehouse.cursor().execute(query).fetchall()) == ["core.hazard", "ledger.hazard"]
    for metric in ("hazard_reports", "hazards", "hazard_reward_yuan"):
        assert "informant_no" not in rows(warehouse, Question(metric, (), date(2018, 12, 1), period="ytd")).columns


def kind_of(*rows_: Sequence[str]) -> str:
    sheet = recognise(text_sheet(*map(list, rows_)))
    assert isinstance(sheet, Sheet), sheet
    return sheet.ledger.id


def test_hazards_disputes_and_standards_are_told_apart() -> None:
    """They share enterprise, number, date and people; a few of its own words make each what it is."""
    row = ["", "", "", "", ""]
    assert kind_of(list(FIELDS.values()), ["x"] * len(FIELDS)) == "hazard"
    assert kind_of(["编号", "上报时间", "企业名称", "隐患类型", "核实情况"], row) == "hazard"
    assert (
        kind_of(["编号", "报告日期", "报告人", "单位名称", "表征指标", "涉及人数", "处置情况"], [*row, "", ""])
        == "hazard"
    )
    assert kind_of(list(DISPUTE), [*row, ""]) == "dispute"
    assert kind_of(["编号", "企业名称", "受理时间", "案由", "化解时间"], row) == "dispute"
    assert kind_of(list(STANDARD), row) == "reward_standard"
    assert kind_of(["版本", "预警级别", "每条奖励", "执行时间"], row[:4]) == "reward_standard"


def test_a_name_in_the_place_of_a_number_goes_no_further() -> None:
    """信息员编号 is kept, so a name typed there is struck out, in the report on the cell too."""
    cleaned = read(["张示例", "示例信息员01", "A-07", "张示例13812345678", "无"], "person_no")
    assert cleaned.rows["x"].to_list() == [None, "示例信息员01", "A-07", None, None]
    assert cleaned.bad.select("code", "value").rows()[0] == ("personal_name", "***")
    assert PERSON not in str(cleaned.bad.rows()[0]) and PHONE not in str(cleaned.bad.rows())


def test_a_reward_by_the_report_is_the_sum_of_its_line() -> None:
    """500元/条 in the line of one report is 500元; by the head or the month it is not said how many."""
    cleaned = read(
        ["500元/条", "５００ 元／条", "每条500元", "约500元/条", "0.05万元/条", "3000元/人", "500元/月", "500/条"],
        "money",
        unit="元",
    )
    assert cleaned.rows["x"].to_list() == [500, 500, 500, 500, 500, None, None, None]
    assert cleaned.rows["x_qualifier"].to_list()[:5] == ["exact", "exact", "exact", "approx", "exact"]
    assert codes_of(cleaned) == ["bad_money"] * 3
