"""The enterprise registers: one sheet of one reporting unit as of one day, with its planted flaws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from etl.sample import flaws
from etl.sample.enterprise_rows import Entry, make_entry
from etl.sample.enterprises import Enterprise
from etl.sample.places import MARK, STREET
from etl.sample.plans import add_plans, plan_columns
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.styles import COMMUNITY_STYLES, OLD_CODE_HEADERS, STYLES, Style

OLD_CODES_LAST = date(2016, 12, 31)
WRONG_TOTAL = ("马安堂", date(2018, 6, 30))  # whose total row says ten more than its rows


def listed(enterprises: Sequence[Enterprise], name: str, day: date) -> list[Enterprise]:
    """Return whom a community's register names: who operates there, and some who left since the last one."""
    since = date(day.year, 6, 30) if day.month == 12 else date(day.year - 1, 12, 31)
    return [
        e
        for e in enterprises
        if e.community_at(day) == name
        and (e.operates(day) or (e.leaves is not None and since < e.leaves <= day and e.number % 5 < 3))
    ]


def _columns(style: Style, day: date) -> list[tuple[str, str]]:
    columns = list(style.columns)
    if day <= OLD_CODES_LAST and not style.groups:
        at = next(index for index, (column, _) in enumerate(columns) if column == "uscc") + 1
        columns[at:at] = OLD_CODE_HEADERS
    return columns


def _line(entry: Entry, fate: str, columns: Sequence[tuple[str, str]], serial: Cell) -> Line:
    cells = tuple(entry.cells.get(column) if column else serial for column, _ in columns)
    mapped = {column for column, _ in columns}
    bad = tuple(flaw for flaw in (*entry.flaws, *entry.later) if flaw.column is None or flaw.column in mapped)
    return Line(fate, cells, bad, entry.clean if fate == "accepted" else None)


def _rejected(entry: Entry, kind: str, random: Random) -> Entry:
    """Return a copy of an entry that must be rejected: without a name, or the same key with other content."""
    cells = dict(entry.cells)
    if kind == "no_name":
        cells |= {"name": None, "uscc": None, "org_code": None, "reg_no": None}
        return Entry(cells, {}, [Flaw("name", "required_missing")])
    cells["workers"] = int(entry.clean["workers"] or 7) + random.randint(3, 9)
    return Entry(cells, {}, [Flaw(None, "key_conflict")])


def _extra_lines(entries: list[Entry], random: Random, number: int) -> list[tuple[int, str, Entry]]:
    """Return (index after which, fate, entry) of the rows that come on top: rejected ones and duplicates."""
    repeated = ("同上", "〃")
    whole = [
        i for i, e in enumerate(entries) if not e.flaws and e.clean["uscc"] and e.cells["community"] not in repeated
    ]
    first, second, *copied = random.sample(whole, 2 + number)
    extra = [
        (first, "rejected", _rejected(entries[first], "no_name", random)),
        (second, "rejected", _rejected(entries[second], "key_conflict", random)),
    ]
    return extra + [(index, "duplicates", entries[index]) for index in copied]


def _body(sheet: Sheet, entries: list[Entry], columns: Sequence[tuple[str, str]], style: Style, random: Random) -> None:
    extra = sorted(_extra_lines(entries, random, 1 + len(entries) // 150), key=lambda item: item[0])
    for index, entry in enumerate(entries):
        sheet.lines.append(_line(entry, "accepted", columns, index + 1))
        sheet.lines += [_line(e, fate, columns, index + 1) for at, fate, e in extra if at == index]
        if style.is_page_broken and (index + 1) % 60 == 0 and index + 1 < len(entries):
            _page_break(sheet, entries[index - 59 : index + 1], columns)


def _page_break(sheet: Sheet, page: list[Entry], columns: Sequence[tuple[str, str]]) -> None:
    sheet.lines.append(_total(page, columns, "本页小计"))
    sheet.add("header", *(header for _, header in columns))


def _total(entries: list[Entry], columns: Sequence[tuple[str, str]], label: str, error: int = 0) -> Line:
    sums = {column: sum(e.clean[column] or 0 for e in entries) + error for column in ("workers", "members")}
    return Line("total", (label, *(sums.get(column) for column, _ in columns[1:])))


def _foot(sheet: Sheet, entries: list[Entry], columns: Sequence[tuple[str, str]], style: Style) -> None:
    error = 10 if (sheet.unit, sheet.as_of) == WRONG_TOTAL else 0
    sheet.lines.append(_total(entries, columns, style.total.format(n=len(entries)), error))
    if style.notes and style.signature:
        sheet.add("blank")
    for note in style.notes:
        sheet.add("note", note)
    if style.signature:
        sheet.add("signature", *(cell for text in style.signature for cell in (text, None, None)))


def titles(name: str, day: date, style: Style) -> list[str]:
    """Return the title lines of a community's register."""
    unit = name if name == STREET else f"{STREET}{name}社区"
    when = "" if "{y}" in style.second_title and style.groups else f"（{day.year}年{day.month}月）"
    second = style.second_title.format(unit=name, y=day.year, m=day.month, d=day.day)
    return [f"{STREET if style is STYLES['street'] else unit}企业台账{when}　{MARK}", *([second] if second else [])]


def _entries(
    enterprises: Sequence[Enterprise], names: Sequence[str], day: date, columns: set[str], seed: int
) -> list[Entry]:
    """Return the register's rows; an enterprise's cells do not depend on its neighbours'."""
    style, entries = STYLES[COMMUNITY_STYLES[names[0]]], []
    for name in names:
        random = Random(f"{seed}/flaws/{name}/{day}")
        own = [make_entry(e, day, style, Random(f"{seed}/{day}/{e.number}")) for e in listed(enterprises, name, day)]
        flaws.spoil_some(own, columns, name, day, random)
        flaws.name_federation_only(own, columns, name, random)
        entries += own
    if len(names) > 1:
        flaws.hide_communities(entries, Random(f"{seed}/hidden/{day}"))
    return entries


def register_sheet(
    enterprises: Sequence[Enterprise], names: Sequence[str], day: date, sheet_name: str, seed: int
) -> Sheet:
    """Return the register of one community, or of several in one street-wide sheet with a community column."""
    style, unit = STYLES[COMMUNITY_STYLES[names[0]]], names[0] if len(names) == 1 else STREET
    columns, sheet = _columns(style, day), Sheet(sheet_name, "enterprise", unit, as_of=day)
    entries = _entries(enterprises, names, day, {column for column, _ in columns}, seed)
    if more := plan_columns(COMMUNITY_STYLES[names[0]], day):
        add_plans(entries, day, seed)
        columns += more
    if style.is_page_broken:
        sheet.add("blank")
    sheet.add_title(*titles(unit, day, style), width=len(columns))
    if style.groups:
        sheet.add("blank")
    sheet.add_header([header for _, header in columns], style.groups)
    _body(sheet, entries, columns, style, Random(f"{seed}/register/{names[0]}/{day}"))
    _foot(sheet, entries, columns, style)
    return sheet
