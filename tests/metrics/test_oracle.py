"""Every metric of the registers and the dispute ledger at every grain against a naive computation on generated streets.

The other topics (隐患, 办理, 风险等级, 线上) are recomputed from the raw rows by `test_oracle_*.py` of this folder.
"""

from __future__ import annotations

import ast
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from metrics.catalogue import Metric, catalogue
from metrics.question import PERIODS, UNKNOWN, Question, Row
from metrics.values import ask, rows
from metrics.warehouse import Warehouse
from tests.metrics import oracle
from tests.metrics.oracle_units import TOPICS, facts_of
from tests.metrics.tiny import CODES, TinyStreet, streets, write

MEASURES = ("numerator", "denominator", "value", "known", "expected", "item_missing", "approximate", "parts")
# A street is cheap to read and dear to shrink: the seed that is printed brings it back.
slow = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def generated() -> list[Metric]:
    """Return the metrics that the generated streets have ledgers for."""
    return [metric for metric in catalogue().values() if metric.topic in TOPICS]


def assert_same(found: Row, wanted: oracle.Reading, what: str) -> None:
    for name in MEASURES:
        assert getattr(found, name) == pytest.approx(getattr(wanted, name)), f"{what}: {name}\n{found}\n{wanted}"


def key_of(row: Row, by: tuple[str, ...]) -> tuple[str | None, ...]:
    return tuple(row.keys["month"] if name == "month" else row.keys[f"{name}_id"] for name in by)


def check(warehouse: Warehouse, street: TinyStreet, question: Question) -> None:
    """Compare one answer with the naive one, row by row, nothing more and nothing less."""
    answer = ask(warehouse, question)
    where = {name: {None if v == UNKNOWN else v for v in values} for name, values in question.where}
    period = question.period or "month"
    wanted = oracle.read(street, question.metric, question.by, list(answer.months), period, where)
    assert [key_of(row, question.by) for row in answer.rows] == unique(key_of(row, question.by) for row in answer.rows)
    assert {key_of(row, question.by) for row in answer.rows} == set(wanted)
    for row in answer.rows:
        assert_same(row, wanted[key_of(row, question.by)], f"{question} of {len(street.communities)} communities")


def unique(keys: object) -> list[object]:
    return list(dict.fromkeys(keys))  # type: ignore[call-overload]


@slow
@given(street=streets(), data=st.data())
def test_every_metric_at_every_grain(
    street: TinyStreet, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    warehouse = write(street, tmp_path_factory.mktemp("street"))
    period = data.draw(st.sampled_from(PERIODS))
    first, last = sorted(data.draw(st.tuples(*[st.sampled_from(street.months)] * 2)))
    for metric in generated():
        grains = [(), *((d,) for d in metric.dimensions), data.draw(st.sampled_from(pairs(metric.dimensions)))]
        for by in grains:
            start = first if "month" in by else None
            check(warehouse, street, Question(metric.id, by, last, start, period))


def pairs(dimensions: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [*combinations(dimensions, 2), *combinations(reversed(dimensions), 2)]


@slow
@given(street=streets(), data=st.data())
def test_every_metric_under_every_filter(
    street: TinyStreet, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    warehouse = write(street, tmp_path_factory.mktemp("street"))
    month = data.draw(st.sampled_from(street.months))
    for metric in generated():
        for dimension in metric.dimensions[:-1]:
            codes = [*(street.communities if dimension == "community" else CODES[dimension]), UNKNOWN]
            chosen = tuple(data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True)))
            by = data.draw(st.sampled_from([(), ("community",), (dimension,)]))
            check(warehouse, street, Question(metric.id, by, month, period="ytd", where=((dimension, chosen),)))


@slow
@given(street=streets(), data=st.data())
def test_the_rows_sum_to_the_numerator(
    street: TinyStreet, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    warehouse = write(street, tmp_path_factory.mktemp("street"))
    month = data.draw(st.sampled_from(street.months))
    where = data.draw(
        st.sampled_from([(), (("community", (street.communities[0],)),), (("industry", ("C", UNKNOWN)),)])
    )
    for metric in generated():
        usable = tuple(condition for condition in where if condition[0] in metric.dimensions)
        question = Question(metric.id, (), month, period="ytd", where=usable)
        row, behind = ask(warehouse, question).row, rows(warehouse, question)
        assert behind["value"].sum() == (row.numerator or 0)
        if metric.has_own_base:
            for part, total in (row.parts or {}).items():
                assert behind[f"part_{part}"].sum() == total
            below = behind["base"].sum() if "base" in behind.columns else behind["value"].count()
            assert below == (row.denominator or 0)
        if metric.over is None or metric.has_own_base:
            uncounted = behind["value"].null_count()
            assert uncounted == row.item_missing or row.known == 0


@slow
@given(street=streets())
def test_a_base_is_the_metric_that_it_names(street: TinyStreet, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Header says over: workers; then the SELECT's base is that metric's value for the same unit and month."""
    warehouse = write(street, tmp_path_factory.mktemp("street"))
    for metric in generated():
        if "base" not in metric.columns:
            continue
        over = catalogue()[metric.over or ""]
        differing = f"""
            select count(*) from ({metric.sql}) as here
            left join ({over.sql}) as there on here.unit_id = there.unit_id and here.month = there.month
            where here.base is distinct from there.value or there.unit_id is null"""
        assert warehouse.cursor().execute(differing).fetchall() == [(0,)], metric.id


@slow
@given(street=streets())
def test_open_cases_balance(street: TinyStreet, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Opening + received − closed = closing, over the communities known in both months."""
    warehouse = write(street, tmp_path_factory.mktemp("street"))
    for before, month in zip(street.months, street.months[1:], strict=False):
        for community in street.communities:
            where = (("community", (community,)),)

            def count(metric: str, at: date, where: tuple[tuple[str, tuple[str, ...]], ...] = where) -> float | None:
                return ask(warehouse, Question(metric, (), at, where=where)).row.numerator

            opening, closing = count("disputes_open", before), count("disputes_open", month)
            if opening is None or closing is None:
                continue
            received, closed = count("disputes_received", month), count("disputes_closed", month)
            assert received is not None and closed is not None
            assert opening + received - closed == closing


def test_the_naive_facts_speak_of_every_metric(tmp_path: Path) -> None:
    for metric in generated():
        facts = facts_of(metric.id)
        assert set(metric.dimensions) - {"month"} == set(facts.dims), metric.id
        assert facts.is_flow == (metric.time == "flow") and facts.ledgers == metric.ledgers


def recomputed() -> Counter[str]:
    """Count by metric the `test_oracle_*.py` files that name it."""
    files = Path(__file__).parent.glob("test_oracle_*.py")
    trees = [ast.walk(ast.parse(file.read_text("utf-8"))) for file in files]
    named = [{node.value for node in tree if isinstance(node, ast.Constant)} for tree in trees]
    return Counter(metric for texts in named for metric in catalogue().keys() & texts)


def test_every_metric_is_recomputed_somewhere() -> None:
    """A new metric of another topic needs a naive computation of its own."""
    own = {metric.id for metric in generated()}
    assert sorted(catalogue().keys() - own - recomputed().keys()) == []
