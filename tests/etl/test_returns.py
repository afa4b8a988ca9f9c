"""退回修改单: one workbook per community, only its rows, no personal column, a deadline; nothing in it is a formula."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from etl.intake import check
from etl.intake_files import Intake
from etl.mending.printed import file_name, harmless
from etl.mending.returns import write_returns
from etl.street import open_street
from tests.etl.workbooks import write_ledger

DEADLINE = date(2019, 1, 15)
HEADER = ["企业名称", "统一社会信用代码", "所属社区", "联系人", "联系电话", "职工人数", "领导批示"]
TITLE = "坂田街道企业台账（截至2018年12月31日）"
ROWS: list[list[Any]] = [
    ["深圳示例1有限公司", "00123", "南坑", "王示例", "199-0000-0001", "若干", "请阅"],
    ["深圳示例2有限公司", "", "岗头", "李示例", "199-0000-0002", "12", ""],
    ["深圳示例3有限公司", "", "岗头社区居委会", "赵示例", "199-0000-0003", "-9", ""],
    ["", "", "南坑", "钱示例", "199-0000-0004", "12", ""],
    ["=深圳示例4有限公司", "", "某某村", "孙示例", "199-0000-0005", "12", ""],
    ["深圳示例5有限公司199-0000-0006", "", "南坑", "周示例", "13800138000", "很多13800138000", ""],
]


def _ledger(path: Path, title: str = TITLE) -> Path:
    book = Workbook()
    page = book.active
    page.append([title])
    page.append(HEADER)
    for row in ROWS:
        page.append(row)
    for line in page.iter_rows(min_row=3):
        for cell in line:
            cell.data_type = "s" if cell.value else cell.data_type
    book.save(path)
    return path


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    """Return the check of a street-wide ledger with rows of two communities and of a place that is none."""
    return check([_ledger(tmp_path / "坂田街道企业台账.xlsx")], open_street(tmp_path / "street"))


def _written(intake: Intake, folder: Path, deadline: date | None = DEADLINE) -> dict[str, list[list[Any]]]:
    """Return the cells of the first sheet of each workbook."""
    paths = write_returns(intake, open_street(folder / "street"), folder / "退回", deadline)
    return {p.name: [[c.value for c in row] for row in openpyxl.load_workbook(p).worksheets[0]] for p in paths}


def test_each_community_gets_its_rows_only(intake: Intake, tmp_path: Path) -> None:
    """Rejected rows too; a good row goes to nobody; a place that is no community goes to the street."""
    found = _written(intake, tmp_path)
    assert list(found) == [
        "退回修改单_岗头社区_2018-12-31.xlsx", "退回修改单_南坑社区_2018-12-31.xlsx", "退回修改单_社区待核实_2018-12-31.xlsx",
    ]  # fmt: skip
    rows = {name: [row[1] for row in lines[4:]] for name, lines in found.items()}
    assert list(rows.values()) == [[5], [3, 6, 8], [7]]
    for name, lines in found.items():
        text = str(lines[4:])
        assert not ("南坑社区" in name and "岗头" in text) and not ("岗头社区" in name and "南坑" in text)


def test_no_person_is_named(intake: Intake, tmp_path: Path) -> None:
    """Contacts are left out and said to be; an unknown column is not sent either; a stray phone number is struck out."""
    for lines in _written(intake, tmp_path).values():
        text = str(lines)
        assert not any(str(row[3]) in text or str(row[4]) in text for row in ROWS)
        assert "13800138000" not in text and "领导批示" not in text and "请阅" not in text
        assert "个人信息（联系人、联系电话）未列出，请对照原表" in text


def test_reasons_repairs_and_deadline(intake: Intake, tmp_path: Path) -> None:
    """The row says what is wrong, what would be right, and by when."""
    lines = _written(intake, tmp_path)["退回修改单_南坑社区_2018-12-31.xlsx"]
    assert lines[0][0] == "南坑社区企业台账退回修改单"
    assert "请于2019年1月15日前改好退回" in lines[1][0] and "坂田街道企业台账.xlsx" in lines[1][0]
    assert lines[3][:2] == ["序号", "原表行号"] and lines[3][-2:] == ["问题", "应改为"]
    first = dict(zip(lines[3], lines[4], strict=True))
    assert first["统一社会信用代码"] == "00123" and "“若干”不是整数" in first["问题"]
    assert "1. 【" in first["问题"] and "2. " in first["应改为"], "two problems of one row are numbered alike"
    assert "请于" not in str(_written(intake, tmp_path / "b", None))


def test_it_prints_well_and_nothing_is_a_formula(intake: Intake, tmp_path: Path) -> None:
    """A4 across, header repeated, codes as text, bad cells coloured."""
    (path,) = [
        p
        for p in write_returns(intake, open_street(tmp_path / "street"), tmp_path / "a", DEADLINE)
        if "待核实" in p.name
    ]
    page = openpyxl.load_workbook(path).worksheets[0]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 9, "$4:$4")
    assert page.page_setup.fitToHeight == 0
    assert page["C5"].value == "'=深圳示例4有限公司" and page["C5"].data_type == "s"
    place = [cell.value for cell in page[4]].index("所属社区")
    assert page[5][place].fill.patternType not in (None, "none") and page["C5"].fill.patternType in (None, "none")


def test_a_communitys_own_ledger_goes_back_to_it(tmp_path: Path) -> None:
    """Whoever reported mends, even where a row names another community."""
    path = write_ledger(tmp_path / "南坑.xlsx", ["深圳示例1有限公司", "岗头", "若干", "2017-03-01"])
    assert list(_written(check([path], open_street(tmp_path / "street")), tmp_path)) == [
        "退回修改单_南坑社区_2018-12-31.xlsx"
    ]


def test_sample_mark_stands_inside_and_in_the_name(tmp_path: Path) -> None:
    """It must not be taken for a real community's homework."""
    path = _ledger(tmp_path / "坂田街道企业台账.xlsx", TITLE + "示例数据　非真实情况")
    found = _written(check([path], open_street(tmp_path / "street")), tmp_path)
    assert all(name.endswith("_示例数据 非真实情况.xlsx") for name in found)
    assert all("示例数据　非真实情况" in lines[0][0] for lines in found.values())


