"""Each check finds what was planted for it and is silent on what only comes near; files go through the real intake."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from etl.generations import READ_ONLY, current
from etl.instructions import Instructions
from etl.intake import load
from etl.models import checks
from etl.street import open_street

ENTERPRISE = [
    "序号",
    "企业名称",
    "经营状态",
    "成立日期",
    "职工人数",
    "女职工数",
    "会员数",
    "建会状态",
    "所属工会",
    "建会日期",
]
UNION = ["序号", "工会名称", "工会类型", "工会状态", "建会日期", "任期开始时间", "任期结束时间", "会员数"]
DISPUTE = ["案件编号", "涉事企业", "受理日期", "办结日期", "案由", "涉及人数", "处理结果"]
SERVICE = ["序号", "活动日期", "服务项目", "所属社区", "惠及人数", "服务人次"]
MEETING = ["序号", "会议类型", "召开日期", "所属社区", "议定事项"]
FACILITY = ["序号", "阵地名称", "所属社区", "地址", "面积"]
BUDGET = ["序号", "资金来源", "服务项目", "预算金额"]
LATER, EARLIER = "2018年12月31日", "2018年6月30日"
Rows = Sequence[Sequence[str | int]]


def enterprise(name: str, **cells: str | int) -> list[str | int]:
    """Return a row of an ordinary enterprise: in business, 20 workers, no union."""
    facts: dict[str, str | int] = {
        "status": "在营", "founded": "2010-01-05", "workers": 20, "female": 5, "members": 0, "union": "未建会", "own": "",
        "formed": "", **cells,
    }  # fmt: skip
    return ["1", f"深圳示例{name}有限公司", *facts.values()]


def union(name: str, status: str = "正常", formed: str = "2014-03-01", start: str = "", end: str = "") -> list[str]:
    """Return a row of an enterprise's own union."""
    return ["1", f"深圳示例{name}有限公司工会委员会", "独立基层工会", status, formed, start, end, "12"]


def case(
    number: int, received: str, name: str = "甲", closed: str = "", cause: str = "拖欠工资", people: int = 3
) -> list[str | int]:
    """Return a row of a case."""
    return [
        f"坂调〔2018〕{number:03d}号",
        f"深圳示例{name}有限公司",
        received,
        closed,
        cause,
        people,
        "调解成功" if closed else "在办",
    ]


def write(folder: Path, title: str, header: Sequence[str], rows: Rows, *foot: Sequence[str | int]) -> None:
    """Write one ledger as CSV, named by its title."""
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows, *foot])


