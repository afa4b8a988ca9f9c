"""The sample's registers of 阵地: what was planted comes out again, and who keeps a facility does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from metrics.warehouse import Warehouse, open_current

Truth = dict[str, Any]


@pytest.fixture(scope="module", name="truth")
def truth_(sample_ledgers: Path) -> Truth:
    loaded: Truth = json.loads((sample_ledgers / "truth.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def _ask(warehouse: Warehouse, query: str) -> list[tuple[Any, ...]]:
    return warehouse.cursor().execute(query).fetchall()


def test_registers_come_out_as_planted(warehouse: Warehouse, truth: Truth) -> None:
    """How many count and how large they are on every register's day, 南坑's 1,450 m² among them."""
    query = """
        select as_of::varchar, count(*), sum(area_m2), sum(area_m2) filter (where community_id = '440307013020')
        from core.facility_month where is_counted and month = date_trunc('month', as_of) group by as_of"""
    found = {
        day: {"facilities": n, "area_m2": area, "nankeng_area_m2": own} for day, n, area, own in _ask(warehouse, query)
    }
    assert found == truth["expected"]["facilities"] and len(found) == 4
    assert {facts["nankeng_area_m2"] for facts in found.values()} == {1_450}


def test_what_is_not_in_use_or_in_doubt_is_as_planted(warehouse: Warehouse, truth: Truth) -> None:
    planted = truth["planted"]
    query = "select facility from core.facility_month where month = date '2018-12-01' and not is_in_use and community_id <> '440307013023' order by 1"
    assert sorted(row[0] for row in _ask(warehouse, query)) == sorted(planted["facilities_not_in_use"])
    checks: dict[str, set[str]] = {}
    for check, subject in _ask(
        warehouse, "select check_id, subject from intake.check_row where check_id like 'facility_%'"
    ):
        checks.setdefault(check, set()).add(subject)
    assert checks["facility_point_missing"] == set(planted["facilities_without_point"])
    assert checks["facility_visits_period"] == set(planted["facilities_other_period"])
    assert checks["facility_same_name"] == {"大发埔暖蜂驿站"} and planted["facilities_same_name"] == 2
    assert set(checks) == {"facility_point_missing", "facility_visits_period", "facility_same_name"}


def test_who_keeps_a_facility_has_no_column(warehouse: Warehouse) -> None:
    query = "select column_name from information_schema.columns where table_name in ('facility', 'facility_month')"
    assert {"manager", "phone", "remark"} & {row[0] for row in _ask(warehouse, query)} == set()
