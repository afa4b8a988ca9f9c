"""Every number of services, their money and workers in hardship again, from the raw rows of the sample, in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from metrics.periods import shift, span
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.raw_rows import Record, month_of, newest, records, reported

FIRST, LAST = date(2017, 1, 1), date(2018, 12, 1)
MONTHS = span(FIRST, LAST)
FEW = 5
Value = Callable[[Record], float | None]
SUMS: dict[str, Value] = {
    "service_activities": lambda row: 1, "service_persons": lambda row: row["persons"],
    "service_person_times": lambda row: row["person_times"], "service_spending_yuan": lambda row: row["spending"],
}  # fmt: skip


@dataclass(frozen=True)
class Raw:
    """The sample street, and its services as the raw rows tell them, each with the community that it counts in."""

    warehouse: Warehouse
    services: list[Record]
    communities: list[str]


@pytest.fixture(scope="module", name="raw")
def raw_(sample_street: Path) -> Raw:
    warehouse = open_current(sample_street)
    homes = {(r["row_key"], r["month"]): r["community_id"] for r in _registered(warehouse)}
    services = newest(records(warehouse, "ledger.service"))
    for row in services:
        code = f"uscc:{row['enterprise_uscc']}"
        row["home"] = row["community_id"] or homes.get((code, month_of(row["service_date"])))
    return Raw(warehouse, services, [r["community_id"] for r in records(warehouse, "core.community")])


def _registered(warehouse: Warehouse) -> list[Record]:
    query = """select a.row_key, e.month, e.community_id from core.enterprise_month as e
               inner join core.enterprise_alias as a using (enterprise_id) where a.row_key like 'uscc:%'"""
    found = warehouse.cursor().execute(query)
    return [dict(zip(("row_key", "month", "community_id"), row, strict=True)) for row in found.fetchall()]


def _month(row: Record) -> date:
    return row["service_date"].replace(day=1)


def test_every_community_and_month_reported(raw: Raw) -> None:
    """The street's book speaks for all communities from its first month to its last."""
    told = reported(raw.warehouse, "service")
    assert told == {(community, month) for community in raw.communities for month in MONTHS}


@pytest.mark.parametrize("metric", SUMS)
def test_sums_by_community_and_month(raw: Raw, metric: str) -> None:
    """The street's own services count in the street's total and in no community; unknown numbers are counted apart."""
    value = SUMS[metric]
    by_place: dict[tuple[str, date], float] = defaultdict(float)
    of_street: dict[date, float] = defaultdict(float)
    missing: dict[date, int] = defaultdict(int)
    told: dict[tuple[str, date], bool] = defaultdict(bool)  # a place whose services all leave it open has no 0
    for service in raw.services:
        number, month = value(service), _month(service)
        of_street[month] += number or 0
        missing[month] += number is None
        if service["home"]:
            by_place[service["home"], month] += number or 0
            told[service["home"], month] |= number is not None
    answer = ask(raw.warehouse, Question(metric, ("community", "month"), LAST, FIRST))
    found = {(row.keys["community_id"], row.keys["month"]): row.value for row in answer.rows}
    assert found == {
        (place, f"{m:%Y-%m}"): pytest.approx(by_place[place, m]) if told.get((place, m), True) else None
        for place in raw.communities
        for m in MONTHS
    }
    for row in ask(raw.warehouse, Question(metric, ("month",), LAST, FIRST)).rows:
        month = date.fromisoformat(f"{row.keys['month']}-01")
        assert (row.value, row.item_missing) == (pytest.approx(of_street[month]), missing[month]), month
    for row in ask(raw.warehouse, Question(metric, ("month",), LAST, FIRST, period="ytd")).rows:
        end = date.fromisoformat(f"{row.keys['month']}-01")
        assert row.value == pytest.approx(sum(n for m, n in of_street.items() if m.year == end.year and m <= end))
    assert sum(of_street.values()) > sum(by_place.values()) > 0, "some are the street's own"


@pytest.mark.parametrize("dimension", ["service_kind", "funding_source"])
def test_person_times_by_kind_and_source(raw: Raw, dimension: str) -> None:
    name = {"service_kind": "item", "funding_source": "source"}[dimension]
    wanted: dict[str | None, float] = defaultdict(float)
    for row in raw.services:
        if row["service_date"].year == 2018:
            wanted[row[name]] += row["person_times"] or 0
    rows = ask(raw.warehouse, Question("service_person_times", (dimension,), LAST, period="ytd")).rows
    assert {row.keys[f"{dimension}_id"]: row.value for row in rows} == dict(wanted)


def test_the_street_reached_more_than_a_hundred_thousand_person_times(raw: Raw) -> None:
    """What the article says of the funded services; the whole year's sums inside the lists did not count."""
    reached = ask(raw.warehouse, Question("service_person_times", (), LAST, period="ytd")).row.value
    assert reached is not None and 100_000 < reached < 125_000
    kinds = {row["item"] for row in raw.services}
    assert {"aid", "schooling", "warmth", "cooling", "films", "shows", "injury_visit", "medical"} <= kinds


