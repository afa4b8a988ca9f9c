"""How far the sheets of an .ods reach: the reader lays them out in full, too, and a cell may say it stands for a million.

An .xlsb is only bounded by the size of its parts: that its cells stand far apart is left to the bound on the process.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from etl.formats.bounds import MOST_CELLS, too_wide
from etl.formats.package import Package

CONTENT = "content.xml"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
ROWS, COLUMNS = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
ROW, SHEET = f"{TABLE}table-row", f"{TABLE}table"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def check_other_book(package: Package) -> None:
    """Raise FileError where the workbook is too much to be laid out."""
    if CONTENT in package.parts:
        _check_sheets(package)
    package.check_the_rest({CONTENT})


def _check_sheets(package: Package) -> None:
    parser = etree.XMLPullParser(events=("end",), tag=(ROW, SHEET), resolve_entities=False, no_network=True)
    cells = last_row = row = width = 0
    for chunk in package.chunks(CONTENT):
        parser.feed(chunk)
        for _event, node in parser.read_events():
            if node.tag == SHEET:
                cells, last_row, row, width = cells + last_row * width, 0, 0, 0
            else:
                row += _repeated(node, ROWS)
                reach = _reach(node)
                last_row, width = row if reach else last_row, max(width, reach)
            node.clear()
            if cells + last_row * width > MOST_CELLS:
                raise too_wide(package.file, last_row, width)


def _reach(row: Any) -> int:
    """Return the last column of a row that holds a text."""
    column = last = 0
    for cell in row.iterchildren(*CELLS):
        column += _repeated(cell, COLUMNS)
        if len(cell):
            last = column
    return last


def _repeated(node: Any, name: str) -> int:
    said = node.get(name, "1")
    return int(said) if said.isdigit() and len(said) < 12 else 1
