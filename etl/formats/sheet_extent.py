"""How far a sheet's filled cells reach, found in its bytes without reading every cell.

The sheets that Excel, WPS and the usual libraries write have `<c r="B7"` at every cell. One search per block then
finds the first cell beyond what is known so far; a cell written in another way makes the sheet one for a real XML
reader (`etl/formats/exact_sheet.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
PREFIXED = re.compile(rb"xmlns:\w+=[\"'][^\"']*/main[\"']")
MOST_STEPS = 2_000  # a sheet whose rows grow wider this often is read the slow way
LONGEST_ROW = 32 << 20
ROW_END = b"</row>"


class NotPlain(Exception):
    """A sheet is written in another way than the usual one."""


def whole_rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the content in blocks that end with a row."""
    rest = b""
    for chunk in chunks:
        block = rest + chunk
        cut = block.rfind(ROW_END) + len(ROW_END)
        if cut < len(ROW_END):
            cut = len(block) if len(block) > LONGEST_ROW else 0
        if cut:
            yield block[:cut]
        rest = block[cut:]
    yield rest


def column_number(letters: bytes) -> int:
    """Return a column's number from its letters (A → 0, AA → 26)."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


@dataclass
class Extent:
    """The used range so far, counted from 1; `last_row` is 0 where nothing is filled."""

    first_row: int = 1 << 20
    last_row: int = 0
    first_column: int = 1 << 14
    last_column: int = 0
    steps: int = field(default=0, compare=False)

    @property
    def cells(self) -> int:
        """Return how many cells the reader would lay out."""
        if not self.last_row:
            return 0
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)

    def take(self, row: int, column: int) -> None:
        """Widen the range to a filled cell."""
        self.first_row, self.last_row = min(self.first_row, row), max(self.last_row, row)
        self.first_column, self.last_column = min(self.first_column, column), max(self.last_column, column)

    def take_block(self, block: bytes, at: int) -> None:
        """Widen the range to every filled cell of a block from `at` on; NotPlain for a cell written in another way.

        The range is taken to begin at A1: telling more would mean to look at every cell.
        """
        end = block.rfind(b"</v>")
        end = max(end, block.rfind(b"</is>", max(end, 0)))
        last = CELL.match(block, block.rfind(b"<c ", at, end)) if end >= 0 else None
        if last is None:
            if end >= 0:
                raise NotPlain
            return
        self.take(int(last[2]), column_number(last[1]) + 1)
        self.first_row = self.first_column = 1
        pattern = _beyond(self.last_row, self.last_column)
        while found := pattern.search(block, at, end):
            cell = CELL.match(block, found.start())
            self.steps += 1
            if cell is None or self.steps > MOST_STEPS:
                raise NotPlain
            at = cell.end()
            if not cell[3]:
                self.take(int(cell[2]), column_number(cell[1]) + 1)
                pattern = _beyond(self.last_row, self.last_column)


def _beyond(row: int, column: int) -> re.Pattern[bytes]:
    """Return what finds a cell tag that names no cell up to the row (rounded up to two digits) and column."""
    if column > 26 * 27:
        raise NotPlain
    inside = rf' r="(?:{_letters_up_to(column)})(?:{_numbers_up_to(row)})"'
    return re.compile(rf"<c(?=[\s/>])(?!{inside})".encode())


def _letters_up_to(column: int) -> str:
    high, low = divmod(column - 1, 26)
    if not high:
        return f"[A-{chr(65 + low)}]"
    before = f"[A-{chr(63 + high)}][A-Z]|" if high > 1 else ""
    return f"[A-Z]|{before}{chr(64 + high)}[A-{chr(65 + low)}]"


def _numbers_up_to(row: int) -> str:
    digits = str(row)
    if len(digits) < 3:
        return r"\d{1,2}"
    first, second, rest = int(digits[0]), digits[1], len(digits) - 2
    below = rf"[1-{first - 1}]\d{{{rest + 1}}}|" if first > 1 else ""
    return rf"\d{{1,{rest + 1}}}|{below}{first}[0-{second}]\d{{{rest}}}"


def check_plain(head: bytes) -> None:
    """Raise NotPlain where a sheet's tags may carry a prefix, or its text is in another encoding."""
    if b"<sheetData" not in head or PREFIXED.search(head) or b"<!DOCTYPE" in head:
        raise NotPlain
