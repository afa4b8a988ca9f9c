"""enterprises_red and enterprises_yellow again, from the sample's raw rows and the scheme's YAML, in plain loops."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from metrics.question import Question
from metrics.scope import months
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.etl.naive_levels import Fact, naive
from tests.metrics.raw_enterprises import Enterprises
from tests.metrics.raw_rows import Record, Unit, assert_every_month, newest, records, reported
from tests.source import ROOT

FROM_FACTS = {"risk_score", "hazard", "dispute", "online_request"}


def codes(name: str) -> dict[str, dict[str, str]]:
    """Return the legal rows of a code list by code."""
    with (ROOT / "etl" / "codes" / f"{name}.csv").open(encoding="utf-8") as handle:
        return {row["code"]: row for row in csv.DictReader(handle) if row["kind"] == "legal"}


@dataclass
class Registers:
    """Who is listed in which month, and which enterprise a row speaks of."""

    enterprises: Enterprises
    by_id: dict[tuple[str, date], tuple[str | None, bool | None, int | None]] = field(default_factory=dict)
    written: dict[str, str | None] = field(default_factory=dict)  # the community that the score sheet writes

    @classmethod
    def read(cls, warehouse: Warehouse) -> Registers:
        found = cls(Enterprises.read(warehouse))
        query = "select enterprise_id, month, community_id, has_union, workers from core.enterprise_month"
        for enterprise, month, *facts in warehouse.cursor().execute(query).fetchall():
            found.by_id[enterprise, month] = (facts[0], facts[1], facts[2])
        return found

    def match(self, row: Record, day: date) -> str | None:
        """Return the enterprise of a row."""
        return self.enterprises.match(row, day)


def told_facts(warehouse: Warehouse, registers: Registers) -> list[Fact]:
    """Return the facts of the score sheets; a layoff also as a share of the workers of that month."""
    units = codes("risk_indicator")
    found: list[Fact] = []
    for row in newest(records(warehouse, "ledger.risk_score")):
        enterprise = registers.match(row, row["fact_date"])
        degree = (
            row["quantity"] if row["quantity"] is not None else 1 if units[row["indicator"]]["unit"] == "项" else None
        )
        if row["fact_date_precision"] != "year" and enterprise and degree is not None:
            registers.written[enterprise] = row["community_id"]
            found.append((enterprise, row["indicator"], degree, row["fact_date"]))
    shares = {(enterprise, day) for enterprise, indicator, _degree, day in found if indicator == "layoff_share"}
    for enterprise, indicator, degree, day in list(found):
        workers = registers.by_id.get((enterprise, day.replace(day=1)), (None, None, None))[2]
        if indicator == "layoff" and workers and (enterprise, day) not in shares:
            found.append((enterprise, "layoff_share", degree * 100 / workers, day))
    return found


def hazard_facts(warehouse: Warehouse, registers: Registers) -> list[Fact]:
    """Return the facts of the hazards that were verified and found true."""
    signs, found = codes("hazard_sign"), []
    for row in newest(records(warehouse, "ledger.hazard")):
        enterprise = registers.match(row, row["reported_date"])
        is_checked = row["verified_date"] and row["verified_date_precision"] != "year"
        if not (is_checked and row["verify_result"] in {"true", "partly"} and enterprise):
            continue
        for sign in row["signs"] or []:
            about = signs.get(sign, {"indicator": ""})
            degree = float(about["quantity"]) if about.get("quantity") else row["workers_involved"]
            if about["indicator"] and degree is not None:
                found.append((enterprise, about["indicator"], degree, row["verified_date"]))
    return found


def key(text: str | None) -> str:
    return re.sub("[^0-9A-Za-z一-龥]", "", text or "")


def demand_facts(warehouse: Warehouse, registers: Registers) -> list[Fact]:
    """Return disputes of thirty and more, and how many disputes and complaints an enterprise had in a month."""
    cases = newest(records(warehouse, "ledger.dispute"))
    days: dict[tuple[str, date], list[date]] = defaultdict(list)
    found: list[Fact] = []
    for row in cases:
        day = row["received_date"]
        if enterprise := registers.match(row, day):
            days[enterprise, day.replace(day=1)].append(day)
            found += [(enterprise, "group", 1, day)] if (row["workers_involved"] or 0) >= 30 else []
    known = {key(row["case_no"]) for row in cases}
    for row in newest(records(warehouse, "ledger.online_request")):
        day, closed = row["applied_date"], row["closed_date"]
        is_taken_back = row["status"] in {"returned", "withdrawn"} and (
            not closed or closed.replace(day=1) <= day.replace(day=1)
        )
        enterprise = registers.match(row, day)
        if row["item"] == "complaint" and enterprise and not is_taken_back and key(row["linked_no"]) not in known:
            days[enterprise, day.replace(day=1)].append(day)
    return found + [(enterprise, "demands", len(here), max(here)) for (enterprise, _month), here in days.items()]


@dataclass(frozen=True)
class Raw:
    """The sample, the enterprises' levels as the raw rows tell them, and who has reported."""

    warehouse: Warehouse
    units: dict[str, list[Unit]]
    told: set[tuple[str, date]]
    months: list[date]


