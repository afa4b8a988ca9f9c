"""Small tables of a generation, written from Python rows."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

Connection = duckdb.DuckDBPyConnection


def write_table(connection: Connection, name: str, schema: dict[str, str], rows: list[dict[str, Any]]) -> None:
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
