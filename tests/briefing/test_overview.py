"""总体情况, word for word, on a street whose every number can be counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefing.model import Missing, Sentence
from briefing.request import Request
from briefing.sentences import Told, overview
from briefing.source import Source
from etl.notes import add_note
from metrics.warehouse import Warehouse
from tests.briefing.street_of_sentences import LAST, street_of_sentences
from tests.metrics.tiny import write

SECOND = "440307013001"  # 马安堂
Say = Callable[..., dict[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("street")


@pytest.fixture(scope="module")
def warehouse(folder: Path) -> Warehouse:
    return write(street_of_sentences(), folder)


@pytest.fixture(scope="module")
def say(warehouse: Warehouse) -> Say:
    """Return the paragraph of a kind and month: the sentences by id."""

    def told(kind: str, month: date, community: str = "", topic: str = "") -> dict[str, str]:
        found = overview(Source(warehouse), Request(kind, month, community, topic))
        return {one.id: one.text for one in found if isinstance(one, Sentence)}

    return told


def test_a_december_of_the_street(say: Say) -> None:
    """104 of 120, 98 a month and 94 a year before; 年初 and 上年同期 are one month and told once.

    五和 (a third of the workers) has not sent its disputes: its absence is said once, and nothing is compared.
    """
    assert list(say("monthly", LAST).values()) == [
        "截至2018年12月末，全街道建会率（含工联会覆盖）86.7%（120家中104家），"
        "比上月提高5.0个百分点，比年初提高8.3个百分点；距目标90%还差4家。",
        "入会率（辖区口径）78.0%（1,200人中936人），比上月提高4.5个百分点，比年初提高7.5个百分点。",
        "12月新建会企业2家，比上年同期增加1家；1—12月累计24家，比上年同期增加12家。",
        "新建会完成年度任务30家的80.0%，时序进度100%，慢于时序进度。",
        "12月受理劳资纠纷6宗（不含未报的五和），报送不全，暂不比较；1—12月累计76宗（不含五和未报的月份）；"
        "12月按案由，拖欠工资5宗，社会保险1宗。",
        "12月办结6宗，其中调解成功3宗；月末在办6宗，报送不全，暂不比较。",
        "以上变化均属正常波动。",
        "纠纷台账更新至12月6日，数据已过期，在办数仅供参考。",
    ]


def test_the_short_kind_leaves_to_its_tables_what_they_hold(say: Say) -> None:
    """A 简报 has two pages: a rate with both sides and one change, no goal that is met, no targets, no causes."""
    told = say("brief", LAST)
    assert told["level:coverage_rate"] == (
        "截至2018年12月末，全街道建会率86.7%（120家中104家），比年初提高8.3个百分点；距目标90%还差4家。"
    )
    assert not {"flow:unions_formed", "target:unions_formed_target_progress"} & set(told)
    assert "案由" not in told["flow:disputes_received"]
    assert told["disputes:open"] == "12月办结6宗；月末在办6宗。"
    assert sum(map(len, told.values())) < 400


def test_january_has_no_total_beside_it(say: Say) -> None:
    """1月 is its own total; 上月 and 年初 are one month; the festival forbids to judge single months, said once."""
    told = say("monthly", date(2018, 1, 1))
    assert told["flow:unions_formed"] == "1月新建会企业2家，比上年同期增加1家。"
    assert "比年初提高3.3个百分点" in told["level:coverage_rate"] and "上月" not in told["level:coverage_rate"]
    assert "".join(told.values()).count("不判断波动") == 1
    assert told["normal"] == "春节早晚不同，单月不判断波动；其余变化均属正常波动。"


def test_registers_carried_from_february_are_said_so(say: Say) -> None:
    """In March nothing new is in: the day of the registers stands, and no change on the month before."""
    told = say("monthly", date(2018, 3, 1))
    assert told["level:coverage_rate"] == (
        "沿用2018年2月末台账，全街道建会率（含工联会覆盖）81.7%（120家中98家），"
        "比2017年12月末提高3.3个百分点，比2017年3月末提高3.3个百分点；距目标90%还差10家。"
    )
    assert told["level:membership_rate_area"].startswith("入会率")  # the same day is not said twice
    assert told["flow:unions_formed"].startswith("3月新建会企业2家")  # events of March are March's


def test_a_base_of_zero(say: Say) -> None:
    """No dispute in September 2017, four a year later; none in hand either."""
    told = say("monthly", date(2018, 9, 1))
    assert "9月受理劳资纠纷4宗，比上月减少2宗，上年同期为0，比上年同期增加4宗；" in told["flow:disputes_received"]
    assert "1—9月累计52宗，比上年同期增加4宗，上升8.3%；" in told["flow:disputes_received"]
    assert told["disputes:open"] == (
        "9月办结6宗，其中调解成功3宗；月末在办4宗，比上月减少2宗，比年初减少2宗，上年同期为0，比上年同期增加4宗。"
    )


@pytest.mark.parametrize(
    ("kind", "month", "flow", "hand"),
    [
        (
            "quarterly",
            date(2018, 9, 1),
            "第三季度新建会企业6家，比上年同期增加3家；1—9月累计18家，比上年同期增加9家。",
            "第三季度办结18宗，其中调解成功9宗；季末在办4宗，比年初减少2宗，上年同期为0，比上年同期增加4宗。",
        ),
        ("quarterly", date(2018, 3, 1), "第一季度新建会企业6家，比上年同期增加3家。", "第一季度办结18宗"),
        (
            "half_year",
            date(2018, 6, 1),
            "上半年新建会企业12家，比上年同期增加6家。",
            "上半年办结36宗，其中调解成功18宗；6月末在办6宗，与年初持平，与上年同期持平。",
        ),
        ("annual", LAST, "全年新建会企业24家，比上年同期增加12家。", "全年办结76宗，其中调解成功38宗；年末在办6宗"),
    ],
)
def test_every_period_is_called_by_its_name(say: Say, kind: str, month: date, flow: str, hand: str) -> None:
    """The total since January stands beside a quarter, and not where the period itself began in January."""
    told = say(kind, month)
    assert told["flow:unions_formed"] == flow
    assert told["disputes:open"].startswith(hand)
    assert "上月" not in "".join(told.values())


def test_one_community_has_its_range_and_place(say: Say) -> None:
    """马安堂: 30 of 40 is low beside 86.7 %; 25 points in a year are beyond normal, and the others are told together."""
    told = say("special", LAST, SECOND)
    assert told["level:coverage_rate"] == (
        "截至2018年12月末，马安堂社区建会率（含工联会覆盖）75.0%（40家中30家），参考范围59.8%—85.8%，"
        "与全街道相比偏低；比上月提高15.0个百分点，比年初提高25.0个百分点，超出正常波动；距目标90%还差6家。"
    )
    assert told["disputes:rate"] == ("1—12月每千名职工纠纷数（折算全年）95.00宗，参考范围67.22—130.40，全街道65.14宗。")
    assert told["normal"] == "其余变化均属正常波动。"
    assert "全街道" not in told["flow:disputes_received"]


def test_pace_is_said_beside_the_calendar(say: Say) -> None:
    """One of twelve by January is exactly the calendar's share: floating point must not call it slow."""
    told = say("monthly", date(2017, 1, 1))
    assert told["target:unions_formed_target_progress"] == (
        "新建会完成年度任务12家的8.3%，时序进度8%，与时序进度持平。"
    )
    finished = say("monthly", date(2017, 12, 1))["target:unions_formed_target_progress"]
    assert finished == "新建会完成年度任务12家的100.0%，时序进度100%，已完成。"