def test_every_bad_cell_of_the_sample_goes_back_once(sample_ledgers: Path, tmp_path: Path) -> None:
    """No row is lost between the check and the communities, and none is sent to two."""
    street = open_street(tmp_path / "street")
    intake = check([sample_ledgers / "企业" / "2018-12"], street)
    rows = 0
    for path in write_returns(intake, street, tmp_path / "退回", DEADLINE):
        for page in openpyxl.load_workbook(path):
            rows += page.max_row - 4
    assert rows == len(intake.bad.select("file", "sheet", "row").unique()) > 50


def test_a_returned_sheet_is_no_ledger(intake: Intake, tmp_path: Path) -> None:
    """Loaded by mistake it would replace a register by three rows."""
    paths = write_returns(intake, open_street(tmp_path / "street"), tmp_path / "退回", DEADLINE)
    again = check(paths, open_street(tmp_path / "street"))
    assert all(file.error and "这是退回修改单" in file.error.message for file in again.files)
    assert sum(map(len, again.ledgers.values())) == 0


def test_nothing_to_mend_writes_nothing(tmp_path: Path) -> None:
    """A clean ledger sends nobody homework."""
    path = write_ledger(tmp_path / "南坑.xlsx", ["深圳示例1有限公司", "南坑", "12", "2017-03-01"])
    intake = check([path], open_street(tmp_path / "street"))
    assert intake.bad.is_empty() and _written(intake, tmp_path) == {}


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@a", "＝1", "\tx"])
def test_dangerous_texts_are_harmless(text: str) -> None:
    """As the house's exports do; a number with a sign stays what it is."""
    assert harmless(text) == f"'{text}"
    assert harmless("-9") == "-9" and harmless("+3.5") == "+3.5"


def test_file_names_hold_nothing_that_windows_forbids() -> None:
    """A street may call a place anything."""
    assert file_name("退回修改单", "甲/乙:丙?", "") == "退回修改单_甲乙丙.xlsx"
