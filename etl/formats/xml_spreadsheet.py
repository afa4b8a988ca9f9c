"""An XML Spreadsheet 2003 (.xls or .xml that Excel, WPS and many systems write) as sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from gettext import gettext as _
from typing import Any

from lxml import etree

from etl.errors import FileError
from etl.formats.bounds import MOST_CELLS, MOST_TEXT, too_large, too_wide
from etl.formats.encodings import decode
from etl.formats.markup import CHINESE
from etl.formats.sheet_text import Merged, SheetText, Texts

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_\-]+)")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def xml_sheets(data: bytes, file: str, texts: Texts) -> Iterator[SheetText]:
    """Yield the worksheets; FileError where the XML is broken, declares entities or stretches too far."""
    if len(data) > MOST_TEXT:
        raise too_large(file, MOST_TEXT // 1_000_000)
    text = _decoded(data, file)
    if ENTITIES.search(text, 0, 65536):
        raise _damaged(file, _("文件里有不允许的实体声明"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(file, _("文件不完整或内容已损坏")) from error
    struck = {
        style.get(f"{SS}ID") for style in root.iter(f"{SS}Style")
        if any(font.get(f"{SS}StrikeThrough") == "1" for font in style.iterchildren(f"{SS}Font"))
    }  # fmt: skip
    sheets = list(root.iter(f"{SS}Worksheet"))
    if not sheets:
        raise _damaged(file, _("工作簿里没有工作表"))
    for number, sheet in enumerate(sheets, start=1):
        yield _sheet(sheet, sheet.get(f"{SS}Name") or f"Sheet{number}", file, texts, struck)


def _damaged(file: str, message: str) -> FileError:
    return FileError(message, file=file, code="damaged", remedy=_("请用 Excel 或 WPS 打开后另存为 .xlsx，再重新导入"))


def _decoded(data: bytes, file: str) -> str:
    declared = DECLARED.match(data.lstrip())
    if declared and declared[1].decode().lower() in CHINESE:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return decode(data, file)


def _number(node: Any, name: str, otherwise: int) -> int:
    said = node.get(f"{SS}{name}", "")
    return int(said) if said.isdigit() and len(said) < 10 else otherwise


def _sheet(sheet: Any, name: str, file: str, texts: Texts, struck_styles: set[str | None]) -> SheetText:
    """Lay a worksheet out; a row or cell without an index follows the one before it."""
    cells: dict[int, dict[int, str]] = {}
    merged: list[Merged] = []
    hidden, struck = [], []
    without_value: list[tuple[int, int]] = []
    row_number = 0
    for row in sheet.iterfind(f"{SS}Table/{SS}Row"):
        row_number = _number(row, "Index", row_number + 1)
        spans = _number(row, "Span", 0)
        texts_of, styles = _cells(row, row_number, texts, merged, without_value)
        if texts_of:
            cells[row_number] = texts_of
            if struck_styles and styles <= struck_styles:
                struck.append(row_number)
        if row.get(f"{SS}Hidden") == "1":
            hidden.append(row_number)
        row_number += spans
    height, width = max(cells, default=0), max((max(row) for row in cells.values()), default=0)
    if height > LAST_ROW or width > LAST_COLUMN or height * width > MOST_CELLS:
        raise too_wide(file, height, width, name)
    rows = [[cells.get(n, {}).get(c, "") for c in range(1, width + 1)] for n in range(1, height + 1)]
    inside = [(t, c, min(b, height - 1), min(r, width - 1)) for t, c, b, r in merged if t < height and c < width]
    return SheetText(file, name, rows, range(1, height + 1), 0, tuple(sorted(inside)), tuple(hidden), tuple(struck),
                     tuple(without_value))  # fmt: skip


def _cells(
    row: Any, number: int, texts: Texts, merged: list[Merged], without_value: list[tuple[int, int]]
) -> tuple[dict[int, str], set[str | None]]:
    """Return a row's filled cells by column (A is 1) and their styles."""
    found: dict[int, str] = {}
    styles: set[str | None] = set()
    column = 0
    for cell in row.iterchildren(f"{SS}Cell"):
        column = _number(cell, "Index", column + 1)
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        if across or down:
            merged.append((number - 1, column - 1, number - 1 + down, column - 1 + across))
        data = cell.find(f"{SS}Data")
        if data is not None:
            text = _text(data, texts)
            if text.strip():
                found[column] = text
                styles.add(cell.get(f"{SS}StyleID") or row.get(f"{SS}StyleID"))
        elif cell.get(f"{SS}Formula"):
            without_value.append((number, column - 1))
        column += across
    return found, styles


def _text(data: Any, texts: Texts) -> str:
    said, kind = "".join(data.itertext()), data.get(f"{SS}Type")
    try:
        if kind == "Number":
            return texts[float(said)]
        if kind == "DateTime":
            return texts[datetime.fromisoformat(said.strip())]
    except (ValueError, OverflowError):
        return said
    return {"1": "TRUE", "0": "FALSE"}.get(said.strip(), said) if kind == "Boolean" else said
