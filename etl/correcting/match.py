"""Which rows of a ledger a correction's key means: by any of the ledger's keys, or by the key a row is stored under."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from gettext import gettext as _
from typing import Any

import duckdb
import polars as pl

from etl.clean import with_key
from etl.codelist import CodeLists
from etl.correcting.typed import Typed
from etl.ledger import LedgerKind
from etl.values.columns import Context, type_columns

Connection = duckdb.DuckDBPyConnection
Row = dict[str, Any]
STORED = "row_key"
PARTS = re.compile(r"\s*[|｜]\s*")
WANTED = {"no": pl.Int32(), "via": pl.String(), "value": pl.String()}


def matched_rows(
    connection: Connection, kind: LedgerKind, corrections: list[Typed], codes: CodeLists
) -> dict[int, list[Row]]:
    """Return the rows that each correction means, in the order of time, from its day on."""
    wanted = _wanted(connection, kind, corrections, codes)
    found: dict[int, list[Row]] = {one.said.no: [] for one in corrections}
    since = {one.said.no: one.since for one in corrections}
    connection.register("wanted", wanted.to_arrow())
    for via in wanted.get_column("via").unique().sort():
        query = (
            "select w.no as correction_no, r.* from "
            f'ledger.{kind.id} as r inner join wanted as w on r."{via}" = w.value and w.via = ?'
        )
        for row in connection.sql(query, params=[via]).pl().to_dicts():
            no = row.pop("correction_no")
            if (day_of(row) or date.max) >= (since[no] or date.min):
                found[no].append(row)
    connection.unregister("wanted")
    return {no: _in_time(rows) for no, rows in found.items()}


def day_of(row: Row) -> date | None:
    """Return the last day that a row speaks of."""
    return row["as_of"] or row["period_to"]


def several(rows: Iterable[Row]) -> str:
    """Return what to say where a key means more than one thing on one day, "" where it does not."""
    keys: dict[date | None, set[str]] = {}
    for row in rows:
        keys.setdefault(day_of(row), set()).add(row["row_key"])
    most = max((len(found) for found in keys.values()), default=0)
    return _("有{count}条记录都符合，请改用信用代码等编号").format(count=most) if most > 1 else ""


def _in_time(rows: list[Row]) -> list[Row]:
    """Return each row once, the oldest first; of one day the load that counts stands last."""
    once = {row["row_id"]: row for row in rows}.values()
    return sorted(once, key=lambda row: (day_of(row) or date.min, row["load_no"], row["row_id"]))


def _wanted(connection: Connection, kind: LedgerKind, corrections: list[Typed], codes: CodeLists) -> pl.DataFrame:
    """Return (correction, column to look in, value) of everything that a key may mean."""
    found = [(one.said.no, STORED, one.key) for one in corrections]
    for names in kind.key:
        found += _by_key(kind, names, corrections, codes)
    if len(kind.key) > 1:  # a row with a code is stored under it, whatever its name
        found += [entry for names in kind.key for entry in _by_text(connection, kind, names, found)]
    return pl.DataFrame(found, schema=WANTED, orient="row").unique()


def _by_key(
    kind: LedgerKind, names: tuple[str, ...], corrections: list[Typed], codes: CodeLists
) -> list[tuple[int, str, str]]:
    """Read the keys as cells of one of the ledger's keys: what it is stored under, and the column itself."""
    parts = [(one.said.no, PARTS.split(one.key) if len(names) > 1 else [one.key]) for one in corrections]
    texts = [{"sheet_no": no, "row": 1, **dict(zip(names, cells, strict=True))} for no, cells in parts
             if len(cells) == len(names)]  # fmt: skip
    if not texts:
        return []
    schema = {"sheet_no": pl.Int32, "row": pl.Int32, **dict.fromkeys(names, pl.String)}
    typed, _bad = type_columns(Context(kind, pl.DataFrame(texts, schema=schema), None, codes, None, None))
    rows = list(with_key(kind, typed).select("sheet_no", STORED, *names).drop_nulls(STORED).iter_rows(named=True))
    stored = [(row["sheet_no"], STORED, row[STORED]) for row in rows]
    column = kind.columns[names[0]]
    if len(names) > 1 or column.type == "text":
        return stored
    return stored + [(row["sheet_no"], column.id, row[column.id]) for row in rows]


def _by_text(
    connection: Connection, kind: LedgerKind, names: tuple[str, ...], found: list[tuple[int, str, str]]
) -> list[tuple[int, str, str]]:
    """Find the names and numbers that are written as the key folds them, of rows that are stored under another key."""
    name, keys = names[0], {key[0] for key in kind.key}
    folded = [(no, value) for no, via, value in found if via == STORED and value.startswith(f"{name}:")]
    if not folded or len(names) > 1 or kind.columns[name].type != "text":
        return []
    texts = connection.sql(f'select distinct "{name}" from ledger.{kind.id} where "{name}" is not null').pl()
    alone = texts.with_columns(pl.lit(None, pl.String).alias(other) for other in keys - {name})
    stored = with_key(kind, alone).select(name, pl.col(STORED).alias("value"))
    wanted = pl.DataFrame(folded, schema={"no": pl.Int32(), "value": pl.String()}, orient="row")
    return [(no, name, text) for no, text in wanted.join(stored, on="value").select("no", name).iter_rows()]
