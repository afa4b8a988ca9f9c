"""The ledgers' rows of which only one of two versions has, or that say something else in the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import polars as pl
from polars import col

from etl.ledger import LedgerKind, ledger_kinds
from metrics.versions.cells import SUFFIXES, is_of_person, key_of, title_of, value_text
from metrics.warehouse import Warehouse

KEY = ("unit_id", "as_of", "period_from", "period_to", "row_key")
PLACE = ("row_id", "load_id", "load_no", "snapshot_id", "file", "sheet", "row", "located_by")
OF_ROW = ("unit_id", "as_of", "period_from", "period_to", "community_id", "load_id", "file", "sheet", "row")
Slot = tuple[str, date, int, int]  # a reporting unit's day or period: how many rows, and all of them in one number
SHOWN = 50  # rows of one ledger that are listed in full, of each state; all of them are counted
# Of a register the newest list of a unit and day holds, or what a change list made of it.
HELD = """
    with newest as (
        select unit_id, as_of, max(load_no) as load_no from intake.sheet
        where ledger = $ledger and as_of is not null and mode <> 'change' group by unit_id, as_of
    ),
    made as (select distinct unit_id, as_of, snapshot_id from intake.derived where ledger = $ledger),
    held as (
        select {key}, r.row_id, r.load_no, coalesce(r.as_of, r.period_to, date '1900-01-01') as day,
               hash({content}) as content
        from ledger.{ledger} as r
        left join newest as n on r.unit_id = n.unit_id and r.as_of = n.as_of
        left join made as m on r.unit_id = m.unit_id and r.as_of = m.as_of
        where r.as_of is null or case
            when m.snapshot_id is not null then r.snapshot_id = m.snapshot_id
            else r.snapshot_id = r.load_id and r.load_no = n.load_no end
    )"""
# Each unit's day or period in two numbers, whatever the order of its rows: what is the same in both need not be read.
SLOTS = f"""{HELD}
    select unit_id, day, count(*), bit_xor(hash(row_key, as_of, period_from, period_to, content)) from held group by all"""
# Of the rows of one key the newest holds.
ROWS = f"""{HELD}
    select unit_id, as_of, period_from, period_to, row_key, row_id, content from held
    where list_contains($units, unit_id) and list_contains($days, day)
    qualify row_number() over (
        partition by unit_id, as_of, period_from, period_to, row_key order by load_no desc, row_id
    ) = 1"""


@dataclass(frozen=True)
class CellChange:
    """One cell of a row: its column's title and what it said and says, "" for blank."""

    column: str
    title: str
    was: str
    now: str


@dataclass(frozen=True)
class RowChange:
    """A row of one version only (`added`, `gone`) or one that says something else (`changed`), and where it stands."""

    state: str
    key: str
    unit_id: str
    as_of: date | None
    period_from: date | None
    period_to: date | None
    community_id: str | None
    load_id: str
    file: str
    sheet: str
    row: int | None
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True)
class LedgerChange:
    """One ledger: how many rows were added, are gone or changed, and the first of each.

    Of a ledger that lists persons there are counts alone. `lacking` names columns that one version does not have.
    """

    ledger: str
    title: str
    added: int
    gone: int
    changed: int
    rows: tuple[RowChange, ...]
    is_personal: bool = False
    lacking: tuple[str, ...] = ()

    @property
    def is_change(self) -> bool:
        """Return whether any row differs."""
        return bool(self.added or self.gone or self.changed)


def ledger_changes(old: Warehouse, new: Warehouse) -> tuple[tuple[LedgerChange, ...], tuple[str, ...]]:
    """Return every ledger in which the versions differ, and the titles of those that one of them does not have."""
    found, lacking = [], []
    for kind in ledger_kinds().values():
        before, after = _types(old, kind.id), _types(new, kind.id)
        if before and after:
            try:
                change = _ledger_change(old, new, kind, [name for name in after if before.get(name) == after[name]])
            except (duckdb.CatalogException, duckdb.BinderException):  # a record of sheets as another program kept it
                lacking.append(kind.title)
                continue
            found += [change] if change.is_change or change.lacking else []
        elif before or after:
            lacking.append(kind.title)
    return tuple(found), tuple(lacking)


def _types(warehouse: Warehouse, ledger: str) -> dict[str, str]:
    """Return the columns of a ledger's table with their types, none where this version has no such ledger."""
    query = """
        select column_name, data_type from duckdb_columns()
        where schema_name = 'ledger' and table_name = $ledger order by column_index"""
    return dict(warehouse.cursor().execute(query, {"ledger": ledger}).fetchall())


