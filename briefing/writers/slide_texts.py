"""The opening slide, the slides of sentences, and what the numbers mean at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from briefing import palette
from briefing.model import Paragraph
from briefing.writers import wording
from briefing.writers.slide_deck import BODY_POINTS, MARGIN, TOP, WIDE, Deck, lines, rgb, write

LEADING = 1.35  # of the size, exact: what fits here fits with any font
NOTE_POINTS = 16.0
GAP = 0.14  # inches after a paragraph
LONGEST_TITLE = 60  # characters: two lines


def title_slide(deck: Deck) -> None:
    """Add the opening slide: what it is, of when, by whom."""
    from pptx.util import Inches, Pt

    head = deck.document.head
    slide = deck.presentation.slides.add_slide(deck.presentation.slide_layouts[0])
    title, below = slide.shapes.title, slide.placeholders[1]
    for holder, top, tall, text, points in (
        (title, 2.3, 1.0, head.title, 40), (below, 3.35, 0.6, head.subtitle or deck.document.title, 26)
    ):  # fmt: skip
        holder.left, holder.top, holder.width, holder.height = map(Inches, (MARGIN, top, deck.wide, tall))
        holder.text_frame.margin_left = 0
        write(holder.text_frame.paragraphs[0], text, points, is_bold=holder is title)
    line = "　".join(filter(None, (head.office, head.issue_no, head.issued_on)))
    deck.text(slide, line, (MARGIN, 4.3, deck.wide, 0.4), 18, palette.NOTE)
    bar = slide.shapes.add_connector(1, Inches(MARGIN), Inches(4.15), Inches(WIDE - MARGIN), Inches(4.15))
    bar.line.color.rgb, bar.line.width = rgb(palette.ACCENT), Pt(2)
    slide.notes_slide.notes_text_frame.text = head.data_line


def add(deck: Deck, heading: str, title: str, paragraphs: Sequence[Paragraph]) -> None:
    """Add the sentences of a section, each for itself; the first one is the message where it can be a title."""
    items = [item for number, paragraph in _numbered(paragraphs) for item in _items(paragraph, number)]
    if items and _is_title(paragraphs[0]):
        title, items = items[0], items[1:]
    _add_pages(deck, heading, title, items, BODY_POINTS)


def _is_title(paragraph: Paragraph) -> bool:
    """Return whether a paragraph begins with a sentence short enough to be a slide's message."""
    return (
        not paragraph.is_numbered
        and 0 < len(said(replace(paragraph, sentences=paragraph.sentences[:1]))) <= LONGEST_TITLE
    )


def is_message(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is one such sentence."""
    return len(paragraph.sentences) == 1 and _is_title(paragraph)


def _add_pages(deck: Deck, heading: str, title: str, items: Sequence[str], points: float) -> None:
    for number, page in enumerate(_pages(deck, items, points)):
        _page(deck, heading if not number else "", title + (_("（续）") if number else ""), page, points)


def _numbered(paragraphs: Sequence[Paragraph]) -> list[tuple[int | None, Paragraph]]:
    number, found = 0, []
    for paragraph in paragraphs:
        number += paragraph.is_numbered
        found.append((number if paragraph.is_numbered else None, paragraph))
    return found


def said(paragraph: Paragraph) -> str:
    """Return a paragraph as it reads, each sentence with its responsible unit."""
    return "".join(sentence.text + wording.responsible(sentence) for sentence in paragraph.sentences)


def _items(paragraph: Paragraph, number: int | None) -> list[str]:
    """Return a list's item as one; of a paragraph that runs on, each sentence: a slide is read point by point."""
    if number:
        return [f"{number}. {said(paragraph)}"]
    return [sentence.text + wording.responsible(sentence) for sentence in paragraph.sentences]


def _tall(deck: Deck, item: str, points: float) -> float:
    """Return how tall (inches) a paragraph is."""
    return lines(item, deck.wide, points) * points * LEADING / 72 + GAP


def _pages(deck: Deck, items: Sequence[str], points: float) -> list[list[str]]:
    """Return the paragraphs as pages that do not run over."""
    pages: list[list[str]] = [[]]
    room = deck.tall
    for item in items:
        if pages[-1] and room < _tall(deck, item, points):
            pages.append([])
            room = deck.tall
        pages[-1].append(item)
        room -= _tall(deck, item, points)
    return pages


def _page(deck: Deck, heading: str, title: str, items: Sequence[str], points: float) -> None:
    from pptx.util import Inches, Pt

    slide = deck.slide(heading, title)
    if not items:
        return
    box = deck.text(slide, items[0], (MARGIN, TOP, deck.wide, deck.tall), points, name=_("正文"))
    for item in items[1:]:
        write(box.text_frame.add_paragraph(), item, points)
    for paragraph in box.text_frame.paragraphs:
        paragraph.line_spacing, paragraph.space_after = Pt(points * LEADING), Inches(GAP)


def footnotes(deck: Deck) -> None:
    """Add what the indicators mean, where the document says it."""
    before = len(deck.presentation.slides)
    if deck.document.footnotes:
        _add_pages(deck, "", _("指标口径"), deck.document.footnotes, NOTE_POINTS)
    for slide in list(deck.presentation.slides)[before:]:
        slide.notes_slide.notes_text_frame.text = deck.document.head.data_line
