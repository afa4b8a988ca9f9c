"""集体合同, 民主管理, 工会体检, 经费, 荣誉, 和谐创建 on a street made by hand: what is easy to count wrongly is counted right."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.changes import change
from metrics.question import Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse
from tests.metrics.rights_street import ACCOUNT, PERSON, make

NANKENG, GANGTOU = "440307013020", "440307013002"


@pytest.fixture(scope="module", name="street")
def street_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return make(tmp_path_factory.mktemp("rights"))


def _row(
    street: Warehouse, metric: str, month: str, place: str | None, period: str | None = None
) -> tuple[float | None, float | None, int]:
    where = (("community", (place,)),) if place else ()
    row = ask(street, Question(metric, (), date.fromisoformat(f"{month}-01"), period=period, where=where)).row
    return row.numerator, row.denominator, row.item_missing


@pytest.mark.parametrize(
    ("metric", "month", "place", "numerator", "denominator", "missing"),
    [
        # 甲's ends on the last day of December, 乙's in December; the federation's takes in 丙, 丁 and 庚
        ("collective_contract_rate", "2018-12", NANKENG, 5, 5, 0),
        ("collective_contract_rate", "2018-12", GANGTOU, 0, 1, 0),  # broken off before its end
        ("collective_contract_rate", "2019-01", NANKENG, 3, 5, 0),
        ("wage_contract_rate", "2018-12", NANKENG, 2, 4, 1),  # 乙's ends some time in 2018
        ("wage_contract_rate", "2019-01", NANKENG, 1, 5, 0),  # which by then is over for certain
        ("wage_contract_rate", "2018-12", GANGTOU, 0, 1, 0),  # a regional contract that does not say for whom
        ("wage_contract_rate", "2019-01", GANGTOU, 1, 1, 0),  # signed in December, in force from January
        ("female_contract_rate", "2018-12", NANKENG, 5, 5, 0),  # the street's own regional contract takes in everybody
        ("female_contract_rate", "2018-12", GANGTOU, 1, 1, 0),
        ("female_contract_rate", "2019-01", NANKENG, 1, 5, 0),  # it ended with the year
        ("workers_congress_rate", "2018-12", NANKENG, 4, 5, 0),
        ("workers_congress_rate", "2018-12", GANGTOU, 0, 0, 1),  # a blank is not a no
        ("open_affairs_rate", "2018-12", NANKENG, 1, 2, 3),  # 正在筹建 is a no, the federation says nothing
        ("mediation_committee_rate", "2018-12", NANKENG, 1, 2, 1),  # 己 has no union; nobody knows of 庚
        ("unions_term_overdue", "2018-12", NANKENG, 2, None, 0),
        ("unions_term_overdue", "2019-01", NANKENG, 4, None, 0),  # terms run out while the register is carried
        ("unions_term_overdue", "2018-12", GANGTOU, 0, None, 0),  # it is being elected anew
        ("unions_without_committee", "2018-12", NANKENG, 1, None, 0),
        ("unions_without_committee", "2018-12", GANGTOU, 0, None, 1),
        ("closed_enterprises_with_union", "2018-12", NANKENG, 1, None, 0),
        ("enterprises_25plus_without_own_union", "2018-12", NANKENG, 1, None, 1),  # 庚's members are not told
        ("enterprises_100plus_without_mediation_committee", "2018-12", NANKENG, 1, None, 1),
        ("collective_contracts", "2018-12", NANKENG, 6, None, 1),  # 甲's counts once though it is of three kinds
        ("honours", "2018-12", None, 2, None, 0),  # the street's own counts in the street
        ("honours", "2018-12", NANKENG, 1, None, 0),
        ("harmonious_enterprises", "2018-12", NANKENG, 1, None, 0),  # two levels, one enterprise
        ("harmonious_parks", "2018-12", NANKENG, 1, None, 0),
    ],
)  # fmt: skip
def test_numbers_counted_by_hand(
    street: Warehouse, metric: str, month: str, place: str | None, numerator: int, denominator: int | None, missing: int
) -> None:  # fmt: skip
    assert _row(street, metric, month, place) == (numerator, denominator, missing)


@pytest.mark.parametrize(
    ("metric", "month", "period", "numerator", "denominator", "missing"),
    [
        # the quarter stands in its last month: what is in it of January and February nobody knows
        ("dues_due_yuan", "2018-01", None, None, None, 3),
        ("dues_due_yuan", "2018-01", "ytd", None, None, 3),
        ("dues_due_yuan", "2018-02", None, 1000, None, 2),  # 2 % of 5 万元 that 甲 listed by the month
        (
            "dues_due_yuan",
            "2018-03",
            None,
            1500,
            None,
            1,
        ),  # of 甲's quarter what February leaves; 怪名目 may be anything
        ("dues_due_yuan", "2018-03", "ytd", 2500, None, 1),
        ("dues_paid_yuan", "2018-03", None, 1200, None, 2),  # a blank is not a payment of nothing
        ("dues_paid_rate", "2018-02", None, 800, 1000, 2),
        ("dues_paid_rate", "2018-03", None, 1200, 1000, 2),
        ("dues_paid_rate", "2018-03", "ytd", 2000, 2000, 2),
        ("preparation_paid_yuan", "2018-03", "ytd", 200, None, 1),
        ("dues_tax_collected", "2018-01", None, None, None, 3),
        (
            "dues_tax_collected",
            "2018-03",
            "ytd",
            1,
            None,
            2,
        ),  # a month's own number; two do not say; 会费 is none of it
    ],
)
def test_dues_counted_by_hand(
    street: Warehouse, metric: str, month: str, period: str | None, numerator: int, denominator: int | None, missing: int
) -> None:  # fmt: skip
    assert _row(street, metric, month, NANKENG, period) == (numerator, denominator, missing)


@pytest.mark.parametrize(("month", "period", "against"), [
    ("2018-02", None, "previous_month"), ("2018-03", None, "previous_month"), ("2018-04", None, "previous_month"),
])  # fmt: skip
def test_a_month_of_a_lump_is_compared_with_nothing(
    street: Warehouse, month: str, period: str | None, against: str
) -> None:
    question = Question("dues_due_yuan", (), date.fromisoformat(f"{month}-01"), period=period)
    assert change(street, question, against).difference is None


def test_who_covers_whom(street: Warehouse) -> None:
    """By what the register says, by a name spelt otherwise, by the place where nothing is said."""
    query = """select substr(e.enterprise, 5, 1), u.union_name, x.how, x.is_own from core.union_enterprise as x
               join core.enterprise_month as e using (enterprise_id, month) join core.union_held as u using (union_id, month)
               where month = '2018-12-01' order by all"""
    federation = "南坑社区工会联合会"
    assert sorted(street.cursor().execute(query).fetchall()) == sorted([
        ("甲", "深圳示例甲有限公司工会委员会", "name", True), ("乙", "深圳市示例乙荣塑胶有限责任公司工会", "core", True),
        ("丙", federation, "place", False), ("丁", federation, "told", False), ("戊", "深圳示例戊有限公司工会委员会", "name", True),
        ("庚", federation, "told", False), ("辛", "深圳示例辛有限公司工会委员会", "name", True),
    ])  # fmt: skip


def test_own_and_regional_stand_apart(street: Warehouse) -> None:
    where = (("community", (NANKENG,)),)
    for metric, own, area in (("collective_contract_rate", 2, 3), ("workers_congress_rate", 1, 3)):
        row = ask(street, Question(metric, (), date(2018, 12, 1), where=where)).row
        assert row.parts == {"own": own, "area": area}, metric


def test_a_contract_of_three_kinds_is_one_contract(street: Warehouse) -> None:
    found = ask(street, Question("collective_contracts", ("contract_kind",), date(2018, 12, 1))).rows
    counted = {row.keys["contract_kind_id"]: row.value for row in found if row.value}
    assert counted == {"general": 2, "wage": 3, "female": 1, "general+wage+female": 1}


def test_a_harmonious_enterprise_stands_at_the_highest_level_that_still_holds(street: Warehouse) -> None:
    """The city's title ends with 2018; from then on it is the district's."""
    for month, expected in ((date(2018, 12, 1), {"municipal": 1}), (date(2019, 1, 1), {"district": 1})):
        found = ask(street, Question("harmonious_enterprises", ("honour_level",), month)).rows
        assert {row.keys["honour_level_id"]: row.value for row in found} == expected


def test_months_before_the_first_register_are_not_zero(street: Warehouse) -> None:
    for metric in ("collective_contract_rate", "honours", "unions_term_overdue", "harmonious_parks"):
        row = ask(street, Question(metric, (), date(2018, 11, 1))).row
        assert (row.value, row.known) == (None, 0), metric


def test_what_is_missing_in_a_committee_is_named(street: Warehouse) -> None:
    frame = rows(street, Question("unions_without_committee", (), date(2018, 12, 1)))
    assert frame.drop_nulls("value")["lacking"].to_list() == ["工会委员会、经审委员会"]


def test_each_doubtful_row_is_shown_once_to_the_clerk(street: Warehouse) -> None:
    wanted = ("contract_", "dues_", "award_")
    found = street.cursor().execute("select check_id, subject from intake.check_row").fetchall()
    assert sorted((check[:40], subject[-5:]) for check, subject in found if check.startswith(wanted)) == sorted([
        ("contract_cover_unsaid", "坂集008"[-5:]), ("contract_cover_unsaid", "社区工联会"), ("contract_enterprise_unmatched", "册有限公司"), ("contract_term_unknown", "胶有限公司"),
        ("dues_not_share", "甲有限公司"), ("dues_paid_blank", "胶有限公司"), ("dues_counted_by_month", "甲有限公司"),
    ])  # fmt: skip


def test_persons_and_accounts_are_nowhere(street: Warehouse) -> None:
    """Neither in the warehouse nor in what the load keeps: rows of persons are refused without their names."""
    folder = street.path.parents[1]
    for path in (path for path in folder.rglob("*") if path.is_file()):
        raw = path.read_bytes()
        assert PERSON.encode() not in raw and ACCOUNT.encode() not in raw, path.name
    refused = "select count(*) from intake.bad_cell where \"column\" = 'recipient_kind'"
    assert street.cursor().execute(refused).fetchall() == [(2,)]
