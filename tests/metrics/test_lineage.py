"""Every number leads back: for every metric a figure of the sample is led to its rows, and these to the workbooks' cells."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from etl.errors import QuestionError
from metrics import lineage, values
from metrics.catalogue import Metric, catalogue
from metrics.known import known_side
from metrics.lineage import Place, Sides
from metrics.question import Question
from metrics.warehouse import Warehouse, open_current
from tests.metrics.source_cells import Books, days, holds, numbers

MONTHS = (date(2018, 11, 1), date(2018, 12, 1))
# Rows of persons in sensitive classes are shown to nobody.
SUMMED = {"staff_training_hours"}  # hours of several persons: shown as a sum, no row of a person tells it
METRICS = [m for m in catalogue().values() if m.ledgers != ("member",) and not m.sensitive and m.id not in SUMMED]
OF_STREET = {
    "service_budget_yuan",
    "service_budget_used_rate",
}  # a budget is the street's, no community has a part of it


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    """Return the sample's warehouse."""
    return open_current(sample_street)


@pytest.fixture(scope="module")
def books(sample_ledgers: Path) -> Books:
    """Return the sample's own files, each read once."""
    return Books(sample_ledgers)


@lru_cache(maxsize=64)
def figure(warehouse: Warehouse, metric: Metric) -> Sides:
    """Return the rows of a random figure: month and community are drawn by topic, so that few files are opened."""
    drawn = random.Random(metric.topic)
    period = "ytd" if metric.time == "flow" and not metric.period else None
    for month in (drawn.choice(MONTHS), *reversed(MONTHS)):  # the first with something to count
        rows = values.ask(warehouse, Question(metric.id, ("community",), month, period=period)).rows
        if some := [row for row in drawn.sample(rows, len(rows)) if row.numerator]:
            break
    assert some or metric.id in OF_STREET, metric.id
    where = (("community", (some[0].keys["community_id"] or "",)),) if metric.id not in OF_STREET else ()
    return lineage.sides(warehouse, Question(metric.id, (), month, period=period, where=where))


def adds_up(found: Sides) -> None:
    """Hold the rows against the answer: sum, median, mean of month-ends."""
    row, metric = found.row, found.answer.metric
    if metric.aggregate == "median":
        assert found.numerator["value"].median() == row.numerator
    else:
        assert float(found.numerator["value"].sum()) == pytest.approx(row.numerator)
    if metric.over is None:
        assert found.denominator is None and row.denominator is None
    else:
        assert found.base_total / found.month_ends == pytest.approx(row.denominator)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_a_figure_leads_to_cells_that_add_up_to_it(warehouse: Warehouse, books: Books, metric: Metric) -> None:
    """Every row of both sides stands where it says, under its unit's name, and its number or days stand in its cells."""
    found = figure(warehouse, metric)
    adds_up(found)
    assert not found.numerator.is_empty()
    for unit in found.numerator.iter_rows(named=True):
        cells = books.row(unit["file"], unit["sheet"], unit["row"])
        _names(unit, cells, metric)
        if metric.aggregate == "median":
            _tells_days(found, books, unit, cells)
        elif unit["value"] != 1:
            assert float(unit["value"]) in numbers(cells), (unit, cells)
    if found.denominator is not None:
        # One register stands for several month-ends: its rows are opened once.
        once = found.denominator.unique(["file", "sheet", "row", "base"], maintain_order=True)
        for unit in once.iter_rows(named=True):
            cells = books.row(unit["file"], unit["sheet"], unit["row"])
            _names(unit, cells, metric)
            assert unit["base"] == 1 or float(unit["base"]) in numbers(cells), (unit, cells)


def _names(unit: dict[str, Any], cells: tuple[Any, ...], metric: Metric) -> None:
    """The row is that of the unit: its number, code or name stands in it; a target's row names its community.

    A service has a day and a kind for a name (its topic may name persons), a budget nothing but its amount.
    """
    if unit["unit_name"].endswith("服务经费预算"):
        return
    if metric.topic == "services" and (day := re.match(r"\d{4}-\d\d-\d\d ", unit["unit_name"])):
        assert date.fromisoformat(day[0].strip()) in days(cells), (unit, cells)
        return
    names = [
        unit["unit_id"].split(":")[-1],
        unit["unit_name"],
        *([unit["community"]] if "任务" in unit["file"] else []),
    ]
    assert any(holds(cells, name) for name in names), (metric.id, unit, cells)


def _tells_days(found: Sides, books: Books, unit: dict[str, Any], cells: tuple[Any, ...]) -> None:
    """Two days in the unit's rows, its own and those it rests on, are as far apart as its value says."""
    told = days(cells)
    for other in found.others.iter_rows(named=True):
        if other["unit"] == unit["unit_name"]:
            told |= days(books.row(other["file"], other["sheet"], other["row"]))
    assert any((last - first).days == unit["value"] for first, last in product(told, told)), (unit, told)


