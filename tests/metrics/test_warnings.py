"""风险等级 on the sample: sorted, every point with its row, filters, and who another scheme would move."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.errors import QuestionError
from etl.sample.enterprises import GIANT
from metrics.judging.warnings import enterprise_levels, scheme_change, scheme_in_force, schemes
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current

DECEMBER = date(2018, 12, 1)
GRAVITY = ["red", "orange", "yellow", "blue", "green"]


@pytest.fixture(name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def test_the_gravest_come_first_and_points_add_up(warehouse: Warehouse) -> None:
    found = enterprise_levels(warehouse, DECEMBER)
    assert {row.level for row in found} == {"red", "yellow", "green"}
    assert [GRAVITY.index(row.level) for row in found] == sorted(GRAVITY.index(row.level) for row in found)
    for row in found:
        assert row.score == sum(point.points or 0 for point in row.points) > 0 and row.review is None
        assert row.level == ("red" if row.score >= 20 else "yellow" if row.score >= 10 else "green")
        assert (row.expires_on is None) == (row.level == "green")
        assert all(point.fact_date <= date(2018, 12, 31) <= point.valid_to for point in row.points)


def test_every_point_stands_in_a_ledger(warehouse: Warehouse) -> None:
    """File, sheet and row are those of a row that the ledger has."""
    tables = {
        "企业风险评分表": "risk_score",
        "隐患线索台账": "hazard",
        "劳资纠纷台账": "dispute",
        "智慧工建办件台账": "online_request",
        "企业台账": "enterprise",
    }
    points = [point for row in enterprise_levels(warehouse, DECEMBER) for point in row.points]
    assert {point.source_title for point in points} >= {"企业风险评分表", "隐患线索台账", "劳资纠纷台账"}
    for point in points:
        query = f'select count(*) from ledger.{tables[point.source_title]} where file = ? and sheet = ? and "row" = ?'
        [(count,)] = warehouse.cursor().execute(query, [point.file, point.sheet, point.row]).fetchall()
        assert count, point


def test_the_list_and_the_metrics_are_the_same_enterprises(warehouse: Warehouse) -> None:
    for level in ("red", "yellow"):
        listed = enterprise_levels(warehouse, DECEMBER, (("level", (level,)),))
        assert len(listed) == ask(warehouse, Question(f"enterprises_{level}", (), DECEMBER)).row.value
        for community in ("南坑", "五和"):
            where = (("community", (community,)),)
            here = [row for row in listed if row.community == community]
            assert list(enterprise_levels(warehouse, DECEMBER, (("level", (level,)), *where))) == here
            assert ask(warehouse, Question(f"enterprises_{level}", (), DECEMBER, where=where)).row.value == len(here)


def test_filters_are_and_between_or_within(warehouse: Warehouse) -> None:
    everyone = enterprise_levels(warehouse, DECEMBER)
    one, two = (enterprise_levels(warehouse, DECEMBER, (("industry", (code,)),)) for code in ("C", "unknown"))
    both = enterprise_levels(warehouse, DECEMBER, (("industry", ("C", "不详")),))
    assert set(both) == set(one) | set(two) and 0 < len(one) < len(everyone)
    assert enterprise_levels(warehouse, DECEMBER, (("industry", ("C",)), ("level", ("green",)))) == tuple(
        row for row in one if row.level == "green"
    )


def test_what_is_not_there_is_named(warehouse: Warehouse) -> None:
    with pytest.raises(QuestionError, match="没有“cause”这个维度"):
        enterprise_levels(warehouse, DECEMBER, (("cause", ("01",)),))
    with pytest.raises(QuestionError, match="没有“nowhere”这种评分办法") as raised:
        scheme_change(warehouse, DECEMBER, "nowhere")
    assert "baoan_2004" in (raised.value.remedy or "")


def test_schemes_say_what_they_rest_on(warehouse: Warehouse) -> None:
    assert [scheme.id for scheme in schemes(warehouse)] == ["baoan_2004", "longgang_123"]
    for scheme in schemes(warehouse):
        assert scheme.title and scheme.source and scheme.mark
        assert all((rule.points is None) != (rule.level is None) for rule in scheme.rules)
    in_force = scheme_in_force(warehouse, DECEMBER)
    assert in_force and in_force.id == "longgang_123"
    assert scheme_in_force(warehouse, date(2013, 12, 1)) is None
    assert enterprise_levels(warehouse, date(2013, 12, 1)) == ()


def test_who_another_scheme_would_move(warehouse: Warehouse) -> None:
    before = {row.enterprise_id: row.level for row in enterprise_levels(warehouse, DECEMBER)}
    after = {row.enterprise_id: row.level for row in enterprise_levels(warehouse, DECEMBER, scheme="baoan_2004")}
    wanted = {
        (name, before.get(name, "green"), after.get(name, "green"))
        for name in {*before, *after}
        if before.get(name, "green") != after.get(name, "green")
    }
    moved = scheme_change(warehouse, DECEMBER, "baoan_2004")
    assert {(m.enterprise_id, m.was, m.becomes) for m in moved} == wanted and len(moved) == len(wanted) > 10
    graver = [m.is_graver for m in moved]
    assert graver == sorted(graver, reverse=True) and {True, False} == set(graver)
    assert all(m.is_graver == (GRAVITY.index(m.becomes) < GRAVITY.index(m.was)) for m in moved)
    assert all(m.score_becomes is None and m.score_was is not None for m in moved)


def test_levels_are_of_enterprises_and_hold_no_person(warehouse: Warehouse) -> None:
    """The giant has no warning; no column of these tables speaks of who told, checked or works there."""
    query = "select table_name, column_name from information_schema.columns where table_name like 'warning_%' or table_name = 'risk_row'"
    columns = {column for _table, column in warehouse.cursor().execute(query).fetchall()}
    assert "points" in columns and not columns & {
        "informant_no",
        "informant",
        "checker",
        "detail",
        "handler",
        "applicant",
        "phone",
        "remark",
    }
    [(count,)] = (
        warehouse.cursor()
        .execute("select count(*) from core.warning_level where enterprise like ?", [f"%{GIANT}%"])
        .fetchall()
    )
    assert count == 0
