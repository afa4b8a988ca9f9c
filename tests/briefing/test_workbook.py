"""The workbook: every table is a printable sheet, every number a number that reads as printed, every chart native."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from briefing.compose import compose
from briefing.model import Chart, Column, Document, Fact, Section, Series, Table, Typed, plain
from briefing.printable import FIRST_ROW
from briefing.request import Request
from briefing.writers.printed_numbers import Number, number_in
from briefing.writers.workbook import workbook
from tests.briefing.documents import COVERAGE, document
from tests.briefing.office import to_pdf

MARK = "示例数据　非真实情况"
RATE = "图：建会率（含工联会覆盖）"


def shown(number: Number) -> str:
    """Return a number in its format, as a spreadsheet shows it: quoted words, #,##0, decimals, %, two signed halves."""
    halves = number.format.split(";")
    form = halves[1] if len(halves) == 2 and number.value < 0 else halves[0]
    before, digits, after = re.fullmatch(r'((?:"[^"]*")*)([#,0.%]+)((?:"[^"]*")*)', form).groups()  # type: ignore[union-attr]
    exact = abs(Decimal(repr(number.value))).scaleb(2 if digits.endswith("%") else 0)
    text = f"{exact:,.{len(digits.rstrip('%').partition('.')[2])}f}" + ("%" if digits.endswith("%") else "")
    return before.replace('"', "") + text + after.replace('"', "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("91.2%", 0.912), ("31宗", 31), ("约1,234人", 1234), ("＋0.4个百分点", 0.4), ("－4宗", -4), ("－11.4%", -0.114),
        ("3,214,000", 3214000), ("4.52", 4.52), ("0宗", 0), ("106%", 1.06), ("约91.2%", 0.912),
        ("84.9% 偏低", 0.849), ("96.0%　明显偏高", 0.96),
    ],
)  # fmt: skip
def test_printed_number_is_a_number(text: str, value: float) -> None:
    """The value is the printed one to the digit, and its format prints the text again."""
    number = number_in(text)
    assert number is not None and number.value == value
    assert shown(number) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "未报", "持平", "—", "2018年12月", "12月", "2018", "第2名（大致第1—4名）", "218/227", "91.2%（3,214家中2,931家）",
        "－4宗（－11.4%）", "不足5人，不显示", "440307013012", "1,23", "31宗，下降11.4%", "12月31日", "第12期", '3"',
    ],
)  # fmt: skip
def test_what_says_more_or_less_stays_text(text: str) -> None:
    """Days, codes, ranges and sentences are never taken for a quantity."""
    assert number_in(text) is None


@given(
    st.integers(-(10**9), 10**9),
    st.integers(0, 3),
    st.sampled_from(["", "%", "家", "个百分点", "人"]),
    st.sampled_from(["", "约"]),
)
def test_every_number_reads_as_printed(units: int, decimals: int, end: str, about: str) -> None:
    """Whatever its size, decimals, sign and measure word: value and format give the text back."""
    size = f"{abs(Decimal(units).scaleb(-decimals)):,.{decimals}f}"
    text = about + ("－" if units < 0 else "") + size + end
    number = number_in(text)
    assert number is not None and shown(number) == text


def opened(made: Document) -> Any:
    """Return a document's workbook, read again."""
    return openpyxl.load_workbook(io.BytesIO(workbook(made)))


def rows_of(page: Any) -> list[list[Any]]:
    """Return a sheet's cells."""
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_a_sheet_per_table_and_chart_then_what_it_is() -> None:
    """In the document's order; the last sheet holds marks, data version and definitions."""
    book = opened(document())
    assert book.sheetnames == ["主要指标", RATE, f"{RATE}（2）", "社区一览表", "说明"]
    about = [row[0] for row in rows_of(book["说明"])]
    assert about[0] == "坂田街道工会工作简报　2018年12月"
    assert {"内部资料　注意保存", MARK, "第12期", "数据截至2018年12月31日　数据版本8"} <= set(about)
    assert about[-1].startswith("建会率＝")
    assert book.properties.creator == "坂田街道总工会"


