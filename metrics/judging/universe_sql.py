"""The units that a reader looks for in a denominator, one SQL file per kind (metrics/judging/universe)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "universe"
COLUMNS = (
    "unit_id", "unit_name", "community_id", "listed_id", "month", "why", "to_check", "is_new", "load_id", "file", "sheet", "row",
)  # fmt: skip


@dataclass(frozen=True)
class Universe:
    """One kind of unit, as its file's header and SELECT say.

    The SELECT has the parameters `first` and `last` (months), may narrow itself to `communities` (a list, null for all
    of them; a large ledger is read for one community at a time), and has one row per unit and month: `community_id` is where it
    counts, `listed_id` in whose ledger it stands, `why` the fact for which a metric may leave it out, `to_check` why it
    is 待核实. `ledger` is where rejected rows are looked for. `lacks` names columns of the SELECT (null where the ledger
    does not say) with the words for that.
    """

    id: str
    title: str
    meaning: str
    ledger: str
    lacks: dict[str, str]
    sql: str


@cache
def universe(name: str) -> Universe:
    """Return one kind of unit; ValueError where its file is malformed."""
    text = (FOLDER / f"{name}.sql").read_text("utf-8")
    match = re.match(r"\s*/\*(.*?)\*/\s*(.*?)[\s;]*\Z", text, re.S)
    if not match:
        raise ValueError(f"universe, {name}: no header comment")
    header: dict[str, Any] = yaml.safe_load(match[1])
    if set(header) != {"title", "meaning", "ledger", "lacks"}:
        raise ValueError(f"universe, {name}: keys {sorted(header)}")
    return Universe(id=name, sql=match[2], **header)


def read_by(sql: str, names: dict[str, str]) -> list[str]:
    """Return those of the columns that a metric's SELECT reads: only they can be what it lacks."""
    return [name for name in names if re.search(rf"\b{name}\b", sql)]