def loaded(folder: Path, street: Path) -> duckdb.DuckDBPyConnection:
    """Load a folder into a street and open what was built."""
    load([folder], street, Instructions(agreed=frozenset({"vanish", "replace"})))
    generation = current(open_street(street))
    assert generation
    return duckdb.connect(str(generation.path), read_only=True)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Return a street whose ledgers hold one case for each check."""
    folder = tmp_path_factory.mktemp("planted")
    own: dict[str, str | int] = {"union": "单独建会", "members": 12}
    write(folder, f"坂田街道南坑社区企业台账（{EARLIER}）", ENTERPRISE, [enterprise("己"), enterprise("甲")])
    write(
        folder, f"坂田街道南坑社区企业台账（{LATER}）", ENTERPRISE,
        [
            enterprise("甲", female=30),
            enterprise("乙", **own, own="南坑社区工会联合会", formed="2014-03-01"),
            enterprise("丙", **own, founded="2018-03-01", formed="2017-05-01"),
            enterprise("丁", status="注销"),
            enterprise("戊", workers=60, union="工联会覆盖", members=40),
            enterprise("己", **own, formed="2015-05-01"),
        ],
        ["合计", "", "", "", 170, 55, 76],
    )  # fmt: skip
    write(
        folder, f"坂田街道南坑社区工会组织台账（{LATER}）", UNION,
        [
            union("丁"), union("乙", end="2018-05-01"), union("丙", start="2016-01-01", end="2023-01-01"),
            union("己", formed="2017-06-01", start="2016-01-01"), union("庚"),
        ],
    )  # fmt: skip
    write(folder, f"坂田街道岗头社区工会组织台账（{LATER}）", UNION, [union("庚"), union("辛")])
    write(folder, "坂田街道岗头社区企业台账（2018年12月20日）", ENTERPRISE, [enterprise("辛"), enterprise("壬")])
    write(folder, f"坂田街道岗头社区企业台账（{LATER}）", ENTERPRISE, [enterprise("辛"), enterprise("壬")])
    write(
        folder, "坂田街道南坑社区劳资纠纷台账（2018年12月）", DISPUTE,
        [
            case(1, "2018-12-10", closed="2018-12-01"), case(2, "2018-12-11", "乙", people=0),
            case(3, "2018-12-12", "丙"), case(4, "2018-12-15", "丙"),
        ],
    )  # fmt: skip
    write(
        folder, "坂田街道服务活动台账（2018年3月）", SERVICE,
        [["1", "2018-04-06", "送清凉", "南坑", 30, 30], ["2", "2018-03-06", "送清凉", "岗头", 30, 30]],
    )  # fmt: skip
    write(
        folder, "坂田街道听取汇报与会议台账（2018年度）", MEETING,
        [["1", "党组织听取工会工作汇报", "2019-01-05", "南坑", "3项"], ["2", "联席会议", "2018-05-08", "南坑", "2项"]],
    )  # fmt: skip
    write(
        folder,
        f"坂田街道职工之家和阵地台账（{LATER}）",
        FACILITY,
        [["1", "示例之家", "南坑", "坂田路1号；岗头路2号", 60]],
    )
    write(
        folder, "坂田街道2018年服务经费预算", BUDGET, [["1", "区拨", "送清凉", "36万元"], ["2", "会费", "送清凉", "32"]]
    )
    return loaded(folder, tmp_path_factory.mktemp("planted_street"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Return a street whose ledgers come as near to each check as they rightly may."""
    folder = tmp_path_factory.mktemp("sound")
    own: dict[str, str | int] = {"union": "单独建会", "members": 12}
    write(folder, f"坂田街道南坑社区企业台账（{EARLIER}）", ENTERPRISE, [enterprise("甲"), enterprise("己")])
    write(
        folder, f"坂田街道南坑社区企业台账（{LATER}）", ENTERPRISE,
        [
            enterprise("甲", workers="约20人", female=20),
            enterprise("乙", **own, own="深圳示例乙有限公司工会委员会", formed="2014-03-01"),
            enterprise("丙", **own, founded="2014年5月", formed="2014-05-01"),
            enterprise("丁", status="注销"),
            enterprise("戊", workers=60, union="工联会覆盖", members=24),
            enterprise("己", **own, formed="2018-09-01"),
            enterprise("庚", workers="若干"),
        ],
        ["本页小计", "", "", "", 160, 50, 60],
        ["合计", "", "", "", 140, 50, 60],  # a spreadsheet's SUM passes over 约20人
        ["累计", "", "", "", 990, 990, 990],
    )  # fmt: skip
    write(
        folder, f"坂田街道南坑社区工会组织台账（{LATER}）", UNION,
        [
            union("丁", "注销"), union("乙", "换届中", start="2014-05-01", end="2018-05-01"), union("丙", end="2018年12月"),
            union("己", start="2014年3月", end="2019-06-30"),
        ],
    )  # fmt: skip
    write(folder, f"坂田街道岗头社区工会组织台账（{LATER}）", UNION, [union("辛")])
    write(
        folder, "坂田街道南坑社区劳资纠纷台账（2018年12月）", DISPUTE,
        [
            case(1, "2018-12-10", closed="2018-12-10"), case(2, "2018-12-11", "乙", people=1), case(3, "2018-12-12", "丙"),
            case(4, "2018-12-20", "丙"), case(5, "2018-12-13", "丙", cause="工伤"), case(6, "2018-12-14", "丁"),
        ],
    )  # fmt: skip
    write(folder, "坂田街道南坑社区劳资纠纷台账（2018年11月）", DISPUTE, [case(7, "2018-11-20", "戊")])
    return loaded(folder, tmp_path_factory.mktemp("sound_street"))


