"""The books of hearings and meetings: the party committees', the community federations' and the street's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample import dirt
from etl.sample.enterprise_rows import Entry
from etl.sample.files import File
from etl.sample.places import COMMUNITIES, FILE_MARK, MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import Form, columns, line

if TYPE_CHECKING:
    from etl.sample.rest import World

YEARS = (2016, 2017, 2018)
PLANNED = 4  # hearings a year; the sample's own figure, no rule tells one
OLD = Form(
    "meeting",
    columns("-=序号 meeting_no=会议编号 meeting_kind=会议类别 held_date=会议时间 level=层级 community=社区 body=召开单位 topic=主要内容 attendees=参加人数 "
            "host=主持人 remark=备注"),
    "{street}工会听取汇报与会议台账（{when}）　{mark}", "dots",
)  # fmt: skip
NEW = Form(
    "meeting",
    columns("-=序号 meeting_no=会议编号 meeting_kind=会议类型 held_date=召开日期 level=会议层级 community=所属社区 park=所属园区 body=召集单位 topic=议题 "
            "attendees=参会人数 matters=议定事项数 status=落实情况 planned_times=年度计划次数 host=主持人 evidence=会议纪要 remark=备注"),
    "{street}工会听取汇报与会议台账（{when}）　{mark}", "iso",
)  # fmt: skip
KIND_WORDS = {
    "hearing": ("听取工会工作汇报", "综合党委听取工会工作汇报"), "major": ("重大事项报告",), "joint": ("联席会议", "工会与行政联席会议"),
    "council": ("职工议事会",), "chairs": ("主席例会",),
}  # fmt: skip
LEVEL_WORDS = {"street": "街道", "community": "社区", "park": "园区"}
SPOILS: tuple[tuple[str, Cell, str], ...] = (
    ("attendees", "若干", "bad_integer"), ("attendees", "全体", "bad_integer"), ("level", "片区", "unknown_code"),
)  # fmt: skip


@dataclass(frozen=True)
class Meeting:
    """One meeting that took place."""

    kind: str
    day: date
    level: str
    place: str
    body: str
    no: str = ""


def _held(year: int, months: Sequence[int], random: Random) -> list[date]:
    return [date(year, month, random.randint(3, 27)) for month in months]


def _hearings(order: int, year: int) -> tuple[int, ...]:
    """Return the months in which a community's party committee heard the union: four a year, three in some."""
    return (3, 6, 9) if (order + year) % 3 == 0 else (3, 6, 9, 11) if order % 2 else (2, 5, 8, 12)


def _of_community(order: int, name: str, year: int, random: Random) -> Iterator[Meeting]:
    committee, union = f"{name}社区综合党委", f"{name}社区工会联合会"
    for day in _held(year, _hearings(order, year), random):
        yield Meeting("hearing", day, "community", name, committee)
    for day in _held(year, random.sample(range(1, 13), random.choice((0, 1, 2))), random):
        yield Meeting("major", day, "community", name, union)
    for day in _held(year, random.sample(range(1, 13), random.choice((1, 2, 3))), random):
        yield Meeting("council", day, "community", name, union)
    if order % 2:
        yield Meeting("joint", _held(year, (10,), random)[0], "community", name, union)


def _of_street(year: int, random: Random) -> Iterator[Meeting]:
    for day in _held(year, (3, 6, 9), random):
        yield Meeting("hearing", day, "street", "", f"{STREET}党工委")
    yield Meeting("joint", _held(year, (5,), random)[0], "street", "", f"{STREET}办事处")
    for day in _held(year, (1, 4, 7, 10), random):
        yield Meeting("chairs", day, "street", "", f"{STREET}总工会")


def meetings(year: int, seed: int) -> list[Meeting]:
    """Return a year's meetings in the order of their days, each with its number."""
    random = Random(f"{seed}/meetings/{year}")
    found = list(_of_street(year, random))
    for order, place in enumerate(COMMUNITIES):
        found += _of_community(order, place.name, year, random)
    found.sort(key=lambda meeting: (meeting.day, meeting.body, meeting.kind))
    return [
        Meeting(m.kind, m.day, m.level, m.place, m.body, f"HY{year}-{number:03d}") for number, m in enumerate(found, 1)
    ]


