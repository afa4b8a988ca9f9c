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
from etl.record.holdings import Part, holdings, mode_of
from etl.record.ledger_tables import duck_columns, ledger_tables
from etl.street import Street

log = logging.getLogger(__name__)
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class CheckResult:
    """How many rows a check found."""

    check: Check
    found: int


def _table(connection: Connection, name: str, schema: dict[str, str], rows: list[dict[str, Any]]) -> None:
    """Create a small table from Python rows; the types are stated because rows may be none."""
    columns = ", ".join(f'"{column}" {dtype}' for column, dtype in schema.items())
    connection.execute(f"create table {name} ({columns})")
    if rows:
        text = {column: [row.get(column) for row in rows] for column in schema}
        frame = pl.DataFrame(text, infer_schema_length=None, strict=False)
        selected = ", ".join(f'"{column}"::{dtype}' for column, dtype in schema.items())
        connection.register("small", frame.to_arrow())
        connection.execute(f"insert into {name} select {selected} from small")
        connection.unregister("small")


COUNTS = dict.fromkeys((*loads.FATES, *loads.SKIPPED), "BIGINT")
INTAKE = {
    "intake.load": {"load_id": "VARCHAR", "load_no": "INTEGER", "loaded_at": "VARCHAR", "who": "VARCHAR", **COUNTS},
    "intake.file": {"load_id": "VARCHAR", "file": "VARCHAR", "sha256": "VARCHAR", "left_out": "BOOLEAN"},
    "intake.sheet": {
        "load_id": "VARCHAR",
        "load_no": "INTEGER",
        "file": "VARCHAR",
        "sheet": "VARCHAR",
        "ledger": "VARCHAR",
        "reason": "VARCHAR",
        "unit_id": "VARCHAR",
        "mode": "VARCHAR",
        "covers_all": "BOOLEAN",
        "as_of": "DATE",
        "period_from": "DATE",
        "period_to": "DATE",
        "header_row": "INTEGER",
        **COUNTS,
    },
    "intake.sheet_community": {
        "load_id": "VARCHAR", "file": "VARCHAR", "sheet": "VARCHAR", "community_id": "VARCHAR", "row_count": "BIGINT",
    },
    "intake.sheet_total": {
        "load_id": "VARCHAR", "load_no": "INTEGER", "file": "VARCHAR", "sheet": "VARCHAR", "ledger": "VARCHAR",
        "row": "INTEGER", "column_name": "VARCHAR", "column_title": "VARCHAR", "stated": "DOUBLE", "summed": "DOUBLE",
    },
    "intake.derived": {
        "ledger": "VARCHAR", "unit_id": "VARCHAR", "as_of": "DATE", "load_id": "VARCHAR", "load_no": "INTEGER",
        "snapshot_id": "VARCHAR", "community_id": "VARCHAR", "row_count": "BIGINT",
    },
}  # fmt: skip


def _counts(entry: dict[str, Any]) -> dict[str, int]:
    return {**{name: entry[name] for name in loads.FATES}, **entry["skipped"]}


