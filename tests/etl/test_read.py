"""Any file a clerk may drop in: read without loss, or refused in one sentence."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from etl.errors import FileError
from etl.read import NumberText, SheetText, read_all, read_file
from tests.etl import old_books


def _book(path: Path, fill: Callable[[Any, Any], None]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    fill(book, book.add_worksheet("南坑"))
    book.close()
    return path


def _one(path: Path) -> SheetText:
    (sheet,) = read_file(path)
    return sheet


def _column(tmp_path: Path, *values: Any) -> list[str]:
    def fill(book: Any, sheet: Any) -> None:
        day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for row, value in enumerate(values):
            if isinstance(value, datetime):
                sheet.write_datetime(row, 0, value, moment)
            elif isinstance(value, date):
                sheet.write_datetime(row, 0, value, day)
            elif isinstance(value, str):
                sheet.write_string(row, 0, value)
            else:
                sheet.write(row, 0, value)

    return [row[0] for row in _one(_book(tmp_path / "a.xlsx", fill)).rows]


def test_cells_become_text_without_loss(tmp_path: Path) -> None:
    values = ["914403001234567890", "０12", " 张 ", 12.0, 440301103456789, 114.0551234, -3, 0.1 + 0.2, True, False]
    expected = [
        "914403001234567890",
        "０12",
        " 张 ",
        "12",
        "440301103456789",
        "114.0551234",
        "-3",
        "0.3",
        "TRUE",
        "FALSE",
    ]
    assert _column(tmp_path, *values) == expected


def test_one_and_true_do_not_share_their_text(tmp_path: Path) -> None:
    assert _column(tmp_path, 1, True, 1.0, False, 0) == ["1", "TRUE", "1", "FALSE", "0"]


def test_dates_become_iso(tmp_path: Path) -> None:
    values = [date(2018, 3, 1), datetime(2018, 3, 1, 15, 30), datetime(2018, 3, 1)]
    assert _column(tmp_path, *values) == ["2018-03-01", "2018-03-01 15:30", "2018-03-01"]


def test_a_code_typed_as_a_number_is_shown_as_lost(tmp_path: Path) -> None:
    assert _column(tmp_path, 123456789012345678, 2e15) == ["1.23456789012346E+17", "2E+15"]


def test_a_typed_year_and_month_is_told_from_the_same_text(tmp_path: Path) -> None:
    number, text, other = _column(tmp_path, 2017.10, "2017.1", 114.1)
    assert number == text == "2017.1"
    assert [isinstance(cell, NumberText) for cell in (number, text, other)] == [True, False, False]


def test_error_cells_are_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "甲"
    second = book.create_sheet("乙 & 丙")
    second["C3"], second["D4"], second["D5"] = "x", "#REF!", "#DIV/0!"
    book.save(tmp_path / "a.xlsx")
    sheets = {sheet.sheet: sheet for sheet in read_file(tmp_path / "a.xlsx")}
    assert sheets["乙 & 丙"].rows == [["x", ""], ["", "#REF!"], ["", "#DIV/0!"]]
    assert sheets["甲"].rows == []


def test_rows_and_columns_keep_their_places_after_blank_ones(tmp_path: Path) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write(4, 2, "企业名称")
        sheet.merge_range(5, 2, 7, 2, "南坑")
        sheet.merge_range(7, 3, 9, 9, "x")  # reaches beyond the used rows and columns

    sheet = _one(_book(tmp_path / "a.xlsx", fill))
    assert (list(sheet.row_numbers), sheet.first_column) == ([5, 6, 7, 8], 2)
    assert sheet.rows[0] == ["企业名称", ""]
    assert sheet.merged == ((1, 0, 3, 0), (3, 1, 3, 1))


TEXT = "企业名称,职工人数\n深圳示例有限公司,12\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "企业.csv"
    path.write_bytes(TEXT.encode(encoding))
    sheet = _one(path)
    assert sheet.rows == [["企业名称", "职工人数"], ["深圳示例有限公司", "12"]]
    assert (sheet.file, sheet.sheet) == ("企业.csv", "企业")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT.replace(",", delimiter), "utf-8")
    assert _one(path).rows[0] == ["企业名称", "职工人数"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_csv_record_stands_in_the_line_where_it_begins(tmp_path: Path, newline: str) -> None:
    lines = ["标题", "", "企业名称,地址,职工人数", '"示例一","一行', "二行", '三行",5', "示例二,x", ""]
    path = tmp_path / "a.csv"
    path.write_bytes(newline.join(lines).encode())
    sheet = _one(path)
    assert list(sheet.row_numbers) == [1, 2, 3, 4, 7]
    assert sheet.rows[1] == ["", "", ""]
    assert sheet.rows[3][1].split() == ["一行", "二行", "三行"]
    assert sheet.rows[4] == ["示例二", "x", ""]


def test_the_bytes_decide_not_the_suffix(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", lambda _book, sheet: sheet.write(0, 0, "企业名称"))
    for name in ("b.xls", "c.csv"):
        (tmp_path / name).write_bytes(path.read_bytes())
        assert _one(tmp_path / name).rows == [["企业名称"]]


def test_a_stray_cell_at_the_sheet_s_end_is_refused_before_memory_is(tmp_path: Path) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "企业名称")
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(FileError) as caught:
        list(read_file(_book(tmp_path / "a.xlsx", fill)))
    assert caught.value.code == "too_much" and "1048576行" in caught.value.message


def test_formats_far_outside_the_table_do_no_harm(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "企业名称")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert _one(_book(tmp_path / "a.xlsx", fill)).rows == [["企业名称"]]


def test_many_files_keep_their_order_and_a_wrong_one_its_place(tmp_path: Path) -> None:
    files = []
    for number in range(6):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"企业{number}\n" if number != 3 else "", "utf-8")
        files.append((path, f"夹/{number}.csv"))
    found = list(read_all(files))
    assert isinstance(found[3], FileError) and found[3].file == "夹/3.csv"
    assert [s[0].rows[0][0] for s in found if isinstance(s, list)] == [f"企业{n}" for n in (0, 1, 2, 4, 5)]
    assert gc.isenabled()


def test_a_quote_that_is_never_closed_is_named(tmp_path: Path) -> None:
    path = tmp_path / "南坑.csv"
    path.write_text('企业名称,职工人数\n甲,1\n"乙,2\n丙,3\n', "utf-8")
    with pytest.raises(FileError, match="第3行附近的引号不成对") as error:
        _one(path)
    assert error.value.row == 3
    path.write_text('企业名称,职工人数\n5"管厂,1\n"乙"厂,2\n"丙\n厂",3', "utf-8")
    assert [row[1] for row in _one(path).rows] == ["职工人数", "1", "2", "3"]


def test_one_very_wide_record_is_refused_before_every_record_is_filled_up_to_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("," * 20_000 + "\n" + "x\n" * 1_000, "utf-8")
    with pytest.raises(FileError) as caught:
        _one(path)
    assert caught.value.code == "too_much"


def test_a_code_and_a_month_typed_as_numbers_stay_marked_in_an_old_workbook_too(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(old_books.container(old_books.workbook([[123456789012345678.0, 2017.1]])))
    (code, month), *_rest = _one(tmp_path / "a.xls").rows
    assert code == "1.23456789012346E+17" and isinstance(month, NumberText)
