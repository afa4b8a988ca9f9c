"""The archives of workers in hardship at four half-years' ends: persons evidently invented, as messy as real ones.

Names, identity numbers, phones, illnesses, accounts stand in the files so that a test can look for them after a load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample import dirt
from etl.sample.enterprises import LAST
from etl.sample.files import File
from etl.sample.founding import pick
from etl.sample.members import identity_number
from etl.sample.places import COMMUNITIES, FILE_MARK, MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet

if TYPE_CHECKING:
    from etl.sample.rest import World

AS_OF = (date(2017, 6, 30), date(2017, 12, 31), date(2018, 6, 30), LAST)
NAME_STEM, ILLNESS, ACCOUNT, PHONE_STEM = "示例在档人", "示例病种", "622299990000", "199-9999-"
PLANTED_PERSONS = (NAME_STEM, ILLNESS, ACCOUNT, PHONE_STEM, "示例子女")
FEW = {"四季花城": 3, "万科城": 2, "第五园": 4}  # how many are on file at the end: too few to be shown
USUAL = (9, 14)
TIERS = {"deep": 35, "relative": 50, "accident": 15}
TIER_WORDS = {"deep": ("深度困难", "深度困难职工"), "relative": ("相对困难",), "accident": ("意外致困", "意外致困职工")}
OLD_WORDS = {"deep": ("低保户",), "relative": ("低保边缘户", "边缘户"), "accident": ("意外致困户",)}
HEADERS = (
    "序号", "职工编号", "姓名", "性别", "身份证号码", "困难类别", "所属社区", "单位名称", "健康状况", "疾病", "家庭人口", "月人均收入", "致困原因",
    "家庭成员", "开户行", "账号", "联系电话", "建档日期", "脱困（退出）日期", "档案状态",
)  # fmt: skip
GROUPS = (("", 1), ("本人情况", 7), ("健康情况", 2), ("家庭情况", 4), ("帮扶账户", 2), ("", 1), ("档案情况", 3))


@dataclass(frozen=True)
class Person:
    """One person on file, invented."""

    no: int
    place: str
    tier: str
    entered: date
    left: date | None

    def is_listed(self, day: date) -> bool:
        """Return whether the archive of that day names the person: on file, or gone in the year it belongs to."""
        return self.entered <= day and (self.left is None or self.left >= date(day.year, 1, 1))


def all_persons(seed: int) -> list[Person]:
    """Return everybody who was on file since 2017; at the end of 2018 as many as planted in the communities with few."""
    random = Random(f"{seed}/hardship")
    found: list[Person] = []
    for place in COMMUNITIES:
        staying = FEW.get(place.name) or random.randint(*USUAL)
        for index in range(staying + (0 if place.name in FEW else random.randint(3, 6))):
            entered = date(2014, 1, 1) + timedelta(random.randrange(1_800))
            left = None
            if index >= staying:
                entered = date(2014, 1, 1) + timedelta(random.randrange(900))
                left = date(2017, 2, 1) + timedelta(random.randrange(690))
            found.append(Person(len(found) + 1, place.name, pick(random, TIERS), min(entered, LAST), left))
    return found


def _cells(person: Person, day: date, random: Random) -> dict[str, Cell]:
    """Return the person's line of that day; who left later is still on file."""
    left = person.left if person.left and person.left <= day else None
    words = OLD_WORDS if day.year == 2017 and random.random() < 0.4 else TIER_WORDS
    born = date(1966, 3, 1) + timedelta(person.no * 97 % 9000)
    return {
        "职工编号": f"KN{person.no:04d}", "姓名": f"{NAME_STEM}{person.no:03d}", "性别": random.choice("男女"),
        "身份证号码": identity_number(born, 101 + person.no), "困难类别": random.choice(words[person.tier]),
        "所属社区": random.choice((person.place, f"{person.place}社区")), "单位名称": "示例单位", "健康状况": random.choice(("良好", "患病", "残疾")),
        "疾病": random.choice((None, f"{ILLNESS}{person.no % 7}")), "家庭人口": random.randint(1, 6), "月人均收入": random.randint(300, 1900),
        "致困原因": random.choice(("本人患病", "子女就学", "意外事故")), "家庭成员": f"示例子女{person.no:03d}", "开户行": "示例银行",
        "账号": f"{ACCOUNT}{person.no:04d}", "联系电话": f"{PHONE_STEM}{person.no:04d}", "建档日期": dirt.day_cell(person.entered, "dots", random),
        "脱困（退出）日期": dirt.day_cell(left, "dots", random) if left else None, "档案状态": "已脱困" if left else "在档",
    }  # fmt: skip


