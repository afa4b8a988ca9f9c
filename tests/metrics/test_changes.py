"""Changes compare like with like and are said as users.md says them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.errors import QuestionError
from metrics.catalogue import catalogue
from metrics.changes import change, changes
from metrics.phrases import (
    change_label,
    change_sentence,
    change_text,
    like_for_like_text,
    number_text,
    period_text,
    report_text,
    rounded,
    row_text,
)
from metrics.question import Question
from metrics.reports import summary
from metrics.values import ask
from metrics.warehouse import Warehouse
from tests.metrics import tiny
from tests.metrics.tiny import TinyStreet

NOW, LAST_MONTH, LAST_YEAR, NEW_YEAR = date(2018, 12, 1), date(2018, 11, 1), date(2017, 12, 1), date(2018, 1, 1)


def reported(street: TinyStreet, ledger: str, missing: set[tuple[int, date]] = frozenset(), **facts: object) -> None:  # type: ignore[assignment]
    for index, community in enumerate(street.communities):
        for month in street.months:
            is_missing = (index, month) in missing
            tiny.report(street, ledger, community, month, "missing" if is_missing else "received", **facts)


def street_of(disputes: dict[tuple[int, date], int], missing: set[tuple[int, date]] = frozenset()) -> TinyStreet:  # type: ignore[assignment]
    """Return a street of four communities of 100 workers each, with so many disputes by community and month."""
    street = tiny.blank(4, date(2017, 1, 1), 24)
    for community in street.communities:
        for month in street.months:
            street.add("community_month", community_id=community, month=month)
            tiny.enterprise(street, int(community[-1], 16), month, community, workers=100)
    reported(street, "enterprise")
    reported(street, "dispute", missing)
    number = 0
    for (index, month), count in disputes.items():
        for _ in range(count):
            tiny.dispute(street, number := number + 1, street.communities[index], month)
    return street


RECEIVED = Question("disputes_received", month=NOW)


def test_a_flow_is_compared_with_last_year_in_cases_and_percent(tmp_path: Path) -> None:
    warehouse = tiny.write(street_of({(0, NOW): 31, (0, LAST_YEAR): 35}), tmp_path)
    found = change(warehouse, RECEIVED, "last_year")
    assert (found.difference, found.relative) == (-4, pytest.approx(-4 / 35))
    assert change_label(found) == "同比" and change_text(found) == "－4宗（－11.4%）"
    assert change_sentence(found) == "比上年同期减少4宗，下降11.4%"
    assert like_for_like_text(found) == ""


@pytest.mark.parametrize(
    ("before", "now", "short", "sentence"),
    [
        (19, 25, "＋6宗", "比上年同期增加6宗"),
        (20, 25, "＋5宗（＋25.0%）", "比上年同期增加5宗，上升25.0%"),
        (0, 3, "＋3宗（上年同期为0）", "上年同期为0，比上年同期增加3宗"),
        (0, 0, "持平（上年同期为0）", "与上年同期持平"),
        (22, 22, "持平", "与上年同期持平"),
    ],
)
def test_a_small_base_has_no_percentage(tmp_path: Path, before: int, now: int, short: str, sentence: str) -> None:
    found = change(tiny.write(street_of({(0, NOW): now, (0, LAST_YEAR): before}), tmp_path), RECEIVED, "last_year")
    assert (change_text(found), change_sentence(found)) == (short, sentence)


def test_only_communities_known_at_both_ends_are_compared(tmp_path: Path) -> None:
    """Community 3 reported 40 cases a year ago and nothing now: without it, 10 against 5."""
    street = street_of({(0, NOW): 10, (0, LAST_YEAR): 5, (3, LAST_YEAR): 40}, {(3, NOW)})
    for record in street.rows("enterprise_month"):
        record["workers"] = 10 if record["community_id"] == street.communities[3] else 100
    found = change(tiny.write(street, tmp_path), RECEIVED, "last_year")
    assert found.difference == 5 and found.communities_compared == 3 and found.is_like_for_like
    assert like_for_like_text(found) == "按已报的3个社区同口径比较"


def test_too_few_workers_covered_is_no_comparison(tmp_path: Path) -> None:
    found = change(tiny.write(street_of({(0, NOW): 10}, {(3, NOW)}), tmp_path), RECEIVED, "last_year")
    assert found.basis.workers_share == 0.75 and found.is_incomplete and found.difference is None
    assert change_text(found) == "报送不全，暂不比较"


def test_a_running_total_needs_every_month_at_both_ends(tmp_path: Path) -> None:
    street = street_of(
        {(0, NOW): 10, (0, date(2018, 3, 1)): 7, (0, LAST_YEAR): 5, (1, NOW): 9}, {(1, date(2017, 2, 1))}
    )
    for record in street.rows("enterprise_month"):
        record["workers"] = 10 if record["community_id"] == street.communities[1] else 100
    found = change(tiny.write(street, tmp_path), Question("disputes_received", month=NOW, period="ytd"), "last_year")
    assert found.communities_compared == 3 and found.difference == 12
    assert found.now is not None and found.now.expected == 36


def test_each_community_has_its_own_change(tmp_path: Path) -> None:
    warehouse = tiny.write(street_of({(0, NOW): 3, (1, LAST_YEAR): 2}, {(2, LAST_YEAR)}), tmp_path)
    found = changes(warehouse, Question("disputes_received", ("community",), NOW), "last_year")
    by_name = {entry.keys["community"]: entry.difference for entry in found}
    assert by_name == {"岗头": 3, "马安堂": -2, "四季花城": 0}


def test_a_share_changes_in_percentage_points(tmp_path: Path) -> None:
    street = street_of({})
    for record in street.rows("enterprise_month"):
        record["has_union"] = record["month"] >= NEW_YEAR and record["community_id"] == street.communities[0]
    found = change(tiny.write(street, tmp_path), Question("coverage_rate", month=NOW), "year_start")
    assert found.difference == 0.25 and found.relative is None
    assert (change_label(found), change_text(found)) == ("较年初", "＋25.0个百分点")
    assert change_sentence(found) == "比年初提高25.0个百分点"


@pytest.fixture(name="carried")
def carried_(tmp_path: Path) -> Warehouse:
    """Return a street whose registers are of June and December: November rests on June's."""
    street = street_of({})
    june, december = date(2018, 6, 30), date(2018, 12, 31)
    street.tables["report"] = [record for record in street.rows("report") if record["ledger"] != "enterprise"]
    for community in street.communities:
        for month in street.months:
            is_half_year = month.month in (6, 12)
            as_of = december if month == NOW else june if month > date(2018, 5, 1) else date(2017, 12, 31)
            tiny.report(street, "enterprise", community, month, "received" if is_half_year else "carried", as_of=as_of)
    return tiny.write(street, tmp_path)


