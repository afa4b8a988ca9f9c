"""Opening + received − closed = closing: in every month of the sample, under every filter that disputes know."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from metrics.catalogue import catalogue
from metrics.judging.stages import OPEN, step_flows
from metrics.question import UNKNOWN, Question
from metrics.scope import default_month, months, options
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current

DISPUTES = ("disputes_open", "disputes_received", "disputes_closed")
DIMENSIONS = tuple(name for name in catalogue()["disputes_open"].dimensions if name != "month")
Counts = dict[str, tuple[float, int]]


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def counts(warehouse: Warehouse, metric: str, where: tuple[tuple[str, tuple[str, ...]], ...]) -> Counts:
    """Return value and known communities by month."""
    span = months(warehouse)[0], default_month(warehouse)
    rows = ask(warehouse, Question(metric, ("month",), span[1], span[0], "month", where)).rows
    return {row.keys["month"] or "": (row.value or 0, row.known) for row in rows}


def balanced(warehouse: Warehouse, where: tuple[tuple[str, tuple[str, ...]], ...]) -> int:
    """Check every month whose communities are the same as the month before; return how many cases were received."""
    opened, received, closed = (counts(warehouse, metric, where) for metric in DISPUTES)
    seen = 0.0
    for before, month in pairwise(opened):
        if opened[before][1] == opened[month][1] > 0:
            left = opened[before][0] + received[month][0] - closed[month][0]
            assert left == opened[month][0], (where, month)
            seen += received[month][0]
    return int(seen)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_disputes_balance_under_every_filter(warehouse: Warehouse, dimension: str) -> None:
    """One code at a time, 不详 too; with many causes a dispute is found under each of them, on all three sides."""
    start = months(warehouse)[0]
    occurring = ask(warehouse, Question("disputes_received", (dimension,), default_month(warehouse), start)).rows
    codes = [row.keys[f"{dimension}_id"] or UNKNOWN for row in occurring]
    seen = [balanced(warehouse, ((dimension, (code,)),)) for code in codes]
    assert sum(count > 0 for count in seen) > 1, "a filter that finds nothing balances too"


def test_disputes_balance_under_two_filters(warehouse: Warehouse) -> None:
    first, second = options(warehouse, "community")[0].id, options(warehouse, "community")[9].id
    assert balanced(warehouse, (("community", (first, second)), ("cause", ("01", "04")))) > 0


def test_phases_keep_every_dispute(warehouse: Warehouse) -> None:
    """Over all of time a phase is entered as often as it is left, but for where a dispute begins and where it ends."""
    last = default_month(warehouse)
    flows = step_flows(warehouse, (months(warehouse)[0], last))
    still_open = sum(flow.count for flow in flows if flow.target == OPEN)
    ending = """
        select count(*) from core.case_fact
        where accepted_date <= last_day($month) and (ended_date is null or ended_date > last_day($month))"""
    assert warehouse.cursor().execute(ending, {"month": last}).fetchall() == [(still_open,)]
    moved = {(flow.source, flow.target): flow.count for flow in flows}
    assert moved["agreement", "performance"] > 0 and ("closing", OPEN) not in moved
    later = step_flows(warehouse, (date(2018, 1, 1), last))
    assert sum(f.count for f in later if f.target == OPEN) == still_open
    assert sum(f.count for f in later) < sum(f.count for f in flows)
