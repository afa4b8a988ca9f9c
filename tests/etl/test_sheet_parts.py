"""What stands in a workbook beside its cells' values: hidden and struck rows, missing results; and cell bombs."""

from __future__ import annotations

import io
import re
import resource
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from etl.errors import FileError
from etl.formats import sheet_parts
from etl.read import SheetText, read_file
from tests.etl import old_books

Fill = Callable[[Any, Any], None]


def _xlsx(fill: Fill, options: dict[str, Any] | None = None) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, options or {})
    fill(book, book.add_worksheet("南坑"))
    book.close()
    return buffer.getvalue()


def _changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook with one part rewritten."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name.endswith(part) else source.read(name))
    return buffer.getvalue()


def _one(tmp_path: Path, data: bytes, name: str = "a.xlsx") -> SheetText:
    (tmp_path / name).write_bytes(data)
    (sheet,) = read_file(tmp_path / name)
    return sheet


def _refused(tmp_path: Path, data: bytes, name: str = "a.xlsx") -> FileError:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileError) as caught:
        _one(tmp_path, data, name)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 900_000, "kilobytes"
    return caught.value


def _marked(book: Any, sheet: Any) -> None:
    line = book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, ["企业", "人数"])
    sheet.write_row(1, 0, ["甲", 1], line)
    sheet.write_row(2, 0, ["乙", 2])
    sheet.write(3, 0, "丙", line)
    sheet.write(3, 1, 3)
    sheet.write_row(4, 0, ["丁"], line)
    sheet.write_blank(4, 1, None)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})
    sheet.set_row(30, None, None, {"hidden": True})


def test_hidden_rows_and_rows_struck_through_wholly_are_numbered(tmp_path: Path) -> None:
    sheet = _one(tmp_path, _xlsx(_marked))
    assert (sheet.hidden, sheet.struck) == ((3,), (2, 5))


def test_an_old_workbook_tells_the_same_and_its_errors(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["企业", "人数"], ["甲", old_books.Formula("#REF!")], ["乙", "#N/A"], ["丙", 3.0]]
    sheet = _one(tmp_path, old_books.container(old_books.workbook(rows, hidden=(2,), struck=(1,))), "a.xls")
    assert [row[1] for row in sheet.rows] == ["人数", "#REF!", "#N/A", "3"]
    assert (sheet.hidden, sheet.struck) == ((3,), (2,))


def test_formulas_without_a_result_are_blank_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["企业", "人数"])
    book.active.append(["甲", "=SUM(1,2)"])
    book.save(tmp_path / "x.xlsx")
    sheet = _one(tmp_path, (tmp_path / "x.xlsx").read_bytes())
    assert sheet.rows[1] == ["甲", ""] and sheet.formulas_without_value == ((2, 1),)

    def with_result(_book: Any, sheet: Any) -> None:
        sheet.write_formula(0, 0, "=1+1", None, 2)

    sheet = _one(tmp_path, _xlsx(with_result))
    assert sheet.rows == [["2"]] and sheet.formulas_without_value == ()


def test_dates_counted_from_1904_are_read_as_excel_shows_them(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime(0, 0, date(2018, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))

    assert _one(tmp_path, _xlsx(fill, {"date_1904": True})).rows == [["2018-03-01"]]
    old = old_books.workbook([[41698.0]], is_1904=True, dates=(0,))
    assert _one(tmp_path, old_books.container(old), "a.xls").rows == [["2018-03-01"]]


def _prefixed(xml: bytes) -> bytes:
    xml = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml)
    return xml.replace(b'xmlns="', b'xmlns:x="')


