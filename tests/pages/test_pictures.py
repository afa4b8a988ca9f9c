"""The small SVGs and the figures of 劳资纠纷: 未报 is hatched or struck out, never drawn as zero."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date

from metrics.question import Row
from pages.parts import charts, svg
from pages.parts.svg import Area, Point

LOOK = charts.Look(is_sample=True, is_dark=False, text=lambda row: str(row.value))
SVG = "{http://www.w3.org/2000/svg}"


def row(month: str, value: float | None, community: str = "南坑", known: int = 1) -> Row:
    keys: dict[str, str | None] = {"month": month, "community": community, "community_id": community}
    return Row(keys, value, None, value, None, None, known if value is not None else 0, 1, 0, False, None)


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def fills(picture: str) -> list[str]:
    return [shape.get("fill") or shape.get("style") or "" for shape in parsed(picture).iter(f"{SVG}rect")]


def test_sparkline_hatches_an_unreported_month() -> None:
    """A month without a report is hatched over the whole height and has no bar."""
    picture = svg.sparkline([Point("1月", 3), Point("2月", None), Point("3月", 0)], bars=True, alt="走势")
    assert fills(picture).count("url(#hatch)") == 1
    assert sum(svg.GREY in fill or svg.ACCENT in fill for fill in fills(picture)) == 2 + 0


def test_sparkline_line_breaks_at_an_unreported_month() -> None:
    """The line does not lead over what nobody knows."""
    picture = svg.sparkline([Point("", 1), Point("", None), Point("", 2), Point("", 3)], bars=False, alt="走势")
    (path,) = [shape.get("d") or "" for shape in parsed(picture).iter(f"{SVG}path")]
    assert path.count("M") == 2


def test_flat_and_empty_sparklines_are_drawn() -> None:
    """Equal values, only zeros, nothing known, no month at all: no division by zero."""
    for values in ([5.0, 5.0], [0.0, 0.0], [None, None], []):
        points = [Point("", value) for value in values]
        for bars in (True, False):
            parsed(svg.sparkline(points, bars=bars, alt=""))


def test_names_are_escaped() -> None:
    """A ledger's text cannot become markup."""
    square = (((0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)),)
    area = Area("<script>alert(1)</script>", square, 0.5, "<b>", '"><img>')
    picture = svg.area_map([area], width=300, shades=["#ffffff", "#000000"], alt='"<x>', notes=["<i>"])
    assert {shape.tag.removeprefix(SVG) for shape in parsed(picture).iter()} <= {
        "svg", "defs", "pattern", "rect", "path", "title", "text",
    }  # fmt: skip


def test_map_hatches_who_has_not_reported() -> None:
    """未报 is hatched, the highest value has the darkest shade."""
    places = [(((x, 0.0), (x, 1.0), (x + 1, 1.0), (x, 0.0)),) for x in (0.0, 2.0, 4.0)]
    areas = [Area(str(v), rings, v, "", "") for v, rings in zip((None, 0.2, 0.9), places, strict=True)]
    picture = svg.area_map(areas, width=300, shades=["#eeeeee", "#111111"], alt="", notes=[])
    assert [shape.get("fill") for shape in parsed(picture).iter(f"{SVG}path")] == ["url(#hatch)", "#eeeeee", "#111111"]


def test_heat_map_strikes_out_what_is_missing() -> None:
    """A missing month of a community has no colour and bears a ／; a nil report is a 0."""
    rows = [row("2018-01", 0), row("2018-02", None), row("2018-01", 4, "新雪"), row("2018-02", 2, "新雪")]
    figure = charts.heat_map(rows, (date(2018, 1, 1), date(2018, 2, 1)), LOOK)
    heat, slashes = figure["data"]
    assert heat["z"] == [[0, None], [4, 2]]
    assert (slashes["x"], slashes["y"], slashes["text"]) == (["2018-02-01"], ["南坑"], ["／"])


def test_spring_festival_is_shaded_in_its_month() -> None:
    """2017's fell into January, 2018's into February."""
    for month, is_shaded in (("2017-01", True), ("2017-02", False), ("2018-01", False), ("2018-02", True)):
        shapes = charts.monthly([row(month, 1)], LOOK)["layout"]["shapes"]
        assert bool(shapes) is is_shaded, month


def test_small_multiples_share_one_scale() -> None:
    """A cause with two cases must not look like one with twenty."""
    series = [
        charts.Series("工资", "21宗", [row("2018-01", 20), row("2018-02", 1)]),
        charts.Series("社保", "2宗", [row("2018-01", 2), row("2018-02", 0)]),
    ]
    layout = charts.small_multiples(series, LOOK)["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]


def test_figures_bear_the_sample_mark() -> None:
    """Every figure made from the sample says so inside."""
    rows = [row("2018-01", 1), row("2018-02", 2)]
    months = (date(2018, 1, 1), date(2018, 2, 1))
    for figure in (
        charts.monthly(rows, LOOK), charts.heat_map(rows, months, LOOK), charts.small_multiples([charts.Series("", "", rows)], LOOK)
    ):  # fmt: skip
        assert any("示例数据" in note["text"] for note in figure["layout"]["annotations"])
