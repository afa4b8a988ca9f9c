"""A document as Word: editable, in the form of GB/T 9704-2012, every number with its origin in the file."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from briefing.model import Block, Chart, Document, Paragraph, Section, Table
from briefing.writers import wording
from briefing.writers.word_comments import add_comments
from briefing.writers.word_notes import add_footnotes
from briefing.writers.word_package import describe, empty, saved
from briefing.writers.word_page import set_page
from briefing.writers.word_record import add_record
from briefing.writers.word_styles import restyle
from briefing.writers.word_tables import foot, table
from briefing.writers.word_text import Noted, Writing
from briefing.writers.word_xml import element, paragraph, printable, tab, text_run

WIDTH_MM = 156.0


def word(document: Document, has_comments: bool = False) -> bytes:
    """Return the document as .docx; with comments each number's question stands in the margin."""
    made = empty()
    restyle(made, document)
    set_page(made, document.head)
    writing = Writing(Noted(list(document.footnotes)))
    body = made.element.body
    for part in _parts(made, document, writing):
        body.insert(len(body) - 1, part)  # the section's properties stay last
    for number, picture in enumerate(body.xpath(".//wp:docPr"), start=1):
        picture.set("id", str(number))  # Word takes two pictures with one number for damage
    add_footnotes(made, writing.noted.placed)
    if has_comments:
        add_comments(made, document, writing.facts)
    add_record(made, document, [fact for fact, _run in writing.facts])
    describe(made, document)
    return saved(made)


def _parts(made: Any, document: Document, writing: Writing) -> list[Any]:
    """Return everything in the order of print."""
    headed = list(wording.headed(document))
    parts = _head(document)
    for title, section in headed:
        if not section.is_annex:
            parts += _section(made, title, "Heading1", section, writing)
    parts += [paragraph("Note", text_run(note)) for note in writing.noted.left()]
    style = "AnnexFirst"
    for title, section in headed:
        if section.is_annex:
            parts += _section(made, title, style, section, writing)
            style = "Annex"
    return parts + foot(wording.foot(document.head))


def _head(document: Document) -> list[Any]:
    """Return the 报头: mark, red title, number, office and date above the red line, then the month and the data's day."""
    head = document.head
    lines = (
        ("InternalMark", head.internal_mark),
        ("Masthead", head.title),
        ("IssueNo", head.issue_no),
    )
    made = [paragraph(style, text_run(text)) for style, text in lines if text]
    made.append(paragraph("IssueLine", tab(), text_run(head.office), tab(), text_run(head.issued_on)))
    below = (("Title", head.subtitle), ("DataLine", head.data_line))
    return made + [paragraph(style, text_run(text)) for style, text in below if text]


def _section(made: Any, title: str, style: str, section: Section, writing: Writing) -> list[Any]:
    parts = [paragraph(style, text_run(title))]
    for number, block in zip(wording.numbers(section), section.blocks, strict=True):
        parts += _block(made, section, block, number, writing)
    return parts


def _block(made: Any, section: Section, block: Block, number: int | None, writing: Writing) -> list[Any]:
    if isinstance(block, Paragraph):
        return [_paragraph(block, number, writing)]
    if isinstance(block, Table):
        return table(block, wording.caption(section, block), writing)
    return _figure(made, block, writing)


def _paragraph(block: Paragraph, number: int | None, writing: Writing) -> Any:
    runs = [text_run(f"{number}.")] if number else []
    for sentence in block.sentences:
        runs += writing.runs(sentence.parts)
        unit = wording.responsible(sentence)
        runs += [text_run(unit, "Responsible")] if unit else []
    return paragraph("Body", *runs)


def _figure(made: Any, chart: Chart, writing: Writing) -> list[Any]:
    """Return a chart: its title as text, the picture at 300 dpi, which says the same to who cannot see it."""
    from docx.shared import Mm

    from briefing import figures

    inline = made.part.new_pic_inline(BytesIO(figures.png(chart)), Mm(WIDTH_MM), None)
    inline.docPr.set("name", printable(chart.title))
    inline.docPr.set("descr", printable(chart.alt or chart.title))
    picture = element("w:r", {}, element("w:drawing", {}, inline))
    title = writing.runs(chart.said or (chart.title,))
    return [paragraph("TableTitle", *title), paragraph("Figure", picture)]
