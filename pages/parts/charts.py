"""Answers as Plotly figures (plain dicts): months, causes, months by communities. Nothing is asked or shown here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from metrics.judging.festival import SPRING_FESTIVALS
from metrics.periods import parse_month
from metrics.question import Row
from pages.parts import control, theme

if TYPE_CHECKING:
    from metrics.judging.trend import Point

Figure = dict[str, Any]
COLUMNS, LONGEST_NAME = 2, 10
NOTHING, HIDDEN = "／", "＊"
ONE_MONTH = 20 * 24 * 3600 * 1000  # milliseconds: a bar that stands alone has no neighbour to take its width from


@dataclass(frozen=True)
class Series:
    """One small chart: its name, its total in words, its months and what they are held against."""

    name: str
    total: str
    rows: Sequence[Row]
    points: Sequence[Point] = ()


@dataclass(frozen=True)
class Look:
    """What every figure of a page shares: the sample's mark, the theme, how a value is written."""

    is_sample: bool
    is_dark: bool
    text: Callable[[Row], str]


def _layout(height: int, look: Look) -> Figure:
    """Return the common layout without a title: the page writes it above, where it can wrap on a phone."""
    layout = theme.chart_layout("", height=height, is_sample=look.is_sample)
    layout["margin"]["t"] = 8
    return layout


def _months(rows: Sequence[Row]) -> list[str]:
    return [f"{parse_month(row.keys['month'] or ''):%Y-%m-%d}" for row in rows]


def _festival_bands(months: Sequence[str]) -> list[dict[str, Any]]:
    """Return a band behind each month in which Spring Festival fell."""
    festivals = {f"{day:%Y-%m}-01" for day in SPRING_FESTIVALS}
    bands = []
    for month in months:
        if month in festivals:
            middle = date.fromisoformat(month)
            ends: Figure = {
                "x0": f"{middle - control.HALF_MONTH}",
                "x1": f"{middle + control.HALF_MONTH}",
                "y0": 0,
                "y1": 1,
            }
            fill: Figure = {"fillcolor": theme.GREY, "opacity": 0.18, "line": {"width": 0}, "layer": "below"}
            bands.append({"type": "rect", "xref": "x", "yref": "y domain", **ends, **fill})
    return bands


def _festival_names(bands: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "text": _("春节"), "x": band["x1"], "xref": "x", "y": 1, "yref": "y domain", "xanchor": "left",
            "yanchor": "top", "showarrow": False, "font": {"size": 12, "color": theme.GREY},
        }
        for band in bands
    ]  # fmt: skip


def _bars(rows: Sequence[Row], points: Sequence[Point], look: Look, **axes: str) -> dict[str, Any]:
    """Return one bar a month; one beyond its range is coloured, the last one darker, an incomplete month hatched."""
    return {
        "type": "bar",
        "x": _months(rows),
        "y": [row.value for row in rows],
        "customdata": [look.text(row) for row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "color": control.colours(_months(rows), points, look.is_dark),
            "pattern": {"shape": ["/" if row.is_partial else "" for row in rows], "size": 4},
        },
        **({"width": ONE_MONTH} if len(rows) == 1 else {}),
        **axes,
    }


def monthly(rows: Sequence[Row], look: Look, points: Sequence[Point] = ()) -> Figure:
    """Return bars by month with 正常波动范围 and Spring Festival shaded; months with reports missing are hatched."""
    layout = _layout(280, look)
    bands = _festival_bands(_months(rows))
    layout["shapes"] = [*bands, *control.shapes(points, look.is_dark)]
    notes = [
        *_festival_names(bands),
        *control.names(points, look.is_dark),
        *_missing(rows),
        *control.zeros(points, look.is_dark),
    ]
    layout["annotations"] = [*layout["annotations"], *notes]
    layout["bargap"] = 0.25
    layout["yaxis"] |= {"rangemode": "tozero", "tickformat": ",~r"}
    layout["xaxis"] |= _month_axis(rows)
    layout["margin"]["t"] = 24  # on a phone a tall bar would stand over the sample's mark
    return {"data": [_bars(rows, points, look)], "layout": _mark_above(layout, 4)}


def _month_axis(rows: Sequence[Row]) -> dict[str, Any]:
    """Return ticks that say each month for a year, else each half-year or year."""
    step = next((months for limit, months in ((13, 1), (25, 3), (49, 6)) if len(rows) <= limit), 12)
    return {"dtick": f"M{step}", "tickformat": "%-m月\n%Y年" if step < 12 else "%Y年", "ticklabelmode": "instant"}


