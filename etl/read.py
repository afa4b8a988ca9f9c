"""Any file that a clerk may drop in → rows of text that know their file, sheet and row.

What a file is, its first bytes say, not its suffix. Parsing a workbook releases the interpreter lock, so `read_all`
reads two files at once.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path

from etl.errors import FileError
from etl.formats.bounds import MOST_BYTES, too_large
from etl.formats.file_type import Content, content_of
from etl.formats.locked import unlock
from etl.formats.markup import html_sheets
from etl.formats.parquet import parquet_sheet
from etl.formats.sheet_text import Merged as Merged
from etl.formats.sheet_text import NumberText as NumberText
from etl.formats.sheet_text import SheetText as SheetText
from etl.formats.sheet_text import Texts
from etl.formats.sheet_text import number_text as number_text
from etl.formats.text_table import text_sheet
from etl.formats.workbook import workbook_sheets
from etl.formats.xml_spreadsheet import xml_sheets
from etl.formats.zips import refusal
from etl.instructions import SAYS_NOTHING, Instructions

READERS = 2  # as many as the office computer has cores; more gained nothing
NOTHING = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"


def read_file(
    path: Path, file: str | None = None, texts: Texts | None = None, password: str | None = None
) -> Iterator[SheetText]:
    """Yield the sheets of a workbook, or the one sheet of a CSV; FileError where it cannot be read.

    `file` is the name to show (default: the path's own); `texts` may be shared by the files of one call; `password`
    opens a workbook that has one.
    """
    file = file or path.name
    data = _bytes(path, file)
    content = content_of(data, file)
    if content in (Content.LOCKED_OLD, Content.LOCKED):
        data = unlock(data, file, password, is_old=content is Content.LOCKED_OLD)
        content = content_of(data, file)
    if content is Content.ARCHIVE:
        raise refusal(path, file, password)
    texts = Texts() if texts is None else texts
    if content is Content.WORKBOOK:
        yield from workbook_sheets(data, file, texts)
    elif content is Content.PARQUET:
        yield parquet_sheet(data, file, texts)
    elif content is Content.XML_SPREADSHEET:
        yield from xml_sheets(data, file, texts)
    elif content is Content.HTML:
        yield from html_sheets(data, file)
    else:
        yield text_sheet(data, file)


def _bytes(path: Path, file: str) -> bytes:
    """Return the file's bytes; FileError where it is too large, empty, or held by another program."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large(file, MOST_BYTES // 1_000_000)
        data = path.read_bytes()
    except OSError as error:
        message = _("文件打不开，可能正被 Excel 等程序使用或没有权限")
        raise FileError(message, file=file, code="unreadable", remedy=_("请关闭正在使用它的程序后再试")) from error
    if not data.strip(NOTHING):
        message = _("文件是空的，没有任何内容")
        raise FileError(message, file=file, code="empty", remedy=_("请检查是否保存成功，重新保存后再导入"))
    return data


def read_all(
    files: Iterable[tuple[Path, str]], instructions: Instructions = SAYS_NOTHING
) -> Iterator[list[SheetText] | FileError]:
    """Read (path, name to show) one after the other, two at a time; in the given order, an error in its file's place."""
    texts = Texts()

    def sheets_or_error(item: tuple[Path, str]) -> list[SheetText] | FileError:
        path, file = item
        try:
            return list(read_file(path, file, texts, instructions.password(file)))
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
