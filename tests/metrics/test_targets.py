"""年度任务: the same numbers as the metrics, sums without those whose year is not whole, verdicts that follow the range."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import cli
from analysis.forecast import Forecast
from metrics.catalogue import catalogue
from metrics.question import Question
from metrics.targets.history import Foresight, flow_foresight, foresight, stock_foresight
from metrics.targets.listed import Target, targets
from metrics.targets.progress import Progress, _verdict, progress, progress_of
from metrics.targets.words import forecast_text, notes_text, progress_text, range_text, verdict_text
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.workbooks import write_book

TASKS = {"unions_formed": "unions_formed_target_progress", "members_joined": "members_joined_target_progress"}
JUNE, DECEMBER = date(2018, 6, 1), date(2018, 12, 1)


@pytest.fixture(name="street")
def street_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


@pytest.mark.parametrize("month", [JUNE, DECEMBER])
@pytest.mark.parametrize("name", TASKS)
def test_the_same_as_the_metric_of_progress(street: Warehouse, name: str, month: date) -> None:
    """年度任务完成率 has said these numbers before: street and every community agree, numerator and denominator."""
    first, *others = progress_of(street, name, month)
    row = ask(street, Question(TASKS[name], (), month)).row
    assert (first.done, first.target, first.share) == (row.numerator, row.denominator, pytest.approx(row.value))
    by = ask(street, Question(TASKS[name], ("community",), month))
    assert len(others) == 12
    for one in others:
        row_ = by.find(community_id=one.community_id)
        assert row_ and (one.done, one.target) == (row_.numerator, row_.denominator)


def test_forecasts_hold_the_done_and_stop_with_the_year(street: Warehouse) -> None:
    """No total's range is below what is done; in December there is none, only reached or missed, or nothing judged."""
    flows = [one for one in progress(street, JUNE) if one.metric.id in TASKS]
    assert len(flows) == 26
    for one in flows:
        assert one.forecast and one.done is not None and one.done <= one.forecast.low <= one.forecast.high
        assert one.foresight.years in (2, 3) and one.schedule == 0.5
    ended = progress(street, DECEMBER)
    assert {one.verdict for one in ended} == {"reached", "missed", "plan"} and not any(one.forecast for one in ended)
    ends = {(one.metric.id, one.community_id): one for one in ended}
    pairs = [(one.forecast, one.verdict, ends[one.metric.id, one.community_id]) for one in flows]
    held = [found is not None and found.low <= (end.done or 0) <= found.high for found, _verdict, end in pairs]
    assert sum(held) >= 0.7 * len(held), "LEGEND says seven in ten"
    refuted = [(said, end.verdict) in {("unlikely", "reached"), ("likely", "missed")} for _found, said, end in pairs]
    assert sum(refuted) <= 0.1 * len(refuted)
    judged = [one for one in ended if one.verdict != "plan"]
    assert all((one.verdict == "reached") == ((one.done or 0) >= one.target) for one in judged)


def test_the_streets_own_tasks_of_2018(street: Warehouse) -> None:
    """不低于90% and 10万人次, of 全街道: a share held against its target, person-times followed but not judged."""
    own = {one.metric.id: one for one in progress(street, DECEMBER) if one.community_id is None}
    rate = ask(street, Question("coverage_rate", (), DECEMBER)).row
    assert (own["coverage_rate"].target, own["coverage_rate"].done) == (0.9, rate.value)
    assert own["coverage_rate"].share is None and verdict_text(own["coverage_rate"]) == "已达到"
    times = own["service_person_times"]
    assert times.target == 100_000 and (times.done or 0) > 100_000 and verdict_text(times) == ""


def test_too_little_history_says_so(street: Warehouse) -> None:
    """Without two whole years before, and of a success rate, nothing is foretold; a level needs three equal spans."""
    assert flow_foresight(street, "unions_formed", date(2014, 6, 1), 10, None).forecast is None
    assert foresight(street, "mediation_success_of_closed", JUNE, 0.8, None).forecast is None
    assert stock_foresight(street, "coverage_rate", date(2016, 12, 1), 0.8, None).forecast is None
    level = stock_foresight(street, "coverage_rate", JUNE, 0.9, None)
    assert level.forecast and (level.span, level.steps) == (6, 5) and level.forecast.high <= 1
    assert forecast_text(_one("unions_formed", 98, 200, JUNE, None)) == "以往数据不足，暂不预计"


