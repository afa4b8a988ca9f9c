"""The register of rules: 南坑's ten as the article tells them, the street's own, and invented ones of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample import dirt
from etl.sample.files import File
from etl.sample.places import COMMUNITIES, FILE_MARK, MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import columns

if TYPE_CHECKING:
    from etl.sample.rest import World

DAYS = (date(2017, 12, 31), date(2018, 12, 31))
NAMED = (  # all that the article names of 南坑's ten
    ("综合党委听取工会工作汇报制度", "party"), ("工会工作重大事项报告制度", "party"), ("企业职工议事会制度", "consultation"),
    ("劳资纠纷预警信息员报告奖励办法", "protection"), ("工会组织参与劳资纠纷预警与处置的标准化流程", "protection"),
)  # fmt: skip
UNNAMED, UNNAMED_COUNT = "名称未公布", 5
STREET_RULE = "工会信息员隐患排查奖励办法"
OTHERS = (
    ("示例工会会议制度", "organisation"), ("示例困难职工帮扶办法", "aid"), ("示例工会经费管理办法", "funds"), ("示例职工之家管理办法", "venue"),
    ("示例职工议事规则", "consultation"), ("示例工会干部培训制度", "staff"), ("示例劳资纠纷预警制度", "protection"),
)  # fmt: skip
COLUMNS = columns(
    "community=所属社区 -=序号 rule_no=制度编号 name=制度名称 document_no=文号 level=层级 rule_kind=类别 park=园区 enterprise_name=适用企业 "
    "issued_date=印发日期 effective_date=施行日期 repealed_date=废止日期 basis=依据文件 is_displayed=是否上墙 status=落实情况 times_used=执行次数 "
    "checked_date=检查日期 evidence=佐证材料 remark=备注"
)
NAMES = [name for name, _header in COLUMNS]
KIND_WORDS = {
    "party": "党建带工建", "consultation": "议事协商", "protection": "维权预警", "organisation": "组织建设", "aid": "帮扶", "funds": "经费", "venue": "阵地",
    "staff": "队伍",
}  # fmt: skip
LEVEL_WORDS = {"street": "街道", "community": "社区", "park": "园区", "enterprise": "企业"}
STATUS_WORDS = {"done": ("已执行", "已落实", "√"), "partly": ("部分执行", "部分"), "not_yet": ("未执行",)}
STATUS = ("done", "done", "done", "partly", "not_yet")
Row = dict[str, Any]


def _nankeng(day: date) -> Iterator[Row]:
    """Yield 南坑's ten; the article tells neither dates nor numbers, so the sample leaves them blank."""
    for number, (name, kind) in enumerate(NAMED, 1):
        yield {
            "rule_no": f"NK-{number:02d}",
            "name": name,
            "rule_kind": kind,
            "level": "community",
            "community": "南坑",
            "status": "done",
        }
    for number in range(len(NAMED) + 1, len(NAMED) + UNNAMED_COUNT + 1):
        yield {"rule_no": f"NK-{number:02d}", "name": UNNAMED, "level": "community", "community": "南坑"}


def _others(day: date, random: Random) -> Iterator[Row]:
    for order, place in enumerate(COMMUNITIES):
        if place.name == "南坑":
            continue
        for number, (name, kind) in enumerate(OTHERS[: 3 + order % 5], 1):
            issued = date(2014 + (order + number) % 4, 1 + (order * 3 + number) % 12, 6 + number)
            yield {
                "rule_no": f"SL{order:02d}-{number:02d}", "name": name, "rule_kind": kind, "level": "community", "community": place.name,
                "issued_date": issued, "effective_date": issued.replace(day=28), "status": random.choice(STATUS), "basis": "示例依据文件（非真实文件）",
                "repealed_date": date(2018, 7, 1) if (place.name, number) in (("五和", 2), ("坂田", 3)) and day.year == 2018 else None,
                "times_used": random.randint(0, 12), "checked_date": date(day.year, 11, 20),
            }  # fmt: skip


def _elsewhere(day: date) -> Iterator[Row]:
    """Yield the street's own rule, a park's, an enterprise's, and one that begins only after the register's day."""
    yield {"name": STREET_RULE, "rule_kind": "protection", "level": "street", "community": None}
    yield {"rule_no": "YQ-01", "name": "示例园区工联会议事制度", "rule_kind": "consultation", "level": "park", "community": "岗头", "park": "天安云谷",
           "issued_date": date(2016, 6, 1), "status": "done"}  # fmt: skip
    yield {"rule_no": "QY-01", "name": "示例企业职工议事会制度", "rule_kind": "consultation", "level": "enterprise", "community": "五和",
           "enterprise_name": "深圳市示例企业有限公司", "issued_date": date(2017, 3, 1), "status": "partly"}  # fmt: skip


def _cells(row: Row, random: Random, is_first: bool) -> dict[str, Cell]:
    place, status, kind = row["community"], row.get("status"), row.get("rule_kind")
    days = {
        name: row.get(name) and dirt.day_cell(row[name], "dots", random) for name in NAMES if name.endswith("_date")
    }
    return {
        **{name: row.get(name) for name in ("rule_no", "name", "park", "enterprise_name", "basis", "times_used")}, **days,
        "community": f"{place}社区" if place and is_first else None, "level": LEVEL_WORDS[row["level"]], "rule_kind": kind and KIND_WORDS[kind],
        "status": random.choice(STATUS_WORDS[status]) if status else None, "is_displayed": random.choice(("是", "否", "√", None)),
        "document_no": f"示例发〔{row['issued_date'].year}〕{random.randint(1, 60)}号" if row.get("issued_date") else None,
        "evidence": "示例佐证材料" if status == "done" else None,
    }  # fmt: skip


