"""Reading a generation's file, as pages do: nothing but the file itself, and nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from etl.errors import damaged_generation

# The same as a page's reader (metrics/warehouse.py): DuckDB refuses a second configuration of a file in one process.
READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}


def read_rows(path: Path, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return what a query finds in a generation; StreetError where the file is damaged."""
    try:
        with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
            return connection.execute(query, list(values)).fetchall()
    except (duckdb.IOException, duckdb.SerializationException) as error:
        raise damaged_generation(path.name) from error


def read_frame(path: Path, query: str, values: Sequence[Any] = ()) -> pl.DataFrame:
    """Return what a query finds in a generation as a frame; StreetError where the file is damaged."""
    try:
        with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
            return connection.sql(query, params=list(values)).pl()
    except (duckdb.IOException, duckdb.SerializationException) as error:
        raise damaged_generation(path.name) from error
