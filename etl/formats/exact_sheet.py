"""A sheet whose XML is written in an unusual way (prefixes, other quotes, cells without a name), row by row.

A real XML reader takes several times longer than calamine; it writes the rows again in Excel's own way, so that one
search for marks serves both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from etl.formats.sheet_extent import CELL, column_number

Place = tuple[int, int]
Rows = tuple[bytes, list[Place]]
KEPT = {"row": ("r", "hidden", "ht"), "c": ("r", "s", "t")}


def exact_rows(chunks: Iterator[bytes]) -> Iterator[Rows]:
    """Yield each piece's rows in Excel's way, with the (row, column) of the filled cells, counted from 1."""
    parser = etree.XMLPullParser(
        events=("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False, no_network=True, load_dtd=False
    )
    writer = _Writer()
    for chunk in chunks:
        parser.feed(chunk)
        for event, node in parser.read_events():
            writer.take(event, node)
        yield writer.taken()


class _Writer:
    """Counts rows and cells that do not say where they are."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.text: list[str] = []
        self.places: list[Place] = []

    def take(self, event: str, node: Any) -> None:
        name = etree.QName(node).localname
        if event == "start":
            if name == "row":
                said = node.get("r", "")
                self.row, self.column = int(said) if said.isdigit() and len(said) < 10 else self.row + 1, 0
                self.text.append(f'<row r="{self.row}"{_attributes(node, name)}>')
            return
        if name == "c":
            self._cell(node)
        else:
            self.text.append("</row>")
        _drop(node)

    def _cell(self, node: Any) -> None:
        said = CELL.match(f'<c r="{node.get("r", "")}">'.encode())
        row, self.column = (int(said[2]), column_number(said[1]) + 1) if said else (self.row, self.column + 1)
        value = "".join(node.itertext("{*}v", "{*}is", "{*}t"))
        formula = "<f/>" if node.find("{*}f") is not None else ""
        self.text.append(
            f'<c r="{_letters(self.column)}{row}"{_attributes(node, "c")}>{formula}{"<v>" if value else ""}'
        )
        if value:
            self.places.append((row, self.column))
            self.text.append(f"{_escaped(value)}</v>")
        self.text.append("</c>")

    def taken(self) -> Rows:
        """Return what was written since the last time."""
        rows = "".join(self.text).encode(), self.places
        self.text, self.places = [], []
        return rows


def _attributes(node: Any, name: str) -> str:
    return "".join(
        f" {key}={quoteattr(node.get(key))}" for key in KEPT[name] if key != "r" and node.get(key) is not None
    )


def _escaped(text: str) -> str:
    return text[:100].replace("&", "&amp;").replace("<", "&lt;")


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _drop(node: Any) -> None:
    """Free a cell or row that was read, and those before it."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]
