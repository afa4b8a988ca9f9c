"""The street's own checklists: names only, the items say that their content is for the street to fill in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample import dirt
from etl.sample.enterprises import GIANT, Enterprise
from etl.sample.files import File
from etl.sample.identity import has_wrong_check
from etl.sample.places import COMMUNITIES, FILE_MARK, MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import columns

if TYPE_CHECKING:
    from etl.sample.rest import World

DAYS = (date(2018, 6, 30), date(2018, 12, 31))
STREET_LISTS = {"1+6文件": 7, "八项机制": 8}
COMMUNITY_LISTS = {"一个主体四个参与": 5, "筑基行动": 3, "民主建会": 4}
OWN_LIST, OWN_PLACES = "示例自定清单", ("坂田", "杨美")
DEMOCRATIC, PER_PLACE = "民主建会", 1  # enterprises of each community whose own list is kept, too
COLUMNS = columns(
    "checklist=清单名称 -=序号 item=清单事项 level=单位层级 community=社区 enterprise_name=企业名称 enterprise_uscc=统一社会信用代码 basis=依据文件 "
    "status=落实状态 due_date_end=完成时限 checked_date=检查日期 evidence=佐证材料 person=责任人 remark=备注"
)
NAMES = [name for name, _header in COLUMNS]
STATUS = {
    date(2018, 6, 30): ("done", "partly", "partly", "not_yet", None),
    date(2018, 12, 31): ("done", "done", "done", "partly", "not_yet", "not_applicable"),
}
WORDS = {
    "done": ("已落实", "√"),
    "partly": ("部分落实", "推进中"),
    "not_yet": ("未落实",),
    "not_applicable": ("不适用", "不涉及"),
}
LEVEL_WORDS = {"street": "街道", "community": "社区", "enterprise": "企业"}


@dataclass(frozen=True)
class Item:
    """One item of a list at one unit."""

    checklist: str
    text: str
    level: str
    place: str = ""
    enterprise: Enterprise | None = None


def _texts(count: int) -> list[str]:
    return [f"第{number}项（内容待街道填写）" for number in range(1, count + 1)]


def items(enterprises: Sequence[Enterprise], day: date) -> Iterator[Item]:
    """Yield every item: list by list, the street's, then the communities', then some enterprises'."""
    for name, count in STREET_LISTS.items():
        yield from (Item(name, text, "street") for text in _texts(count))
    for name, count in COMMUNITY_LISTS.items():
        for place in COMMUNITIES:
            yield from (Item(name, text, "community", place.name) for text in _texts(count))
    for place_name in OWN_PLACES:
        yield from (Item(OWN_LIST, text, "community", place_name) for text in _texts(2))
    for place in COMMUNITIES:
        there = [
            e for e in enterprises
            if e.name != GIANT and e.community_at(day) == place.name and e.operates(day) and e.union_at(day) == "own" and not has_wrong_check(e.uscc_at(day))
        ]  # fmt: skip
        for enterprise in there[:PER_PLACE]:
            yield from (
                Item(DEMOCRATIC, text, "enterprise", place.name, enterprise)
                for text in _texts(COMMUNITY_LISTS[DEMOCRATIC])
            )


def _line(item: Item, serial: int, day: date, random: Random, is_first: bool) -> Line:
    status, firm = random.choice(STATUS[day]), item.enterprise
    cells: dict[str, Cell] = {
        "": serial, "checklist": item.checklist if is_first else None, "item": item.text, "level": LEVEL_WORDS[item.level],
        "community": item.place or None, "enterprise_name": firm.name_at(day) if firm else None, "enterprise_uscc": firm.uscc_at(day) if firm else None,
        "basis": "示例依据文件（非真实文件）", "status": random.choice(WORDS[status]) if status else None,
        "due_date_end": "2019年6月" if status in ("partly", "not_yet") else None, "checked_date": dirt.day_cell(day.replace(day=20), "dots", random),
        "evidence": "示例佐证材料" if status == "done" else None, "person": "示例负责人丙",
    }  # fmt: skip
    clean = {
        "checklist": item.checklist,
        "item": item.text,
        "level": item.level,
        "community": item.place or None,
        "status": status,
    }
    return Line("accepted", tuple(cells.get(name) for name in NAMES), (), clean)


def _spoilt(line: Line, cell: Cell, code: str) -> Line:
    at = NAMES.index("status")
    return Line(
        "accepted",
        (*line.cells[:at], cell, *line.cells[at + 1 :]),
        (Flaw("status", code),),
        {**(line.clean or {}), "status": None},
    )


def _tail(lines: Sequence[Line]) -> list[Line]:
    """Return a row that is there again and one that says something else of the same item."""
    last, place = lines[-1], NAMES.index("status")
    name = (last.clean or {})["checklist"]
    again = (name, *last.cells[1:])
    other = "部分落实" if (last.clean or {})["status"] != "partly" else "未落实"
    nameless = (name, None, None, *last.cells[3:])
    return [
        Line("duplicates", again), Line("rejected", (*again[:place], other, *again[place + 1 :]), (Flaw(None, "key_conflict"),)),
        Line("rejected", nameless, (Flaw("item", "required_missing"),)),
    ]  # fmt: skip


def _sheet(day: date, world: World) -> Sheet:
    random, sheet = Random(f"{world.seed}/checklists/{day}"), Sheet("清单", "checklist", STREET, as_of=day)
    sheet.add_title(f"{STREET}工作清单台账（{day.year}年{day.month}月）　{MARK}", width=len(COLUMNS))
    sheet.add_header([header for _name, header in COLUMNS])
    found, top = list(items(world.enterprises, day)), len(sheet.lines)
    firsts = [at for at, item in enumerate(found) if at == 0 or found[at - 1].checklist != item.checklist]
    lines = [_line(item, serial, day, random, serial - 1 in firsts) for serial, item in enumerate(found, 1)]
    for at, (cell, code) in zip((30, 45), (("再议", "unknown_code"), ("不详", "unusable_code")), strict=True):
        lines[at] = _spoilt(lines[at], cell, code)
    sheet.lines += [*lines, *_tail(lines)]
    sheet.merges += [(top + a, 0, top + b - 1, 0) for a, b in zip(firsts, [*firsts[1:], len(found)], strict=True)]
    sheet.add("note", "注：清单名称见公开报道，内容没有公布；示例只列事项序号，由街道填写。")
    return sheet


def files(world: World) -> Iterator[File]:
    """Yield the lists of each half-year's end."""
    for day in DAYS:
        yield File(f"清单/{STREET}工作清单台账{day.year}年{day.month}月_{FILE_MARK}.xlsx", (_sheet(day, world),))


def planted(world: World) -> dict[str, Any]:
    """Return the lists that are kept."""
    return {
        "checklists": {
            "of_the_street": list(STREET_LISTS),
            "of_communities": list(COMMUNITY_LISTS),
            "of_its_own_name": OWN_LIST,
        }
    }


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the items of each list by what is said of them, the street's own among them."""
    found: dict[str, dict[str, int]] = {}
    for sheet in (s for s in sheets if s.ledger == "checklist"):
        counted = Counter(f"{row['checklist']}|{row['status'] or 'unknown'}" for row in sheet.accepted())
        found[f"{sheet.as_of:%Y-%m}"] = dict(sorted(counted.items()))
    return {"checklists": found}
