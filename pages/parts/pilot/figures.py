"""The figures of 试点成效: the pilot's course beside the others', and how far every community's change lies from the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from gettext import gettext as _
from typing import Any

from metrics.judging.pilot import Found, Place
from metrics.periods import parse_month, shift
from metrics.phrases import range_text
from metrics.question import Row
from pages.parts import theme
from pages.parts.charts import Figure, Look

QUARTER_ENDS = (3, 6, 9, 12)
USUAL = {False: "#dde2e5", True: "#333c42"}  # by is_dark
MIDDLE = timedelta(days=45)  # a quarter is known by its last month and drawn in its middle


def _layout(height: int, look: Look) -> Figure:
    layout = theme.chart_layout("", height=height, is_sample=look.is_sample)
    layout["margin"]["t"] = 44  # above the figure: legend and the sample's mark
    layout["annotations"] = [{**note, "yanchor": "bottom", "yshift": 20} for note in layout["annotations"]]
    return layout


def course(found: Found, own: Sequence[Row], others: Sequence[Row], look: Look) -> Figure:
    """Return two lines by quarter, the start as a dashed line; an incomplete quarter leaves a gap."""
    layout = _layout(300, look)
    dark, grey = {False: theme.ACCENT, True: "#6fb3c8"}[look.is_dark], theme.GREY
    lines = ((found.pilot.community, own, dark, "solid", 3), (_("其他社区合计"), others, grey, "dot", 2))
    traces = [_line(name, _quarters(rows), look, colour, dash, width) for name, rows, colour, dash, width in lines]
    start = f"{found.pilot.start}"
    layout["shapes"] = [
        {"type": "line", "x0": start, "x1": start, "y0": 0, "y1": 1, "yref": "y domain",
         "line": {"color": grey, "width": 1, "dash": "dash"}}
    ]  # fmt: skip
    layout["annotations"] = [
        *layout["annotations"],
        {"text": _("试点开始"), "x": start, "y": 1, "yref": "y domain", "xanchor": "left", "yanchor": "top",
         "showarrow": False, "font": {"size": 12, "color": grey}},
    ]  # fmt: skip
    layout["showlegend"] = True
    layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "font": {"size": 13}}
    layout["yaxis"] |= {"rangemode": "tozero"}
    layout["yaxis"] |= {"tickformat": ".0%"} if found.metric.is_percentage else {}
    layout["xaxis"] |= {"dtick": "M12", "tick0": f"{found.before[0]}"}
    return {"data": traces, "layout": layout}


def _quarters(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if _month(row).month in QUARTER_ENDS]


def _month(row: Row) -> date:
    return parse_month(row.keys["month"] or "")


def _line(name: str, rows: Sequence[Row], look: Look, colour: str, dash: str, width: int) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines+markers", "name": name, "x": [f"{shift(_month(row), 1) - MIDDLE}" for row in rows],
        "y": [None if row.is_partial else row.value for row in rows],
        "customdata": [f"{range_text(shift(_month(row), -2), _month(row))}　{look.text(row)}" for row in rows],
        "connectgaps": False,
        "hovertemplate": f"{name}　%{{customdata}}<extra></extra>",
        "line": {"color": colour, "dash": dash, "width": width}, "marker": {"size": 6},
    }  # fmt: skip


def gaps(places: Sequence[Place], texts: Sequence[str], is_percentage: bool, look: Look) -> Figure:
    """Return one dot a community over a grey bar around 0, which is how far is usual, in official order."""
    layout = _layout(100 + 24 * len(places), look)
    accent = {False: theme.ACCENT, True: "#6fb3c8"}[look.is_dark]
    colours = [accent if place.is_pilot else theme.GREY for place in places]
    size = 100 if is_percentage else 1
    layout["yaxis"] |= {"autorange": "reversed", "type": "category"}
    layout["xaxis"] |= {"tickformat": "", "zeroline": True, "zerolinecolor": theme.GREY}
    layout["xaxis"]["title"] = {
        "text": _("变化减去其他社区的变化（个百分点）") if is_percentage else _("变化减去其他社区的变化")
    }
    names = [place.community for place in places]
    usual = {
        "type": "bar", "orientation": "h", "y": names, "base": [-place.usual * size for place in places],
        "x": [2 * place.usual * size for place in places], "width": 0.5, "hoverinfo": "skip",
        "marker": {"color": USUAL[look.is_dark], "line": {"width": 0}},
    }  # fmt: skip
    dots = {
        "type": "scatter", "mode": "markers", "x": [place.gap * size for place in places],
        "y": names, "customdata": list(texts),
        "marker": {"color": colours, "size": [11 if place.is_pilot else 8 for place in places]},
        "hovertemplate": "%{y}　%{customdata}<extra></extra>",
    }  # fmt: skip
    return {"data": [usual, dots], "layout": layout}
