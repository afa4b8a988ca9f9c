"""A file that is no .xlsx (an old .xls, CSV, HTML …) → the same rows as a workbook that can be marked and mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from etl.formats.sheet_text import NumberText, SheetText, number_text

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST_NAME = 31
NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,9})(?:\.\d+)?")
NARROW, WIDE = 8, 40


def cell_value(text: str) -> str | float:
    """Return a number where the text came from one and reads back as the same text, else the text.

    A typed 2017.1 must stay a number: as a text it would be read as January.
    """
    if not PLAIN_NUMBER.fullmatch(text):
        return text
    number = float(text)
    again = number_text(number)
    same_class = isinstance(again, NumberText) == isinstance(text, NumberText)
    return (int(number) if number.is_integer() else number) if again == text and same_class else text


def sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a sheet may bear; one too long is not cut, for half a date is a wrong date."""
    plain = NOT_IN_NAMES.sub("", name).strip("'")
    plain = plain if 0 < len(plain) <= LONGEST_NAME else "台账"
    numbered = (f"{plain[:25]}({number})" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(other for other in numbered if other not in taken)


def write_text(cell: Any, value: str | float) -> None:
    """Write a value; a text that begins with = stays a text."""
    cell.value = value
    if cell.data_type == "f":
        cell.data_type = "s"


def _fill(page: Any, sheet: SheetText) -> None:
    widths: dict[int, int] = {}
    for number, row in zip(sheet.row_numbers, sheet.rows, strict=True):
        for place, text in enumerate(row, start=sheet.first_column + 1):
            if text:
                write_text(page.cell(number, place), cell_value(text))
                widths[place] = max(widths.get(place, NARROW), len(text.encode("gb18030", "replace")) + 2)
    for place, width in widths.items():
        page.column_dimensions[page.cell(1, place).column_letter].width = min(width, WIDE)


def _merge_and_hide(page: Any, sheet: SheetText) -> None:
    from openpyxl.styles import Font

    left = sheet.first_column + 1
    for top, first, bottom, last in sheet.merged:
        rows = sheet.row_numbers[top], sheet.row_numbers[bottom]
        page.merge_cells(start_row=rows[0], end_row=rows[1], start_column=first + left, end_column=last + left)
    for number in sheet.hidden:
        page.row_dimensions[number].hidden = True
    for cell in (cell for number in sheet.struck for cell in page[number]):
        cell.font = Font(strike=True)


def rebuilt(sheets: list[SheetText]) -> tuple[Workbook, dict[str, str]]:
    """Return a workbook with the same rows in the same places, and the sheets' new names by their old ones."""
    from openpyxl import Workbook

    book, names = Workbook(), {}
    book.remove(book.active)
    for sheet in sheets:
        names[sheet.sheet] = sheet_name(sheet.sheet, set(book.sheetnames))
        page = book.create_sheet(names[sheet.sheet])
        _fill(page, sheet)
        _merge_and_hide(page, sheet)
    return book, names
