"""Sheets written as workbooks and text files; the same sheets give the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from etl.sample.sheets import Cell, Sheet

CREATED = datetime(2019, 1, 8, 9, 0)


@dataclass(frozen=True)
class File:
    """One file of the sample: where it goes, its sheets and, for CSV, its encoding."""

    path: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an .xlsx with fixed properties, so that it does not depend on the clock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED, "author": "union-atlas sample", "comments": "示例数据　非真实情况"})
        formats = {
            "title": book.add_format({"bold": True, "align": "center", "font_size": 14}),
            "header": book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
            "date": book.add_format({"num_format": "yyyy/m/d"}),
        }
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, formats)


def _fill(page: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> None:
    for row, line in enumerate(sheet.lines):
        style = formats.get(line.fate)
        for column, cell in enumerate(line.cells):
            _put(page, row, column, cell, style, formats["date"])
    for top, left, bottom, right in sheet.merges:
        line = sheet.lines[top]
        style = formats.get(line.fate)
        if (top, left) != (bottom, right):
            page.merge_range(top, left, bottom, right, "", style)
        _put(page, top, left, line.cells[left], style, formats["date"])
    if sheet.ledger:
        page.set_column(1, 2, 26)
        page.freeze_panes(sheet.header_row, 0)


def _put(page: Worksheet, row: int, column: int, cell: Cell, style: Format | None, day: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)
    elif isinstance(cell, str):
        page.write_string(row, column, cell, style)
    else:
        page.write_number(row, column, cell, style)


def csv_bytes(sheet: Sheet, encoding: str) -> bytes:
    """Return the sheet as CSV with Windows line ends; a header may hold a line break."""
    text = io.StringIO()
    width = max(len(line.cells) for line in sheet.lines)
    writer = csv.writer(text, lineterminator="\r\n")
    for line in sheet.lines:
        cells = [_text(cell) for cell in line.cells]
        writer.writerow(cells + [""] * (width - len(cells)))
    return text.getvalue().encode(encoding)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell.year}/{cell.month}/{cell.day}" if isinstance(cell, date) else str(cell)


def write_csv(path: Path, sheet: Sheet, encoding: str) -> None:
    """Write the sheet as CSV in that encoding."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_bytes(sheet, encoding))


def csv_rows(sheet: Sheet) -> list[int]:
    """Return the physical line on which each line of the sheet begins in a CSV file."""
    starts, at = [], 1
    for line in sheet.lines:
        starts.append(at)
        at += 1 + max((str(cell).count("\n") for cell in line.cells if isinstance(cell, str)), default=0)
    return starts
