"""What a file is by its bytes, and the sentence for one that cannot be read."""

from __future__ import annotations

import codecs
import io
import zipfile
from enum import Enum
from gettext import gettext as _
from pathlib import Path

from etl.errors import FileError
from etl.formats.encodings import decode
from etl.formats.file_kinds import DOCUMENT, TEXTS
from etl.formats.ole import SIGNATURE, WORKBOOK, BrokenContainer, streams
from etl.formats.zips import is_cut_off

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
PARQUET = b"PAR1"
PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
MARKUP = ("<html", "<!doctype html", "<table", "<meta", "<head", "<style", "<body", "<div", "<center", "mime-version:")
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
WPS = (".et", ".ett", ".wps", ".wpt", ".dps")
HEAD = 4096  # bytes in which a file says what it is
WRITE_PROTECT = b"\x86\x00\x00\x00"  # may stand before FILEPASS


class Content(Enum):
    """What a file holds, by its bytes."""

    WORKBOOK = "workbook"  # .xlsx, .xlsm, .xlsb, .xls, .ods
    LOCKED = "locked"  # a container with an encrypted .xlsx
    LOCKED_OLD = "locked_old"  # an .xls with encrypted records
    ARCHIVE = "archive"
    HTML = "html"
    XML_SPREADSHEET = "xml"
    PARQUET = "parquet"
    TEXT = "text"


def _refusal(file: str, code: str, message: str, remedy: str) -> FileError:
    return FileError(message, file=file, code=code, remedy=remedy)


def content_of(data: bytes, file: str) -> Content:
    """Return what the bytes are; FileError for what is no ledger: other content, or a file cut off.

    The suffix of `file` only decides whether bytes that are nothing else may be a CSV.
    """
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _in_zip(data, file)
    if data.startswith(SIGNATURE):
        return _in_ole(data, file)
    if data.startswith(PARQUET):
        return Content.PARQUET
    head = _head(data)
    if "<" in head or head.startswith("mime"):
        markup = _markup(head, file)
        if markup:
            return markup
    if Path(file).suffix.lower() in TEXTS or _is_tabbed(data):
        return Content.TEXT
    raise _not_a_workbook(data, file)


def _head(data: bytes) -> str:
    """Return the file's first characters in lower case, read so that no byte is wrong."""
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = data[:HEAD].decode("utf-16" if is_utf16 else "latin-1", "replace")
    return text.removeprefix("\u00ef\u00bb\u00bf").lstrip("\ufeff \t\r\n").lower()


def _markup(head: str, file: str) -> Content | None:
    is_xml = head.startswith(("<?xml", "<workbook", "<ss:workbook"))
    if is_xml and SPREADSHEET in head:
        return Content.XML_SPREADSHEET
    if head.startswith((*MARKUP, "<!--")) or (is_xml and "<html" in head):
        return Content.HTML
    if is_xml or head.startswith("<!"):
        message = _("文件内容其实是网页或XML，不是Excel工作簿")
        raise _refusal(file, "not_a_workbook", message, _("请用 Excel 或 WPS 打开后另存为 .xlsx，再重新导入"))
    return None


def _is_tabbed(data: bytes) -> bool:
    """Return whether bytes are a text table under a workbook's name, as some systems export it: tabs in every line."""
    try:
        text = decode(data[:HEAD], "") if len(data) <= HEAD else decode(data[: data.rfind(b"\n", 0, HEAD)], "")
    except FileError:
        return False
    counts = [line.count("\t") for line in text.splitlines() if line.strip()]
    return len(counts) > 1 and min(counts) >= 2


def _not_a_workbook(data: bytes, file: str) -> FileError:
    if data.startswith(PACKED):
        message = _("这种压缩包无法读取")
        return _refusal(file, "not_a_workbook", message, _("请先解压，或改用 .zip 压缩包"))
    if Path(file).suffix.lower() in WPS:
        return _wps(file)
    message = _("不是Excel工作簿，可能是改了后缀名的其他文件")
    return _refusal(file, "not_a_workbook", message, _("请提供 .xlsx、.xls 或 .csv 台账"))


def _wps(file: str) -> FileError:
    message = _("是WPS专用格式，无法直接读取")
    return _refusal(file, "et_format", message, _("请在 WPS 中打开后另存为 .xlsx，再重新导入"))


def _in_zip(data: bytes, file: str) -> Content:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        message = _("文件不完整，可能没有复制或下载完")
        raise _refusal(file, "truncated", message, _("请重新复制一份再导入")) from error
    if is_cut_off(archive):
        return Content.ARCHIVE  # refused with its own sentence
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return Content.WORKBOOK
    if not names & DOCUMENT:
        return Content.ARCHIVE
    if Path(file).suffix.lower() in WPS:
        raise _wps(file)
    message = _("是压缩包或其他文档，不是Excel工作簿")
    raise _refusal(file, "not_a_workbook", message, _("请先解压，或提供 .xlsx、.xls、.csv 台账"))


def _in_ole(data: bytes, file: str) -> Content:
    """Tell a locked or cut-off workbook from another old Office document by the names of its streams."""
    try:
        names = {stream.name for stream in streams(data)}
    except BrokenContainer as error:
        message = _("文件不完整，可能没有复制或下载完")
        raise _refusal(file, "truncated", message, _("请重新复制一份再导入")) from error
    if "EncryptedPackage" in names:
        return Content.LOCKED
    if names & set(WORKBOOK):
        return Content.LOCKED_OLD if _has_file_pass(data) else Content.WORKBOOK
    if Path(file).suffix.lower() in WPS:
        raise _wps(file)
    message = _("是其他旧版文档，不是Excel工作簿")
    raise _refusal(file, "not_a_workbook", message, _("请提供 .xlsx、.xls 或 .csv 台账"))


def _has_file_pass(data: bytes) -> bool:
    """Return whether FILEPASS (0x2F) follows the workbook stream's first record, that is, encrypted (MS-XLS 2.4.117)."""
    begin = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    records = data[begin + 20 : begin + 26].removeprefix(WRITE_PROTECT)
    return begin >= 0 and records.startswith(b"\x2f\x00")
