"""A file that cannot be read ends in one Chinese sentence, whatever is wrong with it."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from etl.errors import FileError
from etl.formats.ole import SIGNATURE
from etl.read import read_file


def _workbook_bytes() -> bytes:
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    for row in range(300):
        book.active.append([row, f"企业{row}"])
    book.save(buffer)
    return buffer.getvalue()


def _zip_bytes() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as parts:
        parts.writestr("台账.txt", "企业名称")
    return buffer.getvalue()


def _ole(stream: str, content: bytes = b"", table: dict[int, int] | None = None) -> bytes:
    """Return a container with one stream; its sectors are 0 table, 1 directory, 2–9 the stream."""
    links = {0: 0xFFFFFFFD, 1: 0xFFFFFFFE, **{n: n + 1 for n in range(2, 9)}, 9: 0xFFFFFFFE, **(table or {})}
    fat = struct.pack("<128I", *(links.get(n, 0xFFFFFFFF) for n in range(128)))
    head = struct.pack("<8s16x5H6x", SIGNATURE, 62, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack(
        "<109I", 0, *[0xFFFFFFFF] * 108
    )

    def entry(name: str, kind: int, start: int, length: int) -> bytes:
        text = name.encode("utf-16-le")
        return text.ljust(64, b"\0") + struct.pack("<HB49xIQ", len(text) + 2, kind, start, length)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry(stream, 2, 2, 4096)
    return head + fat + directory.ljust(512, b"\0") + content.ljust(4096, b"\0")


LOCKED = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x36\x00" + bytes(54)
WRONG: list[tuple[str, bytes, str]] = [
    ("空.xlsx", b"", "empty"),
    ("空.csv", b"\xef\xbb\xbf\r\n\r\n", "empty"),
    ("文字.xlsx", "企业名称,职工人数".encode(), "not_a_workbook"),
    ("图片.xls", b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_workbook"),
    ("网页.xls", "<html><p>没有表格</p></html>".encode(), "not_a_workbook"),
    ("其他.xml", b'<?xml version="1.0"?><rss><item/></rss>', "not_a_workbook"),
    (
        "截断的表.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Work',
        "damaged",
    ),
    ("台账.rar", b"Rar!\x1a\x07\x01\x00" + bytes(50), "not_a_workbook"),
    ("新表.et", b"\x01\x02\x03WPS" + bytes(50), "et_format"),
    ("旧文档.wps", _ole("WordDocument"), "et_format"),
    ("坏列.parquet", b"PAR1" + bytes(40) + b"PAR1", "damaged"),
    ("压缩包.xlsx", _zip_bytes(), "not_a_workbook"),
    ("其他文档.xls", _ole("WordDocument"), "not_a_workbook"),
    ("截断.xlsx", _workbook_bytes()[:-400], "truncated"),
    ("截断一半.xlsx", _workbook_bytes()[:3000], "truncated"),
    ("截断.xls", _ole("Workbook")[:1400], "truncated"),
    ("转圈.xls", _ole("Workbook", table={5: 2}), "truncated"),
    ("指向文件外.xls", _ole("Workbook", table={5: 90_000}), "truncated"),
    ("损坏.xls", _ole("Workbook"), "damaged"),
    ("密码.xlsx", _ole("EncryptedPackage"), "password"),
    ("密码.xls", _ole("Workbook", LOCKED), "password"),
    ("乱码.csv", b"\xff\xfe\xfd" + bytes(range(128, 256)) * 4, "encoding"),
    ("二进制.csv", b"abc\x00\x01\x02,def\n", "encoding"),
    ("引号.csv", b'a,"' + b"x" * 200_000, "damaged"),
]


@pytest.mark.parametrize(("name", "content", "code"), WRONG, ids=[name for name, _content, _code in WRONG])
def test_a_wrong_file_ends_in_one_sentence(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError) as caught:
        list(read_file(tmp_path / name))
    error = caught.value
    assert error.code == code
    assert error.file == name and error.sentence().startswith(name)
    assert error.remedy and not any(letter in error.sentence() for letter in "\n{}")


def test_a_workbook_damaged_inside_is_refused(tmp_path: Path) -> None:
    source, path = zipfile.ZipFile(io.BytesIO(_workbook_bytes())), tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        for name in source.namelist():
            content = source.read(name)
            parts.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with pytest.raises(FileError) as caught:
        list(read_file(path))
    assert caught.value.code == "damaged"
