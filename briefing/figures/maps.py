"""Communities as areas: darker is more, hatched is 未报, a thick frame is 偏低; each says its name and its number."""

from __future__ import annotations

from gettext import gettext as _
from math import cos, radians
from typing import TYPE_CHECKING

from briefing import palette
from briefing.figures import canvas
from briefing.model import Chart, Shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

Spot = tuple[float, float]
PALE = "#f2f4f5"
NAMES = 7.5  # points
LIST_SHARE = 0.4  # of the picture's width
LISTED = 16  # communities that fit beside the map


def draw(frame: canvas.Frame, chart: Chart) -> None:
    """Draw the communities of a chart; on a map that leaves the room the values stand beside it as a list."""
    has_list = _is_narrow(chart.shapes) and len(chart.shapes) <= LISTED
    axes = frame.axes()
    axes.set_axis_off()
    shrink = _shrink(chart.shapes)
    axes.set_aspect(1 / shrink)
    known = sorted(shape.value for shape in chart.shapes if shape.value is not None)
    for shape in sorted(chart.shapes, key=lambda one: one.is_marked):  # frames over their neighbours' edges
        _area(axes, shape, known)
    for shape in chart.shapes:
        _label(axes, shape, known, shape.name if has_list else f"{shape.name}\n{shape.text}")
    axes.autoscale_view()
    beside = frame.width * LIST_SHARE if has_list else 0.0
    frame.place(axes, 1, 1 + beside, 1, 1)
    if has_list:
        listed = frame.axes()
        _list(listed, chart.shapes, known)
        frame.place(listed, frame.width - beside, 1, 1, 1)


def _is_narrow(shapes: tuple[Shape, ...]) -> bool:
    """Return whether the street is taller than wide."""
    xs, ys = ([spot[axis] for shape in shapes for ring in shape.rings for spot in ring] for axis in (0, 1))
    return bool(xs) and (max(xs) - min(xs)) * _shrink(shapes) < max(ys) - min(ys)


def _list(axes: Axes, shapes: tuple[Shape, ...], known: list[float]) -> None:
    """Write the communities with their values, each with its shade."""
    from matplotlib.patches import Rectangle

    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(len(shapes) - 0.4, -0.6)
    for at, shape in enumerate(shapes):
        axes.add_patch(Rectangle((0, at - 0.32), 0.09, 0.64, hatch="//////" if _is_missing(shape) else None,
                                 facecolor=fill(shape, known), edgecolor=_edge(shape), linewidth=_width(shape)))  # fmt: skip
        axes.text(0.14, at, shape.name, va="center", fontsize=canvas.TEXT)
        axes.text(0.62, at, shape.text, va="center", ha="right", fontsize=canvas.TEXT)
        if shape.is_marked:
            axes.text(0.67, at, _("偏低"), va="center", fontsize=canvas.TEXT)


def _shrink(shapes: tuple[Shape, ...]) -> float:
    """Return how much narrower a degree of longitude is here than one of latitude."""
    north = [spot[1] for shape in shapes for ring in shape.rings for spot in ring]
    return cos(radians((min(north) + max(north)) / 2)) if north else 1.0


def fill(shape: Shape, known: list[float]) -> str:
    """Return an area's colour; white and pale where there is none."""
    if shape.value is None:
        return PALE if shape.is_hidden else "#ffffff"
    return palette.shade(shape.value, known[0], known[-1])


def _area(axes: Axes, shape: Shape, known: list[float]) -> None:
    from matplotlib.patches import PathPatch

    look = {"facecolor": fill(shape, known), "edgecolor": _edge(shape), "linewidth": _width(shape)}
    axes.add_patch(PathPatch(outline(shape), hatch="////" if _is_missing(shape) else None, **look))


def _is_missing(shape: Shape) -> bool:
    return shape.value is None and not shape.is_hidden


def _edge(shape: Shape) -> str:
    return palette.INK if shape.is_marked else palette.GREY


def _width(shape: Shape) -> float:
    return 2.0 if shape.is_marked else 0.5


def outline(shape: Shape) -> Path:
    """Return all rings of an area as one path; a ring within another is a hole."""
    from matplotlib.path import Path

    return Path.make_compound_path(*(Path([*ring, ring[0]], closed=True) for ring in shape.rings))


def middle(shape: Shape) -> Spot:
    """Return the middle of an area's largest ring, where its name stands."""
    ring = max(shape.rings, key=lambda ring: abs(_twice_area(ring)))
    twice = _twice_area(ring)
    if not twice:
        return sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs)
    return x / (3 * twice), y / (3 * twice)


def _twice_area(ring: tuple[Spot, ...]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))


def _label(axes: Axes, shape: Shape, known: list[float], text: str) -> None:
    """Write into an area, with a rim in its colour: a name may be longer than its community."""
    from matplotlib.patheffects import withStroke

    ground = fill(shape, known)
    ink = "#ffffff" if palette.is_dark(ground) else palette.INK
    axes.annotate(text, middle(shape), ha="center", va="center", color=ink, fontsize=NAMES, linespacing=1.15,
                  path_effects=[withStroke(linewidth=1.6, foreground=ground)])  # fmt: skip
