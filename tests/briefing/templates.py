"""A tiny real street with known numbers, and five workbooks as a district sends them, made with openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from tests.metrics import tiny

NOVEMBER, DECEMBER = date(2018, 11, 1), date(2018, 12, 1)
Values = Mapping[str, Mapping[str, Any]]  # sheet → cell → what a right filling writes there


def real_street(folder: Path) -> Path:
    """Write a street that is no sample: 岗头 25 enterprises, 24 with a union (20 in November); 3 cases, 马安堂 unreported."""
    street = tiny.blank(2, NOVEMBER, 2)
    here, there = street.communities
    for month, covered in ((NOVEMBER, 20), (DECEMBER, 24)):
        for number in range(25):
            has = number < covered
            tiny.enterprise(street, number, month, here, has_union=has, is_covered=has,
                            union_status="federation" if has else "none", workers=100)  # fmt: skip
        for community in (here, there):
            street.add("community_month", community_id=community, month=month)
            for ledger in tiny.LEDGERS:
                tiny.report(street, ledger, community, month, "received" if community == here else "missing")
    for number, day in enumerate((date(2018, 11, 5), date(2018, 12, 3), date(2018, 12, 28))):
        tiny.dispute(street, number, here, day)
    made = tiny.write(street, folder / "made").path
    real = folder / "street" / "generations"
    real.mkdir(parents=True)
    copy = Path(real / made.name)
    copy.write_bytes(made.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("update intake.generation set is_sample = false")
    return real.parent


def _merged(book: Any) -> None:
    """A merged title and a two-row head, widths, borders, a frozen head, print titles."""
    page = book.active
    page.title = "汇总表"
    page.merge_cells("A1:D1")
    page["A1"] = "2018年12月{{建会率|全街道|2018-12}}汇总（共{{辖区企业数|示例街道|2018年12月}}家）"
    page["A1"].font, page["A1"].alignment = Font(name="方正小标宋简体", size=22, bold=True), Alignment("center")
    page.merge_cells("A2:A3")
    page["A2"], page["B2"] = "社区", "建会"
    page.merge_cells("B2:C2")
    page["B3"], page["C3"] = "建会率", "企业数"
    page["A4"], page["B4"], page["C4"] = "岗头", "{{建会率|岗头|2018-12}}", "{{ 辖区企业数 | 岗头社区 | 2018.12 }}"
    page["B4"].number_format, page["C4"].number_format = "0.00%", "#,##0"
    for cell in page[4]:
        cell.border = Border(*(Side("thin"),) * 4)
    page.column_dimensions["A"].width, page.row_dimensions[1].height = 17.5, 40
    page.freeze_panes, page.print_title_rows = "B4", "1:3"


def _formulas(book: Any) -> None:
    """Formulas beside and below, a conditional format, a drop-down."""
    page = book.active
    page["A1"], page["A2"] = "{{受理劳资纠纷|岗头|2018-11}}", "｛｛受理劳资纠纷｜岗头｜2018-12｝｝"
    page["A3"], page["B1"], page["B2"] = "=SUM(A1:A2)", "=A2-A1", '=IF(A2>A1,"上升","下降")'
    page["C1"], page["C1"].number_format = "{{建会率|岗头|2018-12}}", '0.0"%"'
    page.conditional_formatting.add(
        "A1:A3", openpyxl.formatting.rule.CellIsRule("greaterThan", ["2"], font=Font(bold=True))
    )
    choice = DataValidation("list", formula1='"已核,未核"')
    page.add_data_validation(choice)
    choice.add("D1")


def _hidden(book: Any) -> None:
    """Hidden columns, rows and a hidden sheet; a comment, a fill, a filter, grouped rows."""
    page = book.active
    page["A1"], page["B1"], page["C5"] = "编码", "{{受理劳资纠纷|马安堂|2018-12}}", "{{建会率|岗头|2018-12|分子}}"
    page.column_dimensions["B"].hidden = page.row_dimensions[5].hidden = True
    page["A1"].comment, page["A1"].fill = Comment("请勿改动", "区总工会"), PatternFill("solid", fgColor="FFEEDDCC")
    page.auto_filter.ref = "A1:C5"
    page.row_dimensions.group(7, 9, hidden=True)
    other = book.create_sheet("代码")
    other.sheet_state, other["A1"] = "hidden", "{{建会率|岗头|2018-12|分母}}"


def _two_sheets(book: Any) -> None:
    """Two sheets that refer to one another, defined names, page set-up, fonts inside a cell."""
    page = book.active
    page.title, page["A1"] = "表一", "{{建会率|岗头|2018-12}}"
    other = book.create_sheet("表二")
    blank, bold = InlineFont(u="single"), InlineFont(b=True)
    other["A1"] = CellRichText(
        "填报单位：", TextBlock(blank, "  街道  "), TextBlock(bold, "{{受理劳资纠纷|岗头|2018-12|累计}}宗")
    )
    other["B1"], other["B2"] = "='表一'!A1", "{{建会率|岗头|2018-12|较上月}}"
    book.defined_names["单位"] = openpyxl.workbook.defined_name.DefinedName("单位", attr_text="'表二'!$A$1")
    other.page_setup.orientation, other.page_setup.paperSize, other.oddFooter.center.text = "landscape", 9, "第&P页"


def _protected(book: Any) -> None:
    """A protected sheet with a password, unlocked cells, a locked structure."""
    page = book.active
    page["A1"], page["B1"] = "建会率（%）", "{{coverage_rate|岗头|2018-12}}"
    page["B1"].number_format, page["B2"] = "0.00_ ", "{{受理劳资纠纷|岗头|2018-12|环比}}"
    page.protection.sheet, page.protection.password = True, "123"
    book.security = openpyxl.workbook.protection.WorkbookProtection(lockStructure=True)


Layout = tuple[Callable[[Any], None], Values]
LAYOUTS: dict[str, Layout] = {
    "merged title and head": (_merged, {"汇总表": {"A1": "2018年12月96.0%汇总（共25家）", "B4": 0.96, "C4": 25}}),
    "formulas beside": (_formulas, {"Sheet": {"A1": 1, "A2": 2, "C1": 96}}),
    "hidden columns": (_hidden, {"Sheet": {"B1": "未报", "C5": 24}, "代码": {"A1": 25}}),
    "two sheets": (_two_sheets, {"表一": {"A1": "96.0%"}, "表二": {"A1": CellRichText(
        "填报单位：", TextBlock(InlineFont(u="single"), "  街道  "), TextBlock(InlineFont(b=True), "3宗")),
        "B2": "＋16.0个百分点"}}),
    "protected": (_protected, {"Sheet": {"B1": 96, "B2": 1}}),
}  # fmt: skip


def template(write: Callable[[Any], None]) -> bytes:
    """Return a workbook as a file."""
    book = openpyxl.Workbook()
    write(book)
    return _bytes(book)


def texts(*cells: str, looks: str = "General") -> bytes:
    """Return a template with these texts below one another in column A."""

    def write(book: Any) -> None:
        for row, text in enumerate(cells, start=1):
            cell = book.active.cell(row, 1, text)
            cell.number_format = looks

    return template(write)


def by_openpyxl(data: bytes, values: Values) -> bytes:
    """Return what openpyxl alone makes of a template whose cells are set by hand."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    for sheet, cells in values.items():
        for cell, value in cells.items():
            book[sheet][cell].value = value
    return _bytes(book)


def _bytes(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name; the moment of saving, which differs, is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {info.filename: archive.read(info) for info in archive.infolist()}
    return {name: re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\1", content) for name, content in found.items()}


def replaced_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return a workbook with one part more, or another in its place."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, content)
    return stream.getvalue()
