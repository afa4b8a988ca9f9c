"""线上办件 through app.py: what is in hand adds up, shares show both sides, filters narrow everything alike, nobody is named."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from metrics.question import Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from pages.parts.online.numbers import identity_text, on_time_text, results_text, satisfaction_text
from pages.parts.online.view import View
from tests.pages.opening import opened
from tests.pages_walk import figures

MONTH, START = date(2018, 12, 1), date(2018, 1, 1)
PERSONAL = {"applicant", "phone", "content", "handler", "callback", "remark", "enterprise", "enterprise_name"}


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def test_page_tells_the_numbers_of_the_metrics_with_both_sides(warehouse: Warehouse) -> None:
    """The cards are the metrics' values over the months asked for; the list has as many rows as were counted."""
    app = opened("online")
    cards = {card.label: card.value for card in app.metric}
    on_time = ask(warehouse, Question("online_on_time_rate", (), MONTH, START)).row
    assert cards["按时办结率"] == f"{(on_time.value or 0) * 100:.1f}%"
    [came_to] = [card for card in app.metric if card.label == "形成成果"]
    assert f"　{came_to.value}\n" in came_to.help and "result=" in came_to.help, "it leads to its own rows"
    captions = [caption.value for caption in app.caption]
    assert any(f"应办结{on_time.denominator:.0f}件，按时{on_time.numerator:.0f}件" in text for text in captions)
    asked = ask(warehouse, Question("online_requests", (), MONTH, START)).row.value
    assert asked and any(f"{asked:.0f}件" in e.value for e in app.markdown if "办件清单" in e.value)
    (table,) = app.dataframe
    assert set(table.value.columns) & PERSONAL == set()
    assert not any("名次" in e.value or "排名第" in e.value for e in app.markdown)


def test_filters_narrow_bars_and_list_alike(warehouse: Warehouse) -> None:
    """With one community and one kind of request, bars and list tell the same number; a name in the link is understood."""
    where = (("community", ("440307013002",)), ("item", ("join",)))
    expected = rows(warehouse, Question("online_requests", (), MONTH, START, where=where)).height
    app = opened("online", community="岗头", item="个人入会", start="2018-01", month="2018-12")
    assert sum(figures(app)[0]["data"][0]["y"]) == expected > 0
    assert any(f"{expected}件" in e.value for e in app.markdown if "办件清单" in e.value)


def test_months_before_the_platform_are_not_zero(warehouse: Warehouse) -> None:
    """The platform began in 2017-03: before it there is a sentence, no chart of zeros."""
    app = opened("online", start="2016-01", month="2016-06")
    assert any("没有报送智慧工建办件台账" in info.value for info in app.info) and not figures(app)


def test_what_is_in_hand_adds_up_in_words(warehouse: Warehouse) -> None:
    """Every month's sentence, for the street and for one kind of request."""
    for month in (date(2018, number, 1) for number in range(1, 13)):
        for where in ((), (("item", ("complaint",)),)):
            text = identity_text(View(warehouse, START, month, where))
            opening, came, closed = map(int, re.findall(r"上月末(\d+)＋申请(\d+)－办结(\d+)", text)[0])
            assert opening + came - closed == int(re.findall(r"月末在办\*\*(\d+)件", text)[0])


def test_what_cannot_be_judged_is_said(warehouse: Warehouse) -> None:
    """Missing is told beside each share, and the response stands beside the satisfaction."""
    found = {
        name: ask(warehouse, Question(name, (), MONTH, START)).row
        for name in ("online_on_time_rate", "online_satisfaction_rate", "online_response_rate", "online_results")
    }
    on_time = found["online_on_time_rate"]
    assert on_time.item_missing and f"另有{on_time.item_missing}件" in on_time_text(on_time)
    satisfied, response = found["online_satisfaction_rate"], found["online_response_rate"]
    text = satisfaction_text(satisfied, response, "48.3%")
    assert f"评价{satisfied.denominator}件，满意{satisfied.numerator}件；评价率48.3%" in text
    assert f"（办结{response.denominator}件，评价{response.numerator}件）" in text
    assert response.numerator == satisfied.denominator
    assert results_text(found["online_results"], None).startswith(
        f"办结并写明成果{found['online_results'].numerator}件"
    )
