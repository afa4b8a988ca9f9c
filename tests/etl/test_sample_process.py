"""From hazard to settlement: what was planted in the sample's reports, steps, requests and facts comes out again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.generations import READ_ONLY

Truth = dict[str, Any]
# A planted thing and the checks that must name its rows, and no other row.
HAZARD_CHECKS = {
    "hazard_dates_disorder": ("verified_before_reported",), "hazard_resolved_before_verified": ("resolved_before_verified",),
    "hazard_reward_not_owed": ("reward_for_untrue", "reward_twice"), "hazard_reward_paid_differs": ("paid_not_due",),
    "hazard_reward_off_standard": ("due_not_standard",), "hazard_case_unknown": ("case_unknown",),
}  # fmt: skip
STEP_CHECKS = {
    "case_acceptance_missing": "acceptance_missing", "case_step_after_closing": "step_after_closing", "case_ending_missing": "ending_missing",
}  # fmt: skip


@pytest.fixture(scope="module")
def truth(sample_ledgers: Path) -> Truth:
    """Return the truth file of the sample."""
    loaded: Truth = json.loads((sample_ledgers / "truth.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def core(sample_street: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the generation that the production path made of the sample."""
    path = max((sample_street / "generations").glob("*[0-9].duckdb"))
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        yield connection


def _counted(core: duckdb.DuckDBPyConnection, table: str, column: str) -> dict[str, int]:
    """Count a table's rows by a column, by month where it is a date."""
    query = f"select {column}, count(*) from {table} where {column} is not null group by 1"
    counts: Counter[str] = Counter()
    for value, number in core.execute(query).fetchall():
        counts[f"{value:%Y-%m}" if isinstance(value, date) else value] += number
    return dict(sorted(counts.items()))


def _flagged(core: duckdb.DuckDBPyConnection, check: str, table: str, column: str) -> list[str]:
    query = (
        f"""select t.{column} from intake.check_row c join {table} t using (file, sheet, "row") where c.check_id = ?"""
    )
    return sorted(row[0] for row in core.execute(query, [check]).fetchall())


def test_hazards_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    wanted = truth["expected"]["hazards"]
    paid = "select strftime(paid_month, '%Y-%m'), sum(reward_paid_yuan) from core.hazard where paid_month is not null group by 1"
    found = {
        "reported": _counted(core, "core.hazard", "reported_date"), "verified": _counted(core, "core.hazard", "verified_date"),
        "by_result": _counted(core, "core.hazard", "verify_result"), "by_level": _counted(core, "core.hazard", "level"),
        "reward_paid_yuan": {month: total for month, total in sorted(core.execute(paid).fetchall()) if total},
    }  # fmt: skip
    # A result left blank says as much as 待核实.
    assert found["by_result"].pop("pending", 0) <= wanted["by_result"].pop("pending")
    assert found == wanted


def test_reports_of_one_hazard_are_linked_with_and_without_the_first_ones_number(
    core: duckdb.DuckDBPyConnection, truth: Truth
) -> None:
    query = """select count(*) filter (same_reason like 'ledger%'), count(*) filter (same_reason = 'same_sign')
               from core.hazard where not is_first"""
    same = truth["planted"]["same_hazard"]
    assert core.execute(query).fetchone() == (same["written"], same["not_written"])


