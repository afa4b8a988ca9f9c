"""What a version says that the street itself has said: corrections, decisions, ticked nil reports, reviews."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

from metrics.warehouse import Warehouse, open_generation

CORRECTION = "correction"
NOTES = "intake.held_note"
CORRECTIONS = "core.correction"
SAID = ("ledger", "key", "column", "was", "now")  # what a correction says; the rest is why, by whom, when


@dataclass(frozen=True)
class Held:
    """One thing that the street said and a version was built with.

    `kind` is correction or the kind of note; `said` its columns as (name, text); `by`, `on` and `reason` may be "".
    A correction that changes no row (stale, unclear, replaced by a later one) is not `in_effect`.
    """

    kind: str
    title: str
    said: tuple[tuple[str, str], ...]
    by: str
    on: str
    reason: str
    in_effect: bool = field(default=True, compare=False)  # a load may change it, nobody said anything else

    def text(self, name: str) -> str:
        """Return one column's text, "" where there is none."""
        return dict(self.said).get(name, "")


@dataclass(frozen=True)
class AllHeld:
    """All that was said, and which kinds this version can tell of at all."""

    entries: tuple[Held, ...]
    told: frozenset[str]
    titles: dict[str, str]


def columns_of(warehouse: Warehouse, table: str) -> tuple[str, ...]:
    """Return the columns of a table in their order, () where this version has no such table."""
    schema, name = table.split(".")
    query = """
        select column_name from duckdb_columns()
        where schema_name = $schema and table_name = $name and not internal order by column_index"""
    found = warehouse.cursor().execute(query, {"schema": schema, "name": name}).fetchall()
    return tuple(column for (column,) in found)


def in_table(warehouse: Warehouse, table: str, wanted: Sequence[str]) -> list[dict[str, Any]]:
    """Return a small table's rows with these columns; a column that this version lacks is None, a table no rows."""
    known = columns_of(warehouse, table)
    there = [name for name in wanted if name in known]
    if not there:
        return []
    names = ", ".join(f'"{name}"' for name in there)
    rows = warehouse.cursor().execute(f"select {names} from {table}").fetchall()
    return [{**dict.fromkeys(wanted), **dict(zip(there, row, strict=True))} for row in rows]


def held(warehouse: Warehouse) -> AllHeld:
    """Return what the street had said when a version was built."""
    return _held(warehouse.path)


@lru_cache(maxsize=64)  # by its file's path, as the list compares each version with two others
def _held(path: Path) -> AllHeld:
    warehouse = open_generation(path)
    notes, corrections = _notes(warehouse), _corrections(warehouse)
    titles = {entry.kind: entry.title for entry in (*notes, *corrections)}
    told = set(titles)
    if columns_of(warehouse, NOTES):
        told |= NOTE_KINDS
    if columns_of(warehouse, CORRECTIONS):
        told.add(CORRECTION)
    return AllHeld((*corrections, *notes), frozenset(told), titles)


NOTE_KINDS = {"identity_decisions", "level_reviews", "nil_reports"}


def _notes(warehouse: Warehouse) -> tuple[Held, ...]:
    wanted = ("kind", "title", "note_key", "said", "noted_on", "noted_by")
    found = []
    for row in in_table(warehouse, NOTES, wanted):
        said = {**json.loads(row["note_key"]), **json.loads(row["said"])}
        reason = said.pop("reason", "")
        found.append(
            Held(row["kind"], row["title"], tuple(said.items()), row["noted_by"] or "", row["noted_on"] or "", reason)
        )
    return tuple(found)


def _corrections(warehouse: Warehouse) -> tuple[Held, ...]:
    rows = in_table(warehouse, CORRECTIONS, (*SAID, "reason", "by", "on", "row_count"))
    return tuple(
        Held(
            CORRECTION, _("更正记录"), tuple((name, _text(row[name])) for name in SAID),
            _text(row["by"]), _text(row["on"]), _text(row["reason"]), row["row_count"] != 0,
        )
        for row in rows
    )  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None else str(value)
