"""A chart as a sheet: its numbers in rows, and beside them a chart that Excel draws from them and anybody can edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from briefing.model import Chart, Series
from briefing.palette import ACCENT, GREY, HIGHER, INK, LIGHT_GREY, LOWER
from briefing.printable import FIRST_ROW, Sheet, harmless, page_setup, room, write_cell, write_head, write_notes
from briefing.writers.printed_numbers import number_in
from metrics.columns import DIMENSIONS

COLOURS = (ACCENT, HIGHER[False], INK, LOWER[False])  # with their own dashes: grey print tells them apart
DASHES = ("solid", "dash", "square_dot", "long_dash_dot")
SIZE = {"width": 760, "height": 420}
CHART_COLUMNS = 11  # of the usual width, beside the table
FEW = 12  # names that stand upright below a chart
# What a category's mark means, in words; where there is a normal range, higher and lower are beyond it.
MARKS = {"higher": _("偏高"), "lower": _("偏低"), "partial": _("有社区未报"), "carried": _("沿用上一期名册")}
QUOTED = re.compile('"[^"]*"')


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of the sheet and a series of the chart; `formats` per cell, `plain` without words, for the axis."""

    title: str
    values: tuple[float | None, ...]
    formats: tuple[str, ...]
    plain: str


def write_chart(book: Any, page: Any, chart: Chart, sheet: Sheet) -> None:
    """Write a chart's numbers as a table, the chart beside it and its notes below."""
    names, columns = _categories(chart), _columns(chart)
    remarks = _remarks(chart, len(names))
    titles = [_first_title(chart), *(column.title for column in columns)]
    titles += [_("备注")] if any(remarks) else []
    page_setup(page, sheet)
    widths = [max(13, room(title) + 1) for title in titles]
    widths[-1] = max(widths[-1], *(room(words) + 1 for words in remarks), 0)
    write_head(book, page, titles, widths, sheet, beside=CHART_COLUMNS)
    _write_rows(book, page, names, columns, remarks)
    write_notes(book, page, FIRST_ROW + len(names), chart.notes)
    drawn = _drawn(book, page, chart, columns, len(names))
    drawn.set_x_axis({"num_font": {"rotation": -45 if len(names) > FEW else 0}} | _marked(sheet))
    page.insert_chart(FIRST_ROW, len(titles) + 1, drawn, {"description": f"{chart.title}。{chart.alt}", "x_offset": 12})


def _marked(sheet: Sheet) -> dict[str, Any]:
    """Return the sample's mark as the axis title: it stands inside the picture, wherever that is pasted."""
    font = {"bold": False, "size": 9, "color": GREY}
    return {"name": sheet.mark, "name_font": font} if sheet.mark else {}


def _categories(chart: Chart) -> tuple[str, ...]:
    return tuple(shape.name for shape in chart.shapes) if chart.kind == "map" else chart.categories


def _first_title(chart: Chart) -> str:
    of = "community" if chart.kind == "map" else chart.series[0].origin.of if chart.series else ""
    return DIMENSIONS[of].title if of in DIMENSIONS else _("期间")


def _columns(chart: Chart) -> list[Numbers]:
    """Return every column of numbers: the series, the goal, the two ends of the normal range."""
    if chart.kind == "map":
        texts = tuple(shape.text for shape in chart.shapes)
        return [_numbers(_("数值"), tuple(shape.value for shape in chart.shapes), texts)]
    found = [_numbers(line.title, line.values, line.texts) for line in chart.series]
    form, count = found[0].plain if found else "#,##0", len(chart.categories)
    if chart.goal is not None:
        found.append(Numbers(chart.goal_text or _("目标"), (chart.goal,) * count, (form,) * count, form))
    if chart.band:
        ends = ((_("正常波动范围下限"), 0), (_("正常波动范围上限"), 1))
        found += [Numbers(title, tuple(pair[end] for pair in chart.band), (form,) * count, form) for title, end in ends]
    return found


def _numbers(title: str, values: tuple[float | None, ...], texts: tuple[str, ...]) -> Numbers:
    """Return a column of which every cell reads as printed, 约 where the number is approximate."""
    found = [number.format if (number := number_in(text)) else "" for text in texts]
    usual = next(filter(None, found), "#,##0")
    return Numbers(title, values, tuple(form or usual for form in found), QUOTED.sub("", usual))


def _remarks(chart: Chart, count: int) -> list[str]:
    """Return what stands beside a row: why it has no number (未报), what marks it, that the map frames it."""
    if chart.kind == "map":
        return [shape.text if shape.value is None else _("加框") if shape.is_marked else "" for shape in chart.shapes]
    found: list[list[str]] = [[] for _at in range(count)]
    for line in chart.series:
        name = f"{line.title}：" if len(chart.series) > 1 else ""
        for at, words in enumerate(_said(chart, line)):
            found[at] += [name + words] if words else []
    return ["；".join(words) for words in found]


