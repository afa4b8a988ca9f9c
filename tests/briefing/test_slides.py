"""Slides: native charts and tables with the document's numbers, every text, nothing beyond the slide's edge."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE

from briefing.figures.canvas import is_monthly
from briefing.model import Chart, Column, Document, Paragraph, Section, Sentence, Series, Table, plain
from briefing.writers import slide_charts, slide_deck, slide_looks, slide_tables
from briefing.writers.slides import slides
from tests.briefing.documents import COVERAGE, RECEIVED, document

MONTHS = tuple(f"{year}年{month}月" for year in (2017, 2018) for month in range(1, 13))
TEXTS = tuple(f"{n}宗" for n in range(20, 43)) + ("未报",)
COUNTS = (*(float(n) for n in range(20, 43)), None)
MARKS = ("", "partial", "higher", "lower") + ("",) * 20
BARS = Chart(
    "bars", "12月受理31宗", "bar", "宗", MONTHS, (Series("全街道", COUNTS, TEXTS, RECEIVED, MARKS),), "各月宗数",
    notes=("加框：超出正常波动",), band=((2.5, 40.0),) * 24,
)  # fmt: skip
DOTS = Chart(
    "dots", "第五园偏低", "bar", "%", ("岗头", "第五园", "南坑"),
    (
        Series("建会率", (0.9, 0.8491, None), ("约90.0%", "84.9%", "未报"), COVERAGE, ("", "lower", "")),
        Series("全街道", (0.91,) * 3, ("91.0%",) * 3, COVERAGE),
    ),
    "各社区建会率", goal=0.9, goal_text="目标90%", is_percentage=True,
)  # fmt: skip


def full() -> Document:
    """Return the document by hand with bars over months and bars by name."""
    made = document()
    return replace(made, sections=(*made.sections, Section("more", "图", (BARS, DOTS))))


@pytest.fixture(scope="module")
def made() -> Any:
    """Return the deck as PowerPoint would open it."""
    return Presentation(io.BytesIO(slides(full())))


def charts(deck: Any) -> dict[str, Any]:
    """Return the native charts by the title of their slide."""
    return {s.shapes.title.text: shape.chart for s in deck.slides for shape in s.shapes if shape.has_chart}


def texts(deck: Any) -> Iterator[str]:
    """Yield every text of the slides' shapes and tables."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


def test_every_sentence_cell_and_chart_title_is_there(made: Any) -> None:
    """What the document says, the deck says, with responsible units, notes and definitions."""
    found = "\n".join(texts(made))
    for text in full().texts():
        assert plain(text) in found
    for chart in full().charts():
        assert chart.title in found
    assert "（责任单位：第五园社区工联会）" in found and "按官方顺序排列，不列名次。" in found
    assert "建会率＝已建会（含工联会覆盖）企业数÷辖区企业数" in found and "单位：%、宗" in found


def test_the_opening_slide(made: Any) -> None:
    """It says what the deck is, of when, by whom, which issue."""
    opening = made.slides[0]
    found = [shape.text_frame.text for shape in opening.shapes if shape.has_text_frame]
    assert opening.shapes.title.text == "坂田街道工会工作简报"
    assert {"2018年12月", "坂田街道总工会　第12期　2019年1月5日"} <= set(found)


def test_each_slide_has_one_title_and_the_marks(made: Any) -> None:
    """Every slide bears its title first in reading order, the sample's mark, the internal mark, the data version, its number."""
    for number, slide in enumerate(made.slides, start=1):
        assert slide.shapes[0] == slide.shapes.title and slide.shapes.title.text
        found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for mark in ("示例数据　非真实情况", "内部资料　注意保存", "数据截至2018年12月31日　数据版本8"):
            assert found.count(mark) == 1
        assert f"{number}" in found and 'type="slidenum"' in slide.shapes[-1]._element.xml
    assert (made.slide_width, made.slide_height) == (12191695, 6858000)


