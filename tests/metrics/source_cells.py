"""The sample's own workbooks, read plainly: the texts of a row, the numbers and the days that stand in it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import cn2an
from openpyxl import load_workbook

Rows = dict[int, tuple[Any, ...]]
DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})|(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
MONTH = re.compile(r"^\D*(\d{4})\s*[年./-]\s*(\d{1,2})\s*月?\D*$")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(亿|万|千|百|w)?(?:(\d)千)?")
TIMES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
HANZI = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
EPOCH = date(1899, 12, 30)


@dataclass
class Books:
    """Workbooks and text files, each opened once."""

    folder: Path
    opened: dict[str, dict[str, Rows]] = field(default_factory=dict)

    def row(self, file: str, sheet: str, row: int) -> tuple[Any, ...]:
        """Return the cells of a row as the file holds them."""
        return self.sheet(file, sheet)[row]

    def sheet(self, file: str, sheet: str) -> Rows:
        """Return the rows of a sheet by the number that Excel (or a text editor) shows."""
        if file not in self.opened:
            path = self.folder / file
            self.opened[file] = _text(path) if path.suffix == ".csv" else _workbook(path)
        return self.opened[file][sheet]


def _workbook(path: Path) -> dict[str, Rows]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return {sheet.title: dict(enumerate(sheet.iter_rows(values_only=True), start=1)) for sheet in book.worksheets}
    finally:
        book.close()


def _text(path: Path) -> dict[str, Rows]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    reader, rows, line = csv.reader(io.StringIO(text, newline="")), {}, 1
    for cells in reader:
        rows[line] = tuple(cells)
        line = reader.line_num + 1
    return {path.stem: rows}


def plain(cell: Any) -> str:
    """Return a cell without what writing varies in: width, blanks, brackets, hyphens, case."""
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell))
    return re.sub(r"[^0-9A-Za-z一-龥.]", "", text).upper()


def holds(cells: tuple[Any, ...], name: str) -> bool:
    """Return whether a name or a number of somebody stands in a row."""
    return any(plain(name) in plain(cell) for cell in cells if cell is not None)


def numbers(cells: tuple[Any, ...]) -> set[float]:
    """Return every number that stands in a row's cells, 3.5万 as 35,000 and 二十 as 20."""
    found: set[float] = set()
    for cell in cells:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            found |= {float(cell), round(cell * 10_000, 2)}
            continue
        text = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).replace(",", "")
        for digits, times, more in NUMBER.findall(text):
            found.add(round(float(digits) * TIMES[times] + 1000 * int(more or 0), 2))
            found.add(round(float(digits) * 10_000, 2))  # the unit may stand in the header
        for hanzi in HANZI.findall(text):
            try:
                found.add(float(cn2an.cn2an(hanzi, "smart")))
            except ValueError:
                continue
    return found


def days(cells: tuple[Any, ...]) -> set[date]:
    """Return every day that stands in a row's cells."""
    found = set()
    for cell in cells:
        if isinstance(cell, datetime):
            found.add(cell.date())
        elif isinstance(cell, date):
            found.add(cell)
        elif isinstance(cell, int | float) and not isinstance(cell, bool) and 30_000 < cell < 60_000:
            found.add(EPOCH + timedelta(days=int(cell)))
        else:
            for groups in DAY.findall(unicodedata.normalize("NFKC", "" if cell is None else str(cell))):
                year, month, day = (int(part) for part in groups if part)
                if 1 <= month <= 12 and 1 <= day <= 31:
                    found.add(
                        date(year, month, min(day, 28))
                        if day > 28 and not _is_day(year, month, day)
                        else date(year, month, day)
                    )
    return found


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
