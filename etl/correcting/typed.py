"""What corrections say, typed by the same reader as the ledgers' own cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

import polars as pl

from etl.codelist import CodeLists
from etl.correcting.file import Correction
from etl.correcting.texts import Cell, cell_of, is_blank, same
from etl.ledger import Column, LedgerKind, ledger_kinds
from etl.values.columns import Context, type_columns

FROM = re.compile(r"(.+?)\s*[@＠](\d{4})-(\d\d)(?:-(\d\d))?", re.S)  # the last part of a key: from that day or month on
WAS, NOW = 1, 2


@dataclass(frozen=True)
class Typed:
    """A correction with its ledger, column and cells; `wrong` says why it cannot be used ("": it can)."""

    said: Correction
    kind: LedgerKind | None = None
    column: Column | None = None
    key: str = ""
    since: date | None = None
    was: Cell = ()
    now: Cell = ()
    was_wrong: str = ""  # what stands under 更正前 is no such cell: it can only stand for one that could not be read
    wrong: str = ""

    @property
    def is_private(self) -> bool:
        """Return whether nothing of what it says may be kept: the column is personal, or nobody knows what it is."""
        return self.column is None or self.column.is_personal


def typed_corrections(corrections: Iterable[Correction], codes: CodeLists) -> list[Typed]:
    """Return every correction typed, in the order of the file."""
    named = [_named(one) for one in corrections]
    cells: dict[int, Typed] = {}
    for kind in {one.kind.id: one.kind for one in named if one.kind}.values():
        mine = [one for one in named if one.kind is kind and one.column and not one.wrong]
        cells |= {one.said.no: one for one in _with_cells(kind, mine, codes)} if mine else {}
    return [cells.get(one.said.no, one) for one in named]


def kind_named(text: str) -> LedgerKind | None:
    """Return the ledger of this id or title."""
    plain = text.strip()
    return next((kind for kind in ledger_kinds().values() if plain in (kind.id, kind.title)), None)


def column_named(kind: LedgerKind, text: str) -> Column | None:
    """Return the column of this id or title, else the one whose header may be spelt so."""
    plain = text.strip()
    first = (column for column in kind.columns.values() if plain in (column.id, column.title))
    return next(first, next((column for column in kind.columns.values() if plain in column.variants), None))


def not_correctable(kind: LedgerKind, column: Column) -> str:
    """Return why a column is never corrected by a record, "" where it may be."""
    if kind.identity:
        return _("{ledger}一行是一个人，不逐人更正，请退回社区改后重报").format(ledger=kind.title)
    if column.is_personal:
        return _("“{title}”是个人信息，不入库，不能更正").format(title=column.title)
    if any(column.id in key for key in kind.key):
        return _("“{title}”用来认定是哪一条记录，不能更正，请退回社区改后重报").format(title=column.title)
    return ""


def _named(said: Correction) -> Typed:
    """Find the ledger, the column and the day from which a correction holds."""
    kind = kind_named(said.ledger)
    column = column_named(kind, said.column) if kind else None
    known = Typed(said, kind, column, wrong=said.wrong)
    if said.wrong:
        return known
    if kind is None:
        return replace(known, wrong=_("没有“{name}”这种台账").format(name=said.ledger))
    if column is None:
        return replace(known, wrong=_("{ledger}没有“{name}”这一列").format(ledger=kind.title, name=said.column))
    return _since(replace(known, wrong=not_correctable(kind, column)))


def _since(one: Typed) -> Typed:
    found = FROM.fullmatch(one.said.key)
    if found is None:
        return replace(one, key=one.said.key)
    key, year, month, day = found.groups()
    try:
        return replace(one, key=key, since=date(int(year), int(month), int(day or 1)))
    except ValueError:
        wrong = _("“@”后面的日期不对，应写成2018-12-31或2018-12")
        return replace(one, key=key, wrong=one.wrong or wrong)


def _with_cells(kind: LedgerKind, mine: list[Typed], codes: CodeLists) -> list[Typed]:
    """Read the texts of was and now as cells of their columns, each correction a sheet of its own."""
    texts = [
        {"sheet_no": one.said.no, "row": row, one.column.id: text}
        for one in mine
        if one.column
        for row, text in ((WAS, one.said.was), (NOW, one.said.now))
    ]
    names = dict.fromkeys(one.column.id for one in mine if one.column)
    schema = {"sheet_no": pl.Int32, "row": pl.Int32, **dict.fromkeys(names, pl.String)}
    frame = pl.DataFrame(texts, schema=schema, infer_schema_length=None)
    typed, bad = type_columns(Context(kind, frame, None, codes, None, None))
    rows = {(row["sheet_no"], row["row"]): row for row in typed.iter_rows(named=True)}
    said = {(no, row): reason for no, row, reason in bad.select("sheet_no", "row", "reason").iter_rows()}
    return [_one(one, rows, said) for one in mine]


def _one(one: Typed, rows: dict[tuple[int, int], dict[str, object]], said: dict[tuple[int, int], str]) -> Typed:
    column, no = one.column, one.said.no
    if column is None:
        return one
    was, now = (cell_of(column, rows[no, row]) for row in (WAS, NOW))
    unread = {row: said.get((no, row), "") for row, cell in ((WAS, was), (NOW, now)) if is_blank(cell)}
    wrong = unread.get(NOW, "")
    if not wrong and is_blank(now) and column.required:
        wrong = _("“{title}”是必填的，不能改为空").format(title=column.title)
    if not wrong and same(was, now) and not unread.get(WAS):
        wrong = _("更正前后相同")
    return replace(one, was=was, now=now, was_wrong=unread.get(WAS, ""), wrong=wrong)