def test_a_public_deck_of_a_real_street_bears_no_mark() -> None:
    """Marks are the head's: where it has none there are none, and no empty boxes."""
    head = replace(document().head, internal_mark="", sample_mark="")
    found = list(texts(Presentation(io.BytesIO(slides(replace(document(), head=head))))))
    assert not any("内部资料" in text or "示例数据" in text for text in found)


def test_messages_are_titles(made: Any) -> None:
    """A short first sentence and a chart's title are titles with the section above; else the section's heading is."""
    titles = [slide.shapes.title.text for slide in made.slides]
    assert "截至2018年12月末，全街道建会率91.2%（3,214家中2,931家），比上月提高0.4个百分点。" in titles
    assert {"全街道建会率一年提高4.1个百分点", "二、主要指标", "三、需关注事项", "附表　社区一览表"} <= set(titles)
    kickers = [shape.text_frame.text for slide in made.slides for shape in slide.shapes if shape.name == "章节"]
    assert kickers == ["一、总体情况", "四、走势", "四、走势", "五、图", "五、图"]


def test_a_short_sentence_is_its_tables_message() -> None:
    """A sentence before a table is the slide's title, what stands after the table its note; a long one has its own slide."""
    table = _long_table(3)
    short, long = (Paragraph((Sentence("s", (text,)),)) for text in ("第五园偏低。", "很长" * 40))
    for before, wanted in ((short, ["第五园偏低。"]), (long, ["一、各社区情况", "长表"])):
        section = Section("topic", "各社区情况", (before, table, Paragraph((Sentence("e", ("最大企业占48%。",)),))))
        made = Presentation(io.BytesIO(slides(replace(document(), sections=(section,), footnotes=()))))
        assert [slide.shapes.title.text for slide in made.slides][1:] == wanted
        assert "最大企业占48%。" in list(texts(made)) and "长表" in "".join(texts(made))


def workbook(chart: Any) -> list[list[Any]]:
    """Return the rows of a chart's embedded workbook."""
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_charts_are_native_with_their_numbers(made: Any) -> None:
    """Each chart but the map is a chart part whose workbook holds the series' values to the digit, gaps as gaps."""
    found = charts(made)
    wanted = [chart for chart in full().charts() if chart.kind != "map"]
    assert set(found) == {chart.title for chart in wanted}
    for chart in wanted:
        rows = workbook(found[chart.title])
        levels = 2 if is_monthly(chart) else 1
        columns = [[row[levels + at] for row in rows] for at in range(len(rows[0]) - levels)]
        for (name, values), (head, *cells) in zip(slide_charts.columns(chart), columns, strict=True):
            assert head == name and tuple(cells) == values
        if chart.kind == "line" or is_monthly(chart):
            assert slide_charts.columns(chart)[0] == (chart.series[0].title, chart.series[0].values)


def test_kinds_of_charts(made: Any) -> None:
    """Levels are lines, months columns with their range as lines over them, names lying bars with the street below."""
    found = charts(made)
    line, bars, dots = (found[title] for title in ("全街道建会率一年提高4.1个百分点", BARS.title, DOTS.title))
    assert line.chart_type == XL_CHART_TYPE.LINE and [s.name for s in line.plots[0].series] == [
        "建会率",
        "目标90%",
    ]
    assert [type(plot).__name__ for plot in bars.plots] == ["BarPlot", "LinePlot"]
    assert [one.name for one in bars.plots[1].series] == ["正常波动范围下限", "正常波动范围上限"]
    assert dots.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    assert list(dots.plots[0].categories) == ["岗头", "第五园", "南坑（未报）", "全街道"]
    assert list(bars.plots[0].categories) == [f"{month}月" for _year in (2017, 2018) for month in range(1, 13)]


def labels(series: Any) -> dict[int, str]:
    """Return the written labels of a series by point."""
    found = series._element.xpath("c:dLbls/c:dLbl")
    return {int(one.xpath("c:idx/@val")[0]): "".join(one.xpath(".//a:t/text()")) for one in found}


