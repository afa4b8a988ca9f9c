"""Pictures: same chart, same bytes; every label is there and has its letters; grey print keeps what colours say."""

from __future__ import annotations

import io
import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from PIL import Image

from briefing import figures, palette
from briefing.figures import bars, canvas, lines, maps
from briefing.model import Chart, Origin, Series, Shape
from tests.briefing.documents import document

ORIGIN = Origin("value", "coverage_rate", date(2018, 12, 1), of="month")
YEARLY = replace(ORIGIN, metric="unions_formed_target_progress")
MONTHS = tuple(f"{year}年{month}月" for year in (2017, 2018) for month in range(1, 13))
MARK = "示例数据　非真实情况"
LINE, MAP = document().charts()


def monthly(values: tuple[float | None, ...], marks: tuple[str, ...] = (), **more: Any) -> Chart:
    """Return upright bars of whole numbers."""
    texts = tuple("未报" if value is None else f"{value:.0f}宗" for value in values)
    made = Chart("m", "题", "bar", "宗", MONTHS[: len(values)], (Series("全街道", values, texts, ORIGIN, marks),), "替")
    return replace(made, **more)


def by_name(
    names: tuple[str, ...],
    values: tuple[float | None, ...],
    is_percentage: bool,
    marks: tuple[str, ...] = (),
    **more: Any,
) -> Chart:
    """Return lying bars or dots."""
    unit = "%" if is_percentage else "宗"
    texts = tuple("未报" if v is None else f"{v * 100:.1f}%" if is_percentage else f"{v:.0f}宗" for v in values)
    series = Series("建会率", values, texts, ORIGIN, marks)
    return replace(Chart("b", "题", "bar", unit, names, (series,), "替", is_percentage=is_percentage), **more)


CHARTS = (
    LINE, MAP, monthly((3, None, 5), ("", "", "partial")), by_name(("岗头", "第五园"), (0.9, None), True, goal=0.9, goal_text="目标90%"),
    by_name(("岗头", "第五园"), (4, 0), False),
)  # fmt: skip


def labels(chart: Chart) -> list[str]:
    """Return the texts of a picture: Matplotlib names each in a comment before its outlines."""
    return re.findall(r"<!-- (.*?) -->", figures.svg(chart).decode())


def words(chart: Chart) -> list[str]:
    """Return the lines of text of a picture before it is saved: letters with a rim bear no name in the SVG."""
    from matplotlib.text import Text

    with canvas.drawing():
        found = figures._drawn(chart, 156.0, None).findobj(Text)
    return [line for text in found for line in text.get_text().split("\n")]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_same_chart_same_bytes(chart: Chart) -> None:
    """Drawn again it is the same to the byte: golden pages can be compared, and nothing tells when it was made."""
    first = [draw.__wrapped__(chart, 120.0) for draw in (figures.svg, figures.png, figures.svg)]
    figures._drawn.cache_clear()
    again = [draw.__wrapped__(chart, 120.0) for draw in (figures.png, figures.svg)]
    assert first == [again[1], again[0], again[1]]
    assert b"<dc:date>" not in figures.svg(chart)


def test_threads_draw_the_same() -> None:
    """Two visitors at once get their own pictures: Matplotlib's settings are one for the whole process."""
    with ThreadPoolExecutor(4) as pool:
        figures._drawn.cache_clear()
        together = list(pool.map(lambda chart: figures.svg.__wrapped__(chart, 111.0), [*CHARTS, *CHARTS]))
    assert together == [figures.svg.__wrapped__(chart, 111.0) for chart in [*CHARTS, *CHARTS]]


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    """Whoever else draws in this process finds its own settings again."""
    import matplotlib

    before = dict(matplotlib.rcParams)
    figures.svg.__wrapped__(LINE, 100.0)
    assert dict(matplotlib.rcParams) == before


def test_a_line_names_its_goal_its_values_and_its_gap() -> None:
    """Goal, values, the month that is not reported, and the notes stand in the picture; the title does not."""
    found = labels(replace(LINE, mark=MARK))
    assert {"目标90%", "87.1%", "88.0%", "91.2%", "未报", "2018年9月未报", MARK} <= set(found)
    assert LINE.title not in "".join(found)


