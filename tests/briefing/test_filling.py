"""按模板填数: right numbers in the right cells, nothing else touched, and every mistake said at once."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from briefing.filling.cell_value import cell_value
from briefing.filling.fill import Filled, TemplateError, fill
from briefing.filling.found import Found
from briefing.filling.placeholders import placeholders, replaced
from briefing.filling.spots import Spot
from briefing.filling.write import _runs, write_spot
from metrics import scope
from metrics.catalogue import catalogue
from metrics.phrases import row_text
from metrics.values import Question, ask
from metrics.warehouse import open_current
from tests.briefing.templates import LAYOUTS, by_openpyxl, parts, real_street, template, texts

RATE, CASES = "{{建会率|岗头|2018-12}}", "{{受理劳资纠纷|岗头|2018-12}}"


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny street with known numbers; nothing here writes into it."""
    return real_street(tmp_path_factory.mktemp("filling"))


def _cells(filled: Filled, sheet: str = "Sheet") -> dict[str, Any]:
    page = openpyxl.load_workbook(io.BytesIO(filled.content))[sheet]
    return {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}


def _problems(street: Path, *cells: str) -> dict[str, list[str]]:
    """Return what is said of each cell of a template that cannot be filled."""
    with pytest.raises(TemplateError) as stopped:
        fill(street, texts(*cells), "区报表.xlsx")
    found: dict[str, list[str]] = {}
    for one in stopped.value.problems:
        found.setdefault(one.cell, []).append(f"{one.message}，{one.remedy}")
    return found


@pytest.mark.parametrize("name", LAYOUTS)
def test_all_but_the_cells_is_as_openpyxl_would_leave_it(name: str, street: Path) -> None:
    """Part by part, byte for byte: the very workbook that openpyxl makes of the template with these cells set by hand."""
    write, values = LAYOUTS[name]
    data = template(write)
    filled = fill(street, data, "区报表.xlsx")
    made, wanted = parts(filled.content), parts(by_openpyxl(data, values))
    assert made.keys() == wanted.keys()
    assert [part for part in wanted if made[part] != wanted[part]] == []
    assert {(cell.sheet, cell.cell) for cell in filled.cells} == {(s, c) for s in values for c in values[s]}
    assert not any(b"{{" in content for content in made.values()) and filled.notes == ()


@pytest.mark.parametrize(
    ("looks", "rate", "cases", "points", "change"),
    [
        ("General", "96.0%", 2, "＋16.0个百分点", 1),
        ("G/通用格式", "96.0%", 2, "＋16.0个百分点", 1),
        ("0.00%", 0.96, "2", 0.16, "＋1宗"),
        ("0.0", 96, 2, 16, 1),
        ("#,##0.00_ ;[Red]-#,##0.00%", 96, 2, 16, 1),
        ('0.0"%"', 96, 2, 16, 1),
        (r"0.0\%", 96, 2, 16, 1),
        ("@", "96.0%", "2", "＋16.0个百分点", "＋1宗"),
        ("yyyy-mm-dd", "96.0%", "2", "＋16.0个百分点", "＋1宗"),
    ],
)
def test_a_cell_of_its_own_follows_its_number_format(
    looks: str, rate: object, cases: object, points: object, change: object, street: Path
) -> None:
    """A ratio where the format makes per cent of it, per cent where it does not; no number that reads as another one."""
    asked = (RATE, CASES, "{{建会率|岗头|2018-12|较上月}}", " {{受理劳资纠纷|岗头|2018-12|环比}} ")
    found = _cells(fill(street, texts(*asked, looks=looks), "t.xlsx"))
    values = [pytest.approx(v, abs=1e-12) if isinstance(v, float) else v for v in (rate, cases, points, change)]
    assert list(found.values()) == values


