"""The street's notes that a generation was built with, who made them and when, so that generations can be compared."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from etl.note_kinds import KINDS
from etl.notes import notes
from etl.record.row_tables import write_table

Connection = duckdb.DuckDBPyConnection


def write_note_tables(connection: Connection, street: Path, kinds: tuple[str, ...]) -> None:
    """Write intake.held_note: of each kind what holds, its key and what it says as JSON objects."""
    rows = [
        {
            "kind": name,
            "title": (kind := KINDS[name]).title,
            "note_key": json.dumps({column: note[column] for column in kind.key}, ensure_ascii=False),
            "said": json.dumps({column: note[column] for column in kind.said}, ensure_ascii=False),
            "noted_on": note[kind.day],
            "noted_by": note[kind.by],
        }
        for name in kinds
        for note in notes(street, name)
    ]
    names = ("kind", "title", "note_key", "said", "noted_on", "noted_by")
    write_table(connection, "intake.held_note", dict.fromkeys(names, "VARCHAR"), rows)