def test_bars_say_their_values_and_their_unit_once() -> None:
    """Values stand over the bars without the unit, which is named above; zero is 0, a gap 未报."""
    found = labels(monthly((31, 0, None, 29)))
    assert {"单位：宗", "31", "0", "29", "未报"} <= set(found) and "31宗" not in found


def test_many_long_values_give_way() -> None:
    """24 values of five characters would overlap: the last, the highest and what stands out remain."""
    values = tuple(float(10_001 + 10 * n) for n in range(24))
    chart = monthly(values, ("",) * 3 + ("higher",) + ("",) * 20)
    chart = replace(chart, series=(replace(chart.series[0], texts=tuple(f"{v:,.0f}宗" for v in values)),))
    told = [text for text in labels(chart) if re.fullmatch(r"10,\d\d1", text)]
    assert set(told) == {"10,031", "10,231"}


def test_communities_say_how_they_stand() -> None:
    """Who stands out is said in words beside the value; the street and the goal are named lines."""
    street = Series("全街道", (0.91,) * 3, ("91.0%",) * 3, replace(ORIGIN, of=""))
    chart = by_name(
        ("岗头", "第五园", "南坑"),
        (0.9, 0.85, 0.96),
        True,
        marks=("", "lower", "higher"),
        goal=0.9,
        goal_text="目标90%",
    )
    found = labels(replace(chart, series=(*chart.series, street)))
    assert {"岗头", "90.0%", "85.0%　偏低", "96.0%　偏高", "全街道91.0%", "目标90%"} <= set(found)


def test_several_lines_bear_their_names() -> None:
    """Each line has its name and newest value at its end, so that no legend is needed."""
    other = Series("全街道", (0.8, 0.81, 0.82, 0.83), ("80%", "81%", "82%", "83%"), ORIGIN)
    found = labels(replace(LINE, series=(*LINE.series, other)))
    assert {"建会率91.2%", "全街道83%"} <= set(found)


def test_a_map_says_names_values_and_what_hatching_means() -> None:
    """Wide: name and value in each area; tall: the values as a list beside it, with 偏低 in words."""
    wide = words(replace(MAP, mark=MARK))
    assert {"岗头", "80.0%", "第五园", "未报", MARK} <= set(wide)
    assert any("斜线：未报送（不按0计算）" in text for text in wide)
    tall = tuple(replace(s, rings=(tuple((y, x) for x, y in s.rings[0]),)) for s in MAP.shapes)
    found = words(replace(MAP, shapes=tall))
    assert found.count("五和") == 2 and "偏低" in found and found.count("82.0%") == 1


def test_a_map_hatches_what_is_missing_not_what_is_hidden() -> None:
    """未报 is hatched; what is kept back is plain pale; neither has a shade of its own."""
    square = (((114.0, 22.0), (114.1, 22.0), (114.1, 22.1)),)
    shown = Shape("甲", square, 0.5, "50%")
    missing, hidden = replace(shown, value=None, text="未报"), replace(shown, value=None, text="不显示", is_hidden=True)
    assert maps.fill(missing, [0.5]) == "#ffffff" and maps.fill(hidden, [0.5]) == maps.PALE
    for shape, is_hatched in ((missing, True), (hidden, False)):
        svg = figures.svg(replace(MAP, shapes=(shown, shape))).decode()
        assert ("<pattern" in svg) is is_hatched


def test_holes_and_islands_are_drawn_and_named_in_the_middle() -> None:
    """A community of two islands is one; its name stands on the larger, at its middle."""
    small, large = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)), ((5.0, 0.0), (9.0, 0.0), (9.0, 4.0), (5.0, 4.0))
    shape = Shape("甲", (small, large), 1.0, "1")
    assert maps.middle(shape) == pytest.approx((7.0, 2.0))
    assert np.shape(maps.outline(shape).vertices) == (10, 2)
    flat = Shape("甲", (((0.0, 0.0), (2.0, 0.0), (4.0, 0.0)),), 1.0, "1")
    assert maps.middle(flat) == (2.0, 0.0)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_every_character_has_its_glyph(chart: Chart) -> None:
    """No empty boxes: also rare characters of names, which the second font has."""
    rare = replace(chart, notes=(*chart.notes, "㙟：燊、喆、堃，①％≥－＋▲"[2:]), mark=MARK)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures.svg(rare)


def test_what_a_dollar_means() -> None:
    """A $ or \\ in a name is a character, never a formula."""
    assert "甲$_1^2$乙\\frac" in labels(replace(LINE, notes=("甲$_1^2$乙\\frac",)))


