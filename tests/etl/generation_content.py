"""What a street's current generation says, without what names the loads that say it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl import generations
from etl.generations import READ_ONLY
from etl.street import open_street

OF_LOADS = {"load_id", "load_no", "row_id", "snapshot_id"}
Tables = dict[str, list[tuple[object, ...]]]


def content(street: Path) -> Tables:
    """Return the sorted content of every ledger and core table."""
    generation = generations.current(open_street(street))
    assert generation is not None
    return content_of(generation.path)


def content_of(warehouse: Path) -> Tables:
    """Return the same of a generation's file."""
    with duckdb.connect(str(warehouse), read_only=True, config=READ_ONLY) as connection:
        query = "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('ledger', 'core')"
        found: Tables = {}
        for (table,) in sorted(connection.execute(query).fetchall()):
            columns = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
            kept = ", ".join(f'"{name}"' for name in columns if name not in OF_LOADS)
            found[table] = connection.execute(f"select {kept} from {table} order by all").fetchall()
        return found


def rows(street: Path, query: str) -> list[tuple[object, ...]]:
    """Answer one query."""
    generation = generations.current(open_street(street))
    assert generation is not None
    with duckdb.connect(str(generation.path), read_only=True, config=READ_ONLY) as connection:
        return connection.execute(query).fetchall()
