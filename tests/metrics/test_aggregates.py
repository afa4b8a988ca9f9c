"""What no shipped metric uses yet and the next one may: medians, distinct units, amounts, and their headers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median

import pytest

from metrics import catalogue as catalogue_module
from metrics import known as known_module
from metrics.catalogue import FOLDER, Metric, parse_metric
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse
from tests.metrics import tiny

MARCH, JANUARY = date(2018, 3, 1), date(2018, 1, 1)
RECEIVED = (FOLDER / "disputes" / "disputes_received.sql").read_text("utf-8")


def variant(name: str, **edits: str) -> Metric:
    """Return 受理劳资纠纷 with other header lines and another value or unit."""
    text = RECEIVED
    for old, new in edits.items():
        before = {"kind": "kind: count", "value": "1 as value", "unit": "d.dispute_id as unit_id"}[old]
        assert before in text
        text = text.replace(before, new)
    return parse_metric(name, "test", text)


@pytest.fixture(name="warehouse")
def warehouse_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return two communities with cases of known sizes; the second reports nothing in February."""
    extra = {
        "median_size": variant(
            "median_size", kind="kind: median\naggregate: median", value="d.workers_involved as value"
        ),
        "industries": variant("industries", kind="kind: count\naggregate: distinct", unit="d.industry as unit_id"),
        "amount": variant("amount", kind="kind: amount", value="d.workers_involved::decimal(12, 2) as value"),
    }
    shipped = catalogue_module.catalogue()
    for module in (catalogue_module, known_module):
        monkeypatch.setattr(module, "catalogue", lambda: {**shipped, **extra})
    street = tiny.blank(2, JANUARY, 3)
    for community in street.communities:
        for month in street.months:
            street.add("community_month", community_id=community, month=month)
            is_missing = community == street.communities[1] and month.month == 2
            tiny.report(street, "dispute", community, month, "missing" if is_missing else "received")
    cases = [(0, 1, 2, "C"), (0, 1, 4, "C"), (0, 2, 90, "F"), (1, 1, 6, "C"), (1, 2, 500, "I"), (1, 3, None, "I")]
    for number, (index, month_no, workers, industry) in enumerate(cases):
        received = date(2018, month_no, 5)
        tiny.dispute(street, number, street.communities[index], received, workers_involved=workers, industry=industry)
    return tiny.write(street, tmp_path)


def numbers(warehouse: Warehouse, metric: str, by: tuple[str, ...], start: date | None = None) -> list[float | None]:
    period = None if start else "ytd"
    return [row.value for row in ask(warehouse, Question(metric, by, MARCH, start, period)).rows]


def test_a_median_is_of_the_units_and_of_no_units_unknown(warehouse: Warehouse) -> None:
    assert numbers(warehouse, "median_size", ()) == [median([2, 4, 90, 6])]
    assert numbers(warehouse, "median_size", ("community",)) == [median([2, 4, 90]), 6]
    assert numbers(warehouse, "median_size", ("month",), JANUARY) == [4, 90, None]
    row = ask(warehouse, Question("median_size", (), MARCH, period="ytd")).row
    assert (row.numerator, row.denominator, row.item_missing, row.known, row.expected) == (5, None, 1, 5, 6)


def test_distinct_units_are_counted_once_at_every_grain(warehouse: Warehouse) -> None:
    """Industries with a case: C and F in the first community, C and I in the second; February's I is not known."""
    assert numbers(warehouse, "industries", ()) == [3]
    assert numbers(warehouse, "industries", ("community",)) == [2, 2]
    assert numbers(warehouse, "industries", ("month",), JANUARY) == [1, 1, 1]
    answer = ask(warehouse, Question("industries", ("month",), MARCH, JANUARY, "ytd"))
    assert [row.value for row in answer.rows] == [1, 2, 3]


def test_an_amount_is_a_plain_number(warehouse: Warehouse) -> None:
    (value,) = numbers(warehouse, "amount", ())
    assert value == 102.0 and isinstance(value, float)
