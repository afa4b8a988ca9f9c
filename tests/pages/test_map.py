"""一张图 through app.py: every number is the metrics', nothing of the boundaries is sent along, 未报 is not zero."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics.question import UNKNOWN, Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from pages.parts import maps
from pages.parts.enterprises import narrowed
from pages.parts.maps import Area, Level, Look
from pages.parts.panel import cut
from tests.pages.opening import opened
from tests.pages_walk import figures

MONTH, NANKENG, FIFTH = date(2018, 12, 1), "440307013020", "440307013012"
BOUNDS = (114.04, 22.60, 114.08, 22.67)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the page will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def traces(**query: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the map's traces and layout for a link."""
    [figure] = figures(opened("map", **query))
    return figure["data"], figure["layout"]


def test_colours_are_the_metric(warehouse: Warehouse) -> None:
    """Each community's colour is its value, its hover says both sides and the parts, the legend marks the street."""
    answer = ask(warehouse, Question("coverage_rate", ("community",), MONTH))
    areas = traces()[0][0]
    assert dict(zip(areas["locations"], areas["z"], strict=True)) == {
        row.keys["community_id"]: row.value for row in answer.rows
    }
    hover = areas["text"][areas["locations"].index(NANKENG)]
    assert "96.0%（227家中218家）" in hover and "单独建会42家，工联会覆盖176家" in hover
    street = ask(warehouse, Question("coverage_rate", (), MONTH)).row.value
    assert street in areas["colorbar"]["tickvals"]


def test_shapes_are_named_not_sent(warehouse: Warehouse) -> None:
    """The figure holds addresses under the generation, no coordinates and no address of others."""
    found, layout = traces(metric="disputes_received")
    assert {trace["geojson"] for trace in found if "geojson" in trace} == {
        f"/geo/{warehouse.generation_id}/communities.json"
    }
    assert "coordinates" not in str(found)
    assert layout["map"]["style"]["sources"], "Plotly drops an empty dict, and the map stays blank"
    assert "glyphs" not in layout["map"]["style"] and "http" not in str(layout)


def test_not_reported_is_hatched_not_zero(warehouse: Warehouse) -> None:
    """第五园 has no colour in 2018-12, has lines, and the two nil reports are 0."""
    found, layout = traces(metric="disputes_received", month="2018-12")
    assert FIFTH not in found[0]["locations"] and found[0]["z"].count(0) >= 2
    assert layout["map"]["layers"][0]["source"].endswith(f"hatch.json?ids={FIFTH}")
    said = " ".join(note["text"] for note in layout["annotations"])
    assert "斜线：未报送（不按0计算）" in said
    assert "示例数据　非真实情况" in said and "社区位置示意图，非行政区域界线" in said


def test_nothing_to_divide_by_is_not_unreported(warehouse: Warehouse) -> None:
    """A community that reported and has no such enterprise has no colour and no lines, and says why."""
    where = (("size_band", (">=1000",)),)
    answer = ask(warehouse, Question("coverage_rate", ("community",), MONTH, where=where))
    none = {row.keys["community_id"] for row in answer.rows if row.value is None}
    found, layout = traces(size_band=">=1000")
    assert none and none <= set(found[1]["locations"]) and not none & set(found[0]["locations"])
    assert not layout["map"].get("layers") and "分母为0" in found[1]["text"][0]


def test_filters_narrow_count_list_and_panel(warehouse: Warehouse) -> None:
    """The line, the list and the panel tell the same conditions."""
    where = (("community", (NANKENG,)), ("industry", ("C",)))
    expected = ask(warehouse, Question("enterprises", (), MONTH, where=where)).row.value
    app = opened("map", community="南坑", industry="C")
    said = " ".join(entry.value for entry in app.markdown)
    assert f"符合条件**{expected:,.0f}**家" in said
    assert app.metric[0].label.startswith("南坑 · ")
    assert app.dataframe[0].value.shape[0] == expected
    assert rows(warehouse, Question("enterprises", (), MONTH, where=where)).height == expected


def test_list_means_what_a_question_means(warehouse: Warehouse) -> None:
    """Narrowing the street's frame gives the rows of the same question, 不详 included."""
    street = rows(warehouse, Question("enterprises", (), MONTH))
    for where in (
        (("community", (NANKENG, FIFTH)), ("size_band", ("<25", UNKNOWN))),
        (("park", (UNKNOWN,)),),
        (("union_status", ("none", "preparing")), ("industry", ("C",))),
    ):
        expected = rows(warehouse, Question("enterprises", (), MONTH, where=where))
        assert expected.height and narrowed(street, where).equals(expected), where