def test_inside_a_text_it_is_text(street: Path) -> None:
    """Several in one text, each as pages show it; the text's own words and a leading = stay text."""
    asked = f"建会率{RATE}（{{{{建会率|岗头|2018-12|分子}}}}／{{{{建会率|岗头|2018-12|分母}}}}家），累计{{{{受理劳资纠纷|岗头|2018-12|累计}}}}宗"
    found = _cells(fill(street, texts(asked, f"1.{CASES}"), "t.xlsx"))
    assert found == {"A1": "建会率96.0%（24／25家），累计3宗", "A2": "1.2"}


def test_missing_is_not_zero_and_half_is_said(street: Path) -> None:
    """未报 is written as such, in a number's cell too; a sum over half the communities says so in the list."""
    filled = fill(
        street, texts("{{受理劳资纠纷|马安堂|2018-12}}", "{{受理劳资纠纷|全街道|2018-12}}", looks="0"), "t.xlsx"
    )
    assert _cells(filled) == {"A1": "未报", "A2": 2}
    assert [cell.note for cell in filled.cells] == ["", "已报1/应报2"]
    assert [cell.question.split("　")[1] for cell in filled.cells] == ["马安堂", "示例街道"]


def test_every_mistake_at_once_with_its_place(street: Path) -> None:
    """All wrong cells, and all that is wrong with one of them; the near names; a right one beside them does not count."""
    said = _problems(
        street, RATE, "{{建汇率|岗投|2018.1}}", "{{入会率|岗头|2018-12}}", f'=A1&"{RATE}"', "{{建会率|岗头|2018-12}",
        "{{建会率|岗头}}", "{{建会率|岗头|2018-12|累计}}", "{{受理劳资纠纷|岗头|2018-12|分母}}", "{{建会率|岗头|2018-12|分子|分母}}",
        "{{建会率|岗头|2018-12|上上月}}", "{{建会率|岗头|2018-13}}", "{{建会率|岗头|2020-12}}", "{{建会率|待核实|2018-12}}", "{{}}",
        "{{受理劳资纠纷|岗头|2018-12|累计|环比}}",
    )  # fmt: skip
    assert set(said) == {f"A{row}" for row in range(2, 16)}
    metric, place, month = said["A2"]
    assert "建会率（含工联会覆盖）" in metric and "岗头" in place and "无法区分1月和10月" in month
    assert "入会率（辖区口径）、入会率（已建会单位口径）" in said["A3"][0]
    words = (
        "公式",
        "花括号",
        "应写成",
        "没有累计",
        "没有分母",
        "只能写一个",
        "可用：本月",
        "不是月份",
        "现有",
        "可用：",
        "应写成",
    )
    for row, word in enumerate(words, start=4):
        assert word in said[f"A{row}"][0], said[f"A{row}"]


@pytest.mark.parametrize(
    "asked",
    ["｛｛建会率（含工联会覆盖）｜岗头｜2018年12月｝｝", "{{ coverage_rate | 岗头社区 |2018.12}}", "{{建会率(含工联会覆盖)|岗头|２０１８－１２}}",
     "{{建会率|4403070130 00|2018-12|数值|本月}}".replace(" ", ""), "{{建会率\n|岗头|2018/12|本月}}"],
)  # fmt: skip
def test_ways_to_write_the_same(asked: str, street: Path) -> None:
    """Full-width or not, id or name, with spaces or a line's end: one and the same number."""
    assert _cells(fill(street, texts(asked), "t.xlsx")) == {"A1": "96.0%"}


def test_an_alias_names_its_community(street: Path) -> None:
    """上雪 is what the street's list calls its last community."""
    assert fill(street, texts("{{建会率|上雪|2018-12}}"), "t.xlsx").cells[0].question.split("　")[1] == "马安堂"


def test_what_stands_outside_the_cells_is_named(street: Path) -> None:
    """A sheet's name, a header, a comment are not filled, and the list says so."""

    def write(book: Any) -> None:
        page = book.active
        page["A1"], page.oddHeader.left.text = CASES, RATE
        page["B1"] = "注"
        page["B1"].comment = openpyxl.comments.Comment(f"填{RATE}", "甲")
        book.create_sheet("{{x|y}}")

    found = [(one.sheet, one.where) for one in fill(street, template(write), "t.xlsx").not_filled]
    assert found == [("{{x|y}}", "工作表名称"), ("Sheet", "页眉"), ("Sheet", "B1的批注")]


