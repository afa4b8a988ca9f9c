"""A document as slides for the meeting: 16:9, one message each, native charts and tables that can be edited.

附：数据来源 is not a slide: each slide's notes say where its own numbers are from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from gettext import gettext as _
from io import BytesIO
from typing import Any

from briefing.model import Block, Chart, Document, Paragraph, Section, Table
from briefing.writers import slide_charts, slide_notes, slide_tables, slide_texts, wording
from briefing.writers.slide_deck import Deck

LEFT_TO_NOTES = "sources"


def slides(document: Document) -> bytes:
    """Return the document as a .pptx."""
    deck = Deck.of(document)
    slide_texts.title_slide(deck)
    for heading, section in wording.headed(document):
        if section.id != LEFT_TO_NOTES:
            for blocks in _together(section):
                _add(deck, heading, section, blocks)
    slide_texts.footnotes(deck)
    deck.finish()
    file = BytesIO()
    deck.presentation.save(file)
    return file.getvalue()


def _together(section: Section) -> Iterator[tuple[Block, ...]]:
    """Yield what belongs on one slide: neighbouring paragraphs, a table with the paragraphs around it, a chart."""
    run: list[Block] = []
    for block in section.blocks:
        if run and not _joins(run, block):
            yield tuple(run)
            run = []
        run.append(block)
    if run:
        yield tuple(run)


def _joins(run: list[Block], block: Block) -> bool:
    """Return whether a block goes on the slide of those before it; one short sentence is its table's message."""
    if isinstance(block, Table):
        return len(run) == 1 and isinstance(run[0], Paragraph) and slide_texts.is_message(run[0])
    return isinstance(block, Paragraph) and not isinstance(run[0], Chart)


def _add(deck: Deck, heading: str, section: Section, blocks: tuple[Block, ...]) -> None:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    before = len(deck.presentation.slides)
    if isinstance(blocks[0], Chart):
        slide_charts.add(deck, heading, blocks[0])
    elif table := next((block for block in blocks if isinstance(block, Table)), None):
        _table(deck, heading, section, blocks, table)
    else:
        slide_texts.add(deck, heading, section.title, paragraphs)
    for slide in list(deck.presentation.slides)[before:]:
        _note(slide, slide_notes.of(deck.document, blocks))


def _table(deck: Deck, heading: str, section: Section, blocks: tuple[Block, ...], table: Table) -> None:
    """Add a table; a sentence before it is its title, what stands after it is a note."""
    caption = wording.caption(section, table)
    title = caption or section.title
    at = blocks.index(table)
    if at:
        title = "".join(slide_texts.said(block) for block in blocks[:at] if isinstance(block, Paragraph))
        heading = "　".join(filter(None, (heading, caption)))
    after = (slide_texts.said(block) for block in blocks[at + 1 :] if isinstance(block, Paragraph))
    slide_tables.add(deck, heading, title, replace(table, notes=(*table.notes, *after)))


def _note(slide: Any, text: str) -> None:
    slide.notes_slide.notes_text_frame.text = text or _("本页没有指标数字。")
