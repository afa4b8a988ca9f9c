"""The code lists of a street as tables of a generation: `core.code`, `core.alias`, `core.code_extra`, `core.terminal_outcome`."""

from __future__ import annotations

from functools import lru_cache

import duckdb
import polars as pl

from etl.codelist import CodeLists

OF_EVERY_LIST = {"raw", "code", "kind", "title", "folded"}


def _lists(codes: CodeLists) -> pl.DataFrame:
    """Return one row per code, in the order of its list."""
    rows = [(name, code, title, n) for name in codes.lists for n, (code, title) in enumerate(codes.titles(name))]
    schema = {"list": pl.String, "code": pl.String, "title": pl.String, "code_order": pl.Int32}
    return pl.DataFrame(rows, schema, orient="row")


def _aliases(codes: CodeLists) -> pl.DataFrame:
    """Return every spelling that means a code."""
    spelt = [rows.select(pl.lit(name).alias("list"), "raw", "code") for name, rows in codes.lists.items()]
    return pl.concat(spelt).drop_nulls("code")


def _extras(codes: CodeLists) -> pl.DataFrame:
    """Return what a list's further columns say of its codes, one row a cell that says something."""
    schema = {"list": pl.String, "code": pl.String, "name": pl.String, "value": pl.String}
    told = [pl.DataFrame(schema=schema)]
    for name, rows in codes.lists.items():
        if extra := [column for column in rows.columns if column not in OF_EVERY_LIST]:
            long = codes.legal(name).unpivot(extra, index="code", variable_name="name").drop_nulls("value")
            told.append(long.select(pl.lit(name).alias("list"), "code", "name", pl.col("value").cast(pl.String)))
    return pl.concat(told).sort("list", "code", "name", "value")


@lru_cache(maxsize=2)  # the program's lists are the same at every build, and there are many
def _tables(codes: CodeLists) -> dict[str, pl.DataFrame]:
    terminal = codes.legal("outcome").filter(pl.col("is_terminal") == "true").select(outcome="code")
    return {
        "core.code": _lists(codes),
        "core.alias": _aliases(codes),
        "core.code_extra": _extras(codes),
        "core.terminal_outcome": terminal,
    }


def write_code_tables(connection: duckdb.DuckDBPyConnection, codes: CodeLists) -> None:
    """Write the lists, their spellings, what else they say of a code, and the outcomes that end a dispute."""
    for name, frame in _tables(codes).items():
        connection.register("listed", frame.to_arrow())
        connection.execute(f"create table {name} as select * from listed")
        connection.unregister("listed")
