"""Small streets as plain Python rows, and the warehouse file that holds them (the schema of the real models)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from hypothesis import strategies as st

from metrics.periods import shift, span
from metrics.warehouse import Warehouse, open_current

Record = dict[str, Any]

COMMUNITIES = (
    "岗头",
    "马安堂",
    "五和",
    "四季花城",
    "第五园",
    "坂田",
    "万科城",
    "杨美",
    "大发埔",
    "南坑",
    "象角塘",
    "新雪",
)
CODES = {
    "industry": {"C": "制造业", "F": "批发和零售业", "I": "信息传输、软件和信息技术服务业"},
    "size_band": {"<25": "25人以下", "25-99": "25—99人", ">=1000": "1000人以上"},
    "ownership": {"110": "国有企业", "170": "私营企业"},
    "union_status": {"own": "单独建会", "federation": "工联会覆盖", "preparing": "筹建中", "none": "未建会"},
    "cause": {"01": "拖欠工资", "04": "社会保险", "99": "其他"},
    "channel": {"visit": "来访", "online": "线上"},
    "outcome": {"mediated": "调解成功", "open": "在办"},
    "park": {"P1": "天安云谷", "P2": "星河雅宝"},
}
LEDGERS = {"enterprise": "企业台账", "dispute": "劳资纠纷台账", "target": "年度任务台账", "member": "会员名册"}
REGISTERS = {"enterprise", "member"}
SETTINGS = {
    "default_month_share": "0.8", "settlement_counts": "true", "small_base": "20", "workers_covered_share": "0.8",
    "decimals": "1", "dispute_word": "宗", "goal:coverage_rate": "0.9", "jump_points": "5", "jump_share": "0.2",
}  # fmt: skip
SCHEMA = {
    "intake.load": "load_id VARCHAR",
    "intake.sheet": "load_id VARCHAR, ledger VARCHAR, as_of DATE, period_from DATE, period_to DATE",
    "core.setting": "key VARCHAR, value VARCHAR",
    "core.month": "month DATE, month_end DATE",
    "core.community": "community_id VARCHAR, community VARCHAR, official_order INTEGER",
    "core.community_month": "community_id VARCHAR, month DATE",
    "core.park": "park_id VARCHAR, park VARCHAR, community_id VARCHAR",
    "core.code": "list VARCHAR, code VARCHAR, title VARCHAR, code_order INTEGER",
    "core.alias": "list VARCHAR, raw VARCHAR, code VARCHAR",
    "core.ledger_kind": "ledger VARCHAR, title VARCHAR, mode VARCHAR, due_unit VARCHAR, kind_order INTEGER",
    "core.report": "ledger VARCHAR, community_id VARCHAR, month DATE, is_due BOOLEAN, state VARCHAR, as_of DATE,"
    " holds BOOLEAN, shows BOOLEAN",
    "core.enterprise_month": "enterprise_id VARCHAR, month DATE, enterprise VARCHAR, community_id VARCHAR,"
    " park_id VARCHAR, industry VARCHAR, size_band VARCHAR, ownership VARCHAR, union_status VARCHAR,"
    " is_operating BOOLEAN, is_own_union BOOLEAN, is_covered BOOLEAN, has_union BOOLEAN, is_above_scale BOOLEAN,"
    " workers BIGINT, is_workers_approx BOOLEAN, members BIGINT, is_members_approx BOOLEAN, lon DOUBLE, lat DOUBLE,"
    " located_by VARCHAR, load_id VARCHAR, file VARCHAR, sheet VARCHAR, \"row\" INTEGER",
    "core.union_formed": "enterprise_id VARCHAR, month DATE, enterprise VARCHAR, community_id VARCHAR, park_id VARCHAR,"
    " industry VARCHAR, size_band VARCHAR, ownership VARCHAR, formed_date DATE, load_id VARCHAR, file VARCHAR,"
    " sheet VARCHAR, \"row\" INTEGER",
    "core.dispute": "dispute_id VARCHAR, enterprise_id VARCHAR, community_id VARCHAR, park_id VARCHAR,"
    " industry VARCHAR, channel VARCHAR, size_band VARCHAR, ownership VARCHAR,"
    " cause VARCHAR, causes VARCHAR[], outcome VARCHAR, received_date DATE, received_month DATE, closed_date DATE,"
    " closed_month DATE, is_closed BOOLEAN, is_mediated BOOLEAN, workers_involved BIGINT, load_id VARCHAR,"
    " file VARCHAR, sheet VARCHAR, \"row\" INTEGER",
    "core.member_month": "union_id VARCHAR, month DATE, union_name VARCHAR, community_id VARCHAR, members BIGINT,"
    " verified BIGINT, joined BIGINT, is_verifiable BOOLEAN, load_id VARCHAR, file VARCHAR, sheet VARCHAR,"
    " \"row\" INTEGER",
    "core.target": "target_id VARCHAR, community_id VARCHAR, year INTEGER, indicator VARCHAR, target BIGINT,"
    " is_approx BOOLEAN, load_id VARCHAR, file VARCHAR, sheet VARCHAR, \"row\" INTEGER",
}  # fmt: skip


@dataclass
class TinyStreet:
    """A street as lists of records, one list per table of `core`."""

    communities: tuple[str, ...]
    months: tuple[date, ...]
    tables: dict[str, list[Record]] = field(default_factory=dict)

    def add(self, table: str, **record: Any) -> None:
        """Append one record to `core.<table>`."""
        self.tables.setdefault(table, []).append(record)

    def rows(self, table: str) -> list[Record]:
        """Return the records of `core.<table>`."""
        return self.tables.get(table, [])


def blank(count: int, first: date, months: int) -> TinyStreet:
    """Return a street that has its axis, codes and settings, and no report yet."""
    ids = tuple(f"44030701300{index:X}" for index in range(count))
    street = TinyStreet(ids, span(first, shift(first, months - 1)))
    for month in street.months:
        street.add("month", month=month, month_end=shift(month, 1) - timedelta(days=1))
    for order, community_id in enumerate(ids):
        street.add("community", community_id=community_id, community=COMMUNITIES[order], official_order=order + 1)
        street.add("code", list="community", code=community_id, title=COMMUNITIES[order], code_order=order)
    for name, codes in CODES.items():
        for order, (code, title) in enumerate(codes.items()):
            street.add("code", list=name, code=code, title=title, code_order=order)
    street.add("alias", list="community", raw="上雪", code=ids[-1])
    for order, (ledger, title) in enumerate(LEDGERS.items()):
        mode = "register" if ledger in REGISTERS else "event"
        due = "street" if ledger == "target" else "community"
        street.add("ledger_kind", ledger=ledger, title=title, mode=mode, due_unit=due, kind_order=order)
    for key, value in SETTINGS.items():
        street.add("setting", key=key, value=value)
    return street


def report(street: TinyStreet, ledger: str, community_id: str, month: date, state: str, **facts: Any) -> None:
    """Add one report; a register shows the month's events where `shows` says so, an event ledger where it holds."""
    holds = state != "missing"
    record = {"is_due": True, "as_of": None, "holds": holds, "shows": holds, **facts}
    street.add("report", ledger=ledger, community_id=community_id, month=month, state=state, **record)


