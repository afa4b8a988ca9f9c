"""An .xls with a password, decrypted record by record ([MS-XLS] 2.2.10).

The library's own way writes the readable workbook into a temporary file; here it stays in memory.
"""

from __future__ import annotations

import io
import struct

from msoffcrypto.exceptions import DecryptionError
from msoffcrypto.format.xls97 import Xls97File
from msoffcrypto.method.rc4 import DocumentRC4
from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI
from msoffcrypto.method.xor_obfuscation import DocumentXOR

from etl.formats.ole import with_workbook_stream, workbook_stream

FILE_PASS, BOUND_SHEET = 0x2F, 0x85
OPEN = {0x809, FILE_PASS, 0x194, 0x195, 0xE1, 0x196, 0x138}  # records that are never encrypted
POSITION = 4  # of BOUND_SHEET, the sheet's place in the stream is not encrypted
HIDDEN, HIDDEN_IN_SHEET = -1, -2  # how the library marks an encrypted byte
BLOCK = 1024


def open_records(data: bytes, password: str) -> bytes:
    """Return the .xls without its encryption; DecryptionError for a wrong password."""
    book = Xls97File(io.BytesIO(data))
    book.load_key(password=password)
    stream = workbook_stream(data)
    plain = _marked(stream)
    masked = bytes(part if mark < 0 else 0 for part, mark in zip(stream, plain, strict=True))
    if book.type == "rc4":
        opened = DocumentRC4.decrypt(book.key, book.salt, io.BytesIO(masked), blocksize=BLOCK)
    elif book.type == "rc4_cryptoapi":
        opened = DocumentRC4CryptoAPI.decrypt(book.key, book.salt, book.keySize, io.BytesIO(masked), blocksize=BLOCK)
    elif book.type == "xor":
        opened = DocumentXOR.decrypt(book.key, io.BytesIO(masked), plain, [], 10)
    else:
        raise DecryptionError
    clear = zip(opened.read(len(plain)), plain, strict=True)
    return with_workbook_stream(data, bytes(part if mark < 0 else mark for part, mark in clear))


def _marked(stream: bytes) -> list[int]:
    """Return the stream's bytes with every encrypted one marked; FILE_PASS becomes a record that means nothing."""
    marked: list[int] = []
    at = 0
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + size]
        if number == FILE_PASS:
            marked += [0, 0, *stream[at + 2 : at + 4], *bytes(len(content))]
        elif number in OPEN:
            marked += stream[at : at + 4 + size]
        elif number == BOUND_SHEET:
            hidden = max(len(content) - POSITION, 0)
            marked += [*stream[at : at + 4], *content[:POSITION], *[HIDDEN_IN_SHEET] * hidden]
        else:
            marked += [*stream[at : at + 4], *[HIDDEN] * len(content)]
        at += 4 + size
    return [*marked, *stream[at:]]
