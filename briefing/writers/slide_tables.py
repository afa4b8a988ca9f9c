"""Native tables: the header on every slide that a long one takes, sums set off, notes below."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

from briefing import palette
from briefing.model import Table, plain
from briefing.writers.slide_deck import MARGIN, TOP, Deck, describe, lines, rgb, write

POINTS = (16.0, 14.0, 12.0, 11.0)  # from the largest; the last only to save a second slide
READABLE = 12.0
PADDING = 0.1  # inches beside a cell's text
LEADING, OVER_UNDER = 1.25, 0.1
NOTE_POINTS, NOTE_TALL = 11.0, 0.22


def add(deck: Deck, heading: str, title: str, table: Table) -> None:
    """Add a table, on as many slides as it needs."""
    points = _points(deck, table)
    most = -(-len(table.rows) // len(_pages(deck, table, points)))  # rows: no slide with two of them at the end
    pages = _pages(deck, table, points, most)
    for number, (first, last) in enumerate(pages, start=1):
        count = _("（{n}/{of}）").format(n=number, of=len(pages)) if len(pages) > 1 else ""
        _page(deck, heading, title + count, table, (first, last), points)


def _widths(deck: Deck, table: Table) -> list[float]:
    total = sum(column.width for column in table.columns)
    return [deck.wide * column.width / total for column in table.columns]


def _row_tall(texts: Sequence[str], widths: Sequence[float], points: float) -> float:
    """Return how tall (inches) a row is with its longest cell."""
    most = max(lines(text, width - 2 * PADDING, points) for text, width in zip(texts, widths, strict=True))
    return most * points * LEADING / 72 + OVER_UNDER


def _head(table: Table) -> list[str]:
    return [column.title for column in table.columns]


def _room(deck: Deck, table: Table) -> float:
    """Return how tall (inches) the rows together may be."""
    return deck.tall - _notes_tall(deck, table) - (0.3 if table.unit else 0.0)


def _notes_tall(deck: Deck, table: Table) -> float:
    return sum(lines(note, deck.wide, NOTE_POINTS) * NOTE_TALL for note in table.notes) + 0.08


def _points(deck: Deck, table: Table) -> float:
    """Return the largest size that takes no more slides than need be, and parts no number where that can be had."""
    counts = {size: len(_pages(deck, table, size)) for size in POINTS}
    least = 1 if counts[POINTS[-1]] == 1 else counts[READABLE]
    fits = [size for size in POINTS if counts[size] <= least]
    readable = [size for size in fits if size >= READABLE] or fits
    return next((size for size in readable if _is_whole(deck, table, size)), readable[-1])


def _is_whole(deck: Deck, table: Table, points: float) -> bool:
    """Return whether every cell but the names in the first column stands in one line."""
    widths = _widths(deck, table)[1:]
    rows = ([plain(cell) for cell in row[1:]] for row in table.rows)
    return all(lines(text, w - 2 * PADDING, points) == 1 for row in rows for text, w in zip(row, widths, strict=True))


def _pages(deck: Deck, table: Table, points: float, most: int | None = None) -> list[tuple[int, int]]:
    """Return first and last row (exclusive) of each slide; `most` rows on each."""
    widths = _widths(deck, table)
    room = _room(deck, table) - _row_tall(_head(table), widths, points)
    pages, start, left = [], 0, room
    for at, row in enumerate(table.rows):
        tall = _row_tall([plain(cell) for cell in row], widths, points)
        if at > start and (tall > left or at - start == most):
            pages.append((start, at))
            start, left = at, room
        left -= tall
    return [*pages, (start, len(table.rows))]


def _page(deck: Deck, heading: str, title: str, table: Table, rows: tuple[int, int], points: float) -> None:
    slide = deck.slide(heading, title)
    top = TOP
    if table.unit:
        deck.text(slide, table.unit, (MARGIN, top, deck.wide, 0.26), NOTE_POINTS, palette.NOTE, "right")
        top += 0.3
    top += _grid(deck, slide, table, rows, points, top)
    for note in table.notes:
        tall = lines(note, deck.wide, NOTE_POINTS) * NOTE_TALL
        deck.text(slide, note, (MARGIN, top + 0.08, deck.wide, tall), NOTE_POINTS, palette.NOTE)
        top += tall


def _grid(deck: Deck, slide: Any, table: Table, rows: tuple[int, int], points: float, top: float) -> float:
    """Add the table itself; return how tall it is."""
    from pptx.util import Inches

    widths = _widths(deck, table)
    texts = [_head(table), *([plain(cell) for cell in row] for row in table.rows[slice(*rows)])]
    heights = [_row_tall(row, widths, points) for row in texts]
    place = (Inches(MARGIN), Inches(top), Inches(deck.wide), Inches(sum(heights)))
    frame = slide.shapes.add_table(len(texts), len(table.columns), *place)
    frame.name = table.title
    describe(frame, _("表：{title}，{n}行").format(title=table.title, n=len(texts) - 1))
    grid = frame.table
    grid.horz_banding = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Inches(width)
    sums = len(table.rows) - table.total_rows
    for at, (row, tall) in enumerate(zip(texts, heights, strict=True)):
        grid.rows[at].height = Inches(tall)
        is_sum = at > 0 and rows[0] + at - 1 >= sums
        for place_, text in enumerate(row):
            _cell(grid.cell(at, place_), text, table.columns[place_].align, points, at == 0, is_sum)
    return sum(heights)


def _cell(cell: Any, text: str, align: str, points: float, is_head: bool, is_sum: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches, Pt

    cell.margin_left = cell.margin_right = Inches(PADDING)
    cell.margin_top = cell.margin_bottom = Inches(OVER_UNDER / 2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(palette.ACCENT if is_head else palette.SEQUENTIAL[0] if is_sum else "#ffffff")
    paragraph = cell.text_frame.paragraphs[0]
    write(paragraph, text, points, "#ffffff" if is_head else palette.INK, align, is_head or is_sum)
    paragraph.line_spacing = Pt(points * LEADING)
    _line_below(cell)


def _line_below(cell: Any) -> None:
    """Draw a thin line under a cell: the only rule of the table."""
    from lxml import etree
    from pptx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    line = etree.Element(qn("a:lnB"), w="6350")
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=palette.LIGHT_GREY[1:].upper())
    properties.insert(0, line)
