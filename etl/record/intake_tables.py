"""The schema `intake` of a generation: its loads, files, sheets and bad cells, as the receipts tell them."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from etl.ledger import ledger_kinds
from etl.record import loads
from etl.record.arrivals import ARRIVAL, arrivals, received_on
from etl.record.holdings import Part, holdings, mode_of, stated_parts
from etl.record.ledger_tables import duck_columns, ledger_tables
from etl.record.row_tables import write_table

Connection = duckdb.DuckDBPyConnection
COUNTS = dict.fromkeys((*loads.FATES, *loads.SKIPPED), "BIGINT")
INTAKE = {
    "intake.load": {"load_id": "VARCHAR", "load_no": "INTEGER", "loaded_at": "VARCHAR", "who": "VARCHAR",
                    "received_on": "DATE", **COUNTS},
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
    "intake.arrival": ARRIVAL,
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
        found["intake.load"].append({**here, **receipt, **_counts(receipt), "received_on": received_on(load)})
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


def write_intake_tables(
    connection: Connection, active: list[loads.Load], record: list[loads.Load], facts: dict[str, Any]
) -> None:
    """Write the schemas `ledger` and `intake`: what the generation took, from where, what came when, and its own facts."""
    connection.execute("create schema intake")
    parts = holdings(active, record)
    derived = ledger_tables(connection, parts)
    came = arrivals(stated_parts(active, record), derived)
    tables = {**_intake_rows(active, parts), "intake.derived": derived, "intake.arrival": came}
    for name, rows in tables.items():
        write_table(connection, name, INTAKE[name], rows)
    _bad_cells(connection, parts)
    schema = {"generation_id": "VARCHAR", "generation_no": "INTEGER", "built_at": "VARCHAR",
              "program_version": "VARCHAR", "is_sample": "BOOLEAN", "street": "VARCHAR"}  # fmt: skip
    write_table(connection, "intake.generation", schema, [facts])
