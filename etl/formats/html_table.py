"""One table of a web page as a sheet: spans become merged ranges, rows that are not displayed are hidden rows."""

from __future__ import annotations

import re
from typing import Any

from etl.formats.bounds import MOST_CELLS, too_much
from etl.formats.sheet_text import UNCLEAR_MONTH, Merged, NumberText, SheetText

ROUNDED = re.compile(r"-?\d(?:\.\d+)?E\+\d+")
WIDEST_SPAN = 1_000  # what a browser allows
NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.IGNORECASE)
LINE_THROUGH = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.IGNORECASE)
AS_TEXT = re.compile(r"mso-number-format\s*:\s*[\"']?\\?@", re.IGNORECASE)
NOT_STRUCK = ".//text()[normalize-space()][not(ancestor::s or ancestor::strike or ancestor::del)]"


def html_table(file: str, name: str, lines: list[str], table: Any) -> SheetText:
    """Return the lines before the table and its rows; FileError too_much where spans stretch it beyond any ledger."""
    trs = list(table.iter("tr"))
    first = len(lines)
    rows: list[list[str]] = [[line] for line in lines]
    merged: list[Merged] = []
    below: dict[int, int] = {}
    size = 0
    for place, tr in enumerate(trs):
        row, below = _row(tr, first + place, first + len(trs) - 1, below, merged)
        size += len(row)
        if size > MOST_CELLS:
            raise too_much(file)
        rows.append(row)
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise too_much(file)
    filled = [row + [""] * (width - len(row)) for row in rows]
    hidden = tuple(first + place + 1 for place, tr in enumerate(trs) if NOT_DISPLAYED.search(tr.get("style", "")))
    struck = tuple(first + place + 1 for place, tr in enumerate(trs) if any(rows[first + place]) and _is_struck(tr))
    return SheetText(file, name, filled, range(1, len(filled) + 1), 0, tuple(sorted(merged)), hidden, struck)


def _row(
    tr: Any, place: int, last: int, below: dict[int, int], merged: list[Merged]
) -> tuple[list[str], dict[int, int]]:
    """Return a row's texts and, per column, how many rows below it a cell above still covers."""
    row: list[str] = []
    goes_on = {column: rows - 1 for column, rows in below.items() if rows > 1}
    for cell in tr.iterchildren("td", "th"):
        while len(row) in below:
            row.append("")
        left, wide = len(row), _span(cell, "colspan", WIDEST_SPAN)
        high = _span(cell, "rowspan", last - place + 1)
        row += [_text(cell), *[""] * (wide - 1)]
        if wide > 1 or high > 1:
            merged.append((place, left, place + high - 1, left + wide - 1))
        goes_on |= {column: high - 1 for column in range(left, left + wide) if high > 1}
    return row, goes_on


def _span(cell: Any, name: str, most: int) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), most) if said.isdigit() and len(said) < 10 else 1


def _text(cell: Any) -> str:
    """Return what the cell shows; the exact number where Excel saved one beside a rounded 1.2E+17."""
    for line_break in cell.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    said = "".join(cell.itertext())
    text = "\n".join(line for line in (" ".join(part.split()) for part in said.split("\n")) if line)
    exact = cell.get("x:num")
    if exact and ROUNDED.fullmatch(text):
        return str(exact)
    is_text = cell.get("x:str") is not None or AS_TEXT.search(cell.get("style", ""))
    return text if is_text or not UNCLEAR_MONTH.fullmatch(text) else NumberText(text)


def _is_struck(tr: Any) -> bool:
    """Return whether all that a filled row says is struck through."""
    if LINE_THROUGH.search(tr.get("style", "")):
        return True
    cells = [cell for cell in tr.iterchildren("td", "th") if "".join(cell.itertext()).strip()]
    return all(LINE_THROUGH.search(cell.get("style", "")) or not cell.xpath(NOT_STRUCK) for cell in cells)
