"""What 一张图 colours by: values, smoothed values, clusters; one meaning at a time, and the raw value always beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.clusters import HIGH, LOW
from metrics.catalogue import metric_of
from metrics.judging import where, where_words
from metrics.judging.where import Clusters, Place
from metrics.judging.where_layer import Area
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts import cluster_map, map_views, panel, theme
from tests.pages.opening import opened
from tests.pages_walk import figures

MONTH = date(2018, 12, 1)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the page will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def _drawn(app: Any) -> list[dict[str, Any]]:
    [figure] = figures(app)
    traces: list[dict[str, Any]] = figure["data"]
    return traces


def test_smoothed_colours_keep_the_raw_value_beside(warehouse: Warehouse) -> None:
    """Colours are `where.smoothed`, the hover says both, the table below has both for every community."""
    app = opened("map", view="smoothed")
    found = where.smoothed(warehouse, Question("coverage_rate", month=MONTH))
    assert found is not None
    areas = _drawn(app)[0]
    assert dict(zip(areas["locations"], areas["z"], strict=True)) == {
        row.row.keys["community_id"]: row.value for row in found.rows
    }
    nankeng = next(row for row in found.rows if row.row.keys["community"] == "南坑")
    text = areas["text"][areas["locations"].index(nankeng.row.keys["community_id"])]
    assert "96.0%（227家中218家）" in text and f"平滑后{(nankeng.value or 0) * 100:.1f}%" in text
    table = app.dataframe[0].value
    assert list(table.columns) == ["community", "raw", "smoothed"] and len(table) == 12
    assert table["raw"][list(table["community"]).index("南坑")] == "96.0%（227家中218家）"
    assert any("考核和通报以原值为准" in entry.value for entry in app.caption)
    assert any("（平滑后）" in entry.value for entry in app.markdown)


def test_raw_is_the_default_and_says_the_smoothed_value_on_hover(warehouse: Warehouse) -> None:
    """Nothing changes for who asks nothing: raw colours, one more line in the hover, no table of smoothed values."""
    app = opened("map")
    areas, answer = _drawn(app)[0], ask(warehouse, Question("coverage_rate", ("community",), MONTH))
    assert set(areas["z"]) == {row.value for row in answer.rows}
    assert all("平滑后" in text for text in areas["text"])
    assert "unit_name" in app.dataframe[0].value.columns


def test_clusters_have_colours_of_their_own(warehouse: Warehouse) -> None:
    """No colour of levels, no points: the cells' classes alone, every class in the legend, the title says the result."""
    app = opened("map", view="clusters", layer="points")
    found = where.clusters(warehouse, Question("coverage_rate", month=MONTH))
    assert isinstance(found, Clusters)
    base, cells = _drawn(app)[:2]
    assert len({shade for _at, shade in base["colorscale"]}) == 1 and not base["showscale"]
    assert cells["locations"] == [place.area.id for place in found.places]
    assert cells["colorbar"]["ticktext"] == ["低值聚集", "没有聚集", "高值聚集"]
    assert not any(trace.get("marker", {}).get("size") == 4 for trace in _drawn(app)), "points would share the orange"
    assert "map.layer.layer" not in {entry.key for entry in app.button_group}
    assert any(where_words.clusters_sentence(found) in entry.value for entry in app.markdown)
    assert any(where_words.clusters_note(found) == entry.value for entry in app.caption)


def test_not_offered_is_said_in_one_sentence(warehouse: Warehouse) -> None:
    """Disputes with twelve communities have no clusters: no switch for them, one sentence, and a link that asks is told."""
    app = opened("map", metric="disputes_per_1000_workers", view="clusters")
    [switch] = [entry for entry in app.button_group if entry.key == "map.view.view"]
    assert list(switch.options) == ["原值", "平滑"]
    assert sum("看不出相邻社区是否聚集" in entry.value for entry in app.caption) == 1
    assert any("“clusters”不存在" in entry.value for entry in app.warning)
    counts = opened("map", metric="enterprises")
    assert "map.view.view" not in {entry.key for entry in counts.button_group}
    assert any("聚集分析只用于有参考范围的比率" in entry.value for entry in counts.caption)


def test_too_few_cells_fall_back_to_the_values(warehouse: Warehouse) -> None:
    """Conditions that leave too few cells are answered with the values and the reason."""
    app = opened("map", view="clusters", size_band="300-499")
    assert any("不足100个" in entry.value for entry in app.caption)
    assert "colorbar" in _drawn(app)[0]


def test_classes_are_drawn_in_their_colours(warehouse: Warehouse) -> None:
    """Low is blue and high orange, each class one flat colour, on cells or on the communities themselves."""
    places = tuple(
        Place(Area(name, "甲", 1, 2), kind, 0.5, 0.5) for name, kind in (("a", LOW), ("b", None), ("c", HIGH))
    )
    grid = map_views.cluster_trace(warehouse, Clusters(metric_of("coverage_rate"), True, places, 0))
    assert grid["z"] == [0, 1, 2] and grid["geojson"].endswith("hexagons.json?ids=a,b,c")
    own = map_views.cluster_trace(warehouse, Clusters(metric_of("coverage_rate"), False, places, 0))
    assert own["z"] == [0, 2, 4] and own["geojson"].endswith("/communities.json")
    assert own["colorbar"]["ticktext"] == ["低值聚集", "低于周边", "没有聚集", "高于周边", "高值聚集"]


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("count", [3, 5])
def test_no_colour_means_two_things(count: int, is_dark: bool) -> None:
    """Classes differ from each other, from every level's shade and from the points'; steps do not blend."""
    shades = cluster_map.colours(count, is_dark)
    levels = {shade for _at, shade in theme.sequential(is_dark)}
    assert len(set(shades)) == count and not set(shades) & levels
    drawn = cluster_map.Classed("address", ["a"], [0], ["甲"])
    scale = cluster_map.class_trace(drawn, ["x"] * count, is_dark)["colorscale"]
    assert [shade for _at, shade in scale] == [shade for shade in shades for _twice in range(2)]
    assert scale[0][0] == 0 and scale[-1][0] == 1


def test_denominators_beside_the_map_bear_their_own_word(warehouse: Warehouse) -> None:
    """Beside a bar of disputes per 1,000 workers stand workers (人), beside one of 建会率 enterprises (家)."""
    for name, word in (("disputes_per_1000_workers", "人"), ("coverage_rate", "家")):
        row = ask(warehouse, Question(name, ("industry",), MONTH)).rows[0]
        assert panel._bar(warehouse, metric_of(name), row, "industry").note.endswith(word)
