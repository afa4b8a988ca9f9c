"""A small street from its files: the score sheet's checks, levels, a review by hand and its way back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from etl.errors import StreetError
from etl.instructions import Instructions
from etl.intake import load
from etl.level_reviews import review_level, withdraw_review
from metrics.judging.warnings import EnterpriseLevel, enterprise_levels, scheme_change
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import open_current

DECEMBER = date(2018, 12, 1)
ENTERPRISES = ["企业名称", "统一社会信用代码", "职工人数", "会员数", "建会状态"]
SCORES = ["企业名称", "所属社区", "评分项目", "发生日期", "程度", "评分", "信息来源", "排查人"]
ROWS = [
    ["深圳示例甲有限公司", "南坑", "欠薪", "2018-12-05", "2", "15", "劳动监察", "示例排查人"],
    ["深圳示例甲有限公司", "南坑", "欠社保", "2018-12-06", "2", "6", "社保通报", ""],
    ["深圳示例乙有限公司", "南坑", "欠薪", "2018-12-07", "1", "15", "日常排查", ""],  # 8 by the scheme
    ["深圳示例丙有限公司", "南坑", "欠租", "2018-12-08", "", "", "物业", ""],  # how long?
    ["深圳示例丁有限公司", "南坑", "老板失联", "2018-12-09", "", "20", "日常排查", ""],  # not listed
    ["深圳示例乙有限公司", "南坑", "裁员", "2019-01-03", "1", "0", "日常排查", ""],  # after the month told
]


def write(folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows])


@pytest.fixture(scope="module", name="street")
def street_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, street = tmp_path_factory.mktemp("scores"), tmp_path_factory.mktemp("street")
    listed = [[f"深圳示例{name}有限公司", "", "40", "0", "未建会"] for name in "甲乙丙"]
    write(folder, "坂田街道南坑社区企业台账（2018年12月31日）", ENTERPRISES, listed)
    write(folder, "坂田街道企业风险评分表（全街道）2018年12月", SCORES, ROWS)
    load([folder], street, Instructions())
    return street


def level(street: Path, name: str = "甲") -> EnterpriseLevel:
    found = enterprise_levels(open_current(street), DECEMBER)
    return next(row for row in found if row.enterprise == f"深圳示例{name}有限公司")


def red(street: Path) -> float | None:
    return ask(open_current(street), Question("enterprises_red", (), DECEMBER)).row.value


def test_the_checks_find_what_the_sheet_got_wrong(street: Path) -> None:
    query = "select check_id, subject, detail, \"row\" from intake.check_row where check_id like 'risk%' order by 1, 4"
    place = open_current(street).cursor().execute(query).fetchall()
    assert place == [
        ("risk_date_after_report", "深圳示例乙有限公司", "发生日期2019-01-03，报告期至2018-12-31", 8),
        ("risk_enterprise_unmatched", "深圳示例丁有限公司", "2018-12-09　负责人失联", 7),
        ("risk_quantity_blank", "深圳示例丙有限公司", "2018-12-08　欠租、欠水电（月）", 6),
        ("risk_score_disagrees", "深圳示例乙有限公司", "拖欠工资（月）1，自写15分，按评分办法8分", 5),
    ]


def test_every_point_leads_to_its_row(street: Path) -> None:
    found = level(street)
    assert (found.score, found.level, found.community, found.expires_on) == (23, "red", "南坑", date(2019, 3, 5))
    assert [(p.title, p.points, p.source_title, p.row) for p in found.points] == [
        ("拖欠工资满2个月", 15, "企业风险评分表", 3),
        ("欠缴社保、公积金满2个月", 6, "企业风险评分表", 4),
        ("无工会或无调解组织", 2, "企业台账", 3),
    ]
    assert level(street, "乙").level == "yellow" and red(street) == 1
    assert "丙" not in "".join(row.enterprise for row in enterprise_levels(open_current(street), DECEMBER))


def test_another_scheme_would_move(street: Path) -> None:
    moved = scheme_change(open_current(street), DECEMBER, "baoan_2004")
    assert [(m.enterprise, m.was, m.becomes) for m in moved] == []
    assert scheme_change(open_current(street), DECEMBER, "longgang_123") == ()


def test_a_review_is_published_and_can_be_withdrawn(street: Path) -> None:
    before, found = open_current(street), level(street)
    about = {"scheme": found.scheme, "scored_level": found.scored_level, "score": found.score}
    with pytest.raises(StreetError, match="复核须写明理由"):
        review_level(street, found.enterprise_id, DECEMBER, "yellow", " ", **about)  # type: ignore[arg-type]
    made = review_level(street, found.enterprise_id, DECEMBER, "yellow", "已筹到资金，电话13800138000", **about)  # type: ignore[arg-type]
    assert made and made.number == before.generation_no + 1
    now = level(street)
    assert (now.level, now.scored_level, now.score) == ("yellow", "red", 23) and len(now.points) == 3
    assert now.review and now.review.until == now.expires_on == date(2019, 3, 31) and now.review.month == DECEMBER
    assert now.review.reason.startswith("已筹到资金，电话") and "13800138000" not in now.review.reason
    assert red(street) == 0 and ask(open_current(street), Question("enterprises_yellow", (), DECEMBER)).row.value == 2
    withdraw_review(street, found.enterprise_id, DECEMBER)
    assert level(street) == found and red(street) == 1