def test_labels_are_the_printed_texts(made: Any) -> None:
    """Labels say what the document prints (约, 偏低), never what a number format would make of it."""
    found = charts(made)
    assert labels(found[DOTS.title].plots[0].series[0]) == {0: "约90.0%", 1: "84.9%　偏低", 3: "91.0%"}
    bars = labels(found[BARS.title].plots[0].series[0])
    assert len(bars) == 23 and bars[0] == "20"


def test_a_gap_over_months_is_said_below() -> None:
    """Under an axis of months there is no room for 未报: a note names the months."""
    deck = Presentation(io.BytesIO(slides(full())))
    assert any("未报：2018年12月" in text and "加框：超出正常波动" in text for text in texts(deck))


def test_incomplete_and_unusual_months_look_different(made: Any) -> None:
    """Hatched is incomplete, framed and coloured stands out, the newest is in colour: also in grey print."""
    series = charts(made)[BARS.title].plots[0].series[0]
    points = {int(p.xpath("c:idx/@val")[0]): p.xml for p in series._element.xpath("c:dPt")}
    assert "pattFill" in points[1] and "C2620E" in points[2] and "2B63A8" in points[3]
    assert 'w="19050"' in points[2] and "1F6F8B" in points[23]


@pytest.mark.parametrize(
    ("unit", "texts_", "wanted"),
    [("%", ("91.2%", "约8%"), "#,##0.0%"), ("宗", ("1,234宗",), "#,##0"), ("宗", ("4.52宗", "约0.10宗"), "#,##0.00")],
)
def test_number_formats(unit: str, texts_: tuple[str, ...], wanted: str) -> None:
    """The workbook shows as many decimals as the document prints."""
    series = Series("甲", (1.0,) * len(texts_), texts_, COVERAGE)
    names = ("甲", "乙")[: len(texts_)]
    chart = Chart("c", "题", "line", unit, names, (series,), "替", is_percentage=unit == "%")
    assert slide_looks.number_format(chart) == wanted


def test_alternative_texts(made: Any) -> None:
    """Every chart, table and picture says what it shows; pictures are maps alone."""
    pictures = 0
    for slide in made.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.PICTURE:
                alt = shape._element.xpath(".//p:cNvPr/@descr")[0]
                assert alt and not alt.endswith(".png")
                pictures += shape.shape_type == MSO_SHAPE_TYPE.PICTURE
    assert pictures == 1


def test_nothing_reaches_beyond_the_slide(made: Any) -> None:
    """Every shape lies within the slide, and nothing lies over the foot but the foot."""
    foot = int((slide_deck.TALL - 0.5) * 914400)
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert shape.left + shape.width <= made.slide_width and shape.top + shape.height <= made.slide_height
            assert shape.top >= foot or shape.top + shape.height <= foot, (shape.name, slide.shapes.title.text)


def _long_table(count: int, note: str = "注") -> Table:
    columns = (Column("社区", width=2.0), Column("建会率", "right"), Column("说明", "left", 3.0))
    rows = tuple(((f"第{n}社区",), (f"{n}.0%",), ("较长的说明" * 12,)) for n in range(count))
    return Table("t", "长表", columns, rows, "单位：%", (note,), total_rows=1)


def test_a_long_table_goes_on_with_its_head() -> None:
    """Rows are shared out evenly, none is lost, each slide has the head, the note and the numbering."""
    table = _long_table(31)
    made: Any = Presentation(io.BytesIO(slides(replace(document(), sections=(Section("t", "附表", (table,), True),)))))
    grids = [(s.shapes.title.text, shape) for s in made.slides for shape in s.shapes if shape.has_table]
    assert len(grids) > 1 and grids[0][0].startswith("长表（1/")
    cells = [[[cell.text for cell in row.cells] for row in shape.table.rows] for _title, shape in grids]
    assert all(rows[0] == ["社区", "建会率", "说明"] for rows in cells)
    assert [row[0] for rows in cells for row in rows[1:]] == [f"第{n}社区" for n in range(31)]
    sizes = [len(rows) for rows in cells]
    assert max(sizes) - min(sizes) <= len(cells)
    for _title, shape in grids:
        assert shape.top + shape.height < made.slide_height * 0.92