@pytest.fixture(scope="module", name="raw")
def raw_(sample_street: Path) -> Raw:
    warehouse = open_current(sample_street)
    registers, told = Registers.read(warehouse), reported(warehouse, "risk_score")
    facts = [f for make in (told_facts, hazard_facts, demand_facts) for f in make(warehouse, registers)]
    report = records(warehouse, "core.report")
    last = max(row["month"] for row in report if row["ledger"] in FROM_FACTS and row["state"] in {"received", "nil"})
    axis = list(months(warehouse))
    units: dict[str, list[Unit]] = {"red": [], "yellow": []}
    for month in (m for m in axis if m <= last):
        for enterprise, (_score, level) in levels(facts, registers, month).items():
            if level in units:
                # not in that month's register: where the score sheet says
                listed = registers.by_id.get((enterprise, month))
                community = listed[0] if listed else registers.written[enterprise]
                units[level].append(Unit(community, month, 1))
    return Raw(warehouse, units, told, axis)


def levels(facts: list[Fact], registers: Registers, month: date) -> dict[str, tuple[Any, str]]:
    """Return the levels at a month's end; the register adds who has no union."""
    end = (month + timedelta(days=40)).replace(day=1) - timedelta(days=1)
    recent = [fact for fact in facts if timedelta() <= end - fact[3] <= timedelta(days=366)]
    listed = {fact[0] for fact in recent}
    without: list[Fact] = [(e, "no_union", 1, end) for e in listed if registers.by_id.get((e, month), (None, None))[1] is False]  # fmt: skip
    return naive("longgang_123", [*recent, *without], end, end)


@pytest.mark.parametrize("level", ["red", "yellow"])
def test_every_month_from_the_raw_rows(raw: Raw, level: str) -> None:
    metric = {"red": "enterprises_red", "yellow": "enterprises_yellow"}[level]
    units = raw.units[level]
    assert (
        assert_every_month(raw.warehouse, metric, "sum", units, raw.told, raw.months)
        >= {"red": 15, "yellow": 60}[level]
    )
    for month in sorted({month for _community, month in raw.told}):
        here = [u for u in units if u.month == month and (u.community, month) in raw.told]
        asked = Question(metric, (), month, period="ytd")
        assert ask(raw.warehouse, asked).row.value == len(here), (
            "a stock is read at the month's end, whatever the period"
        )
        assert rows(raw.warehouse, asked)["value"].sum() == len(here)


def test_a_month_without_a_score_sheet_is_unknown(raw: Raw) -> None:
    """2016 has hazards, but nobody scored: that is no zero."""
    answer = ask(raw.warehouse, Question("enterprises_red", (), date(2016, 12, 1))).row
    assert answer.value is None and answer.known == 0
    assert raw.units["yellow"] and min(unit.month for unit in raw.units["yellow"]).year <= 2016


@pytest.mark.parametrize("dimension", ["park", "industry", "size_band", "ownership", "community"])
def test_the_parts_add_up(raw: Raw, dimension: str) -> None:
    month = max(month for _community, month in raw.told)
    whole = ask(raw.warehouse, Question("enterprises_yellow", (), month)).row.value
    parts = ask(raw.warehouse, Question("enterprises_yellow", (dimension,), month)).rows
    assert whole and sum(row.value or 0 for row in parts) == whole
