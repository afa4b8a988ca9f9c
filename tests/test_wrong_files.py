"""A wrong file ends in one clear Chinese sentence that names file, place and remedy, and nothing is published."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from etl.generations import current
from etl.street import open_street
from tests import workbooks

ROWS = [workbooks.enterprise_row(n) for n in range(1, 30)]
SECTOR = 512


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text_in_disguise(path: Path) -> None:
    path.write_text("这是一份会议通知，不是台账。\n" * 20, "utf-8")


def _entry(name: str, kind: int, child: int, sibling: int) -> bytes:
    """Return one directory entry of an OLE container ([MS-CFB] 2.6)."""
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB3I", len(raw), kind, 1, 0xFFFFFFFF, sibling, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", 0xFFFFFFFE, 0)


def _with_password(path: Path) -> None:
    """Write the container that Excel makes of a workbook with a password: OLE with the stream EncryptedPackage."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    allocation = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(SECTOR, b"\xff")
    nothing = 0xFFFFFFFF
    directory = _entry("Root Entry", 5, 1, nothing) + _entry("EncryptionInfo", 2, nothing, 2)
    directory += _entry("EncryptedPackage", 2, nothing, nothing)
    path.write_bytes(header.ljust(SECTOR, b"\xff") + allocation + directory.ljust(SECTOR, b"\0"))


def _other_ledger(path: Path) -> None:
    title = "坂田街道南坑社区食堂采购台账（截至2018年12月31日）"
    workbooks.write_book(
        path, {"采购": (title, ("品名", "规格", "单价", "数量", "供货商"), [("大米", "25kg", 120, 4, "甲")])}
    )


def _strange_headers(path: Path) -> None:
    title = "坂田街道南坑社区企业台账（截至2018年12月31日）"
    headers = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
    workbooks.write_book(path, {"企业": (title, headers, ROWS)})


def _no_as_of(path: Path) -> None:
    workbooks.write_book(path, {"企业": ("坂田街道南坑社区企业台账", workbooks.ENTERPRISE, ROWS)})


def _cut_off(path: Path) -> None:
    workbooks.register(path, ROWS)
    path.write_bytes(path.read_bytes()[:-400])


WRONG: dict[str, Callable[[Path], None]] = {
    "empty": _empty,
    "not_a_workbook": _text_in_disguise,
    "password": _with_password,
    "wrong_ledger": _other_ledger,
    "unknown_headers": _strange_headers,
    "no_as_of": _no_as_of,
    "truncated": _cut_off,
}


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """Return a street with one right register loaded."""
    good = workbooks.register(tmp_path / "南坑企业台账.xlsx", ROWS)
    assert cli.main(["load", str(good), "--street", str(tmp_path / "street")]) == 0
    return tmp_path / "street"


def _state(street: Path) -> tuple[str, list[str]]:
    generation = current(open_street(street))
    assert generation is not None
    return generation.id, sorted(path.name for path in (street / "loads").iterdir())


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("verb", ["check", "load"])
def test_one_sentence_and_nothing_published(
    kind: str, verb: str, street: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People get one Chinese sentence with the file and what to do; the street stays as it was."""
    file = tmp_path / f"错误文件-{kind}.xlsx"
    WRONG[kind](file)
    before = _state(street)
    capsys.readouterr()
    assert cli.main([verb, str(file), "--street", str(street)]) == 2
    said = capsys.readouterr()
    text = (said.err + said.out).strip()
    assert file.name in text
    assert "Traceback" not in text and re.search(r"[\u4e00-\u9fff]", text)
    assert "请" in text, "the sentence says what to do"
    if verb == "load":
        assert said.out == "" and len(text.splitlines()) == 1
    assert _state(street) == before


@pytest.mark.parametrize("kind", WRONG)
def test_json_error_has_every_field(
    kind: str, street: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under --json stdout is one document with code, message, file and remedy; stderr is no second answer."""
    file = tmp_path / f"错误文件-{kind}.xlsx"
    WRONG[kind](file)
    capsys.readouterr()
    assert cli.main(["load", str(file), "--street", str(street), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert set(error) == {"code", "message", "file", "sheet", "row", "column", "remedy"}
    assert error["file"] == file.name and error["message"] and error["remedy"]


def test_every_kind_of_wrong_says_something_of_its_own(
    street: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty file, a password and a cut-off file are different troubles with different sentences."""
    sentences = set()
    for kind in ("empty", "not_a_workbook", "password", "no_as_of", "truncated"):
        file = tmp_path / "台账.xlsx"
        WRONG[kind](file)
        capsys.readouterr()
        cli.main(["load", str(file), "--street", str(street)])
        sentences.add(capsys.readouterr().err)
    assert len(sentences) == 5


def test_one_wrong_file_stops_the_whole_load(street: Path, tmp_path: Path) -> None:
    """All or nothing: a right file beside a wrong one is not taken either."""
    folder = tmp_path / "一批"
    folder.mkdir()
    workbooks.register(folder / "a.xlsx", ROWS[:5], community="岗头")
    _cut_off(folder / "b.xlsx")
    before = _state(street)
    assert cli.main(["load", str(folder), "--street", str(street)]) == 2
    assert _state(street) == before
