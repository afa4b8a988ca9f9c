"""A sheet as the sample writes it: lines that know which fate they must get and which of their cells are bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Cell = str | int | float | date | None
SKIPPED = ("title", "header", "total", "note", "signature", "blank")
FATES = ("accepted", "rejected", "duplicates", *SKIPPED)


@dataclass(frozen=True)
class Flaw:
    """A cell planted bad: its canonical column (None for the whole row) and the code it must get."""

    column: str | None
    code: str


@dataclass(frozen=True)
class Line:
    """One line of a sheet; `clean` holds what must come out of an accepted row."""

    fate: str
    cells: tuple[Cell, ...]
    flaws: tuple[Flaw, ...] = ()
    clean: dict[str, Any] | None = None


@dataclass
class Sheet:
    """A sheet with its heading's facts; `merges` are (row, first column, last row, last column), 0-based."""

    name: str
    ledger: str | None
    unit: str
    as_of: date | None = None
    period: tuple[date, date] | None = None
    lines: list[Line] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    header_row: int = 0

    def add(self, fate: str, *cells: Cell) -> None:
        """Append a line without planted flaws."""
        self.lines.append(Line(fate, cells))

    def add_title(self, *texts: str, width: int) -> None:
        """Append title lines, each merged over the sheet's width."""
        for text in texts:
            self.merges.append((len(self.lines), 0, len(self.lines), width - 1))
            self.add("title", text)

    def add_header(self, labels: Sequence[str], groups: Sequence[tuple[str, int]] = ()) -> None:
        """Append the header: one row, or two with groups given as (title, how many columns)."""
        self.add("header", *(self._add_groups(labels, groups) if groups else labels))
        self.header_row = len(self.lines)

    def _add_groups(self, labels: Sequence[str], groups: Sequence[tuple[str, int]]) -> list[Cell]:
        """Append the upper header row and return the lower one; an untitled group is merged downwards."""
        top, at = len(self.lines), 0
        upper: list[Cell] = []
        lower: list[Cell] = []
        for title, count in groups:
            own = labels[at : at + count]
            upper += own if not title else [title, *[None] * (count - 1)]
            lower += [None] * count if not title else own
            rows = [(top, at, top, at + count - 1)] if title else [(top, c, top + 1, c) for c in range(at, at + count)]
            self.merges += rows
            at += count
        self.add("header", *upper)
        return lower

    def accepted(self) -> list[dict[str, Any]]:
        """Return what must come out of the accepted rows."""
        return [line.clean for line in self.lines if line.fate == "accepted" and line.clean is not None]

    def counts(self) -> Counter[str]:
        """Return how many lines must get which fate."""
        return Counter(line.fate for line in self.lines)
