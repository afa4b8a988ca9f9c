"""Native tables: the header row is repeated on every page, no row is cut in two, each column as wide as its texts need."""

from __future__ import annotations

from typing import Any

from briefing.model import Align, Table
from briefing.writers.columns import natural, shares
from briefing.writers.word_looks import AREA_WIDTH, CELLS
from briefing.writers.word_styles import FOOT_TABLE, TABLE
from briefing.writers.word_text import Writing
from briefing.writers.word_xml import element, paragraph, text_run

MOST_KEPT = 5  # rows that stay on one page; a longer table may break, or a two-page briefing would not be one
SIDES: dict[Align, str] = {"left": "Left", "center": "Center", "right": "Right"}


def table(block: Table, caption: str, writing: Writing) -> list[Any]:
    """Return a table with its title and unit above and its notes below."""
    above = [paragraph("TableTitle", text_run(caption))] if caption else []
    above += [paragraph("TableUnit", text_run(block.unit))] if block.unit else []
    below = [paragraph("Note", text_run(note)) for note in block.notes]
    above = above or [paragraph("GapAbove")]
    return [*above, _grid(block, writing), *below, paragraph("Gap")]


def foot(lines: list[str]) -> list[Any]:
    """Return the 版记: a line of text per row; nothing where nothing is typed."""
    if not lines:
        return []
    rows = [element("w:tr", {}, _whole(), _cell(AREA_WIDTH, paragraph("Foot", text_run(line)))) for line in lines]
    table = _table(FOOT_TABLE, [AREA_WIDTH], rows, has_head=False, has_total=False)
    return [paragraph("Gap"), table, paragraph("Gap")]  # Word wants a paragraph after the last table


def prefix(block: Table) -> str:
    """Return which looks a table's cells have: the small ones where its texts would not stand side by side otherwise."""
    return "Table" if natural(block) <= AREA_WIDTH / (CELLS["Table"][1] * 20) else "Small"


def widths(block: Table) -> list[int]:
    """Return the columns' widths in twips; together they are the type area's width."""
    room = AREA_WIDTH / (CELLS[prefix(block)][1] * 20)
    found = [round(AREA_WIDTH * share) for share in shares(block, room)]
    return [*found[:-1], AREA_WIDTH - sum(found[:-1])]


def _grid(block: Table, writing: Writing) -> Any:
    wide, look = widths(block), prefix(block)
    head = [paragraph(f"{look}Head", text_run(column.title)) for column in block.columns]
    rows = [element("w:tr", {}, _whole(is_head=True), *map(_cell, wide, head))]
    for number, row in enumerate(block.rows):
        end = _end(block, number)
        styles = (look + SIDES[column.align] + end for column in block.columns)
        texts = [paragraph(style, *writing.name(text)) for style, text in zip(styles, row, strict=True)]
        rows.append(element("w:tr", {}, _whole(), *map(_cell, wide, texts)))
    return _table(TABLE, wide, rows, has_head=True, has_total=block.total_rows == 1)


def _end(block: Table, number: int) -> str:
    """Return what a row's looks end in: a short table stays on one page, a long one leaves no single row alone."""
    last = len(block.rows) - 1
    is_kept = number < last if last < MOST_KEPT else number in {0, last - 1}
    is_kept = is_kept or (number == last and bool(block.notes))
    return ("Total" if number >= len(block.rows) - block.total_rows else "") + ("Kept" if is_kept else "")


def _whole(is_head: bool = False) -> Any:
    return element("w:trPr", {}, element("w:cantSplit"), *([element("w:tblHeader")] if is_head else []))


def _cell(width: int, text: Any) -> Any:
    middle = element("w:vAlign", {"w:val": "center"})
    return element("w:tc", {}, element("w:tcPr", {}, _width("w:tcW", width), middle), text)


def _width(name: str, width: int) -> Any:
    return element(name, {"w:w": str(width), "w:type": "dxa"})


def _table(style: str, wide: list[int], rows: list[Any], has_head: bool, has_total: bool) -> Any:
    used = {"firstRow": has_head, "lastRow": has_total, "firstColumn": False, "lastColumn": False}
    flags = {f"w:{name}": str(int(is_on)) for name, is_on in used.items()}
    about = element(
        "w:tblPr",
        {},
        element("w:tblStyle", {"w:val": style}),
        _width("w:tblW", sum(wide)),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblLook", {"w:val": _look(has_head, has_total), **flags, "w:noHBand": "1", "w:noVBand": "1"}),
    )
    columns = element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": str(width)}) for width in wide))
    return element("w:tbl", {}, about, columns, *rows)


def _look(has_head: bool, has_total: bool) -> str:
    """Return the same flags as older programs read them: bits for first row, last row, no bands."""
    return f"{0x0600 | (0x0020 if has_head else 0) | (0x0040 if has_total else 0):04X}"
