"""Footnotes in the Word file: real ones, at the words that they explain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from briefing.model import Document, Fact, Section, Table
from briefing.writers.word import word
from briefing.writers.word_text import Noted, spellings
from tests.briefing.documents import COVERAGE, document
from tests.briefing.reading_word import BODY, WordFile, section_of, text_of, unpacked, value


@pytest.fixture(scope="module")
def made() -> Document:
    """Return the document by hand."""
    return document()


def _with_notes(made: Document, *notes: str) -> WordFile:
    return unpacked(word(replace(made, footnotes=notes)))


def test_footnotes_are_real_and_stand_at_their_words(made: Document) -> None:
    """A definition's mark stands at the table's name for it, numbered in the order of print."""
    found = _with_notes(made, "受理劳资纠纷＝本月受理的宗数", "建会率（含工联会覆盖）＝已建会企业数÷企业数")
    notes = [text_of(note) for note in found.xml("word/footnotes.xml")]
    assert notes == ["", "", "建会率（含工联会覆盖）＝已建会企业数÷企业数", "受理劳资纠纷＝本月受理的宗数"]
    marks = [
        (text_of(mark.getparent().getparent()), mark.get(qn("w:id")))
        for mark in found.xml(BODY).iter(qn("w:footnoteReference"))
    ]
    assert marks == [("建会率", "1"), ("受理劳资纠纷", "2")]
    assert value(section_of(found), "w:footnotePr/w:numFmt") == "decimalEnclosedCircle"


def test_a_footnote_without_its_word_is_not_lost(made: Document) -> None:
    """It stands as a note at the end of the body, before the annexes."""
    printed = list(_with_notes(made, "隐患线索＝本月上报的条数").paragraphs())
    at = printed.index(("Note", "隐患线索＝本月上报的条数"))
    assert at < printed.index(("AnnexFirst", "附表　社区一览表"))


@pytest.mark.parametrize(
    ("text", "notes", "at"),
    [
        ("单独建会率", ("建会率＝…",), 5),
        ("单独建会率", ("建会率＝…", "单独建会率（25人以上企业）＝…"), 5),
        ("受理劳资纠纷", ("受理＝…", "受理劳资纠纷＝…"), 6),
        ("建会率（含工联会覆盖）", ("建会率（含工联会覆盖）：…",), 11),
        ("建会率", ("建会率（含工联会覆盖）：…",), 3),
        ("会员数", ("建会率＝…",), None),
    ],
)
def test_where_a_footnote_belongs(text: str, notes: tuple[str, ...], at: int | None) -> None:
    """The longest name wins; 建会率 is not marked inside 单独建会率 where that has its own."""
    found = Noted(list(notes)).after(text)
    assert (found and found[0]) == at
    if at and len(notes) == 2:
        assert found and found[1] == notes[1]


def test_spellings() -> None:
    """A name in full, and without its brackets; a note that begins with a bracket has no empty name."""
    assert spellings("入会率（辖区口径）＝a÷b") == ("入会率（辖区口径）", "入会率")
    assert spellings("（注）＝a") == ("（注）",)


def test_numbers_never_share_a_paragraph_with_a_footnote(made: Document) -> None:
    """LibreOffice moves bookmarks that follow a footnote's mark, so a number would seem edited."""
    cell = Table("t", "表", made.sections[1].blocks[0].columns[:1], ((("建会率", Fact("1家", COVERAGE)),),))  # type: ignore[union-attr]
    found = _with_notes(replace(made, sections=(Section("s", "表一", (cell,)),)), "建会率＝…")
    assert not list(found.xml(BODY).iter(qn("w:footnoteReference")))