FINDS = {
    "closed_before_received": [("坂调〔2018〕001号", "办结日期“2018-12-01”早于受理日期2018-12-10")],
    "closed_enterprise_union_alive": [("深圳示例丁有限公司工会委员会", "企业注销，工会正常")],
    "dispute_entered_twice": [("坂调〔2018〕004号", "深圳示例丙有限公司 2018-12-15受理，与坂调〔2018〕003号（2018-12-12）相近")],
    "female_above_workers": [("深圳示例甲有限公司", "女职工30人，职工20人")],
    "formed_before_founded": [("深圳示例丙有限公司", "建会2017-05-01，企业成立2018-03-01")],
    "involved_below_one": [("坂调〔2018〕002号", "涉及人数写“0”")],
    "members_25_without_own_union": [("深圳示例戊有限公司", "会员40人，未单独建会")],
    "own_and_federation": [("深圳示例乙有限公司", "填单独建会，所属工会写“南坑社区工会联合会”")],
    "own_union_not_registered": [("南坑", "企业名册3家，工会组织台账4个")],
    "period_overlap": [("企业台账", "与“坂田街道岗头社区企业台账（2018年12月20日）.csv”的“坂田街道岗头社区企业台账（2018年12月20日）”是同一时期")],
    "term_expired": [("深圳示例乙有限公司工会委员会", "2018-05-01届满，数据截至2018-12-31")],
    "term_too_long": [("深圳示例丙有限公司工会委员会", "任期2016-01-01至2023-01-01")],
    "service_outside_period": [("2018-04-06 送清凉", "本表期间为2018年03月")],
    "meeting_outside_period": [("2019-01-05 听取工会工作汇报", "本表期间为2018年01月至2018年12月")],
    "facility_two_addresses": [("示例之家", "地址：坂田路1号;岗头路2号")],
    "budget_unit_doubtful": [("工会会费", "读作32.00元，本表最多的一项为360000.00元")],
    "total_row_disagrees": [("职工人数", "合计行写170，各行之和为160，相差10")],
    "union_dates_disorder": [("深圳示例己有限公司工会委员会", "任期开始2016-01-01，建会2017-06-01")],
    "union_flow_unexplained": [("深圳示例己有限公司", "2018-06-30以后单独建会，建会日期写2015-05-01")],
    "union_two_communities": [("深圳示例庚有限公司工会委员会", "2018-12-31 有2个社区登记")],
}  # fmt: skip


def rows(connection: duckdb.DuckDBPyConnection, check: str) -> list[tuple[str, str]]:
    """Return the subjects and details that a check found."""
    query = "select subject, detail from intake.check_row where check_id = ? order by all"
    return connection.execute(query, [check]).fetchall()


@pytest.mark.parametrize("check", FINDS)
def test_a_check_finds_what_was_planted(planted: duckdb.DuckDBPyConnection, check: str) -> None:
    assert rows(planted, check) == FINDS[check]
    place = "select count(*) from intake.check_row where check_id = ? and file is not null"
    by_community = {"own_union_not_registered"}  # a number of a community stands in no one row
    assert planted.execute(place, [check]).fetchall() == [(0 if check in by_community else len(FINDS[check]),)]


@pytest.mark.parametrize("check", FINDS)
def test_a_check_is_silent_on_what_only_comes_near(sound: duckdb.DuckDBPyConnection, check: str) -> None:
    assert rows(sound, check) == []


def test_every_check_has_a_result_and_says_what_it_means(planted: duckdb.DuckDBPyConnection) -> None:
    results = planted.execute("select check_id, title, meaning, severity from intake.check_result").fetchall()
    assert {row[0] for row in results} == {check.id for check in checks()}
    assert all(title and meaning and severity in ("soft", "hard") for _id, title, meaning, severity in results)


def test_the_sample_has_few_findings_and_they_are_known(sample_street: Path) -> None:
    """A clean street must not be told of hundreds of faults: all but the advice on 25 members are planted or few."""
    generation = current(open_street(sample_street))
    assert generation
    with duckdb.connect(str(generation.path), read_only=True, config=READ_ONLY) as connection:
        found = dict(connection.execute("select check_id, found from intake.check_result").fetchall())
    assert {check: found[check] for check in FINDS if found[check]} == {
        "members_25_without_own_union": found["members_25_without_own_union"],
        "closed_enterprise_union_alive": 6,  # planted: nobody has dissolved them
        "own_union_not_registered": 5,  # one, and the communities of those six
        "term_expired": 20,  # planted
        "total_row_disagrees": 1,
    }
