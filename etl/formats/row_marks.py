"""Marks in the rows of a sheet's XML that the reader does not tell: errors, hidden, struck through, no result."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from etl.formats.sheet_extent import CELL, column_number

ERROR = re.compile(rb'<c (?=[^>]*\bt="e")(?=[^>]*\br="([A-Z]+)(\d+)")[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
HIDDEN = re.compile(rb'<row (?=[^>]*\br="(\d+)")[^>]*\bhidden="(?:1|true)"')
NO_RESULT = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
FILLED = re.compile(rb"<(?:v|is)>(?!<)")


@dataclass
class Marks:
    """What was found in one sheet: error texts by (row, column) from 0, row numbers, (row number, column from 0)."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    without_result: list[tuple[int, int]] = field(default_factory=list)


def mark_block(block: bytes, struck: re.Pattern[bytes] | None, marks: Marks) -> None:
    """Add a block of whole rows; a plain search decides whether there is anything to look at closely."""
    if b't="e"' in block:
        found = ERROR.findall(block)
        marks.errors |= {(int(row) - 1, column_number(col)): unescape(text.decode()) for col, row, text in found}
    if b'hidden="' in block:
        marks.hidden += map(int, HIDDEN.findall(block))
    if b"<f" in block:
        marks.without_result += _without_result(block)
    if struck is not None and struck.search(block):
        marks.struck += _struck_rows(block, struck)


def _without_result(block: bytes) -> list[tuple[int, int]]:
    cells = (CELL.match(block, block.rfind(b"<c ", 0, found.start())) for found in NO_RESULT.finditer(block))
    return [(int(cell[2]), column_number(cell[1])) for cell in cells if cell]


def _struck_rows(block: bytes, struck: re.Pattern[bytes]) -> list[int]:
    """Return the rows all of whose filled cells have a font with a line through it."""
    rows = []
    at = 0
    while found := struck.search(block, at):
        begin, end = block.rfind(b"<row ", 0, found.start()), block.find(b"</row>", found.start())
        row = block[max(begin, 0) : end if end >= 0 else len(block)]
        cells = [cell for cell in re.split(rb"(?=<c )", row)[1:] if b"</v>" in cell or b"</is>" in cell]
        number = re.search(rb'\br="(\d+)"', row)
        if number and cells and all(struck.match(cell) for cell in cells):
            rows.append(int(number[1]))
        at = end if end >= 0 else len(block)
    return rows
