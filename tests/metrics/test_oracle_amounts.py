"""People, amounts and group cases again, from the raw rows: on a street made by hand and on the sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from metrics.question import Question
from metrics.scope import months
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.online_street import make
from tests.metrics.raw_rows import (
    Record,
    Unit,
    assert_every_month,
    assert_years_to_date,
    month_of,
    newest,
    records,
    reported,
)

ENDED = {"mediated", "settled", "failed", "withdrawn", "transferred", "arbitration"}


@dataclass(frozen=True)
class Raw:
    """A street, its cases as the raw rows tell them, and the community-months that have reported."""

    warehouse: Warehouse
    cases: list[Record]
    told: set[tuple[str, date]]
    months: list[date]


@pytest.fixture(scope="module", name="by_hand")
def by_hand_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return make(tmp_path_factory.mktemp("amounts"))


@pytest.fixture(scope="module", params=["by hand", "sample"], name="raw")
def raw_(request: pytest.FixtureRequest, by_hand: Warehouse, sample_street: Path) -> Raw:
    warehouse = by_hand if request.param == "by hand" else open_current(sample_street)
    cases = newest(records(warehouse, "ledger.dispute"))
    return Raw(warehouse, cases, reported(warehouse, "dispute"), list(months(warehouse)))


def agreed_on(case: Record) -> date | None:
    """Return the day on which a case with an agreement was closed."""
    if case["outcome"] not in ENDED or not case["closed_date"]:
        return None
    has_agreement = case["outcome"] in {"mediated", "settled"} or case["amount_agreed"] is not None
    return case["closed_date"] if has_agreement else None


def at_least(case: Record, people: int) -> float | None:
    involved = case["workers_involved"]
    return None if involved is None else 1 if involved >= people else 0


def units_of(metric: str, cases: list[Record]) -> list[Unit]:
    """Return what a metric counts; a case under the threshold is not one of its units."""
    table: dict[str, tuple[Callable[[Record], date | None], Callable[[Record], float | None]]] = {
        "workers_involved": (lambda c: c["received_date"], lambda c: c["workers_involved"]),
        "amount_claimed_yuan": (lambda c: c["received_date"], lambda c: c["amount_claimed"]),
        "amount_agreed_yuan": (agreed_on, lambda c: c["amount_agreed"]),
        "amount_paid_yuan": (agreed_on, lambda c: c["amount_paid"]),
        "group_disputes": (lambda c: c["received_date"], lambda c: at_least(c, 10)),
        "mass_disputes": (lambda c: c["received_date"], lambda c: at_least(c, 30)),
    }
    day, value = table[metric]
    return [Unit(case["community_id"], month, value(case)) for case in cases if (month := month_of(day(case)))]


@pytest.mark.parametrize(
    "metric",
    ["workers_involved", "amount_claimed_yuan", "amount_agreed_yuan", "amount_paid_yuan", "group_disputes", "mass_disputes"],
)  # fmt: skip
def test_every_month_from_the_raw_rows(raw: Raw, metric: str) -> None:
    units = units_of(metric, raw.cases)
    assert assert_every_month(raw.warehouse, metric, "sum", units, raw.told, raw.months) >= 1
    assert_years_to_date(raw.warehouse, metric, "sum", units, raw.told, raw.months)


@pytest.mark.parametrize(
    ("metric", "month", "value", "missing", "is_approximate"),
    [
        ("workers_involved", "2018-03", 42, 1, False),  # 12 and 30; 200 person-times are no people
        ("workers_involved", "2018-04", 9 + 29 + 100 + 1, 1, True),
        ("amount_claimed_yuan", "2018-03", 125_000, 0, True),  # 10 万, about 2 万, and ￥5,000 under 万元 is 5,000
        ("amount_claimed_yuan", "2018-04", 3_215_000, 1, False),  # a claim of 0 is known, a blank is not
        ("amount_agreed_yuan", "2018-04", 110_000, 1, False),  # the open case's agreement does not count yet
        ("amount_paid_yuan", "2018-04", 82_000, 1, False),
        ("group_disputes", "2018-03", 2, 1, False),
        ("group_disputes", "2018-04", 2, 1, True),
        ("mass_disputes", "2018-03", 1, 1, False),  # 30 is one of 30 and more
        ("mass_disputes", "2018-04", 1, 1, False),
    ],
)
def test_numbers_counted_by_hand(
    by_hand: Warehouse, metric: str, month: str, value: int, missing: int, is_approximate: bool
) -> None:
    row = ask(by_hand, Question(metric, (), date.fromisoformat(f"{month}-01"))).row
    assert (row.value, row.item_missing, row.approximate) == (value, missing, is_approximate)


def test_bands_are_half_open(by_hand: Warehouse) -> None:
    query = "select workers_involved, group_band, is_group, is_mass from core.dispute order by 1 nulls first"
    assert by_hand.cursor().execute(query).fetchall() == [
        (None, None, None, None), (None, None, None, None),
        (1, "1", False, False), (2, "2_9", False, False), (9, "2_9", False, False),
        (10, "10_29", True, False), (12, "10_29", True, False), (29, "10_29", True, False),
        (30, "30_49", True, True), (49, "30_49", True, True), (50, "50_99", True, True), (99, "50_99", True, True),
        (100, "100_", True, True),
    ]  # fmt: skip


def test_the_clerk_sees_amounts_and_people_that_cannot_be_right(by_hand: Warehouse) -> None:
    wanted = ("agreed_above_claimed", "paid_above_agreed", "involved_in_person_times")
    found = by_hand.cursor().execute("select check_id, subject from intake.check_row where check_id in ?", [wanted])
    assert sorted(found.fetchall()) == [
        ("agreed_above_claimed", "坂调〔2018〕002号"),
        ("involved_in_person_times", "坂调〔2018〕003号"),
        ("paid_above_agreed", "坂调〔2018〕004号"),
    ]
