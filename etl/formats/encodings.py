"""The encoding of a text: UTF-8, UTF-16 (with or without its mark) or GB18030."""

from __future__ import annotations

import codecs
import re
from gettext import gettext as _

from etl.errors import FileError

CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b]")
START = 4096
ORDINARY = re.compile(
    r"[\t\r\n\x20-\x7e\u00a0-\u00ff\u2000-\u206f\u2100-\u26ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
)
ENOUGH = 0.95  # of the characters are ordinary where the encoding is the right one


def _candidates(data: bytes) -> tuple[str, ...]:
    """Return the encodings to try; only UTF-16 has zero bytes, in a ledger at least at its commas and line ends."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    start = data[:START]
    if b"\0" in start:
        return ("utf-16-le",) if start[1::2].count(0) > start[::2].count(0) else ("utf-16-be",)
    return ("utf-8-sig", "gb18030")


def decode(data: bytes, file: str) -> str:
    """Return the text of a CSV or a web page; FileError where no encoding fits."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        start = text[:START]
        is_guess = encoding in ("utf-16-le", "utf-16-be")
        if not CONTROL.search(start) and not (is_guess and len(ORDINARY.findall(start)) < ENOUGH * len(start)):
            return text
        break
    message = _("文字编码无法识别，不是UTF-8或GB18030文本")
    remedy = _("请用 Excel 另存为“CSV UTF-8”或 .xlsx，再重新导入")
    raise FileError(message, file=file, code="encoding", remedy=remedy)
