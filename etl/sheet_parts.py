"""What the reader does not tell of an .xlsx's sheets: error cells (#REF! …), which it shows as blank, and their extent."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from gettext import gettext as _
from xml.etree import ElementTree

from etl.errors import FileError

MARK = b't="e"'
CELL = re.compile(rb'<c (?=[^>]*\bt="e")(?=[^>]*\br="([A-Z]+)(\d+)")[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
EXTENT = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
FILLED = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>/]*>')
MOST_CELLS = 40_000_000  # the reader lays a sheet out in full, 24 bytes a cell: one stray cell can ask for 400 GB
WIDEST = 16_384

ErrorCells = dict[tuple[int, int], str]


def error_cells(data: bytes, file: str) -> dict[str, ErrorCells]:
    """Return, per sheet, the error text at each (row, column), counted from 0; nothing for an .xls.

    FileError where a sheet's used range is too large to be laid out.
    """
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        marked = {}
        for part in parts.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                content = parts.read(part)
                _check_extent(content, file)
                if MARK in content:
                    marked[part] = _cells(content)
        names = _sheet_names(parts) if marked else {}
    return {names[part]: cells for part, cells in marked.items() if part in names}


def _check_extent(content: bytes, file: str) -> None:
    """Refuse a sheet with a filled cell far outside its table; formats alone (the stated extent) are no reason."""
    last = ROW.search(content, content.rfind(b"<row "))
    if last and int(last[1]) * WIDEST <= MOST_CELLS:
        return
    stated = EXTENT.search(content, 0, 4096)
    if stated and int(stated[2]) * (column_number(stated[1]) + 1) <= MOST_CELLS:
        return
    places = [(column_number(letters) + 1, int(row)) for letters, row in FILLED.findall(content)]
    width, height = (max(numbers) for numbers in zip(*places, strict=True)) if places else (0, 0)
    if width * height > MOST_CELLS:
        message = _("工作表范围太大（到第{row}行、第{column}列），可能有误填的单元格").format(row=height, column=width)
        raise FileError(message, file=file, code="too_large", remedy=_("请删去表格以外的行和列，保存后再导入"))


def _cells(content: bytes) -> ErrorCells:
    return {(int(row) - 1, column_number(letters)): text.decode() for letters, row, text in CELL.findall(content)}


def column_number(letters: bytes) -> int:
    """Return a column's number from its letters (A → 0, AA → 26)."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_names(parts: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheet's name of each part of the workbook."""
    relations = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): posixpath.normpath(posixpath.join("/xl", r.get("Target", "")))[1:] for r in relations}
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    sheets = (node for node in book.iter() if node.tag.endswith("}sheet"))
    return {targets.get(_relation(sheet), ""): sheet.get("name", "") for sheet in sheets}


def _relation(sheet: ElementTree.Element) -> str | None:
    """Return the attribute `id` of the relations' namespace (two namespaces are in use)."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
