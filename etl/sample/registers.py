"""The enterprise registers: one sheet of one reporting unit as of one day, with its planted flaws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from etl.sample.enterprise_rows import Entry, make_entry
from etl.sample.enterprises import Enterprise
from etl.sample.places import MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.styles import COMMUNITY_STYLES, OLD_CODE_HEADERS, STYLES, Style

OLD_CODES_LAST = date(2016, 12, 31)
SPOILT = ("workers_text", "workers_negative", "industry", "founded", "formed_number", "coordinates", "union", "status")
SCIENTIFIC = ("杨美", "万科城")  # in CSV, where Excel has spoilt a code of digits only
SAFE_FOR_NANKENG = ("industry", "founded", "formed_number", "coordinates")


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


def _spoil(entry: Entry, kind: str, random: Random) -> None:
    clean = entry.clean
    if kind == "workers_text":
        entry.spoil("workers", *random.choice((("若干", "bad_integer"), ("#REF!", "formula_error"), ("人数较多", "bad_integer"))))
    elif kind == "workers_negative":
        entry.spoil("workers", -int(clean["workers"]), "negative")
    elif kind == "industry":
        entry.spoil("industry", *random.choice((("综合类企业", "unknown_code"), ("高新企业", "unknown_code"), ("服务业", "unusable_code"))))
    elif kind == "founded":
        bad = (("2011年13月", "impossible_date"), ("2010-02-30", "impossible_date"), ("年初登记", "bad_date"))
        entry.spoil("founded_date", *random.choice(bad))
    elif kind == "formed_number":
        entry.spoil("union_formed_date", float(f"{clean['union_formed_date'].year}.1"), "ambiguous_month")
    elif kind == "coordinates":
        entry.cells |= {"lon": clean["lat"], "lat": clean["lon"]}
        clean |= {"lon": None, "lat": None}
        entry.flaws += [Flaw("lon", "out_of_range"), Flaw("lat", "out_of_range")]
    elif kind == "union":
        entry.spoil("union_status", *random.choice((("情况不明", "unknown_code"), ("已上报街道", "unknown_code"), ("已建会", "unusable_code"))))
        entry.spoil("union_name", None, None)
    elif kind == "scientific":
        entry.spoil("uscc", f"{float(clean['uscc']):.5E}", "scientific")
    elif kind == "status":
        entry.spoil("status", None, None)


def _can_spoil(entry: Entry, kind: str, columns: set[str]) -> bool:
    column = {"founded": "founded_date", "formed_number": "union_formed_date", "coordinates": "lon", "union": "union_status", "scientific": "uscc"}
    formed = entry.clean["union_formed_date"]
    is_old = formed is not None and formed.year < 2015 if kind == "formed_number" else True
    is_number = str(entry.clean["uscc"]).isdigit() if kind == "scientific" else True
    is_small = entry.clean["workers"] is not None and 1 < entry.clean["workers"] < 60
    is_whole = not entry.flaws and entry.clean["status"] == "operating" and not entry.clean["is_approx"]
    return column.get(kind, kind.split("_")[0]) in columns and is_old and is_number and is_small and is_whole


def _spoil_some(entries: list[Entry], columns: set[str], name: str, random: Random) -> None:
    """Spoil one cell of each kind; 第五园 keeps its union status whole, 南坑 what the article states."""
    kinds = SAFE_FOR_NANKENG if name == "南坑" else SPOILT if name != "第五园" else [k for k in SPOILT if k != "union"]
    kinds = [*kinds, "scientific"] if name in SCIENTIFIC else kinds
    for kind in kinds:
        candidates = [entry for entry in entries if _can_spoil(entry, kind, columns)]
        if candidates:
            _spoil(random.choice(candidates), kind, random)


def _federation_only_named(entries: list[Entry], columns: set[str], name: str, random: Random) -> None:
    """Leave the union status of three covered enterprises blank: the named federation still covers them."""
    covered = [e for e in entries if not e.flaws and e.clean["union_status"] == "federation" and e.clean["union_name"]]
    if "union_name" in columns and name in ("岗头", "新雪"):
        for entry in random.sample(covered, 3):
            entry.cells["union_status"] = None


def _line(entry: Entry, fate: str, columns: Sequence[tuple[str, str]], serial: Cell) -> Line:
    cells = tuple(entry.cells.get(column) if column else serial for column, _ in columns)
    mapped = {column for column, _ in columns}
    flaws = tuple(flaw for flaw in entry.flaws if flaw.column is None or flaw.column in mapped)
    return Line(fate, cells, flaws, entry.clean if fate == "accepted" else None)


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
    whole = [i for i, e in enumerate(entries) if not e.flaws and e.clean["uscc"] and e.cells["community"] not in ("同上", "〃")]
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


def _total(entries: list[Entry], columns: Sequence[tuple[str, str]], label: str) -> Line:
    sums = {column: sum(e.clean[column] or 0 for e in entries) for column in ("workers", "members")}
    return Line("total", (label, *(sums.get(column) for column, _ in columns[1:])))


def _foot(sheet: Sheet, entries: list[Entry], columns: Sequence[tuple[str, str]], style: Style) -> None:
    sheet.lines.append(_total(entries, columns, style.total))
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


def register_sheet(
    enterprises: Sequence[Enterprise], names: Sequence[str], day: date, sheet_name: str, seed: int
) -> Sheet:
    """Return the register of one community, or of several in one street-wide sheet with a community column."""
    style = STYLES[COMMUNITY_STYLES[names[0]]]
    random = Random(f"{seed}/register/{names[0]}/{day}")
    unit = names[0] if len(names) == 1 else STREET
    columns = _columns(style, day)
    canonical = {column for column, _ in columns}
    entries = []
    for name in names:
        own = [make_entry(e, day, style, Random(f"{seed}/{day}/{e.number}")) for e in listed(enterprises, name, day)]
        _spoil_some(own, canonical, name, random)
        _federation_only_named(own, canonical, name, random)
        entries += own
    if len(names) > 1:
        _hide_communities(entries, random)
    sheet = Sheet(sheet_name, "enterprise", unit, as_of=day)
    sheet.add_title(*titles(unit, day, style), width=len(columns))
    sheet.add_header([header for _, header in columns], style.groups)
    _body(sheet, entries, columns, style, random)
    _foot(sheet, entries, columns, style)
    return sheet


def _hide_communities(entries: list[Entry], random: Random) -> None:
    """Leave some communities to the address, some to 同上, and five to an address that fits two."""
    for index, entry in enumerate(random.sample([e for e in entries if not e.flaws and not e.clean["park"]], 5)):
        named = "雪象" if index < 2 else None
        entry.cells |= {"community": named, "address": f"坂田街道雪象村示例路{random.randint(1, 80)}号"}
        entry.clean["community"] = None
        entry.flaws += [Flaw("community", "unusable_code")] if named else []
    for before, entry in zip(entries, entries[1:], strict=False):
        aliases = ("上雪", "下雪", "中浩", "新雪社区", "象角塘社区")
        if entry.clean["community"] and any(alias in str(entry.cells["address"]) for alias in aliases):
            if random.random() < 0.1:
                entry.cells["community"] = None
            elif random.random() < 0.05 and before.cells["community"]:
                same = before.clean["community"] == entry.clean["community"]
                entry.cells["community"] = random.choice(("同上", "〃")) if same else entry.cells["community"]

