"""The member rosters: one sheet per community as of the end of 2018, with its planted flaws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt
from etl.sample.enterprise_rows import Entry
from etl.sample.enterprises import LAST
from etl.sample.members import Member, identity_number
from etl.sample.places import COMMUNITIES, MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.styles import SIGNATURE

FACTS = ("name", "sex", "identity", "phone", "union_name", "employer", "joined_date", "status", "left_date",
         "is_migrant", "is_verified", "verified_date")  # fmt: skip
HEADERS = {
    "system": ("姓名", "性别", "身份证号码", "手机号码", "所属工会", "工作单位", "入会时间", "会籍状态", "转出/离会时间",
               "是否农民工", "是否实名认证", "实名认证日期"),
    "union": ("会员姓名", "性别", "证件号码", "联系电话", "工会名称", "用人单位", "入会日期", "会籍情况", "离会时间",
              "农民工", "实名认证", "认证时间"),
    "form": ("*姓名", "性别", "公民身份号码", "移动电话", "所在工会", "单位名称", "加入工会时间", "会籍状态", "离会日期",
             "是否农民工（是/否）", "是否实名认证", "实名认证时间"),
}  # fmt: skip
STYLES = {"四季花城": "form", "第五园": "form", "万科城": "form", "岗头": "union", "坂田": "union", "五和": "union"}
WORDS: dict[str, dict[str, tuple[Cell, Cell]]] = {
    "system": {"sex": ("男", "女"), "is_verified": ("是", "否")},
    "union": {"sex": ("1", "2"), "is_verified": ("√", None)},
    "form": {"sex": ("男", "女"), "is_verified": ("已认证", "未认证")},
}
DATES = {"system": "slash", "union": "iso", "form": "dots"}
GONE_WORDS = ("转出", "退会", "自动退会")
ACROSS = 1  # persons per community who are still listed by the union of the community before
WITHIN = 2  # and by the federation of their own


@dataclass(frozen=True)
class Roster:
    """What a community's roster holds beside its own members: rows of persons who have moved on."""

    name: str
    members: list[Member]
    moved_on: list[Member]


def _clean(member: Member) -> dict[str, Any]:
    return {
        "person": member.number, "community": member.community, "union": member.union, "joined": member.joined,
        "is_year": False, "left": member.left, "verified": member.verified,
    }  # fmt: skip


def _joined_cell(joined: date, style: str, random: Random) -> Cell:
    return dirt.month_text(joined, random) if random.random() < 0.02 else dirt.day_cell(joined, DATES[style], random)


def _verified_cells(member: Member, clean: dict[str, Any], style: str, random: Random) -> tuple[Cell, Cell]:
    yes, no = WORDS[style]["is_verified"]
    if member.verified is None:
        return no, None
    if random.random() < 0.02 and member.left is None:  # when is not said: known from the roster's month on
        clean["verified"] = LAST
        return yes, None
    return yes, dirt.day_text(member.verified, DATES[style])


def _number_cell(number: str, random: Random) -> Cell:
    """Return an identity number, rarely with blanks, an apostrophe, full width or a small x."""
    if random.random() < 0.99:
        return number
    odd = (
        f"{number[:6]} {number[6:14]} {number[14:]}",
        f"'{number}",
        number.translate(dirt.FULL_WIDTH),
        number.lower(),
    )
    return random.choice(odd)


def _entry(member: Member, style: str, random: Random) -> Entry:
    clean = _clean(member)
    male, female = WORDS[style]["sex"]
    is_verified, verified_date = _verified_cells(member, clean, style, random)
    cells: dict[str, Cell] = {
        "name": member.name, "sex": male if member.sex == "male" else female,
        "identity": _number_cell(member.number, random), "phone": member.phone, "union_name": member.union,
        "employer": member.employer, "joined_date": _joined_cell(member.joined, style, random),
        "status": random.choice(GONE_WORDS) if member.left else "保留会籍" if random.random() < 0.01 else "在册",
        "left_date": dirt.day_text(member.left, DATES[style]) if member.left else None,
        "is_migrant": "是" if member.is_migrant else "否", "is_verified": is_verified, "verified_date": verified_date,
    }  # fmt: skip
    return Entry(cells, clean, [])


