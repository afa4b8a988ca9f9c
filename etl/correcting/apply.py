"""Correct the rows of the ledgers of a generation that is being built, and write down what was corrected."""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from etl.codelist import CodeLists
from etl.correcting.file import corrections_in, read_corrections
from etl.correcting.judge import INVALID, Cells, Verdict, judge
from etl.correcting.match import Row, matched_rows
from etl.correcting.place import LOCATED, named, placed
from etl.correcting.reported import report_moves
from etl.correcting.tables import CELL, CORRECTION
from etl.correcting.texts import shown
from etl.correcting.totals import settle_totals
from etl.correcting.typed import Typed, typed_corrections
from etl.ledger import LedgerKind, ledger_kinds
from etl.notes import masked
from etl.record.loads import row_schema, typed_columns
from etl.record.row_tables import write_table
from etl.street import Street

Connection = duckdb.DuckDBPyConnection


def apply_corrections(connection: Connection, street: Street, codes: CodeLists, instead: bytes | None = None) -> None:
    """Apply the street's corrections to `ledger.*`; write core.correction and core.corrected_cell, empty without any.

    `instead` is a file's bytes that are looked at in the place of the street's own.

    Nothing that a line says stops the build; a file that cannot be read at all does (StreetError), because what it had
    corrected would fall back in silence.
    """
    corrections = typed_corrections(corrections_in(instead) if instead else read_corrections(street.path), codes)
    verdicts, cells_put = {one.said.no: Verdict(INVALID, one.wrong) for one in corrections}, []
    for kind in ledger_kinds().values():
        if mine := [one for one in corrections if one.kind is kind and not one.wrong]:
            cells = Cells(kind)
            rows = matched_rows(connection, kind, mine, codes)
            verdicts |= judge(cells, [(one, rows[one.said.no]) for one in mine], codes)
            cells_put += _corrected_cells(cells, codes)
            _write(connection, cells, placed(cells, street, codes))
    write_table(connection, "core.correction", CORRECTION, [_told(one, verdicts[one.said.no]) for one in corrections])
    write_table(connection, "core.corrected_cell", CELL, cells_put)


def _corrected_cells(cells: Cells, codes: CodeLists) -> list[dict[str, Any]]:
    found = []
    for (row_id, name), (no, now) in sorted(cells.put.items()):
        row, column = cells.rows[row_id], cells.kind.columns[name]
        was = shown(column, cells.stored(row_id, column), codes)
        said = {"correction_no": no, "ledger": cells.kind.id, "column": name, "was": was}
        found.append({**row, **said, "now": shown(column, now, codes)})
    return found


def _write(connection: Connection, cells: Cells, moved: dict[int, Row]) -> None:
    """Write the corrected cells into the ledger's table, and what follows from them."""
    for name in sorted({column for _row_id, column in cells.put}):
        column = cells.kind.columns[name]
        rows = {
            row_id: named(cells.kind, name, cell) for (row_id, put), (_no, cell) in cells.put.items() if put == name
        }
        _update(connection, cells.kind, tuple(typed_columns(column)), rows)
    if moved:
        _update(connection, cells.kind, LOCATED, moved)
        report_moves(connection, cells, moved)
    settle_totals(connection, cells)


def _update(connection: Connection, kind: LedgerKind, names: tuple[str, ...], rows: dict[int, Row]) -> None:
    types = row_schema(kind)
    schema: dict[str, pl.DataType] = {"row_id": pl.Int64(), **{name: types[name] for name in names}}
    frame = pl.DataFrame([{"row_id": row_id, **row} for row_id, row in rows.items()], schema=schema)
    connection.register("put", frame.to_arrow())
    cells = ", ".join(f'"{name}" = p."{name}"' for name in names)
    connection.execute(f"update ledger.{kind.id} as r set {cells} from put as p where r.row_id = p.row_id")
    connection.unregister("put")


def _told(one: Typed, verdict: Verdict) -> dict[str, Any]:
    """Return a correction as the generation tells it; nothing that could be a person's goes in."""
    said, is_of_persons = one.said, one.kind is None or one.kind.identity is not None
    private = ("key", "was", "now") if is_of_persons else ("was", "now") if one.is_private else ()
    names = {
        "ledger": one.kind.id if one.kind else masked(said.ledger),
        "column": one.column.id if one.column else masked(said.column),
    }
    typed = {name: masked(getattr(said, name)) for name in ("key", "was", "now")}  # a number may stand anywhere
    return {
        **vars(said),
        **typed,
        **names,
        **dict.fromkeys(private, ""),
        "correction_no": said.no,
        "state": verdict.state,
        "said": masked(verdict.said),
        "row_count": verdict.row_count,
    }
