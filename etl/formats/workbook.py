"""A workbook's bytes → its sheets as text, by python-calamine.

fastexcel is a little faster on large sheets, but it tells neither a typed number from a text (2017.1), nor merged
ranges. Cells are turned into text here, in one pass per row; calamine's own reading costs several times more.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from gettext import gettext as _
from typing import Any
from xml.etree import ElementTree

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from etl.errors import FileError
from etl.formats.ole import SIGNATURE, BrokenContainer
from etl.formats.other_books import check_other_book
from etl.formats.package import Package
from etl.formats.row_marks import Marks
from etl.formats.sheet_parts import BOOK, sheet_marks
from etl.formats.sheet_text import Merged, SheetText, Texts, row_texts
from etl.formats.xls_records import record_marks

DAMAGE = (CalamineError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, etree.LxmlError, KeyError, RuntimeError,
          EOFError, IndexError, struct.error, BrokenContainer, UnicodeDecodeError)  # fmt: skip


def workbook_sheets(data: bytes, file: str, texts: Texts) -> Iterator[SheetText]:
    """Yield the work sheets of a workbook; whatever the readers stumble over becomes one sentence."""
    try:
        yield from _parsed_sheets(data, file, texts)
    except BaseException as error:
        # calamine's Rust side may panic on damaged bytes, and the class of that is nowhere to import from
        if not isinstance(error, DAMAGE) and type(error).__name__ != "PanicException":
            raise
        message = _("文件内容已损坏，无法读取")
        remedy = _("请用 Excel 或 WPS 打开后另存为 .xlsx，再重新导入")
        raise FileError(message, file=file, code="damaged", remedy=remedy) from error


def _parsed_sheets(data: bytes, file: str, texts: Texts) -> Iterator[SheetText]:
    marks = _marks(data, file)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if not names:
        message = _("工作簿里没有工作表")
        raise FileError(message, file=file, code="damaged", remedy=_("请重新保存或重新复制一份再导入"))
    for name in names:
        yield _sheet_text(file, name, book.get_sheet_by_name(name), marks.get(name, Marks()), texts)


def _marks(data: bytes, file: str) -> dict[str, Marks]:
    """Return what calamine does not tell; FileError where laying the workbook out would fill the memory."""
    if data.startswith(SIGNATURE):
        return record_marks(data, file)
    package = Package(data, file)
    if BOOK in package.parts:
        return sheet_marks(package)
    check_other_book(package)
    return {}


def _sheet_text(file: str, name: str, sheet: Any, marks: Marks, texts: Texts) -> SheetText:
    """Turn one sheet into text; calamine leaves out blank rows and columns before the first used cell."""
    top, left = sheet.start or (0, 0)
    rows = [row_texts(row, texts) for row in sheet.to_python()]
    bottom, right = len(rows) - 1, len(rows[0]) - 1 if rows else -1
    for (row, column), text in marks.errors.items():
        if 0 <= row - top <= bottom and 0 <= column - left <= right:
            rows[row - top][column - left] = text
    numbers = range(top + 1, top + 1 + len(rows))
    return SheetText(
        file, name, rows, numbers, left, _merged(sheet.merged_cell_ranges or (), top, left, bottom, right),
        tuple(row for row in marks.hidden if row in numbers), tuple(row for row in marks.struck if row in numbers),
        tuple(marks.without_result),
    )  # fmt: skip


Corner = tuple[int, int]


def _merged(
    ranges: Iterable[tuple[Corner, Corner]], top: int, left: int, bottom: int, right: int
) -> tuple[Merged, ...]:
    """Return the merged ranges in positions of the rows read, cut at the last used row and column."""
    spans = ((r0 - top, c0 - left, min(r1 - top, bottom), min(c1 - left, right)) for (r0, c0), (r1, c1) in ranges)
    return tuple(sorted(s for s in spans if 0 <= s[0] <= s[2] and 0 <= s[1] <= s[3]))
