"""A zip of ledgers: what is in it, under which names, and what is refused."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from etl.errors import FileError
from etl.files import Found, found_files
from etl.formats import zips
from etl.read import read_file

CSV = "企业名称,职工人数\n甲,1\n".encode()


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _found(path: Path, data: bytes) -> tuple[Found, dict[str, bytes]]:
    path.write_bytes(data)
    with found_files([path]) as found:
        return found, {name: inside.read_bytes() for name, inside in found.files}


def _refused(path: Path, data: bytes, password: str | None = None) -> FileError:
    path.write_bytes(data)
    with found_files([path]) as found:
        assert found.files == [(path.name, path)], "a zip that cannot be unpacked stands for itself"
        with pytest.raises(FileError) as caught:
            list(read_file(path, password=password))
    return caught.value


def test_the_members_are_files_with_the_zip_before_their_names(tmp_path: Path) -> None:
    members = {
        "南坑.csv": CSV,
        "下/岗头.csv": CSV + b"x",
        "~$南坑.xlsx": b"x",
        "__MACOSX/._a.csv": b"x",
        "说明.docx": b"x",
    }
    found, contents = _found(tmp_path / "上报.zip", _zip(members))
    assert contents == {"上报.zip/下/岗头.csv": CSV + b"x", "上报.zip/南坑.csv": CSV}
    assert {name for name, _reason in found.passed_over} == {
        "上报.zip/~$南坑.xlsx", "上报.zip/__MACOSX/._a.csv", "上报.zip/说明.docx"}  # fmt: skip
    assert hashlib.sha256(contents["上报.zip/南坑.csv"]).digest() == hashlib.sha256(CSV).digest()
    assert not any(path.exists() for _name, path in found.files), "unpacked members are gone after the call"


def test_a_name_in_gbk_is_read_and_a_name_that_climbs_out_stays_inside(tmp_path: Path) -> None:
    data = _zip({"abcd.csv": CSV, "../../x.csv": CSV, "C:\\a\\y.csv": CSV})
    data = data.replace(b"abcd.csv", "南坑".encode("gb18030") + b".csv")
    found, contents = _found(tmp_path / "上报.zip", data)
    assert sorted(contents) == ["上报.zip/a/y.csv", "上报.zip/x.csv", "上报.zip/南坑.csv"]
    assert sorted(tmp_path.iterdir()) == [tmp_path / "上报.zip"]


def test_a_zip_in_a_zip_is_opened_once(tmp_path: Path) -> None:
    deepest = _zip({"c.csv": CSV})
    data = _zip({"内.zip": _zip({"b.csv": CSV, "再内.zip": deepest})})
    found, contents = _found(tmp_path / "外.zip", data)
    assert list(contents) == ["外.zip/内.zip/b.csv"]
    assert [name for name, _reason in found.passed_over] == ["外.zip/内.zip/再内.zip"]


def test_a_workbook_is_no_archive_and_a_zip_needs_no_suffix(tmp_path: Path) -> None:
    workbook = _zip({"[Content_Types].xml": b"", "xl/workbook.xml": b""})
    assert _found(tmp_path / "a.zip", workbook)[1] == {"a.zip": workbook}
    assert list(_found(tmp_path / "a.xlsx", _zip({"b.csv": CSV}))[1]) == ["a.xlsx/b.csv"]


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is(tmp_path: Path) -> None:
    bomb = _zip({"a.csv": bytes(30_000_000)})
    assert _refused(tmp_path / "a.zip", bomb).code == "too_much"
    liar = bomb.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 1_000))
    assert _refused(tmp_path / "b.zip", liar).code in ("too_much", "damaged")


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    error = _refused(tmp_path / "a.zip", _zip({f"{n}.csv": CSV for n in range(zips.MOST_MEMBERS + 1)}))
    assert error.code == "too_much" and "501" in error.message


def test_a_locked_a_cut_off_and_an_empty_zip_say_so(tmp_path: Path) -> None:
    data = _zip({"a.csv": CSV * 50})
    locked = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[data.index(mark) + at] |= 1
    assert _refused(tmp_path / "a.zip", bytes(locked)).message == "文件设了打开密码"
    assert _refused(tmp_path / "a.zip", bytes(locked), "x").message == "打开密码不对"
    assert _refused(tmp_path / "b.zip", data[:-30]).code == "truncated"
    assert "没有台账" in _refused(tmp_path / "c.zip", _zip({"说明.docx": b"x"})).message


@pytest.mark.parametrize("suffix", ["zip", "xlsx"])
def test_a_zip_that_was_cut_off_is_not_the_last_file_inside_it(tmp_path: Path, suffix: str) -> None:
    """Packed without compression, what is left ends in the list of members of a zip or workbook inside."""
    parts = {"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"} if suffix == "xlsx" else {"丙.csv": CSV}
    whole = _zip({"甲.csv": CSV, f"乙.{suffix}": _zip(parts)}, zipfile.ZIP_STORED)
    error = _refused(tmp_path / "上报.zip", whole[:-100])
    assert (error.code, error.file) == ("damaged", "上报.zip")
