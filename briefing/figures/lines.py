"""Levels over months as lines: told apart by dashes and by the names at their ends, not by colour alone."""

from __future__ import annotations

from gettext import gettext as _
from itertools import groupby
from typing import TYPE_CHECKING, Any

from briefing import palette
from briefing.figures import canvas
from briefing.model import Chart, Series
from metrics.catalogue import metric_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP, BELOW, ABOVE = 2.2, 8.4, 1.5  # mm: beside the labels, below for months and years, above
FEW = 8  # values that are all written
NEAR_ZERO = 0.3  # of the highest value
STYLES: tuple[dict[str, Any], ...] = (
    {"color": palette.ACCENT, "linestyle": "-", "linewidth": 1.8},
    {"color": palette.DARK_GREY, "linestyle": (0, (5, 2)), "linewidth": 1.2},
    {"color": palette.LOWER[False], "linestyle": (0, (1, 1.2)), "linewidth": 1.4},
    {"color": palette.HIGHER[False], "linestyle": (0, (6, 1.5, 1, 1.5)), "linewidth": 1.4},
)


def draw(frame: canvas.Frame, chart: Chart) -> None:
    """Draw the lines of a chart with their normal range, the goal, and what is not reported."""
    axes = frame.axes()
    band(axes, chart)
    for index, series in enumerate(chart.series):
        _line(axes, chart, series, STYLES[index % len(STYLES)], is_first=index == 0)
    right = _names(axes, chart)
    goal(axes, chart)
    axes.set_xlim(-0.5, len(chart.categories) - 0.5)
    axes.margins(y=0.14)
    _floor(axes, chart)
    months_or_names(axes, chart)
    left = canvas.value_axis(axes, chart)
    frame.place(axes, left + GAP, right, BELOW, ABOVE)
    if chart.series:
        missing(axes, chart.series[0])


def _floor(axes: Axes, chart: Chart) -> None:
    """Begin at zero where the line comes near it: no number of ours is below."""
    values = [value for one in chart.series for value in one.values if value is not None]
    if values and 0 <= min(values) < max(values) * NEAR_ZERO:
        axes.set_ylim(bottom=0)


def months_or_names(axes: Axes, chart: Chart) -> None:
    """Write what stands under the axis."""
    if canvas.is_monthly(chart):
        canvas.month_ticks(axes, chart.categories)
    else:
        axes.set_xticks(range(len(chart.categories)), chart.categories)


def _line(axes: Axes, chart: Chart, series: Series, style: dict[str, Any], is_first: bool) -> None:
    """Draw one line, broken where nothing is reported; its dots are the months that reported in full."""
    places = range(len(series.values))
    for run in _runs(chart, series):
        axes.plot(run, [series.values[at] or 0.0 for at in run], solid_capstyle="round", **style)
    if not is_first:
        return
    for at in places:
        value, mark = series.values[at], canvas.mark_of(series, at)
        if value is None or mark == "carried":
            continue
        stands_out = {"higher": palette.HIGHER[False], "lower": palette.LOWER[False]}.get(mark)
        fill = "white" if mark == "partial" else stands_out or style["color"]
        size = 6 if stands_out else 3.6
        axes.plot([at], [value], marker="D" if stands_out else "o", markersize=size, color=fill,
                  markeredgecolor=stands_out or style["color"], markeredgewidth=1)  # fmt: skip
    _values(axes, chart, series)


def _runs(chart: Chart, series: Series) -> list[list[int]]:
    """Return the months that a line joins: none across a month without a value, nor over New Year what begins anew then."""
    is_yearly = metric_of(series.origin.metric).period == "ytd"
    runs: list[list[int]] = [[]]
    for at, value in enumerate(series.values):
        if value is None or (is_yearly and chart.categories[at].endswith(_("年1月"))):
            runs.append([])
        if value is not None:
            runs[-1].append(at)
    return [run for run in runs if run]


