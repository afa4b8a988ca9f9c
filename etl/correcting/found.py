"""The rows of a ledger that a clerk looks for, cell by cell as the ledger wrote them, with what corrects them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.codelist import CodeLists
from etl.correcting.match import Row, day_of
from etl.correcting.state import CorrectionState, has_corrections
from etl.correcting.texts import cell_of, list_of, shown
from etl.correcting.typed import not_correctable
from etl.ledger import Column, LedgerKind, ledger_kinds
from etl.record.loads import content_schema
from etl.record.reading import read_frame, read_rows

MOST = 30


@dataclass(frozen=True)
class FoundCell:
    """A cell as its ledger wrote it (None: no value); `now` is what a correction has made of it."""

    column: str
    title: str
    text: str | None
    now: str | None
    correction_no: int | None
    why_not: str  # why it is never corrected by a record, "" where it may be


@dataclass(frozen=True)
class FoundRow:
    """A row of a ledger: `key` is what a correction from this register or period on is written with."""

    row_id: int
    key: str
    title: str
    day: date | None
    community_id: str | None
    file: str
    sheet: str
    row: int
    cells: tuple[FoundCell, ...]


def ledgers() -> dict[str, str]:
    """Return the ledgers whose rows may be corrected, by id; a row that is a person's is none."""
    return {kind.id: kind.title for kind in ledger_kinds().values() if not kind.identity}


def choices(street: Path, ledger: str, column: str) -> tuple[str, ...]:
    """Return the titles of a column's code list, () where its cells are free."""
    name = list_of(ledger_kinds()[ledger].columns[column])
    return tuple(title for _code, title in CodeLists.load(street=street / "codes").titles(name)) if name else ()


def is_list(ledger: str, column: str) -> bool:
    """Return whether a column's cells name several codes."""
    return ledger_kinds()[ledger].columns[column].many


def column_title(ledger: str, column: str) -> str:
    """Return a column's title, its own text where the program knows no such column."""
    kind = ledger_kinds().get(ledger)
    found = kind.columns.get(column) if kind else None
    return found.title if found else column


def find_rows(street: Path, generation: Path, ledger: str, text: str) -> tuple[FoundRow, ...]:
    """Return the newest rows whose name, code or number holds a text."""
    kind = ledger_kinds()[ledger]
    if kind.identity or not text.strip():
        return ()
    names = [column.id for column in kind.columns.values() if _is_looked_at(kind, column)]
    holds = " or ".join(f'contains(upper("{name}"::varchar), upper(?))' for name in ("row_key", *names))
    query = f"""
        select * from ledger.{kind.id} where {holds}
        order by coalesce(as_of, period_to) desc nulls last, load_no desc, file, sheet, "row" limit {MOST}"""
    rows = read_frame(generation, query, [text.strip()] * (len(names) + 1)).to_dicts()
    codes = CodeLists.load(street=street / "codes")
    cells = _corrected(generation, kind, [row["row_id"] for row in rows])
    return tuple(_found(kind, row, codes, cells) for row in rows)


def _is_looked_at(kind: LedgerKind, column: Column) -> bool:
    """Return whether a column tells which thing a row is about."""
    is_name = column.id == "name" or column.id.endswith("_name") or column.type == "credit_code"
    return not column.is_personal and (is_name or any(column.id in key for key in kind.key))


def _corrected(generation: Path, kind: LedgerKind, rows: list[int]) -> dict[tuple[int, str], tuple[Any, ...]]:
    if not has_corrections(generation):
        return {}
    query = """
        select row_id, "column", correction_no, was, now from core.corrected_cell
        where ledger = ? and list_contains(?, row_id)"""
    found = read_rows(generation, query, [kind.id, rows])
    return {(row_id, column): tuple(rest) for row_id, column, *rest in found}


def _found(kind: LedgerKind, row: Row, codes: CodeLists, corrected: dict[tuple[int, str], tuple[Any, ...]]) -> FoundRow:
    cells = []
    for column in kind.columns.values():
        if column.id not in content_schema(kind):
            continue
        text = shown(column, cell_of(column, row), codes)
        no, was, now = corrected.get((row["row_id"], column.id), (None, text, None))
        cells.append(FoundCell(column.id, column.title, was, now, no, not_correctable(kind, column)))
    day = day_of(row)
    key = f"{row['row_key']}@{day}" if day else row["row_key"]
    texts = {cell.column: cell.text for cell in cells}
    title = " ".join(dict.fromkeys(text for name in _title_columns(kind) if (text := texts.get(name))))
    place = (row["community_id"], row["file"], row["sheet"], row["row"])
    return FoundRow(row["row_id"], key, title, day, *place, tuple(cells))


def names_of(generation: Path, made: Iterable[CorrectionState]) -> dict[int, str]:
    """Return by its number the name of the enterprise, union or place that a correction is about, as last written."""
    kinds = ledger_kinds()
    found = {one.no: _name_of(generation, kinds[one.ledger], one.key) for one in made if one.ledger in kinds}
    return {no: name for no, name in found.items() if name}


def _name_of(generation: Path, kind: LedgerKind, key: str) -> str:
    column = next((name for name in ("name", "enterprise_name") if name in kind.columns), None)
    if column is None or kind.identity or kind.columns[column].is_personal:
        return ""
    query = f"""
        select "{column}" from ledger.{kind.id} where row_key in (?, regexp_replace(?, '@[^@]*$', ''))
        and "{column}" is not null order by load_no desc limit 1"""
    rows = read_rows(generation, query, [key, key])
    return str(rows[0][0]) if rows else ""


def _title_columns(kind: LedgerKind) -> list[str]:
    first = ["name", *(name for key in kind.key for name in key), "enterprise_name"]
    return [name for name in dict.fromkeys(first) if name in kind.columns]
