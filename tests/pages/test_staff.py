"""队伍与制度 through app.py: numbers are the metrics', lists lead to the ledger, nobody is named, no grade is given."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.judging.hearings import hearing_plans, hearing_sentence
from metrics.judging.staff_posts import terms
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.online_street import make
from tests.pages.opening import opened

MONTH = date(2018, 12, 1)
PERSONAL = {"name", "phone", "identity", "identity_hash", "birth_date", "assessment", "topic", "host", "evidence"}
PARTS = ("staff", "rules", "meetings", "checklists")
GRADES = ("名次", "排名第", "落后", "倒数", "得分")


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def _said(app: AppTest) -> str:
    return "\n".join(e.value for e in (*app.markdown, *app.caption, *app.info))


def test_staff_tells_the_metrics_numbers_and_the_streets_own_apart(warehouse: Warehouse) -> None:
    app = opened("staff")
    staff = ask(warehouse, Question("staff", (), MONTH)).row.value or 0
    posts = ask(warehouse, Question("staff_posts", (), MONTH)).row.value or 0
    assert f"**工会工作人员{staff:.0f}人**，各类工会岗位{posts:.0f}个" in _said(app) and "街道总工会本级4人" in _said(
        app
    )
    firms = ask(warehouse, Question("enterprises_per_staff", (), MONTH)).row
    cards = {card.label: card for card in app.metric}
    assert cards["每人联系企业（家）"].value == f"{firms.value:.1f}"
    assert f"{firms.numerator:,.0f}家／{firms.denominator:.0f}人" in _said(app)
    communities, runs_out, relatives = (table.value for table in app.dataframe)
    assert len(communities) == 12 and communities["staff"].sum() == staff
    assert len(runs_out) == terms(warehouse, MONTH).height and relatives["posts"].sum() == 3
    assert {"community", "posts"} <= set(relatives.columns) and not {"union_name", "staff_kind"} & set(
        relatives.columns
    )
    assert "台账标明与单位主要负责人是近亲属的岗位3个，请按工会法第十条核对（该条限于企业基层工会委员会）" in _said(app)
    for table in (communities, runs_out, relatives):
        assert not PERSONAL & set(table.columns)


@pytest.mark.parametrize("part", PARTS)
def test_no_section_names_a_person_or_gives_a_grade(warehouse: Warehouse, part: str) -> None:
    app = opened("staff", part=part)
    for table in app.dataframe:
        texts = " ".join(map(str, table.value.to_numpy().ravel()))
        assert not PERSONAL & set(table.value.columns) and "示例干部" not in texts and "198-0001" not in texts
    assert not any(word in _said(app) for word in GRADES)


def test_one_community_narrows_rules_and_hides_what_is_the_streets(warehouse: Warehouse) -> None:
    app = opened("staff", part="rules", community="南坑")
    assert "**在执行制度10项**" in _said(app) and "街道的制度" not in _said(app)
    (table,) = app.dataframe
    assert len(table.value) == 10 and list(table.value["unit_name"]).count("名称未公布") == 5
    assert "街道的制度　1项" in _said(opened("staff", part="rules"))


def test_the_plan_of_hearings_is_said_in_september(warehouse: Warehouse) -> None:
    app = opened("staff", part="meetings", month="2018-09")
    own = hearing_plans(warehouse, date(2018, 9, 1))[0]
    assert f"街道党工委：{hearing_sentence(own)}" in _said(app)
    assert "年度计划听取4次，已听取3次，建议下次安排：11月" in _said(app)


@pytest.mark.parametrize("part", PARTS)
def test_before_the_first_book_there_is_a_sentence_and_no_zeros(warehouse: Warehouse, part: str) -> None:
    app = opened("staff", part=part, month="2015-06")
    assert len(app.info) == 1 and not app.dataframe and not app.metric


def test_a_street_that_sent_none_of_the_books_is_told_what_each_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    monkeypatch.setenv("UNION_ATLAS_STREET", str(tmp_path / "street"))
    for part in PARTS:
        app = opened("staff", part=part)
        assert "还没有导入" in app.info[0].value and not app.dataframe and not app.metric
