"""The register of union organisations: enterprises' own unions, joint ones, federations of communities and parks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt
from etl.sample.enterprises import Enterprise
from etl.sample.identity import credit_code, organisation_code, person, phone
from etl.sample.places import COMMUNITIES, MARK, PARKS, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.union_health import HEALTH_COLUMNS, HEALTH_GROUPS, health_of, left_behind, overdue_term

PARK_FEDERATIONS = {
    "中浩工业城": date(2013, 7, 18), "南坑创意园": date(2014, 9, 25), "天安云谷": date(2016, 5, 12), "星河雅宝": date(2017, 8, 30),
}  # fmt: skip
COLUMNS = (
    ("community", "所属社区"), ("", "序号"), ("name", "工会名称"), ("code", "工会编码"), ("uscc", "工会统一社会信用代码"),
    ("parent_name", "上级工会"), ("union_type", "工会类型"), ("park", "所属园区"), ("formed_date", "建会日期"), ("status", "工会状态"),
    ("covered_units", "涵盖单位数"), ("workers", "职工数"), ("members", "会员人数"), ("chair_name", "工会主席姓名"),
    ("chair_phone", "联系电话"), ("term_end", "任期结束时间"), *HEALTH_COLUMNS, ("remark", "备注"),
)  # fmt: skip
GROUPS = (("", 2), ("工会信息", 8), ("人数", 3), ("主席信息", 3), *HEALTH_GROUPS, ("", 1))
TYPE_WORDS = {"own": "独立基层工会", "joint": "联合基层工会", "community": "社区工会联合会", "park": "园区工会联合会"}


@dataclass(frozen=True)
class Union:
    """A union organisation on one day."""

    code: str
    name: str
    union_type: str
    community: str
    park: str | None
    formed: date
    parent: str
    enterprises: tuple[Enterprise, ...]


def _community_formed(order: int) -> date:
    return date(2006 + order % 5, 3 + order % 9, 10 + order)


def unions_of(enterprises: Sequence[Enterprise], name: str, day: date) -> Iterator[Union]:
    """Yield a community's unions on that day: its federation, its parks', a joint one, enterprises' own."""
    order = next(index for index, place in enumerate(COMMUNITIES, 1) if place.name == name)
    there = [e for e in enterprises if e.community_at(day) == name and e.operates(day)]
    federation = f"{name}社区工会联合会"
    joined = tuple(e for e in there if e.union_at(day) in ("own", "joint", "federation"))
    yield Union(
        f"BTS{order:02d}", federation, "community", name, None, _community_formed(order), "坂田街道总工会", joined
    )
    for number, park in enumerate(PARKS, 1):
        if park.community == name and PARK_FEDERATIONS[park.name] <= day:
            inside = tuple(e for e in joined if e.park == park.name)
            yield Union(f"BTY{number:02d}", f"{park.name}园区工会联合会", "park", name, park.name,
                        PARK_FEDERATIONS[park.name], federation, inside)  # fmt: skip
    joint = tuple(e for e in there if e.union_at(day) == "joint")
    if joint:
        yield Union(f"BTL{order:02d}", f"{name}社区第一联合工会委员会", "joint", name, None, date(2011, 4, order + 3),
                    federation, joint)  # fmt: skip
    for e in there:
        if e.union_at(day) == "own" and e.formed:
            yield Union(
                f"BT{e.number:06d}", f"{e.name_at(day)}工会委员会", "own", name, e.park, e.formed, federation, (e,)
            )


def _union_uscc(union: Union) -> str:
    digits = "".join(char for char in union.code if char.isdigit())
    prefix = {"community": "1", "park": "2", "joint": "3"}.get(union.union_type, "5")
    return credit_code("81", organisation_code(f"{prefix}{int(digits):07d}"))


def _clean(union: Union, day: date) -> dict[str, Any]:
    drift = union.formed.day % 3 - 1  # the union's own count differs a little from the enterprise's
    members = sum(e.members_at(day) for e in union.enterprises)
    workers = sum(e.workers_at(day) for e in union.enterprises)
    return {
        "code": union.code, "name": union.name, "uscc": _union_uscc(union), "union_type": union.union_type,
        "community": union.community, "park": union.park, "formed_date": union.formed, "status": "normal",
        "covered_units": len(union.enterprises), "workers": workers,
        "members": min(workers, max(0, members + drift)), "parent_name": union.parent,
    }  # fmt: skip