def _clean(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting_no": meeting.no,
        "meeting_kind": meeting.kind,
        "held_date": meeting.day,
        "level": meeting.level,
        "community": meeting.place or None,
    }


def _entry(meeting: Meeting, form: Form, random: Random) -> Entry:
    there = random.randint(8, 60)
    cells: dict[str, Cell] = {
        "meeting_no": meeting.no, "meeting_kind": random.choice(KIND_WORDS[meeting.kind]), "held_date": dirt.day_cell(meeting.day, form.dates, random),
        "level": LEVEL_WORDS[meeting.level], "community": f"{meeting.place}社区" if meeting.place else None, "body": meeting.body,
        "topic": "示例议题：示例负责人甲汇报工作", "attendees": dirt.count(there, random, is_approx=random.random() < 0.08),
        "matters": random.randint(0, 5), "status": random.choice(("已落实", "部分落实", "正在推进", None)),
        "planned_times": PLANNED if meeting.kind == "hearing" else None, "host": "示例负责人乙", "evidence": "示例纪要", "remark": None,
    }  # fmt: skip
    return Entry(cells, _clean(meeting), [])


def _spare(lines: Sequence[Line], form: Form) -> list[Line]:
    """Return the rows that come on top: one again, one that contradicts, one of an unknown kind, one without a day."""
    whole = [line for line in lines if not line.flaws]
    kind, day, no = (form.names.index(name) for name in ("meeting_kind", "held_date", "meeting_no"))

    def changed(at: int, cell: Cell, flaw: Flaw, row: Line, number: str | None) -> Line:
        cells = list(row.cells)
        cells[at] = cell
        cells[no] = number or cells[no]
        return Line("rejected", tuple(cells), (flaw,))

    other = "重大事项报告" if whole[1].cells[kind] != "重大事项报告" else "职工议事会"
    return [
        Line("duplicates", whole[0].cells), changed(kind, other, Flaw(None, "key_conflict"), whole[1], None),
        changed(kind, "茶话会", Flaw("meeting_kind", "unknown_code"), whole[2], "HY-补1"),
        changed(day, "另行通知", Flaw("held_date", "bad_date"), whole[3], "HY-补2"),
    ]  # fmt: skip


def _sheet(year: int, name: str, seed: int) -> Sheet:
    random, form = Random(f"{seed}/meeting sheet/{year}"), NEW if year >= 2018 else OLD
    entries = [_entry(meeting, form, random) for meeting in meetings(year, seed)]
    for at, spoil in enumerate(SPOILS):
        entries[len(entries) * (at + 1) // 4].spoil(*spoil)
    lines = [line(entry, form, serial) for serial, entry in enumerate(entries, 1)]
    sheet = Sheet(name, "meeting", STREET, period=(date(year, 1, 1), date(year, 12, 31)))
    sheet.add_title(form.title.format(street=STREET, when=f"{year}年", mark=MARK), width=len(form.columns))
    sheet.add_header([header for _column, header in form.columns])
    sheet.lines += [*lines, *_spare(lines, form)]
    sheet.add("total", "合计", f"{len(lines)}次")
    sheet.add("note", "注：次数为示例，没有规定的法定次数。")
    return sheet


def files(world: World) -> Iterator[File]:
    """Yield a book for each year; the first is a CSV file."""
    for year in YEARS:
        stem = f"{STREET}听取汇报与会议{year}年_{FILE_MARK}"
        is_csv = year == YEARS[0]
        sheet = _sheet(year, stem if is_csv else "会议", world.seed)
        yield File(f"会议/{stem}.{'csv' if is_csv else 'xlsx'}", (sheet,), "gb18030" if is_csv else None)


def planted(world: World) -> dict[str, Any]:
    """Return the hearings that were planned for each year and each party committee."""
    return {"meetings": {"hearings_planned_2018": PLANNED}}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the meetings of each year by kind, those of the street apart."""
    found: dict[str, dict[str, int]] = {}
    for sheet in (s for s in sheets if s.ledger == "meeting"):
        rows = [(row["meeting_kind"], "street" if not row["community"] else "communities") for row in sheet.accepted()]
        year = f"{sheet.period[0].year}" if sheet.period else ""
        found[year] = {f"{kind}|{where}": count for (kind, where), count in sorted(Counter(rows).items())}
    return {"meetings": found}
