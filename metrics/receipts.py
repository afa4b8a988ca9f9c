"""What the ledgers page lists beside the receipts: bad cells of a load, and what the checks found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class CheckFound:
    """A check of the ledgers against each other and how many rows it found; `is_hard`: they cannot all be true."""

    id: str
    title: str
    meaning: str
    is_hard: bool
    found: int


def bad_cells(warehouse: Warehouse, load_id: str, file: str | None = None, severity: str | None = None) -> pl.DataFrame:
    """Return a load's bad cells in the order of file, sheet and row; personal values are `***` already.

    `severity` is reject (the row was not taken) or warning (the cell is unknown, the row counts).
    """
    query = """
        select file, sheet, row, cell, header, value, reason, suggestion, code, severity from intake.bad_cell
        where load_id = $load and ($file is null or file = $file) and ($severity is null or severity = $severity)
        order by file, sheet, row, cell"""
    return warehouse.cursor().sql(query, params={"load": load_id, "file": file, "severity": severity}).pl()


def checks(warehouse: Warehouse) -> tuple[CheckFound, ...]:
    """Return every check with what it found: first what cannot be true, then what found most."""
    query = """
        select check_id, title, meaning, severity = 'hard', found from intake.check_result
        order by found > 0 and severity = 'hard' desc, found desc, check_id"""
    return tuple(CheckFound(*row) for row in warehouse.cursor().execute(query).fetchall())


def check_rows(warehouse: Warehouse, check_id: str) -> pl.DataFrame:
    """Return the rows that a check found, in official order of their communities, unknown ones last."""
    query = """
        select c.community, r.subject, r.detail, r.load_id, r.file, r.sheet, r.row
        from intake.check_row as r left join core.community as c on r.community_id = c.community_id
        where r.check_id = $check order by c.official_order nulls last, r.subject, r.file, r.row"""
    return warehouse.cursor().sql(query, params={"check": check_id}).pl()