def test_a_line_breaks_where_nothing_is_known_and_where_the_year_begins() -> None:
    """No line across a gap; a year's progress begins anew in January instead of falling."""
    series = replace(LINE.series[0], values=(1.0, None, 2.0, 3.0), origin=ORIGIN)
    assert lines._runs(LINE, series) == [[0], [2, 3]]
    year = Chart("y", "题", "line", "%", MONTHS, (Series("全街道", (0.5,) * 24, ("50%",) * 24, YEARLY),), "替")
    assert lines._runs(year, year.series[0]) == [list(range(12)), list(range(12, 24))]
    level = replace(year.series[0], origin=ORIGIN)
    assert lines._runs(year, level) == [list(range(24))]


def test_grey_print_keeps_the_difference() -> None:
    """Lines differ in dashes, levels in lightness alone, marks in hatch or frame; no red–green pair anywhere."""
    dashes = [str(style["linestyle"]) for style in lines.STYLES]
    assert len(set(dashes)) == len(dashes)
    light = [palette.luminance(shade) for shade in palette.SEQUENTIAL]
    assert light == sorted(light, reverse=True) and min(a - b for a, b in zip(light, light[1:], strict=False)) > 0.03
    looks = [bars._look(mark, False) for mark in ("", "partial", "higher")]
    assert "hatch" in looks[1] and looks[2]["edgecolor"] == palette.INK and looks[0]["edgecolor"] == "none"
    print_all = Image.open(
        io.BytesIO(figures.png(monthly((3, 4, 5), ("", "partial", "higher")), 100.0, dpi=80))
    ).convert("L")
    assert np.asarray(print_all).min() < 80


def test_sizes_are_the_papers() -> None:
    """156 mm at 300 dpi are 1,843 pixels; the SVG says its own size; a map and many bars are taller."""
    assert Image.open(io.BytesIO(figures.png(LINE))).size == (1842, 826)
    assert b'width="442.204724pt"' in figures.svg(LINE)
    many = by_name(tuple(f"社区{n}" for n in range(20)), (1.0,) * 20, False)
    assert figures.suited_height(many) > figures.suited_height(MAP) > figures.HEIGHT_MM
    assert Image.open(io.BytesIO(figures.png(LINE, 80.0, height_mm=40, dpi=100))).size == (314, 157)


def test_nothing_reaches_over_the_edge() -> None:
    """The outermost pixels of every picture are white: no label is cut."""
    long = by_name(("解除、终止劳动合同的经济补偿、赔偿金", "拖欠、克扣工资"), (138.0, 1234.0), False)
    for chart in (*CHARTS, long, monthly(tuple(float(n) for n in range(24)))):
        image = Image.open(io.BytesIO(figures.png(replace(chart, mark=MARK), dpi=100))).convert("L")
        wide, tall = image.size
        edges = [image.crop(box) for box in ((0, 0, 1, tall), (wide - 1, 0, wide, tall), (0, 0, wide, 1))]
        assert all(np.asarray(edge).min() > 235 for edge in edges), chart.id


def test_a_range_is_drawn_as_few_pieces() -> None:
    """Months with the same limits share one band; an edge at 0 is the axis and has no line of its own."""
    frame = canvas.frame(monthly((1, 2, 3)), 100, 60)
    axes = frame.axes()
    lines.band(axes, monthly((1, 2, 3), band=((0.0, 4.0), (0.0, 4.0), (1.0, 5.0))))
    assert len(axes.collections) == 2 and len(axes.lines) == 3


def test_notes_are_broken_within_the_width() -> None:
    """Short notes stand side by side, a long one is broken, none is wider than the picture."""
    found = canvas.wrapped(("甲" * 10, "乙" * 10, "丙" * 90), 120)
    assert found[0] == "甲" * 10 + "　" + "乙" * 10 and "".join(found[1:]) == "丙" * 90
    assert all(canvas.text_mm(line, canvas.SMALL) <= 120 for line in found)


def test_months_under_the_axis() -> None:
    """Two years are written every third month up to the last one, the year under its first."""
    ticks = [text for text in labels(monthly((1.0,) * 24)) if "月" in text or "年" in text]
    assert ticks == ["3月", "2017年", "6月", "9月", "12月", "3月", "2018年", "6月", "9月", "12月"]