def test_reach_per_thousand_workers(raw: Raw) -> None:
    """Person-times of the year over the mean of the twelve month-ends' workers, community by community."""
    workers: dict[str, float] = defaultdict(float)
    for row in ask(raw.warehouse, Question("workers", ("community", "month"), LAST, date(2018, 1, 1))).rows:
        workers[row.keys["community_id"] or ""] += (row.value or 0) / 12
    for row in ask(
        raw.warehouse, Question("service_person_times_per_1000_workers", ("community",), LAST, period="ytd")
    ).rows:
        place = row.keys["community_id"] or ""
        here = [r for r in raw.services if r["home"] == place and r["service_date"].year == 2018]
        times = sum(r["person_times"] or 0 for r in here)
        assert row.value == pytest.approx(times / workers[place] * 1000), row.keys["community"]


def test_cost_per_person_time_counts_both_sides_or_none(raw: Raw) -> None:
    both = [
        r for r in raw.services if r["service_date"].year == 2018 and None not in (r["spending"], r["person_times"])
    ]
    row = ask(raw.warehouse, Question("service_spending_per_person_time_yuan", (), LAST, period="ytd")).row
    above, below = sum(r["spending"] for r in both), sum(r["person_times"] for r in both)
    assert (row.numerator, row.denominator) == (pytest.approx(above), below)
    assert row.value == pytest.approx(above / below)


@pytest.mark.parametrize("year", [2017, 2018])
def test_budget_and_how_much_of_it_is_used(raw: Raw, year: int) -> None:
    """By source and of the whole street, at every month's end; what has no budget counts on neither side."""
    budget: dict[str, float] = defaultdict(float)
    for row in records(raw.warehouse, "ledger.budget"):
        if row["period_to"].year == year:
            budget[row["source"]] += row["amount"]
    assert set(budget) == {"district", "street", "dues", "special"}
    for month in (date(year, 1, 1), date(year, 6, 1), date(year, 12, 1)):
        spent: dict[str, float] = defaultdict(float)
        for row in raw.services:
            if row["service_date"].year == year and _month(row) <= month:
                spent[row["source"]] += row["spending"] or 0
        asked = ask(raw.warehouse, Question("service_budget_yuan", ("funding_source",), month)).rows
        assert {row.keys["funding_source_id"]: row.value for row in asked} == dict(budget)
        used = ask(raw.warehouse, Question("service_budget_used_rate", ("funding_source",), month)).rows
        found = {row.keys["funding_source_id"]: row.value for row in used if row.value is not None}
        assert found == {
            source: pytest.approx(spent[source] / budget[source])
            for source in budget
            if spent[source] or source in found
        }
        whole = ask(raw.warehouse, Question("service_budget_used_rate", (), month)).row
        assert whole.value == pytest.approx(sum(spent[source] for source in budget) / sum(budget.values()))


def test_no_book_means_unknown_and_not_zero(raw: Raw) -> None:
    for metric in ("service_person_times", "service_spending_yuan", "service_budget_yuan", "hardship_archived"):
        assert ask(raw.warehouse, Question(metric, (), date(2016, 6, 1))).row.value is None, metric


def _persons(raw: Raw, what: str) -> list[Record]:
    return [row for row in records(raw.warehouse, "ledger.hardship") if row["what"] == what]


@pytest.mark.parametrize(
    "month", [date(2017, 6, 1), date(2017, 9, 1), date(2018, 5, 1), date(2018, 6, 1), date(2018, 12, 1)]
)
def test_on_file_from_the_newest_archive(raw: Raw, month: date) -> None:
    """By community and class, small ones hidden; the sums of what is shown never tell what is hidden."""
    archive = _persons(raw, "on_file")
    day = max(row["as_of"] for row in archive if row["as_of"] < shift(month, 1))
    for dimension, name in (("community", "community_id"), ("hardship_tier", "tier")):
        wanted: dict[str, int] = defaultdict(int)
        for counted in archive:
            if counted["as_of"] == day:
                wanted[counted[name]] += counted["persons"]
        answer = ask(raw.warehouse, Question("hardship_archived", (dimension,), month))
        for row in answer.rows:
            count = wanted[row.keys[f"{dimension}_id"] or ""]
            assert row.value == count or (row.value is None and row.hidden), (dimension, row.keys)
            assert row.value is None or not 0 < row.value < FEW
    total = ask(raw.warehouse, Question("hardship_archived", (), month)).row.value
    assert total == sum(counted["persons"] for counted in archive if counted["as_of"] == day)


@pytest.mark.parametrize(("metric", "what"), [("hardship_entered", "entered"), ("hardship_left", "left")])
@pytest.mark.parametrize("year", [2017, 2018])
def test_who_entered_and_left_in_a_year(raw: Raw, metric: str, what: str, year: int) -> None:
    """Each month as the first archive that can see it tells it: June's for the first half-year."""
    wanted = 0
    for counted in _persons(raw, what):
        half = date(year, 6, 30) if counted["month"].month <= 6 else date(year, 12, 31)
        wanted += counted["persons"] if counted["month"].year == year and counted["as_of"] == half else 0
    row = ask(raw.warehouse, Question(metric, (), date(year, 12, 1), period="ytd")).row
    assert row.value == wanted >= FEW
