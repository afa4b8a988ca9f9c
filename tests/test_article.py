"""The article's numbers: the whole «must come out exactly» table of the sample street, through the terminal.

Whoever reads the article and asks the dashboard is told the same, as of 2018-12, of 南坑 unless said otherwise.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cli
from metrics.judging.cases import case_of
from metrics.judging.facilities import facilities
from metrics.judging.federations import register
from metrics.judging.pilot import pilots
from metrics.judging.street_level import street_rules
from metrics.places import parks
from metrics.scope import settings
from metrics.warehouse import Warehouse, open_current

DECEMBER = date(2018, 12, 1)
HERE = ("--where", "community=南坑")
BIG = ("--where", "size_band=>=1000")
YEAR = ("--period", "ytd")
ROOMS = ["就业创业指导中心", "职工学校", "电子阅览室", "棋牌室", "健身房", "活动室", "劳务工心理咨询室"]
RULES = [
    "综合党委听取工会工作汇报制度", "工会工作重大事项报告制度", "企业职工议事会制度", "劳资纠纷预警信息员报告奖励办法",
    "工会组织参与劳资纠纷预警与处置的标准化流程",
]  # fmt: skip
SERVICES = ["困难帮扶", "金秋助学", "送温暖", "送清凉", "送电影", "送文艺", "工伤探视", "二次医保"]
ONLINE = ["申请建会", "个人入会", "投诉维权", "困难帮扶", "培训报名", "法律咨询预约", "心理辅导预约"]
OF_STREET = "工会信息员隐患排查奖励办法"
PERSONS = ("初庆", "古凤绮", "工会之友", "工作者标兵")


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


@pytest.fixture(name="tell")
def tell_(sample_street: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return the terminal: `union-atlas metric … --month 2018-12 --json` as a function from words to rows."""

    def tell(metric: str, *words: str) -> list[dict[str, Any]]:
        capsys.readouterr()
        asked = ["metric", metric, "--street", str(sample_street), "--month", "2018-12", "--json", *words]
        assert cli.main(asked) == 0, asked
        rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["rows"]
        return rows

    return tell


@pytest.mark.parametrize(
    ("metric", "words", "numerator", "denominator", "shown", "is_approximate"),
    [
        ("area_km2", HERE, 3.61, None, 3.61, False),
        ("resident_population", HERE, 31_000, None, 31_000, True),
        ("registered_population", HERE, 2_174, None, 2_174, False),
        ("enterprises", HERE, 227, None, 227, False),
        ("workers", HERE, 10_200, None, 10_200, True),
        ("coverage_rate", HERE, 42 + 176, 227, 0.960, False),
        ("coverage_rate_above_scale", HERE, 4, 4, 1.0, False),
        ("members", HERE, 9_525, None, 9_525, False),
        ("membership_rate_area", HERE, 9_525, 10_200, 0.934, True),
        ("disputes_mediated", (*HERE, *YEAR), 16, None, 16, False),
        ("facility_area_m2", HERE, 1_450, None, 1_450, False),
        ("rules_in_force", HERE, 10, None, 10, False),
    ],
)
def test_numbers_of_the_article(
    tell: Any, metric: str, words: tuple[str, ...], numerator: float, denominator: float | None, shown: float, is_approximate: bool
) -> None:  # fmt: skip
    """Both sides and 约 as the article has them; nothing is missing and nobody has not reported."""
    (row,) = tell(metric, *words)
    assert (row["numerator"], row["denominator"], row["item_missing"]) == (numerator, denominator, 0)
    assert (round(row["value"], 3), row["approximate"], row["known"]) == (shown, is_approximate, row["expected"])


def test_unions_of_the_article(tell: Any) -> None:
    """42 of their own and 176 covered; of the 42 two have 1,000 workers or more; what is 规上 has a union throughout."""
    (row,) = tell("coverage_rate", *HERE)
    assert row["parts"] == {"own": 42, "covered": 176}
    (big,) = tell("coverage_rate", *HERE, *BIG)
    assert big["parts"] == {"own": 2, "covered": 0}
    assert tell("own_union_rate_25plus", *HERE)[0]["numerator"] == 42, "nobody has a union of its own beside them"


def test_the_street_of_the_article(tell: Any) -> None:
    """More than 3,000 enterprises, 100,000 workers and 100,000 person-times of funded services."""
    for metric, words, least in (
        ("enterprises", (), 3_000),
        ("workers", (), 100_000),
        ("service_person_times", YEAR, 100_000),
    ):
        assert tell(metric, *words)[0]["numerator"] > least, metric


