"""The versions of the reward standard for hazard reports: which amount holds for which level, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from metrics.warehouse import Warehouse

LEDGER = "reward_standard"


@dataclass(frozen=True, slots=True)
class Standard:
    """One version: `amounts` are (level's title, yuan), the highest level first; `valid_to` None while it holds."""

    number: str
    valid_from: date
    valid_to: date | None
    document: str
    amounts: tuple[tuple[str, float], ...]
    file: str
    sheet: str


def standards(warehouse: Warehouse) -> tuple[Standard, ...]:
    """Return every version of the street's standard, the newest first; () where none was ever sent."""
    if not _is_known(warehouse):
        return ()
    query = """
        with newest as (
            select * from ledger.reward_standard
            qualify row_number() over (
                partition by row_key order by period_to desc, load_no desc, unit_id = 'street', file, sheet, "row"
            ) = 1
        )
        select s.standard_no, s.valid_from, s.valid_to, s.document, c.title, s.reward_yuan, s.file, s.sheet
        from newest as s
        left join core.code as c on c.list = 'warning_level' and s.level = c.code
        order by s.valid_from desc, s.standard_no, c.code_order"""
    found = warehouse.cursor().execute(query).fetchall()
    versions = groupby(found, key=lambda row: (row[0], row[1]))
    return tuple(_standard(list(rows)) for _version, rows in versions)


def _is_known(warehouse: Warehouse) -> bool:
    """Return whether the generation knows this kind of ledger at all: an older one has no such table."""
    query = "select count(*) from core.ledger_kind where ledger = $ledger"
    [(found,)] = warehouse.cursor().execute(query, {"ledger": LEDGER}).fetchall()
    return bool(found)


def _standard(rows: list[tuple[str, date, date | None, str | None, str, float, str, str]]) -> Standard:
    number, valid_from, valid_to, document, _level, _yuan, file, sheet = rows[0]
    amounts = tuple((row[4], float(row[5])) for row in rows)
    return Standard(number, valid_from, valid_to, document or "", amounts, file, sheet)


def valid_on(found: tuple[Standard, ...], day: date) -> Standard | None:
    """Return the version that holds on a day: of several the one that came last; None where none holds."""
    return next((one for one in found if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)), None)