def _by_name(entry: Entry, cell: Cell, code: str | None) -> None:
    """Spoil the number: the person is then told by name and phone."""
    entry.cells["identity"] = cell
    entry.clean["person"] = f"{entry.cells['name']}|{entry.cells['phone']}"
    if code:
        entry.flaws.append(Flaw("identity", code))


def _renumbered(entry: Entry, cell: str, code: str) -> None:
    entry.cells["identity"] = entry.clean["person"] = cell
    entry.flaws.append(Flaw("identity", code))


def _other_sex(entry: Entry) -> None:
    entry.cells["sex"] = "女" if entry.cells["sex"] in ("男", "1") else "男"
    entry.flaws.append(Flaw("sex", "sex_differs"))


def _joined_as(entry: Entry, cell: Cell, joined: date | None, code: str | None, is_year: bool = False) -> None:
    entry.cells["joined_date"] = cell
    entry.clean |= {"joined": joined, "is_year": is_year}
    if code:
        entry.flaws.append(Flaw("joined_date", code))


def _number_of(entry: Entry) -> str:
    return str(entry.clean["person"])


def _wrong(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def _old_number(entry: Entry) -> None:
    """Write the number as before 1999: 15 digits, the same person."""
    entry.cells["identity"] = _number_of(entry)[:6] + _number_of(entry)[8:17]


Spoil = Callable[[Entry], None]
SPOILS: tuple[tuple[int, Spoil], ...] = (
    (3, lambda e: _renumbered(e, _wrong(_number_of(e)), "check_digit")),
    (4, _old_number),
    (3, lambda e: _by_name(e, None, None)),
    (2, lambda e: _by_name(e, f"{int(_number_of(e)[:17]) * 10:.5E}", "scientific")),
    (1, lambda e: _by_name(e, f"{_number_of(e)[:6]}********{_number_of(e)[14:]}", "hidden_identity")),
    (1, lambda e: _renumbered(e, f"E9999{_number_of(e)[-6:-1]}", "other_document")),
    (1, lambda e: _renumbered(e, _number_of(e)[:17], "identity_length")),
    (2, _other_sex),
    (1, lambda e: _joined_as(e, float(f"{e.clean['joined'].year}.1"), None, "ambiguous_month")),
    (1, lambda e: _joined_as(e, f"{e.clean['joined'].year}年", e.clean["joined"].replace(month=1, day=1), "date_precision", True)),
    (1, lambda e: _joined_as(e, "记不清", None, "bad_date")),
    (1, lambda e: _joined_as(e, None, None, None)),
)  # fmt: skip


def _too_old(entry: Entry, at: int) -> None:
    """Give a member the number of someone who has reached the age of retirement."""
    cell = identity_number(date(1955, 5, 1 + at), 2 + int(_number_of(entry)[16]) % 2 + at * 2)
    _renumbered(entry, cell, "over_age")
    entry.cells["sex"] = None


def _spoil_some(entries: list[Entry], order: int, random: Random) -> list[int]:
    """Spoil one cell of some members of long standing; return their places."""
    old = [
        at for at, e in enumerate(entries) if e.clean["joined"].year < 2012 and not e.clean["left"] and e.cells["phone"]
    ]
    chosen = random.sample(old, sum(count for count, _spoil in SPOILS) + 2)
    places = iter(chosen)
    for count, spoil in SPOILS:
        for _again in range(count):
            spoil(entries[next(places)])
    for at, place in enumerate(places):
        _too_old(entries[place], order * 2 + at)
    return chosen


def _extra_lines(entries: list[Entry], spoilt: list[int], order: int, random: Random) -> list[tuple[int, str, Entry]]:
    """Return (place after which, fate, row) of the rows that come on top: rejected ones and duplicates."""
    whole = [at for at in range(len(entries)) if at not in set(spoilt)]
    conflict, keyless, young, *copied = random.sample(whole, 6)
    again = Entry({**entries[conflict].cells, "joined_date": "2003-03-03"}, {}, [Flaw(None, "key_conflict")])
    nobody = Entry({**entries[keyless].cells, "identity": "待补", "phone": None}, {}, [Flaw("identity", "no_key")])
    child = identity_number(date(2004, 6, 1 + order), 10 + order)
    apprentice = Entry({**entries[young].cells, "identity": child, "sex": None}, {}, [Flaw("identity", "under_age")])
    extra = [(conflict, "rejected", again), (keyless, "rejected", nobody), (young, "rejected", apprentice)]
    return extra + [(at, "duplicates", entries[at]) for at in copied]


def rosters(members: dict[str, list[Member]], seed: int) -> list[Roster]:
    """Return each community's roster; some persons are still listed by the union that they left."""
    random, found = (
        Random(f"{seed}/rosters"),
        {name: Roster(name, list(people), []) for name, people in members.items()},
    )
    names = list(found)
    for order, name in enumerate(names):
        own, before = f"{name}社区工会联合会", names[order - 1]
        moved = [m for m in members[name] if m.left is None and 2012 <= m.joined.year < 2018 and m.union != own]
        chosen = random.sample(moved, ACROSS + WITHIN)
        for at, member in enumerate(chosen):
            home = before if at < ACROSS else name
            was = replace(member, community=home, union=f"{home}社区工会联合会", employer="", verified=None,
                          joined=date(2008 + order % 3, 1 + at, 5))  # fmt: skip
            found[home].moved_on.append(was)
    return list(found.values())


def _line(entry: Entry, fate: str, serial: int) -> Line:
    cells = (serial, *(entry.cells[fact] for fact in FACTS))
    return Line(fate, cells, tuple(entry.flaws), entry.clean if fate == "accepted" else None)


def _foot(sheet: Sheet, count: int) -> None:
    sheet.add("total", "合计", f"{count}人", *[None] * (len(FACTS) - 1))
    sheet.add("note", "注：本名册含已转出、退会人员；名册内容均为虚构。")
    sheet.add("signature", SIGNATURE[0], None, SIGNATURE[1])


def roster_sheet(roster: Roster, sheet_name: str, seed: int) -> Sheet:
    """Return one community's roster as a sheet."""
    name, random = roster.name, Random(f"{seed}/roster/{roster.name}")
    style, order = STYLES.get(name, "system"), [place.name for place in COMMUNITIES].index(name)
    sheet = Sheet(sheet_name, "member", name, as_of=LAST)
    title = f"{STREET}{name}社区工会会员名册（截至{LAST.year}年{LAST.month}月{LAST.day}日）　{MARK}"
    sheet.add_title(title, f"填报单位：{name}社区工会联合会", width=len(FACTS) + 1)
    sheet.add_header(("序号", *HEADERS[style]))
    entries = [_entry(member, style, random) for member in roster.members]
    spoilt = _spoil_some(entries, order, random)
    extra: dict[int, list[tuple[str, Entry]]] = {}
    for at, fate, entry in _extra_lines(entries, spoilt, order, random):
        extra.setdefault(at, []).append((fate, entry))
    for at, entry in enumerate(entries):
        sheet.lines.append(_line(entry, "accepted", at + 1))
        sheet.lines += [_line(other, fate, at + 1) for fate, other in extra.get(at, ())]
    sheet.lines += [
        _line(_entry(m, style, random), "accepted", len(entries) + n) for n, m in enumerate(roster.moved_on, 1)
    ]
    _foot(sheet, len(entries) + len(roster.moved_on))
    return sheet
