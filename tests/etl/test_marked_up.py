"""The 批注件: same workbook, bad cells marked, formulas' values kept, read back as if nothing had been added."""

from __future__ import annotations

import hashlib
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from etl.errors import FileError
from etl.intake import check
from etl.intake_files import Intake
from etl.mending import marked_up
from etl.mending.marked_up import marked_up_name, write_all_marked_up, write_marked_up
from etl.mending.marks import AUTHOR, FILLS, LEGEND
from etl.mending.original import original_of, originals_of
from etl.sample.trial import PASSWORD_FILE, TRIAL
from etl.sheets.ledger_sheet import Sheet
from etl.street import open_street
from tests.etl.workbooks import HEADER, write_ledger

ROWS: list[list[Any]] = [
    ["深圳示例1有限公司", "南坑", 12, date(2017, 3, 1)],
    ["深圳示例2有限公司", "南炕", "若干", date(2017, 3, 1)],
    ["", "南坑", 30, 2017.1],
    ["深圳示例3有限公司", "南坑", 40, date(2017, 3, 1)],
    ["深圳示例3有限公司", "南坑", 41, date(2017, 3, 1)],
]


def _checked(path: Path, folder: Path) -> Intake:
    return check([path], open_street(folder / "street"))


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """Return a workbook with everything that must survive: looks, hidden rows, formulas, other sheets, a comment."""
    path = write_ledger(tmp_path / "南坑社区企业台账.xlsx", *ROWS)
    book = openpyxl.load_workbook(path)
    page = book["南坑"]
    page.merge_cells("A1:D1")
    page["A1"].font = Font(bold=True, size=18)
    page.column_dimensions["A"].width = 33
    page.row_dimensions[8].hidden = True
    page["C4"] = "=10+2"
    page["B5"].comment = Comment("社区写的批注", "社区")
    page["B4"].fill = PatternFill("solid", fgColor="0000FF00")
    page.page_setup.orientation, page.print_title_rows = "landscape", "3:3"
    other = book.create_sheet("备用")
    other["A1"], other["A2"] = "别动", "='南坑'!C4"
    other.add_table(Table(displayName="t", ref="A1:A2"))
    book.save(path)
    _save_values(path)
    return path


def _save_values(path: Path) -> None:
    """Put the formulas' values in, as Excel does when it saves."""
    parts = zipfile.ZipFile(path)
    content = {info.filename: parts.read(info) for info in parts.infolist()}
    with zipfile.ZipFile(path, "w") as out:
        for name, data in content.items():
            out.writestr(name, re.sub(rb"</f><v\s*/?>(?:</v>)?", b"</f><v>12</v>", data))


def _cells(intake: Intake) -> list[tuple[Any, ...]]:
    return sorted(intake.bad.select("row", "cell", "column", "code", "value", "severity").rows(), key=str)


def test_bad_cells_are_coloured_and_say_why(original: Path, tmp_path: Path) -> None:
    """A reject and a warning look different; a problem of a whole row stands at its key; a clerk's comment stays."""
    made = write_marked_up(_checked(original, tmp_path), original.name, original, tmp_path / "批注件")
    page = openpyxl.load_workbook(made)["南坑"]
    marked = {cell.coordinate: cell for row in page for cell in row if cell.comment and AUTHOR in cell.comment.author}
    assert set(marked) == {"B5", "C5", "A6", "D6", "A8"}
    assert {name for name, cell in marked.items() if cell.fill.patternType == FILLS["reject"]["patternType"]} == {
        "A6",
        "A8",
    }
    assert "请补填企业名称" in marked["A6"].comment.text and "不能入库" in marked["A6"].comment.text
    assert "可能是“南坑”" in marked["B5"].comment.text and "社区写的批注" in marked["B5"].comment.text
    assert "2017-01" in marked["D6"].comment.text
    assert page["B4"].fill.fgColor.rgb == "0000FF00", "a cell without a problem keeps its colour"


