"""`metric` as people read it: every metric in every cut, and what a number does not say by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics.catalogue import catalogue
from metrics.phrases import row_text, side_text
from metrics.question import Question, Row
from metrics.terminal import answer_of, answer_text
from metrics.warehouse import Warehouse, open_current

DECEMBER = date(2018, 12, 1)


def said(warehouse: Warehouse, name: str, *by: str) -> str:
    return answer_text(answer_of(warehouse, Question(name, by, DECEMBER)))


@pytest.fixture(name="warehouse", scope="module")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def test_every_metric_by_every_other_dimension_is_said(warehouse: Warehouse) -> None:
    """No cut ends in a traceback, also where no row of a code says how much; by community is walked elsewhere."""
    for metric in catalogue().values():
        for name in metric.dimensions:
            if name != "community":
                assert said(warehouse, metric.id, name).startswith(metric.title), (metric.id, name)


def test_a_source_without_a_budget_cannot_be_divided(warehouse: Warehouse) -> None:
    last = said(warehouse, "service_budget_used_rate", "funding_source").splitlines()[-1]
    assert last == "不详　不详　不详/0　已报144/应报144　1项不详"
    assert side_text(None) == "不详" and side_text(0) == "0"


def test_qualifiers_are_said() -> None:
    """约, 分母为约数, 另有×项不详; nothing of it where all is exact and told."""
    row: dict[str, Any] = {
        "numerator": 29.0, "denominator": 104_236.0, "value": 3.34, "low": None, "high": None, "known": 11, "expected": 12,
        "item_missing": 1025, "approximate": True, "approximate_base": True, "parts": None,
    }  # fmt: skip
    answer = {"metric": "disputes_per_1000_workers", "month": "2018-12", "generation": "a", "generation_no": 1}
    assert answer_text({**answer, "rows": [row]}).splitlines()[1:] == [
        "约3.34　29/104236　已报11/应报12　分母为约数　另有1,025项不详"
    ]
    exact = {**row, "approximate": False, "item_missing": 0}
    exact.pop("approximate_base")
    assert answer_text({**answer, "rows": [exact]}).splitlines()[1] == "3.34　29/104236　已报11/应报12"


def test_a_base_of_about_is_named(warehouse: Warehouse) -> None:
    """Workers written as 约 stand below the rate; where only the counted ones are 约, nothing is said of the base."""
    lines = said(warehouse, "disputes_per_1000_workers").splitlines()
    assert "分母为约数" in lines[1] and lines[1].startswith("约")
    assert "分母为约数" not in said(warehouse, "workers")


def test_what_no_row_tells_is_neither_none_nor_unreported() -> None:
    """A sum of which no row says how much is 不详 in sentences too; 无 stays for what was reported empty."""
    metric = catalogue()["amount_agreed_yuan"]
    unknown = Row({}, None, None, None, None, None, 12, 12, 3, False, None)
    assert row_text(metric, unknown) == "不详"
    assert row_text(metric, Row({}, None, None, None, None, None, 12, 12, 0, False, None)) == "无"
    assert row_text(metric, Row({}, None, None, None, None, None, 0, 12, 0, False, None)) == "未报"
