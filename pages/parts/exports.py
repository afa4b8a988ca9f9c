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

Kind = Literal["text", "code", "integer", "decimal", "percent", "money", "date", "month", "sparkline"]
NUMBERS = {"integer": "#,##0", "decimal": "#,##0.{zeros}", "percent": "0.{zeros}%", "money": "#,##0.00"}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
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


@dataclass(frozen=True)
class Sheet:
    """What a printed table says around its rows."""

    title: str
    unit: str
    date_text: str
    street: str
    generation_no: int
    mark: str = ""
    made: str = ""
    sum_label: str = _("合计")

    def file_name(self, ending: str) -> str:
        """Return the file's name; the sample's mark is part of it."""
        parts = [self.street, self.title, self.date_text, self.mark, _("数据版本{n}").format(n=self.generation_no)]
        name = "_".join(part for part in parts if part)
        return "".join("" if char in '\\/:*?"<>|　 ' else char for char in name) + ending


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def printed(columns: Sequence[TableColumn]) -> list[TableColumn]:
    """Return the columns that can stand on paper."""
    return [column for column in columns if column.kind != "sparkline"]


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


def _page_setup(page: Any, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)
    page.freeze_panes(3, 2)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    if sheet.mark:
        page.set_header(f"&R{sheet.mark}")
    page.set_footer(_("&L{made}　数据版本{n}&R第&P页，共&N页").format(made=sheet.made, n=sheet.generation_no))
    page.set_column(0, 0, 6)


def _head(book: Any, page: Any, columns: Sequence[TableColumn], sheet: Sheet) -> None:
    """Write title, unit and date, and the header row."""
    last = len(columns)
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    note = book.add_format({"align": "left", "font_color": "#555555"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#EEF2F4"})
    text = f"{sheet.street}{sheet.title}" + (f"（{sheet.mark}）" if sheet.mark else "")
    page.merge_range(0, 0, 0, last, text, title)
    page.set_row(0, 28)
    facts = _("单位：{unit}　　日期：{day}").format(unit=sheet.unit, day=sheet.date_text)
    page.merge_range(1, 0, 1, last, facts, note)
    page.write_row(2, 0, [_("序号"), *(column.title for column in columns)], head)
    for index, column in enumerate(columns):
        page.set_column(index + 1, index + 1, WIDTHS[column.kind])


def _write(page: Any, row: int, index: int, value: Any, look: Any) -> None:
    """Write one cell; a text is never taken for a number or a formula."""
    if value == "" or value is None:
        page.write_blank(row, index, None, look)
    elif isinstance(value, bool | str):
        page.write_string(row, index, str(value), look)
    else:
        page.write_number(row, index, value, look)


def _sums(frame: pl.DataFrame, columns: Sequence[TableColumn]) -> list[Any]:
    return [frame[column.id].sum() if column.is_sum else None for column in columns]


def workbook(frame: pl.DataFrame, columns: Sequence[TableColumn], sheet: Sheet) -> bytes:
    """Return a printable .xlsx: title, unit and date, 序号, rows, 合计 of what can be added up; A4 across."""
    import xlsxwriter  # late: a page is drawn far more often than exported

    kept, stream = printed(columns), io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(_("表"))
    _page_setup(page, sheet)
    _head(book, page, kept, sheet)
    looks, count = _formats(book, kept), book.add_format({"border": 1, "align": "center"})
    row = 2
    for number, cells in enumerate(frame.select([column.id for column in kept]).iter_rows(), start=1):
        row += 1
        page.write_number(row, 0, number, count)
        for index, (value, column) in enumerate(zip(cells, kept, strict=True)):
            _write(page, row, index + 1, plain(value, column), looks[index])
    if any(column.is_sum for column in kept):
        page.write_string(row + 1, 0, sheet.sum_label, count)
        for index, value in enumerate(_sums(frame, kept)):
            _write(page, row + 1, index + 1, value, looks[index])
    book.close()
    return stream.getvalue()
