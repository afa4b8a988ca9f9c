"""Area and population again, from the raw rows of the community register: every community, every month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.periods import shift
from metrics.question import Question
from metrics.scope import months
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.raw_rows import records

COLUMNS = ("area_km2", "resident_population", "registered_population")


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_month_says_what_the_newest_register_says(warehouse: Warehouse, column: str) -> None:
    """A month reads the newest register up to it; before the first one nothing is known, and nothing is 0."""
    rows = records(warehouse, "ledger.community")
    axis = months(warehouse)
    answer = ask(warehouse, Question(column, ("community", "month"), axis[-1], axis[0]))
    assert len(answer.rows) >= 12 * len(axis)
    for row in answer.rows:
        month = date.fromisoformat(f"{row.keys['month']}-01")
        held = [r for r in rows if r["community_id"] == row.keys["community_id"] and r["as_of"] < shift(month, 1)]
        newest = max(held, key=lambda r: (r["as_of"], r["load_no"]), default=None)
        assert row.value == (newest[column] if newest else None), row.keys
        assert row.known == (newest is not None)
        assert row.approximate == bool(newest and newest[f"{column}_qualifier"] == "approx")


def test_a_blank_population_is_missing_not_zero(warehouse: Warehouse) -> None:
    """The street is the sum of its communities, and says how many are missing."""
    for column in COLUMNS:
        rows = ask(warehouse, Question(column, ("community",), date(2018, 12, 1))).rows
        street = ask(warehouse, Question(column, (), date(2018, 12, 1))).row
        assert street.value == pytest.approx(sum(row.value for row in rows if row.value is not None))
        assert street.item_missing == sum(row.value is None for row in rows)
