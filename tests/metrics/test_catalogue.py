"""Headers are refused unless every key changes a number or is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import QuestionError
from metrics.catalogue import FOLDER, Metric, catalogue, metric_of, parse_metric
from metrics.columns import COLUMNS, REQUIRED
from metrics.unit_rows import column_titles

GOOD = (FOLDER / "organising" / "coverage_rate.sql").read_text("utf-8")
RATE = (FOLDER / "disputes" / "disputes_per_1000_workers.sql").read_text("utf-8")


def edited(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_a_metric_file_is_read() -> None:
    metric = parse_metric("coverage_rate", "organising", GOOD)
    assert metric == catalogue()["coverage_rate"]
    assert metric.sql.startswith("select") and not metric.sql.endswith(";")
    assert metric.dimensions == ("community", "park", "industry", "size_band", "ownership", "union_status", "month")
    assert metric.parts == {"own": "单独建会", "covered": "工联会覆盖"} and metric.is_percentage


def test_a_metric_of_persons_says_so() -> None:
    assert parse_metric("ill", "help", edited("time: stock", "time: stock\nsensitive: true")).sensitive
    found = {metric.id for metric in catalogue().values() if metric.sensitive}
    assert found == {"hardship_archived", "hardship_entered", "hardship_left"}, "cases and enterprises are no persons"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("measure: 家", "measure: 家\ncolour: red", "unknown keys"),
        ("why: ", "reason: ", "unknown keys"),
        ("owner: 街道总工会组织部门\n", "", "missing keys"),
        ("kind: proportion", "kind: share", "kind is 'share'"),
        ("better: higher", "better: up", "better is 'up'"),
        ("over: units\n", "", "have `over`"),
        ("kind: proportion", "kind: count", "have `over`"),
        ("time: stock", "time: stock\nper: 1000", "belong to rates"),
        ("time: stock", "time: stock\naggregate: median", "go together"),
        ("parts: {own: 单独建会, covered: 工联会覆盖}\n", "", "part_"),
        ("parts: {own:", "parts: {other: 其他, own:", "parts"),
        ("e.industry,", "e.industry as trade,", "unknown columns"),
        ("e.industry,", "e.park_id as industry, e.industry,", "twice"),
        ("    e.month,\n", "", "lacks"),
        ("e.has_union::integer as value", "e.has_union::integer as value, 1 as base", "names the metric"),
        ("time: stock", "time: stock\nperiod: ytd", "whatever the period"),
        ("time: stock", "time: stock\nsensitive: persons", "sensitive is 'persons'"),
        ("select\n", "selct\n", "syntax error"),
    ],
)
def test_a_bad_file_is_refused(old: str, new: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse_metric("coverage_rate", "organising", edited(old, new))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("over: workers", "over: nothing", "no count"),
        ("over: workers", "over: coverage_rate", "no count"),
        ("over_time: mean\n", "", "over_time"),
        ("time: flow", "time: stock", "over_time"),
        ("1 as value,", "1 as value,\n    1 as base,", "same unit"),
    ],
)
def test_a_denominator_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    for topic in ("disputes", "enterprises", "organising"):
        (tmp_path / topic).mkdir()
    for name in ("enterprises/workers", "organising/coverage_rate"):
        (tmp_path / f"{name}.sql").write_text((FOLDER / f"{name}.sql").read_text("utf-8"), "utf-8")
    (tmp_path / "disputes" / "rate.sql").write_text(edited(old, new, RATE), "utf-8")
    with pytest.raises(ValueError, match=problem):
        catalogue(tmp_path)


@pytest.mark.parametrize("metric", catalogue().values(), ids=lambda metric: metric.id)
def test_every_column_of_a_metric_has_a_title(metric: Metric) -> None:
    titles = column_titles()
    assert set(REQUIRED) <= set(COLUMNS)
    assert all(titles[column] for column in metric.columns)


def test_a_metric_is_found_by_id_or_title_and_else_the_nearest_is_named() -> None:
    assert metric_of("建会率（含工联会覆盖）").id == "coverage_rate"
    with pytest.raises(QuestionError) as raised:
        metric_of("covrage_rate")
    assert "coverage_rate" in raised.value.sentence() and raised.value.code == "unknown_metric"
