"""A workbook with a password: opened in memory with the one given; the password is neither kept nor logged."""

from __future__ import annotations

import io
import struct
from gettext import gettext as _
from xml.parsers.expat import ExpatError

from msoffcrypto.exceptions import DecryptionError, FileFormatError, ParseError
from msoffcrypto.format.ooxml import OOXMLFile

from etl.errors import FileError
from etl.formats.locked_xls import open_records

NOBODY_S = "VelvetSweatshop"  # Excel's own password for a workbook that is only protected against changes
# what the library stumbles over in headers that are damaged or none
BROKEN = (FileFormatError, ParseError, ExpatError, ValueError, LookupError, AttributeError, TypeError, struct.error,
          OSError, AssertionError)  # fmt: skip


def locked(file: str, is_wrong: bool) -> FileError:
    """Return the sentence for a file whose password is missing, or is not the one given."""
    message = _("打开密码不对") if is_wrong else _("文件设了打开密码")
    remedy = _("请在“台账管理”页填写密码，或在终端加 --ask-password，也可取消密码后另存再导入")
    return FileError(message, file=file, code="password", remedy=remedy)


def unlock(data: bytes, file: str, password: str | None, is_old: bool) -> bytes:
    """Return the workbook's bytes without their encryption; FileError where no password fits.

    `is_old`: an .xls, whose records are encrypted one by one; else a container with the encrypted .xlsx in it.
    """
    for word in filter(None, (password, NOBODY_S)):
        try:
            return open_records(data, word) if is_old else _package(data, word)
        except DecryptionError:  # a wrong password
            continue
        except BROKEN as error:
            if not password:
                break
            message = _("文件的加密方式无法读取")
            remedy = _("请在 Excel 中取消密码后另存，再重新导入")
            raise FileError(message, file=file, code="password", remedy=remedy) from error
    raise locked(file, is_wrong=bool(password))


def _package(data: bytes, password: str) -> bytes:
    """Return the .xlsx inside; the library refuses a header that asks for more than ten million rounds of hashing."""
    book, target = OOXMLFile(io.BytesIO(data)), io.BytesIO()
    book.load_key(password=password, verify_password=True)
    book.decrypt(target)
    return target.getvalue()
