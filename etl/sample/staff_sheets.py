"""The registers of union staff: two as one sheet of the street's, the newest as two sheets with a two-row header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample import dirt
from etl.sample.enterprise_rows import Entry
from etl.sample.files import File
from etl.sample.places import FILE_MARK, MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.staff import RELATIVES, Person, Post, all_staff, there
from etl.sample.street_forms import columns

if TYPE_CHECKING:
    from etl.sample.rest import World

DAYS = {
    date(2017, 12, 31): date(2017, 6, 30),
    date(2018, 6, 30): date(2017, 12, 31),
    date(2018, 12, 31): date(2018, 6, 30),
}
NEW_FROM = date(2018, 12, 31)
OUTSIDE = ("volunteer", "informant")  # on a sheet of their own in the newest register
COUNTED = ("full_time", "vice_chair", "professional", "socialised", "organiser", "social_worker", "seconded")
OLD = columns(
    "-=序号 name=姓名 sex=性别 birth_date=年龄 union_name=单位 community=负责社区 staff_kind=专/兼职 position=职务 term=任期 certificates=证书 "
    "training_hours=年度学时 identity=身份证号 phone=联系电话 is_relative=是否近亲属 state=状态 remark=备注"
)
NEW = columns(
    "-=序号 name=姓名 sex=性别 identity=身份证号码 birth_date=出生年月 phone=联系电话 union_name=所在工会 staff_kind=岗位类别 position=职务 "
    "community=所负责社区 park=所在园区 term_start=任职时间 term_end=任期届满时间 is_relative=是否近亲属 state=在岗状态 certificates=证书 "
    "training_hours=年度培训学时 assessment=年度考核 pay_source=薪酬来源 bank_account=工资卡号 remark=备注"
)
GROUPS = (("", 1), ("人员信息", 5), ("岗位信息", 9), ("培训与考核", 5), ("", 1))
LIST = columns(
    "-=序号 name=姓名 identity=身份证号 phone=手机 union_name=所属工会 community=社区 staff_kind=人员类别 training_hours=学时 state=在岗情况"
)
KIND_WORDS = {
    "full_time": ("专职",), "vice_chair": ("专职副主席",), "professional": ("职业化工会工作者", "职业化工会干部"), "organiser": ("组织员",),
    "social_worker": ("专业社工", "社工"), "seconded": ("挂职",), "part_time": ("兼职", "兼"), "volunteer": ("志愿者", "工会志愿者"),
    "mediator": ("调解员",), "supervisor": ("劳动法律监督员", "监督员"), "informant": ("信息员",),
}  # fmt: skip
POSITION_WORDS = {
    "chair": ("主席",), "vice_chair": ("副主席",), "standing": ("常委",), "audit": ("经审委主任",), "women": ("女工委主任",), "group": ("小组长",), "clerk": ("干事",),
}  # fmt: skip
CERTIFICATE_WORDS = {
    "social_work": "社工证",
    "counsellor": "心理咨询师",
    "coordinator": "劳动关系协调员",
    "law": "法律职业资格",
}


@dataclass(frozen=True)
class Held:
    """One row's fact: a person, one of the posts, and the register's day."""

    person: Person
    post: Post
    day: date


def _hours(person: Person, day: date) -> int | None:
    return person.hours if person.hours is None or day.month == 12 else person.hours // 2


def _is_gone(held: Held) -> bool:
    return held.person.left is not None and held.person.left <= held.day


def _clean(held: Held) -> dict[str, Any]:
    person, post = held.person, held.post
    return {
        "person": person.number, "community": person.place or None, "union_name": post.union, "staff_kind": post.kind,
        "position": post.position, "state": "left" if _is_gone(held) else "on_post", "is_relative": person.is_relative,
        "certificates": list(person.certificates), "training_hours": _hours(person, held.day), "park": person.park,
        "term_end": post.ends,
    }  # fmt: skip


def _hours_cell(hours: int | None, random: Random) -> Cell:
    if hours is None:
        return random.choice((None, "—", "不详"))
    return (
        random.choice((f"{hours}学时", f"约{hours}", str(hours).translate(dirt.FULL_WIDTH)))
        if random.random() < 0.06
        else hours
    )


def _personal(held: Held, random: Random) -> dict[str, Cell]:
    person = held.person
    born = f"{person.number[6:10]}年{int(person.number[10:12])}月"
    name = person.name + ("（兼）" if held.post.kind == "part_time" and random.random() < 0.3 else "")
    return {
        "name": name, "sex": person.sex, "birth_date": held.day.year - int(person.number[6:10]) if held.day < NEW_FROM else born,
        "identity": person.number, "phone": person.phone, "assessment": "示例考核等次：称职", "pay_source": "示例薪酬来源：区拨",
        "bank_account": f"622200009999{person.phone[-4:]}", "remark": "示例亲属关系：略" if person.is_relative else None,
    }  # fmt: skip


def _entry(held: Held, random: Random) -> Entry:
    person, post = held.person, held.post
    cells: dict[str, Cell] = {
        **_personal(held, random), "union_name": post.union, "community": f"{person.place}社区" if person.place else None,
        "staff_kind": random.choice(KIND_WORDS[post.kind]), "park": person.park,
        "position": random.choice(POSITION_WORDS[post.position]) if post.position else None,
        "term": f"{post.started:%Y}.{post.started.month}-{post.ends:%Y}.{post.ends.month}" if post.ends else None,
        "term_start": f"{post.started.year}年{post.started.month}月" if post.ends else None,
        "term_end": f"{post.ends.year}年{post.ends.month}月" if post.ends else None,
        "is_relative": "是" if person.is_relative else "否", "state": "离岗" if _is_gone(held) else random.choice(("在岗", "在岗", None)),
        "certificates": "、".join(CERTIFICATE_WORDS[c] for c in person.certificates) or random.choice(("无", None)),
        "training_hours": _hours_cell(_hours(person, held.day), random),
    }  # fmt: skip
    return Entry(cells, _clean(held), [])


def _without_person(entry: Entry) -> None:
    """Leave out number and phone: nobody can tell who holds the post."""
    entry.cells |= {"identity": None, "phone": None}
    entry.flaws.append(Flaw("identity", "no_key"))


def _unclear_kind(entry: Entry) -> None:
    entry.cells["staff_kind"] = "编外"
    entry.flaws.append(Flaw("staff_kind", "unusable_code"))


def _unknown_kind(entry: Entry) -> None:
    entry.cells["staff_kind"] = "临时帮忙"
    entry.flaws.append(Flaw("staff_kind", "unknown_code"))


def _wrong_number(entry: Entry) -> None:
    """Give a number whose check character is wrong: still one person, told with a warning."""
    number = str(entry.cells["identity"])
    entry.cells["identity"] = entry.clean["person"] = number[:-1] + ("1" if number[-1] != "1" else "2")
    entry.flaws.append(Flaw("identity", "check_digit"))


REJECTED: tuple[Callable[[Entry], None], ...] = (_without_person, _unclear_kind, _unknown_kind)
SPOILT: tuple[Callable[[Entry], None], ...] = (
    _wrong_number,
    lambda e: e.spoil("training_hours", "若干", "bad_number"),
    lambda e: e.spoil("certificates", "示例干部考过的证", "unknown_code"),
    lambda e: e.spoil("position", "示例干部兼", "unknown_code"),
)


def _line(entry: Entry, form: tuple[tuple[str, str], ...], serial: int, fate: str = "accepted") -> Line:
    names = [name for name, _header in form]
    cells = tuple(serial if not name else entry.cells.get(name) for name in names)
    flaws = tuple(flaw for flaw in entry.flaws if flaw.column in (None, *names))
    clean = {
        key: value
        for key, value in entry.clean.items()
        if key in (*names, "person") or (key == "term_end" and "term" in names)
    }
    return Line(fate, cells, flaws, clean if fate == "accepted" else None)


def _lines(facts: Sequence[Held], form: tuple[tuple[str, str], ...], random: Random) -> list[Line]:
    """Return the rows; some of those with one post are spoilt, and four more are rejected or repeat another."""
    entries = [_entry(held, random) for held in facts]
    names = {name for name, _header in form}
    single = [
        e
        for e, h in zip(entries, facts, strict=True)
        if len(h.person.posts) == 1 and not _is_gone(h) and h.person.place
    ]
    if "certificates" in names:
        whole = [e for e in single if e.clean["training_hours"] and not e.clean["certificates"] and e.clean["position"]]
        for spoil, entry in zip(SPOILT, random.sample(whole, len(SPOILT)), strict=True):
            spoil(entry)
    lines = [_line(entry, form, serial) for serial, entry in enumerate(entries, 1)]
    plain = [e for e in single if not e.flaws]
    for number, spoil in enumerate(REJECTED):
        spare = _entry(Held(facts[0].person, facts[0].post, facts[0].day), random)
        spare.cells |= {"name": f"示例干部余{number + 1:03d}", "identity": None, "phone": f"198-0001-9{number:03d}"}
        spoil(spare)
        lines.append(_line(spare, form, len(lines) + 1, "rejected"))
    first, second = random.sample(plain, 2)
    lines.append(Line("duplicates", lines[entries.index(first)].cells))
    place = [name for name, _header in form].index("training_hours")
    cells = lines[entries.index(second)].cells
    lines.append(Line("rejected", (*cells[:place], 199, *cells[place + 1 :]), (Flaw(None, "key_conflict"),)))
    return lines


def _sheet(name: str, day: date, facts: Sequence[Held], form: tuple[tuple[str, str], ...], seed: int) -> Sheet:
    random, sheet = Random(f"{seed}/staff sheet/{day}/{name}"), Sheet(name, "staff", STREET, as_of=day)
    what = "志愿者、信息员名单" if form is LIST else "工会干部队伍台账"
    sheet.add_title(f"{STREET}{what}（截至{day.year}年{day.month}月{day.day}日）　{MARK}", width=len(form))
    sheet.add_header([header for _column, header in form], GROUPS if form is NEW else ())
    sheet.lines += _lines(facts, form, random)
    sheet.add("total", "合计", f"共{len(facts)}人次", *[None] * (len(form) - 2))
    sheet.add("note", "注：一人兼任几个岗位的，每个岗位各填一行。")
    sheet.add("signature", "填表人：示例填表人", "审核人：示例审核人")
    return sheet


def _sheets(world: World, day: date) -> tuple[Sheet, ...]:
    people = there(all_staff(world.seed), day, DAYS[day])
    facts = [Held(person, post, day) for person in people for post in person.posts]
    if day < NEW_FROM:
        return (_sheet("工会干部", day, facts, OLD, world.seed),)
    inside = [held for held in facts if held.post.kind not in OUTSIDE]
    outside = [held for held in facts if held.post.kind in OUTSIDE]
    return _sheet("干部", day, inside, NEW, world.seed), _sheet("志愿者信息员", day, outside, LIST, world.seed)


def files(world: World) -> Iterator[File]:
    """Yield the workbook of each half-year's end."""
    for day in DAYS:
        yield File(f"队伍/{STREET}工会干部队伍台账{day.year}年{day.month}月_{FILE_MARK}.xlsx", _sheets(world, day))


def planted(world: World) -> dict[str, Any]:
    """Return what was planted among the staff."""
    several = sum(len(person.posts) > 1 for person in there(all_staff(world.seed), NEW_FROM, DAYS[NEW_FROM]))
    return {"staff": {"persons_with_several_posts": several, "near_relatives": dict(Counter(RELATIVES))}}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return persons who count as staff, and posts by kind, at each register's day."""
    found: dict[str, Any] = {}
    for day in DAYS:
        rows = [
            row
            for s in sheets
            if s.ledger == "staff" and s.as_of == day
            for row in s.accepted()
            if row["state"] == "on_post"
        ]
        persons = {row["person"]: row["community"] for row in rows if row["staff_kind"] in COUNTED}
        found[f"{day:%Y-%m}"] = {
            "persons": dict(sorted(Counter(place or "street" for place in persons.values()).items())),
            "posts": dict(sorted(Counter(row["staff_kind"] for row in rows).items())),
        }  # fmt: skip
    return {"staff": found}
