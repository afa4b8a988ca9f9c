"""Workbooks with a password."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from etl.errors import FileError
from etl.instructions import Instructions
from etl.read import read_all, read_file
from tests.etl import old_books

ROWS = [["企业名称", "职工人数"], ["深圳示例有限公司", "12"]]
NOBODY_S = "VelvetSweatshop"


def _xlsx(password: str) -> bytes:
    plain, sealed = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(plain)
    OOXMLFile(plain).encrypt(password, sealed)
    return sealed.getvalue()


def _xls(password: str) -> bytes:
    return old_books.container(old_books.locked(old_books.workbook([list(row) for row in ROWS]), password))


@pytest.fixture(params=[_xlsx, _xls], ids=["xlsx", "xls"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a workbook whose password is 南坑2018."""
    (tmp_path / "锁.xlsx").write_bytes(request.param("南坑2018"))
    (tmp_path / "保护.xlsx").write_bytes(request.param(NOBODY_S))
    return tmp_path / "锁.xlsx"


def test_the_right_password_opens_and_leaves_no_file_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(*_args: object, **_options: object) -> None:
        raise AssertionError("a readable copy was written to disk")

    monkeypatch.setattr("tempfile.TemporaryFile", no_file)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", no_file)
    (sheet,) = read_file(path, password="南坑2018")
    assert sheet.rows == ROWS


def test_a_missing_and_a_wrong_password_are_two_sentences(path: Path) -> None:
    messages = []
    for password in (None, "南坑2019"):
        with pytest.raises(FileError) as caught:
            list(read_file(path, password=password))
        assert caught.value.code == "password" and "--ask-password" in (caught.value.remedy or "")
        assert "2019" not in caught.value.sentence()
        messages.append(caught.value.message)
    assert messages == ["文件设了打开密码", "打开密码不对"]


def test_a_workbook_only_protected_against_changes_just_opens(path: Path) -> None:
    for password in (None, "用不上"):
        (sheet,) = read_file(path.parent / "保护.xlsx", password=password)
        assert sheet.rows == ROWS


def test_each_file_of_a_call_gets_its_own_password(path: Path) -> None:
    files = [(path, "夹/a.xlsx"), (path, "夹/b.xlsx")]
    right, wrong = read_all(files, Instructions(passwords={"夹/a.xlsx": "南坑2018", "*": "别的"}))
    assert isinstance(right, list) and right[0].rows == ROWS
    assert isinstance(wrong, FileError) and wrong.message == "打开密码不对"
