"""The district's workbook, opened within bounds: what it is, what would be lost, which texts ask for numbers."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import PurePath
from typing import Any

from briefing.filling.placeholders import BRACES
from etl.errors import FileError
from etl.formats.bounds import too_large, too_much
from etl.formats.file_type import Content, content_of
from etl.formats.package import Package

ENDINGS = (".xlsx", ".xlsm")
MOST_BYTES = 20_000_000  # of the file; a form is some hundred kB
MOST_UNPACKED = 100_000_000  # of its parts: openpyxl takes about ten times as much
PART = "xl/workbook.xml"
# what openpyxl stumbles over in workbooks that other programs wrote (SyntaxError: both XML parsers')
UNUSUAL = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, RuntimeError, zipfile.BadZipFile,
    zlib.error, SyntaxError,
)  # fmt: skip
LOST = {
    "xl/diagrams/": _("图形"), "xl/slicers/": _("切片器"), "xl/ctrlProps/": _("控件"), "xl/charts/": _("图表的部分样式"),
    "xl/embeddings/": _("嵌入的文件"),
}  # fmt: skip
SHAPE = re.compile(rb"<xdr:sp[ >]")
DRAWINGS = ("xl/drawings/drawing", "xl/charts/chart")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Elsewhere:
    """A placeholder that stands outside the cells and is not filled: on which sheet ("" for none) and where."""

    sheet: str
    where: str
    text: str


@dataclass(frozen=True)
class Template:
    """An open workbook: what openpyxl keeps of it, notes on what it may not keep, placeholders in shapes and charts."""

    book: Any
    notes: tuple[str, ...]
    drawn: tuple[Elsewhere, ...]


def _refused(file: str, message: str, remedy: str, code: str) -> FileError:
    return FileError(message, file=file, remedy=remedy, code=code)


def unreadable(file: str) -> FileError:
    """Return what to say of a workbook that openpyxl cannot read or write again."""
    remedy = _("请用 Excel 或 WPS 打开，另存为 .xlsx 再填")
    return _refused(file, _("模板打不开，可能不完整或由其他软件生成"), remedy, "unreadable")


def check_ending(file: str) -> None:
    """Refuse a file that is no .xlsx or .xlsm by its name."""
    if PurePath(file).suffix.lower() not in ENDINGS:
        remedy = _("请用 Excel 或 WPS 另存为 .xlsx 再填")
        raise _refused(file, _("模板要是 .xlsx 工作簿"), remedy, "not_a_template")


def _package(data: bytes, file: str) -> Package:
    """Return the parts of an .xlsx within bounds; FileError for everything else."""
    check_ending(file)
    if len(data) > MOST_BYTES:
        raise too_large(file, MOST_BYTES // 1_000_000)
    if not data.strip(b"\0 \t\r\n"):
        raise _refused(file, _("文件是空的，没有任何内容"), _("请检查是否保存成功"), "empty")
    content = _content(data, file)
    if content in (Content.LOCKED, Content.LOCKED_OLD):
        raise _refused(file, _("模板设了打开密码"), _("请取消密码后另存再填"), "password")
    try:
        package = Package(data, file) if content is Content.WORKBOOK else None
    except zipfile.BadZipFile:
        package = None
    if package is None or PART not in package.parts:
        raise _refused(file, _("模板要是 .xlsx 工作簿"), _("请用 Excel 或 WPS 另存为 .xlsx 再填"), "not_a_template")
    if sum(info.file_size for info in package.parts.values()) > MOST_UNPACKED:
        raise too_much(file)
    return package


def _content(data: bytes, file: str) -> Content:
    """Return what a file is; of one that is no workbook the remedy is a template's, not a ledger's."""
    try:
        return content_of(data, file)
    except FileError as error:
        if error.code not in ("not_a_workbook", "et_format"):
            raise
        raise _refused(file, error.message, _("请提供 .xlsx 模板"), error.code) from error


def open_template(data: bytes, file: str) -> Template:
    """Open a template; FileError where it cannot be read, or is more than a form can be."""
    from openpyxl import load_workbook  # late: it takes a tenth of a second, and most commands need none

    package = _package(data, file)
    try:
        package.check_the_rest(set())  # what parts say of their size may be a lie
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            is_with_macros = PurePath(file).suffix.lower() == ".xlsm"
            book = load_workbook(io.BytesIO(data), keep_vba=is_with_macros, rich_text=True)
        if not book.worksheets:
            raise ValueError("no sheets")
        is_unkept = any("will be removed" in str(one.message) for one in said)
        return Template(book, tuple(_lost(package, is_unkept)), tuple(_drawn(package)))
    except UNUSUAL as error:
        raise unreadable(file) from error


def _lost(package: Package, is_unkept: bool) -> Iterator[str]:
    """Yield one sentence that names what may not be kept."""
    lost = [_("部分下拉选项或条件格式")] if is_unkept else []
    lost += [word for folder, word in LOST.items() if any(name.startswith(folder) for name in package.parts)]
    drawings = [name for name in package.parts if name.startswith("xl/drawings/drawing")]
    lost += [_("图形和文本框")] if any(SHAPE.search(package.read(name)) for name in drawings) else []
    lost += [_("部分图片")] if any(name.endswith((".emf", ".wmf")) for name in package.parts) else []
    if lost:
        yield _("模板中的{lost}可能没有保留，以原模板为准").format(lost="、".join(lost))


def _drawn(package: Package) -> Iterator[Elsewhere]:
    """Yield the texts with double braces in shapes and charts."""
    for name in sorted(package.parts):
        if name.startswith(DRAWINGS) and name.endswith(".xml"):
            for text in package.read(name).decode("utf-8", "replace").split("</a:p>"):
                if BRACES.search(shown := TAG.sub("", text)):
                    yield Elsewhere("", _("文本框或图表"), shown.strip()[:60])
