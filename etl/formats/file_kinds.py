"""Which files of a folder or a zip are read, by their names, and why the others are passed over."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

WORKBOOKS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".et", ".ett", ".ods"}
SUFFIXES = WORKBOOKS | {".csv", ".tsv", ".parquet"}
TEXTS = {".csv", ".tsv", ".tab", ".txt"}  # a text is read where it is named itself, in a folder it is passed over
DOCUMENT = {"[Content_Types].xml", "mimetype", "content.xml"}  # an Office or WPS document, not files that were packed
ZIP = ".zip"
SYSTEM = {"thumbs.db", "desktop.ini", "__macosx"}


def is_temporary(name: str) -> bool:
    """Return whether Excel or WPS made the file while a workbook is open; a pattern such as *.xlsx names it too."""
    return name.startswith(("~$", ".~"))


def why_passed_over(name: str) -> str | None:
    """Return why a file found in a folder or a zip is not read, or None for one that is."""
    path = Path(name)
    if is_temporary(path.name):
        return _("Excel 或 WPS 打开时的临时文件")
    if any(part.casefold() in SYSTEM for part in path.parts):
        return _("系统自动生成的文件")
    if any(part.startswith(".") for part in path.parts):
        return _("隐藏文件")
    if path.suffix.lower() in (".rar", ".7z"):
        return _("压缩包格式无法读取，请先解压或改用 .zip")
    if path.suffix.lower() not in SUFFIXES | {ZIP}:
        return _("不是台账文件（{suffix}）").format(suffix=path.suffix or _("没有后缀名"))
    return None
