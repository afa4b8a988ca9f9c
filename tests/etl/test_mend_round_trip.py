"""Check → 批注件 → mended in Excel → loaded: the numbers are those of the right file, and undo gives the old state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from etl.generations import undo
from etl.intake import check, load
from etl.mending.marked_up import write_marked_up
from etl.street import open_street
from metrics.warehouse import open_current

HEADER = ["编号", "企业名称", "社区", "受理时间", "案由", "涉及人数", "处理结果"]
WRONG: list[list[Any]] = [
    ["NK001", "深圳示例1有限公司", "南坑", "2018-12-03", "欠薪", "3", "达成协议"],
    ["NK0O2", "深圳示例2有限公司", "南坑", "2018-12-04", "欠新", "若干", "达成协议"],
    ["", "深圳示例3有限公司", "南坑", "2018-12-05", "欠薪", "5", "达成协议"],
]
MENDS = {"A4": "NK002", "E4": "欠薪", "F4": "4", "A5": "NK003"}


def _ledger(path: Path, mends: dict[str, str] | None = None) -> Path:
    book = Workbook()
    page = book.active
    page.append(["南坑社区劳资纠纷台账（2018年12月）"])
    page.append(HEADER)
    for row in WRONG:
        page.append(row)
    _mend(page, mends or {})
    book.save(path)
    return path


def _mend(page: Any, mends: dict[str, str]) -> None:
    for cell, value in mends.items():
        page[cell] = value


def _numbers(street: Path) -> list[tuple[Any, ...]]:
    names = [row[0] for row in open_current(street).cursor().execute("describe core.dispute").fetchall()]
    kept = [name for name in names if name not in {"load_id", "load_no", "file", "sheet", "row", "sheet_no"}]
    query = f"select {', '.join(kept)} from core.dispute order by all"
    return list(open_current(street).cursor().execute(query).fetchall())


@pytest.fixture
def mended(tmp_path: Path) -> Path:
    """Return the 批注件 of the wrong ledger, its cells mended as the comments say."""
    wrong = _ledger(tmp_path / "南坑.xlsx")
    made = write_marked_up(check([wrong], open_street(tmp_path / "none")), wrong.name, wrong, tmp_path / "批注件")
    book = openpyxl.load_workbook(made)
    _mend(book.worksheets[0], MENDS)
    book.save(made)
    return made


def test_mended_and_loaded_it_is_as_if_the_right_file_had_come_first(mended: Path, tmp_path: Path) -> None:
    """The case number that was corrected does not leave a second case behind; nothing is asked."""
    load([tmp_path / "南坑.xlsx"], tmp_path / "street")
    assert len(_numbers(tmp_path / "street")) == 2
    load([mended], tmp_path / "street")
    load([_ledger(tmp_path / "南坑.right.xlsx", MENDS)], tmp_path / "right")
    assert _numbers(tmp_path / "street") == _numbers(tmp_path / "right")
    assert [row[0] for row in _case_numbers(tmp_path / "street")] == ["NK001", "NK002", "NK003"]


def _case_numbers(street: Path) -> list[tuple[Any, ...]]:
    return list(open_current(street).cursor().execute("select dispute_id from core.dispute order by all").fetchall())


def test_undo_brings_the_old_file_back(mended: Path, tmp_path: Path) -> None:
    """What the mended file replaced counts again."""
    street = tmp_path / "street"
    load([tmp_path / "南坑.xlsx"], street)
    before = _numbers(street)
    result = load([mended], street)
    assert _numbers(street) != before
    undo(open_street(street), result.receipt["load"])
    assert _numbers(street) == before


def test_twice_mended_replaces_both(mended: Path, tmp_path: Path) -> None:
    """A second 批注件, made of the mended file, replaces what is there, whether the first was loaded or not."""
    street = tmp_path / "street"
    load([tmp_path / "南坑.xlsx"], street)
    again = write_marked_up(check([mended], open_street(street)), mended.name, mended, tmp_path / "再次")
    book = openpyxl.load_workbook(again)
    book.worksheets[0]["A3"] = "NK009"
    book.save(again)
    load([again], street)
    assert [row[0] for row in _case_numbers(street)] == ["NK002", "NK003", "NK009"]


def test_the_preview_of_a_mended_copy_shows_what_was_mended(tmp_path: Path, mended: Path) -> None:
    street = tmp_path / "street"
    load(
        [tmp_path / "南坑.xlsx"], street
    )  # the very file that was marked up: written again, its bytes would differ by the second
    (row,) = check([mended], open_street(street)).differences
    held = open_current(street).cursor().execute("select row_key from ledger.dispute order by 1").fetchall()
    assert held == [("case_no:NK001",), ("case_no:NK0O2",)], "the third row has no number and is not held"
    counts = {name: row[name] for name in ("new", "changed", "unchanged", "gone")}
    assert counts == {"new": 2, "changed": 0, "unchanged": 1, "gone": 1}