def _values(axes: Axes, chart: Chart, series: Series) -> None:
    """Write the values that the reader wants: all of a few, else the first, the last and those that stand out."""
    told = [at for at, value in enumerate(series.values) if value is not None]
    dots = [at for at in told if canvas.mark_of(series, at) != "carried"]
    chosen = dots if len(dots) <= FEW else [at for at in dots if at in (told[0], told[-1]) or _stands_out(series, at)]
    with_name = set(told[-1:]) if len(chart.series) > 1 else set()  # there it stands beside the line's name
    for at in {*chosen, *told[-1:]} - with_name:
        text = canvas.bare(chart, series.texts[at])
        axes.annotate(text, (at, series.values[at] or 0), xytext=(0, 5), textcoords="offset points", ha="center",
                      va="bottom", fontsize=canvas.TEXT if at == told[-1] else canvas.SMALL)  # fmt: skip


def _stands_out(series: Series, at: int) -> bool:
    return canvas.mark_of(series, at) in {"higher", "lower"}


def _names(axes: Axes, chart: Chart) -> float:
    """Write each line's name at its end where there are several, apart from each other; return the room they need."""
    told = [
        [text for text, value in zip(one.texts, one.values, strict=True) if value is not None] for one in chart.series
    ]
    if len(chart.series) < 2:
        return max((canvas.text_mm(texts[-1], canvas.TEXT) / 2 for texts in told if texts), default=0.0) + 1
    ends = [(values[-1], index) for index, one in enumerate(chart.series)
            if (values := [value for value in one.values if value is not None])]  # fmt: skip
    widest = 0.0
    for rank, (value, index) in enumerate(sorted(ends)):
        shift = (rank - (len(ends) - 1) / 2) * 5  # points: two lines that end together keep their names apart
        text = chart.series[index].title + canvas.bare(chart, told[index][-1])
        widest = max(widest, canvas.text_mm(text, canvas.SMALL))
        axes.annotate(text, (len(chart.categories) - 1, value), xytext=(9, shift), textcoords="offset points", ha="left",
                      va="center", fontsize=canvas.SMALL, color=STYLES[index % len(STYLES)]["color"])  # fmt: skip
    return widest + 2


def band(axes: Axes, chart: Chart) -> None:
    """Shade the normal range behind the months that have one, each run of equal limits as one piece."""
    runs = [
        (limits, [at for at, _limits in run]) for limits, run in groupby(enumerate(chart.band), key=lambda one: one[1])
    ]
    known = [(low, high, places) for (low, high), places in runs if low is not None and high is not None]
    for low, high, places in known:
        ends = [places[0] - 0.5, places[-1] + 0.5]
        axes.fill_between(ends, low, high, color=palette.SEQUENTIAL[0], linewidth=0, zorder=0)
        for edge in filter(None, (low, high)):  # an edge at 0 is the axis
            axes.plot(ends, [edge, edge], color=palette.SEQUENTIAL[2], linewidth=0.7, zorder=0.5)
    if known:
        _low, high, places = known[0]
        axes.annotate(_("正常波动范围"), (places[0] - 0.5, high), xytext=(2, 2), textcoords="offset points", va="bottom",
                      fontsize=canvas.SMALL, color=palette.SEQUENTIAL[4])  # fmt: skip


def goal(axes: Axes, chart: Chart) -> None:
    """Draw the level to reach with its name."""
    if chart.goal is None:
        return
    axes.axhline(chart.goal, color=palette.INK, linewidth=0.9, linestyle=(0, (2, 2)))
    axes.annotate(chart.goal_text, (0, chart.goal), xycoords=("axes fraction", "data"), xytext=(2, 2),
                  textcoords="offset points", va="bottom", fontsize=canvas.SMALL)  # fmt: skip


def missing(axes: Axes, series: Series) -> None:
    """Hatch the months without a report and say so in them: an empty place would look like zero."""
    for at, value in enumerate(series.values):
        if value is not None:
            continue
        if series.texts[at] == _("未报"):
            axes.axvspan(at - 0.4, at + 0.4, facecolor="none", edgecolor=palette.LIGHT_GREY, hatch="////", linewidth=0)
        axes.annotate(series.texts[at], (at, 0.5), xycoords=("data", "axes fraction"), ha="center", va="center",
                      rotation=90, fontsize=canvas.SMALL, color=palette.NOTE, backgroundcolor="white")  # fmt: skip
