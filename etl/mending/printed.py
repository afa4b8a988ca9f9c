"""A printable workbook: title, a line of facts, 序号, repeated header, A4 across; every text stays a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

SAMPLE_MARK = _("示例数据　非真实情况")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
NOT_IN_SHEET_NAMES = re.compile(r"[\\/*?:\[\]']")
LOOKS = {
    "reject": {"bg_color": "#F19C8F", "pattern": 1},
    "warning": {"bg_color": "#FFF6D5", "fg_color": "#B8860B", "pattern": 14},  # hatched: seen on a grey print, too
}


@dataclass(frozen=True)
class PrintedTable:
    """One sheet to print; `marks` colours cells by (row, column) of `rows`, `facts` stand under the title."""

    name: str
    title: str
    facts: tuple[str, ...]
    header: tuple[str, ...]
    rows: Sequence[Sequence[str | int | None]]
    widths: tuple[int, ...]
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a number with a sign is none."""
    return f"'{text}" if text.startswith(DANGEROUS) and not NUMBER.fullmatch(text) else text


def file_name(*parts: str) -> str:
    """Return the parts as a file name without what Windows forbids."""
    return NOT_IN_FILE_NAMES.sub("", "_".join(part for part in parts if part)) + ".xlsx"


def _sheet_name(name: str, taken: set[str]) -> str:
    plain = NOT_IN_SHEET_NAMES.sub("", name)[:25] or _("表")
    numbered = (f"{plain}({number})" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(other for other in numbered if other not in taken)


def _page_setup(page: Any, head: int, mark: str) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 2)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    if mark:
        page.set_header(f"&R{mark}")
    page.set_footer(_("&L{today}制表&R第&P页，共&N页").format(today=f"{date.today():%Y-%m-%d}"))
    page.set_column(0, 0, 6)


def _head(book: Any, page: Any, table: PrintedTable, mark: str) -> int:
    """Write title, facts and header; return the header's row."""
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    fact = book.add_format({"align": "left", "valign": "vcenter", "text_wrap": True})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter",
                            "text_wrap": True, "bg_color": "#EEF2F4"})  # fmt: skip
    last, row = len(table.header), 0
    page.merge_range(0, 0, 0, last, table.title + (f"（{mark}）" if mark else ""), title)
    page.set_row(0, 28)
    for row, text in enumerate(table.facts, start=1):
        page.merge_range(row, 0, row, last, "", fact)
        page.write_string(row, 0, text, fact)
        page.set_row(row, 18 * (1 + len(text) // max(30, sum(table.widths) // 2)))
    page.write_row(row + 1, 0, [_("序号"), *table.header], head)
    for column, width in enumerate(table.widths, start=1):
        page.set_column(column, column, width)
    return row + 1


def _write(page: Any, book: Any, table: PrintedTable, mark: str) -> None:
    head = _head(book, page, table, mark)
    _page_setup(page, head, mark)
    plain = {"border": 1, "valign": "top", "text_wrap": True, "num_format": "@"}
    looks = {name: book.add_format({**plain, **look}) for name, look in {"": {}, **LOOKS}.items()}
    count = book.add_format({"border": 1, "valign": "top", "align": "center"})
    for place, cells in enumerate(table.rows):
        page.write_number(head + 1 + place, 0, place + 1, count)
        for column, value in enumerate(cells):
            look = looks[table.marks.get((place, column), "")]
            if isinstance(value, int):
                page.write_number(head + 1 + place, column + 1, value, count)
            elif value:
                page.write_string(head + 1 + place, column + 1, harmless(value), look)
            else:
                page.write_blank(head + 1 + place, column + 1, None, look)


def write_printed(path: Path, tables: Sequence[PrintedTable], mark: str = "") -> Path:
    """Write the tables as one workbook; `mark` (示例数据) stands in every title and page header."""
    import xlsxwriter  # late: only whoever asks for a file waits for it

    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    taken: set[str] = set()
    for table in tables:
        name = _sheet_name(table.name, taken)
        taken.add(name)
        _write(book.add_worksheet(name), book, table, mark)
    book.close()
    return path
