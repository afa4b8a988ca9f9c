"""How native charts look: the screen's colours, dashes and frames that survive grey print, values as printed."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from briefing import palette
from briefing.figures.canvas import is_monthly, mark_of
from briefing.model import Chart, Series
from briefing.writers.slide_deck import rgb, write

LABEL_POINTS = 12
MANY = 13  # categories: more are not all labelled
DASHES = ("solid", "dash", "sysDot", "dashDot")
COLOURS = (palette.ACCENT, palette.DARK_GREY, palette.LOWER[False], palette.HIGHER[False])


def lies(chart: Chart) -> bool:
    return chart.kind == "bar" and not is_monthly(chart)


def number_format(chart: Chart) -> str:
    """Return Excel's form for the values, with the decimals of the printed texts."""
    texts = [
        text for one in chart.series for text, value in zip(one.texts, one.values, strict=True) if value is not None
    ]
    digits = [text.strip("约").removesuffix(chart.unit).rstrip("%").partition(".")[2] for text in texts]
    decimals = max((len(found) for found in digits if found.isdigit()), default=0)
    return "#,##0" + ("." + "0" * decimals if decimals else "") + ("%" if chart.is_percentage else "")


def dress(native: Any, chart: Chart) -> None:
    """Give a native chart its look."""
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    native.has_title = False
    native.font.size, native.font.color.rgb = Pt(LABEL_POINTS), rgb(palette.INK)
    series = list(native.plots[0].series)
    count = len(chart.series) if not lies(chart) else 1
    for index, one in enumerate(series[:count]):
        (_bars if chart.kind == "bar" else _line)(one, chart, chart.series[index], index)
    references = series[count:]
    if chart.kind == "bar":
        native.plots[0].gap_width = 40
        _as_lines(native, references)
        references = list(native.plots[1].series) if references else []
    for one in references:
        _reference(one, chart.goal_text)
    native.has_legend = len(series) > 1
    if native.has_legend:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    _axes(native, chart)
    _labels(series[0], chart)


def _bars(one: Any, chart: Chart, series: Series, _index: int) -> None:
    """Colour the bars: grey months with the last one in colour, those that stand out framed, incomplete ones hatched."""
    from pptx.enum.dml import MSO_PATTERN

    one.invert_if_negative = False
    one.format.fill.solid()
    one.format.fill.fore_color.rgb = rgb(palette.GREY if is_monthly(chart) else palette.ACCENT)
    last = len(series.values) - 1
    for at in range(len(series.values)):
        mark = mark_of(series, at)
        if mark == "partial":
            fill = one.points[at].format.fill
            fill.patterned()
            fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            fill.fore_color.rgb, fill.back_color.rgb = rgb(palette.DARK_GREY), rgb("#ffffff")
            one.points[at].format.line.color.rgb = rgb(palette.DARK_GREY)
        elif mark in {"higher", "lower"}:
            _stand_out(one.points[at].format, mark)
        elif at == last and is_monthly(chart):
            one.points[at].format.fill.solid()
            one.points[at].format.fill.fore_color.rgb = rgb(palette.ACCENT)
    for at in range(last + 1, last + len(chart.series)):  # 全街道, after the communities
        one.points[at].format.fill.solid()
        one.points[at].format.fill.fore_color.rgb = rgb(palette.DARK_GREY)


def _stand_out(format: Any, mark: str) -> None:
    from pptx.util import Pt

    format.fill.solid()
    format.fill.fore_color.rgb = rgb((palette.HIGHER if mark == "higher" else palette.LOWER)[False])
    format.line.color.rgb, format.line.width = rgb(palette.INK), Pt(1.5)


def _line(one: Any, chart: Chart, series: Series, index: int) -> None:
    """Draw a line with its own dashes; its dots are the months that reported in full."""
    from pptx.enum.chart import XL_MARKER_STYLE as styles
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    one.smooth = False
    one.format.line.color.rgb, one.format.line.width = rgb(COLOURS[index % 4]), Pt(2.5 if index == 0 else 1.75)
    one.format.line.dash_style = MSO_LINE.from_xml(DASHES[index % 4])
    one.marker.style = styles.NONE if index else styles.CIRCLE
    if index:
        return
    one.marker.size = 6
    _fill(one.marker, palette.ACCENT)
    for at in range(len(series.values)):
        mark = mark_of(series, at)
        if mark == "carried":
            one.points[at].marker.style = styles.NONE
        elif mark == "partial":
            _fill(one.points[at].marker, "#ffffff")
        elif mark:
            one.points[at].marker.style, one.points[at].marker.size = styles.DIAMOND, 10
            _fill(one.points[at].marker, (palette.HIGHER if mark == "higher" else palette.LOWER)[False])