def _one(name: str, done: float | None, target: float, month: date, forecast: Forecast | None) -> Progress:
    metric, seen = catalogue()[name], Foresight(forecast, years=2)
    verdict = _verdict(metric, done, target, month, seen)
    share = done / target if done is not None and metric.over is None else None
    return Progress(
        metric,
        None,
        "坂田街道",
        month,
        target,
        False,
        done,
        share,
        month.month / 12,
        seen,
        verdict,
        False,
        (),
        None,
        (),
    )


@pytest.mark.parametrize(
    ("name", "done", "target", "low", "high", "verdict"),
    [
        ("unions_formed", 90, 200, 190, 230, "open"), ("unions_formed", 90, 180, 190, 230, "likely"),
        ("unions_formed", 90, 231, 190, 230, "unlikely"), ("unions_formed", 90, 190, 190, 230, "likely"),
        ("unions_formed", 200, 200, 220, 260, "reached"), ("coverage_rate", 0.91, 0.95, 0.92, 0.94, "unlikely"),
        ("coverage_rate", 0.96, 0.95, 0.94, 0.97, "open"), ("enterprises_without_union", 276, 200, 150, 190, "likely"),
        ("enterprises_without_union", 276, 200, 210, 240, "unlikely"), ("disputes_received", 100, 50, 150, 200, "plan"),
    ],
)  # fmt: skip
def test_the_verdict_follows_the_range(
    name: str, done: float, target: float, low: float, high: float, verdict: str
) -> None:
    """Whole range beyond the task: likely; none of it: unlikely; what is never ranked (纠纷) is never judged either."""
    assert _one(name, done, target, JUNE, Forecast((low + high) / 2, low, high)).verdict == verdict


def test_in_words() -> None:
    """The sentences of the contract, with 个百分点-free shares, ranges rounded outward, nothing judged of hearings."""
    one = _one("unions_formed", 98, 200, JUNE, Forecast(210, 190.2, 229.4))
    assert progress_text(one) == "1—6月新建会企业数98家，完成年度任务200家的49.0%，时序进度50%"
    assert forecast_text(one) == "按近两年同期的速度，年底预计达到190—230家（任务200家），难以判断"
    assert range_text(_one("coverage_rate", 0.91, 0.95, JUNE, Forecast(0.92, 0.9151, 0.9249))) == "91.5%—92.5%"
    followed = _one("disputes_received", 100, 300, JUNE, Forecast(200, 180, 220))
    assert verdict_text(followed) == "" and forecast_text(followed).endswith("（任务300宗）")
    assert forecast_text(_one("unions_formed", 180, 200, DECEMBER, None)) == "未完成"
    low = _one("enterprises_without_union", 180, 200, DECEMBER, None)
    assert verdict_text(low) == "控制在任务数以内"
    left = replace(
        one, left_out=("第五园",), stated=210.0, sources=(Target("unions_formed", "A", 200, False, "", "", "", 1),)
    )
    assert notes_text(left) == "本年有未报月份、两边都未计入的社区：第五园；街道下达210家，各社区任务合计200家"


def test_a_metric_that_never_had_a_target_gets_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Loaded from a workbook: a share, an amount, the street's own task; the terminal says each, unknown where unreported."""
    rows = [
        ("建会率", "南坑", "95%", None), ("建会率", "全街道", 90, "%"), ("协议金额", "南坑", 50, "万元"),
        ("新建会企业数", "南坑", 20, None), ("新建会企业数", "街道", 200, None),
    ]  # fmt: skip
    head = ("指标名称", "责任社区", "任务数", "计量单位")
    book = write_book(tmp_path / "任务.xlsx", {"任务": ("坂田街道2018年度工会工作目标任务分解表", head, rows)})
    street = tmp_path / "street"
    assert cli.main(["load", str(book), "--street", str(street)]) == 0
    found = targets(open_current(street), 2018)
    assert {(one.indicator, one.community_id is None): one.value for one in found} == {
        ("coverage_rate", False): 0.95, ("coverage_rate", True): 0.9, ("amount_agreed_yuan", False): 500_000,
        ("unions_formed", False): 20, ("unions_formed", True): 200,
    }  # fmt: skip
    capsys.readouterr()
    assert cli.main(["targets", "--month", "2018-12", "--street", str(street), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["targets"]
    street_rows = {row["metric"]: row["target"] for row in said if row["community_id"] is None}
    # One community's part is not the street's task: its own row says that.
    assert street_rows == {"coverage_rate": 0.9, "unions_formed": 200, "amount_agreed_yuan": 500_000}
    assert {row["verdict"] for row in said} == {"unknown"} and all(row["done"] is None for row in said)
    assert cli.main(["targets", "--year", "2011", "--street", str(street)]) == 2
    assert cli.main(["targets", "--year", "2018", "--month", "2017-12", "--street", str(street)]) == 2
