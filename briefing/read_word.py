"""A Word file of ours, perhaps edited since: its record of origins, and what now stands where each number stood."""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import dataclass
from gettext import gettext as _
from io import BytesIO
from typing import Any

from briefing.writers.word_record import ROOT, VERSION
from briefing.writers.word_text import BOOKMARK
from etl.errors import FileError

OLE = b"\xd0\xcf\x11\xe0"  # what .doc files and files with a password begin with
BODY = "word/document.xml"
MOST_BYTES = 100_000_000
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError, OSError)


@dataclass(frozen=True)
class Written:
    """The record as it was written, and by bookmark what the file says now; a number taken out of it is missing there."""

    record: dict[str, Any]
    printed: dict[str, str]


def read_word(content: bytes) -> Written:
    """Return what a .docx of ours holds; FileError where it is another file, has a password or is damaged."""
    if content.startswith(OLE):
        message = _("这份文件设有密码，或是旧版.doc文件，无法读取")
        raise FileError(message, remedy=_("请在Word中去掉密码，另存为.docx后再试"), code="not_docx")
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            return _read(file)
    except DAMAGED as error:
        raise _no_word() from error


def _no_word() -> FileError:
    return FileError(
        _("这不是Word文件（.docx），或文件已损坏"), remedy=_("请选择本系统生成的.docx文件"), code="not_docx"
    )


def _read(file: zipfile.ZipFile) -> Written:
    if BODY not in file.namelist():
        raise _no_word()
    if sum(entry.file_size for entry in file.infolist()) > MOST_BYTES:
        raise FileError(_("文件过大，无法读取"), remedy=_("请选择本系统生成的.docx文件"), code="too_large")
    items = (name for name in file.namelist() if name.startswith("customXml/") and name.endswith(".xml"))
    roots = (_root(file, name) for name in items)
    text = next((root.text for root in roots if root is not None and root.tag == ROOT), None)
    if text is None:
        message = _("文件里没有数据来源记录")
        remedy = _("只能说明本系统生成的.docx文件；若在别的软件中另存过，记录可能已丢失")
        raise FileError(message, remedy=remedy, code="no_record")
    body = _root(file, BODY)
    if body is None:
        raise _no_word()
    return Written(_record(text), _printed(body))


def _root(file: zipfile.ZipFile, name: str) -> Any:
    """Return the root of one part, None where it is no XML; nothing outside the file is ever read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(file.read(name), parser)
    except etree.XMLSyntaxError:
        return None


def _record(text: str) -> dict[str, Any]:
    damaged = FileError(
        _("文件里的数据来源记录已损坏，或由更新的程序写成"), remedy=_("请重新生成这份文件"), code="record_damaged"
    )
    try:
        record = json.loads(text)
    except ValueError as error:
        raise damaged from error
    if not isinstance(record, dict) or record.get("version") != VERSION:
        raise damaged
    return record


def _printed(body: Any) -> dict[str, str]:
    """Return the text inside each bookmark of ours; digits typed right beside one count as part of its number."""
    from docx.oxml.ns import qn

    text, open_since, spans = "", dict[str, tuple[str, int]](), dict[str, tuple[int, int]]()
    for node in body.iter(qn("w:p"), qn("w:t"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        if node.tag == qn("w:p"):
            text += "\n"
        elif node.tag == qn("w:t"):
            text += node.text or ""
        elif node.tag == qn("w:bookmarkStart"):
            open_since[node.get(qn("w:id"))] = (node.get(qn("w:name"), ""), len(text))
        elif (begun := open_since.pop(node.get(qn("w:id")), None)) and begun[0].startswith(BOOKMARK):
            spans[begun[0]] = (begun[1], len(text))
    inside = {at for start, end in spans.values() for at in range(start, end)}
    return {name: _widened(text, *span, inside) for name, span in spans.items()}


def _widened(text: str, start: int, end: int, inside: set[int]) -> str:
    if start == end:
        return ""
    while start > 0 and start - 1 not in inside and text[start - 1].isdigit():
        start -= 1
    while end < len(text) and end not in inside and text[end].isdigit():
        end += 1
    return text[start:end]
