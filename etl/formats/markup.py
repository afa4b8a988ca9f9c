"""A web page under a workbook's name, as many systems export their tables: each table is a sheet."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email import message_from_bytes
from gettext import gettext as _
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from etl.errors import FileError
from etl.formats.bounds import MOST_TEXT, too_large
from etl.formats.encodings import decode
from etl.formats.html_table import html_table
from etl.formats.sheet_text import SheetText

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
CHINESE = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"}  # all written as GB18030, whatever they say
SHEET_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>")
SILENT = {"script", "style", "title", "head", "noscript"}


def html_sheets(data: bytes, file: str) -> Iterator[SheetText]:
    """Yield the tables of a page; the lines of text before a table are its first rows, as Excel shows them."""
    if len(data) > MOST_TEXT:
        raise too_large(file, MOST_TEXT // 1_000_000)
    pages = _parts(data) if data[:2048].lower().lstrip().startswith(b"mime-version") else [data]
    sheets = [sheet for page in pages for sheet in _page_sheets(html_text(page, file), file)]
    if not sheets:
        message = _("文件内容其实是网页，里面没有表格")
        remedy = _("请用 Excel 或 WPS 打开后另存为 .xlsx，再重新导入")
        raise FileError(message, file=file, code="not_a_workbook", remedy=remedy)
    yield from sheets


def _parts(data: bytes) -> list[bytes]:
    """Return the pages of a web archive (.mht), which Excel also saves as .xls."""
    found = [part.get_payload(decode=True) for part in message_from_bytes(data).walk()
             if part.get_content_type() == "text/html"]  # fmt: skip
    return [part for part in found if isinstance(part, bytes)]


def html_text(data: bytes, file: str) -> str:
    """Return a page's text in the encoding that it states, if that exists and fits, else in the one that fits."""
    stated = CHARSET.search(data, 0, 4096)
    name = stated[1].decode().lower() if stated else ""
    try:
        if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)) and name:
            return data.decode("gb18030" if name in CHINESE else name)
    except (LookupError, UnicodeDecodeError):
        pass
    return decode(data, file)


def _page_sheets(text: str, file: str) -> list[SheetText]:
    names = SHEET_NAME.findall(text)
    tables = _tables(text, file)
    stem = Path(file).stem
    if len(names) != len(tables):
        names = [stem] if len(tables) == 1 else [_("表{n}").format(n=n + 1) for n in range(len(tables))]
    return [html_table(file, name, lines, table) for name, (lines, table) in zip(names, tables, strict=True)]


def _tables(text: str, file: str) -> list[tuple[list[str], Any]]:
    """Return the tables without tables in them, each with the lines of text before it."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        message = _("文件内容已损坏，无法读取")
        raise FileError(message, file=file, code="damaged", remedy=_("请用 Excel 打开后另存为 .xlsx")) from error
    tables: list[tuple[list[str], Any]] = []
    lines: list[str] = []
    inside: Any = None
    for event, node in etree.iterwalk(root, events=("start", "end")):
        is_table = inside is None and event == "start" and node.tag == "table"
        if is_table and node.find(".//table") is None:
            tables.append((lines, node))
            inside, lines = node, []
        elif inside is None and node.tag not in SILENT:
            lines += _lines(node.text if event == "start" else node.tail)
        elif event == "end" and node is inside:
            inside = None
            lines += _lines(node.tail)
    return tables


def _lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]
