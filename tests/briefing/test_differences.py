"""Two issues compared: what was corrected, what is new, what is said no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from briefing.differences import Difference, differences
from briefing.model import Block, Chart, Document, Fact, Missing, Paragraph, Section, Series, Table, Text
from tests.briefing.documents import document


def _blocks(found: Document, section: str, *blocks: Block) -> Document:
    sections = tuple(replace(one, blocks=blocks) if one.id == section else one for one in found.sections)
    return replace(found, sections=sections)


def _of(found: Document, section: str) -> tuple[Block, ...]:
    return next(one.blocks for one in found.sections if one.id == section)


def _table(found: Document, section: str) -> Table:
    return next(block for block in _of(found, section) if isinstance(block, Table))


def _with_cell(found: Document, section: str, row: int, column: int, text: Text) -> Document:
    table = _table(found, section)
    rows = [list(cells) for cells in table.rows]
    rows[row][column] = text
    return _blocks(found, section, replace(table, rows=tuple(map(tuple, rows))))


def test_the_same_document_differs_in_nothing() -> None:
    assert differences(document(), document()) == ()
    assert (
        differences(document(), replace(document(), generation_no=9, head=replace(document().head, issue_no="13")))
        == ()
    )


def test_a_number_that_was_corrected_is_named_with_its_question() -> None:
    [cell] = _table(document(), "indicators").rows[0][1]
    assert isinstance(cell, Fact)
    after = _with_cell(document(), "indicators", 0, 1, (Fact("91.4%", cell.origin),))
    assert differences(document(), after) == (Difference("主要指标　建会率　本期", "91.2%", "91.4%", cell.origin),)


def test_a_number_that_is_not_reported_now_is_one_difference() -> None:
    after = _with_cell(document(), "indicators", 0, 1, ("未报",))
    assert [(one.was, one.now) for one in differences(document(), after)] == [("91.2%", "未报")]


def test_communities_are_told_apart_by_their_row() -> None:
    after = _with_cell(document(), "communities", 3, 2, ("9",))
    assert [(one.what, one.was, one.now) for one in differences(document(), after)] == [
        ("社区一览表　四季花城　受理（宗）", "3", "9")
    ]
    rows = _table(document(), "communities").rows
    turned = replace(_table(document(), "communities"), rows=(*rows[1:], rows[0]))
    assert differences(document(), _blocks(document(), "communities", turned)) == ()  # another order says nothing else


def test_a_column_that_names_its_month_is_the_same_column_next_month() -> None:
    table = _table(document(), "indicators")

    def named(title: str) -> Document:
        columns = (table.columns[0], replace(table.columns[1], title=title), *table.columns[2:])
        return _blocks(document(), "indicators", replace(table, columns=columns))

    assert differences(named("2018年11月"), named("2018年12月")) == ()


def test_sentences_are_matched_by_their_id() -> None:
    paragraph = _of(document(), "overview")[0]
    assert isinstance(paragraph, Paragraph)
    first, second = paragraph.sentences
    changed = replace(second, parts=("12月受理劳资纠纷29宗。",))
    added = replace(second, id="disputes:alarm", parts=("异动提示。",))
    after = _blocks(document(), "overview", replace(paragraph, sentences=(changed, added)))
    assert differences(document(), after) == (
        Difference("总体情况", second.text, "12月受理劳资纠纷29宗。", sentence_id="disputes:received"),
        Difference("总体情况", "", "异动提示。", sentence_id="disputes:alarm"),
        Difference("总体情况", first.text, "", sentence_id="level:coverage_rate"),
    )


def test_a_past_month_that_changed_silently_comes_to_light() -> None:
    """The next issue's line moves on by a month; the months that both show must still say the same."""
    line = next(block for block in _of(document(), "trend") if isinstance(block, Chart) and block.kind == "line")
    [series] = line.series
    later = Series(
        series.title, (*series.values[1:], 0.92), ("88.0%", "95.0%", "91.2%", "92.0%"),
        replace(series.origin, month=date(2019, 3, 1)),
    )  # fmt: skip
    moved = replace(line, categories=(*line.categories[1:], "2019年3月"), series=(later,))
    before = _blocks(document(), "trend", line)
    after = _blocks(replace(document(), month=date(2019, 3, 1)), "trend", moved)
    found = [(one.what.split("　")[-1], one.was, one.now) for one in differences(before, after)]
    assert found == [("2018年9月", "未报", "95.0%"), ("2019年3月", "", "92.0%"), ("2018年3月", "87.1%", "")]


def test_a_chart_that_shows_something_else_says_so_in_its_title() -> None:
    line, area = _of(document(), "trend")
    assert isinstance(line, Chart)
    after = _blocks(document(), "trend", replace(line, title="全街道建会率持平"), area)
    found = [(one.what, one.was, one.now) for one in differences(document(), after)]
    assert found == [("图题", "全街道建会率一年提高4.1个百分点", "全街道建会率持平")]


def test_what_is_left_out_now_is_told_and_sources_are_not() -> None:
    table = replace(_table(document(), "communities"), id="sources")
    sources = Section("sources", "附：数据来源", (table,), is_annex=True)
    after = replace(
        document(), missing=(Missing("入会率", "未报"),), sections=(*document().sections, sources)
    )  # fmt: skip
    assert differences(document(), after) == (
        Difference("未列：入会率", "", "未报"), Difference("未列：区通报排名", "未填写", ""),
    )  # fmt: skip