def test_table_is_printable_and_its_numbers_are_numbers() -> None:
    """Title with the mark, unit, date, 序号; sums set off and without a number; A4 across; numbers as printed."""
    page = opened(document())["社区一览表"]
    rows = rows_of(page)
    assert rows[0][0] == f"坂田街道社区一览表（{MARK}）"
    assert rows[1][0] == "单位：%、宗　　日期：2018年12月"
    assert rows[2] == ["序号", "社区", "建会率", "受理（宗）"]
    assert [row[0] for row in rows[3:16]] == [*range(1, 13), None]
    assert rows[15][1:] == ["全街道", 0.912, 31] and page["C16"].font.bold and not page["C15"].font.bold
    assert (page["C16"].number_format, page["D16"].number_format) == ("#,##0.0%", "#,##0")
    assert rows[16][0] == "按官方顺序排列，不列名次。"
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 9, "$3:$3")
    assert MARK in page.oddHeader.right.text and "内部资料" in page.oddHeader.left.text
    assert "数据版本8" in page.oddFooter.left.text


def test_public_version_has_no_internal_mark() -> None:
    """对外版 prints neither 内部资料 nor, with real data, the sample's mark."""
    made = document()
    head = replace(made.head, internal_mark="", sample_mark="")
    book = opened(replace(made, head=head, audience="public"))
    assert "内部资料" not in str([rows_of(page) for page in book]) and "示例" not in str([rows_of(p) for p in book])
    assert book.worksheets[0].oddHeader.left.text is None


def with_cells(*cells: Any) -> Any:
    """Return the one sheet of a document whose only table has these cells in a text and a number column."""
    columns = (Column("名称"), Column("数", "right"))
    table = Table("t", "表", columns, tuple(((a,), (b,)) for a, b in cells))
    return opened(replace(document(), sections=(Section("t", "表", (table,)),), footnotes=()))["表"]


def test_names_are_never_formulas_nor_numbers() -> None:
    """A typed name that looks like a formula is quoted, one of digits stays text; our own ＋ and － stay bare."""
    change = Fact("－4宗（－11.4%）", COVERAGE)
    page = with_cells((Typed("=HYPERLINK(1)"), change), ("31", Fact("持平", COVERAGE)), ("@甲", "＝1+1"))
    cells = rows_of(page)[FIRST_ROW:]
    assert [row[1:3] for row in cells[:3]] == [
        ["'=HYPERLINK(1)", "－4宗（－11.4%）"],
        ["31", "持平"],
        ["'@甲", "'＝1+1"],
    ]
    assert {cell.data_type for row in page.iter_rows(min_row=4, min_col=2) for cell in row} <= {"s", "n"}
    assert page["B5"].data_type == "s"


def test_missing_is_no_number() -> None:
    """未报 stays a word: neither an empty cell nor a zero."""
    page = with_cells(("第五园", Fact("未报", COVERAGE)), ("南坑", ""))
    assert [row[2] for row in rows_of(page)[FIRST_ROW : FIRST_ROW + 2]] == ["未报", None]


def test_sheet_names_are_ones_that_excel_takes() -> None:
    """Too long, equal, or with signs that Excel refuses: each sheet still has a name of its own."""
    titles = ("纠纷[分案由]/月度?" + "很" * 40, "同名", "同名", "")
    tables = tuple(Table(f"t{n}", title, (Column("名称"),), ((("甲",),),)) for n, title in enumerate(titles))
    names = opened(replace(document(), sections=(Section("s", "附表", tables),))).sheetnames
    assert names[0].startswith("纠纷分案由月度很") and len(names[0]) == 31
    assert names[1:4] == ["同名", "同名（2）", "附表"]