def test_group_cases_have_the_report_that_came_before_them(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """About half, and no other group case; a report that names neither case nor a registered enterprise is lost."""
    planted = truth["planted"]["group_cases_reported_before"]
    query = """select distinct d.dispute_id from core.dispute d join core.dispute_report r using (dispute_id)
               where d.is_group and d.received_date >= date '2016-01-01'"""
    found = {row[0] for row in core.execute(query).fetchall()}
    assert found <= set(planted["preceded"]) and len(found) >= len(planted["preceded"]) - 3
    assert 0.4 < len(planted["preceded"]) / planted["group_cases"] < 0.6


@pytest.mark.parametrize("check", HAZARD_CHECKS)
def test_checks_name_the_reports_that_are_wrong(core: duckdb.DuckDBPyConnection, truth: Truth, check: str) -> None:
    wrong = truth["planted"]["wrong_hazards"]
    planted = sorted(number for name in HAZARD_CHECKS[check] for number in wrong[name])
    assert planted and _flagged(core, check, "core.hazard", "report_id") == planted


@pytest.mark.parametrize("check", STEP_CHECKS)
def test_checks_name_the_cases_whose_steps_are_wrong(core: duckdb.DuckDBPyConnection, truth: Truth, check: str) -> None:
    planted = truth["planted"]["wrong_steps"][STEP_CHECKS[check]]
    assert planted and set(_flagged(core, check, "core.case_step", "case_no")) == set(planted)


def test_every_step_is_there(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """Out of order, repeated or of no known case: a step that was told is kept."""
    wanted, told = truth["expected"]["steps"], "(select * from core.case_step where source = 'step')"
    assert _counted(core, told, "step") == wanted["by_step"]
    assert _counted(core, told, "step_date") == wanted["by_month"]
    agreed = f"select sum(amount_yuan) from {told} where step in ('agreement', 'settled')"
    assert core.execute(agreed).fetchone() == (wanted["agreed_yuan"],)
    unknown = core.execute(f"select count(*) from {told} where dispute_id is null").fetchone()
    assert unknown == (len(truth["planted"]["wrong_steps"]["case_unknown"]),)


def test_three_open_cases_are_overdue_at_the_end(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """They took longer than fifteen days and nobody agreed on more; the other open ones are in time."""
    query = """select distinct dispute_id from core.case_deadline join core.dispute d using (dispute_id)
               where is_own and nature = 'duty' and due_on < date '2018-12-31' and met_on is null and not d.is_closed"""
    found = sorted(row[0] for row in core.execute(query).fetchall())
    assert found == truth["planted"]["overdue_at_end"] and len(found) == 3


def test_the_articles_case_has_its_report_and_its_stages(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """Reported in March 2018, stuck, arrears paid first, then settled: days and sums are the sample's addition."""
    case, (first, again) = truth["planted"]["article_case"], truth["planted"]["article_hazards"]
    query = "select step from core.case_step where dispute_id = ? order by step_order"
    steps = [row[0] for row in core.execute(query, [case]).fetchall()]
    order = [steps.index(step) for step in ("reported", "accepted", "stuck", "arrears_paid", "settled", "closed")]
    assert order == sorted(order) and len(steps) == 17
    reports = core.execute(
        "select report_id, is_first, dispute_id from core.hazard where report_id in (?, ?)", [first, again]
    )
    assert sorted(reports.fetchall()) == [(first, True, case), (again, False, case)]


def test_requests_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    wanted, table = truth["expected"]["online"], "core.online_request"
    assert _counted(core, table, "applied_date") == wanted["applied"]
    for column in ("item", "status", "result"):
        assert _counted(core, table, column) == wanted[f"by_{column}"], column
    answers = _counted(core, table, "satisfaction")
    answers.pop("none", None)
    assert answers == wanted["by_satisfaction"]
    linked = core.execute("select dispute_id from core.online_request where result = 'case' order by 1").fetchall()
    known = {row[0] for row in core.execute("select dispute_id from core.dispute").fetchall()}
    assert [row[0] for row in linked if row[0]] == [n for n in truth["planted"]["cases_from_online"] if n in known]


def test_facts_and_amounts_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    assert _counted(core, "ledger.risk_score", "fact_date") == truth["expected"]["risk_facts"]["by_month"]
    assert _counted(core, "ledger.risk_score", "indicator") == truth["expected"]["risk_facts"]["by_indicator"]
    query = "select sum(amount_claimed_yuan), sum(amount_agreed_yuan), sum(amount_paid_yuan) from core.dispute"
    amounts = truth["expected"]["amounts"]
    sums = core.execute(query).fetchone()
    assert sums == tuple(amounts[name] for name in ("amount_claimed", "amount_agreed", "amount_paid"))


def test_informants_are_evident_placeholders_and_the_giant_is_in_no_ledger(core: duckdb.DuckDBPyConnection) -> None:
    informants = {row[0] for row in core.execute("select distinct informant_no from core.hazard").fetchall()}
    assert informants and all(name.startswith("示例信息员") for name in informants)
    for table in ("hazard", "online_request", "risk_score", "case_step"):
        query = f"select count(*) from ledger.{table} where enterprise_name like '%特大型%'"
        assert core.execute(query).fetchone() == (0,), table
