"""A street waits for no table of a ledger that it never sent: the table is there, as its SELECT would have made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.build import _columns_of, _unmet
from etl.intake import load
from etl.ledger import ledger_kinds
from etl.models import Model, models
from metrics.warehouse import open_current
from tests.workbooks import enterprise_row, register

MODELS = {model.name: model for model in models()}
NAMED = [model for model in models() if model.empty_without]
ROWS = 4_000  # of each ledger, the newest: enough that each table has rows
Tables = dict[str, tuple[list[tuple[str, str]], list[tuple[object, ...]]]]


def _tables(street: Path) -> Tables:
    """Return the columns with their types and the rows of every table that models make."""
    cursor = open_current(street).cursor()
    found = {}
    for model in models():
        if model.kind == "table":
            described = [row[:2] for row in cursor.execute(f"describe {model.name}").fetchall()]
            found[model.name] = described, sorted(cursor.execute(f"select * from {model.name}").fetchall(), key=repr)
    return found


def test_a_table_that_is_not_made_is_as_if_it_had_been(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same tables, same columns, same types, same rows, whether the empty ones are left out or asked for."""
    book = register(tmp_path / "企业.xlsx", [enterprise_row(number) for number in range(1, 4)])
    load([book], tmp_path / "left-out")
    monkeypatch.setattr(Model, "is_empty", lambda model, sent: False)
    load([book], tmp_path / "asked-for")
    left_out, asked_for = _tables(tmp_path / "left-out"), _tables(tmp_path / "asked-for")
    assert left_out == asked_for
    assert left_out["core.enterprise_month"][1] and not left_out["core.member_month"][1]


def test_ledgers_named_are_ledgers() -> None:
    """A spelling mistake would leave a table empty for ever; an empty list would never leave one out."""
    assert {name for model in NAMED for name in model.empty_without} <= set(ledger_kinds())
    assert all(model.kind == "table" for model in NAMED)


@pytest.fixture(scope="module")
def few_rows(sample_street: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a warehouse of the sample with some rows of every ledger and no model yet."""
    connection = duckdb.connect()
    current = sorted((sample_street / "generations").glob("*.duckdb"))[-1]
    connection.execute(f"attach '{current}' as whole (read_only)")
    tables = connection.execute(
        "select table_schema, table_name from information_schema.tables"
        " where table_catalog = 'whole' and table_type = 'BASE TABLE'"
    ).fetchall()
    for schema in {schema for schema, _table in tables}:
        connection.execute(f"create schema if not exists {schema}")
    for schema, table in tables:
        if f"{schema}.{table}" not in MODELS:
            some = f"order by row_id desc limit {ROWS}" if schema == "ledger" else ""
            connection.execute(f"create table {schema}.{table} as select * from whole.{schema}.{table} {some}")
    for model in _with_needs(NAMED):
        connection.execute(f"create {model.kind} {model.name} as {model.sql}")
    yield connection
    connection.close()


def _with_needs(wanted: list[Model]) -> list[Model]:
    """Return the models and what they are made from, in the order of making."""
    names = {model.name for model in wanted}
    for model in reversed(models()):
        if model.name in names:
            names |= set(model.needs) & set(MODELS)
    return [model for model in models() if model.name in names]


def _ledgers_behind(model: Model) -> set[str]:
    """Return the ledgers that a model reads, itself or in what it is made from."""
    return {name for one in _with_needs([model]) for name in re.findall(r"\bledger\.(\w+)", one.sql)}


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])


def test_with_every_ledger_they_have_rows(few_rows: duckdb.DuckDBPyConnection) -> None:
    """The rows left of the sample would show a table that is not empty: else the test below could not fail."""
    assert [model.name for model in NAMED if not _count(few_rows, model.name)] == []


@pytest.mark.parametrize(
    "ledgers",
    {"-".join(sorted(model.empty_without)): model.empty_without for model in NAMED}.values(),
    ids=lambda names: "-".join(sorted(names)),
)
def test_no_row_without_the_ledgers_named(few_rows: duckdb.DuckDBPyConnection, ledgers: frozenset[str]) -> None:
    """With every other ledger there and these empty, the tables that name them have no row, and their tests hold."""
    wanted = [model for model in NAMED if model.empty_without == ledgers]
    few_rows.execute("begin")
    try:
        for name in sorted(ledgers):
            few_rows.execute(f"delete from ledger.{name}")
        for model in _with_needs(wanted):
            if ledgers & _ledgers_behind(model):
                few_rows.execute(f"create or replace {model.kind} {model.name} as {model.sql}")
        for model in wanted:
            assert (_count(few_rows, model.name), _unmet(few_rows, model)) == (0, []), model.name
            few_rows.execute(f"create or replace table core.again ({_columns_of(few_rows, model)})")
            assert _described(few_rows, "core.again") == _described(few_rows, model.name)
    finally:
        few_rows.execute("rollback")


def _described(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    return [row[:2] for row in connection.execute(f"describe {table}").fetchall()]
