"""A template → the same workbook with its numbers, or everything that keeps it from being filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from briefing.filling.cell_value import CellValue
from briefing.filling.found import Finder, Found
from briefing.filling.placeholders import Placeholder
from briefing.filling.spots import Problem, Spot, elsewhere, spots_of
from briefing.filling.template import Elsewhere, Template, open_template
from briefing.filling.wanted import EXAMPLE, Wanted, understood
from briefing.filling.write import mark_sample, saved, write_spot
from briefing.heads import SAMPLE_MARK
from etl.errors import AtlasError, FileError
from metrics.warehouse import Warehouse, open_current


@dataclass(frozen=True)
class FilledCell:
    """One placeholder that was filled: where, what it asks, what became of it, from which data."""

    sheet: str
    cell: str
    placeholder: str
    question: str
    value: CellValue
    note: str
    generation_no: int
    generation: str
    closed_on: date | None


@dataclass(frozen=True)
class Filled:
    """A filled workbook as bytes, what was filled, what stands outside the cells and was not, and what to know of it."""

    content: bytes
    cells: tuple[FilledCell, ...]
    not_filled: tuple[Elsewhere, ...]
    notes: tuple[str, ...]
    generation_no: int
    generation_id: str
    is_sample: bool


class TemplateError(FileError):
    """A template asks for what there is not: `problems` are all of them, and nothing was written."""

    code = "template"

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        first = problems[0]
        message = _("有{n}处填不出，没有生成文件。第一处在{sheet}的{cell}：{why}").format(
            n=len(problems), sheet=first.sheet, cell=first.cell, why=first.message
        )
        super().__init__(message, file=file, remedy=first.remedy)
        self.problems = tuple(problems)


@dataclass
class Reader:
    """Answers the placeholders of one workbook, each text once, and keeps what is wrong with them."""

    warehouse: Warehouse
    finder: Finder
    found: dict[str, Found]
    wrong: dict[str, tuple[AtlasError, ...]]

    def read(self, placeholder: Placeholder) -> tuple[AtlasError, ...]:
        """Answer a placeholder; return what is wrong with it."""
        text = placeholder.text
        if text not in self.found and text not in self.wrong:
            wanted = understood(self.warehouse, placeholder.fields)
            errors = self._answer(text, wanted) if isinstance(wanted, Wanted) else wanted
            if errors:
                self.wrong[text] = tuple(errors)
        return self.wrong.get(text, ())

    def _answer(self, text: str, wanted: Wanted) -> tuple[AtlasError, ...]:
        try:
            self.found[text] = self.finder.find(wanted)
        except AtlasError as error:  # no such comparison, or what a month was closed with is gone
            return (error,)
        return ()


def _problems(reader: Reader, spots: Sequence[Spot]) -> list[Problem]:
    return [
        Problem(spot.sheet, spot.cell.coordinate, placeholder.text, error.message.rstrip("。"), error.remedy or "")
        for spot in spots
        for placeholder in spot.placeholders
        for error in reader.read(placeholder)
    ]


def _in_order(template: Template, problems: list[Problem]) -> list[Problem]:
    """Return the problems in the order of sheets and rows."""
    from openpyxl.utils.cell import coordinate_to_tuple

    sheets = {name: place for place, name in enumerate(template.book.sheetnames)}
    return sorted(problems, key=lambda one: (sheets[one.sheet], coordinate_to_tuple(one.cell)))


def _filled(reader: Reader, spot: Spot) -> list[FilledCell]:
    values = write_spot(spot, reader.found)
    return [
        FilledCell(
            spot.sheet, spot.cell.coordinate, placeholder.text, found.question, value, found.note,
            found.generation_no, found.generation_id, found.closed_on,
        )
        for placeholder, value in zip(spot.placeholders, values, strict=True)
        for found in [reader.found[placeholder.text]]
    ]  # fmt: skip


def _nothing(file: str) -> FileError:
    message = _("模板的单元格里没有要填的位置")
    return FileError(message, file=file, remedy=_("请写成这样：") + EXAMPLE, code="nothing_to_fill")


def fill(street: Path, data: bytes, file: str) -> Filled:
    """Fill a template with the street's numbers; TemplateError names every placeholder that cannot be filled.

    A closed month gives its closed figures. `file` is the name to show.
    """
    template, warehouse = open_template(data, file), open_current(street)
    spots, problems = spots_of(template.book)
    reader = Reader(warehouse, Finder(street, warehouse), {}, {})
    problems += _problems(reader, spots)
    if problems:
        raise TemplateError(file, _in_order(template, problems))
    if not spots:
        raise _nothing(file)
    not_filled = (*elsewhere(template.book), *template.drawn)
    cells = tuple(cell for spot in spots for cell in _filled(reader, spot))
    notes = template.notes
    if warehouse.is_sample:
        mark_sample(template.book)
        notes = (*notes, _("打印页眉里加了“{mark}”").format(mark=SAMPLE_MARK))
    return Filled(
        saved(template.book, file), cells, not_filled, notes, warehouse.generation_no, warehouse.generation_id,
        warehouse.is_sample,
    )  # fmt: skip