def test_the_two_colours_differ_in_grey(original: Path, tmp_path: Path) -> None:
    """On a grey print the hatch and at least 40 of 255 steps of brightness part them."""
    assert FILLS["reject"]["patternType"] != FILLS["warning"]["patternType"]

    def brightness(rgb: str) -> float:
        red, green, blue = (int(rgb[place : place + 2], 16) for place in (2, 4, 6))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert brightness(FILLS["warning"]["bgColor"]) - brightness(FILLS["reject"]["fgColor"]) > 40


def test_layout_formulas_and_other_sheets_stay(original: Path, tmp_path: Path) -> None:
    """Widths, merged cells, hidden rows, fonts, print set-up, a second sheet with its table, formulas with their values."""
    made = write_marked_up(_checked(original, tmp_path), original.name, original, tmp_path / "批注件")
    before, after = openpyxl.load_workbook(original), openpyxl.load_workbook(made)
    assert after.sheetnames == [*before.sheetnames, LEGEND]
    page = after["南坑"]
    assert [str(span) for span in page.merged_cells.ranges] == ["A1:D1"]
    assert page.column_dimensions["A"].width == 33 and page.row_dimensions[8].hidden
    assert page["A1"].font.size == 18 and page["C4"].value == "=10+2"
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$3:$3")
    assert list(after["备用"].tables) == ["t"] and after["备用"]["A1"].value == "别动"
    values = openpyxl.load_workbook(made, data_only=True)
    assert (values["南坑"]["C4"].value, values["备用"]["A2"].value) == (12, 12)


def test_read_again_it_says_the_same(original: Path, tmp_path: Path) -> None:
    """Colours, comments and the added sheet change neither a row nor a problem; the added sheet is no ledger."""
    first = _checked(original, tmp_path)
    made = write_marked_up(first, original.name, original, tmp_path / "批注件")
    again = _checked(made, tmp_path)
    assert _cells(again) == _cells(first)
    assert again.ledgers["enterprise"].drop("file").equals(first.ledgers["enterprise"].drop("file"))
    assert [isinstance(sheet, Sheet) for sheet in again.files[0].sheets] == [True, False, False]


def test_it_states_which_file_it_was_made_from(original: Path, tmp_path: Path) -> None:
    """The hash survives mending and saving; a 批注件 of a mended one also names the first."""
    sha256 = hashlib.sha256(original.read_bytes()).hexdigest()
    made = write_marked_up(_checked(original, tmp_path), original.name, original, tmp_path / "批注件")
    assert original_of(made) == sha256 and original_of(original) is None
    book = openpyxl.load_workbook(made)
    book["南坑"]["B5"] = "南坑"
    book.save(made)
    assert original_of(made) == sha256
    mended = hashlib.sha256(made.read_bytes()).hexdigest()
    second = write_marked_up(_checked(made, tmp_path), made.name, made, tmp_path / "再次")
    assert originals_of(second) == (mended, sha256)
    page = openpyxl.load_workbook(second)["南坑"]
    assert page["B5"].comment is None and page["B5"].fill.patternType is None, "the mended cell bears no mark any more"
    assert page["C5"].comment.text.count("若干") == 1, "an old comment is replaced, not repeated"
    assert openpyxl.load_workbook(second).sheetnames.count(LEGEND) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0", "企业名称,社区".encode()])