def enterprise(street: TinyStreet, number: int, month: date, community_id: str | None, **facts: Any) -> None:
    """Add one enterprise-month; what is not said is ordinary (operating, 10 workers, no union, 0 members)."""
    record: Record = {
        "enterprise_id": f"name:{number}", "month": month, "enterprise": f"示例企业{number}",
        "community_id": community_id, "park_id": None, "industry": None, "size_band": None, "ownership": None,
        "union_status": None, "is_operating": True, "is_own_union": False, "is_covered": False, "has_union": False,
        "is_above_scale": False, "workers": 10, "is_workers_approx": False, "members": 0, "is_members_approx": False,
        "lon": None, "lat": None, "located_by": "column", **place(number), **facts,
    }  # fmt: skip
    street.add("enterprise_month", **record)


def dispute(street: TinyStreet, number: int, community_id: str | None, received: date, **facts: Any) -> None:
    """Add one case; with `closed` it is closed on that day."""
    closed = facts.pop("closed", None)
    causes = facts.pop("causes", [])
    record: Record = {
        "dispute_id": f"case:{number}", "enterprise_id": None, "community_id": community_id,
        "park_id": None, "industry": None, "size_band": None, "ownership": None, "channel": None, "cause": causes[0] if causes else None, "causes": causes, "outcome": None,
        "received_date": received, "received_month": received.replace(day=1), "closed_date": closed,
        "closed_month": closed and closed.replace(day=1), "is_closed": closed is not None, "is_mediated": False,
        "workers_involved": 1, **place(number), **facts,
    }  # fmt: skip
    street.add("dispute", **record)


def place(number: int) -> Record:
    """Return where a record claims to come from."""
    return {"load_id": "0001", "file": "示例.xlsx", "sheet": "Sheet1", "row": number + 2}


def write(street: TinyStreet, folder: Path) -> Warehouse:
    """Write the street as generation 1 of a folder and open it."""
    generations = folder / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    path = generations / f"{len(list(generations.iterdir())) + 1:06d}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema core; create schema intake")
        connection.execute("create table intake.generation as select 'tiny' as generation_id, 1 as generation_no,"
                           " true as is_sample, '示例街道' as street")  # fmt: skip
        for table, columns in SCHEMA.items():
            connection.execute(f"create table {table} ({columns})")
            if records := street.rows(table.removeprefix("core.")):
                frame = pl.DataFrame(records, infer_schema_length=None).to_arrow()
                connection.register("frame", frame)
                connection.execute(f"insert into {table} by name select * from frame")
                connection.unregister("frame")
    return open_current(folder)


def _random_enterprises(street: TinyStreet, chance: random.Random, count: int) -> None:
    for number in range(count):
        home = chance.choice([*street.communities, *street.communities, None])
        for month in street.months:
            if chance.random() < 0.9:
                enterprise(street, number, month, home, **_random_enterprise(chance))


