"""A table as a file: a printable workbook, or CSV. Bytes in, bytes out; no Streamlit."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any, Literal

import polars as pl

from briefing.printable import FIRST_ROW, NUMBERS, Sheet, harmless, new_book, page_setup, write_cell, write_head

__all__ = ["Kind", "Sheet", "TableColumn", "csv_text", "harmless", "plain", "printed", "workbook"]
Kind = Literal["text", "code", "integer", "decimal", "percent", "money", "date", "month", "sparkline", "link"]
WIDTHS = {"text": 18, "code": 21, "integer": 10, "decimal": 10, "percent": 10, "money": 14, "date": 12, "month": 11}


@dataclass(frozen=True)
class TableColumn:
    """One column of a table: where it comes from, what it is called and how it is written."""

    id: str
    title: str
    kind: Kind = "text"
    is_sum: bool = False
    is_shown: bool = True
    decimals: int = 1
    help: str | None = None
    width: Literal["small", "medium", "large"] | int | None = None


def printed(columns: Sequence[TableColumn]) -> list[TableColumn]:
    """Return the columns that can stand on paper."""
    return [column for column in columns if column.kind not in {"sparkline", "link"}]


def plain(value: Any, column: TableColumn) -> Any:
    """Return a cell as a file writes it; unknown stays empty."""
    if value is None:
        return ""
    if column.kind == "month" and isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return harmless(value) if isinstance(value, str) else value


def csv_text(frame: pl.DataFrame, columns: Sequence[TableColumn], sheet: Sheet) -> bytes:
    """Return CSV with a byte order mark, as Excel 2016 wants it; the sample's mark stands in every row."""
    kept = printed(columns)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    tail = [sheet.mark] if sheet.mark else []
    writer.writerow([column.title for column in kept] + ([_("数据说明")] if tail else []))
    for row in frame.select([column.id for column in kept]).iter_rows():
        writer.writerow([plain(value, column) for value, column in zip(row, kept, strict=True)] + tail)
    return ("\ufeff" + stream.getvalue()).encode()


def _formats(book: Any, columns: Sequence[TableColumn]) -> list[Any]:
    found = []
    for column in columns:
        look = NUMBERS.get(column.kind, "@").format(zeros="0" * column.decimals).rstrip(".")
        align = "right" if column.kind in NUMBERS else "left"
        found.append(book.add_format({"num_format": look, "align": align, "border": 1, "valign": "vcenter"}))
    return found


def _sums(frame: pl.DataFrame, columns: Sequence[TableColumn]) -> list[Any]:
    return [frame[column.id].sum() if column.is_sum else None for column in columns]


def workbook(frame: pl.DataFrame, columns: Sequence[TableColumn], sheet: Sheet) -> bytes:
    """Return a printable .xlsx: title, unit and date, 序号, rows, 合计 of what can be added up; A4 across."""
    kept, stream = printed(columns), io.BytesIO()
    book = new_book(stream)
    page = book.add_worksheet(_("表"))
    page_setup(page, sheet)
    write_head(book, page, [column.title for column in kept], [WIDTHS[column.kind] for column in kept], sheet)
    looks, count = _formats(book, kept), book.add_format({"border": 1, "align": "center"})
    row = FIRST_ROW
    for number, cells in enumerate(frame.select([column.id for column in kept]).iter_rows(), start=1):
        page.write_number(row, 0, number, count)
        for index, (value, column) in enumerate(zip(cells, kept, strict=True)):
            write_cell(page, row, index + 1, plain(value, column), looks[index])
        row += 1
    if any(column.is_sum for column in kept):
        page.write_string(row, 0, sheet.sum_label, count)
        for index, value in enumerate(_sums(frame, kept)):
            write_cell(page, row, index + 1, value, looks[index])
    book.close()
    return stream.getvalue()