def _fill(marker: Any, colour: str) -> None:
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(colour)
    marker.format.line.color.rgb = rgb(palette.ACCENT if colour == "#ffffff" else colour)


def _reference(one: Any, goal_text: str) -> None:
    """Draw the goal or an edge of the range as a thin line without dots."""
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    one.marker.style, one.smooth = XL_MARKER_STYLE.NONE, False
    is_goal = one.name == goal_text
    one.format.line.color.rgb = rgb(palette.INK if is_goal else palette.SEQUENTIAL[3])
    one.format.line.width = Pt(1.25)
    one.format.line.dash_style = MSO_LINE.ROUND_DOT if is_goal else MSO_LINE.LONG_DASH


def _as_lines(native: Any, moved: list[Any]) -> None:
    """Turn the last series of a column chart into lines over it (python-pptx makes charts of one kind only)."""
    from lxml import etree
    from pptx.oxml.ns import qn

    if not moved:
        return
    bars = native._chartSpace.find(f".//{qn('c:barChart')}")
    over = bars.makeelement(qn("c:lineChart"))
    etree.SubElement(over, qn("c:grouping"), val="standard")
    etree.SubElement(over, qn("c:varyColors"), val="0")
    for one in moved:
        element = one._element
        for unwanted in element.findall(qn("c:invertIfNegative")):
            element.remove(unwanted)
        over.append(element)
    etree.SubElement(over, qn("c:marker"), val="1")
    for axis in bars.findall(qn("c:axId")):
        etree.SubElement(over, qn("c:axId"), val=axis.get("val"))
    bars.addnext(over)


def _axes(native: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    values, names = native.value_axis, native.category_axis
    values.major_gridlines.format.line.color.rgb = rgb(palette.LIGHT_GREY)
    values.format.line.fill.background()
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = _tick_format(chart), False
    names.format.line.color.rgb = rgb(palette.GREY)
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.kind == "bar" or _is_near_zero(chart):
        values.minimum_scale = 0
    if lies(chart):
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        values.has_major_gridlines = False
        names.tick_labels.font.size = Pt(LABEL_POINTS + 1 if len(chart.categories) <= MANY else LABEL_POINTS - 1)


def _is_near_zero(chart: Chart) -> bool:
    values = [value for one in chart.series for value in one.values if value is not None]
    return bool(values) and 0 <= min(values) < max(values) * 0.3


def _tick_format(chart: Chart) -> str:
    return "0%" if chart.is_percentage else "#,##0.##" if "." in number_format(chart) else "#,##0"


def _labels(one: Any, chart: Chart) -> None:
    """Write the values as printed: all of them where they fit, else the last and those that stand out."""
    from pptx.enum.chart import XL_LABEL_POSITION

    first = chart.series[0]
    above = XL_LABEL_POSITION.OUTSIDE_END if chart.kind == "bar" else XL_LABEL_POSITION.ABOVE
    told = [at for at, value in enumerate(first.values) if value is not None]
    chosen = told
    if chart.kind == "line" and len(told) > MANY:
        chosen = [at for at in told if at in (told[0], told[-1]) or mark_of(first, at) in {"higher", "lower"}]
    texts = {at: first.texts[at] for at in chosen}
    texts |= (
        {len(first.values) + at: other.texts[0] for at, other in enumerate(chart.series[1:])} if lies(chart) else {}
    )
    for at, text in texts.items():
        label = one.points[at].data_label
        label.position = above
        label.has_text_frame = True
        said = _said(chart, text, mark_of(first, at) if at < len(first.values) else "")
        write(label.text_frame.paragraphs[0], said, LABEL_POINTS)


def _said(chart: Chart, text: str, mark: str) -> str:
    word = {"lower": _("偏低"), "higher": _("偏高")}.get(mark, "") if lies(chart) else ""
    return "　".join(
        filter(
            None, (text if lies(chart) else text.removesuffix(chart.unit) if not chart.is_percentage else text, word)
        )
    )
