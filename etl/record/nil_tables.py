"""Ticked 零报告 as a table of a generation."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.ledger import ledger_kinds
from etl.notes import notes
from etl.record.row_tables import write_table
from etl.reporting import STREET

SCHEMA = {"ledger": "VARCHAR", "community_id": "VARCHAR", "month": "DATE", "noted_on": "DATE"}


def write_nil_reports(connection: duckdb.DuckDBPyConnection, street: Path) -> None:
    """Write core.nil_report: what is ticked as 零报告; the community of what the street owes is `street`.

    A ledger that the program no longer knows, and a tick of another unit than the one that owes, say nothing.
    """
    units = {kind.id: kind.due.unit for kind in ledger_kinds().values() if kind.mode == "event"}
    rows = [
        {**note, "community_id": note["community_id"] or STREET, "month": f"{note['month']}-01"}
        for note in notes(street, "nil_reports")
        if units.get(note["ledger"]) == ("community" if note["community_id"] else STREET)
    ]
    write_table(connection, "core.nil_report", SCHEMA, rows)