def _clean(row: Row) -> Row:
    named = (
        "rule_no",
        "name",
        "level",
        "rule_kind",
        "community",
        "park",
        "issued_date",
        "effective_date",
        "repealed_date",
        "status",
    )
    return {name: row.get(name) for name in named}


def _line(row: Row, serial: int, random: Random, is_first: bool) -> Line:
    cells = {**_cells(row, random, is_first), "": serial}
    return Line("accepted", tuple(cells.get(name) for name in NAMES), (), _clean(row))


def _spoil(line: Line, column: str, cell: Cell, code: str) -> Line:
    """Return the line with one cell that must come out as unknown."""
    at = NAMES.index(column)
    cells = (*line.cells[:at], cell, *line.cells[at + 1 :])
    return Line("accepted", cells, (Flaw(column, code),), {**(line.clean or {}), column: None})


def _with_flaws(lines: list[Line]) -> list[Line]:
    """Spoil some cells of other communities than 南坑; add a repeated row, one that contradicts, one without a name."""
    plain = [
        at
        for at, line in enumerate(lines)
        if (line.clean or {})["community"] not in (None, "南坑") and line.cells[0] is None
    ]
    for at, (column, cell, code) in zip(
        plain[3::9],
        (("status", "再研究", "unknown_code"), ("status", "待定", "unusable_code"), ("rule_kind", "综合类", "unknown_code"),
         ("effective_date", "文件下发之日", "bad_date")),
        strict=False,
    ):  # fmt: skip
        lines[at] = _spoil(lines[at], column, cell, code)
    return lines


def _tail(lines: Sequence[Line]) -> list[Line]:
    """Return the rows below the register's own; nothing is merged there, so that the community is written again."""
    whole = [line for line in lines if line.cells[0] and not line.flaws and line.cells[NAMES.index("effective_date")]]
    at = NAMES.index("level")
    other = (*whole[1].cells[:at], "园区", *whole[1].cells[at + 1 :])
    name = NAMES.index("name")
    nameless = (whole[2].cells[0], None, "SL99-01", *whole[2].cells[3:name], None, *whole[2].cells[name + 1 :])
    return [
        Line("duplicates", whole[0].cells), Line("rejected", other, (Flaw(None, "key_conflict"),)),
        Line("rejected", nameless, (Flaw("name", "required_missing"),)),
    ]  # fmt: skip


def _sheet(day: date, seed: int) -> Sheet:
    random, sheet = Random(f"{seed}/rules/{day}"), Sheet("制度建设", "rule", STREET, as_of=day)
    sheet.add_title(f"{STREET}工会制度建设台账（{day.year}年{day.month}月）　{MARK}", width=len(COLUMNS))
    sheet.add_header([header for _name, header in COLUMNS])
    rows = [*_nankeng(day), *_others(day, random), *_elsewhere(day)]
    top, lines, before = len(sheet.lines), list[Line](), ""
    for serial, row in enumerate(rows, 1):
        is_other = row["community"] != before or row["level"] != "community"
        lines.append(_line(row, serial, random, is_other))
        before = row["community"] if row["level"] == "community" else ""
    sheet.lines += [*_with_flaws(lines), *_tail(lines)]
    firsts = [at for at, line in enumerate(lines) if line.cells[0]]
    for first, following in zip(firsts, [*firsts[1:], len(rows) - 3], strict=False):
        last = min(following, len(rows) - 3) - 1
        if last > first:
            sheet.merges.append((top + first, 0, top + last, 0))
    sheet.add("total", "合计", f"共{len(rows)}项")
    sheet.add("note", "注：南坑社区制度取自公开报道，报道列出五项名称，其余五项名称未公布；其他社区为示例。")
    return sheet


def files(world: World) -> Iterator[File]:
    """Yield the register of each year's end."""
    for day in DAYS:
        yield File(
            f"制度/{STREET}工会制度建设台账{day.year}年{day.month}月_{FILE_MARK}.xlsx", (_sheet(day, world.seed),)
        )


def planted(world: World) -> dict[str, Any]:
    """Return what was planted among the rules."""
    return {
        "rules": {
            "of_the_street": STREET_RULE,
            "named_in_nankeng": [name for name, _kind in NAMED],
            "repealed_in_2018": 2,
        }
    }


def _in_force(row: Row, day: date) -> bool:
    starts = row["effective_date"] or row["issued_date"]
    return (starts is None or starts <= day) and (row["repealed_date"] is None or row["repealed_date"] > day)


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the rules in force by community at each register's day; those whose day cannot be read are not told."""
    found = {}
    for sheet in (s for s in sheets if s.ledger == "rule" and s.as_of):
        unread = [line.clean for line in sheet.lines if any(flaw.code == "bad_date" for flaw in line.flaws)]
        rows = [r for r in sheet.accepted() if r not in unread and sheet.as_of and _in_force(r, sheet.as_of)]
        found[f"{sheet.as_of:%Y-%m}"] = dict(sorted(Counter(r["community"] or "street" for r in rows).items()))
    return {"rules_in_force": found}