def test_community_stands_in_the_title() -> None:
    """A profile's tables say whose they are."""
    page = opened(replace(document(), community_id="440307013010", community="南坑"))["主要指标"]
    assert page["A1"].value == f"坂田街道南坑社区主要指标（{MARK}）"


def charts_in(content: bytes) -> list[str]:
    """Return the charts of a workbook as XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = sorted(name for name in parts.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name))
        return [parts.read(name).decode() for name in names]


def test_charts_are_native_and_draw_the_sheet_s_numbers() -> None:
    """Line: the series' values, a gap where 未报, the goal, the mark inside; the map's communities as bars."""
    content = workbook(document())
    line, bars = charts_in(content)
    assert "<c:lineChart>" in line and "dispBlanksAs" not in line, "a gap is what a chart does unless told otherwise"
    assert f"'{RATE}'!$C$4:$C$7" in line and "全街道建会率一年提高4.1个百分点" in line and MARK in line
    assert "<c:barChart>" in bars and '<c:min val="0"/>' in bars and "$C$4:$C$15" in bars
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = rows_of(book[RATE])
    assert rows[2][:5] == ["序号", "期间", "建会率", "目标90%", "备注"]
    assert [row[2] for row in rows[3:7]] == [0.871, 0.88, None, 0.912]
    assert [row[4] for row in rows[3:7]] == [None, None, "未报", None]
    area = rows_of(book[f"{RATE}（2）"])
    assert [row[2:4] for row in area[5:8]] == [
        [pytest.approx(0.82), "加框"],
        [pytest.approx(0.83), None],
        [None, "未报"],
    ]
    assert area[15][0] == "社区位置示意图，非行政区域界线"


def test_lines_differ_without_colour_and_say_who_did_not_report() -> None:
    """Two series have different dashes; the remark names the series without a number; the normal range has two ends."""
    made = document()
    chart = next(made.charts())
    other = Series("入会率", (0.8, None, None, 0.887), ("80.0%", "未报", "未报", "88.7%"), COVERAGE)
    band = ((0.8, 0.9), (None, None), (0.8, 0.9), (0.8, 0.9))
    both = replace(chart, series=(*chart.series, other), band=band, goal=None)
    content = workbook(replace(made, sections=(Section("trend", "走势", (both,)),)))
    dashes = re.findall(r'<a:prstDash val="(\w+)"/>', charts_in(content)[0])
    assert charts_in(content)[0].count("<c:ser>") == 4 and "dash" in dashes
    rows = rows_of(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0])
    assert rows[2][2:7] == ["建会率", "入会率", "正常波动范围下限", "正常波动范围上限", "备注"]
    assert rows[4][4:7] == [None, None, "入会率：未报"] and rows[5][6] == "建会率：未报；入会率：未报"


def test_marked_points_are_said_and_drawn() -> None:
    """A month with reports missing is hatched, one beyond the normal range framed, and both are said beside the row."""
    made = document()
    marks = ("partial", "higher", "", "carried")
    texts = ("1宗", "2宗", "未报", "1,234宗")
    line = Series("全街道", (1.0, 2.0, None, 1234.0), texts, COVERAGE, marks)
    bars = replace(next(made.charts()), kind="bar", series=(line,), band=((0.5, 3.0),) * 4, goal=None, unit="宗")
    content = workbook(replace(made, sections=(Section("trend", "走势", (bars,)),)))
    rows = rows_of(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0])
    assert [row[5] for row in rows[3:7]] == ["有社区未报", "超出正常波动", "未报", "沿用上一期名册"]
    [drawn] = charts_in(content)
    assert drawn.count("<c:dPt>") == 3 and '<a:pattFill prst="wdUpDiag">' in drawn
    assert "<c:barChart>" in drawn and "<c:lineChart>" in drawn, "the range is lines, the number is bars"
    community = replace(bars, band=())
    content = workbook(replace(made, sections=(Section("trend", "走势", (community,)),)))
    assert rows_of(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0])[4][3] == "偏高"


@pytest.mark.parametrize(
    ("values", "most"), [((0.8, 1.0, None, 0.9), '<c:max val="1"/>'), ((0.8, 1.12, None, 0.9), "")]
)
def test_bars_begin_at_zero_and_a_share_ends_at_all(values: tuple[float | None, ...], most: str) -> None:
    """A bar's length is its number; a share of a whole has no scale beyond 100%, a task that is overfulfilled has."""
    made = document()
    line = Series("全街道", values, tuple("" if v is None else f"{v:.0%}" for v in values), COVERAGE)
    bars = replace(next(made.charts()), kind="bar", series=(line,), goal=None)
    [drawn] = charts_in(workbook(replace(made, sections=(Section("trend", "走势", (bars,)),))))
    assert '<c:min val="0"/>' in drawn and (most in drawn if most else "<c:max" not in drawn)


