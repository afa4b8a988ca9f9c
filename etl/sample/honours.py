"""The subjects 单位荣誉 and 和谐创建 of the sample: two registers a year; what the article tells is the article's, the rest is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample import street_forms
from etl.sample.awards import award_sheet
from etl.sample.enterprise_rows import Entry
from etl.sample.files import File
from etl.sample.places import COMMUNITIES, FILE_MARK, MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import Form, columns

if TYPE_CHECKING:
    from etl.sample.rest import World

DAYS = (date(2016, 12, 31), date(2017, 12, 31), date(2018, 12, 31))
# Evident placeholders for the two persons of the article: their rows must be refused, their names be nowhere.
PLANTED_PERSONS = ("示例获奖人子", "示例获奖人丑", "示例获奖人寅")
ARTICLE = (
    ("全国百家示范乡镇（街道）工会", f"{STREET}总工会", None, None, "national"),
    ("全国模范职工之家", "南坑社区工会联合会", "南坑", date(2018, 11, 1), "national"),
)
AWARDED_BY = {
    "全国百家示范乡镇（街道）工会": "中华全国总工会",
    "全国模范职工之家": None,
}  # what the article says, and does not
PERSONAL = ("全国工会之友", "全国优秀工会工作者标兵")
INVENTED = (
    ("示例省级模范职工之家", "provincial"), ("示例市级模范职工之家", "municipal"), ("示例市级先进基层工会", "municipal"),
    ("示例区级模范职工小家", "district"), ("示例区级工会工作先进单位", "district"), ("示例街道先进工联会", "street"),
)  # fmt: skip
LEVEL_WORDS = {
    "national": ("全国", "国家级"), "provincial": ("省级", "省"), "municipal": ("市级", "市"), "district": ("区级", "区"), "street": ("街道级", "街道"),
}  # fmt: skip
FORM = Form(
    "honour",
    columns("-=序号 honour=荣誉称号 recipient=获奖单位（个人） recipient_kind=集体/个人 level=级别 awarded_by=授予单位 awarded_date=获奖时间 "
            "document_no=文号 community=所属社区 is_revoked=是否撤销 remark=备注"),
    "{street}工会荣誉台账　{mark}", "chinese", notes=("注：个人荣誉另册登记。",), signature="填表人：示例填表人",
)  # fmt: skip


@dataclass(frozen=True)
class Honour:
    """One honour of an organisation."""

    name: str
    recipient: str
    community: str | None
    awarded: date | None
    level: str
    is_revoked: bool = False


def all_honours(seed: int) -> list[Honour]:
    """Return the article's two and the invented ones of the other communities' federations."""
    found = [Honour(*facts) for facts in ARTICLE]
    random = Random(f"{seed}/honours")
    for place in COMMUNITIES:
        if place.name == "南坑":  # what the article does not tell is not invented
            continue
        for name, level in random.sample(INVENTED, random.choice((1, 2, 3))):
            awarded = date(random.randint(2013, 2018), random.randint(1, 12), 1)
            found.append(
                Honour(name, f"{place.name}社区工会联合会", place.name, awarded, level, random.random() < 0.06)
            )
    return found


def _entry(honour: Honour, random: Random) -> Entry:
    day = honour.awarded
    cells: dict[str, Cell] = {
        "honour": honour.name, "recipient": honour.recipient, "recipient_kind": random.choice(("集体", "单位", "先进集体")),
        "level": random.choice(LEVEL_WORDS[honour.level]), "awarded_by": AWARDED_BY.get(honour.name, "示例授予单位"), "document_no": None, "community": honour.community,
        "awarded_date": f"{day.year}年{day.month}月" if day else None, "is_revoked": "是" if honour.is_revoked else random.choice(("否", None)),
        "remark": None,
    }  # fmt: skip
    clean = {"honour": honour.name, "recipient": honour.recipient, "level": honour.level, "community": honour.community}
    return Entry(cells, clean | {"awarded": day, "is_revoked": honour.is_revoked}, [])


def _refused(day: date, random: Random) -> Iterator[Line]:
    """Yield rows of persons, one of a kind that is not said, one without what the honour is."""
    base: dict[str, Cell] = {"level": "全国", "awarded_by": "示例授予单位", "awarded_date": f"{day.year}年11月"}
    if day.year == 2018:
        for name, honour in zip(PLANTED_PERSONS, PERSONAL, strict=False):
            cells = base | {"honour": honour, "recipient": name, "recipient_kind": random.choice(("个人", "先进个人"))}
            yield Line("rejected", _cells(cells), (Flaw("recipient_kind", "unusable_code"),))
    cells = base | {"honour": "示例区级先进", "recipient": PLANTED_PERSONS[2]}
    yield Line("rejected", _cells(cells), (Flaw("recipient_kind", "required_missing"),))
    cells = base | {"recipient": "示例社区工会联合会", "recipient_kind": "集体"}
    yield Line("rejected", _cells(cells), (Flaw("honour", "required_missing"),))


def _cells(cells: dict[str, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(name) for name in FORM.names)


def honour_sheet(day: date, seed: int) -> Sheet:
    """Return the register of that day, persons in it as a street writes them."""
    random = Random(f"{seed}/honours/{day}")
    own = [h for h in all_honours(seed) if h.awarded is None and day.year == 2018 or h.awarded and h.awarded <= day]
    entries = [_entry(honour, random) for honour in own]
    odd = entries[len(entries) // 2]
    odd.cells["level"], odd.clean["level"] = "系统级", None
    odd.flaws.append(Flaw("level", "unknown_code"))
    lines = [street_forms.line(entry, FORM, serial) for serial, entry in enumerate(entries, 1)]
    lines[3:3] = [Line("duplicates", lines[2].cells)]
    sheet = Sheet("荣誉", "honour", STREET, as_of=day)
    sheet.add_title(
        FORM.title.format(street=STREET, mark=MARK),
        f"截至{day.year}年{day.month}月{day.day}日",
        width=len(FORM.columns),
    )
    sheet.add_header([header for _column, header in FORM.columns])
    sheet.lines += [*lines, *_refused(day, random)]
    sheet.add("note", FORM.notes[0])
    sheet.add("signature", FORM.signature)
    return sheet


def files(world: World) -> Iterator[File]:
    """Yield two workbooks a year."""
    for day in DAYS:
        yield File(f"荣誉/{STREET}工会荣誉台账{day.year}年_{FILE_MARK}.xlsx", (honour_sheet(day, world.seed),))
        sheet = award_sheet(world.enterprises, day, world.seed)
        yield File(f"荣誉/{STREET}和谐企业和谐园区创建台账{day.year}年_{FILE_MARK}.xlsx", (sheet,))


def planted(world: World) -> dict[str, Any]:
    """Return what was planted on purpose."""
    return {"honours_of_the_article": [name for name, *_rest in ARTICLE], "honours_of_persons_refused": len(PERSONAL)}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return, by the registers' day, the honours that stand, and who is harmonious (whatever the level)."""
    honours: dict[str, int] = {}
    awards: dict[str, dict[str, int]] = {}
    for sheet in sheets:
        if sheet.ledger == "honour":
            honours[f"{sheet.as_of}"] = sum(not row["is_revoked"] for row in sheet.accepted())
        if sheet.ledger == "award" and sheet.as_of:
            there = {(row["kind"], row["holder"]) for row in sheet.accepted() if row["is_current"]}
            awards[f"{sheet.as_of}"] = {kind: sum(k == kind for k, _holder in there) for kind in ("enterprise", "park")}
    return {"honours": honours, "awards": awards}