def _random_enterprise(chance: random.Random) -> Record:
    status = chance.choice(["own", "federation", "preparing", "none", None])
    has_union = None if status is None else status in {"own", "federation"}
    workers = chance.choice([None, 1, 24, 25, 26, 300, 4000])
    return {
        "park_id": chance.choice(["P1", "P2", None]), "industry": chance.choice(["C", "F", None]),
        "size_band": None if workers is None else "<25" if workers < 25 else "25-99" if workers < 100 else ">=1000",
        "ownership": chance.choice(["110", "170", None]), "union_status": status, "has_union": has_union,
        "is_own_union": status == "own", "is_covered": status == "federation",
        "is_operating": chance.random() < 0.9, "is_above_scale": chance.choice([True, False, False, None]),
        "workers": workers, "is_workers_approx": workers is not None and chance.random() < 0.1,
        "members": chance.choice([None, 0, 5, 280]) if has_union is not False else 0,
        "is_members_approx": chance.random() < 0.05,
    }  # fmt: skip


def _random_day(street: TinyStreet, chance: random.Random) -> date:
    return chance.choice(street.months) + timedelta(days=chance.randrange(28))


def _random_events(street: TinyStreet, chance: random.Random, count: int) -> None:
    somewhere = [*street.communities, *street.communities, None]
    for number in range(count):
        received = _random_day(street, chance)
        closed = received + timedelta(days=chance.randrange(200)) if chance.random() < 0.7 else None
        causes = chance.choice([["01"], ["04", "01"], ["99", "04"], []])
        dispute(
            street, number, chance.choice(somewhere), received, closed=closed, causes=causes,
            is_mediated=closed is not None and chance.random() < 0.6, park_id=chance.choice(["P1", None]),
            size_band=chance.choice(["<25", "25-99", None]), ownership=chance.choice(["170", None]),
            industry=chance.choice(["C", "I", None]), channel=chance.choice(["visit", "online", None]),
            outcome=chance.choice(["mediated", "open", None]), enterprise_id=chance.choice([f"name:{chance.randrange(12)}", None]),
        )  # fmt: skip
        day = _random_day(street, chance)
        street.add(
            "union_formed", enterprise_id=f"name:{number}", month=day.replace(day=1), enterprise=f"示例企业{number}",
            community_id=chance.choice(somewhere), park_id=chance.choice(["P2", None]), industry=chance.choice(["C", None]),
            size_band=chance.choice(["<25", None]), ownership=chance.choice(["170", None]), formed_date=day, **place(number),
        )  # fmt: skip


def _random_unions(street: TinyStreet, chance: random.Random, count: int) -> None:
    """Add unions with their members by month; some have no column of verification, some are empty, some nowhere."""
    since = chance.choice([*street.months, None])
    for number in range(count):
        home, tells = chance.choice([*street.communities, *street.communities, None]), chance.random() < 0.8
        for month in street.months:
            members = chance.choice([0, 1, 7, 300])
            street.add(
                "member_month", union_id=f"{home}|{number}", month=month, union_name=f"示例工会{number}", community_id=home,
                members=members, verified=chance.randint(0, members) if tells else None, joined=chance.choice([0, 0, 1, 9]),
                is_verifiable=since is not None and month >= since, **place(number),
            )  # fmt: skip


def _random_reports(street: TinyStreet, chance: random.Random, missing: float) -> None:
    for community_id in street.communities:
        for month in street.months:
            if chance.random() < 0.95:
                street.add("community_month", community_id=community_id, month=month)
            for ledger in LEDGERS:
                state = "missing" if chance.random() < missing else chance.choice(["received", "nil", "carried"])
                facts = {"shows": chance.random() > missing} if ledger in REGISTERS else {}
                report(street, ledger, community_id, month, state, **facts)
        for year in {month.year for month in street.months}:
            if chance.random() < 0.8:
                number = len(street.rows("target"))
                street.add(
                    "target", target_id=f"{community_id}|{year}", community_id=community_id, year=year,
                    indicator=chance.choice(["unions_formed", "unions_formed", "members_joined"]),
                    target=chance.choice([0, 3, 20]), is_approx=chance.random() < 0.1, **place(number),
                )  # fmt: skip


@st.composite
def streets(draw: st.DrawFn) -> TinyStreet:
    """Draw a street: few or twelve communities, some months (over a year's end), some not reported, some unknown."""
    count, months = draw(st.sampled_from([1, 3, 12])), draw(st.integers(1, 15))
    street = blank(count, draw(st.sampled_from([date(2017, 1, 1), date(2017, 8, 1)])), months)
    chance = random.Random(draw(st.integers(0, 2**32)))
    _random_reports(street, chance, draw(st.sampled_from([0.0, 0.1, 0.5])))
    _random_enterprises(street, chance, draw(st.integers(0, 12)))
    _random_events(street, chance, draw(st.integers(0, 30)))
    _random_unions(street, chance, draw(st.integers(0, 6)))
    return street
