"""社区对比 through app.py: official order, both sides in the open, nobody ranked by disputes."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.question import Question
from metrics.scope import communities
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.comparison import Headings, Line, Scale, comparison
from tests.pages.opening import opened
from tests.pages_walk import elements

MONTH = date(2018, 12, 1)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the page will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def pictures(app: AppTest) -> list[str]:
    """Return the markup of the page's pictures."""
    shown = [entry for entry in elements(app._tree) if getattr(entry, "type", "") == "bidi_component"]
    return [json.loads(entry.proto.json or entry.proto.mixed.json)["svg"] for entry in shown]


def table(**query: str) -> str:
    """Return the page's table as HTML."""
    [markup] = [text for text in pictures(opened("compare", **query)) if "<table" in text]
    return markup


def names(markup: str) -> list[str]:
    """Return the communities in the order of the table."""
    return re.findall(r'target="_self">([^<]+)</a>', markup)


def test_official_order_by_default(warehouse: Warehouse) -> None:
    """Communities stand in the official order until somebody clicks."""
    assert names(table()) == [entry.title for entry in communities(warehouse)]


def test_order_by_value(warehouse: Warehouse) -> None:
    """A click sorts by value, either way."""
    rows = ask(warehouse, Question("coverage_rate", ("community",), MONTH)).rows
    highest = [row.keys["community"] for row in sorted(rows, key=lambda row: -(row.value or 0))]
    assert names(table(order="high"))[0] == highest[0] == "南坑"
    assert names(table(order="low"))[0] == highest[-1] == "第五园"


def test_disputes_are_not_ranked(warehouse: Warehouse) -> None:
    """Honest reporting is not punished: the order stays official, and the page says why."""
    app = opened("compare", metric="disputes_received", order="high")
    [markup] = [text for text in pictures(app) if "<table" in text]
    assert names(markup) == [entry.title for entry in communities(warehouse)]
    assert any("该指标受上报积极性影响，不作排名" in entry.value for entry in app.caption)
    assert any("未报送：第五园" in entry.value for entry in app.markdown)


def test_both_sides_parts_range_and_goal_are_shown(warehouse: Warehouse) -> None:
    """A row shows numerator and denominator, own and covered apart, the range; the head shows street and goal."""
    markup = table(own="南坑")
    row = next(line for line in re.findall(r"<tr.*?</tr>", markup, re.S) if ">南坑<" in line)
    for text in ("218/227", "42＋176", "96.0%", "参考范围92.6%—97.9%", "class=own"):
        assert text in row, text
    street = ask(warehouse, Question("coverage_rate", (), MONTH)).row.value
    assert f"全街道{street:.1%}" in markup and "目标90%" in markup
    assert markup.count("class=own") == 1
    assert "示例数据　非真实情况" in markup


def test_count_has_no_sides() -> None:
    """A count is drawn from zero without street, goal, range or difference; 未报 is hatched, 分母为0 is not."""
    lines = [
        Line("甲", "map", "", "", "3宗", "", "甲", 3.0, None, None, (1.0, None, 3.0)),
        Line("乙", "map", "", "", "未报", "", "乙", None, None, None, (1.0, 2.0, None), is_missing=True),
        Line("丙", "map", "", "", "无（分母为0）", "", "丙", None, None, None, ()),
    ]
    markup = comparison(
        lines, Scale(None, None), Headings("", "受理", "", "", 3, is_from_zero=True), alt="表", notes=()
    )
    assert markup.count("url(#hatch)") == 1 and "stroke-dasharray" not in markup
    assert markup.count("<circle") == 3, "one dot for the value, one at the end of each course"


def test_names_are_escaped() -> None:
    """A community's name is text, never markup."""
    evil = Line("<b>甲", "map?a=1&b=2", "", "", "1", "", '"', 1.0, None, None, ())
    markup = comparison([evil], Scale(None, None), Headings("", "数", "", "", 0), alt='"', notes=("<i>",))
    assert "<b>甲" not in markup and "<i>" not in markup and 'href="map?a=1&amp;b=2"' in markup