def _line(serial: int, cells: dict[str, Cell], fate: str, clean: Person | None = None, *flaws: Flaw) -> Line:
    values = tuple(cells[name] for name in HEADERS[1:])
    about = {"person": clean} if clean else None
    return Line(fate, (serial, *values), flaws, about)


def _dirty(persons: Sequence[Person], lines: list[Line], day: date, random: Random) -> None:
    """Add a repetition, a contradiction, a class that nobody can name; spoil one date and one number."""
    one, two, three, four = random.sample(range(len(persons)), 4)
    at = {name: HEADERS.index(name) for name in HEADERS}
    hidden = _with(lines[one], at["身份证号码"], f"999999********{one:04d}", Flaw("identity", "hidden_identity"))
    late = _with(lines[two], at["建档日期"], "年初", Flaw("entered_date", "bad_date"))
    lines[one], lines[two] = hidden, late
    lines.append(Line("duplicates", lines[three].cells))
    tier = "意外致困" if persons[four].tier != "accident" else "深度困难"
    cells = (*lines[four].cells[: at["困难类别"]], tier, *lines[four].cells[at["困难类别"] + 1 :])
    lines.append(Line("rejected", cells, (Flaw(None, "key_conflict"),)))
    unknown = Person(700 + day.month, persons[0].place, "deep", date(2016, 1, 1), None)
    lines.append(_line(len(lines) + 1, _cells(unknown, day, random) | {"困难类别": "特困户"}, "rejected", None, Flaw("tier", "unknown_code")))  # fmt: skip


def _with(line: Line, at: int, cell: Cell, flaw: Flaw) -> Line:
    return Line(line.fate, (*line.cells[:at], cell, *line.cells[at + 1 :]), (*line.flaws, flaw), line.clean)


def archive_sheet(persons: Sequence[Person], day: date, seed: int) -> Sheet:
    """Return the archive of one day, for the whole street."""
    random = Random(f"{seed}/hardship sheet/{day}")
    listed = [person for person in persons if person.is_listed(day)]
    lines = [_line(serial, _cells(p, day, random), "accepted", p) for serial, p in enumerate(listed, 1)]
    _dirty(listed, lines, day, random)
    sheet = Sheet("困难职工档案", "hardship", STREET, as_of=day)
    sheet.add_title(
        f"{STREET}困难职工档案（全街道）　{MARK}",
        f"填报单位：{STREET}总工会　　　数据截至{day.year}年{day.month}月{day.day}日",
        width=len(HEADERS),
    )
    sheet.add_header(HEADERS, GROUPS)
    sheet.lines += lines
    sheet.add("total", "合计", *[None] * 3, f"{len(lines)}人")
    sheet.add("signature", "填表人：示例填表人")
    return sheet


def files(world: World) -> Iterator[File]:
    """Yield the archive of each half-year's end."""
    persons = all_persons(world.seed)
    for day in AS_OF:
        path = f"帮扶/{STREET}困难职工档案{day.year}年{day.month}月_{FILE_MARK}.xlsx"
        yield File(path, (archive_sheet(persons, day, world.seed),))


def planted(world: World) -> dict[str, Any]:
    """Return which communities have too few to be shown."""
    return {"hardship": {"few_on_file": FEW}}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return how many are on file, by day, community and class, and how many entered and left in each month of 2018."""
    archives = {sheet.as_of: sheet.accepted() for sheet in sheets if sheet.ledger == "hardship" and sheet.as_of}
    on_file = {}
    for day, rows in archives.items():
        held = [row["person"] for row in rows if row["person"].left is None or row["person"].left > day]
        on_file[f"{day:%Y-%m}"] = {
            f"{place}|{tier}": count
            for (place, tier), count in sorted(Counter((p.place, p.tier) for p in held).items())
        }
    return {"hardship": {"on_file": on_file}}
