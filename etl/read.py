"""Any workbook or CSV → rows of text that know their file, sheet and row.

Workbooks are read by python-calamine: fastexcel is a little faster on large sheets, but it tells neither a typed
number from a text (2017.1), nor merged ranges. Parsing releases the interpreter lock, so `read_all` reads two files
at once. Cells are turned into text here, in one pass per row; calamine's own reading costs several times more.
"""

from __future__ import annotations

import gc
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from gettext import gettext as _
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from etl.csv_records import UnreadableRecord, records
from etl.errors import FileError
from etl.file_type import check_workbook, decode, is_workbook
from etl.sheet_parts import error_cells

READERS = 2  # as many as the office computer has cores; more gained nothing
MAX_BYTES = 200_000_000  # beyond this no ledger of a street; a sheet of a million rows is about 60 MB
EXACT_BELOW = 1e15  # a workbook keeps 15 digits of a number
UNCLEAR_MONTH = re.compile(r"\b(?:19|20)\d\d\.1\b")

DAMAGE = (CalamineError, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, RuntimeError, EOFError)

Merged = tuple[int, int, int, int]


class NumberText(str):
    """Text of a number cell that looks like year and month: a typed 2017.10 arrives as 2017.1, so it is unclear."""

    __slots__ = ()


@dataclass(frozen=True)
class SheetText:
    """A sheet as rows of text; blank cells are ''.

    `rows[i][j]` stands in row `row_numbers[i]` (as Excel shows it; for CSV the physical line where the record begins)
    and in column `first_column + j` (0 is column A). `merged` are ranges (top, left, bottom, right), inclusive, in
    positions of `rows`. Rows before `row_numbers[0]` are blank.
    """

    file: str
    sheet: str
    rows: list[list[str]]
    row_numbers: Sequence[int]
    first_column: int = 0
    merged: tuple[Merged, ...] = ()


def number_text(value: float) -> str:
    """Return a number as text: whole numbers without decimals, others to Excel's 15 digits.

    A whole number of 16 or more digits has lost its end in the workbook and is written as Excel shows it, 1.23457E+17.
    """
    if not -EXACT_BELOW < value < EXACT_BELOW:
        mantissa, exponent = f"{value:.14E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    whole = int(value)
    if value == whole:
        return str(whole)
    text = f"{value:.15g}"
    return NumberText(text) if 1900 < value < 2100 else text


def _moment_text(value: datetime) -> str:
    return value.isoformat(" ", "seconds").removesuffix(":00").removesuffix(" 00:00")


def _time_text(value: time) -> str:
    return value.isoformat("seconds").removesuffix(":00")


