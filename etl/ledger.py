"""Ledger kinds as data: one YAML file per kind in `ledgers/`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl.models import LOADER

FOLDER = Path(__file__).parent / "ledgers"
TYPES = {
    "text", "integer", "decimal", "money", "date", "boolean", "code", "credit_code", "community", "park", "lonlat",
    "identity", "person_no",
}  # fmt: skip
PRIVACY = {"P0", "P1", "P2", "P3"}
UNITS = {"community", "street"}
EVERY = {"month", "half_year", "year", "once"}


@dataclass(frozen=True)
class Column:
    """One column of a ledger: how its header may be spelt and what its cells must be.

    `fallback`: the personal columns that together tell persons apart where an identity cell is empty. `hashed`: a free
    text that may name persons and yet tells rows apart: only its keyed hash is kept. `may_name`: people name persons
    here where something else belongs: what cannot be read is not repeated, and a name behind a unit's is cut off.
    """

    id: str
    title: str
    type: str
    variants: tuple[str, ...] = ()
    required: bool = False
    privacy: str = "P0"
    codes: str | None = None
    unit: str | None = None
    many: bool = False
    min: float | None = None
    max: float | None = None
    fallback: tuple[str, ...] = ()
    hashed: bool = False
    may_name: bool = False

    @property
    def is_personal(self) -> bool:
        """Return whether cells of this column must not leave the cleaning step."""
        return self.privacy in {"P2", "P3"}


@dataclass(frozen=True)
class Due:
    """Who owes the ledger (community or street) and how often.

    `optional`: a street may do without it; it is owed from the first one on that the street has sent. `by_days`: how
    many days after the period's last day it is owed by (a street's setting `report_by_days` goes before it).
    """

    unit: str
    every: str
    optional: bool = False
    by_days: int = 10


@dataclass(frozen=True)
class Aggregate:
    """A register of persons of which only counts leave the cleaning step (`etl/record/person_counts.py`).

    `by`: the column of codes by which they are counted beside the community; `entered` and `left`: the columns of dates
    from and until which a person is on file; `state`: the column that says whether a person is still on file (`held`
    is its code for yes), where no date says it.
    """

    by: str
    entered: str
    left: str
    state: str
    held: str


@dataclass(frozen=True)
class LedgerKind:
    """A kind of ledger; `key` lists alternatives, each one column or several together; `counted` is what one row is (家企业).

    `dated`: its rows bear the days on which they begin and end, so that one register also tells earlier months.
    `aggregate`: its rows are persons in a sensitive class, who are only counted. `copied`: a 批注件, which is a copy of
    the file with all that stands in it, may be made.
    """

    id: str
    title: str
    meaning: str
    mode: str
    due: Due
    key: tuple[tuple[str, ...], ...]
    columns: dict[str, Column] = field(hash=False)
    carry_months: int | None = None
    counted: str = "行"
    dated: bool = False
    aggregate: Aggregate | None = None
    copied: bool = True

    @property
    def identity(self) -> Column | None:
        """Return the column of identity numbers, if the ledger lists persons."""
        return next((column for column in self.columns.values() if column.type == "identity"), None)

    @property
    def read_to_hash(self) -> frozenset[str]:
        """Return the personal columns that cleaning reads to tell persons or rows apart; none of them is kept."""
        column = self.identity
        of_persons = {column.id, *column.fallback} if column else set()
        return frozenset(of_persons | {name for name, one in self.columns.items() if one.hashed})


def _column(name: str, facts: dict[str, Any], kind: str) -> Column:
    known = set(Column.__dataclass_fields__) - {"id"}
    if unknown := set(facts) - known:
        raise ValueError(f"{kind}.yml, {name}: unknown keys {sorted(unknown)}")
    lists = {key: tuple(facts.get(key, ())) for key in ("variants", "fallback")}
    column = Column(id=name, **{**facts, **lists})
    if column.type not in TYPES or column.privacy not in PRIVACY:
        raise ValueError(f"{kind}.yml, {name}: unknown type or privacy class")
    if column.hashed and (column.type != "text" or not column.is_personal):
        raise ValueError(f"{kind}.yml, {name}: only a personal text is hashed")
    if (column.type == "identity") != (column.privacy == "P3" and bool(column.fallback)):
        raise ValueError(f"{kind}.yml, {name}: an identity number is P3 and has a fallback, other columns have none")
    return column


def parse_kind(name: str, facts: dict[str, Any]) -> LedgerKind:
    """Validate one parsed YAML file; an unknown key or value raises ValueError."""
    known = set(LedgerKind.__dataclass_fields__) - {"id"}
    if unknown := set(facts) - known:
        raise ValueError(f"{name}.yml: unknown keys {sorted(unknown)}")
    columns = {key: _column(key, value, name) for key, value in facts["columns"].items()}
    due = Due(**facts["due"])
    keys = tuple((key,) if isinstance(key, str) else tuple(key) for key in facts["key"])
    if (
        due.unit not in UNITS
        or due.every not in EVERY
        or due.by_days not in range(367)
        or facts["mode"] not in {"register", "event"}
    ):
        raise ValueError(f"{name}.yml: unknown mode or due")
    if unknown := {part for key in keys for part in key} - set(columns):
        raise ValueError(f"{name}.yml: key names unknown columns {sorted(unknown)}")
    if unknown := {part for column in columns.values() for part in column.fallback} - set(columns):
        raise ValueError(f"{name}.yml: fallback names unknown columns {sorted(unknown)}")
    counted = Aggregate(**facts["aggregate"]) if "aggregate" in facts else None
    if counted and not {counted.by, counted.entered, counted.left, counted.state} <= set(columns):
        raise ValueError(f"{name}.yml: aggregate names unknown columns")
    return LedgerKind(**{**facts, "id": name, "columns": columns, "due": due, "key": keys, "aggregate": counted})


@cache
def ledger_kinds(folder: Path = FOLDER) -> dict[str, LedgerKind]:
    """Return every ledger kind by id, in the order of the file names."""
    files = sorted(folder.glob("*.yml"))
    return {path.stem: parse_kind(path.stem, yaml.load(path.read_text("utf-8"), Loader=LOADER)) for path in files}
