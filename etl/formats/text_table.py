"""A CSV, or another text with one record a line, as a sheet."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from etl.errors import FileError
from etl.formats.bounds import MOST_CELLS, MOST_TEXT, too_large, too_much
from etl.formats.csv_records import UnreadableRecord, delimiter, records
from etl.formats.file_type import decode
from etl.formats.sheet_text import UNCLEAR_MONTH, NumberText, SheetText


def text_sheet(data: bytes, file: str) -> SheetText:
    """Parse a CSV; a quoted cell may hold line breaks, so a record's row is the line where it begins."""
    if len(data) > MOST_TEXT:
        raise too_large(file, MOST_TEXT // 1_000_000)
    text = decode(data, file)
    if text.count(delimiter(text)) > MOST_CELLS:
        raise too_much(file)
    try:
        rows, starts = records(text)
    except UnreadableRecord as error:
        message = _("第{row}行附近的引号不成对，无法分列").format(row=error.line)
        remedy = _("请用 Excel 打开后另存为 .xlsx，再重新导入")
        raise FileError(message, file=file, row=error.line, code="damaged", remedy=remedy) from error
    if UNCLEAR_MONTH.search(text):  # Excel saves a typed number 2017.10 into a CSV as 2017.1, too
        rows = [[NumberText(cell) if UNCLEAR_MONTH.fullmatch(cell) else cell for cell in row] for row in rows]
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise too_much(file)
    rows = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    return SheetText(file, Path(file).stem, rows, starts)
