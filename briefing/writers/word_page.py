"""The page of GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156×225 mm, its grid, page numbers and marks."""

from __future__ import annotations

from typing import Any

from briefing.model import Head
from briefing.writers.word_looks import AREA_WIDTH, BODY, CHARACTERS, MM, PITCH
from briefing.writers.word_xml import element, paragraph, tab, text_run

PAPER = (210, 297)
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28
NUMBER_BELOW = 7  # mm from the type area down to the line of the page number
NUMBER_LINE = 360 / MM  # that line's height
HEADER_FROM_TOP = 25


def set_page(word: Any, head: Head) -> None:
    """Give the document's only section its paper, margins, grid, page numbers and marks."""
    section = word.sections[0]
    _paper(section)
    section.different_first_page_header_footer = True
    # The first page has its internal mark in the head of the text.
    _fill(section.first_page_header, paragraph("Header", *_marks("", head.sample_mark)))
    for header in (section.header, section.even_page_header):
        _fill(header, paragraph("Header", *_marks(head.internal_mark, head.sample_mark)))
    for footer, style in _footers(section):
        _fill(footer, paragraph(style, *_number()))
    _grid(section._sectPr)


def _paper(section: Any) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = (Mm(side) for side in PAPER)
    section.top_margin, section.right_margin = Mm(TOP), Mm(RIGHT)
    section.bottom_margin, section.left_margin = Mm(BOTTOM), Mm(LEFT)
    section.header_distance = Mm(HEADER_FROM_TOP)
    section.footer_distance = Mm(BOTTOM - NUMBER_BELOW - NUMBER_LINE)
    section.gutter = 0


def _grid(properties: Any) -> None:
    """Set 22 lines of 28 characters: a character gets less than its own width by 1/4096 points."""
    from docx.oxml.ns import qn

    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    narrower = round((AREA_WIDTH / 20 / CHARACTERS - BODY) * 4096 - 0.5)
    notes = element("w:footnotePr", {}, element("w:numFmt", {"w:val": "decimalEnclosedCircle"}))
    properties.insert_element_before(notes, "w:endnotePr", "w:type", "w:pgSz")
    grid = {"w:type": "linesAndChars", "w:linePitch": str(PITCH), "w:charSpace": str(narrower)}
    properties.append(element("w:docGrid", grid))


def _marks(internal: str, sample: str) -> list[Any]:
    """Return what stands in a header: the internal mark at its left, the sample's at its right."""
    left = [text_run(internal)] if internal else []
    return left + ([tab(), text_run(sample, "SampleMark")] if sample else [])


def _footers(section: Any) -> list[tuple[Any, str]]:
    return [
        (section.first_page_footer, "Footer"),
        (section.footer, "Footer"),
        (section.even_page_footer, "FooterEven"),
    ]


def _fill(part: Any, content: Any) -> None:
    """Put one paragraph into a header or footer in place of what is there."""
    part.is_linked_to_previous = False
    root = part._element
    for child in list(root):
        root.remove(child)
    root.append(content)


def _number() -> list[Any]:
    """Return 「— 1 —」 with the page's own number."""
    field = element("w:fldSimple", {"w:instr": " PAGE "}, text_run("1"))
    return [text_run("— "), field, text_run(" —")]
