"""Old workbooks (.xls) written record by record, for tests: cells, errors, hidden and struck rows, passwords."""

from __future__ import annotations

import struct
from hashlib import md5
from typing import Any

from etl.formats.ole import SIGNATURE

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ERROR_CODES = {"#REF!": 23, "#N/A": 42, "#DIV/0!": 7}
PLAIN, STRUCK, DATE = 15, 16, 17  # numbers of cell formats


class Formula(str):
    """A formula whose result is an error, by the error's text."""


def container(stream: bytes, name: str = "Workbook") -> bytes:
    """Return an OLE container with one stream (at least 4,096 bytes, so that it has sectors of its own)."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    tables = 1
    while tables * 128 < count + tables + 1:
        tables += 1
    links = [TABLE] * tables + [END] + [tables + 1 + n + 1 for n in range(count - 1)] + [END]
    fat = struct.pack(f"<{tables * 128}I", *links, *[FREE] * (tables * 128 - len(links)))
    head = struct.pack("<8s16x5H6x", SIGNATURE, 62, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, tables, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, END, 0, 1) + _entry(name, 2, tables + 1, len(stream), FREE)
    return head + fat + directory.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, length: int, child: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text) + 2, kind, 1, FREE, FREE, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, length)


def record(number: int, content: bytes = b"") -> bytes:
    """Return one record."""
    return struct.pack("<HH", number, len(content)) + content


def _bof(kind: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 1996, 0x41, 6))


def cell(row: int, column: int, value: Any, form: int = PLAIN) -> bytes:
    """Return the record of one cell."""
    place = struct.pack("<3H", row, column, form)
    if isinstance(value, Formula):
        result = struct.pack("<BBBxxxH", 2, 0, ERROR_CODES[value], 0xFFFF)
        return record(6, place + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")
    if isinstance(value, str) and value in ERROR_CODES:
        return record(0x205, place + bytes([ERROR_CODES[value], 1]))
    if isinstance(value, str):
        return record(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return record(0x203, place + struct.pack("<d", value))


def row_record(row: int, is_hidden: bool) -> bytes:
    """Return a row's record."""
    return record(0x208, struct.pack("<6HI", row, 0, 256, 0, 0, 0, 0x100 | (0x20 if is_hidden else 0)))


def workbook(
    rows: list[list[Any]], hidden: tuple[int, ...] = (), struck: tuple[int, ...] = (), is_1904: bool = False,
    name: str = "台账", more: bytes = b"", dates: tuple[int, ...] = (),
) -> bytes:  # fmt: skip
    """Return the workbook stream of one sheet; `hidden` and `struck` are rows from 0, `dates` columns with dates."""
    fonts = b"".join(
        record(0x31, struct.pack("<HHHHHBBBB", 200, 8 if n == 4 else 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x01\x00A")
        for n in range(5)
    )
    forms = b"".join(
        record(0xE0, struct.pack("<3H", font, fmt, 0) + bytes(14))
        for font, fmt in [(0, 0)] * PLAIN + [(0, 0), (5, 0), (0, 14)]
    )
    mode = record(0x22, struct.pack("<H", int(is_1904)))
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    before = _bof(5) + record(0x5C, bytes(112)) + record(0x42, struct.pack("<H", 1200)) + mode + fonts + forms
    begin = len(before) + 4 + 6 + len(title) + 4
    book = before + record(0x85, struct.pack("<IH", begin, 0) + title) + record(0x0A)
    width = max(map(len, rows), default=0)
    sheet = [_bof(0x10), record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))]
    sheet += [row_record(n, n in hidden) for n in range(len(rows))]
    for number, values in enumerate(rows):
        for column, value in enumerate(values):
            if value != "":
                form = STRUCK if number in struck else DATE if column in dates else PLAIN
                sheet.append(cell(number, column, value, form))
    return book + b"".join(sheet) + more + record(0x0A)


def locked(stream: bytes, password: str) -> bytes:
    """Return the stream encrypted by RC4 as Excel 97–2003 did; its WRITEACCESS record makes way for FILEPASS."""
    from msoffcrypto.method.rc4 import DocumentRC4, _makekey

    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    plain = verifier + md5(verifier).digest()
    sealed = _rc4(_makekey(password, salt, 0), plain)
    assert DocumentRC4.verifypw(password, salt, sealed[:16], sealed[16:])
    first = _bof(5)
    rest = stream[len(first) + 116 :]
    filler = record(0x5C, bytes(112 - 58))
    stream = first + record(0x2F, struct.pack("<HHH", 1, 1, 1) + salt + sealed) + filler + rest
    return _sealed(stream, password, salt)


def _rc4(key: bytes, text: bytes) -> bytes:
    from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
    from cryptography.hazmat.primitives.ciphers import Cipher

    return Cipher(ARC4(key), mode=None).encryptor().update(text)


def _sealed(stream: bytes, password: str, salt: bytes) -> bytes:
    """Encrypt all but the heads of the records, BOF, FILEPASS and each sheet's place."""
    from msoffcrypto.method.rc4 import _makekey

    blocks = [_rc4(_makekey(password, salt, n // 1024), stream[n : n + 1024]) for n in range(0, len(stream), 1024)]
    secret = bytearray(b"".join(blocks))
    at = 0
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        open_to = at + 4 + (size if number in (0x809, 0x2F) else 4 if number == 0x85 else 0)
        secret[at:open_to] = stream[at:open_to]
        at += 4 + size
    return bytes(secret)