def _duration_text(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


TEXT_OF: dict[type, Callable[[Any], str]] = {
    float: number_text,
    int: number_text,
    date: date.isoformat,
    datetime: _moment_text,
    time: _time_text,
    timedelta: _duration_text,
}


class Texts(dict[Any, str]):
    """The texts of numbers and dates met so far; from one register to the next most are the same."""

    def __missing__(self, value: Any) -> str:
        text = self[value] = TEXT_OF[value.__class__](value)
        return text


def _row_texts(row: list[Any], texts: Texts) -> list[str]:
    """Return the cells as text; True is not kept in `texts`, for it equals 1."""
    return [v if v.__class__ is str else texts[v] if v.__class__ is not bool else str(v).upper() for v in row]


def _workbook_sheets(data: bytes, file: str, texts: Texts) -> Iterator[SheetText]:
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
    errors = error_cells(data, file)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = [meta.name for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if not names:
        message = _("工作簿里没有工作表")
        raise FileError(message, file=file, code="damaged", remedy=_("请重新保存或重新复制一份再导入"))
    for name in names:
        yield _sheet_text(file, name, book.get_sheet_by_name(name), errors.get(name, {}), texts)


def _sheet_text(file: str, name: str, sheet: Any, errors: dict[tuple[int, int], str], texts: Texts) -> SheetText:
    """Turn one sheet into text; calamine leaves out blank rows and columns before the first used cell."""
    top, left = sheet.start or (0, 0)
    rows = [_row_texts(row, texts) for row in sheet.to_python()]
    for (row, column), text in errors.items():
        if 0 <= row - top < len(rows) and 0 <= column - left < len(rows[0]):
            rows[row - top][column - left] = text
    merged = _merged(sheet.merged_cell_ranges or (), top, left, len(rows) - 1, len(rows[0]) - 1 if rows else -1)
    return SheetText(file, name, rows, range(top + 1, top + 1 + len(rows)), left, merged)


Corner = tuple[int, int]


def _merged(
    ranges: Iterable[tuple[Corner, Corner]], top: int, left: int, bottom: int, right: int
) -> tuple[Merged, ...]:
    """Return the merged ranges in positions of the rows read, cut at the last used row and column."""
    spans = ((r0 - top, c0 - left, min(r1 - top, bottom), min(c1 - left, right)) for (r0, c0), (r1, c1) in ranges)
    return tuple(sorted(s for s in spans if 0 <= s[0] <= s[2] and 0 <= s[1] <= s[3]))


def _csv_sheet(data: bytes, file: str) -> SheetText:
    """Parse a CSV; a quoted cell may hold line breaks, so a record's row is the line where it begins."""
    text = decode(data, file)
    try:
        rows, starts = records(text)
    except UnreadableRecord as error:
        message = _("第{row}行附近的引号不成对，无法分列").format(row=error.line)
        remedy = _("请用 Excel 打开后另存为 .xlsx，再重新导入")
        raise FileError(message, file=file, row=error.line, code="damaged", remedy=remedy) from error
    if UNCLEAR_MONTH.search(text):  # Excel saves a typed number 2017.10 into a CSV as 2017.1, too
        rows = [[NumberText(cell) if UNCLEAR_MONTH.fullmatch(cell) else cell for cell in row] for row in rows]
    width = max(map(len, rows), default=0)
    rows = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    return SheetText(file, Path(file).stem, rows, starts)


def read_file(path: Path, file: str | None = None, texts: Texts | None = None) -> Iterator[SheetText]:
    """Yield the sheets of a workbook, or the one sheet of a CSV; FileError where it cannot be read.

    What a file is, its first bytes say, not its suffix; `file` is the name to show (default: the path's own);
    `texts` may be shared by the files of one call.
    """
    file = file or path.name
    if path.stat().st_size > MAX_BYTES:
        message = _("文件超过200MB，不像街道台账")
        raise FileError(message, file=file, code="too_large", remedy=_("请拆分后再导入"))
    try:
        data = path.read_bytes()
    except OSError as error:
        message = _("文件打不开，可能正被其他程序使用或没有权限")
        raise FileError(message, file=file, code="unreadable", remedy=_("请关闭正在使用它的程序后再试")) from error
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        message = _("文件是空的，没有任何内容")
        raise FileError(message, file=file, code="empty", remedy=_("请检查是否保存成功，重新保存后再导入"))
    if is_workbook(data) or path.suffix.lower() != ".csv":
        check_workbook(data, file)
        yield from _workbook_sheets(data, file, Texts() if texts is None else texts)
    else:
        yield _csv_sheet(data, file)


def read_all(files: Iterable[tuple[Path, str]]) -> Iterator[list[SheetText] | FileError]:
    """Read (path, name to show) one after the other, two at a time; in the given order, an error in its file's place."""
    texts = Texts()

    def sheets_or_error(item: tuple[Path, str]) -> list[SheetText] | FileError:
        try:
            return list(read_file(*item, texts))
        except FileError as error:
            return error

    with collector_paused(), ThreadPoolExecutor(READERS) as pool:
        yield from pool.map(sheets_or_error, files)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking over a million cells again and again; it took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
