"""Community and park of rows whose place was corrected."""

from __future__ import annotations

import polars as pl

from etl.codelist import CodeLists
from etl.correcting.judge import Cells
from etl.correcting.match import Row
from etl.correcting.texts import Cell
from etl.ledger import LedgerKind
from etl.locate import locate
from etl.record.loads import content_schema, typed_columns
from etl.reporting import STREET
from etl.street import Street

LOCATED = ("community_id", "park_id", "located_by")
BY_PLACE = ("address", "lon", "lat")


def placed(cells: Cells, street: Street, codes: CodeLists) -> dict[int, Row]:
    """Return community_id, park_id and located_by of the rows whose place was corrected."""
    kind = cells.kind
    says = {name for name, column in kind.columns.items() if column.type in ("community", "park") or name in BY_PLACE}
    moved = sorted({row_id for row_id, column in cells.put if column in says})
    if not moved:
        return {}
    schema = content_schema(kind)
    as_now = corrected(cells)
    rows = [{"sheet_no": n, "row": 1, **as_now[row_id]} for n, row_id in enumerate(moved)]
    units = [{"sheet_no": n, "community_id": _unit(cells.rows[row_id])} for n, row_id in enumerate(moved)]
    frame = pl.DataFrame(rows, schema={"sheet_no": pl.Int32, "row": pl.Int32, **schema}, infer_schema_length=None)
    unit = pl.DataFrame(units, schema={"sheet_no": pl.Int32, "community_id": pl.String})
    found = locate(frame, unit, codes, street.path, kind).sort("sheet_no").select(LOCATED)
    return dict(zip(moved, found.iter_rows(named=True), strict=True))


def corrected(cells: Cells) -> dict[int, Row]:
    """Return the columns of every corrected row as its ledger has them after the corrections."""
    names = list(content_schema(cells.kind))
    found: dict[int, Row] = {}
    for (row_id, column), (_no, cell) in cells.put.items():
        row = found.setdefault(row_id, {name: cells.rows[row_id][name] for name in names})
        row |= named(cells.kind, column, cell)
    return found


def named(kind: LedgerKind, column: str, cell: Cell) -> Row:
    """Return a cell's values by the names of its typed columns."""
    values = [list(value) if isinstance(value, tuple) else value for value in cell]
    return dict(zip(typed_columns(kind.columns[column]), values, strict=True))


def _unit(row: Row) -> str | None:
    return None if row["unit_id"] == STREET else row["unit_id"]