def _missing(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the word 未报 or 不显示 where a month shows nothing: an empty place would look like zero."""
    return [
        {"text": _("不显示") if row.is_suppressed else _("未报"), "x": month, "y": 0, "yanchor": "bottom", "showarrow": False, "textangle": -90,
         "font": {"size": 12, "color": theme.GREY}}
        for month, row in zip(_months(rows), rows, strict=True)
        if row.value is None
    ]  # fmt: skip


def small_multiples(series: Sequence[Series], look: Look) -> Figure:
    """Return one small chart of monthly bars per series, all on the same scale."""
    lines = -(-len(series) // COLUMNS)
    layout = _layout(20 + 170 * lines, look)
    highest = [row.value or 0 for one in series for row in one.rows]  # the scale needs a top only
    top = max([*highest, *(point.upper or 0 for one in series for point in one.points)], default=1)
    traces: list[dict[str, Any]] = []
    layout["shapes"] = []
    for number, one in enumerate(series, start=1):
        line, column = divmod(number - 1, COLUMNS)
        axis = str(number) if number > 1 else ""  # Plotly calls the first axes x and y
        traces.append(_bars(one.rows, one.points, look, xaxis=f"x{axis}", yaxis=f"y{axis}"))
        layout |= _small_axes(axis, _place(line, column, lines), one.rows, top, column == 0, line == lines - 1)
        layout["shapes"] += control.shapes(one.points, look.is_dark, axis)
        notes = [_small_title(one.name, one.total, axis), *control.zeros(one.points, look.is_dark, axis)]
        layout["annotations"] = [*layout["annotations"], *notes]
    layout["margin"]["t"] = 56
    layout["bargap"] = 0.2
    return {"data": traces, "layout": _mark_above(layout, 38)}


def _place(line: int, column: int, lines: int) -> tuple[list[float], list[float]]:
    """Return where a small chart stands in the figure, from left to right and from top to bottom."""
    width, height = 1 / COLUMNS, 1 / lines
    across = [(column + 0.04) * width, (column + 0.88) * width]
    return across, [1 - (line + 0.6) * height, 1 - line * height]


def _small_axes(
    axis: str, place: tuple[list[float], list[float]], rows: Sequence[Row], top: float, is_first: bool, is_last: bool
) -> dict[str, Any]:
    months = _months(rows)
    ends = [months[0], months[-1]]
    return {
        f"xaxis{axis}": {
            "domain": place[0], "anchor": f"y{axis}", "tickvals": ends, "fixedrange": True, "tickformat": "%-m月\n%Y年",
            "tickfont": {"size": 11}, "showgrid": False, "showticklabels": is_last,
        },
        f"yaxis{axis}": {
            "domain": place[1], "anchor": f"x{axis}", "range": [0, top * 1.15], "nticks": 3, "fixedrange": True,
            "showticklabels": is_first, "tickfont": {"size": 11},
        },
    }  # fmt: skip


def _small_title(name: str, total: str, axis: str) -> dict[str, Any]:
    """Return a small chart's name and total in two lines; a long name is shortened and told in full on hover."""
    short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    return {
        "text": f"{short}<br>{total}", "hovertext": f"{name}　{total}", "xref": f"x{axis} domain", "yref": f"y{axis} domain",
        "x": 0, "y": 1.04, "xanchor": "left", "yanchor": "bottom", "align": "left", "showarrow": False, "font": {"size": 13},
    }  # fmt: skip


def heat_map(rows: Sequence[Row], months_shown: Sequence[date], look: Look) -> Figure:
    """Return communities by months; what is not reported bears a ／, what is kept back a ＊, neither a 0."""
    names = list(dict.fromkeys(row.keys["community"] or "" for row in rows))
    months = [f"{month:%Y-%m-%d}" for month in months_shown]
    found = {(row.keys["community"], f"{row.keys['month']}-01"): row for row in rows}
    cells = [[found[name, month] for month in months] for name in names]
    layout = _layout(104 + 26 * len(names), look)
    layout["yaxis"] |= {"range": [len(names) - 0.5, -0.5], "type": "category", "showgrid": False}
    layout["xaxis"] |= {**_month_axis(cells[0] if cells else ()), "showgrid": False}
    layout["margin"]["t"] = 24
    missing = [(month, name) for name, line in zip(names, cells, strict=True)
               for month, row in zip(months, line, strict=True) if row.value is None and not row.is_suppressed]  # fmt: skip
    hidden = [(month, name, look.text(row)) for name, line in zip(names, cells, strict=True)
              for month, row in zip(months, line, strict=True) if row.is_suppressed]  # fmt: skip
    marks = [_slashes(missing), *([_stars(hidden)] if hidden else [])]
    return {"data": [_heat(names, months, cells, look), *marks], "layout": _mark_above(layout)}


def _heat(names: list[str], months: list[str], cells: list[list[Row]], look: Look) -> dict[str, Any]:
    return {
        "type": "heatmap", "x": months, "y": names, "z": [[row.value for row in line] for line in cells], "zmin": 0,
        "customdata": [[look.text(row) for row in line] for line in cells],
        "hovertemplate": "%{y}　%{customdata}<extra></extra>", "hoverongaps": False,
        "colorscale": theme.sequential(look.is_dark), "xgap": 1, "ygap": 1,
        "texttemplate": "%{z}" if len(months) <= 24 else "", "textfont": {"size": 12}, "showscale": len(months) > 24,
        "colorbar": {"thickness": 8, "outlinewidth": 0, "len": 0.6, "y": 1, "yanchor": "top"},
    }  # fmt: skip


def _slashes(places: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "text", "x": [month for month, _name in places], "y": [name for _month, name in places],
        "text": [NOTHING] * len(places), "textfont": {"size": 18, "color": theme.GREY},
        "hovertemplate": _("%{y}　未报送（不按0计算）") + "<extra></extra>",
    }  # fmt: skip


def _stars(places: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Return the marks of cells that are kept back to protect persons; the hover says so."""
    return {
        "type": "scatter", "mode": "text", "x": [month for month, _name, _why in places],
        "y": [name for _month, name, _why in places], "customdata": [why for _month, _name, why in places],
        "text": [HIDDEN] * len(places), "textfont": {"size": 14, "color": theme.GREY},
        "hovertemplate": "%{y}　%{customdata}<extra></extra>",
    }  # fmt: skip


def _mark_above(layout: dict[str, Any], rise: int = 0) -> dict[str, Any]:
    """Return the layout with the sample's mark (the note that hangs on the paper) above the cells, not over them."""
    layout["annotations"] = [
        {**note, "yanchor": "bottom", "yshift": rise} if note.get("xref") == "paper" else note
        for note in layout["annotations"]
    ]
    return layout
