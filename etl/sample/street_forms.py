"""The street's own ledgers (隐患、流程、办件、风险): how their sheets are laid out and what is spoilt in them on purpose."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt
from etl.sample.enterprise_rows import Entry
from etl.sample.places import MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet


@dataclass(frozen=True)
class Form:
    """One way of keeping a street-wide ledger; `columns` are (canonical id or '' for none, header)."""

    ledger: str
    columns: tuple[tuple[str, str], ...]
    title: str
    dates: str
    second_title: str = ""
    notes: tuple[str, ...] = ()
    signature: str = ""
    summed: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the canonical columns in order."""
        return tuple(column for column, _header in self.columns)


def columns(text: str) -> tuple[tuple[str, str], ...]:
    """Return the columns that a text lists as `canonical=header`, with - for a column that no ledger has."""
    pairs = (part.split("=") for part in text.split())
    return tuple((column if column != "-" else "", header) for column, header in pairs)


def month_end(month: date) -> date:
    """Return the month's last day."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of the months from one to the other, both included."""
    span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in span]


def line(entry: Entry, form: Form, serial: int, fate: str = "accepted") -> Line:
    """Return an entry as a line of that form; a flaw in a column that the form has not is none."""
    cells = tuple(serial if not name else entry.cells.get(name) for name in form.names)
    flaws = tuple(flaw for flaw in entry.flaws if flaw.column is None or flaw.column in form.names)
    return Line(fate, cells, flaws, entry.clean if fate == "accepted" else None)


def day(value: date | None, form: Form, random: Random) -> Cell:
    """Return a date in the form's own style, now and then in another one."""
    return None if value is None else dirt.day_cell(value, form.dates, random)


@dataclass(frozen=True)
class Extra:
    """What is spoilt in the rows that come on top: the key left out, another column made to contradict."""

    key: str
    conflict: str
    other: Cell


def spoilt_lines(entries: Sequence[Entry], form: Form, month: date, extra: Extra, random: Random) -> list[Line]:
    """Return the entries as lines, with a duplicate, a row without number, or a conflicting one in some months."""
    lines = [line(entry, form, serial) for serial, entry in enumerate(entries, 1)]
    sound = [index for index, entry in enumerate(entries) if not entry.flaws]
    if not sound:
        return lines
    at, place = random.choice(sound), form.names.index(extra.key)
    if month.month in (2, 8):
        lines.insert(at + 1, Line("duplicates", lines[at].cells))
    if month.month == 6:
        cells = (*lines[at].cells[:place], None, *lines[at].cells[place + 1 :])
        lines.append(Line("rejected", cells, (Flaw(extra.key, "required_missing"),)))
    if month.month == 10:
        other = form.names.index(extra.conflict)
        cells = (*lines[at].cells[:other], extra.other, *lines[at].cells[other + 1 :])
        lines.append(Line("rejected", cells, (Flaw(None, "key_conflict"),)))
    return lines


def sheet_of(form: Form, name: str, first: date, last: date, lines: Sequence[Line]) -> Sheet:
    """Return a sheet of the street's for those days, with its heading and its foot."""
    sheet, width = Sheet(name, form.ledger, STREET, period=(first, last)), len(form.columns)
    when = f"{first.year}年{first.month}月" + ("" if first.month == last.month else f"至{last.month}月")
    titles = [form.title.format(street=STREET, when=when, mark=MARK), form.second_title]
    sheet.add_title(*[title for title in titles if title], width=width)
    sheet.add_header([header for _column, header in form.columns])
    sheet.lines += lines or [Line("note", ("本月无", *[None] * (width - 1)))]
    _foot(sheet, form, len(lines))
    return sheet


def _foot(sheet: Sheet, form: Form, count: int) -> None:
    if form.summed and count:
        total = sum(row[form.summed] or 0 for row in sheet.accepted())
        sheet.add("total", "合计", *(total if name == form.summed else None for name in form.names[1:]))
    for note in form.notes:
        sheet.add("note", note)
    if form.signature:
        sheet.add("signature", form.signature)


Maker = Callable[[Any, Form, Random], Entry]


def month_sheet(
    facts: Sequence[Any], make: Maker, form: Form, month: date, extra: Extra, seed: int, name: str = ""
) -> Sheet:
    """Return the sheet of one month, its rows made by `make`."""
    random = Random(f"{seed}/{form.ledger} sheet/{month}")
    entries = [make(fact, form, random) for fact in facts]
    lines = spoilt_lines(entries, form, month, extra, random)
    return sheet_of(form, name or f"{month.month}月", month, month_end(month), lines)
