"""How wide a table's columns are: what they hold decides, so that no number breaks while a text beside it has room."""

from __future__ import annotations

from unicodedata import east_asian_width

from briefing.model import Table, plain

FULL, HALF, WIDE_SIGNS = 1.0, 0.55, {"%": 0.9}
MARGINS = 1.2  # what a cell keeps free at both sides
LEAST = 3.0


def ems(text: str) -> float:
    """Return a text's width in characters: a Chinese one is 1, a digit about half of it."""
    return sum(WIDE_SIGNS.get(char, FULL if east_asian_width(char) in "WFA" else HALF) for char in text)


def natural(table: Table) -> float:
    """Return how many characters wide a table is where no text breaks."""
    return sum(_needed(table, place) for place in range(len(table.columns)))


def shares(table: Table, room: float) -> list[float]:
    """Return each column's share of the width, `room` being how many characters stand side by side in it.

    A column gets what its longest text needs; what is left over goes by the document's own widths. Where not all have
    room, the widest ones break their texts.
    """
    needed = [_needed(table, place) for place in range(len(table.columns))]
    spare = room - sum(needed)
    if spare < 0:
        needed = _narrowed(needed, room)
        return [width / sum(needed) for width in needed]
    weights = sum(column.width for column in table.columns)
    return [
        (width + spare * column.width / weights) / room for width, column in zip(needed, table.columns, strict=True)
    ]


def _needed(table: Table, place: int) -> float:
    texts = (table.columns[place].title, *(plain(row[place]) for row in table.rows))
    return max(LEAST, *(ems(text) + MARGINS for text in texts))


def _narrowed(needed: list[float], room: float) -> list[float]:
    """Return the widths with the widest cut to one same width, so that all together have room."""
    left, found = room, list(needed)
    order = sorted(range(len(needed)), key=lambda place: needed[place])
    for done, place in enumerate(order):
        found[place] = min(needed[place], left / (len(order) - done))
        left -= found[place]
    return found
