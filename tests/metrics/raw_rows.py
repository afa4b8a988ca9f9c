"""A naive reading of the raw ledgers: plain loops over `ledger.*` rows, nothing of our models but who has reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import pytest

from metrics.catalogue import catalogue
from metrics.question import Question, Row
from metrics.values import ask
from metrics.warehouse import Warehouse

Record = dict[str, Any]


@dataclass(frozen=True)
class Unit:
    """One thing that a metric counts: where, when, and as how much (None: unknown)."""

    community: str | None
    month: date
    value: float | None


def records(warehouse: Warehouse, table: str) -> list[Record]:
    """Return all rows of a table as plain records."""
    found = warehouse.cursor().execute(f"select * from {table}")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def newest(rows: Iterable[Record]) -> list[Record]:
    """Return one row per key: of the latest period, then of the latest load, a community's book before the street's."""
    best: dict[str, Record] = {}
    for row in rows:
        before = best.get(row["row_key"])
        if before is None or _place(row) < _place(before):
            best[row["row_key"]] = row
    return list(best.values())


def _place(row: Record) -> tuple[Any, ...]:
    until = -row["period_to"].toordinal()
    return until, -row["load_no"], row["unit_id"] == "street", row["file"], row["sheet"], row["row"]


def month_of(day: date | None) -> date | None:
    """Return the first day of a day's month."""
    return day and day.replace(day=1)


def reported(warehouse: Warehouse, ledger: str) -> set[tuple[str, date]]:
    """Return the community-months for which this ledger has reported and which are listed."""
    there = {(r["community_id"], r["month"]) for r in records(warehouse, "core.community_month")}
    told = {(r["community_id"], r["month"]) for r in records(warehouse, "core.report") if r["ledger"] == ledger and r["shows"]}  # fmt: skip
    return there & told


def _read(
    units: list[Unit], how: str, is_quantity: bool = False
) -> tuple[float | None, float | None, float | None, int]:
    """Return numerator, denominator, value and how many units are unknown."""
    known = [unit.value for unit in units if unit.value is not None and unit.community is not None]
    missing = len(units) - len(known)
    if how == "median":
        middle = median(known) if known else None
        return middle, None, middle, missing
    if how == "share":
        return sum(known), len(known), sum(known) / len(known) if known else None, missing
    total = None if is_quantity and missing and not known else sum(known)  # yuan that nobody tells are no 0
    return total, None, total, missing


def _same(row: Row, wanted: tuple[Any, ...], what: str) -> None:
    found = (row.numerator, row.denominator, row.value, row.item_missing)
    assert found == pytest.approx(wanted, abs=1e-6), what


def assert_every_month(
    warehouse: Warehouse, metric: str, how: str, units: list[Unit], told: set[tuple[str, date]],
    months: list[date], row_of: Callable[[Unit], bool] = lambda unit: True,
) -> int:  # fmt: skip
    """Compare every community-month and every year to date of the street; return how many had something to count.

    `how`: sum, share (of its own units) or median. A unit of a community-month that has not reported does not count.
    """
    counted = [u for u in units if row_of(u) and (u.community is None or (u.community, u.month) in told)]
    answer = ask(warehouse, Question(metric, ("community", "month"), months[-1], months[0]))
    filled = 0
    for row in answer.rows:
        month = date.fromisoformat(f"{row.keys['month']}-01")
        community = row.keys["community_id"]
        here = [u for u in counted if u.community == community and u.month == month]
        if (community, month) in told:
            _same(row, _read(here, how, catalogue()[metric].measure in {"元", "人"}), f"{metric} {row.keys}")
            filled += bool(here)
        else:
            assert row.value is None and row.known == 0, f"{metric} {row.keys}"
    return filled


def assert_years_to_date(
    warehouse: Warehouse, metric: str, how: str, units: list[Unit], told: set[tuple[str, date]], months: list[date]
) -> None:
    """Compare the street's year to date at every month's end (for a flow)."""
    counted = [u for u in units if u.community is None or (u.community, u.month) in told]
    for row in ask(warehouse, Question(metric, ("month",), months[-1], months[0], period="ytd")).rows:
        end = date.fromisoformat(f"{row.keys['month']}-01")
        here = [u for u in counted if u.month.year == end.year and u.month <= end]
        if any(month.year == end.year and month <= end for _community, month in told):
            _same(row, _read(here, how, catalogue()[metric].measure in {"元", "人"}), f"{metric} {row.keys}")
