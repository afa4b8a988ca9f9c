"""Tables and pictures in the Word file."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import Any

import pytest
from docx.oxml.ns import qn

from briefing.model import Column, Document, Section, Table
from briefing.writers import columns, word_looks
from briefing.writers.word import word
from tests.briefing.reading_word import BODY, WordFile, unpacked, value


def _tables(file: WordFile) -> list[Any]:
    return list(file.xml(BODY).iter(qn("w:tbl")))


def test_tables_are_native(file: WordFile, made: Document) -> None:
    """The head row comes again on each page, no row breaks, the width is the type area's, numbers stand right."""
    tables = _tables(file)[:-1]
    assert len(tables) == len(list(made.tables()))
    for table, block in zip(tables, made.tables(), strict=True):
        rows = list(table.iter(qn("w:tr")))
        assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * (
            len(rows) - 1
        )
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        assert sum(widths) == word_looks.AREA_WIDTH
        wanted = columns.shares(block, word_looks.AREA_WIDTH / 210)
        assert [width / sum(widths) for width in widths] == pytest.approx(wanted, abs=0.001)
        first = [value(p, "w:pPr/w:pStyle") for p in rows[1].iter(qn("w:p"))]
        assert first == [{"left": "TableLeftKept", "right": "TableRightKept"}.get(c.align) for c in block.columns]


def test_totals_stand_apart(file: WordFile) -> None:
    """合计 in 黑体 under a thicker line; a table without totals has none."""
    without, with_total, _foot = _tables(file)
    last = [value(p, "w:pPr/w:pStyle") for p in list(with_total.iter(qn("w:tr")))[-1].iter(qn("w:p"))]
    assert last == ["TableLeftTotalKept", "TableRightTotalKept", "TableRightTotalKept"]
    assert value(with_total, "w:tblPr/w:tblLook", "w:lastRow") == "1"
    assert value(without, "w:tblPr/w:tblLook", "w:lastRow") == "0"
    assert not [p for p in without.iter(qn("w:pStyle")) if "Total" in p.get(qn("w:val"))]


@pytest.mark.parametrize(
    ("rows", "notes", "kept"),
    [
        (3, (), [True, True, False]),
        (2, ("注",), [True, True]),
        (7, (), [True, False, False, False, False, True, False]),
        (7, ("注",), [True, False, False, False, False, True, True]),
    ],
)
def test_short_tables_stay_on_one_page(made: Document, rows: int, notes: tuple[str, ...], kept: list[bool]) -> None:
    """With their notes; a long one may break, but not after its first row or before its last."""
    short = Table("t", "", (Column("甲"),), tuple((("一",),) for _ in range(rows)), notes=notes)
    file = unpacked(word(replace(made, sections=(Section("a", "甲", (short,)),))))
    cells = [style for style, text in file.paragraphs() if text == "一"]
    assert [style.endswith("Kept") for style in cells] == kept
    assert file.style("TableLeftKept").find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    assert file.style("TableLeft").find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is None


def test_a_table_under_its_heading_has_room(made: Document) -> None:
    """Without title and unit of its own it would touch the heading; the heading stays with it."""
    bare = Table("t", "甲", (Column("乙"),), ((("一",),),))
    file = unpacked(word(replace(made, sections=(Section("a", "甲", (bare,)),))))
    styles = [style for style, _text in file.paragraphs()]
    assert styles[styles.index("Heading1") :][:3] == ["Heading1", "GapAbove", "TableHead"]
    assert file.style("GapAbove").find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def test_a_wide_table_is_small(made: Document) -> None:
    """Where texts would not stand side by side in 五号 they are 小五; a narrow table stays as it is."""
    wide = Table(
        "t", "", tuple(Column(f"第{n}列的名称") for n in range(7)), (tuple(("一二三四五六",) for _ in range(7)),)
    )
    sections = (Section("a", "甲", (wide,)), made.sections[1])
    styles = {style for style, _text in unpacked(word(replace(made, sections=sections))).paragraphs()}
    assert {"SmallHead", "SmallLeft", "TableHead", "TableLeft", "TableRight"} <= styles
    assert value(unpacked(word(made)).style("SmallLeft"), "w:rPr/w:sz") == "18"


def test_pictures(file: WordFile, made: Document) -> None:
    """156 mm wide at 300 dpi, with words for who cannot see them."""
    pictures = [content for name, content in file.parts.items() if name.endswith(".png")]
    charts = list(made.charts())
    assert len(pictures) == len(charts)
    for picture in pictures:
        (width,) = struct.unpack(">I", picture[16:20])
        assert width / (156 / 25.4) == pytest.approx(300, abs=2)
    inlines = list(file.xml(BODY).iter(qn("wp:inline")))
    assert [inline.find(qn("wp:docPr")).get("descr") for inline in inlines] == [chart.alt for chart in charts]
    assert [inline.find(qn("wp:docPr")).get("id") for inline in inlines] == [str(n + 1) for n in range(len(inlines))]
    extents = {int(inline.find(qn("wp:extent")).get("cx")) for inline in inlines}
    assert extents == {156 * 36000}
