"""A document as the PDF's template reads it: names, lists and strings in the order of print, nothing to decide.

A text is a list of runs: {"text": …}, with {"note": …} where a footnote is marked after it, at the same words as in Word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing.kinds import kind_of
from briefing.model import Block, Chart, Document, Paragraph, Section, Table, Text
from briefing.writers import wording
from briefing.writers.columns import natural, shares
from briefing.writers.word_text import Noted

# What a pasted text may hold and no page can show: control characters and halves of characters. Line ends become spaces.
UNPRINTABLE = dict.fromkeys((*range(32), 127, 65534, 65535, *range(55296, 57344))) | dict.fromkeys(
    map(ord, "\t\n\v\f\r\u2028\u2029"), " "
)
AREA_POINTS = 156 / 25.4 * 72
CELL, SMALL_CELL = 10.5, 9.0  # 五号; 小五 where a table's texts would not stand side by side otherwise
KEPT = 2  # characters that stay on one line with a footnote's mark


def as_printed(document: Document) -> dict[str, Any]:
    """Return the whole document as the template's data."""
    noted = Noted(list(document.footnotes))
    headed = list(wording.headed(document))
    sections = [_section(title, section, noted) for title, section in headed if not section.is_annex]
    left = noted.left()
    annexes = [_section(title, section, noted) for title, section in headed if section.is_annex]
    parts = {"sections": sections, "notes": left, "annexes": annexes, "foot": wording.foot(document.head)}
    tight = {"is_tight": kind_of(document.kind).most_pages is not None}
    found: dict[str, Any] = _harmless(_head(document) | parts | tight)
    return found


def strings(found: Any) -> Iterator[str]:
    """Yield every text of what is printed; a picture's own letters are outlines and not read."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        for item in found:
            yield from strings(item)
    elif isinstance(found, dict):
        for key, item in found.items():
            if key != "picture":
                yield from strings(item)


def _harmless(found: Any) -> Any:
    if isinstance(found, str):
        return found.translate(UNPRINTABLE)
    if isinstance(found, list):
        return [_harmless(item) for item in found]
    return {key: _harmless(item) for key, item in found.items()} if isinstance(found, dict) else found


def _head(document: Document) -> dict[str, Any]:
    head = document.head
    named = (head.title, document.community or document.topic, head.subtitle)
    return {
        "name": " ".join(text for text in named if text),
        "description": head.data_line,
        "keywords": [document.kind, document.street, f"{document.month:%Y-%m}", document.generation_id],
        "title": head.title,
        "office": head.office,
        "subtitle": head.subtitle,
        "issue_no": head.issue_no,
        "issued_on": head.issued_on,
        "internal_mark": head.internal_mark,
        "sample_mark": head.sample_mark,
        "data_line": head.data_line,
    }


def _section(title: str, section: Section, noted: Noted) -> dict[str, Any]:
    blocks = zip(section.blocks, wording.numbers(section), strict=True)
    return {"title": title, "blocks": [_block(section, block, number, noted) for block, number in blocks]}


def _block(section: Section, block: Block, number: int | None, noted: Noted) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return _paragraph(block, number, noted)
    return _table(section, block, noted) if isinstance(block, Table) else _figure(block)


def _paragraph(block: Paragraph, number: int | None, noted: Noted) -> dict[str, Any]:
    runs = [] if number is None else [{"text": f"{number}."}]
    for sentence in block.sentences:
        runs += [*_runs(sentence.parts, noted), {"text": wording.responsible(sentence)}]
    return {"kind": "paragraph", "runs": runs}


def _table(section: Section, block: Table, noted: Noted) -> dict[str, Any]:
    size = CELL if natural(block) <= AREA_POINTS / CELL else SMALL_CELL
    widths = shares(block, AREA_POINTS / size)
    columns = zip(block.columns, widths, strict=True)
    return {
        "kind": "table",
        "title": wording.caption(section, block),
        "unit": block.unit,
        "size": size,
        "columns": [{"title": column.title, "align": column.align, "width": width} for column, width in columns],
        "rows": [[list(_runs(cell, noted)) for cell in row] for row in block.rows],
        "notes": list(block.notes),
        "total_rows": block.total_rows,
    }


def _runs(text: Text, noted: Noted) -> Iterator[dict[str, str]]:
    for part in text:
        if isinstance(part, str):
            yield from _noted_words(part, noted)
        else:
            yield {"text": part.text}


def _noted_words(text: str, noted: Noted) -> Iterator[dict[str, str]]:
    """Yield words with the footnotes that wait for them."""
    while (place := noted.after(text)) is not None:
        at, note = place
        noted.waiting.remove(note)
        noted.placed.append(note)
        kept = max(0, at - KEPT)
        yield from ({"text": text[:kept]}, {"text": text[kept:at], "note": note})
        text = text[at:]
    yield {"text": text}


def _figure(chart: Chart) -> dict[str, Any]:
    from briefing import figures

    picture = figures.svg(chart).decode("utf-8")
    return {"kind": "figure", "title": chart.title, "picture": picture, "alt": chart.alt or chart.title}
