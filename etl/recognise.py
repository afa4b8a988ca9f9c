"""Which ledger a sheet is: its header, its columns, the fate of every row, and the text of its data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _
from itertools import chain
from pathlib import Path

import polars as pl

from etl.errors import FileError
from etl.header import Header, MappedColumn, find_header
from etl.heading import Heading, heading_of
from etl.ledger import LedgerKind, ledger_kinds
from etl.read import NumberText, SheetText, read_all, read_file
from etl.row_fates import SKIPPED, Fates, row_fates

NUMERIC = frozenset({"integer", "decimal", "money", "lonlat"})


@dataclass(frozen=True)
class NotALedger:
    """A sheet that is no ledger, and why."""

    file: str
    sheet: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """A recognised sheet.

    `rows` are the data rows' numbers as Excel shows them, `cells` their text by ledger column (personal columns are
    mapped but not read), `skipped_rows` the (row, fate) of all others, `totals` the texts of total rows.
    """

    file: str
    sheet: str
    ledger: LedgerKind
    header_row: int
    columns: tuple[MappedColumn, ...]
    unmapped: tuple[str, ...]
    heading: Heading
    skipped: dict[str, int]
    skipped_rows: list[tuple[int, str]]
    rows: list[int]
    cells: dict[str, list[str]]
    totals: list[tuple[int, dict[str, str]]]

    @cached_property
    def data(self) -> pl.DataFrame:
        """Return the data rows: row Int32 and one String column per column read."""
        frame, _numbers = gather(self.ledger, [(0, self)])
        return frame.select("row", *self.cells)

    @property
    def fates(self) -> pl.DataFrame:
        """Return (row, fate) of every row that is no data."""
        return pl.DataFrame(self.skipped_rows, schema={"row": pl.Int32(), "fate": pl.String()}, orient="row")


def gather(kind: LedgerKind, sheets: Iterable[tuple[int, Sheet]]) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Return the data of all (number, sheet) of one kind: sheet_no, row and every ledger column as text or null.

    With it, for date columns, where a cell held a number with decimals (Boolean, rows alike; None where none did).
    One frame for all sheets: hundreds of small frames cost more than reading the files.
    """
    sheets = list(sheets)
    numbers = chain.from_iterable([number] * len(sheet.rows) for number, sheet in sheets)
    rows = chain.from_iterable(sheet.rows for _number, sheet in sheets)
    used = [name for name in kind.columns if any(name in sheet.cells for _number, sheet in sheets)]
    texts = {name: _column(name, sheets) for name in used}
    place = [pl.Series("sheet_no", list(numbers), pl.Int32), pl.Series("row", list(rows), pl.Int32)]
    frame = pl.DataFrame(place + [pl.Series(name, column, pl.String) for name, column in texts.items()])
    blank = pl.lit(None, pl.String)
    filled = [pl.when(pl.col(name) != "").then(name) if name in texts else blank.alias(name) for name in kind.columns]
    return frame.select("sheet_no", "row", *filled), _number_cells(kind, texts)


def _column(name: str, sheets: list[tuple[int, Sheet]]) -> list[str]:
    parts = (sheet.cells.get(name) or [""] * len(sheet.rows) for _number, sheet in sheets)
    return list(chain.from_iterable(parts))


def _number_cells(kind: LedgerKind, texts: dict[str, list[str]]) -> pl.DataFrame | None:
    dates = [name for name in texts if kind.columns[name].type == "date"]
    marks = {name: [cell.__class__ is NumberText for cell in texts[name]] for name in dates}
    found = {name: column for name, column in marks.items() if any(column)}
    return pl.DataFrame(found) if found else None


def _reason(near: Header | None, sheet: SheetText) -> str:
    """Say in one clause why a sheet is no ledger, naming what came nearest."""
    if not any(map(str.strip, (cell for row in sheet.rows for cell in row))):
        return _("空表")
    if near is None:
        return _("前20行中没有找到台账表头")
    titles = "、".join(column.header for column in near.match.columns)
    if len(near.match.columns) >= 3 and near.match.missing:
        missing = "、".join(near.match.missing)
        return _("像{title}，但缺少必需的列：{missing}").format(title=near.match.kind.title, missing=missing)
    row = sheet.row_numbers[near.end - 1]
    return _("前20行中没有找到台账表头，第{row}行只认出：{titles}").format(row=row, titles=titles)