def _line(union: Union, day: date, index: int, random: Random, flaw: str | None, seed: int) -> Line:
    clean = _clean(union, day)
    health = health_of(union.code, union.union_type, clean["workers"], day, seed)
    cells: dict[str, Cell] = {
        **{key: clean[key] for key in ("name", "code", "uscc", "parent_name", "park", "covered_units")},
        "union_type": TYPE_WORDS[union.union_type], "status": "换届中" if index % 37 == 5 else "正常",
        "formed_date": dirt.day_cell(union.formed, "dots", random), "workers": dirt.count(clean["workers"], random),
        "members": dirt.count(clean["members"], random), "chair_name": person(random), "chair_phone": phone(random),
        "term_end": random.choice(("2020.6", "2021年3月", "2019-12-31", None)), "remark": None, "": index,
        **health.cells,
    }  # fmt: skip
    cells["term_end"] = overdue_term(union.code, union.formed, day, seed) or cells["term_end"]
    clean |= health.clean | {"term_end": cells["term_end"]}
    flaws: tuple[Flaw, ...] = ()
    if flaw:
        bad = {
            "formed_date": ("待批复后补", "bad_date"),
            "status": ("主席待选", "unknown_code"),
            "members": ("全员", "bad_integer"),
        }
        cells[flaw], code = bad[flaw]
        clean[flaw], flaws = None, (Flaw(flaw, code),)
    clean["status"] = clean["status"] and ("reelecting" if index % 37 == 5 else "normal")
    return Line("accepted", tuple(cells.get(column) for column, _ in COLUMNS[1:]), flaws, clean)


def _gone(enterprises: Sequence[Enterprise], name: str, day: date, first: int, seed: int) -> Iterator[Line]:
    """Yield the unions that nobody has dissolved though their enterprises are gone."""
    random = Random(f"{seed}/unions left behind/{name}/{day}")
    for number, e in enumerate(left_behind(enterprises, name, day)):
        union = Union(
            f"BT{e.number:06d}", f"{e.name_at(day)}工会委员会", "own", name, e.park, e.formed or e.founded,
            f"{name}社区工会联合会", (e,),
        )  # fmt: skip
        yield _line(union, day, first + number, random, None, seed)


def _lines(enterprises: Sequence[Enterprise], name: str, day: date, random: Random, seed: int) -> list[Line]:
    found = list(unions_of(enterprises, name, day))
    spoilt = dict(zip(random.sample(range(2, len(found)), 3), ("formed_date", "status", "members"), strict=True))
    lines = [_line(union, day, index, random, spoilt.get(index), seed) for index, union in enumerate(found)]
    whole = random.choice([line for line in lines[2:] if not line.flaws])
    return [*lines, Line("duplicates", whole.cells), *_gone(enterprises, name, day, len(found), seed)]


def _foot(sheet: Sheet, width: int) -> None:
    members = sum(row["members"] or 0 for row in sheet.accepted() if row["union_type"] == "own")
    cells: list[Cell] = [None] * width
    cells[0], cells[width - len(COLUMNS) + [column for column, _ in COLUMNS].index("members")] = "合计", members
    sheet.add("total", *cells)
    sheet.add("note", "注：社区和园区工会联合会的会员数含所覆盖企业，合计只含独立基层工会。")


def street_sheet(enterprises: Sequence[Enterprise], day: date, seed: int) -> Sheet:
    """Return the street-wide register: one sheet, the community merged over its rows, two header rows."""
    random, sheet = Random(f"{seed}/unions/{day}"), Sheet("工会组织", "union_org", STREET, as_of=day)
    sheet.add_title(f"{STREET}工会组织台账（{day.year}年{day.month}月）　{MARK}", width=len(COLUMNS))
    sheet.add_header([header for _, header in COLUMNS], GROUPS)
    for place in COMMUNITIES:
        lines, top = _lines(enterprises, place.name, day, random, seed), len(sheet.lines)
        for index, line in enumerate(lines):
            cells = (f"{place.name}社区" if index == 0 else None, *line.cells)
            sheet.lines.append(Line(line.fate, cells, line.flaws, line.clean))
        sheet.merges.append((top, 0, len(sheet.lines) - 1, 0))
    _foot(sheet, len(COLUMNS))
    return sheet


def community_sheet(enterprises: Sequence[Enterprise], name: str, day: date, seed: int) -> Sheet:
    """Return one community's register, a sheet of the street's workbook named after the community."""
    random, sheet = Random(f"{seed}/unions/{name}/{day}"), Sheet(name, "union_org", name, as_of=day)
    labels = [header for _, header in COLUMNS[1:]]
    sheet.add_title(f"{name}社区工会组织情况表　{MARK}", f"截至{day.year}年{day.month}月{day.day}日", width=len(labels))
    sheet.add_header(labels)
    sheet.lines += _lines(enterprises, name, day, random, seed)
    _foot(sheet, len(labels))
    return sheet