REAL = (
    Request("月报", date(2018, 12, 1)),
    Request("情况通报", date(2018, 12, 1)),
    Request("年度总结", date(2018, 12, 1), audience="public"),
    Request("专报", date(2018, 12, 1), community="第五园"),
    Request("专报", date(2018, 12, 1), topic="disputes_received", audience="public"),
)


def reads(cell: Any) -> str:
    """Return a cell as Excel shows it."""
    if cell.value is None:
        return ""
    return shown(Number(cell.value, cell.number_format)) if cell.data_type == "n" else str(cell.value)


def blocks_of(made: Document) -> list[Any]:
    """Return a document's tables and charts in order: one sheet each."""
    return [block for section in made.sections for block in section.blocks if isinstance(block, Table | Chart)]


@pytest.mark.parametrize(
    "asked", REAL, ids=lambda asked: f"{asked.kind}-{asked.audience}-{asked.community}{asked.topic}"
)
def test_every_number_of_a_real_document_reads_as_printed(asked: Request, sample_street: Path) -> None:
    """Each cell of each table is its printed text again, numbers as numbers; each chart's number is the printed one."""
    made = compose(sample_street, asked)
    book = opened(made)
    blocks = blocks_of(made)
    assert len(book.worksheets) == len(blocks) + 1 and blocks
    for page, block in zip(book.worksheets, blocks, strict=False):
        if isinstance(block, Table):
            check_table(page, block)
        else:
            check_series(page, block)


def check_table(page: Any, table: Table) -> None:
    """Compare every cell of a table with the printed text."""
    for at, row in enumerate(table.rows):
        for index, (text, column) in enumerate(zip(row, table.columns, strict=True)):
            cell = page.cell(FIRST_ROW + 1 + at, index + 2)
            assert reads(cell) == plain(text), (table.title, at, index)
            is_number = column.align == "right" and number_in(plain(text)) is not None
            assert (cell.data_type == "n" and cell.value is not None) is is_number or not plain(text)


def check_series(page: Any, chart: Chart) -> None:
    """Compare every number of a chart with the printed text; one that is missing is an empty cell with its reason."""
    for index, line in enumerate(chart.series):
        for at, (value, text) in enumerate(zip(line.values, line.texts, strict=True)):
            cell = page.cell(FIRST_ROW + 1 + at, index + 3)
            assert (cell.value is None) is (value is None), (chart.title, at)
            assert value is None or reads(cell) == text, (chart.title, at)


@pytest.mark.office
def test_opens_in_libreoffice_and_reads_as_printed(tmp_path: Path) -> None:
    """Every sheet opens as a page, and every printed number of the document stands there as printed."""
    path = tmp_path / "简报.xlsx"
    path.write_bytes(workbook(document()))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(path))).pages]
    assert len(pages) == 5
    text = "".join(pages).replace("\n", "")
    for printed in ("91.2%", "31宗", "＋0.4个百分点", "90%", "未报", "全街道", "第1页，共5页"):
        assert printed in text, printed
