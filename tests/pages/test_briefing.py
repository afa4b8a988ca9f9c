"""工作简报 through app.py: its numbers are the answers', 未报 is never 0, and nothing heavy is sent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import cli
from metrics.judging.compare import compare
from metrics.question import Question
from metrics.scope import communities
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.pages.opening import opened
from tests.pages_walk import elements

MONTH, JOINER = date(2018, 12, 1), "\u2060"
HEAVY = {"plotly_chart", "dataframe", "vega_lite_chart", "deck_gl_json_chart"}


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def table(app: AppTest) -> list[list[str]]:
    """Return the cells of 社区一览表, header and rule left out."""
    (text,) = [element.value.replace(JOINER, "") for element in app.markdown if element.value.startswith("|")]
    return [line.strip("|").split("|") for line in text.splitlines()[2:]]


def pictures(app: AppTest) -> list[str]:
    """Return the SVGs of a page."""
    found = [element for element in elements(app._tree) if getattr(element, "type", "") == "bidi_component"]
    return [json.loads(element.proto.json or element.proto.mixed.json)["svg"] for element in found]


def test_cards_say_what_the_metrics_say(warehouse: Warehouse) -> None:
    """Five cards, each with its metric's value as a reader writes it."""
    shown = {metric.label.rstrip("*"): metric.value for metric in opened().metric}
    coverage = ask(warehouse, Question("coverage_rate", month=MONTH)).row
    received = ask(warehouse, Question("disputes_received", month=MONTH, period="month")).row
    assert shown["建会率（含工联会覆盖）"] == f"{coverage.value:.1%}"
    assert shown["本月受理劳资纠纷"] == f"{received.value:.0f}宗"
    assert len(shown) == 5


def test_approximate_numbers_say_so(warehouse: Warehouse) -> None:
    """入会率 rests on 约 numbers of workers, and the card does not hide it."""
    assert ask(warehouse, Question("membership_rate_area", month=MONTH)).row.approximate
    assert next(m.value for m in opened().metric if m.label.startswith("入会率")).startswith("约")


def test_missing_report_is_named_and_never_zero(warehouse: Warehouse) -> None:
    """第五园 has not reported December's disputes: the cell says so, the cards bear a star, the star is explained."""
    app = opened()
    rows = {row[0]: row for row in table(app)}
    assert rows["第五园"][3] == "未报"
    assert rows["四季花城"][3] == "0"
    starred = [metric.label for metric in app.metric if metric.label.endswith("*")]
    assert starred == ["本月受理劳资纠纷*", "月末在办劳资纠纷*"]
    assert any("不含未报的第五园" in caption.value for caption in app.caption)


def test_only_what_is_more_than_chance_is_marked(warehouse: Warehouse) -> None:
    """In December 2018 第五园 is low and 南坑 high in 建会率; disputes are never marked, nor is the street."""
    marked = {(row[0], column) for row in table(opened()) for column in range(1, 5) if "偏" in row[column]}
    judged = {
        (row.keys["community"], column)
        for column, metric in ((1, "coverage_rate"), (2, "membership_rate_area"))
        for row in compare(warehouse, Question(metric, month=MONTH)).rows
        if row.funnel not in {None, "similar"}
    }
    assert marked == judged and {("第五园", 1), ("南坑", 1)} <= marked
    assert next(row[1] for row in table(opened()) if row[0] == "第五园") == "84.9%\u00a0偏低"


def test_judgements_are_explained_on_paper(warehouse: Warehouse) -> None:
    """Who prints the page finds what 偏低 and 正常波动 mean at its foot."""
    captions = [caption.value for caption in opened().caption]
    assert any("约为二十分之一" in text and "“属正常波动”" in text for text in captions)


def test_table_stands_in_official_order(warehouse: Warehouse) -> None:
    """No ranks: the communities in the street's order, the street last."""
    assert [row[0] for row in table(opened())] == [*(c.title for c in communities(warehouse)), "全街道"]


def test_nankeng_in_detail_names_its_source(warehouse: Warehouse) -> None:
    """The sample's 南坑 comes from an undated report, which is said wherever its figures stand."""
    assert any("南坑社区数据取自公开报道" in caption.value for caption in opened().caption)


def test_nothing_heavy_is_sent(warehouse: Warehouse) -> None:
    """The landing page has no Plotly, no WebGL and no data grid, so that it opens about as fast as an empty one."""
    light, heavy = (
        {getattr(element, "type", "") for element in elements(app._tree)} for app in (opened(), opened("disputes"))
    )
    assert light & HEAVY == set()
    assert heavy & HEAVY == {"plotly_chart", "dataframe"}  # the names are the right ones


def test_every_picture_bears_the_sample_mark(warehouse: Warehouse) -> None:
    """A picture can be cut out of the page; the mark goes with it."""
    found = pictures(opened())
    assert len(found) == 6
    assert all("示例数据　非真实情况" in picture for picture in found)
    assert "非行政区域界线" in found[-1]


def test_a_link_opens_its_month(warehouse: Warehouse) -> None:
    """The month stands in the address; another month gives that month's numbers."""
    app = opened(month="2017-06")
    value = ask(warehouse, Question("disputes_received", month=date(2017, 6, 1), period="month")).row.value
    assert any("2017年6月" in element.value for element in app.markdown)
    assert next(m.value for m in app.metric if m.label.startswith("本月受理")) == f"{value:.0f}宗"


def test_first_month_has_no_earlier_one(warehouse: Warehouse) -> None:
    """At the beginning of the axis there is nothing to compare with, and the page says so instead of failing."""
    first = ask(warehouse, Question("disputes_open", month=MONTH, start=date(2014, 1, 1), by=("month",))).months[0]
    app = opened(month=f"{first:%Y-%m}")
    assert any("暂无可比数据" in caption.value for caption in app.caption)


def test_unreported_street_shows_no_zero(sample_ledgers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing but the parks loaded, every card says 未报, no number is invented, and no page fails."""
    street = tmp_path / "street"
    assert cli.main(["load", str(sample_ledgers / "园区"), "--street", str(street)]) == 0
    monkeypatch.setenv("UNION_ATLAS_STREET", str(street))
    app = opened()
    assert {metric.value for metric in app.metric} == {"未报"}
    assert {cell for row in table(app) for cell in row[1:]} == {"未报"}
    assert any("没有可写的要点" in caption.value for caption in app.caption)
    for page in ("disputes", "issue", "ledgers", "definitions"):
        opened(page)


def test_numbers_explain_themselves(warehouse: Warehouse) -> None:
    """Behind each card's ⓘ: meaning, both sides, reports, version."""
    help_text = next(metric for metric in opened().metric if metric.label.startswith("建会率")).proto.help
    assert all(part in help_text for part in ("在经营企业", "家中", "12/12", "数据版本1"))
