"""The ledgers of a generation as tables, one per kind: the stored rows, and the snapshots that change lists make."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from etl.ledger import LedgerKind, ledger_kinds
from etl.record.holdings import Part, Source, sources
from etl.record.loads import row_schema
from etl.record.stored_rows import Derived, derived_snapshots
from etl.reporting import STREET

DUCK_TYPES = {
    pl.String: "VARCHAR",
    pl.Int32: "INTEGER",
    pl.Int64: "BIGINT",
    pl.Float64: "DOUBLE",
    pl.Date: "DATE",
    pl.Boolean: "BOOLEAN",
    pl.List: "VARCHAR[]",
}
LOAD_ROWS = 1_000_000_000  # more rows than a load can hold: load number × this + place is unique
NOT_KEPT = ("fate", "change")  # how a row fared when it was read; a change list's rows stand in their snapshots
Connection = duckdb.DuckDBPyConnection


def duck_columns(schema: dict[str, pl.DataType]) -> str:
    """Return the columns of a table as SQL declares them."""
    return ", ".join(f'"{name}" {DUCK_TYPES[type(dtype)]}' for name, dtype in schema.items())


def ledger_schema(kind: LedgerKind) -> dict[str, pl.DataType]:
    """Return the columns of a kind's table after row_id, load_id, load_no and snapshot_id."""
    return {name: dtype for name, dtype in row_schema(kind).items() if name not in NOT_KEPT}


def ledger_tables(connection: Connection, parts: list[Part]) -> list[dict[str, Any]]:
    """Create one table per ledger kind (empty where there is none); return the derived snapshots' facts.

    `snapshot_id` says which snapshot a row belongs to: a register's load, or `change-<load>` for the state after that
    load's change list. A derived snapshot repeats the unchanged rows, with the load, file and row where they stood.
    """
    connection.execute("create schema ledger")
    facts: list[dict[str, Any]] = []
    for kind in ledger_kinds().values():
        connection.execute(
            f"create table ledger.{kind.id} (row_id BIGINT, load_id VARCHAR, load_no INTEGER, snapshot_id VARCHAR, "
            f"{duck_columns(ledger_schema(kind))})"
        )
        places: dict[int, int] = {}
        for source in sources(parts, kind.id):
            first = places.get(source.load.number, 0)
            places[source.load.number] = first + _insert(connection, kind, source, first)
        derived = derived_snapshots(parts, kind)
        _insert_derived(connection, kind, derived, places)
        facts += [fact for snapshot in derived for fact in derived_facts(kind, snapshot)]
    return facts


def _insert(connection: Connection, kind: LedgerKind, source: Source, first: int) -> int:
    """Insert one Parquet file's rows; their ids begin after `first`. Return how many places the file takes."""
    path = str(source.path)
    stored = {row[0] for row in connection.execute("select name from parquet_schema(?)", [path]).fetchall()}
    named = {"file": "k.named"} if source.kept is not None else {}
    texts = {name: named.get(name, f'r."{name}"' if name in stored else "null") for name in ledger_schema(kind)}
    query = (
        f"insert into ledger.{kind.id} select r.file_row_number + ?::bigint, ?, ?, ?, {', '.join(texts.values())} "
        "from read_parquet(?, file_row_number = true) as r"
    )
    if source.kept is not None:
        frame = pl.DataFrame(source.kept, schema=["file", "sheet", "named"], orient="row")
        connection.register("kept", frame.to_arrow())
        query += " inner join kept as k on r.file = k.file and r.sheet = k.sheet"
    if "change" in stored:
        query += " where r.change is null"
    load = source.load
    connection.execute(query, [load.number * LOAD_ROWS + first, load.id, load.number, load.id, path])
    if source.kept is not None:
        connection.unregister("kept")
    [(count,)] = connection.execute("select num_rows from parquet_file_metadata(?)", [path]).fetchall()
    return int(count)


def _insert_derived(connection: Connection, kind: LedgerKind, derived: list[Derived], places: dict[int, int]) -> None:
    """Insert the derived snapshots; their row ids go on where those of their load's stored rows end."""
    names = ", ".join(f'"{name}"' for name in ("row_id", "load_id", "load_no", "snapshot_id", *ledger_schema(kind)))
    for snapshot in derived:
        number = snapshot.load.number
        first = number * LOAD_ROWS + places.get(number, 0)
        place = pl.int_range(pl.len(), dtype=pl.Int64) + first
        rows = snapshot.rows.with_columns(place.alias("row_id"), pl.lit(snapshot.snapshot_id).alias("snapshot_id"))
        connection.register("derived", rows.to_arrow())
        connection.execute(f"insert into ledger.{kind.id} by name select {names} from derived")
        connection.unregister("derived")
        places[number] = places.get(number, 0) + len(rows)


def derived_facts(kind: LedgerKind, snapshot: Derived) -> list[dict[str, Any]]:
    """Return how many rows a derived snapshot has in each community that it covers."""
    facts = {
        "ledger": kind.id,
        "unit_id": snapshot.unit_id,
        "as_of": snapshot.as_of,
        "load_id": snapshot.load.id,
        "load_no": snapshot.load.number,
        "snapshot_id": snapshot.snapshot_id,
    }
    if snapshot.unit_id != STREET:
        return [{**facts, "community_id": snapshot.unit_id, "row_count": len(snapshot.rows)}]
    counts = dict(snapshot.rows.drop_nulls("community_id").group_by("community_id").len().iter_rows())
    return [{**facts, "community_id": name, "row_count": counts.get(name, 0)} for name in snapshot.communities]
