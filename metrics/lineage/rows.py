"""A row of a ledger as the warehouse keeps it: its cells with titles, what was wrong in them, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any, NamedTuple

from etl.ledger import Column, LedgerKind, ledger_kinds
from metrics import scope
from metrics.warehouse import Warehouse

ABOUT = {"approx": _("约"), "lower": _("不少于"), "upper": _("不多于"), "range": _("约")}
PLACED = {"community": "community_id", "park": "park_id"}  # where cleaning keeps what the cell names
AT = 'load_id = $load_id and file = $file and sheet = $sheet and "row" = $row'


class Place(NamedTuple):
    """Where a row stands: the load, the file as it was brought in, the sheet, the row that Excel shows."""

    load_id: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it counts. `was`: what the ledger said before 更正记录 corrected it, None where nothing was."""

    column: str
    title: str
    text: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong in a cell: the text as it was written (`***` where it may name a person), and why."""

    cell: str
    header: str
    value: str
    reason: str
    is_reject: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row and where it comes from; `cells` is empty where the row itself was not taken in.

    `personal`: the titles of the ledger's columns that are never kept, so that nobody looks for them. `ledger` is None
    where the sheet is no ledger or the generation does not know it.
    """

    place: Place
    ledger: str | None
    ledger_title: str
    said_of: str
    loaded_at: str
    who: str
    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...]
    personal: tuple[str, ...]

    @property
    def is_stored(self) -> bool:
        """Return whether the row was taken into the warehouse."""
        return bool(self.cells)


def stored(warehouse: Warehouse, ledger: str, place: Place) -> dict[str, Any] | None:
    """Return the row of a ledger's table that stands at a place, None where there is none.

    A change list's snapshots repeat rows: any of them says the same.
    """
    query = f"select * from ledger.{ledger_kinds()[ledger].id} where {AT} order by snapshot_id limit 1"
    cursor = warehouse.cursor().execute(query, place._asdict())
    names = [column[0] for column in cursor.description or ()]
    record = cursor.fetchone()
    return None if record is None else dict(zip(names, record, strict=True))


def sheet_of(warehouse: Warehouse, place: Place) -> dict[str, Any]:
    """Return what the receipt says of the row's sheet: ledger, unit, day or period, counts; {} where it is not known."""
    query = """
        select * from intake.sheet where load_id = $load_id and file = $file and sheet = $sheet
        order by ledger nulls last limit 1"""
    values = {name: value for name, value in place._asdict().items() if name != "row"}
    cursor = warehouse.cursor().execute(query, values)
    names = [column[0] for column in cursor.description or ()]
    record = cursor.fetchone()
    return {} if record is None else dict(zip(names, record, strict=True))


def source_row(warehouse: Warehouse, load_id: str, file: str, sheet: str, row: int) -> SourceRow:
    """Return one row with everything that may be shown of it; what does not exist comes back without cells."""
    place = Place(load_id, file, sheet, row)
    about = sheet_of(warehouse, place)
    kind = ledger_kinds().get(about.get("ledger") or "")
    record = stored(warehouse, kind.id, place) if kind else None
    loaded_at, who = _load(warehouse, load_id)
    return SourceRow(
        place=place,
        ledger=kind.id if kind else None,
        ledger_title=kind.title if kind else "",
        said_of=_said_of(warehouse, about),
        loaded_at=loaded_at,
        who=who,
        cells=_cells(warehouse, kind, record, place) if kind and record else (),
        problems=_problems(warehouse, kind, place),
        personal=tuple(column.title for column in kind.columns.values() if column.is_personal) if kind else (),
    )


def _load(warehouse: Warehouse, load_id: str) -> tuple[str, str]:
    found = (
        warehouse.cursor().execute("select loaded_at, who from intake.load where load_id = $1", [load_id]).fetchone()
    )
    return found or ("", "")


def _said_of(warehouse: Warehouse, about: dict[str, Any]) -> str:
    """Return whose report the sheet is, and of which day or period."""
    if not about.get("ledger"):
        return str(about.get("reason") or "")
    names = {entry.id: entry.title for entry in scope.communities(warehouse)}
    unit = names.get(about["unit_id"], warehouse.street)
    if about["as_of"]:
        return _("{unit}　数据截至{day}").format(unit=unit, day=about["as_of"])
    return _("{unit}　{first}至{last}").format(unit=unit, first=about["period_from"], last=about["period_to"])


def shown_columns(kind: LedgerKind) -> list[Column]:
    """Return the columns of a ledger that a single row shows.

    Of a roster's persons only where they belong is shown: a day of joining or a status is somebody's, with no name too.
    Of persons who are only counted nothing is shown: a row may stand for one of them.
    """
    if kind.aggregate:
        return []
    found = [column for column in kind.columns.values() if not column.is_personal]
    return found if kind.identity is None else [column for column in found if column.type in {"text", "community"}]


def _cells(warehouse: Warehouse, kind: LedgerKind, record: dict[str, Any], place: Place) -> tuple[Cell, ...]:
    was = _corrected(warehouse, kind, place)
    shown = [column for column in shown_columns(kind) if PLACED.get(column.type, column.id) in record]
    return tuple(
        Cell(column.id, column.title, cell_text(warehouse, column, record), was.get(column.id)) for column in shown
    )


def cell_text(warehouse: Warehouse, column: Column, record: dict[str, Any]) -> str:
    """Return a typed cell as people write it, codes with their titles; "" where it is blank or unknown."""
    value = record[PLACED.get(column.type, column.id)]
    if value is None:
        return ""
    if column.type in PLACED or column.codes and column.type == "code":
        titles = scope.titles(warehouse, column.codes or column.type)
        codes = value if isinstance(value, list) else [value]
        return "、".join(str(titles.get(code, code)) for code in codes if code is not None)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date):
        form = {"month": "%Y-%m", "year": "%Y"}.get(record.get(f"{column.id}_precision") or "", "%Y-%m-%d")
        return value.strftime(form)
    if isinstance(value, int | float):
        about = ABOUT.get(record.get(f"{column.id}_qualifier") or "", "")
        return f"{about}{value:,.10g}{column.unit or ''}"
    return str(value)


def _corrected(warehouse: Warehouse, kind: LedgerKind, place: Place) -> dict[str, str]:
    """Return what corrected cells said before, by column; generations of before corrections have no such table."""
    is_there = "select 1 from duckdb_tables() where schema_name = 'core' and table_name = 'corrected_cell'"
    if not warehouse.cursor().execute(is_there).fetchone():
        return {}
    query = f'select "column", was from core.corrected_cell where ledger = $ledger and {AT}'
    found = warehouse.cursor().execute(query, {"ledger": kind.id, **place._asdict()}).fetchall()
    return {column: str(was if was not in (None, "") else _("空")) for column, was in found}


def _problems(warehouse: Warehouse, kind: LedgerKind | None, place: Place) -> tuple[Problem, ...]:
    """Return what was wrong in the row's cells; what stood in a personal column is not repeated."""
    query = f'select cell, "column", header, value, reason, severity from intake.bad_cell where {AT} order by cell'
    found = []
    for cell, column, header, value, reason, severity in warehouse.cursor().execute(query, place._asdict()).fetchall():
        about = kind.columns.get(column or "") if kind else None
        # Of persons' rows nothing is repeated; a whole row's problem has no column and no value.
        is_open = about is not None and kind is not None and about in shown_columns(kind)
        text = (value or "") if is_open else "***" if value else ""
        found.append(Problem(cell or "", header or (about.title if about else ""), text, reason, severity == "reject"))
    return tuple(found)
