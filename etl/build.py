"""Loads in, one DuckDB file out: raw ledgers, models in dependency order, model tests, checks."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from etl.codelist import CodeLists
from etl.errors import ModelError
from etl.ledger import ledger_kinds
from etl.models import Check, Model, checks, models
from etl.places.outlines import load_outlines
from etl.record import loads
from etl.record.holdings import holdings
from etl.record.intake_tables import write_intake_tables
from etl.record.row_tables import write_table
from etl.street import Street

log = logging.getLogger(__name__)
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class CheckResult:
    """How many rows a check found."""

    check: Check
    found: int


def _settings(street: Street) -> list[dict[str, str]]:
    """Flatten the settings: a mapping becomes one row per entry, `note:<id>`, `goal:<metric>`."""
    rows = []
    for key, value in street.settings.items():
        if isinstance(value, dict):
            rows += [{"key": f"{key.removesuffix('s')}:{name}", "value": str(entry)} for name, entry in value.items()]
        else:
            rows.append({"key": key, "value": value if isinstance(value, str) else json.dumps(value)})
    return rows


def _fact_tables(connection: Connection, street: Street, codes: CodeLists) -> None:
    """Write what models need beside the ledgers: settings, ledger kinds, code lists."""
    connection.execute("create schema core")
    write_table(connection, "core.setting", {"key": "VARCHAR", "value": "VARCHAR"}, _settings(street))
    lists = [
        {"list": name, "code": code, "title": title, "code_order": order}
        for name in codes.lists
        for order, (code, title) in enumerate(codes.titles(name))
    ]
    schema = {"list": "VARCHAR", "code": "VARCHAR", "title": "VARCHAR", "code_order": "INTEGER"}
    write_table(connection, "core.code", schema, lists)
    aliases = [
        {"list": name, "raw": row["raw"], "code": row["code"]}
        for name in codes.lists
        for row in codes.rows(name).iter_rows(named=True)
        if row["code"] is not None
    ]
    write_table(connection, "core.alias", {"list": "VARCHAR", "raw": "VARCHAR", "code": "VARCHAR"}, aliases)
    terminal = codes.legal("outcome").filter(pl.col("is_terminal") == "true")["code"].to_list()
    write_table(connection, "core.terminal_outcome", {"outcome": "VARCHAR"}, [{"outcome": code} for code in terminal])
    kinds = [
        {"ledger": k.id, "title": k.title, "mode": k.mode, "due_unit": k.due.unit, "due_every": k.due.every,
         "is_optional": k.due.optional, "is_dated": k.dated, "carry_months": k.carry_months, "kind_order": order}
        for order, k in enumerate(ledger_kinds().values())
    ]  # fmt: skip
    schema = {"ledger": "VARCHAR", "title": "VARCHAR", "mode": "VARCHAR", "due_unit": "VARCHAR",
              "due_every": "VARCHAR", "is_optional": "BOOLEAN", "is_dated": "BOOLEAN", "carry_months": "INTEGER",
              "kind_order": "INTEGER"}  # fmt: skip
    write_table(connection, "core.ledger_kind", schema, kinds)


def _outline_table(connection: Connection, street: Street, codes: CodeLists) -> None:
    """Write the outlines that the map draws: a generation names its boundaries as it names its numbers."""
    found = load_outlines(codes, street.path / "geo")
    rows = []
    if found is not None:
        facts = {"is_legal": found.legal, "title": found.title, "note": found.note}
        shapes = found.shapes.items()
        rows = [{"community_id": code, "geometry": json.dumps(shape), **facts} for code, shape in shapes]
    schema = {
        "community_id": "VARCHAR",
        "geometry": "VARCHAR",
        "is_legal": "BOOLEAN",
        "title": "VARCHAR",
        "note": "VARCHAR",
    }
    write_table(connection, "core.boundary", schema, rows)


def _offending(connection: Connection, query: str) -> int:
    [(found,)] = connection.execute(f"select count(*) from ({query})").fetchall()
    return int(found)


def model_tests(model: Model) -> dict[str, str]:
    """Return the model's tests as queries for offending rows."""
    tests = dict(model.tests)
    if model.unique:
        keys = ", ".join(model.unique)
        tests["unique"] = f"select {keys} from {model.name} group by {keys} having count(*) > 1"
    for column in model.not_null:
        tests[f"not_null {column}"] = f"select 1 from {model.name} where {column} is null"
    return tests


def _run_models(connection: Connection) -> None:
    for model in models():
        connection.execute(f"create {model.kind} {model.name} as {model.sql}")
        for test, query in model_tests(model).items():
            if found := _offending(connection, query):
                message = _("数据模型 {model} 的检验“{test}”未通过（{found}行）").format(
                    model=model.name, test=test, found=found
                )
                raise ModelError(message, remedy=_("这是程序的错误，数据未发布，请把本句告诉维护人员"))


def _run_checks(connection: Connection) -> tuple[CheckResult, ...]:
    connection.execute("create table intake.check_result (check_id VARCHAR, title VARCHAR, meaning VARCHAR, "
                       "severity VARCHAR, ledger VARCHAR, found BIGINT)")  # fmt: skip
    connection.execute("create table intake.check_row (check_id VARCHAR, community_id VARCHAR, subject VARCHAR, "
                       "detail VARCHAR, load_id VARCHAR, file VARCHAR, sheet VARCHAR, row INTEGER)")  # fmt: skip
    results = []
    for check in checks():
        connection.execute(f"insert into intake.check_row select distinct ?, * from ({check.sql})", [check.id])
        [(found,)] = connection.execute(
            "select count(*) from intake.check_row where check_id = ?", [check.id]
        ).fetchall()
        values = [check.id, check.title, check.meaning, check.severity, check.ledger, found]
        connection.execute("insert into intake.check_result values (?, ?, ?, ?, ?, ?)", values)
        results.append(CheckResult(check, int(found)))
    return tuple(results)


def build(street: Street, active: list[loads.Load], path: Path, facts: dict[str, Any]) -> tuple[CheckResult, ...]:
    """Write the warehouse of these loads to `path`, tested, checked, checkpointed and closed."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(str(path), config=settings)
    try:
        write_intake_tables(connection, active, holdings(active, loads.stored_loads(street.loads)), facts)
        codes = CodeLists.load(street=street.path / "codes")
        _fact_tables(connection, street, codes)
        _outline_table(connection, street, codes)
        _run_models(connection)
        results = _run_checks(connection)
        connection.execute("checkpoint")
        return results
    finally:
        connection.close()
