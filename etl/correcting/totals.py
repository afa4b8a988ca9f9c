"""Total rows beside corrected cells: a total that is right with the correction is no longer called wrong."""

from __future__ import annotations

from collections import defaultdict

import duckdb

from etl.correcting.judge import Cells

ADDED = ("integer", "decimal", "money")
Connection = duckdb.DuckDBPyConnection


def settle_totals(connection: Connection, cells: Cells) -> None:
    """Take a total for right that equals its sum with the corrected cells.

    A total that was right stays so: it was added up from what stood in the sheet, and the sheet has not changed.
    """
    steps: defaultdict[tuple[str, str, str, str], float] = defaultdict(float)
    for (row_id, name), (_no, now) in cells.put.items():
        row, column = cells.rows[row_id], cells.kind.columns[name]
        if column.type in ADDED and row["snapshot_id"] == row["load_id"]:
            was = cells.stored(row_id, column)
            # An empty cell adds nothing to a sum.
            steps[row["load_id"], row["file"], row["sheet"], name] += float(now[0] or 0) - float(was[0] or 0)
    for place, step in steps.items():
        connection.execute(
            "update intake.sheet_total set summed = stated where load_id = ? and file = ? and sheet = ? "
            "and column_name = ? and stated <> summed and abs(summed + ? - stated) < 0.01",
            [*place, step],
        )