@pytest.mark.parametrize(
    ("kind", "month", "start", "period"),
    [
        ("monthly", LAST, "2018-12", "month"), ("quarterly", date(2018, 9, 1), "2018-07", "ytd"), ("annual", LAST, "2018-01", "ytd"),
        ("annual", date(2017, 12, 1), "2017-01", "ytd"),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_rows_of_the_period(
    warehouse: Warehouse, kind: str, month: date, start: str, period: str
) -> None:
    """The cases of a quarter are those of its three months; no link is to a month before the data."""
    found = {one.id: one for one in overview(Source(warehouse), Request(kind, month)) if isinstance(one, Sentence)}
    assert found["flow:disputes_received"].query["start"] == start == found["disputes:open"].query["start"]
    assert found["flow:unions_formed"].query["period"] == period
    assert all(one.query["month"] == f"{month:%Y-%m}" for one in found.values() if one.page)


def test_what_cannot_be_told_is_listed(warehouse: Warehouse) -> None:
    """No roster: no sentence on members; the first month has nothing before it, and each change is named."""
    found = overview(Source(warehouse), Request("monthly", date(2017, 1, 1)))
    missing = {one.what: one.why for one in found if isinstance(one, Missing)}
    assert missing["全街道新发展会员数"] == "未报"
    assert missing["全街道建会率（含工联会覆盖）较年初"] == "暂无可比数据"
    assert missing["全街道受理劳资纠纷环比"] == "暂无可比数据"
    assert not [one for one in found if isinstance(one, Sentence) and "会员" in one.text]


def test_the_ledger_is_as_old_as_on_the_day_of_issue(folder: Path, warehouse: Warehouse) -> None:
    """Its newest case is of 6 December: old on the 31st, not on the 13th, and its year is said in another year's issue."""

    def said(month: date) -> str:
        return next(_text(one) for one in overview(Source(warehouse, folder), Request("brief", month)) if _is_day(one))

    key = {"kind": "brief", "month": "2018-12", "community": ""}
    assert said(LAST) == "纠纷台账更新至12月6日，数据已过期，在办数仅供参考。"
    add_note(folder, "briefing_heads", **key, issued_on="2018-12-13")
    assert said(LAST) == "纠纷台账更新至12月6日。"
    add_note(folder, "briefing_heads", **key, issued_on="2018-12-14")
    assert "数据已过期" in said(LAST)
    assert said(date(2017, 6, 1)) == "纠纷台账更新至2018年12月6日。"


def _is_day(one: Told) -> bool:
    return isinstance(one, Sentence) and one.id == "disputes:as_of"


def _text(one: Told) -> str:
    assert isinstance(one, Sentence)
    return one.text


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("enterprises", "截至2018年12月末，全街道辖区企业数120家，与上月持平，与年初持平。"),
        ("unions_formed", "2018年12月，全街道新建会企业2家，比上年同期增加1家；1—12月累计24家，"),
        (
            "unions_formed_target_progress",
            "全街道1—12月新建会24家，完成年度任务30家的80.0%，时序进度100%，慢于时序进度。",
        ),
        ("disputes_per_1000_workers", "2018年12月，全街道每千名职工纠纷数（年）90.00宗（不含未报的五和），"),
    ],
)
def test_one_topic_alone(say: Say, topic: str, text: str) -> None:
    """A 专报 on one metric speaks of it and nothing else; a rate of twelve months is no 累计."""
    told = say("special", LAST, topic=topic)
    first = next(iter(told.values()))
    assert first.startswith(text)
    assert "累计" not in first or topic == "unions_formed"
    assert set(told) <= {*list(told)[:1], "normal", "like_for_like", "disputes:as_of"}
