"""What a street's sheets report on where rows of theirs belong to another community by now.

A street's sheet reports for the communities that its rows name: with a corrected row it is as if it had been typed so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from etl.correcting.judge import Cells
from etl.correcting.match import Row
from etl.reporting import STREET

Connection = duckdb.DuckDBPyConnection
SHEET = ("load_id", "file", "sheet")
DATES = ("as_of", "period_from", "period_to")
SNAPSHOT = ("snapshot_id", "as_of")


def report_moves(connection: Connection, cells: Cells, moved: dict[int, Row]) -> None:
    """Count the rows of the street's sheets by community anew; the caller has written where the rows are now."""
    rows = [
        cells.rows[row_id] for row_id, now in moved.items() if now["community_id"] != cells.rows[row_id]["community_id"]
    ]
    rows = [row for row in rows if row["unit_id"] == STREET]
    sheets = {_named(row, SHEET): row for row in rows if row["snapshot_id"] == row["load_id"]}
    snapshots = {_named(row, SNAPSHOT): row for row in rows if row["snapshot_id"] != row["load_id"]}
    for row in sheets.values():
        _recount_sheet(connection, cells.kind.id, row)
    for row in snapshots.values():
        _recount_snapshot(connection, cells.kind.id, row)


def _named(row: Row, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _where(names: Sequence[str]) -> str:
    return " and ".join(f'"{name}" is not distinct from ?' for name in names)


def _recount_sheet(connection: Connection, ledger: str, row: Row) -> None:
    where, place = _where(SHEET), _named(row, SHEET)
    before = _communities(connection, "intake.sheet_community", where, place)
    connection.execute(f"delete from intake.sheet_community where {where}", place)
    connection.execute(
        "insert into intake.sheet_community (load_id, file, sheet, community_id, row_count) "
        f"select load_id, file, sheet, community_id, count(*) from ledger.{ledger} "
        f"where community_id is not null and snapshot_id = load_id and {where} group by all",
        place,
    )
    now = _communities(connection, "intake.sheet_community", where, place)
    dates = _named(row, DATES)
    for community in sorted(now - before):
        _arrived(connection, ledger, community, dates, row["load_id"])
    for community in sorted(before - now):
        _did_not_arrive(connection, ledger, community, dates, row["load_id"])


def _communities(connection: Connection, table: str, where: str, values: Sequence[Any]) -> set[str]:
    return {
        name for (name,) in connection.execute(f"select community_id from {table} where {where}", values).fetchall()
    }


def _recount_snapshot(connection: Connection, ledger: str, row: Row) -> None:
    """Count a snapshot that change lists have made anew."""
    where, place = _where(("ledger", "unit_id", *SNAPSHOT)), (ledger, STREET, *_named(row, SNAPSHOT))
    before = _communities(connection, "intake.derived", where, place)
    rows = f"select community_id from ledger.{ledger} where unit_id = ? and {_where(SNAPSHOT)}"
    counted = f"select count(*) from ({rows}) as r where r.community_id = d.community_id"
    connection.execute(f"update intake.derived as d set row_count = ({counted}) where {where}", [*place[1:], *place])
    [(load_id, load_no)] = connection.execute(
        f"select distinct load_id, load_no from intake.derived where {where}", place
    ).fetchall()
    named = connection.execute(f"select community_id, count(*) from ({rows}) group by 1", place[1:]).fetchall()
    for community, count in sorted((name, count) for name, count in named if name and name not in before):
        facts = [ledger, STREET, row["as_of"], load_id, load_no, row["snapshot_id"], community, count]
        connection.execute("insert into intake.derived values (?, ?, ?, ?, ?, ?, ?, ?)", facts)
        _arrived(connection, ledger, community, (row["as_of"], None, None), load_id)
    for community in sorted(_unnamed(connection, ledger, row, where, place)):
        connection.execute(f"delete from intake.derived where {where} and community_id = ?", [*place, community])
        _did_not_arrive(connection, ledger, community, (row["as_of"], None, None), load_id)


def _unnamed(connection: Connection, ledger: str, row: Row, where: str, place: Sequence[Any]) -> set[str]:
    """Return the communities without rows in a snapshot that neither the register nor a list names any more."""
    empty = _communities(connection, "intake.derived", f"row_count = 0 and {where}", place)
    sheets = "intake.sheet join intake.sheet_community using (load_id, file, sheet)"
    return empty - _communities(
        connection, sheets, "ledger = ? and unit_id = ? and as_of <= ?", [ledger, STREET, row["as_of"]]
    )


def _arrived(connection: Connection, ledger: str, community: str, dates: tuple[Any, ...], load_id: str) -> None:
    """Note that a load has also reported for a community, on the day it was received."""
    connection.execute(
        "insert into intake.arrival (ledger, community_id, as_of, period_from, period_to, load_id, load_no, received_on) "
        "select ?, ?, ?, ?, ?, load_id, load_no, received_on from intake.load where load_id = ?",
        [ledger, community, *dates, load_id],
    )


def _did_not_arrive(connection: Connection, ledger: str, community: str, dates: tuple[Any, ...], load_id: str) -> None:
    """Note that a load has not reported for a community after all, unless another of its sheets does."""
    facts = [ledger, *dates, load_id]
    where = _where(("ledger", *DATES, "load_id"))
    sheets = f"select load_id, file, sheet, unit_id from intake.sheet where {where}"
    others = connection.execute(
        f"select 1 from ({sheets}) as s left join intake.sheet_community as c using (load_id, file, sheet) "
        "where c.community_id = ? or s.unit_id = ?",
        [*facts, community, community],
    ).fetchall()
    if not others:
        connection.execute(f"delete from intake.arrival where {where} and community_id = ?", [*facts, community])
