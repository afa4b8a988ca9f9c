"""A typed cell as a text: what a clerk reads, and what the ledger's own reader takes back for the same value."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from etl.codelist import CodeLists
from etl.ledger import Column
from etl.record.loads import typed_columns

Cell = tuple[Any, ...]  # a column's typed value with what goes with it (qualifier, precision)
UNREAD = "不详"  # a part of a list that was not read: the first place stays taken
PLACES = {"integer": 0, "decimal": 4, "money": 4, "lonlat": 6}
PRECISIONS = {"year": "%Y", "month": "%Y-%m"}


def cell_of(column: Column, row: Mapping[str, Any]) -> Cell:
    """Return a column's typed cell of a row."""
    return tuple(tuple(value) if isinstance(value, list) else value for value in map(row.get, typed_columns(column)))


def is_blank(cell: Cell) -> bool:
    """Return whether a cell has no value; why not (a range, a word) makes no difference."""
    return cell[0] is None


def shown(column: Column, cell: Cell, codes: CodeLists) -> str | None:
    """Return a cell's text, None where it has no value."""
    value = cell[0]
    if value is None:
        return None
    if column.type == "date":
        return f"{value:{PRECISIONS.get(cell[1], '%Y-%m-%d')}}"
    if column.type in PLACES:
        text = f"{value:.{PLACES[column.type]}f}"
        about = _("约") if len(cell) > 1 and cell[1] == "approx" else ""
        return about + (text.rstrip("0").rstrip(".") if "." in text else text)
    if (name := list_of(column)) is None:
        return str(value)
    titles = dict(codes.titles(name))
    if column.many:
        return "；".join(UNREAD if code is None else titles.get(code, code) for code in value)
    code = str(value).lower() if column.type == "boolean" else value
    return titles.get(code, str(code))


def list_of(column: Column) -> str | None:
    """Return the code list that a column's cells are of, None where they are none."""
    return column.codes or (column.type if column.type in ("boolean", "community", "park", "code") else None)


def same(left: Cell, right: Cell) -> bool:
    """Return whether two cells say the same; blanks do, whatever made them blank."""
    return left == right or (is_blank(left) and is_blank(right))
