"""Native charts, with their numbers in an embedded workbook; a map is a picture, which keeps its marks inside."""

from __future__ import annotations

from gettext import gettext as _
from io import BytesIO
from typing import Any

from briefing import figures, palette
from briefing.figures.canvas import is_monthly
from briefing.model import Chart
from briefing.writers import slide_looks
from briefing.writers.slide_deck import MARGIN, TOP, Deck, describe, lines

NOTE_POINTS, NOTE_TALL = 12.0, 0.26
CLOSE = 26  # months: of more only the number stands under the axis


def add(deck: Deck, heading: str, chart: Chart) -> None:
    """Add a slide with one chart; its title is the message."""
    slide = deck.slide(heading, chart.title)
    if chart.kind == "map":
        _picture(deck, slide, chart)
        return
    notes = "　".join(
        (*chart.notes, *_missing(chart), *([chart.goal_text] if slide_looks.lies(chart) and chart.goal_text else []))
    )
    tall = lines(notes, deck.wide, NOTE_POINTS) * NOTE_TALL if notes else 0.0
    _native(deck, slide, chart, deck.tall - tall - 0.05)
    if notes:
        deck.text(slide, notes, (MARGIN, TOP + deck.tall - tall, deck.wide, tall), NOTE_POINTS, palette.NOTE)


def _picture(deck: Deck, slide: Any, chart: Chart) -> None:
    from pptx.util import Inches

    wide = min(deck.wide, deck.tall / figures.MAP_SHARE)
    content = figures.png(chart, round(wide * 25.4 * 0.72, 1), dpi=300)  # drawn smaller, so that its texts are larger
    left = MARGIN + (deck.wide - wide) / 2
    picture = slide.shapes.add_picture(BytesIO(content), Inches(left), Inches(TOP), Inches(wide))
    picture.name = chart.title
    describe(picture, chart.alt)


def _missing(chart: Chart) -> list[str]:
    """Return 未报：2018年9月: over months the axis has no room for it."""
    first = chart.series[0]
    names = [name for name, text in zip(chart.categories, first.texts, strict=True) if text == _("未报")]
    return [_("未报：{names}").format(names="、".join(names))] if names and not slide_looks.lies(chart) else []


def categories(chart: Chart) -> list[str]:
    """Return the categories; one without a value says why (第五园（未报）): an empty place would look like zero."""
    first = chart.series[0]
    told = zip(chart.categories, first.values, first.texts, strict=True)
    if is_monthly(chart):  # a note says it: under an axis of months there is no room
        return list(chart.categories)
    found = [name if value is not None else f"{name}（{text}）" for name, value, text in told]
    return [*found, *(one.title for one in chart.series[1:])] if slide_looks.lies(chart) else found


def _name(data: Any, chart: Chart) -> None:
    """Give the chart its categories; months stand under their years."""
    if not is_monthly(chart):
        data.categories = categories(chart)
        return
    years: dict[str, Any] = {}
    for name in categories(chart):
        year, _sign, month = name.partition("年")
        years[year] = years.get(year) or data.add_category(f"{year}年")
        years[year].add_sub_category(month if len(chart.categories) <= CLOSE else month.removesuffix("月"))


def columns(chart: Chart) -> list[tuple[str, tuple[float | None, ...]]]:
    """Return what stands in the embedded workbook: the chart's series, then the edges of its range and its goal."""
    if slide_looks.lies(chart):
        first = chart.series[0]
        return [(first.title, (*first.values, *(one.values[0] for one in chart.series[1:])))]
    found = [(one.title, one.values) for one in chart.series]
    if any(low for low, _high in chart.band):  # an edge at 0 is the axis
        found.append((_("正常波动范围下限"), tuple(low for low, _high in chart.band)))
    if chart.band:
        found.append((_("正常波动范围上限"), tuple(high for _low, high in chart.band)))
    if chart.goal is not None:
        found.append((chart.goal_text, (chart.goal,) * len(chart.categories)))
    return found


def _native(deck: Deck, slide: Any, chart: Chart, tall: float) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    data = CategoryChartData(number_format=slide_looks.number_format(chart))
    _name(data, chart)
    for name, values in columns(chart):
        data.add_series(name, values)
    kind = XL_CHART_TYPE.LINE_MARKERS
    if chart.kind == "bar":
        kind = XL_CHART_TYPE.BAR_CLUSTERED if slide_looks.lies(chart) else XL_CHART_TYPE.COLUMN_CLUSTERED
    place = (Inches(inches) for inches in (MARGIN, TOP, deck.wide, tall))
    frame = slide.shapes.add_chart(kind, *place, data)
    frame.name = chart.title
    describe(frame, chart.alt)
    slide_looks.dress(frame.chart, chart)