def test_any_other_file_has_no_original(content: bytes, tmp_path: Path) -> None:
    """The question is put to every file that arrives."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert original_of(path) is None
    assert original_of(tmp_path / "missing.xlsx") is None


def test_csv_becomes_a_workbook_with_the_same_cells(tmp_path: Path) -> None:
    """Addresses agree with the report, codes stay text, a number 2017.1 stays unclear, = stays a text."""
    path = tmp_path / "南坑社区企业台账2018年12月31日报送的很长很长很长的文件名.csv"
    lines = ["南坑社区企业台账（截至2018年12月31日）", ",".join(HEADER + ["统一社会信用代码", "经营地址"])]
    lines += [
        "=甲,南炕,12,2017.1,914499993272295798,=1+1",
        '乙,南坑,若干,2017-03-01,00123,"两\n行"',
        "丙,南坑,３０,2017-03-01,,",
    ]
    path.write_text("\n".join(lines), "utf-8-sig")
    first = _checked(path, tmp_path)
    made = write_marked_up(first, path.name, path, tmp_path / "批注件")
    again = _checked(made, tmp_path)
    assert _cells(again) == _cells(first)
    assert "ambiguous_month" in first.bad["code"].to_list()
    kept = [intake.ledgers["enterprise"].drop("file", "sheet") for intake in (first, again)]
    assert kept[0].equals(kept[1])
    page = openpyxl.load_workbook(made).worksheets[0]
    assert (page["A3"].data_type, page["E3"].value, page["F3"].value) == ("s", "914499993272295798", "=1+1")
    assert page["A6"].value == "丙", "a record of two lines does not shift the rows below it"


def test_a_locked_workbook_is_not_written_out_unlocked(tmp_path: Path) -> None:
    """Also when the check had its password."""
    intake = check([TRIAL / PASSWORD_FILE], open_street(tmp_path / "street"))
    with pytest.raises(FileError) as raised:
        write_marked_up(intake, intake.files[0].name, TRIAL / PASSWORD_FILE, tmp_path / "批注件")
    assert raised.value.code == "password" and "不另存没有密码的批注件" in raised.value.sentence()
    assert not list((tmp_path / "批注件").glob("*"))


def test_lost_charts_and_the_sample_mark_are_told(tmp_path: Path) -> None:
    """What openpyxl drops is said on 批注说明, and nothing is said where nothing is lost."""
    path = write_ledger(
        tmp_path / "南坑.xlsx", *ROWS, title="南坑社区企业台账（截至2018年12月31日）示例数据　非真实情况"
    )
    plain = write_marked_up(_checked(path, tmp_path), path.name, path, tmp_path / "一")
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/charts/chart1.xml", "<c/>")
    charted = write_marked_up(_checked(path, tmp_path), path.name, path, tmp_path / "二")
    texts = [
        [str(cell.value) for row in openpyxl.load_workbook(made)[LEGEND] for cell in row if cell.value]
        for made in (plain, charted)
    ]
    assert [any("图表" in text for text in found) for found in texts] == [False, True]
    assert all("示例数据　非真实情况" in found for found in texts)


def test_extensions_that_openpyxl_drops_are_told(original: Path, tmp_path: Path) -> None:
    """A drop-down list of a newer Excel is gone; openpyxl says so in English on stderr, we on 批注说明."""
    parts = zipfile.ZipFile(original)
    content = {info.filename: parts.read(info) for info in parts.infolist()}
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    with zipfile.ZipFile(original, "w") as out:
        for name, data in content.items():
            out.writestr(name, data.replace(b"</worksheet>", extension) if name.endswith("sheet1.xml") else data)
    made = write_marked_up(_checked(original, tmp_path), original.name, original, tmp_path / "批注件")
    texts = [str(cell.value) for row in openpyxl.load_workbook(made)[LEGEND] for cell in row]
    assert any("部分下拉选项或条件格式可能没有保留" in text for text in texts)


def test_cells_for_codes_take_what_is_typed_as_text(tmp_path: Path) -> None:
    """Excel would turn 18 typed digits into 9.14E+17; other cells keep their format."""
    path = write_ledger(tmp_path / "南坑.xlsx", ["甲公司", "南炕", 12, 2017.1])
    made = write_marked_up(_checked(path, tmp_path), path.name, path, tmp_path / "批注件")
    page = openpyxl.load_workbook(made)["南坑"]
    assert (page["D4"].number_format, page["D4"].value) == ("@", 2017.1)
    assert page["B4"].number_format == "General"


def test_bounds_end_in_one_sentence(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A huge workbook gets no 批注件, and one with thousands of problems gets colours beyond the first comments."""
    intake = _checked(original, tmp_path)
    monkeypatch.setattr(marked_up, "MOST_COMMENTS", 2)
    page = openpyxl.load_workbook(write_marked_up(intake, original.name, original, tmp_path / "一"))["南坑"]
    assert [page[cell].comment is not None for cell in ("C5", "A8")] == [True, False]
    assert page["A8"].fill.patternType == "solid"
    monkeypatch.setattr(marked_up, "MOST_BYTES", 100)
    with pytest.raises(FileError) as raised:
        write_marked_up(intake, original.name, original, tmp_path / "二")
    assert raised.value.code == "too_large"


