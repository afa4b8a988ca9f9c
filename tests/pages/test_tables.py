"""Tables: only what is shown leaves the program, nothing becomes a formula, files are printable."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import polars as pl
import pytest

from pages.parts.exports import Sheet, TableColumn, csv_text, harmless, workbook
from pages.parts.tables import sent

MARK = "示例数据　非真实情况"
COLUMNS = (
    TableColumn("name", "企业名称"),
    TableColumn("code", "统一社会信用代码", "code"),
    TableColumn("workers", "职工人数", "integer", is_sum=True),
    TableColumn("rate", "建会率", "percent"),
    TableColumn("day", "日期", "date"),
)
FRAME = pl.DataFrame(
    {
        "name": ["=1+1|cmd", "甲公司", None],
        "code": ["914403001922038216", "044030700000000001", "-1"],
        "workers": [10, None, 32],
        "rate": [0.9604, 0.5, None],
        "day": [date(2018, 12, 31), None, date(2018, 1, 5)],
        "secret": ["13800000000", "x", "y"],
    }
)
SHEET = Sheet("企业名单", "家、人", "2018年12月31日", "坂田街道", 8, MARK, "制表")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1+1", "－1+1", "＋A1（1）", "-1宗"])
def test_formulas_become_text(text: str) -> None:
    """A text that a spreadsheet would run is quoted; other texts stay as they are."""
    assert harmless(text) == f"'{text}"
    assert harmless("甲=乙") == "甲=乙"
    assert harmless("－5宗（－20.8%）") == "－5宗（－20.8%）", "a change as documents print it"
    table = sent(pl.DataFrame({"name": [text, "甲=乙", "＋3.1"]}), (TableColumn("name", "名称"),))
    assert table["name"].to_pylist() == [f"'{text}", "甲=乙", "＋3.1"]


def test_only_shown_columns_are_sent() -> None:
    """A column that is not shown does not reach the browser, and percentages are sent as such."""
    table = sent(FRAME, COLUMNS)
    assert table.column_names == [column.id for column in COLUMNS]
    assert table["rate"].to_pylist() == [pytest.approx(96.04), 50.0, None]


def test_repeated_texts_are_sent_once() -> None:
    """A long list of few different texts costs about a byte a row, and reads the same."""
    frame = pl.DataFrame({"park": ["天安云谷", None, "星河雅宝", "天安云谷"] * 500})
    table = sent(frame, (TableColumn("park", "园区"),))
    assert table.nbytes < 4_000
    assert table["park"].to_pylist() == frame["park"].to_list()


def _sheet() -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(FRAME, COLUMNS, SHEET))).active


def test_workbook_is_a_printable_table() -> None:
    """Title, unit, date, 序号, 合计; A4 across with the header on every page."""
    page = _sheet()
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][0] == f"坂田街道企业名单（{MARK}）"
    assert "单位：家、人" in rows[1][0] and "2018年12月31日" in rows[1][0]
    assert rows[2] == ["序号", *(column.title for column in COLUMNS)]
    assert [row[0] for row in rows[3:]] == [1, 2, 3, "合计"]
    assert rows[-1][3] == 42 and rows[-1][4] is None, "a rate has no sum"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$3:$3"
    assert MARK in page.oddHeader.right.text and "数据版本8" in page.oddFooter.left.text


def test_workbook_keeps_codes_and_formulas_as_text() -> None:
    """Eighteen digits, leading zeros and texts that look like formulas stay texts."""
    page = _sheet()
    assert page["C4"].value == "914403001922038216" and page["C5"].value == "044030700000000001"
    assert {page["C4"].data_type, page["B4"].data_type} == {"s"}
    assert page["B4"].value == "'=1+1|cmd"


def test_csv_opens_in_excel_2016_and_bears_the_mark() -> None:
    """A byte order mark, no personal column, no formula, the sample's mark in every row."""
    data = csv_text(FRAME, COLUMNS, SHEET)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["企业名称", "统一社会信用代码", "职工人数", "建会率", "日期", "数据说明"]
    assert rows[1] == ["'=1+1|cmd", "914403001922038216", "10", "0.9604", "2018-12-31", MARK]
    assert "13800000000" not in data.decode()


def test_file_name_says_what_it_is() -> None:
    """Street, title, day, the sample's mark and the data's version; nothing that a file system refuses."""
    name = SHEET.file_name(".xlsx")
    assert name == "坂田街道_企业名单_2018年12月31日_示例数据非真实情况_数据版本8.xlsx"
    real = Sheet("受理/办结", "宗", "2018年12月", "坂田街道", 9)
    assert real.file_name(".csv") == "坂田街道_受理办结_2018年12月_数据版本9.csv"
