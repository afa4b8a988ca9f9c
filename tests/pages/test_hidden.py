"""What is kept back to protect persons is kept back in every picture, table, hover and file, and never looks like 未报."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics import phrases, values
from metrics.catalogue import catalogue
from metrics.judging.compare import compare
from metrics.plan import plan_of
from metrics.question import Hidden, Question, Row
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts import charts, league, maps, svg
from pages.parts.exports import Sheet, csv_text, workbook
from tests.pages.opening import opened
from tests.pages_walk import elements

MONTH = date(2018, 12, 1)
METRIC = "coverage_rate_above_scale"
FEW, OTHER = "不足5家，不显示", "为保护个人信息，不显示"


@pytest.fixture
def warehouse(street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, with an indicator that counts as sensitive: two or three of some communities' few."""
    monkeypatch.setitem(catalogue(), METRIC, replace(catalogue()[METRIC], sensitive=True))
    return open_current(street)


def truth(warehouse: Warehouse) -> tuple[dict[str, str], dict[str, str]]:
    """Return what would be said of each hidden community, were it shown, and what is said of the others."""
    question, metric = Question(METRIC, ("community",), MONTH), catalogue()[METRIC]
    shown = {row.keys["community"]: row for row in ask(warehouse, question).rows}
    texts: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for row in values._rows_of(warehouse, plan_of(warehouse, question)):
        name = row.keys["community"] or ""
        texts[not shown[name].is_suppressed][name] = phrases.row_text(metric, row)
    return texts


def is_sent(app: AppTest, text: str) -> bool:
    """Return whether a text is in anything that a page sends to the browser."""
    protos = [proto for entry in elements(app._tree) if (proto := getattr(entry, "proto", None)) is not None]
    sent = b"".join(proto.SerializeToString() for proto in protos)
    json_text = text.encode("ascii", "backslashreplace")
    return any(form in sent for form in (text.encode(), json_text, json_text.replace(b"\\", b"\\\\")))


@pytest.mark.parametrize("page", ["map", "compare"])
def test_a_page_sends_no_hidden_number(page: str, warehouse: Warehouse) -> None:
    """Not in the table, the picture, the hover nor the sentence; what is hidden is named."""
    hidden, shown = truth(warehouse)
    app = opened(page, metric=METRIC, month="2018-12")
    assert len(hidden) > 2 and shown
    assert all(is_sent(app, text) for text in shown.values()), "else the search finds nothing at all"
    assert not [name for name, text in hidden.items() if is_sent(app, text)]
    assert is_sent(app, OTHER)
    assert any(f"；{OTHER}：" in entry.value for entry in app.markdown)


def test_a_file_holds_no_hidden_number_and_no_sum_of_the_rest(warehouse: Warehouse) -> None:
    found = compare(warehouse, Question(METRIC, ("community",), MONTH))
    frame, columns = league.frame(warehouse, found, found.rows), league._columns(found, {})
    hidden = frame.filter(frame["hidden"] != "")
    assert set(hidden["community"]) == set(truth(warehouse)[0]) and set(hidden["hidden"]) <= {FEW, OTHER}
    assert hidden.select("numerator", "denominator", "value", "low", "high").null_count().row(0) == (hidden.height,) * 5
    assert not any(column.is_sum for column in columns)
    sheet = Sheet("社区对比", "%", "2018年12月", "坂田街道", 1)
    assert OTHER in csv_text(frame, columns, sheet).decode("utf-8-sig")
    assert workbook(frame, columns, sheet)


def row(month: str, hidden: Hidden | None = None, known: int = 1) -> Row:
    keys: dict[str, str | None] = {"month": month, "community": "南坑", "community_id": "1"}
    value = None if hidden or not known else 7.0
    return Row(keys, value, None, value, None, None, known, 1, 0, False, None, hidden=hidden)


def test_pictures_tell_hidden_from_unreported() -> None:
    """Lines and ／ are for 未报; what is kept back is pale, empty or ＊, and says why on hover."""
    tag = "{http://www.w3.org/2000/svg}"
    points = [svg.Point("1月　不足5人，不显示", None, True), svg.Point("2月　未报", None), svg.Point("3月", 2)]
    drawn = ElementTree.fromstring(svg.sparkline(points, bars=True, alt=""))
    assert sum(shape.get("fill") == "url(#hatch)" for shape in drawn.iter(f"{tag}rect")) == 1
    assert "1月　不足5人，不显示" in [title.text for title in drawn.iter(f"{tag}title")]
    ring = (((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)),)
    areas = [
        svg.Area("甲", ring, None, "", "", True),
        svg.Area("乙", ring, None, "", ""),
        svg.Area("丙", ring, 1.0, "", ""),
    ]
    drawn = ElementTree.fromstring(svg.area_map(areas, width=100, shades=["#111111"], alt="", notes=[]))
    fills = [shape.get("fill") for shape in drawn.iter(f"{tag}path")]
    assert fills[1] == "url(#hatch)" and "url(#hatch)" not in (fills[0], fills[2])


def test_figures_tell_hidden_from_unreported() -> None:
    look = charts.Look(
        is_sample=False, is_dark=False, text=lambda row: phrases.hidden_text(catalogue()["workers"], row)
    )
    rows = [row("2018-01", Hidden(5)), row("2018-02", known=0), row("2018-03")]
    months = tuple(date(2018, month, 1) for month in (1, 2, 3))
    heat, slashes, stars = charts.heat_map(rows, months, look)["data"]
    assert heat["z"] == [[None, None, 7.0]]
    assert slashes["x"] == ["2018-02-01"] and stars["x"] == ["2018-01-01"]
    assert stars["customdata"] == ["不足5人，不显示"]
    notes = {
        note["x"]: note["text"] for note in charts.monthly(rows, look)["layout"]["annotations"] if note.get("y") == 0
    }
    assert notes == {"2018-01-01": "不显示", "2018-02-01": "未报"}


def test_the_map_says_what_is_pale() -> None:
    look = maps.Look("1", (114.0, 22.6, 114.1, 22.7), "", False, False)
    areas = [maps.Area("1", "甲", None, "", None, is_hidden=True), maps.Area("2", "乙", 0.5, "", None)]
    figure = maps.map_figure(areas, maps.Level((0.0, ""), (1.0, ""), None), look)
    assert "浅色：为保护个人信息，不显示" in figure["layout"]["annotations"][0]["text"]
    assert figure["layout"]["map"]["layers"] == [], "lines are for 未报"