def _said(chart: Chart, line: Series) -> Iterator[str]:
    """Yield what must be said of each of a series' numbers; "" where nothing is."""
    outside = {"higher": _("超出正常波动"), "lower": _("超出正常波动")} if chart.band else {}
    texts = MARKS | outside
    for value, text, mark in zip(line.values, line.texts, line.marks or ("",) * len(line.values), strict=True):
        yield text if value is None else texts.get(mark, "")


def _write_rows(book: Any, page: Any, names: tuple[str, ...], columns: list[Numbers], remarks: list[str]) -> None:
    edge = {"border": 1, "valign": "vcenter"}
    count, text = book.add_format(edge | {"align": "center"}), book.add_format(edge | {"align": "left"})
    for at, name in enumerate(names):
        row = FIRST_ROW + at
        page.write_number(row, 0, at + 1, count)
        write_cell(page, row, 1, harmless(name), text)
        for index, column in enumerate(columns, start=2):  # an empty cell is a gap in the line, never a zero
            look = book.add_format(edge | {"align": "right", "num_format": column.formats[at]})
            write_cell(page, row, index, column.values[at], look)
        if any(remarks):
            write_cell(page, row, len(columns) + 2, harmless(remarks[at]), text)


def _drawn(book: Any, page: Any, chart: Chart, columns: list[Numbers], count: int) -> Any:
    """Return the chart that Excel draws: lines told apart by dashes too, the goal and the normal range in grey."""
    own = max(1, len(chart.series))
    drawn = book.add_chart({"type": "line" if chart.kind == "line" else "column"})
    beside = drawn if chart.kind == "line" else book.add_chart({"type": "line"})
    for index in range(len(columns)):
        place = _series(page, index, count)
        (drawn if index < own else beside).add_series(place | _style(chart, index, own) | _points(chart, index))
    if beside is not drawn and len(columns) > own:
        drawn.combine(beside)
    drawn.set_title({"name": chart.title, "overlay": False, "name_font": {"size": 13, "bold": True, "color": INK}})
    drawn.set_legend({"position": "bottom"} if len(columns) > 1 else {"none": True})
    grid = {"visible": True, "line": {"color": LIGHT_GREY}}
    drawn.set_y_axis({"num_format": columns[0].plain, "major_gridlines": grid} | _ends(chart, columns))
    drawn.show_blanks_as("gap")
    drawn.set_size(SIZE)
    return drawn


def _series(page: Any, index: int, count: int) -> dict[str, Any]:
    """Return where a series' name, categories and values stand on the sheet."""
    name, last, column = page.get_name(), FIRST_ROW + count - 1, index + 2
    return {
        "name": [name, FIRST_ROW - 1, column],
        "categories": [name, FIRST_ROW, 1, last, 1],
        "values": [name, FIRST_ROW, column, last, column],
    }


def _ends(chart: Chart, columns: list[Numbers]) -> dict[str, int]:
    """Return where the scale begins and ends: bars at 0, shares of a whole at 100%."""
    values = [value for column in columns for value in column.values if value is not None]
    if chart.kind == "line" or not values or min(values) < 0:
        return {}
    return {"min": 0} | ({"max": 1} if chart.is_percentage and max(values) <= 1 else {})


def _style(chart: Chart, index: int, own: int) -> dict[str, Any]:
    """Return how a series is drawn: the chart's own in colours, what it is held against as thin grey lines."""
    if index >= own:
        is_goal = chart.goal is not None and index == own
        line = {"color": GREY, "width": 1.25, "dash_type": "dash" if is_goal else "round_dot"}
        return {"line": line, "marker": {"type": "none"}}
    colour = COLOURS[index % len(COLOURS)]
    if chart.kind != "line":
        return {"fill": {"color": colour}, "gap": 60}
    marker = {"type": "circle", "size": 4, "fill": {"color": colour}, "border": {"color": colour}}
    return {"line": {"color": colour, "width": 2.25, "dash_type": DASHES[index % len(DASHES)]}, "marker": marker}


def _points(chart: Chart, index: int) -> dict[str, Any]:
    """Return how single points differ: hatched where reports are missing, framed where a number stands out, no dot
    where a register was carried on."""
    marks = chart.series[index].marks if index < len(chart.series) else ()
    if not any(marks):
        return {}
    colour = COLOURS[index % len(COLOURS)]
    looks: dict[str, dict[str, Any]] = {
        "partial": {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "#ffffff"}},
        "higher": {"fill": {"color": colour}, "border": {"color": INK, "width": 2.5}},
        "lower": {"fill": {"color": colour}, "border": {"color": INK, "width": 2.5}},
        "carried": {"fill": {"none": True}, "border": {"none": True}},
    }
    if chart.kind == "line":
        looks.pop("partial")
    return {"points": [looks.get(mark) for mark in marks]}
