"""What the Word file says: every text and every number of the document, its marks, its properties."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from briefing import origins
from briefing.model import Document, Fact, Paragraph, Section, Sentence, Table, plain
from briefing.writers import WRITERS, wording
from briefing.writers.word import word
from tests.briefing.documents import COVERAGE
from tests.briefing.reading_word import BODY, WordFile, text_of, unpacked, value


def _texts(made: Document) -> list[str]:
    """Return everything that the document says, as the writers number it."""
    found = []
    for title, section in wording.headed(made):
        found.append(title)
        for number, block in zip(wording.numbers(section), section.blocks, strict=True):
            if isinstance(block, Paragraph):
                texts = "".join(s.text + wording.responsible(s) for s in block.sentences)
                found.append(texts if number is None else f"{number}.{texts}")
            elif isinstance(block, Table):
                found += [wording.caption(section, block), block.unit, *(column.title for column in block.columns)]
                found += [*(plain(cell) for row in block.rows for cell in row), *block.notes]
            else:
                found.append(block.title)
    return found


def test_every_text_is_in_it_in_order(file: WordFile, made: Document) -> None:
    """Headings with their numbers, items with theirs, tables, notes, titles of charts; nothing twice, nothing else."""
    head = made.head
    above = [head.internal_mark, head.title, head.issue_no, head.office + head.issued_on, head.subtitle, head.data_line]
    printed = [text for _style, text in file.paragraphs() if text]
    assert printed == [*above, *filter(None, _texts(made)), *wording.foot(head)]


def test_headings_and_annexes(file: WordFile) -> None:
    """Sections are level 1 of the outline (Word's 导航); the first annex begins a page."""
    styles = {text: style for style, text in file.paragraphs()}
    assert styles["一、总体情况"] == "Heading1" and styles["四、走势"] == "Heading1"
    assert styles["附表　社区一览表"] == "AnnexFirst"
    assert value(file.style("Heading1"), "w:pPr/w:outlineLvl") == "0"
    assert file.style("AnnexFirst").find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
    assert file.style("Annex").find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is None


def test_second_annex_needs_no_page(made: Document) -> None:
    """附：数据来源 follows on 附表 where there is room."""
    more = Section("sources", "附：数据来源", (Paragraph((Sentence("s", ("一。",)),)),), is_annex=True)
    found = unpacked(word(replace(made, sections=(*made.sections, more))))
    assert [style for style, _text in found.paragraphs() if style.startswith("Annex")] == ["AnnexFirst", "Annex"]


def test_responsible_unit_has_its_own_style(file: WordFile) -> None:
    """The office finds who is to act."""
    runs = [r for r in file.xml(BODY).iter(qn("w:r")) if value(r, "w:rPr/w:rStyle") == "Responsible"]
    assert [text_of(run) for run in runs] == ["（责任单位：第五园社区工联会）"]


def _bookmarked(file: WordFile) -> dict[str, str]:
    """Return what stands between each bookmark's start and end."""
    root, found = file.xml(BODY), {}
    for start in root.iter(qn("w:bookmarkStart")):
        run = start.getnext()
        assert run.getnext().tag == qn("w:bookmarkEnd") and run.getnext().get(qn("w:id")) == start.get(qn("w:id"))
        found[start.get(qn("w:name"))] = text_of(run)
    return found


def test_every_number_is_bookmarked_and_on_record(file: WordFile, made: Document) -> None:
    """Hidden bookmarks hold the facts in order; the custom part says what each answers, and from which data."""
    facts = list(made.facts())
    found = _bookmarked(file)
    assert list(found.values()) == [fact.text for fact in facts] and facts
    assert all(name.startswith("_") for name in found)
    record = json.loads(file.xml("customXml/item1.xml").text)
    assert [(f["name"], f["printed"]) for f in record["facts"]] == list(found.items())
    assert [origins.from_dict(f["origin"]) for f in record["facts"]] == [fact.origin for fact in facts]
    assert (record["generation_id"], record["generation_no"], record["audience"]) == ("0123456789ab", 8, "internal")


def test_marks(made: Document) -> None:
    """The sample mark is on every page, the internal one on every page but in the first page's head; both can be absent."""
    headers = [f"word/header{n}.xml" for n in (1, 2, 3)]
    with_marks, real = word(made), word(replace(made, head=replace(made.head, sample_mark="", internal_mark="")))
    marked = sorted(text for name in headers for _style, text in unpacked(with_marks).paragraphs(name))
    assert marked == sorted(["示例数据　非真实情况", *["内部资料　注意保存示例数据　非真实情况"] * 2])
    bare = unpacked(real)
    assert [text for name in headers for _style, text in bare.paragraphs(name)] == [""] * 3
    assert "内部资料" not in bare.parts[BODY].decode() and "示例" not in bare.parts["docProps/core.xml"].decode()


def test_untyped_head_leaves_no_gap(made: Document) -> None:
    """Without 期号 and date there is no empty line, without names no foot."""
    names = ("issue_no", "issued_on", "drafted_by", "checked_by", "signed_by", "report_to", "copy_to", "subtitle")
    found = unpacked(word(replace(made, head=replace(made.head, **dict.fromkeys(names, "")))))
    styles = [style for style, _text in found.paragraphs()]
    assert not {"IssueNo", "Title", "Foot"} & set(styles)
    assert ("IssueLine", "坂田街道总工会") in list(found.paragraphs())


def test_red_title_never_breaks(made: Document) -> None:
    """A long name of a street makes it smaller."""
    long = replace(made, head=replace(made.head, title="某某某某街道总工会工会工作情况通报"))
    found = unpacked(word(long)).style("Masthead")
    points = float(value(found, "w:rPr/w:sz") or 0) / 2
    assert points < 28 and points * len(long.head.title) <= 156 / 25.4 * 72
    assert value(found, "w:rPr/w:color") == "C00000"


def test_properties_and_bytes(made: Document) -> None:
    """Title, office and data version are in the file, times are not: the same document is the same file."""
    first = word(made)
    core = unpacked(first).parts["docProps/core.xml"].decode()
    for said in (
        "坂田街道工会工作简报 2018年12月 第12期",
        "坂田街道总工会",
        "数据版本8",
        "0123456789ab",
        "示例数据　非真实情况",
    ):
        assert said in core
    assert "created" not in core and "python-docx" not in core
    assert first == word(made) == WRITERS[".docx"](made)


def test_comments_on_request(made: Document) -> None:
    """One per number, with its question in words and the data version; without the request there is no such part."""
    assert "word/comments.xml" not in unpacked(word(made)).parts
    named = replace(made, names=(("440307013012", "第五园"),))
    found = unpacked(word(named, has_comments=True))
    texts = [text_of(comment) for comment in found.xml("word/comments.xml")]
    assert len(texts) == len(list(made.facts()))
    assert texts[0] == "建会率（含工联会覆盖），2018年12月末，全街道；数据版本8"
    assert "建会率（含工联会覆盖），2018年12月末，第五园；数据版本8" in texts
    assert any("较上月" in text for text in texts)
    ranges = list(found.xml(BODY).iter(qn("w:commentRangeStart")))
    assert len(ranges) == len(texts) and b"w:date" not in found.parts["word/comments.xml"]


@pytest.mark.parametrize("text", ["<w:p>&amp;", "a\x00b\x0bc", "一\n二", "𠮷🙂", "\ud800\uffff", "]]>", "{name} %s"])
def test_weird_texts(made: Document, text: str) -> None:
    """Whatever stands in a ledger or is typed becomes text, never markup, and the file can be read."""
    sentence = Sentence("s", (text, Fact(text, COVERAGE)))
    odd = replace(made, sections=(Section("s", text, (Paragraph((sentence,)),)),), footnotes=(text,))
    odd = replace(odd, head=replace(odd.head, title=text, office=text, drafted_by=text))
    found = unpacked(word(odd, has_comments=True))
    said = "".join(text for _style, text in found.paragraphs())
    clean = text.replace("\n", " ").replace("\x00", "").replace("\x0b", " ").replace("\ud800", "").replace("\uffff", "")
    assert said.count(clean) >= 4
