"""What the reader does not tell of an old workbook (.xls), found in its records ([MS-XLS] 2.4).

Only the chain from record to record is followed in Python; the records' contents are looked at all at once.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from etl.formats.bounds import MOST_CELLS, MOST_FILLED, too_much, too_wide
from etl.formats.ole import workbook_stream
from etl.formats.row_marks import Marks

EOF, BOUND_SHEET, FONT, FORMAT_OF_CELL = 0x0A, 0x85, 0x31, 0xE0
ROW, FORMULA, ERROR_CELL, SEVERAL = 0x208, 0x06, 0x205, 0xBD
FILLED = (0x203, 0x27E, 0xFD, ERROR_CELL, FORMULA, SEVERAL, 0x204, 0xD6)  # records that hold a cell's value
STRUCK_FONT, HIDDEN_ROW = 0x08, 0x20
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
NO_FONT = 4  # this number is never given to a font ([MS-XLS] 2.5.129)
PADDING = 32
MOST_RECORDS = 20_000_000  # of all sheets, as sheets may point at the same records

Places = NDArray[np.int64]


@dataclass
class Book:
    """What the workbook's first part says: the sheets with their places, the fonts that strike, each format's font."""

    sheets: list[tuple[int, str]] = field(default_factory=list)
    fonts: list[bool] = field(default_factory=list)
    formats: list[int] = field(default_factory=list)

    @property
    def struck(self) -> list[int]:
        """Return the numbers of the cell formats with a line through."""
        fonts = {number + (number >= NO_FONT) for number, is_struck in enumerate(self.fonts) if is_struck}
        return [number for number, font in enumerate(self.formats) if font in fonts]


class Records:
    """The records of one sheet: where each begins, and its number."""

    def __init__(self, stream: bytes, raw: NDArray[np.uint8], begin: int) -> None:
        self.raw = raw
        self.at = np.array(record_places(stream, begin), np.int64)
        self.number = self.word(self.at)

    def word(self, at: Places) -> Places:
        """Return the two-byte numbers at these places."""
        return self.raw[at].astype(np.int64) | self.raw[at + 1].astype(np.int64) << 8

    def of(self, *numbers: int) -> Places:
        """Return where the records of these numbers begin."""
        return self.at[np.isin(self.number, numbers)]


def record_places(stream: bytes, at: int) -> list[int]:
    """Return where the records begin, from `at` to the end of that part of the stream."""
    places = []
    end = len(stream) - 3
    while at < end:
        places.append(at)
        if stream[at] == EOF and not stream[at + 1]:
            break
        at += 4 + stream[at + 2] + 256 * stream[at + 3]
    return places


def record_marks(data: bytes, file: str) -> dict[str, Marks]:
    """Return the marks of each sheet by its name; FileError where the sheets are too large to be laid out."""
    stream = workbook_stream(data)
    raw = np.frombuffer(stream + bytes(PADDING), np.uint8)
    book = _book(stream)
    found: dict[str, Marks] = {}
    cells = filled = records = 0
    for begin, name in book.sheets:
        sheet = Records(stream, raw, begin)
        records += len(sheet.at)
        last_row, last_column, area, count = _extent(sheet)
        cells, filled = cells + area, filled + count
        if cells > MOST_CELLS:
            raise too_wide(file, last_row + 1, last_column + 1, name)
        if filled > MOST_FILLED or records > MOST_RECORDS:
            raise too_much(file)
        found[name] = _marks(sheet, book.struck)
    return found


def _book(stream: bytes) -> Book:
    book = Book()
    for at in record_places(stream, 0):
        number, size = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + size]
        if number == BOUND_SHEET and size > 8:
            book.sheets.append((struct.unpack_from("<I", content)[0], _name(content)))
        elif number == FONT and size > 3:
            book.fonts.append(bool(content[2] & STRUCK_FONT))
        elif number == FORMAT_OF_CELL and size > 2:
            book.formats.append(struct.unpack_from("<H", content)[0])
    return book


def _name(content: bytes) -> str:
    length, is_wide = content[6], content[7] & 1
    return content[8 : 8 + length * 2].decode("utf-16-le") if is_wide else content[8 : 8 + length].decode("latin-1")


def _extent(sheet: Records) -> tuple[int, int, int, int]:
    """Return the last row and column from 0, how many cells the reader lays out, and how many are filled."""
    at, several = sheet.of(*FILLED), sheet.of(SEVERAL)
    if not len(at):
        return 0, 0, 0, 0
    rows, columns = sheet.word(at + 4), sheet.word(at + 6)
    in_several = (sheet.word(several + 2) - 6) // 6
    ends = sheet.word(several + 6) + in_several - 1
    last_column = int(max(columns.max(), ends.max(initial=0)))
    area = int((rows.max() - rows.min() + 1) * (last_column - columns.min() + 1))
    return int(rows.max()), last_column, area, len(at) + int(in_several.sum())


def _marks(sheet: Records, struck: list[int]) -> Marks:
    raw, rows = sheet.raw, sheet.of(ROW)
    hidden = sheet.word(rows[(raw[rows + 16] & HIDDEN_ROW) > 0] + 4) + 1
    marks = Marks(_errors(sheet), sorted(hidden.tolist()))
    if struck:
        at = sheet.of(*FILLED)
        at_row, is_struck = sheet.word(at + 4), np.isin(sheet.word(at + 8), struck)
        marks.struck = sorted((np.setdiff1d(at_row[is_struck], at_row[~is_struck]) + 1).tolist())
    return marks


def _errors(sheet: Records) -> dict[tuple[int, int], str]:
    """Return the cells that show an error: typed as one, or the result of a formula."""
    raw, typed, formulas = sheet.raw, sheet.of(ERROR_CELL), sheet.of(FORMULA)
    typed = typed[raw[typed + 11] == 1]
    formulas = formulas[(raw[formulas + 10] == 2) & (sheet.word(formulas + 16) == 0xFFFF)]
    places = [(at, at + 10) for at in typed.tolist()] + [(at, at + 12) for at in formulas.tolist()]
    return {
        (int(raw[at + 4]) + 256 * int(raw[at + 5]), int(raw[at + 6]) + 256 * int(raw[at + 7])): ERRORS.get(
            int(raw[code]), ERRORS[42]
        )
        for at, code in places
    }
