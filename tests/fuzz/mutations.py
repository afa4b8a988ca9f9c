"""Ways to spoil a ledger: in its cells, its bytes, its text, its package."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import IllegalCharacterError

CORE, MOMENT = "docProps/core.xml", re.compile(rb">\d{4}-\d\d-\d\dT[\d:.]+Z<")
MILLION = 1_000_000
LARGEST = 60_000_000  # bytes of a mutant: the generator's own memory must not be what is measured
Mutation = Callable[[random.Random, bytes], bytes]

NASTY = (
    "", " ", "　", "\u200b", "-", "/", "同上", "〃", "#REF!", "#N/A", "NULL", "nan", "inf", "-inf", "1e400", "-1", "0",
    "99999999999999999999", "1.23457E+17", "2017.1", "2017.10", "2018年13月", "2018-02-30", "9999-12-31", "0001-01-01",
    "约200人", "200-300", "不足25", "二百", "万", "１２３", "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+86", "\t", "a\nb",
    "'440307", "O1lI5S", "𠮷🏭", "\u202e南坑", "合计", "备注：", "填表人：", "无", "序号", "企业名称", "截至2017年6月30日",
    "第五园社区", "示例数据　非真实情况", "x" * 3000, "%s%n{}", "<b>", "&amp;", "];--", "null\\u0000",
)  # fmt: skip
NUMBERS = (0, -1, 1.5, 2017.1, 1e15, 1e300, -1e300, 43160, 2958466, 1e-12, True, 123456789012345678)


def steady(package: bytes) -> bytes:
    """Write a package anew without the moment of its making: the same number gives the same mutant."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            part = MOMENT.sub(b">2018-12-31T00:00:00Z<", old.read(name)) if name == CORE else old.read(name)
            new.writestr(_entry(name), part)
    return held.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (2018, 12, 31, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _cells(chance: random.Random, data: bytes, change: Callable[[random.Random, Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for _turn in range(chance.randint(1, 6)):
        change(chance, chance.choice(book.worksheets))
    held = io.BytesIO()
    book.save(held)
    return steady(held.getvalue())


def _spot(chance: random.Random, sheet: Any) -> tuple[int, int]:
    return chance.randint(1, sheet.max_row + 2), chance.randint(1, sheet.max_column + 2)


def _value(chance: random.Random, sheet: Any) -> None:
    row, column = _spot(chance, sheet)
    with suppress(IllegalCharacterError, AttributeError):  # a merged cell, or what a workbook cannot hold
        sheet.cell(row, column).value = chance.choice([*NASTY, *NUMBERS])


def _structure(chance: random.Random, sheet: Any) -> None:
    """Insert, delete, merge, hide or append as people do."""
    row, column = _spot(chance, sheet)
    turn = chance.choice(["row", "rows", "column", "drop_row", "drop_column", "merge", "header", "total", "hide"])
    actions: dict[str, Callable[[], object]] = {
        "row": lambda: sheet.insert_rows(row),
        "rows": lambda: sheet.insert_rows(1, 25),
        "column": lambda: sheet.insert_cols(column),
        "drop_row": lambda: sheet.delete_rows(row),
        "drop_column": lambda: sheet.delete_cols(column),
        "merge": lambda: sheet.merge_cells(
            start_row=row, end_row=row + chance.randint(0, 3), start_column=column, end_column=column + 2
        ),
        "header": lambda: sheet.append(["企业名称", "统一社会信用代码", "经营状态", "职工人数"]),
        "total": lambda: sheet.append(["合　计", "", "", chance.randint(0, 9999)]),
        "hide": lambda: setattr(sheet.row_dimensions[row], "hidden", True),
    }
    actions[turn]()


def cell_values(chance: random.Random, data: bytes) -> bytes:
    """Put nasty values into cells of a workbook."""
    return _cells(chance, data, _value)


def structure(chance: random.Random, data: bytes) -> bytes:
    """Insert, delete, merge and hide rows and columns of a workbook."""
    return _cells(chance, data, _structure)


def bits(chance: random.Random, data: bytes) -> bytes:
    """Turn some bytes into others."""
    spoilt = bytearray(data)
    for _turn in range(chance.choice([1, 3, 30, 300])):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def cut(chance: random.Random, data: bytes) -> bytes:
    """Cut the file off, or lose a piece in the middle."""
    at = chance.randrange(len(data))
    return data[:at] if chance.random() < 0.5 else data[:at] + data[at + chance.randint(1, 500) :]


def doubled(chance: random.Random, data: bytes) -> bytes:
    """Put bytes before or behind the file."""
    junk = chance.choice([b"\0" * 512, b"\xef\xbb\xbf", b"PK\x03\x04", b"<html>", bytes(range(256)), data])
    return junk + data if chance.random() < 0.5 else data + junk


def _repack(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(_entry(name), part)
    return held.getvalue()


def _one_part(chance: random.Random, data: bytes, change: Callable[[bytes], bytes | None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        wanted = chance.choice(package.namelist())
    return _repack(data, lambda name, part: change(part) if name == wanted else part)


def part_lost(chance: random.Random, data: bytes) -> bytes:
    """Leave a part of the package out."""
    return _one_part(chance, data, lambda _part: None)


def part_spoilt(chance: random.Random, data: bytes) -> bytes:
    """Spoil one part of the package inside its right checksum."""
    return _one_part(chance, data, lambda part: chance.choice([bits, cut, doubled])(chance, part) if part else part)


XML_EDITS: tuple[tuple[str, str], ...] = (
    (r'r="[A-Z]+\d+"', 'r="XFD1048576"'),
    (r'r="[A-Z]+\d+"', 'r="A0"'),
    (r'r="[A-Z]+\d+"', ""),
    (r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'),
    (r'<row r="\d+"', '<row r="3"'),
    (r'<row r="\d+"', '<row r="99999999999"'),
    (r"<v>\d+</v>", "<v>99999999</v>"),
    (r"<v>\d+</v>", "<v>-1</v>"),
    (r"<v>[^<]*</v>", "<v></v>"),
    (r"<v>[^<]*</v>", "<f>SUM(A1:A9)</f>"),
    (r'\bs="\d+"', 's="77777"'),
    (r't="s"', 't="e"'),
    (r't="s"', 't="d"'),
    (r't="s"', 't="inlineStr"'),
    (r"<sheetData>", '<sheetData><row r="1"/>' * 3),
    (r"<\?xml[^>]*\?>", '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'),
    (r"</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
    (r"</sheetData>", '<row r="60000"><c r="AZ60000"><v>1</v></c></row></sheetData>'),
    (r'<mergeCell ref="[^"]*"', '<mergeCell ref="A1:XFD1048576"'),
    (r'name="[^"]*"', 'name="' + "长" * 300 + '"'),
    (r'encoding="[^"]*"', 'encoding="utf-16"'),
)


def xml_edit(chance: random.Random, data: bytes) -> bytes:
    """Write lies into the package's XML: places, indexes, types, dimensions, entities."""
    pattern, new = chance.choice(XML_EDITS)
    count = chance.choice([1, 1, 5, 0])

    def edit(name: str, part: bytes) -> bytes:
        is_xml = name.endswith((".xml", ".rels"))
        return re.sub(pattern, new, part.decode("utf-8", "replace"), count=count).encode() if is_xml else part

    return _repack(data, edit)


def added_parts(chance: random.Random, data: bytes) -> bytes:
    """Add what other programs leave in a package: macros, external links, pictures, doubled names."""
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        part = chance.choice(
            [
                "xl/vbaProject.bin",
                "xl/externalLinks/externalLink1.xml",
                "xl/media/image1.png",
                "xl/workbook.xml",
                "../../x",
            ]
        )
        package.writestr(_entry(part), chance.randbytes(chance.choice([0, 10, 5000])))
    return held.getvalue()


@cache
def _zeros(blocks: int) -> tuple[bytes, int]:
    """Return so many millions of zeros deflated, with their checksum; one block is squeezed and then said again."""
    squeeze, zeros, checksum = zlib.compressobj(wbits=-zlib.MAX_WBITS), b"0" * MILLION, 0
    block = squeeze.compress(zeros) + squeeze.flush(zlib.Z_FULL_FLUSH)
    for _block in range(blocks):
        checksum = zlib.crc32(zeros, checksum)
    return block * blocks + squeeze.flush(), checksum


def bomb(chance: random.Random, data: bytes) -> bytes:
    """Add a part of many zeros, so that a small file grows a thousandfold."""
    held = io.BytesIO(data)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as package:
        entry = _entry(
            chance.choice(["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/media/big.bin", "big.csv"])
        )
        package.writestr(entry, b"")  # its place in the package; what it holds is put there already deflated
        blocks = chance.choice([30, 300])
        squeezed, entry.CRC = _zeros(blocks)
        entry.file_size, entry.compress_size = blocks * MILLION, len(squeezed)
        held.seek(entry.header_offset)
        held.write(entry.FileHeader() + squeezed)
        package.start_dir = held.tell()
    return held.getvalue()


def recoded(chance: random.Random, data: bytes) -> bytes:
    """Save a text anew in another encoding, with its end lines changed."""
    known = next((c for c in ("utf-8-sig", "utf-16", "gb18030") if _decodes(data, c)), "latin-1")
    text = data.decode(known, "replace").replace("\r\n", chance.choice(["\n", "\r", "\r\n", "\n\n"]))
    return text.encode(
        chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "utf-7"]), "replace"
    )


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def words(chance: random.Random, data: bytes) -> bytes:
    """Put nasty words, quotes and separators into a text."""
    encoding = next((c for c in ("utf-8-sig", "utf-16", "gb18030") if _decodes(data, c)), "latin-1")
    text = data.decode(encoding, "replace")
    for _turn in range(chance.randint(1, 8)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice([*NASTY, '"', '""', ",", "\t", ";", "\0", "\n", "</td>", "<tr>"]) + text[at:]
    return text.encode(encoding, "replace")


def long_sheet(chance: random.Random, data: bytes) -> bytes:
    """Repeat a text's lines until the sheet is huge."""
    return data + data[len(data) // 2 :] * min(chance.choice([50, 800]), 1 + LARGEST // len(data))


MUTATIONS: dict[str, tuple[Mutation, ...]] = {
    "workbook": (cell_values, cell_values, structure, structure, xml_edit, xml_edit, part_lost, part_spoilt, added_parts,
                 bits, cut, doubled, bomb),
    "text": (words, words, recoded, bits, cut, doubled, long_sheet),
    "binary": (bits, cut, doubled),
    "zip": (part_lost, part_spoilt, added_parts, bits, cut, doubled, bomb),
}  # fmt: skip