def test_a_mean_of_month_ends_has_every_month_end(warehouse: Warehouse) -> None:
    """A flow over a stock lists the enterprises of twelve month-ends, of which the denominator is a twelfth."""
    asked = Question(
        "disputes_per_1000_workers", (), date(2018, 12, 1), period="ytd", where=(("community", ("南坑",)),)
    )
    found = lineage.sides(warehouse, asked)
    adds_up(found)
    assert found.month_ends == 12 and found.denominator is not None
    assert found.denominator["month"].n_unique() == 12
    quarter = lineage.sides(warehouse, replace(asked, period=None, start=date(2018, 11, 1)))
    assert quarter.month_ends == 2
    adds_up(quarter)


def test_a_cut_by_main_cause_lists_the_main_cause_only(warehouse: Warehouse) -> None:
    """A case of two causes stands under its first one: the lists of all causes sum to the whole, none has a case twice."""
    asked = Question("mediation_success_of_all", (), date(2018, 12, 1), period="ytd")
    rows = values.ask(warehouse, replace(asked, by=("cause",))).rows
    units: list[str] = []
    for row in rows:
        found = lineage.sides(warehouse, asked, (("cause", row.keys["cause_id"]),))
        assert found.row == row
        adds_up(found)
        assert found.denominator is not None
        units += found.denominator["unit_id"].to_list()
    whole = lineage.sides(warehouse, asked)
    assert whole.denominator is not None
    assert sorted(units) == sorted(whole.denominator["unit_id"])


def test_what_is_unknown_stands_on_neither_side(warehouse: Warehouse) -> None:
    """Enterprises whose union status is not told are listed apart, as many as the answer calls missing."""
    found = lineage.sides(warehouse, Question("coverage_rate", (), date(2018, 12, 1)))
    assert found.left_out.height == found.answer.row.item_missing > 0
    assert found.denominator is not None
    assert not set(found.left_out["unit_id"]) & set(found.denominator["unit_id"])


def test_both_directions_agree(warehouse: Warehouse) -> None:
    """A row's figures are those whose lists have it, with the same value, and none of some other metrics lists it."""
    for topic in ("hazards", "organising"):
        first = next(metric for metric in METRICS if metric.topic == topic)
        found = figure(warehouse, first)
        unit = random.Random(topic).choice(list(found.numerator.iter_rows(named=True)))
        place = Place(*(unit[name] for name in ("load_id", "file", "sheet", "row")))
        entering = lineage.figures_of(warehouse, place)
        month, entered = date.fromisoformat(unit["month"] + "-01"), {one.metric for one in entering}
        others = [metric for metric in METRICS if metric not in entered]
        for metric in [*random.Random(topic).sample(others, 8), *(m for m in METRICS if m in entered)]:
            said = {one.side: one.value for one in entering if one.metric == metric and _covers(one, month)}
            assert said.get("numerator") == _listed(warehouse, metric, month, unit, place), (metric.id, place)


def _covers(one: lineage.Entering, month: date) -> bool:
    return one.first_month <= month <= one.last_month


def _listed(warehouse: Warehouse, metric: Metric, month: date, unit: dict[str, Any], place: Place) -> float | None:
    """Return what a metric's list of one month says of a row; of a share the numerator, where 0 is not listed."""
    if not any(known_side(warehouse, metric.id).get(month, ())):
        return None
    where = (("community", (unit["community_id"],)),)
    rows = values.rows(
        warehouse, Question(metric.id, (), month, period=None if metric.period else "month", where=where)
    )
    at = rows.filter((rows["file"] == place.file) & (rows["sheet"] == place.sheet) & (rows["row"] == place.row))
    at = at.filter(at["value"].is_not_null() & (at["month"] == f"{month:%Y-%m}"))
    if at.is_empty() or (metric.has_own_base and not at["value"][0]):
        return None
    return float(at["value"][0])


def test_rows_of_persons_are_never_shown(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A metric of persons in a sensitive class shows no rows, on either side, and no row tells of it."""
    place = _any_place(warehouse, "workers")
    for sensitive, asked in (("workers", "workers"), ("workers", "disputes_per_1000_workers")):
        monkeypatch.setitem(catalogue(), sensitive, replace(catalogue()[sensitive], sensitive=True))
        with pytest.raises(QuestionError, match="不提供明细"):
            lineage.sides(warehouse, Question(asked, (), date(2018, 12, 1)))
    from metrics.lineage.figures import readable

    readable.cache_clear()
    told = {one.metric.id for one in lineage.figures_of(warehouse, place)}
    readable.cache_clear()
    assert "enterprises" in told and not told & {"workers", "disputes_per_1000_workers"}


def _any_place(warehouse: Warehouse, metric: str) -> Place:
    unit = values.rows(warehouse, Question(metric, (), date(2018, 12, 1)), 1).row(0, named=True)
    return Place(*(unit[name] for name in ("load_id", "file", "sheet", "row")))


def test_public_version_has_no_rows(warehouse: Warehouse) -> None:
    """对外版 shows no rows."""
    with pytest.raises(QuestionError, match="对外版不提供明细"):
        lineage.sides(warehouse, Question("coverage_rate", (), date(2018, 12, 1), audience="public"))
