"""Which files a call means."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import LedgerError
from etl.files import find_files

BELOW = ("b.xlsx", "a.XLSX", "下/c.csv", "~$b.xlsx", ".d.xls", ".回收站/e.xlsx", "f.et", "truth.json")


def test_a_folder_means_the_ledgers_below_it_in_order(tmp_path: Path) -> None:
    for name in BELOW:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found, passed_over = find_files([tmp_path])
    assert [name for name, _path in found] == ["a.XLSX", "b.xlsx", "下/c.csv"]
    assert sorted(passed_over) == sorted(set(BELOW) - {name for name, _path in found})


def test_a_folder_without_ledgers_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="没有找到可导入的文件") as error:
        find_files([tmp_path])
    assert error.value.file == tmp_path.name and error.value.remedy


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="找不到") as error:
        find_files([tmp_path / "没有.xlsx"])
    assert error.value.file == "没有.xlsx"