def test_list_hides_what_is_not_chosen(warehouse: Warehouse) -> None:
    """Only the usual columns reach the browser, and the link to each row: no coordinates, no file name, nothing personal."""
    shown = set(opened("map", community="南坑").dataframe[0].value.columns)
    usual = {"unit_name", "community", "park", "industry", "size_band", "workers", "union_status", "members"}
    assert shown == usual | {"source"}


def test_many_enterprises_become_hexagons(warehouse: Warehouse) -> None:
    """Above 3,000 a wish for points is answered with hexagons, and said; few are points."""
    found, _layout = traces(layer="points")
    cells = [trace for trace in found if "hexagons.json" in str(trace.get("geojson"))]
    where = (("community", (NANKENG,)),)
    named = rows(warehouse, Question("enterprises", (), MONTH, where=where)).drop_nulls(["lon", "lat"])
    assert cells and sum(cells[0]["z"]) > 1_000
    points = [trace for trace in traces(layer="points", community="南坑")[0] if trace.get("mode") == "markers"]
    assert sorted(points[0]["text"]) == sorted(named["unit_name"])


def test_empty_result_offers_a_way_out(warehouse: Warehouse) -> None:
    """What was asked is named, and one click widens it."""
    app = opened("map", community="南坑", size_band=">=1000", union_status="none")
    [note] = [entry.value for entry in app.info]
    assert note.startswith("没有符合条件的企业：南坑 · ") and "未建会" in note
    label = app.button(key="map.widen.union_status").label
    app.button(key="map.widen.union_status").click().run()
    assert app.multiselect(key="map.union_status").value == []
    assert f"余{app.dataframe[0].value.shape[0]}家" in label


def test_way_to_the_enterprises_without_union(warehouse: Warehouse) -> None:
    """The panel's count is the list that its button opens."""
    app = opened("map", community="南坑")
    app.button(key="panel.without").click().run()
    assert app.multiselect(key="map.union_status").value == ["none", "preparing"]
    where = (("community", (NANKENG,)), ("union_status", ("none", "preparing")))
    assert app.dataframe[0].value.shape[0] == ask(warehouse, Question("enterprises", (), MONTH, where=where)).row.value


def test_conditions_that_do_not_apply_are_said(warehouse: Warehouse) -> None:
    """A condition that an indicator does not know narrows the list only, and the page says so."""
    app = opened("map", community="南坑", union_status="none")
    assert any("建会状态的条件只用于企业名单和点位" in entry.value for entry in app.caption)


def _area(name: str, value: float | None) -> Area:
    return Area(name, name, value, name, (114.05, 22.61))


def _look() -> Look:
    return Look("g", BOUNDS, "", is_sample=False, is_dark=False)


def test_no_mark_on_real_data() -> None:
    """A real street's map bears no sample mark, and says nothing of lines where all have reported."""
    figure = maps.map_figure([_area("a", 1.0)], Level((0, "0"), (1, "1"), None), _look())
    assert [note["text"] for note in figure["layout"]["annotations"]] == [""]
    assert figure["layout"]["map"]["layers"] == []


def test_first_view_holds_everything() -> None:
    """Centre and zoom show the whole street in the map's part of a 1440×900 screen."""
    view = maps.first_view(BOUNDS)
    pixels_per_degree = 512 * 2 ** view["zoom"] / 360
    assert view["center"] == {"lon": pytest.approx(114.06), "lat": pytest.approx(22.635)}
    assert 0.04 * pixels_per_degree <= maps.PIXELS[0] and 0.07 * pixels_per_degree / 0.923 <= maps.PIXELS[1]


def test_clicks_become_filters() -> None:
    """A community wins over a park; hexagons and enterprises mean nothing."""
    known = frozenset({"a", "b"})
    assert maps.hits([{"location": "a"}, {"location": "b"}, {"location": "a"}], known) == [("community", ("a", "b"))]
    assert maps.hits([{"customdata": "park"}], known) == [("park", ("park",))]
    assert maps.hits([{"customdata": "park"}, {"location": "b"}], known) == [("community", ("b",))]
    assert maps.hits([{"location": "8941"}, {"lon": 114.0}], known) == []


def test_panel_picks_the_same_numbers(warehouse: Warehouse) -> None:
    """One community's rows picked from the question by community are the rows of the narrower question."""
    asked = Question("coverage_rate", (), MONTH, where=(("community", (NANKENG,)), ("size_band", ("<25",))))
    for by in ((), ("month",), ("industry",)):
        direct = [row for row in ask(warehouse, replace(asked, by=by)).rows if row.denominator]
        picked = [row for row in cut(warehouse, asked, *by) if row.denominator]
        assert [astuple(row)[1:] for row in picked] == [astuple(row)[1:] for row in direct], by
