"""Which files a call means."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import LedgerError
from etl.files import found_files

BELOW = (
    "b.xlsx", "a.XLSX", "下/c.csv", "~$b.xlsx", ".d.xls", ".回收站/e.xlsx", "f.et", "g.tsv", "h.parquet", "truth.json",
    "说明.txt", "Thumbs.db", "i.rar", ".~j.et",
)  # fmt: skip
READ = ["a.XLSX", "b.xlsx", "f.et", "g.tsv", "h.parquet", "下/c.csv"]


def test_a_folder_means_the_ledgers_below_it_in_order(tmp_path: Path) -> None:
    for name in BELOW:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    with found_files([tmp_path]) as found:
        assert [name for name, _path in found.files] == READ
    assert sorted(name for name, _reason in found.passed_over) == sorted(set(BELOW) - set(READ))


def test_what_is_passed_over_has_its_own_reason(tmp_path: Path) -> None:
    for name in BELOW:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    with found_files([tmp_path]) as found:
        reasons = dict(found.passed_over)
    assert "临时文件" in reasons["~$b.xlsx"] and "临时文件" in reasons[".~j.et"]
    assert reasons[".d.xls"] == reasons[".回收站/e.xlsx"] == "隐藏文件"
    assert "系统" in reasons["Thumbs.db"] and "解压" in reasons["i.rar"] and ".json" in reasons["truth.json"]


def test_a_file_named_itself_is_read_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("x")
    with found_files([tmp_path / "说明.txt"]) as found:
        assert found.files == [("说明.txt", tmp_path / "说明.txt")]


def test_a_folder_without_ledgers_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="没有找到可导入的文件") as error, found_files([tmp_path]):
        pass
    assert error.value.file == tmp_path.name and error.value.remedy


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="找不到") as error, found_files([tmp_path / "没有.xlsx"]):
        pass
    assert error.value.file == "没有.xlsx"


def test_a_lock_file_named_by_a_pattern_is_passed_over(tmp_path: Path) -> None:
    for name in ("a.csv", "~$a.xlsx", ".~b.et"):
        (tmp_path / name).write_text("x")
    with found_files([tmp_path / "~$a.xlsx", tmp_path / "a.csv", tmp_path / ".~b.et"]) as found:
        assert [name for name, _path in found.files] == ["a.csv"]
        assert [name for name, _reason in found.passed_over] == ["~$a.xlsx", ".~b.et"]
    with pytest.raises(LedgerError), found_files([tmp_path / "~$a.xlsx"]):
        pass