ODD: dict[str, Callable[[bytes], bytes]] = {
    "prefixes": _prefixed,
    "other quotes": lambda xml: re.sub(rb'r="([A-Z]+\d+)"', rb"r='\1'", xml),
    "order of attributes": lambda xml: re.sub(rb'<c (r="\w+") (s="\d+")', rb"<c \2 \1", xml),
    "no names": lambda xml: re.sub(rb'(<c) r="\w+"', rb"\1", xml),
    "no extent": lambda xml: re.sub(rb"<dimension[^>]*>", b"", xml),
}


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_sheets_written_in_another_way_tell_the_same(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    sheet = _one(tmp_path, _changed(_xlsx(_marked), "sheet1.xml", change))
    assert [row[0] for row in sheet.rows] == ["企业", "甲", "乙", "丙", "丁"]
    assert (sheet.hidden, sheet.struck) == ((3,), (2, 5))


def _stray(_book: Any, sheet: Any) -> None:
    sheet.write(0, 0, "企业名称")
    sheet.write(1_048_575, 16_383, "x")


LIES: dict[str, Callable[[bytes], bytes]] = {
    "extent": lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml),
    "row": lambda xml: xml.replace(b'<row r="1048576"', b'<row r="2"').replace(b"A1:XFD1048576", b"A1:B2"),
    **{name: ODD[name] for name in ("prefixes", "other quotes")},
}


@pytest.mark.parametrize("change", LIES.values(), ids=LIES)
def test_a_stray_cell_is_refused_whatever_the_sheet_says_of_itself(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    error = _refused(tmp_path, _changed(_xlsx(_stray), "sheet1.xml", change))
    assert error.code == "too_much" and "XFD" not in error.message and "16384列" in error.message


def test_stray_cells_of_many_sheets_count_together(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        for page in (sheet, *(book.add_worksheet() for _n in range(4))):
            page.write(0, 0, "x")
            page.write(999_999, 3, "x")

    assert _refused(tmp_path, _xlsx(fill)).code == "too_much"


def test_a_stray_cell_in_an_old_workbook_is_refused(tmp_path: Path) -> None:
    for column in (255, 65535):
        stream = old_books.workbook([["企业"]], more=old_books.cell(65535, column, 1.0))
        assert _refused(tmp_path, old_books.container(stream), "a.xls").code == "too_much"


def test_parts_that_unpack_beyond_the_bound_are_refused_whatever_they_declare(tmp_path: Path) -> None:
    data = _changed(_xlsx(_marked), "sharedStrings.xml", lambda xml: xml + b" " * 450_000_000)
    assert _refused(tmp_path, data).code == "too_much"
    said = struct.pack("<I", zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/sharedStrings.xml").file_size)
    assert data.count(said) == 2
    assert _refused(tmp_path, data.replace(said, struct.pack("<I", 5_000))).code == "too_much"


def test_one_long_text_in_very_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        for row in range(2_000):
            sheet.write_row(row, 0, ["长" * 10_000] * 10)

    monkeypatch.setattr(sheet_parts, "MOST_STRINGS", 300_000_000)
    assert _refused(tmp_path, _xlsx(fill)).code == "too_much"


def test_formats_down_to_the_last_row_do_no_harm(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        for row in range(40_000):
            sheet.write_blank(row, 600, None, bold)
        sheet.write(1, 1, "企业名称")

    sheet = _one(tmp_path, _xlsx(fill))
    assert (sheet.rows, list(sheet.row_numbers), sheet.first_column) == ([["企业名称"]], [2], 1)


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
><office:body><office:spreadsheet><table:table table:name="企业"><table:table-row><table:table-cell
 office:value-type="string"><text:p>企业名称</text:p></table:table-cell><table:table-cell {first}/></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell
 table:number-columns-repeated="16384">{rest}</table:table-cell></table:table-row></table:table></office:spreadsheet>
</office:body></office:document-content>"""


def _ods(rest: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        archive.writestr("content.xml", ODS.format(first="", rest=rest))
    return buffer.getvalue()


def test_an_open_document_is_read_and_its_repeated_cells_are_counted(tmp_path: Path) -> None:
    assert _one(tmp_path, _ods(""), "a.ods").rows[0][0] == "企业名称"
    assert _refused(tmp_path, _ods("<text:p>x</text:p>"), "a.ods").code == "too_much"
