"""What a clustered ratio's range is made from, against the rows behind it."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest

from analysis.intervals import ratio_interval
from metrics.question import Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current

DECEMBER = date(2018, 12, 1)
CLUSTERED = ("membership_rate_area", "membership_rate_unionised", "member_verified_rate")


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


@pytest.mark.parametrize("name", CLUSTERED)
def test_sums_are_those_of_the_rows_behind(warehouse: Warehouse, name: str) -> None:
    """Enterprise by enterprise in Python: those without workers are no clusters; fractions are billionths."""
    behind = rows(warehouse, Question(name, month=DECEMBER)).select("community_id", "value", "base").drop_nulls()
    for row in ask(warehouse, Question(name, ("community",), DECEMBER)).rows:
        ours = [
            (float(y), float(x)) for place, y, x in behind.iter_rows() if place == row.keys["community_id"] and x > 0
        ]
        y, x = [y for y, _ in ours], [x for _, x in ours]
        naive = (
            len(ours), sum(y), sum(x), sum(a * a for a in y), sum(a * b for a, b in ours), sum(b * b for b in x),
            all(0 <= a <= b for a, b in ours), sum(a * a / b for a, b in ours), sum(a / b for a, b in ours),
            sum((a / b) ** 2 for a, b in ours), sum(1 / b for b in x),
        )  # fmt: skip
        assert row.clusters is not None
        assert astuple(row.clusters) == pytest.approx(naive, rel=1e-9, abs=1e-6)
        assert (row.low, row.high) == ratio_interval(row.clusters)


def test_only_clustered_ratios_have_them_and_they_stay_inside(warehouse: Warehouse) -> None:
    for name in ("coverage_rate", "disputes_per_1000_workers", "members_joined_target_progress"):
        assert all(row.clusters is None for row in ask(warehouse, Question(name, ("community",), DECEMBER)).rows)
    clustered = ask(warehouse, Question(CLUSTERED[0], (), DECEMBER))
    assert clustered.row.clusters is not None and "clusters" not in clustered.row.as_dict()