@pytest.mark.parametrize(
    ("month", "against", "label", "text"),
    [
        (NOW, "previous_month", "较2018年6月末", "持平"),
        (NOW, "year_start", "较年初", "持平"),
        (LAST_MONTH, "previous_month", "2018年6月末较2018年6月末", "沿用2018年6月末数据，无新变化"),
        (LAST_MONTH, "last_year", "2018年6月末较2017年12月末", "持平"),
    ],
)
def test_a_carried_register_names_its_days(
    carried: Warehouse, month: date, against: str, label: str, text: str
) -> None:
    found = change(carried, Question("enterprises", month=month), against)
    assert (change_label(found), change_text(found)) == (label, text)


@pytest.mark.parametrize(
    ("question", "against"),
    [
        (Question("disputes_received", month=NOW), "year_start"),
        (Question("disputes_received", month=NOW, period="ytd"), "previous_month"),
        (Question("disputes_received", ("month",), NOW), "last_year"),
        (Question("enterprises", month=NOW), "yesterday"),
    ],
)
def test_a_comparison_without_meaning_is_refused(carried: Warehouse, question: Question, against: str) -> None:
    with pytest.raises(QuestionError):
        change(carried, question, against)


def test_before_the_first_month_there_is_nothing_to_compare(carried: Warehouse) -> None:
    found = change(carried, Question("enterprises", month=date(2017, 3, 1)), "last_year")
    assert found.now is None and change_text(found) == "暂无可比数据"


def test_numbers_are_said_with_both_their_sides(tmp_path: Path) -> None:
    street = street_of({(0, NOW): 1234})
    for record in street.rows("enterprise_month"):
        record["has_union"], record["is_workers_approx"] = record["community_id"] != street.communities[0], True
    warehouse, known = tiny.write(street, tmp_path), catalogue()

    def said(name: str, month: date = NOW, **more: str) -> str:
        answer = ask(warehouse, Question(name, month=month, **more))  # type: ignore[arg-type]
        return row_text(answer.metric, answer.row) + period_text(answer)

    assert said("coverage_rate") == "75.0%（4家中3家）2018年12月末"
    assert said("workers") == "约400人2018年12月末"
    assert said("disputes_received", period="ytd") == "1,234宗2018年1—12月"
    assert said("disputes_received", period="union-year", month=date(2018, 9, 1)) == "0宗2017年10月—2018年9月"
    assert said("disputes_per_1000_workers", period="ytd") == "约3,085.00（1,234宗／400人）2018年1—12月"
    assert said("unions_formed_target") == "未报2018年12月末"
    assert number_text(known["coverage_rate"], 0.96035, decimals=0) == "96%"
    assert [str(rounded(value, 1)) for value in (91.25, 91.35, 0.05, -0.25)] == ["91.3", "91.4", "0.1", "-0.3"]


def test_reports_are_said_in_one_sentence(tmp_path: Path) -> None:
    warehouse = tiny.write(street_of({}, {(2, NOW)}), tmp_path)
    said = [report_text(entry) for entry in summary(warehouse, NOW)]
    assert said == ["本月应报企业台账4份，已报4份。", "本月应报劳资纠纷台账4份，已报3份，未报1份：五和。"]
