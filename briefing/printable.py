"""A table on paper, as every workbook of ours has it: title, unit and date, 序号, header on each page, A4 across.

Pages export lists this way, briefings their tables; what differs is only where the rows come from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from io import BytesIO
from typing import Any

NUMBERS = {"integer": "#,##0", "decimal": "#,##0.{zeros}", "percent": "0.{zeros}%", "money": "#,##0.00"}
CHANGE = re.compile(r"[＋－−][\d,.]+[%\d,.（）＋－−\u3400-\u9fff]*")  # no letter, no operator of a formula
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
HEAD_ROW = 2  # below the title and the line of unit and date
FIRST_ROW = 3
A4 = 9
NOTE_HEIGHT = 18  # points
NOTE_COLOUR, HEAD_COLOUR = "#555555", "#EEF2F4"


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
    internal_mark: str = ""

    def file_name(self, ending: str) -> str:
        """Return the file's name; the sample's mark is part of it."""
        parts = [self.street, self.title, self.date_text, self.mark, _("数据版本{n}").format(n=self.generation_no)]
        name = "_".join(part for part in parts if part)
        return "".join("" if char in '\\/:*?"<>|　 ' else char for char in name) + ending


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a change such as ＋3.1 or －5宗（－20.8%） is none."""
    return f"'{text}" if text.startswith(DANGEROUS) and not CHANGE.fullmatch(text) else text


def room(text: str) -> int:
    """Return how many digits wide a text is: a Chinese character takes two."""
    return sum(1 if char.isascii() else 2 for char in text)


def new_book(stream: BytesIO) -> Any:
    """Return an empty workbook in which a text stays a text."""
    import xlsxwriter  # late: a page is drawn far more often than exported

    return xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def _control_free(text: str) -> str:
    """Return a text as a page's header takes it, where & begins a command."""
    return text.replace("&", "&&")


def page_setup(page: Any, sheet: Sheet) -> None:
    """Set a page up for printing: A4 across, one page wide, marks above, maker and data version below."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.freeze_panes(FIRST_ROW, 2)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    marks = [f"&{side}{_control_free(mark)}" for side, mark in (("L", sheet.internal_mark), ("R", sheet.mark)) if mark]
    if marks:
        page.set_header("".join(marks))
    page.set_footer(
        _("&L{made}　数据版本{n}&R第&P页，共&N页").format(made=_control_free(sheet.made), n=sheet.generation_no)
    )
    page.set_column(0, 0, 6)


def write_head(
    book: Any, page: Any, titles: Sequence[str], widths: Sequence[float], sheet: Sheet, beside: int = 0
) -> None:
    """Write title, unit and date, and the header row with 序号 before the columns' titles.

    The title stands over the table and as many more columns as something `beside` it takes.
    """
    last = len(titles) + beside
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    note = book.add_format({"align": "left", "font_color": NOTE_COLOUR})
    look = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    head = book.add_format(look | {"bg_color": HEAD_COLOUR})
    text = f"{sheet.street}{sheet.title}" + (f"（{sheet.mark}）" if sheet.mark else "")
    page.merge_range(0, 0, 0, last, text, title)
    page.set_row(0, 28)
    facts = _("单位：{unit}　　日期：{day}").format(unit=sheet.unit, day=sheet.date_text)
    page.merge_range(1, 0, 1, last, facts, note)
    for index, words in enumerate([_("序号"), *titles]):
        page.write_string(HEAD_ROW, index, words, head)
    for index, width in enumerate(widths, start=1):
        page.set_column(index, index, width)


def write_notes(book: Any, page: Any, row: int, notes: Sequence[str]) -> None:
    """Write lines of text below a table."""
    look = book.add_format({"align": "left", "font_color": NOTE_COLOUR})
    for at, note in enumerate(notes):
        page.set_row(row + at, NOTE_HEIGHT)
        page.write_string(row + at, 0, harmless(note), look)


def write_cell(page: Any, row: int, index: int, value: Any, look: Any) -> None:
    """Write one cell; a text is never taken for a number or a formula."""
    if value == "" or value is None:
        page.write_blank(row, index, None, look)
    elif isinstance(value, bool | str):
        page.write_string(row, index, str(value), look)
    else:
        page.write_number(row, index, value, look)