def test_heads_of_tables_are_names(street: Path) -> None:
    """A table's column would no longer be called what the workbook calls it: refused; its body is filled."""

    def write(book: Any) -> None:
        page = book.active
        page["A1"], page["A2"] = RATE, CASES
        page.add_table(openpyxl.worksheet.table.Table(displayName="t", ref="A1:A2"))

    with pytest.raises(TemplateError) as stopped:
        fill(street, template(write), "t.xlsx")
    assert [(one.cell, one.message) for one in stopped.value.problems] == [("A1", "这是超级表的列名，不能填")]


def test_an_approximate_number_says_so_in_words_only() -> None:
    """约 stands in a text; a number cannot bear it."""
    found = Found("", "number", 12.0, "约12", "12", "约数", 1, "x", None)
    assert [cell_value(found, looks, False) for looks in ("0", "General", "@", "0%")] == [12, 12, "约12", "约12"]


PIECES = st.sampled_from(["建会率", RATE, CASES, "，", " ", "{单}", "\n"])


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6), st.lists(st.integers(0, 60), max_size=5))
def test_fonts_inside_a_cell_change_no_text(pieces: list[str], cuts: list[int]) -> None:
    """Wherever a text changes its font, even inside a placeholder: the filled text is that of a plain cell."""
    whole, values = "".join(pieces), {RATE: "96.0%", CASES: "2"}
    ends = sorted({min(cut, len(whole)) for cut in cuts} | {0, len(whole)})
    runs = [
        TextBlock(InlineFont(sz=8 + place), whole[a:b])
        for place, (a, b) in enumerate(zip(ends, ends[1:], strict=False))
    ]
    assert str(_runs(CellRichText(runs), values)) == replaced(whole, values)


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    """What was a text in the template is none that Excel computes afterwards."""
    cell = openpyxl.Workbook().active["A1"]
    cell.value, cell.data_type = f"={CASES}", "s"
    found = Found("", "number", 2.0, "2", "2", "", 1, "x", None)
    write_spot(Spot("Sheet", cell, cell.value, placeholders(cell.value)), {CASES: found})
    assert (cell.value, cell.data_type) == ("=2", "s")


def test_every_metric_is_filled_as_it_is_asked(sample_street: Path) -> None:
    """One number per metric, as `ask` gives it for that community alone; words where it gives none, never 0."""
    warehouse, month = open_current(sample_street), scope.default_month(open_current(sample_street))
    asked = [f"{{{{{name}|南坑|{month:%Y-%m}}}}}" for name in catalogue()]
    filled = fill(sample_street, texts(*asked, looks="0.000"), "t.xlsx")
    for cell, metric in zip(filled.cells, catalogue().values(), strict=True):
        row = ask(warehouse, Question(metric.id, (), month, None, None, (("community", ("南坑",)),))).row
        number = row.value if row.value is None else row.value * (100 if metric.is_percentage else 1)
        assert cell.value == (row_text(metric, row) if number is None else pytest.approx(number, rel=1e-9)), metric.id


def test_the_sample_marks_what_it_fills(sample_street: Path) -> None:
    """Invented numbers bear the mark on every printed sheet, beside the template's own header."""

    def write(book: Any) -> None:
        book.active["A1"], book.active.oddHeader.center.text = "{{建会率|南坑|2018-12}}", "区总工会"
        book.create_sheet("表二")

    filled = fill(sample_street, template(write), "t.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(filled.content))
    assert [page.oddHeader.center.text for page in book] == ["区总工会\n示例数据　非真实情况", "示例数据　非真实情况"]
    assert filled.is_sample and filled.cells[0].generation == open_current(sample_street).generation_id
