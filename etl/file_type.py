"""What a file is by its bytes, and the sentence for one that cannot be read."""

from __future__ import annotations

import codecs
import io
import zipfile
from gettext import gettext as _

from etl.errors import FileError
from etl.ole import SIGNATURE, BrokenContainer, stream_names

ZIP = b"PK\x03\x04"
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")
WRITE_PROTECT = b"\x86\x00\x00\x00"  # may stand before FILEPASS
CONTROL = dict.fromkeys([*range(0, 9), 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27])


def is_workbook(data: bytes) -> bool:
    """Return whether the first bytes are those of a workbook's container (.xlsx or .xls)."""
    return data.startswith((ZIP, SIGNATURE))


def _refusal(file: str, code: str, message: str, remedy: str) -> FileError:
    return FileError(message, file=file, code=code, remedy=remedy)


def check_workbook(data: bytes, file: str) -> None:
    """Raise FileError for what is no readable workbook: other content, a password, a file cut off."""
    if data.startswith(ZIP):
        _check_zip(data, file)
    elif data.startswith(SIGNATURE):
        _check_ole(data, file)
    else:
        raise _not_a_workbook(data, file)


def _not_a_workbook(data: bytes, file: str) -> FileError:
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        message = _("文件内容其实是网页或XML，不是Excel工作簿")
        return _refusal(file, "not_a_workbook", message, _("请用 Excel 或 WPS 打开后另存为 .xlsx，再重新导入"))
    message = _("不是Excel工作簿，可能是改了后缀名的其他文件")
    return _refusal(file, "not_a_workbook", message, _("请提供 .xlsx、.xls 或 .csv 台账"))


def _check_zip(data: bytes, file: str) -> None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, NotImplementedError) as error:
        message = _("文件不完整，可能没有复制或下载完")
        raise _refusal(file, "truncated", message, _("请重新复制一份再导入")) from error
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        message = _("是压缩包或其他文档，不是Excel工作簿")
        raise _refusal(file, "not_a_workbook", message, _("请先解压，或提供 .xlsx、.xls、.csv 台账"))


def _check_ole(data: bytes, file: str) -> None:
    """Tell a locked or cut-off workbook from another old Office document by the names of its streams."""
    try:
        names = stream_names(data)
    except BrokenContainer as error:
        message = _("文件不完整，可能没有复制或下载完")
        raise _refusal(file, "truncated", message, _("请重新复制一份再导入")) from error
    if "EncryptedPackage" in names or _has_file_pass(data):
        message = _("文件设了打开密码")
        raise _refusal(file, "password", message, _("请在 Excel 中取消密码后另存，再重新导入"))
    if not names & {"Workbook", "Book"}:
        message = _("是其他旧版文档，不是Excel工作簿")
        raise _refusal(file, "not_a_workbook", message, _("请提供 .xlsx、.xls 或 .csv 台账"))


def _has_file_pass(data: bytes) -> bool:
    """Return whether FILEPASS (0x2F) follows the workbook stream's first record, that is, encrypted (MS-XLS 2.4.117)."""
    begin = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    records = data[begin + 20 : begin + 26].removeprefix(WRITE_PROTECT)
    return begin >= 0 and records.startswith(b"\x2f\x00")


def decode(data: bytes, file: str) -> str:
    """Return the text of a CSV in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030."""
    encodings = ("utf-16",) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text[:4096].translate(CONTROL) == text[:4096]:
            return text
        break
    message = _("文字编码无法识别，不是UTF-8或GB18030文本")
    raise _refusal(file, "encoding", message, _("请用 Excel 另存为“CSV UTF-8”或 .xlsx，再重新导入"))
