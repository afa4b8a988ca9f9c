"""Counts over months as upright bars, communities and causes as lying ones; all begin at zero."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from briefing import palette
from briefing.figures import canvas, lines
from briefing.model import Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FITS = 14  # upright bars whose values fit above them, if they are short
PLACES = {"lower": _("偏低"), "higher": _("偏高")}


def draw(frame: canvas.Frame, chart: Chart) -> None:
    """Draw the bars of a chart: upright over months, lying by name."""
    if canvas.is_monthly(chart):
        _upright(frame, chart)
    else:
        _lying(frame, chart)


def _look(mark: str, is_last: bool) -> dict[str, Any]:
    """Return a bar's look: framed and coloured where it stands out, hatched where reports are missing."""
    if mark == "partial":
        return {"facecolor": "white", "edgecolor": palette.DARK_GREY, "hatch": canvas.HATCH, "linewidth": 0.8}
    if mark in PLACES:
        pair = palette.HIGHER if mark == "higher" else palette.LOWER
        return {"facecolor": pair[False], "edgecolor": palette.INK, "linewidth": 1.2}
    return {"facecolor": palette.ACCENT if is_last else palette.GREY, "edgecolor": "none"}


def _upright(frame: canvas.Frame, chart: Chart) -> None:
    axes = frame.axes()
    lines.band(axes, chart)
    series = chart.series[0]
    last = len(series.values) - 1
    for at, value in enumerate(series.values):
        if value is not None:
            axes.bar(at, value, width=0.72, zorder=2, **_look(canvas.mark_of(series, at), at == last))
    for at in _told(chart, series):
        axes.annotate(canvas.bare(chart, series.texts[at]), (at, series.values[at] or 0), xytext=(0, 1.5), ha="center",
                      va="bottom", textcoords="offset points", fontsize=canvas.SMALL)  # fmt: skip
    axes.set_xlim(-0.6, last + 0.6)
    axes.set_ylim(0, _top(chart) * 1.12)
    lines.goal(axes, chart)
    canvas.month_ticks(axes, chart.categories)
    frame.place(axes, canvas.value_axis(axes, chart) + lines.GAP, 1, lines.BELOW, lines.ABOVE)
    lines.missing(axes, series)


def _top(chart: Chart) -> float:
    values = [value for one in chart.series for value in one.values if value is not None]
    limits = [high for _low, high in chart.band if high is not None]
    return max([*values, *limits, chart.goal or 0], default=0) or 1


def _told(chart: Chart, series: Series) -> list[int]:
    """Return whose values are written above: all where they fit, else the last, the highest and who stands out."""
    told = [at for at, value in enumerate(series.values) if value is not None]
    longest = max((len(canvas.bare(chart, series.texts[at])) for at in told), default=0)
    if len(series.values) * longest <= FITS * 6:
        return told
    highest = max(told, key=lambda at: (series.values[at] or 0, at))
    return [at for at in told if at in (told[-1], highest) or canvas.mark_of(series, at) in PLACES]


def _lying(frame: canvas.Frame, chart: Chart) -> None:
    """Draw one row per name: bars for amounts, dots for shares, which are compared without their zero."""
    axes = frame.axes()
    series, others = chart.series[0], chart.series[1:]
    for at, value in enumerate(series.values):
        mark = canvas.mark_of(series, at)
        if value is None:
            axes.annotate(series.texts[at], (0, at), xycoords=("axes fraction", "data"), xytext=(3, 0), va="center",
                          textcoords="offset points", fontsize=canvas.SMALL, color=palette.NOTE)  # fmt: skip
        elif chart.is_percentage:
            _dot(axes, at, value, mark)
        else:
            axes.barh(at, value, height=0.66, zorder=2, **_look(mark, is_last=True))
        if value is not None:
            _end(axes, chart, series, at)
    _rows(axes, chart)
    canvas.value_axis(axes, chart, "x")
    has_lines = _references(axes, chart, others)
    left = max(canvas.text_mm(name, canvas.TEXT) for name in chart.categories)
    frame.place(axes, left + lines.GAP + 0.6, _ends_mm(chart, series), 5, 4.6 if has_lines else 1)


def _rows(axes: Axes, chart: Chart) -> None:
    """Write the names and give the values their room."""
    if chart.is_percentage:
        axes.margins(x=0.06)
        axes.hlines(range(len(chart.categories)), 0, 1, transform=axes.get_yaxis_transform(), color=palette.LIGHT_GREY,
                    linewidth=0.7, zorder=1)  # fmt: skip
    else:
        axes.set_xlim(0, _top(chart) * 1.03)
    axes.set_ylim(len(chart.categories) - 0.4, -0.6)
    axes.set_yticks(range(len(chart.categories)), chart.categories)
    axes.tick_params(axis="y", length=0, labelsize=canvas.TEXT)


def _dot(axes: Axes, at: int, value: float, mark: str) -> None:
    """Draw a share: a dot, a framed diamond where it stands out."""
    look = _look(mark, is_last=True)
    edge = palette.INK if mark in PLACES else look["facecolor"]
    axes.plot([value], [at], marker="D" if mark in PLACES else "o", markersize=7, color=look["facecolor"],
              markeredgecolor=edge, zorder=4)  # fmt: skip


def _said(chart: Chart, series: Series, at: int) -> str:
    """Return a value with 偏低 or 偏高 where it stands out."""
    return "　".join(filter(None, (canvas.bare(chart, series.texts[at]), PLACES.get(canvas.mark_of(series, at), ""))))


def _ends_mm(chart: Chart, series: Series) -> float:
    """Return how much room the values need on the right."""
    return max(canvas.text_mm(_said(chart, series, at), canvas.SMALL) for at in range(len(series.values))) + 3


def _end(axes: Axes, chart: Chart, series: Series, at: int) -> None:
    """Write a value, with 偏低 or 偏高 where it stands out: at a bar's end, of shares in a column of their own."""
    said = _said(chart, series, at)
    if chart.is_percentage:
        axes.annotate(said, (1, at), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
                      va="center", fontsize=canvas.SMALL)  # fmt: skip
        return
    axes.annotate(said, (series.values[at] or 0, at), xytext=(3, 0), textcoords="offset points", va="center", zorder=4,
                  fontsize=canvas.SMALL)  # fmt: skip


def _references(axes: Axes, chart: Chart, others: tuple[Series, ...]) -> bool:
    """Draw what the bars are held against: the whole street, the goal; return whether there is any."""
    found = [(one.values[0], one.title + one.texts[0], "--") for one in others if one.values[0] is not None]
    if chart.goal is not None:
        found.append((chart.goal, chart.goal_text, ":"))
    for index, (value, text, dashes) in enumerate(sorted(found, key=lambda each: each[0] or 0)):
        axes.axvline(value or 0, color=palette.INK, linewidth=0.9, linestyle=dashes, zorder=3)
        side = "right" if index == 0 and len(found) > 1 else "left"
        axes.annotate(text, (value or 0, 1), xycoords=("data", "axes fraction"), textcoords="offset points",
                      xytext=(-1 if side == "right" else 1, 1), ha=side, va="bottom", fontsize=canvas.SMALL)  # fmt: skip
    return bool(found)