def recognise(sheet: SheetText, kinds: dict[str, LedgerKind] | None = None) -> Sheet | NotALedger:
    """Return the sheet as a ledger with its rows sorted into data and skipped, or why it is none."""
    header, near = find_header(sheet, tuple((kinds or ledger_kinds()).values()))
    if header is None:
        return NotALedger(sheet.file, sheet.sheet, _reason(near, sheet))
    kind, fates = header.match.kind, row_fates(sheet, header)
    titles = ["　".join(filter(None, map(str.strip, row))) for row in sheet.rows[: header.first]]
    heading = heading_of([title for title in titles if title], sheet.sheet, sheet.file, kind)
    counts = dict.fromkeys(SKIPPED, 0)
    for _row, fate in fates.skipped:
        counts[fate] += 1
    return Sheet(
        file=sheet.file,
        sheet=sheet.sheet,
        ledger=kind,
        header_row=sheet.row_numbers[header.end - 1],
        columns=_with_factor(header.match.columns, kind, heading.unit_factor_text),
        unmapped=header.match.unmapped,
        heading=heading,
        skipped=counts,
        skipped_rows=fates.skipped,
        rows=[sheet.row_numbers[place] for place in fates.data],
        cells=_cells(sheet, header, fates),
        totals=_totals(sheet, header, fates),
    )


def _with_factor(columns: tuple[MappedColumn, ...], kind: LedgerKind, factor: str | None) -> tuple[MappedColumn, ...]:
    """Give the sheet's unit of money (单位：万元) to money columns whose header names none."""
    unit = next((word for word in ("亿元", "百万元", "万元", "千元", "元") if word in (factor or "")), None)
    if unit is None:
        return columns
    return tuple(
        MappedColumn(c.header, c.column, c.index, c.unit or unit) if kind.columns[c.column].type == "money" else c
        for c in columns
    )


def _cells(sheet: SheetText, header: Header, fates: Fates) -> dict[str, list[str]]:
    """Return the text of the data rows by ledger column, merged cells filled in."""
    places = fates.data
    if not places:
        return {}
    first, last = places[0], places[-1]
    whole = len(places) == last - first + 1
    rows = sheet.rows[first : last + 1] if whole else [sheet.rows[place] for place in places]
    by_place = list(zip(*rows, strict=True))
    cells = {}
    for column in header.match.columns:
        facts = header.match.kind.columns[column.column]
        if not facts.is_personal:
            place = column.index - sheet.first_column
            text = list(by_place[place])
            if facts.type not in NUMERIC:
                _fill_merged(text, sheet, place, places)
            cells[column.column] = text
    return cells


def _fill_merged(text: list[str], sheet: SheetText, place: int, places: list[int]) -> None:
    """Repeat a merged cell's text in the data rows under its first one."""
    for top, left, bottom, _right in sheet.merged:
        if left == place and bottom > top and bottom >= places[0]:
            for position, row in enumerate(places):
                if top < row <= bottom:
                    text[position] = sheet.rows[top][place]


def _totals(sheet: SheetText, header: Header, fates: Fates) -> list[tuple[int, dict[str, str]]]:
    personal = {name for name, column in header.match.kind.columns.items() if column.is_personal}
    wanted = [(c.column, c.index - sheet.first_column) for c in header.match.columns if c.column not in personal]
    return [
        (sheet.row_numbers[row], {name: sheet.rows[row][p] for name, p in wanted if sheet.rows[row][p].strip()})
        for row in fates.totals
    ]


Found = list[Sheet | NotALedger]


def read_and_recognise(path: Path, file: str | None = None) -> Found:
    """Read one file and return its sheets; FileError where it cannot be read."""
    return [recognise(sheet) for sheet in read_file(path, file)]


def read_and_recognise_all(files: Iterable[tuple[Path, str]]) -> Iterator[Found | FileError]:
    """Do the same for many (path, name to show), two at a time; a file's error stands in its place."""
    for sheets in read_all(files):
        yield sheets if isinstance(sheets, FileError) else [recognise(sheet) for sheet in sheets]
