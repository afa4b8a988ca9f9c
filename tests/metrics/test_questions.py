"""What a question may name, and the sentence where it names what does not exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.errors import QuestionError, StreetError
from metrics.catalogue import catalogue
from metrics.periods import first_month, parse_month, shift, span
from metrics.plan import plan_of
from metrics.question import UNKNOWN, Question
from metrics.reports import report_states, summary
from metrics.scope import caveat, default_month, options, resolve
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics import tiny

MAY, JUNE = date(2018, 5, 1), date(2018, 6, 1)


@pytest.fixture(name="street")
def street_() -> tiny.TinyStreet:
    """Return twelve communities, January to June 2018; in June only nine of twelve dispute reports are in."""
    street = tiny.blank(12, date(2018, 1, 1), 6)
    for month in street.months:
        for index, community in enumerate(street.communities):
            street.add("community_month", community_id=community, month=month)
            is_half_year = month == JUNE
            tiny.report(
                street, "enterprise", community, month, "received" if is_half_year else "carried", is_due=is_half_year
            )
            state = "missing" if month == JUNE and index < 3 else "nil" if index == 3 else "received"
            tiny.report(street, "dispute", community, month, state)
    return street


@pytest.fixture(name="warehouse")
def warehouse_(street: tiny.TinyStreet, tmp_path: Path) -> Warehouse:
    return tiny.write(street, tmp_path)


@pytest.mark.parametrize(
    ("question", "code", "said"),
    [
        (Question("coverage"), "unknown_metric", "coverage_rate"),
        (Question("coverage_rate", ("cause",)), "unknown_dimension", "纠纷类型"),
        (Question("coverage_rate", ("colour",)), "unknown_dimension", "社区（community）"),
        (Question("coverage_rate", ("community", "park", "month")), "too_many_dimensions", "两个"),
        (Question("coverage_rate", ("park", "park")), "too_many_dimensions", "不同"),
        (Question("coverage_rate", month=date(2020, 1, 1)), "unknown_month", "2018年1月至2018年6月"),
        (Question("coverage_rate", start=date(2017, 1, 1)), "unknown_month", "2017年1月"),
        (Question("coverage_rate", ("month",), MAY, JUNE), "months_reversed", "--from"),
        (Question("coverage_rate", period="week"), "unknown_period", "quarter"),
        (Question("disputes_received", (), JUNE, MAY, "ytd"), "two_periods", "--period"),
        (Question("unions_formed_target_progress", (), JUNE, MAY), "two_periods", "--from"),
        (Question("coverage_rate", where=(("community", ("南山",)),)), "unknown_value", "南坑"),
        (Question("coverage_rate", where=(("industry", ("制造",)),)), "unknown_value", "制造业"),
        (Question("coverage_rate", where=(("cause", ("01",)),)), "unknown_dimension", "建会率"),
        (Question("coverage_rate", where=(("month", ("2018-05",)),)), "month_in_where", "--month"),
        (Question("coverage_rate", where=(("park", ("P1",)), ("park", ("P2",)))), "filter_twice", "园区"),
    ],
)
def test_a_wrong_question_is_answered_by_a_sentence(
    warehouse: Warehouse, question: Question, code: str, said: str
) -> None:
    with pytest.raises(QuestionError) as raised:
        ask(warehouse, question)
    assert raised.value.code == code
    assert said in raised.value.sentence()


def test_a_place_is_named_by_id_name_or_alias(warehouse: Warehouse) -> None:
    assert resolve(warehouse, "community", "440307013009") == "440307013009"
    assert resolve(warehouse, "community", "南坑") == resolve(warehouse, "community", "南坑社区") == "440307013009"
    assert resolve(warehouse, "community", "上雪") == "44030701300B"
    assert resolve(warehouse, "industry", "不详") is resolve(warehouse, "industry", UNKNOWN) is None


def test_filters_offer_codes_in_order_and_the_unknown_last(warehouse: Warehouse) -> None:
    assert [option.title for option in options(warehouse, "community")] == list(tiny.COMMUNITIES)
    assert [option.id for option in options(warehouse, "cause")] == ["01", "04", "99", UNKNOWN]


def test_the_default_month_needs_four_fifths_of_what_is_owed_for_it(warehouse: Warehouse) -> None:
    """June owes 24 reports and has 21 (88 %); a carried register would not help May."""
    assert default_month(warehouse) == JUNE


def test_the_default_month_goes_back_while_reports_are_missing(street: tiny.TinyStreet, tmp_path: Path) -> None:
    for report in street.rows("report"):
        if report["month"] == JUNE and report["ledger"] == "enterprise" and report["community_id"] != "440307013000":
            report["state"] = "carried"
    assert default_month(tiny.write(street, tmp_path)) == MAY


def test_reports_are_counted_as_the_clerk_counts_them(warehouse: Warehouse) -> None:
    found = {entry.ledger: entry for entry in summary(warehouse, JUNE)}
    dispute = found["dispute"]
    assert (dispute.due, dispute.received, dispute.nil) == (12, 9, 1)
    assert dispute.missing == ("岗头", "马安堂", "五和")
    assert {entry.ledger: entry.due for entry in summary(warehouse, MAY)} == {"enterprise": 0, "dispute": 12}
    assert [state.community for state in report_states(warehouse, JUNE, "dispute") if state.is_missing] == [
        "岗头",
        "马安堂",
        "五和",
    ]


def test_every_community_has_its_row_and_missing_is_no_zero(warehouse: Warehouse) -> None:
    answer = ask(warehouse, Question("disputes_received", ("community",), JUNE))
    assert [row.keys["community"] for row in answer.rows] == list(tiny.COMMUNITIES)
    missing, nil = answer.rows[0], answer.rows[3]
    assert (missing.value, missing.numerator, missing.known, missing.expected) == (None, None, 0, 1)
    assert (nil.value, nil.numerator, nil.known) == (0, 0, 1)
    total = ask(warehouse, Question("disputes_received", (), JUNE)).row
    assert (total.known, total.expected, total.is_partial) == (9, 12, True)


def test_a_caveat_says_how_the_setting_stands(street: tiny.TinyStreet, tmp_path: Path) -> None:
    mediated = catalogue()["disputes_mediated"]
    assert "“和解”计入调解成功" in caveat(tiny.write(street, tmp_path / "yes"), mediated)
    for setting in street.rows("setting"):
        setting["value"] = "false" if setting["key"] == "settlement_counts" else setting["value"]
    assert "“和解”不计入调解成功" in caveat(tiny.write(street, tmp_path / "no"), mediated)


@pytest.mark.parametrize(
    ("period", "month", "first"),
    [
        ("month", "2018-12", "2018-12"), ("quarter", "2018-12", "2018-10"), ("quarter", "2018-05", "2018-04"),
        ("ytd", "2018-12", "2018-01"), ("union-year", "2018-09", "2017-10"), ("union-year", "2018-10", "2018-10"),
        ("union-year", "2018-01", "2017-10"),
    ],
)  # fmt: skip
def test_a_period_runs_to_the_month_asked_for(period: str, month: str, first: str) -> None:
    assert first_month(period, parse_month(month)) == parse_month(first)


def test_months_are_counted_over_the_years_end() -> None:
    assert shift(date(2018, 1, 1), -1) == date(2017, 12, 1) and shift(date(2018, 12, 1), 1) == date(2019, 1, 1)
    assert len(span(date(2016, 1, 1), date(2018, 12, 1))) == 36
    for text in ("2018-13", "2018", "201812", "2018-1"):
        with pytest.raises(QuestionError):
            parse_month(text)


def test_a_period_begins_no_earlier_than_the_data(warehouse: Warehouse) -> None:
    (window,) = plan_of(warehouse, Question("disputes_received", (), MAY, period="union-year")).windows
    assert window.months == span(date(2018, 1, 1), MAY)


def test_a_reader_can_touch_nothing_but_its_file(warehouse: Warehouse, tmp_path: Path) -> None:
    for statement in ("create table core.x (i int)", "set threads = 1", "copy core.month to 'x.csv'", "load spatial",
                      "select * from read_csv('x.csv')"):  # fmt: skip
        with pytest.raises(duckdb.Error):
            warehouse.cursor().execute(statement)
    assert open_current(tmp_path) is warehouse


def test_the_current_generation_is_the_highest_number(street: tiny.TinyStreet, tmp_path: Path) -> None:
    first, second = tiny.write(street, tmp_path), tiny.write(street, tmp_path)
    (tmp_path / "generations" / "000003.draft.duckdb").touch()
    assert first != second and open_current(tmp_path) == second
    with pytest.raises(StreetError):
        open_current(tmp_path / "nowhere")
