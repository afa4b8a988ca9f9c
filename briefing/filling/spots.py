"""Where a workbook asks for numbers: its cells with placeholders, those that cannot be filled, and texts outside cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from briefing.filling.placeholders import BRACES, Placeholder, is_broken, placeholders
from briefing.filling.template import Elsewhere

HEADERS = {
    "oddHeader": _("页眉"), "evenHeader": _("偶数页页眉"), "firstHeader": _("首页页眉"),
    "oddFooter": _("页脚"), "evenFooter": _("偶数页页脚"), "firstFooter": _("首页页脚"),
}  # fmt: skip
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell cannot be filled: the sheet, the cell, what stands there, what is wrong and what to do."""

    sheet: str
    cell: str
    text: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Spot:
    """A cell with placeholders, as openpyxl holds it, and its whole text."""

    sheet: str
    cell: Any
    text: str
    placeholders: tuple[Placeholder, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether the cell holds one placeholder and nothing else."""
        return len(self.placeholders) == 1 and self.text.strip() == self.placeholders[0].text


def cells(page: Any) -> Iterator[Any]:
    """Yield the cells that a sheet holds, by rows."""
    for _place, cell in sorted(page._cells.items()):  # noqa: SLF001 - iter_rows would make every empty cell of the sheet
        yield cell


def _text(cell: Any) -> str:
    """Return a cell's text, also of a formula that fills several cells; "" of a number."""
    value = getattr(cell.value, "text", cell.value)
    return str(value) if isinstance(value, (str, list)) else ""


def _is_head(page: Any, cell: Any) -> bool:
    """Return whether a cell heads a column of a table (超级表): its text is a name within the workbook."""
    from openpyxl.utils.cell import range_boundaries

    heads = [range_boundaries(table.ref) for table in page.tables.values() if table.headerRowCount != 0]
    return any(cell.row == top and left <= cell.column <= right for left, top, right, _bottom in heads)


def _problem(page: Any, cell: Any, text: str) -> Problem | None:
    """Return why nothing can be written into a cell with double braces."""
    place = page.title, cell.coordinate, text[:SHOWN]
    if cell.data_type == "f":
        return Problem(*place, _("公式里不能写要填的位置"), _("请把它单独写在一格，再让公式引用那一格"))
    if is_broken(text):
        return Problem(*place, _("花括号没有成对"), _("要填的位置前后各写两个花括号"))
    if _is_head(page, cell):
        return Problem(*place, _("这是超级表的列名，不能填"), _("请把它移到表外的单元格"))
    return None


def spots_of(book: Any) -> tuple[list[Spot], list[Problem]]:
    """Return the cells to fill, and those that ask for a number but cannot be filled."""
    spots: list[Spot] = []
    problems: list[Problem] = []
    for page in book.worksheets:
        for cell, text in [(cell, text) for cell in cells(page) if BRACES.search(text := _text(cell))]:
            if (problem := _problem(page, cell, text)) is not None:
                problems.append(problem)
            else:
                spots.append(Spot(page.title, cell, text, placeholders(text)))
    return spots, problems


def elsewhere(book: Any) -> list[Elsewhere]:
    """Return the texts with placeholders that stand outside the cells: they stay as they are and are named."""
    found = [Elsewhere(page.title, _("工作表名称"), page.title) for page in book.worksheets]
    for page in book.worksheets:
        found += [Elsewhere(page.title, where, text) for where, text in _around(page)]
    return [one for one in found if BRACES.search(one.text)]


def _around(page: Any) -> Iterator[tuple[str, str]]:
    for name, title in HEADERS.items():
        parts = getattr(page, name)
        yield from ((title, part.text) for part in (parts.left, parts.center, parts.right) if part.text)
    for cell in cells(page):
        if cell.comment is not None:
            yield _("{cell}的批注").format(cell=cell.coordinate), cell.comment.text