def test_settlements_count_and_it_says_so(warehouse: Warehouse) -> None:
    from metrics.catalogue import metric_of
    from metrics.scope import caveat

    assert "“和解”计入调解成功" in caveat(warehouse, metric_of("disputes_mediated"))


def test_the_workers_home_of_the_article(warehouse: Warehouse) -> None:
    """One home with 1,450 m² and seven rooms, the list open; two centres inside it, without an area of their own."""
    here = [one for one in facilities(warehouse, DECEMBER) if one.community == "南坑"]
    assert [(one.area_m2, one.is_area_approx) for one in here if one.area_m2 is not None] == [(1_450, False)]
    (home,) = (one for one in here if one.is_counted)
    assert sorted(home.rooms) == sorted(ROOMS) and home.is_rooms_open
    assert {one.facility for one in here} - {home.facility} == {"职工关爱帮扶中心", "职工培训活动指导中心"}


def test_the_rules_of_the_article(tell: Any, warehouse: Warehouse) -> None:
    """Five rules by name, five 名称未公布 that nobody has made up; the reward rule is the street's own."""
    names = [row["unit_name"] for row in tell("rules_in_force", *HERE, "--rows")]
    assert sorted(names) == sorted([*RULES, *["名称未公布"] * 5])
    street = street_rules(warehouse, DECEMBER)["unit_name"].to_list()
    assert sum(OF_STREET in name for name in street) == 1 and not set(RULES) & set(street)


def test_the_park_federations_of_the_article(warehouse: Warehouse) -> None:
    """Four parks in their communities, each with a living federation; 中浩工业城's is the first, of 2013."""
    titles = {"440307013020": "南坑", "440307013022": "象角塘", "440307013002": "岗头"}
    found = {park.title: (titles[park.community_id or ""], register(warehouse, DECEMBER).federations["park", park.id]) for park in parks(warehouse)}  # fmt: skip
    assert {name: home for name, (home, _federation) in found.items()} == {
        "中浩工业城": "象角塘", "南坑创意园": "南坑", "天安云谷": "岗头", "星河雅宝": "南坑",
    }  # fmt: skip
    years = {name: federation.formed_date.year for name, (_home, federation) in found.items() if federation.formed_date}
    assert years["中浩工业城"] == 2013 == min(years.values()) and len(years) == 4
    assert all(federation.is_living for _home, federation in found.values())
    assert "2013" in settings(warehouse)["park_note:zhonghao"]


def test_the_online_platform_of_the_article(tell: Any) -> None:
    """Seven kinds, nothing known before 2017-03; the platform belongs to 天安云谷 but is asked by the whole street."""
    asked = tell("online_requests", "--by", "item", "--from", "2017-03")
    assert [row["item"] for row in asked if row["item_id"]] == ONLINE and all(row["numerator"] for row in asked)
    months = tell("online_requests", "--by", "month", "--from", "2016-12")
    known = [row["month"] for row in months if row["known"]]
    assert known[0] == "2017-03" and len(known) == 22


def test_the_garment_factory_of_the_article(tell: Any, warehouse: Warehouse) -> None:
    """April 2018: one case, several causes, staged; arrears first, then 和解."""
    cases = [case for row in tell("disputes_received", "--from", "2018-04", "--rows", "--where", "outcome=和解")
             if row["month"] == "2018-04" and "搬迁" in (row["causes"] or "") and (case := case_of(warehouse, row["unit_id"]))]  # fmt: skip
    (case,) = [case for case in cases if "服装" in (case.enterprise or "")]
    assert len(case.causes) > 1 and case.outcome == "和解"
    titles = [step.title for step in case.steps]
    order = [titles.index(title) for title in ("受理", "调解僵局", "补缴社保、公积金", "和解")]
    assert order == sorted(order)


def test_services_and_honours_of_the_article(tell: Any) -> None:
    """The eight funded services come first; two honours of organisations; the personal ones stand nowhere."""
    kinds = [row["service_kind"] for row in tell("service_person_times", "--by", "service_kind", *YEAR)]
    assert kinds[: len(SERVICES)] == SERVICES
    honours = tell("honours", "--rows")
    real = {(row["unit_name"], row["recipient"]) for row in honours if "示例" not in row["unit_name"]}
    assert real == {("全国百家示范乡镇（街道）工会", "坂田街道总工会"), ("全国模范职工之家", "南坑社区工会联合会")}
    said = json.dumps(honours, ensure_ascii=False)
    assert not any(name in said for name in PERSONS)


def test_the_pilot_of_the_article(warehouse: Warehouse) -> None:
    """南坑 alone; the start month is the sample's own."""
    assert [one.community for one in pilots(warehouse)] == ["南坑"]
    assert settings(warehouse)["pilot_name"] == "区总工会源头治理劳资纠纷试验区"