def _query(text: str, kind: LedgerKind, content: Iterable[str]) -> str:
    """Return a query on one ledger's table; names of columns are those that the table itself has."""
    names, key = (f'r."{name}"' for name in content), (f"r.{name}" for name in KEY)
    return text.format(ledger=kind.id, content=", ".join(names), key=", ".join(key))


def _slots(warehouse: Warehouse, kind: LedgerKind, content: Iterable[str]) -> set[Slot]:
    query = _query(SLOTS, kind, content)
    return set(warehouse.cursor().execute(query, {"ledger": kind.id}).fetchall())


def _rows(warehouse: Warehouse, kind: LedgerKind, content: Iterable[str], slots: set[Slot]) -> pl.DataFrame:
    """Return the keys of the rows that hold in the units and days of these slots, each with a hash of what it says."""
    wanted = {"units": sorted({slot[0] for slot in slots}), "days": sorted({slot[1] for slot in slots})}
    return warehouse.cursor().sql(_query(ROWS, kind, content), params={"ledger": kind.id, **wanted}).pl()


def _ledger_change(old: Warehouse, new: Warehouse, kind: LedgerKind, both: list[str]) -> LedgerChange:
    content = [name for name in both if name not in PLACE and name not in KEY]
    lacking = tuple(title_of(kind, name) for name in sorted({*_types(old, kind.id), *_types(new, kind.id)} - {*both}))
    differing = _slots(old, kind, content) ^ _slots(new, kind, content)
    if not differing:
        return LedgerChange(kind.id, kind.title, 0, 0, 0, (), kind.identity is not None, lacking)
    before, after = (_rows(warehouse, kind, content, differing) for warehouse in (old, new))
    joined = after.join(before, on=KEY, how="inner", nulls_equal=True)
    changed = joined.filter(col("content") != col("content_right"))
    added = after.join(before, on=KEY, how="anti", nulls_equal=True)
    gone = before.join(after, on=KEY, how="anti", nulls_equal=True)
    is_personal = kind.identity is not None
    rows: tuple[RowChange, ...] = ()
    if not is_personal:
        rows = (
            *_alone(new, kind, added["row_id"], "added"),
            *_alone(old, kind, gone["row_id"], "gone"),
            *_changed(old, new, kind, changed, content),
        )
    return LedgerChange(kind.id, kind.title, len(added), len(gone), len(changed), rows, is_personal, lacking)


def _in_full(warehouse: Warehouse, kind: LedgerKind, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    query = f"select * from ledger.{kind.id} where list_contains($ids, row_id)"
    cursor = warehouse.cursor().execute(query, {"ids": list(ids)})
    names = [column[0] for column in cursor.description or ()]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


def _first(ids: pl.Series) -> list[int]:
    return [int(value) for value in ids.sort().head(SHOWN)]


def _alone(warehouse: Warehouse, kind: LedgerKind, ids: pl.Series, state: str) -> list[RowChange]:
    """Return the first rows that only this version has."""
    if ids.is_empty():
        return []
    rows = _in_full(warehouse, kind, _first(ids))
    return [_row_change(kind, row, state) for _id, row in sorted(rows.items())]


def _changed(
    old: Warehouse, new: Warehouse, kind: LedgerKind, found: pl.DataFrame, content: list[str]
) -> list[RowChange]:
    if found.is_empty():
        return []
    first = found.sort("row_id").head(SHOWN)
    before, after = _in_full(old, kind, first["row_id_right"]), _in_full(new, kind, first["row_id"])
    return [
        _row_change(kind, after[now], "changed", _cells(old, new, kind, before[was], after[now], content))
        for now, was in first.select("row_id", "row_id_right").iter_rows()
    ]


def _row_change(kind: LedgerKind, row: dict[str, Any], state: str, cells: tuple[CellChange, ...] = ()) -> RowChange:
    place = {name: row[name] for name in OF_ROW}
    return RowChange(state=state, key=key_of(kind, row), cells=cells, **place)


def _cells(
    old: Warehouse, new: Warehouse, kind: LedgerKind, was: dict[str, Any], now: dict[str, Any], content: list[str]
) -> tuple[CellChange, ...]:
    differing = [name for name in content if was[name] != now[name] and not is_of_person(kind, name)]
    return tuple(
        CellChange(
            name, title_of(kind, name), value_text(old, kind, name, was[name]), value_text(new, kind, name, now[name])
        )
        for name in differing
        if not any(name == told + suffix for told in differing for suffix in SUFFIXES)
    )
