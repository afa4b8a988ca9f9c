"""What the reader does not tell of an .xlsx's sheets, and whether it may lay them out at all.

One pass over each sheet's unpacked bytes, block by block: cells that show an error (the reader shows them as blank),
rows that are hidden or struck through, formulas whose result is missing, and how far the sheet reaches.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree

from etl.formats.bounds import MOST_CELLS, MOST_FILLED, MOST_STRINGS, too_much, too_wide
from etl.formats.exact_sheet import exact_rows
from etl.formats.package import Package
from etl.formats.row_marks import Marks, mark_block
from etl.formats.shared_strings import PART, copied, may_be_too_many, string_lengths
from etl.formats.sheet_extent import Extent, NotPlain, check_plain, whole_rows
from etl.formats.sheet_styles import struck_styles

BOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
SMALLEST_CELL = 18  # bytes of XML; only a larger sheet can hold more cells than are allowed


@dataclass(frozen=True)
class Used:
    """What the sheets of one workbook use together."""

    cells: int = 0
    filled: int = 0
    text: int = 0


@dataclass
class Scan:
    """The sheets of one workbook, one after the other."""

    package: Package
    struck: re.Pattern[bytes] | None
    lengths: list[int]
    used: Used = field(default_factory=Used)

    def marks(self, part: str, sheet: str) -> Marks:
        """Read a sheet the fast way, and exactly where it is not written in Excel's way or seems to reach far."""
        try:
            return self._scan(part, sheet, self._plain(part))
        except NotPlain:
            return self._scan(part, sheet, self._exact(part))

    def _plain(self, part: str) -> Iterator[tuple[bytes, Extent]]:
        extent, at = Extent(), -1
        for block in whole_rows(self.package.chunks(part)):
            if at < 0:
                check_plain(block)
                at = block.find(b"<sheetData")
            elif b"xmlns" in block:
                raise NotPlain
            extent.take_block(block, at)
            if extent.cells + self.used.cells > MOST_CELLS:
                raise NotPlain  # the exact way knows the first column, and tells a format from a value
            at = 0
            yield block, extent

    def _exact(self, part: str) -> Iterator[tuple[bytes, Extent]]:
        extent = Extent()
        for block, places in exact_rows(self.package.chunks(part)):
            for row, column in places:
                extent.take(row, column)
            yield block, extent

    def _scan(self, part: str, sheet: str, blocks: Iterator[tuple[bytes, Extent]]) -> Marks:
        """Collect the marks; FileError as soon as the workbook's sheets use more than is allowed."""
        marks, used, extent, file = Marks(), self.used, Extent(), self.package.file
        size = self.package.size(part)
        counts_text, counts_cells = may_be_too_many(self.lengths, size), size > MOST_FILLED * SMALLEST_CELL
        for block, extent in blocks:
            if used.cells + extent.cells > MOST_CELLS:
                raise too_wide(file, extent.last_row, extent.last_column, sheet)
            text = used.text + copied(block, self.lengths) if counts_text else used.text
            used = replace(used, filled=used.filled + (block.count(b"</v>") if counts_cells else 0), text=text)
            if used.filled > MOST_FILLED or used.text > MOST_STRINGS:
                raise too_much(file)
            mark_block(block, self.struck, marks)
        self.used = replace(used, cells=used.cells + extent.cells)
        return marks


def sheet_marks(package: Package) -> dict[str, Marks]:
    """Return the marks of each sheet by its name; FileError where the workbook is too much to be laid out."""
    struck = struck_styles(package.read(STYLES)) if STYLES in package.parts else None
    scan = Scan(package, struck, string_lengths(package))
    names = _sheet_names(package)
    found = {name: scan.marks(part, name) for part, name in names.items()}
    package.check_the_rest({*names, STYLES, PART})
    return found


def _sheet_names(package: Package) -> dict[str, str]:
    """Return the name of each part that is a sheet."""
    relations = ElementTree.fromstring(package.read(RELATIONS))
    targets = {r.get("Id"): posixpath.normpath(posixpath.join("/xl", r.get("Target", "")))[1:] for r in relations}
    parts = {part.lower(): part for part in package.parts}
    book = ElementTree.fromstring(package.read(BOOK))
    sheets = [(targets.get(_relation(node), ""), node) for node in book.iter() if node.tag.endswith("}sheet")]
    return {parts[part.lower()]: node.get("name", "") for part, node in sheets if part.lower() in parts}


def _relation(sheet: ElementTree.Element) -> str | None:
    """Return the attribute `id` of the relations' namespace (two namespaces are in use)."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
