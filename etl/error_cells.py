"""Error cells (#REF!, #N/A …) of an .xlsx: the reader shows them as blank, a clerk must see them."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from xml.etree import ElementTree

MARK = b't="e"'
CELL = re.compile(rb'<c (?=[^>]*\bt="e")(?=[^>]*\br="([A-Z]+)(\d+)")[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def error_cells(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Return, per sheet, the error text at each (row, column), counted from 0; nothing for an .xls."""
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        marked = {name: content for name in sheets if MARK in (content := parts.read(name))}
        if not marked:
            return {}
        names = _sheet_names(parts)
    return {names[part]: _cells(content) for part, content in marked.items() if part in names}


def _cells(content: bytes) -> dict[tuple[int, int], str]:
    return {(int(row) - 1, _column(letters)): text.decode() for letters, row, text in CELL.findall(content)}


def _column(letters: bytes) -> int:
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
    return {targets.get(sheet.get(RELATION), ""): sheet.get("name", "") for sheet in sheets}