def _totals(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the numbers of a sheet's total rows with the sums of their rows; receipts of before had none."""
    if not sheet.get("totals"):
        return []
    columns = ledger_kinds()[sheet["ledger"]].columns
    return [
        {**sheet, **total, "column_name": total["column"], "column_title": columns[total["column"]].title}
        for total in sheet["totals"]
    ]


def _intake_rows(active: list[loads.Load], parts: list[Part]) -> dict[str, list[dict[str, Any]]]:
    """Return loads and files as their receipts say, and the sheets that this generation takes of them."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in INTAKE}
    for load in active:
        receipt, here = load.receipt, {"load_id": load.id, "load_no": load.number}
        found["intake.load"].append({**here, **receipt, **_counts(receipt)})
        for file in receipt["files"]:
            found["intake.file"].append({**here, **file})
            others = [{**here, "file": file["file"], **sheet} for sheet in file["sheets"] if sheet["ledger"] is None]
            found["intake.sheet"] += others
    for part in parts:
        for sheet in part.sheets:
            place = {"load_id": part.load.id, "load_no": part.load.number, "file": part.file, **sheet}
            found["intake.sheet"].append({**place, **_counts(sheet), "mode": mode_of(sheet)})
            named = [{**place, "community_id": c, "row_count": n} for c, n in sheet.get("communities", {}).items()]
            found["intake.sheet_community"].extend(named)
            found["intake.sheet_total"].extend(_totals(place))
    return found


def _bad_cells(connection: Connection, parts: list[Part]) -> None:
    """Write the reports on bad cells of the files that this generation takes."""
    connection.execute(f"create table intake.bad_cell (load_id VARCHAR, {duck_columns(loads.BAD)})")
    taken = [(p.load.id, str(p.folder / "bad_cells.parquet"), *pair, p.file) for p in parts for pair in sorted(p.taken)]
    frame = pl.DataFrame(
        taken, {name: pl.String() for name in ("load_id", "path", "file", "sheet", "named")}, orient="row"
    )
    for (path,), places in frame.group_by("path", maintain_order=True):
        connection.register("taken", places.to_arrow())
        connection.execute(
            "insert into intake.bad_cell by name select t.load_id, r.* replace (t.named as file) "
            "from read_parquet(?) as r inner join taken as t on r.file = t.file and r.sheet = t.sheet",
            [path],
        )
        connection.unregister("taken")


def _intake_tables(connection: Connection, active: list[loads.Load], parts: list[Part], facts: dict[str, Any]) -> None:
    connection.execute("create schema intake")
    derived = {"intake.derived": ledger_tables(connection, parts)}
    for name, rows in {**_intake_rows(active, parts), **derived}.items():
        _table(connection, name, INTAKE[name], rows)
    _bad_cells(connection, parts)
    schema = {"generation_id": "VARCHAR", "generation_no": "INTEGER", "built_at": "VARCHAR",
              "program_version": "VARCHAR", "is_sample": "BOOLEAN", "street": "VARCHAR"}  # fmt: skip
    _table(connection, "intake.generation", schema, [facts])


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
    _table(connection, "core.setting", {"key": "VARCHAR", "value": "VARCHAR"}, _settings(street))
    lists = [
        {"list": name, "code": code, "title": title, "code_order": order}
        for name in codes.lists
        for order, (code, title) in enumerate(codes.titles(name))
    ]
    schema = {"list": "VARCHAR", "code": "VARCHAR", "title": "VARCHAR", "code_order": "INTEGER"}
    _table(connection, "core.code", schema, lists)
    aliases = [
        {"list": name, "raw": row["raw"], "code": row["code"]}
        for name in codes.lists
        for row in codes.rows(name).iter_rows(named=True)
        if row["code"] is not None
    ]
    _table(connection, "core.alias", {"list": "VARCHAR", "raw": "VARCHAR", "code": "VARCHAR"}, aliases)
    terminal = codes.legal("outcome").filter(pl.col("is_terminal") == "true")["code"].to_list()
    _table(connection, "core.terminal_outcome", {"outcome": "VARCHAR"}, [{"outcome": code} for code in terminal])
    kinds = [
        {"ledger": k.id, "title": k.title, "mode": k.mode, "due_unit": k.due.unit, "due_every": k.due.every,
         "is_optional": k.due.optional, "is_dated": k.dated, "carry_months": k.carry_months, "kind_order": order}
        for order, k in enumerate(ledger_kinds().values())
    ]  # fmt: skip
    schema = {"ledger": "VARCHAR", "title": "VARCHAR", "mode": "VARCHAR", "due_unit": "VARCHAR",
              "due_every": "VARCHAR", "is_optional": "BOOLEAN", "is_dated": "BOOLEAN", "carry_months": "INTEGER",
              "kind_order": "INTEGER"}  # fmt: skip
    _table(connection, "core.ledger_kind", schema, kinds)


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
    _table(connection, "core.boundary", schema, rows)


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
        _intake_tables(connection, active, holdings(active, loads.stored_loads(street.loads)), facts)
        codes = CodeLists.load(street=street.path / "codes")
        _fact_tables(connection, street, codes)
        _outline_table(connection, street, codes)
        _run_models(connection)
        results = _run_checks(connection)
        connection.execute("checkpoint")
        return results
    finally:
        connection.close()
