"""What is due as people and programs read it: words, order, the day that counts, the verb's two forms."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import cli
from metrics.judging.due import clocks, due_rows, due_summary, last_day
from metrics.judging.due_clauses import clause, day_text, met_text, open_text
from metrics.warehouse import Warehouse, open_current

YEAR_END = date(2018, 12, 31)


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def said(capsys: pytest.CaptureFixture[str], street: Path, *words: str, code: int = 0) -> str:
    assert cli.main(["due", *words, "--street", str(street)]) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.out + captured.err


@pytest.mark.parametrize(
    ("started", "due", "is_extended", "is_provisional", "text"),
    [
        (date(2018, 12, 25), date(2019, 1, 9), False, False, "受理后15日（至1月9日）"),
        (date(2018, 12, 25), date(2019, 1, 24), True, False, "受理后15日，经同意延期（至1月24日）"),
        (date(2018, 6, 30), date(2023, 6, 30), False, False, "受理后15日（至2023年6月30日）"),
        (date(2026, 12, 30), date(2027, 1, 4), False, True, "受理后15日（至1月4日，放假安排尚未公布，暂按周末推算）"),
        (date(2018, 3, 1), None, False, False, "受理后15日（起算日期只写到月，推算不出到期日）"),
    ],
)  # fmt: skip
def test_a_rule_in_words(started: date, due: date | None, is_extended: bool, is_provisional: bool, text: str) -> None:
    assert clause("受理后15日", started, due, is_extended, is_provisional) == text


@pytest.mark.parametrize(
    ("nature", "days_left", "text"),
    [("duty", -3, "已超期3天"), ("duty", 0, "当日到期"), ("duty", 1, "还有1天到期"), ("right", -1, "期限已于12月30日届满"),
     ("right", 0, "当日届满"), ("limit", 2, "还有2天届满"), ("keep", 400, "保存至2020年2月4日")],
)  # fmt: skip
def test_only_a_duty_is_overdue(nature: str, days_left: int, text: str) -> None:
    assert open_text(nature, YEAR_END + timedelta(days_left), YEAR_END) == text


def test_what_was_met_says_when_and_how_late() -> None:
    on_time = met_text("duty", date(2018, 12, 24), "达成协议", date(2018, 12, 24), YEAR_END)
    late = met_text("duty", date(2018, 12, 27), "和解", date(2018, 12, 24), YEAR_END)
    right = met_text("right", date(2018, 12, 27), "和解", date(2018, 12, 24), YEAR_END)
    assert (on_time, late) == ("已于12月24日达成协议", "已于12月27日和解，超期3天")
    assert right == "已于12月27日和解，晚于期限3天"
    assert day_text(date(2017, 1, 1), YEAR_END) == "2017年1月1日"


def test_the_day_is_the_ledgers_and_never_the_clocks(warehouse: Warehouse) -> None:
    assert last_day(warehouse) == YEAR_END
    assert due_rows(warehouse) == due_rows(warehouse, YEAR_END)
    assert (due_summary(warehouse).as_of, due_summary(warehouse).is_stale) == (YEAR_END, False)
    assert not due_summary(warehouse, YEAR_END + timedelta(7)).is_stale
    assert due_summary(warehouse, YEAR_END + timedelta(8)).is_stale


def test_overdue_comes_first_and_the_horizon_cuts_only_what_is_later(warehouse: Warehouse) -> None:
    every, near = due_rows(warehouse, YEAR_END), due_rows(warehouse, YEAR_END, horizon_days=2)
    assert [row.days_left for row in every] == sorted(row.days_left for row in every)
    assert every[0].is_overdue and {row.is_overdue for row in every} == {True, False}
    assert near == tuple(row for row in every if row.days_left <= 2)
    assert 0 < sum(row.is_overdue for row in near) < len(near) < len(every)
    assert all(row.is_own and row.started_on <= YEAR_END for row in every)


def test_a_filter_on_the_community_and_on_any_of_the_causes(warehouse: Warehouse) -> None:
    every = due_rows(warehouse, YEAR_END)
    for community in {row.community for row in every if row.community}:
        here = due_rows(warehouse, YEAR_END, (("community", (community,)),))
        assert here == tuple(row for row in every if row.community == community)
    wages = {row.case for row in due_rows(warehouse, YEAR_END, (("cause", ("01",)),))}
    causes = dict(warehouse.cursor().execute("select dispute_id, causes from core.dispute").fetchall())
    assert wages == {row.case for row in every if "01" in (causes[row.case] or [])} != set()


def both_clocks(warehouse: Warehouse) -> tuple[str, date]:
    """Return a case whose application came before 受理, and the day of its agreement or settlement."""
    query = """
        select a.dispute_id, b.met_on
        from core.case_deadline as a inner join core.case_deadline as b on a.dispute_id = b.dispute_id
        where a.rule = 'D03' and b.rule = 'D04' and a.started_on < b.started_on and b.met_on > b.started_on + 1
        order by 1 limit 1"""
    case, met_on = warehouse.cursor().execute(query).fetchall()[0]
    return case, met_on


def test_both_mediation_clocks_of_a_case_side_by_side(warehouse: Warehouse) -> None:
    """They start on different days; what happened after the day asked for is not known on it."""
    case, met_on = both_clocks(warehouse)
    after = {clock.rule: clock for clock in clocks(warehouse, case, met_on)}
    before = {clock.rule: clock for clock in clocks(warehouse, case, met_on - timedelta(1))}
    assert after["D03"].clause.startswith("收到调解申请后15日") and after["D04"].clause.startswith("受理后15日")
    assert after["D03"].started_on < after["D04"].started_on
    assert after["D04"].met_on == met_on and after["D04"].state.startswith("已于")
    assert before["D04"].met_on is None and not before["D04"].state.startswith("已于")
    assert not after["D03"].is_own and after["D04"].is_own
    assert clocks(warehouse, case, after["D03"].started_on - timedelta(1)) == ()


def test_json_has_exactly_the_keys_that_were_promised(
    sample_street: Path, warehouse: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    answer: dict[str, Any] = json.loads(said(capsys, sample_street, "--as-of", "2018-12-31", "--json"))
    assert list(answer) == ["as_of", "rows"] and answer["as_of"] == "2018-12-31"
    found = due_rows(warehouse, YEAR_END)
    assert [(r["case"], r["community"], r["rule"], r["due_on"], r["days_left"]) for r in answer["rows"]] == [
        (r.case, r.community, r.rule, str(r.due_on), r.days_left) for r in found
    ]
    for row in answer["rows"]:
        assert list(row) == ["case", "community", "step", "rule", "due_on", "days_left", "source"]
        assert set(row["source"]) == {"file", "sheet", "row"}


def test_the_table_speaks_in_words(sample_street: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, sample_street, "--days", "0")
    first, *rest = text.splitlines()
    assert first.startswith("截至2018-12-31") and "延期情况不详" not in first
    assert "第五园未报当月纠纷" in first and "纠纷台账更新至2018-12-31" in first and "数据已过期" not in text
    assert rest and all("受理后15日" in line or "收到申请后3个工作日" in line for line in rest)
    assert not any(f"D{n:02}" in text for n in range(1, 31))
    late = said(capsys, sample_street, "--as-of", "2019-02-01").splitlines()[0]
    assert late.endswith("数据已过期，超期数仅供参考")


def test_what_cannot_be_asked_is_said(sample_street: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "南坑" in said(capsys, sample_street, "--where", "community=南坑坑", code=2)
    assert "条件写得不对" in said(capsys, sample_street, "--where", "南坑", code=2)
    assert "天数" in said(capsys, sample_street, "--days", "-1", "--json", code=2)
    assert "延期情况不详" in said(capsys, sample_street, "--as-of", "2016-06-30")
    assert "还没有劳资纠纷台账" in said(capsys, sample_street, "--as-of", "2010-01-01", code=2)
    assert "没有应办的期限" in said(capsys, sample_street, "--where", "cause=女职工权益", "--days", "0")
