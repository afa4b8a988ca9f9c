"""The deadlines as data: `codes/deadlines.csv` → rules that a model can count with.

One row per rule and validity version (`code` names the rule, `raw` the row; a street's row with the same raw replaces
the program's). Beside the columns of every code list:

`starts`, `ends`   step codes, joined by |: what starts the clock, what meets it (empty: nothing in the ledger does)
`length`, `unit`   working_day, day, month or year; the day of the event is not counted; negative: so long before it
`extension`        how much longer at most (in the same unit), or `agreed` for as long as both sides agree
`nature`           duty, right, limit or keep; `actor` who; `is_own` whether the street's own organisations owe it
`applies`          all, none (kept for a street to switch on), `cause:<code>`, `step:<code>` (cases that have it)
`replaces`         the rule that it takes the place of where both apply
`rolls`            a last day off moves to the next working day
`met_earlier`      an ending that stands before the start counts too (台账先记了后一环节)
`valid_from/to`    the days on which a clock may start under it; of two valid versions the newer one counts
`mark`             V: start and length stand in the law named; I: ours. `rolls` is ours everywhere (it follows the civil
                   procedure law; the rules of mediation do not say it, so 15 days of mediation do not move)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import Any

import duckdb

from etl.codelist import CodeLists
from etl.errors import StreetError
from etl.record.row_tables import write_table

UNITS = ("working_day", "day", "month", "year")
NATURES = ("duty", "right", "limit", "keep")
LONGEST = 1000  # of any unit: no law counts further, and the calendar has to hold the last day
SCHEMA = {
    "rule": "VARCHAR", "title": "VARCHAR", "starts": "VARCHAR[]", "ends": "VARCHAR[]", "length": "INTEGER",
    "unit": "VARCHAR", "extension": "INTEGER", "is_agreed": "BOOLEAN", "nature": "VARCHAR", "actor": "VARCHAR",
    "is_own": "BOOLEAN", "applies": "VARCHAR", "replaces": "VARCHAR", "rolls": "BOOLEAN", "met_earlier": "BOOLEAN",
    "valid_from": "DATE", "valid_to": "DATE", "law": "VARCHAR", "mark": "VARCHAR", "words": "VARCHAR",
    "rule_no": "INTEGER",
}  # fmt: skip
Row = dict[str, Any]


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _length(text: str, least: int = -LONGEST) -> int:
    found = int(text)
    if not least <= found <= LONGEST:
        raise ValueError(text)
    return found


def _extension(text: str | None) -> int | None:
    return _length(text, 0) if text and text != "agreed" else None


def _valid_to(row: Row) -> date | None:
    """Return the last day of validity; before the first one the rule would silently never count."""
    if not row.get("valid_to"):
        return None
    last = date.fromisoformat(row["valid_to"])
    if row.get("valid_from") and last < date.fromisoformat(row["valid_from"]):
        raise ValueError(row["valid_to"])
    return last


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


def _steps(row: Row, name: str, codes: CodeLists) -> list[str]:
    """Return the step codes of a column; an unknown one raises ValueError."""
    known = set(codes.legal("case_step")["code"])
    found = [code for code in (row[name] or "").split("|") if code]
    if not known.issuperset(found):
        raise ValueError(row[name])
    return found


def _applies(row: Row, codes: CodeLists) -> str:
    text = row["applies"] or ""
    kind, _colon, code = text.partition(":")
    lists = {"cause": "cause", "step": "case_step"}
    if text not in {"all", "none"} and not (kind in lists and code in set(codes.legal(lists[kind])["code"])):
        raise ValueError(text)
    return text


def _cells(row: Row, codes: CodeLists) -> dict[str, Callable[[], Any]]:
    """Return how each column of a row is read."""

    def optional(name: str, read: Callable[[str], Any]) -> Callable[[], Any]:
        return lambda: read(row[name]) if row.get(name) else None

    def needed(name: str, read: Callable[[str], Any] = str) -> Callable[[], Any]:
        return lambda: read(row.get(name) or "")

    return {
        "rule": needed("code"), "title": needed("title"), "actor": needed("actor"), "law": needed("law"),
        "words": needed("words"), "mark": needed("mark", _one_of("V", "I")), "nature": needed("nature", _one_of(*NATURES)),
        "is_own": needed("is_own", _truth), "rolls": needed("rolls", _truth),
        "met_earlier": needed("met_earlier", _truth), "applies": lambda: _applies(row, codes),
        "starts": lambda: _steps(row, "starts", codes), "ends": lambda: _steps(row, "ends", codes),
        "length": optional("length", _length), "unit": optional("unit", _one_of(*UNITS)),
        "extension": lambda: _extension(row.get("extension")),
        "is_agreed": lambda: row.get("extension") == "agreed", "replaces": optional("replaces", str),
        "valid_from": optional("valid_from", date.fromisoformat), "valid_to": lambda: _valid_to(row),
    }  # fmt: skip


def _rule(row: Row, codes: CodeLists) -> Row:
    """Read one row; StreetError names the column that cannot be."""
    found: Row = {}
    for column, read in _cells(row, codes).items():
        try:
            found[column] = read()
        except (ValueError, KeyError) as error:
            message = _("办理期限表第“{raw}”行的 {column} 写得不对").format(raw=row["raw"], column=column)
            remedy = _("请对照程序自带的 deadlines.csv 更正")
            raise StreetError(message, file="deadlines.csv", remedy=remedy) from error
    if (found["length"] is None) != (found["unit"] is None):
        message = _("办理期限表第“{raw}”行的时长和单位应同时写明").format(raw=row["raw"])
        raise StreetError(message, file="deadlines.csv", remedy=_("请补上 length 或 unit"))
    return found


@lru_cache(maxsize=2)  # a build asks for them anew, the program's lists are the same
def deadline_rules(codes: CodeLists) -> list[Row]:
    """Return every rule in its order; where a street's row bears a raw of the program's, the street's counts."""
    rows = {row["folded"]: row for row in codes.rows("deadlines").iter_rows(named=True) if row["kind"] == "legal"}
    return [{**_rule(row, codes), "rule_no": number} for number, row in enumerate(rows.values(), 1)]


def write_deadline_rules(connection: duckdb.DuckDBPyConnection, codes: CodeLists) -> None:
    """Write `core.deadline_rule`."""
    write_table(connection, "core.deadline_rule", SCHEMA, deadline_rules(codes))
