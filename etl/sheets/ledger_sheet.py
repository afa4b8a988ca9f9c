"""What was found in one sheet: a ledger with its rows as text, or why it is none and what it may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import polars as pl

from etl.formats.sheet_text import NumberText
from etl.ledger import LedgerKind
from etl.sheets.header import MappedColumn
from etl.sheets.heading import Heading

LABEL = ""  # the key under which a total row holds its first text: 合计, 本页小计, 共227家


@dataclass(frozen=True)
class Proposal:
    """What an uncertain header (`index` 0 is column A) may be; applied only once a saved mapping says so.

    `confidence` is high, medium or low; `why` says it in Chinese and names no cell's value.
    """

    header: str
    index: int
    column: str
    confidence: str
    why: str


@dataclass(frozen=True)
class NotALedger:
    """A sheet that is no ledger, and why; where its proposals would make it one, `ledger` is that kind's id.

    `headers` are the texts of the row that comes nearest to a header, `header_row` its number as Excel shows it.
    """

    file: str
    sheet: str
    reason: str
    ledger: str | None = None
    proposals: tuple[Proposal, ...] = ()
    header_row: int | None = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A recognised sheet.

    `rows` are the data rows' numbers as Excel shows them, `cells` their text by ledger column (personal columns are
    mapped but not read), `skipped_rows` the (row, fate) of all others, `totals` the texts of total rows
    (with LABEL: what the row calls itself).
    `mode` is register, change (增减变动表: `changes` holds each data row's 新增/变更/减少 as written) or event;
    `hidden` and `struck` are numbers of data rows; `without_result` are (row, column) of cells whose formula has no
    result in the file; `crs` is the coordinate system that header, title or mapping says;
    `mapping` the title of the saved mapping in use; `reasons` say why it is this ledger.
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
    mode: str = "register"
    changes: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    without_result: list[tuple[int, str]] = field(default_factory=list)
    crs: str | None = None
    mapping: str | None = None
    reasons: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()

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
