"""Loads in, one DuckDB file out: raw ledgers, models in dependency order, model tests, checks."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

import duckdb

from etl.clocks.rules import write_deadline_rules
from etl.clocks.workdays import write_calendar
from etl.codelist import CodeLists
from etl.correcting.apply import apply_corrections
from etl.enterprises.same import write_identity
from etl.errors import ModelError
from etl.ledger import ledger_kinds
from etl.models import Check, Model, checks, models
from etl.places.outlines import load_outlines
from etl.record import loads
from etl.record.code_tables import write_code_tables
from etl.record.intake_tables import write_intake_tables
from etl.record.nil_tables import write_nil_reports
from etl.record.note_tables import write_note_tables
from etl.record.row_tables import write_table
from etl.record.warning_tables import write_warning_tables
from etl.street import BUILT_NOTES, Street

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
    write_code_tables(connection, codes)
    by_days = street.settings["report_by_days"]
    kinds = [
        {"ledger": k.id, "title": k.title, "mode": k.mode, "due_unit": k.due.unit, "due_every": k.due.every,
         "by_days": by_days.get(k.id, k.due.by_days), "is_optional": k.due.optional, "is_dated": k.dated,
         "carry_months": k.carry_months, "kind_order": order}
        for order, k in enumerate(ledger_kinds().values())
    ]  # fmt: skip
    schema = {"ledger": "VARCHAR", "title": "VARCHAR", "mode": "VARCHAR", "due_unit": "VARCHAR",
              "due_every": "VARCHAR", "by_days": "INTEGER", "is_optional": "BOOLEAN", "is_dated": "BOOLEAN",
              "carry_months": "INTEGER", "kind_order": "INTEGER"}  # fmt: skip
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


def _unmet(connection: Connection, model: Model) -> list[tuple[str, int]]:
    """Return the model's tests that do not hold, with how many rows offend; all `not_null` are one look at the table."""
    tests = dict(model.tests)
    if model.unique:
        keys = ", ".join(model.unique)
        tests["unique"] = f"select {keys} from {model.name} group by {keys} having count(*) > 1"
    found = [(test, _offending(connection, query)) for test, query in tests.items()]
    if model.not_null:
        blanks = ", ".join(f"count(*) filter (where {column} is null)" for column in model.not_null)
        [counts] = connection.execute(f"select {blanks} from {model.name}").fetchall()
        found += [(f"not_null {column}", count) for column, count in zip(model.not_null, counts, strict=True)]
    return [(test, count) for test, count in found if count]


@cache
def _remembered() -> dict[str, str]:
    """Return the columns of tables by their SELECT, as far as this process has described them."""
    return {}


def _columns_of(connection: Connection, model: Model) -> str:
    """Return the columns of a model's table as SQL declares them; what a SELECT gives does not change while we run."""
    if (known := _remembered().get(model.sql)) is None:
        described = connection.execute(f"describe {model.sql}").fetchall()
        known = _remembered().setdefault(model.sql, ", ".join(f'"{name}" {dtype}' for name, dtype, *_rest in described))
    return known


def _run_models(connection: Connection, sent: set[str]) -> None:
    for model in models():
        if model.is_empty(sent):
            connection.execute(f"create table {model.name} ({_columns_of(connection, model)})")
            continue
        connection.execute(f"create {model.kind} {model.name} as {model.sql}")
        for test, found in _unmet(connection, model):
            message = _("数据模型 {model} 的检验“{test}”未通过（{found}行）").format(
                model=model.name, test=test, found=found
            )
            raise ModelError(message, remedy=_("这是程序的错误，数据未发布，请把本句告诉维护人员"))


def _sent(connection: Connection) -> set[str]:
    """Return the ledgers of which the street has a row."""
    looks = [f"select '{name}' where exists (select 1 from ledger.{name})" for name in ledger_kinds()]
    return {name for (name,) in connection.execute(" union all ".join(looks)).fetchall()}


def _run_checks(connection: Connection, sent: set[str]) -> tuple[CheckResult, ...]:
    connection.execute("create table intake.check_result (check_id VARCHAR, title VARCHAR, meaning VARCHAR, "
                       "severity VARCHAR, ledger VARCHAR, found BIGINT)")  # fmt: skip
    connection.execute("create table intake.check_row (check_id VARCHAR, community_id VARCHAR, subject VARCHAR, "
                       "detail VARCHAR, load_id VARCHAR, file VARCHAR, sheet VARCHAR, row INTEGER)")  # fmt: skip
    # of an optional ledger without a row a check can find nothing
    results, unsent = [], {kind.id for kind in ledger_kinds().values() if kind.due.optional} - sent
    for check in checks():
        found = 0
        if check.ledger not in unsent:
            query = f"insert into intake.check_row select distinct ?, * from ({check.sql})"
            [(found,)] = connection.execute(query, [check.id]).fetchall()
        values = [check.id, check.title, check.meaning, check.severity, check.ledger, found]
        connection.execute("insert into intake.check_result values (?, ?, ?, ?, ?, ?)", values)
        results.append(CheckResult(check, int(found)))
    return tuple(results)


def build(
    street: Street, active: list[loads.Load], path: Path, facts: dict[str, Any], corrections: bytes | None = None
) -> tuple[CheckResult, ...]:
    """Write the warehouse of these loads to `path`, tested, checked, checkpointed and closed.

    `corrections` is looked at instead of the street's corrections.csv.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(str(path), config=settings)
    try:
        write_intake_tables(connection, active, loads.stored_loads(street.loads), facts)
        codes = CodeLists.load(street=street.path / "codes")
        connection.execute("begin")  # one commit, not one for each of the tables
        _fact_tables(connection, street, codes)
        _outline_table(connection, street, codes)
        write_calendar(connection, codes)
        write_deadline_rules(connection, codes)
        write_warning_tables(connection, street, codes)
        write_note_tables(connection, street.path, BUILT_NOTES)
        apply_corrections(connection, street, codes, corrections)
        write_nil_reports(connection, street.path)
        write_identity(connection, street.path)
        sent = _sent(connection)
        _run_models(connection, sent)
        results = _run_checks(connection, sent)
        connection.execute("commit")
        connection.execute("checkpoint")
        return results
    finally:
        connection.close()