def test_macros_are_kept(original: Path, tmp_path: Path) -> None:
    """An .xlsm stays one; its macros are passed on, never run."""
    path = original.with_suffix(".xlsm")
    parts = zipfile.ZipFile(original)
    with zipfile.ZipFile(path, "w") as out:
        for info in parts.infolist():
            data = parts.read(info)
            if info.filename == "[Content_Types].xml":
                data = data.replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
                data = data.replace(b"openxmlformats-officedocument.ms-excel", b"ms-excel")
            out.writestr(info.filename, data)
        out.writestr("xl/vbaProject.bin", b"macro")
    made = write_marked_up(_checked(path, tmp_path), path.name, path, tmp_path / "批注件")
    assert made.name == "南坑社区企业台账（批注件）.xlsm"
    assert zipfile.ZipFile(made).read("xl/vbaProject.bin") == b"macro"
    assert original_of(made) is not None


def test_the_legend_lists_every_bad_cell(original: Path, tmp_path: Path) -> None:
    """Hidden rows are named as such, values are shown as text, each line leads to its cell."""
    made = write_marked_up(_checked(original, tmp_path), original.name, original, tmp_path / "批注件")
    page = openpyxl.load_workbook(made)[LEGEND]
    head = next(row[0].row for row in page.iter_rows() if row[0].value == "序号")
    lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=head + 1)]
    assert list(dict.fromkeys(line[2] for line in lines)) == ["B5", "C5", "A6", "D6", "A8"]
    assert page.cell(head + 1, 3).hyperlink.location == "'南坑'!B5"
    assert {line[2] for line in lines if "隐藏行" in str(line[3])} == {"A8"}
    assert "共标出5处：不能入库2处，请核对3处" in " ".join(str(cell.value) for row in page.iter_rows() for cell in row)


def test_only_files_with_problems_get_one(original: Path, tmp_path: Path) -> None:
    """A good file is passed over; folders are kept apart, so that equal names do not overwrite each other."""
    good = write_ledger(
        tmp_path / "岗头.xlsx",
        ["深圳示例9有限公司", "岗头", 12, "2017-03-01"],
        title="岗头社区企业台账（截至2018年12月31日）",
    )
    intake = check([original, good], open_street(tmp_path / "street"))
    written, refused = write_all_marked_up(intake, [(f.name, f.path) for f in intake.files], tmp_path / "批注件")
    assert [path.name for path in written] == ["南坑社区企业台账（批注件）.xlsx"] and not refused
    assert marked_up_name("上报.zip/南坑.xls") == "南坑（xls批注件）.xlsx"
    assert marked_up_name("南坑（批注件）.xlsx") == "南坑（批注件2）.xlsx", (
        "it must not overwrite what the clerk mended"
    )
    assert marked_up_name("南坑（xls批注件2）.xlsx") == "南坑（xls批注件3）.xlsx"


def test_calamine_reads_the_marked_workbook(original: Path, tmp_path: Path) -> None:
    """Our reader sees the values, comments or not."""
    made = write_marked_up(_checked(original, tmp_path), original.name, original, tmp_path / "批注件")
    rows = CalamineWorkbook.from_path(made).get_sheet_by_name("南坑").to_python()
    assert rows[3][2] == 12