def test_a_small_table_is_large() -> None:
    """The size falls only where the table would not fit otherwise or numbers would be parted."""
    deck = slide_deck.Deck.of(document())
    small = next(document().tables())
    assert slide_tables._points(deck, small) == slide_tables.POINTS[0]
    assert slide_tables._points(deck, _long_table(60)) == slide_tables.READABLE


def test_long_texts_go_on_another_slide() -> None:
    """Sentences that would run over the foot stand on a next slide that says it goes on; a list keeps its numbers."""
    items = tuple(Paragraph((Sentence(f"s:{n}", ("职工" * 60, f"第{n}项。")),), True) for n in range(1, 8))
    made = Presentation(io.BytesIO(slides(replace(document(), sections=(Section("a", "需关注事项", items),)))))
    titles = [slide.shapes.title.text for slide in made.slides]
    assert titles[1:3] == ["一、需关注事项", "需关注事项（续）"]
    found = [text for text in texts(made) if text.startswith(tuple("1234567"))]
    assert [text[:2] for text in found if len(text) > 9] == [f"{n}." for n in range(1, 8)]


def test_sources_stand_in_the_notes_not_on_slides() -> None:
    """附：数据来源 is no slide; the notes of each slide say definition, source and data version."""
    sources = Section("sources", "附：数据来源", (Table("s", "数据来源", (Column("指标"),), ((("甲",),),)),), True)
    made = Presentation(io.BytesIO(slides(replace(document(), sections=(*document().sections, sources)))))
    assert not any("数据来源" in slide.shapes.title.text for slide in made.slides)
    notes = [slide.notes_slide.notes_text_frame.text for slide in made.slides]
    assert all(notes) and "建会率（含工联会覆盖）＝" in notes[1] and "企业台账" in notes[1] and "数据版本8" in notes[1]
    assert "替" not in notes[1] and any("建会率由87.1%到91.2%" in note for note in notes)


def test_only_office_fonts_are_named() -> None:
    """微软雅黑 for all, in theme and texts; none of the template's own fonts, and none embedded."""
    with zipfile.ZipFile(io.BytesIO(slides(full()))) as archive:
        xml = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")}
        assert not [name for name in archive.namelist() if "font" in name.lower()]
    faces = {face for text in xml.values() for face in re.findall(r'typeface="([^"]+)"', text)}
    assert {face for face in faces if not face.startswith("+")} == {"微软雅黑"}
    assert "Calibri" not in "".join(xml.values())


def test_the_files_own_facts() -> None:
    """Title, office and data version stand in the file's properties; nothing is the template's."""
    known = Presentation(io.BytesIO(slides(full()))).core_properties
    assert (known.title, known.author) == ("坂田街道工会工作简报　2018年12月", "坂田街道总工会")
    assert known.comments == "数据截至2018年12月31日　数据版本8" and known.last_modified_by == "坂田街道总工会"


def test_texts_are_never_markup() -> None:
    """Angle brackets, ampersands and control characters in typed texts neither break the file nor vanish."""
    said = "<b>甲</b> & “乙” ]]> \\"
    section = Section("a", "甲<&", (Paragraph((Sentence("s", (said * 3,)),)),))
    made = Presentation(io.BytesIO(slides(replace(document(), sections=(section,)))))
    assert said * 3 in "\n".join(texts(made))


@pytest.mark.parametrize(
    ("text", "inches", "wanted"), [("", 1, 1), ("甲" * 10, 1, 3), ("甲" * 6, 2, 1), ("1" * 10, 1, 2)]
)
def test_lines_are_counted_carefully(text: str, inches: float, wanted: int) -> None:
    """At 20 points an inch holds three Chinese characters or five figures."""
    assert slide_deck.lines(text, inches, 20) == wanted


def test_titles_shrink_before_they_overflow() -> None:
    """A long title gets smaller letters, never under 16 points."""
    assert slide_deck.fitting("短", 12, 26) == 26
    assert 16 <= slide_deck.fitting("长" * 80, 12, 26) < 26 and slide_deck.fitting("长" * 900, 12, 26) == 16
