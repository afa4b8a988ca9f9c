"""正常波动范围 in a figure of monthly bars: the range as a band behind them, the months that stand out in colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from gettext import gettext as _
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pages.parts import theme

if TYPE_CHECKING:
    from metrics.judging.trend import Point

HALF_MONTH = timedelta(days=15)
BAND = {False: theme.ACCENT, True: "#6fb3c8"}  # the theme's primary colour in light and dark
THIS_MONTH = {False: "#545c63", True: "#d5dadd"}


def colours(months: Sequence[str], points: Sequence[Point], is_dark: bool) -> list[str]:
    """Return each bar's colour: orange above the usual, blue below, else grey, the last one darker."""
    usual = [theme.GREY] * (len(months) - 1) + [THIS_MONTH[is_dark]]
    signals: Mapping[str, Point] = {f"{point.month:%Y-%m-%d}": point for point in points if point.signal}
    pairs = {month: theme.HIGHER if point.side > 0 else theme.LOWER for month, point in signals.items()}
    return [pairs[month][is_dark] if month in pairs else colour for month, colour in zip(months, usual, strict=True)]


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Return neighbouring months with the same limits together; months without limits make no run."""
    found = groupby(points, key=lambda point: (point.lower, point.centre, point.upper))
    return [list(run) for (_lower, _centre, upper), run in found if upper is not None]


def shapes(points: Sequence[Point], is_dark: bool, axis: str = "") -> list[dict[str, Any]]:
    """Return the range of each run of months as a band and its centre as a dashed line, behind the bars."""
    return [shape for run in _runs(points) for shape in _band(run, is_dark, axis)]


def _band(run: Sequence[Point], is_dark: bool, axis: str) -> list[dict[str, Any]]:
    here: dict[str, Any] = {
        "xref": f"x{axis}", "yref": f"y{axis}", "x0": f"{run[0].month - HALF_MONTH}", "x1": f"{run[-1].month + HALF_MONTH}",
        "layer": "below",
    }  # fmt: skip
    colour, first = BAND[is_dark], run[0]
    band = {"type": "rect", "y0": max(first.lower or 0, 0), "y1": first.upper, "fillcolor": colour, "opacity": 0.16}
    line = {
        "type": "line",
        "y0": first.centre,
        "y1": first.centre,
        "line": {"color": colour, "width": 1, "dash": "dot"},
    }
    return [{**here, **band, "line": {"width": 0}}, {**here, **line}]


def names(points: Sequence[Point], is_dark: bool) -> list[dict[str, Any]]:
    """Return the band's name at its upper right end."""
    return [
        {
            "text": _("正常波动范围"), "x": f"{run[-1].month + HALF_MONTH}", "y": run[-1].upper, "xanchor": "right",
            "yanchor": "bottom", "showarrow": False, "font": {"size": 12, "color": BAND[is_dark]},
        }
        for run in _runs(points)[-1:]
    ]  # fmt: skip


def zeros(points: Sequence[Point], is_dark: bool, axis: str = "") -> list[dict[str, Any]]:
    """Return a coloured 0 for each month that stands out by having none: a bar of no height shows no colour."""
    return [
        {
            "text": "0", "x": f"{point.month:%Y-%m-%d}", "y": 0, "xref": f"x{axis}", "yref": f"y{axis}",
            "yanchor": "bottom", "showarrow": False, "font": {"size": 12, "color": theme.LOWER[is_dark]},
        }
        for point in points
        if point.signal and not point.value
    ]  # fmt: skip
