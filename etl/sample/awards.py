"""The register of 和谐企业 and 和谐园区 in the sample: who is on the way, who has reached it, whose title ran out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from etl.sample import dirt, street_forms
from etl.sample.enterprise_rows import Entry
from etl.sample.enterprises import GIANT, Enterprise
from etl.sample.identity import has_wrong_check
from etl.sample.places import MARK, PARKS, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import Form, columns

FORM = Form(
    "award",
    columns("-=序号 enterprise_name=企业（园区）名称 enterprise_uscc=统一社会信用代码 kind=创建类别 level=创建级别 stage=创建阶段 awarded_date=命名时间 "
            "term_end=有效期至 awarded_by=命名单位 community=社区 park=园区 remark=备注"),
    "{street}劳动关系和谐企业、和谐园区创建台账（{day}）　{mark}", "dots", notes=("注：有效期满未复核的，称号不再有效。",),
)  # fmt: skip
KIND_WORDS = {"enterprise": ("和谐企业", "劳动关系和谐企业"), "park": ("和谐园区", "和谐劳动关系园区")}
LEVEL_WORDS = {"district": ("区级", "龙岗区"), "municipal": ("市级", "深圳市"), "provincial": ("省级",)}
STAGE_WORDS = {
    "creating": ("创建中", "申报中"),
    "reached": ("达标", "达标命名"),
    "commended": ("表彰",),
    "revoked": ("撤销",),
}
PARK_AWARDS = (("天安云谷", 2016, "municipal"), ("中浩工业城", 2017, "district"), ("星河雅宝", 2018, "district"))
YEARS = 3  # how long a title holds


def _row(
    e: Enterprise | None, park: str | None, place: str, level: str, year: int, stage: str, day: date, random: Random
) -> Entry:
    """Return one holder's row; a title that nobody renewed in time says until when it held."""
    kind = "enterprise" if e else "park"
    uscc = e.uscc_at(day) if e else None
    is_named = stage in ("reached", "commended", "revoked")
    end = date(year + YEARS, 12, 31)
    end_cell: Cell = random.choice((f"{end.year}年12月", f"{end.year}.12.31", None)) if is_named else None
    cells: dict[str, Cell] = {
        "enterprise_name": dirt.enterprise_name(e.name_at(day), random) if e else f"{park}园区", "enterprise_uscc": uscc,
        "kind": random.choice(KIND_WORDS[kind]), "level": random.choice(LEVEL_WORDS[level]), "stage": random.choice(STAGE_WORDS[stage]),
        "awarded_date": f"{year}年12月" if is_named else None, "term_end": end_cell, "awarded_by": "示例命名单位" if is_named else None,
        "community": place, "park": park, "remark": None,
    }  # fmt: skip
    is_current = stage in ("reached", "commended") and (end_cell is None or end >= day)
    clean = {
        "kind": kind, "level": level, "stage": stage, "holder": e.number if e else park, "is_current": is_current,
        "community": place,
    }  # fmt: skip
    return Entry(cells, clean, [Flaw("enterprise_uscc", "check_digit")] if has_wrong_check(uscc) else [])


def _of_enterprise(e: Enterprise, day: date, seed: int) -> Iterator[Entry]:
    """Yield an enterprise's rows: one level, or two where it went on to the city's."""
    truth, random = Random(f"{seed}/awards/{e.number}"), Random(f"{seed}/awards/{e.number}/{day}")
    year = truth.randint(2013, 2019)
    place = e.community_at(day)
    stage = truth.choice(("reached", "reached", "reached", "commended", "revoked")) if year <= day.year else "creating"
    yield _row(e, e.park, place, "district", year, stage, day, random)
    if truth.random() < 0.25 and year + 1 <= day.year and stage != "revoked":
        yield _row(e, e.park, place, "municipal", year + 1, "reached", day, random)


def _extra(entries: Sequence[Entry], lines: list[Line]) -> None:
    """Add a duplicate, a row whose stage says nothing, and one that contradicts another."""
    sound = [at for at, entry in enumerate(entries) if not entry.flaws and entry.clean["kind"] == "enterprise"]
    stage, uscc, maker = (FORM.names.index(name) for name in ("stage", "enterprise_uscc", "awarded_by"))

    def other(at: int, changes: dict[int, Cell]) -> tuple[Cell, ...]:
        return tuple(changes.get(place, cell) for place, cell in enumerate(lines[at].cells))

    lines.append(Line("rejected", other(sound[1], {stage: "再议", uscc: None}), (Flaw("stage", "unknown_code"),)))
    lines.append(Line("rejected", other(sound[2], {maker: "另一示例命名单位"}), (Flaw(None, "key_conflict"),)))
    lines.insert(sound[0] + 1, Line("duplicates", lines[sound[0]].cells))


def award_sheet(enterprises: Sequence[Enterprise], day: date, seed: int) -> Sheet:
    """Return the register of that day."""
    random = Random(f"{seed}/awards/{day}")
    own = [
        e for e in enterprises if e.operates(day) and e.union_at(day) == "own" and e.name != GIANT and e.number % 6 == 1
    ]
    entries = [entry for e in own for entry in _of_enterprise(e, day, seed)]
    homes = {park.name: park.community for park in PARKS}
    entries += [
        _row(None, park, homes[park], level, year, "reached", day, random)
        for park, year, level in PARK_AWARDS if year <= day.year
    ]  # fmt: skip
    lines = [street_forms.line(entry, FORM, serial) for serial, entry in enumerate(entries, 1)]
    _extra(entries, lines)
    sheet = Sheet("和谐创建", "award", STREET, as_of=day)
    sheet.add_title(
        FORM.title.format(street=STREET, mark=MARK, day=f"{day.year}年{day.month}月{day.day}日"),
        width=len(FORM.columns),
    )
    sheet.add_header([header for _column, header in FORM.columns])
    sheet.lines += lines
    sheet.add("note", FORM.notes[0])
    return sheet
