"""社区大小与数值对照图 (the funnel plot) as SVG text: every community at its size and value between the limits.

No Streamlit, no Plotly. Colours speak of size alone and come from the caller, who knows the theme and the indicator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from html import escape
from math import ceil, floor, log10

from pages.parts.svg import ACCENT, FONT, GREY, GROUND, INK, position

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 480.0, 350.0, 46.0, 14.0, 44.0, 40.0
Text = Callable[[float], str]
Four = tuple[float, float, float, float]  # low95, high95, low998, high998


@dataclass(frozen=True)
class Spot:
    """One community: its size and value, its own limits, its colour ("" for none) and what a hover says."""

    name: str
    size: float
    value: float
    limits: Four
    shade: str
    title: str
    is_own: bool = False
    is_named: bool = False  # it stands out, whether or not a colour may say so
    is_faint: bool = False  # too few to be compared


@dataclass(frozen=True)
class Axes:
    """The ends of both scales and how their numbers are written."""

    sizes: tuple[float, float]
    values: tuple[float, float]
    size_text: Text
    value_text: Text
    size_title: str
    value_unit: str = ""  # stands once above the scale, not at each number

    def x(self, size: float) -> float:
        """Return where a size stands."""
        return LEFT + position(size, *self.sizes) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return where a value stands; what lies beyond the scale stands at its edge."""
        inside = min(max(value, self.values[0]), self.values[1])
        return HEIGHT - FOOT - position(inside, *self.values) * (HEIGHT - FOOT - TOP)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers from low to high, at most so many: steps of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return [low]
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * (1 - 1e-9))
    return [round(index * step, 10) for index in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def ends(spots: Sequence[Spot], target: float, top: float | None) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the ends of both scales: all communities, their limits as far as they say something, the target.

    A limit further out than twice what the values span would press the values together; it runs off the picture.
    """
    sizes = [spot.size for spot in spots]
    inner = [target, *(spot.value for spot in spots), *(end for spot in spots for end in spot.limits[:2])]
    far = [end for spot in spots for end in spot.limits[2:]]
    span = max(inner) - min(inner) or abs(target) or 1.0
    low = max(min([*inner, *far]), min(inner) - span / 2)
    high = min(max([*inner, *far]), max(inner) + span / 2)
    room = (high - low) * 0.05
    upper = high + room if top is None else min(high + room, top + room)
    return (min(sizes) * 0.7, max(sizes) * 1.05), (max(low - room, 0.0), upper)


def _text(x: float, y: float, text: str, anchor: str = "start", ink: str = GREY, size: float = 13) -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
    return f'<text {where} style="fill:{ink}">{escape(text)}</text>'


def _grid(axes: Axes) -> list[str]:
    """Draw the scales: thin lines for values, numbers of both, and what the sizes are."""
    body = []
    for value in ticks(*axes.values, 5):
        y = axes.y(value)
        body.append(
            f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" style="stroke:{GREY};stroke-width:.6;opacity:.35"/>'
            + _text(LEFT - 6, y + 4, axes.value_text(value), "end")
        )
    body += [
        _text(min(axes.x(size), WIDTH - 22), HEIGHT - FOOT + 17, axes.size_text(size), "middle")
        for size in ticks(*axes.sizes, 5)
    ]
    unit = _text(LEFT - 6, 34, axes.value_unit, "end")
    return [*body, unit, _text(WIDTH - RIGHT, HEIGHT - 4, axes.size_title, "end")]


def _curve(sizes: Sequence[float], values: Sequence[float], axes: Axes, is_far: bool) -> str:
    """Draw one limit over the sizes; where it leaves the scale the line is broken."""
    path, pen = "", "M"
    for size, value in zip(sizes, values, strict=True):
        if not axes.values[0] <= value <= axes.values[1] or not axes.sizes[0] <= size <= axes.sizes[1]:
            pen = "M"
            continue
        path, pen = f"{path}{pen}{axes.x(size):.1f} {axes.y(value):.1f}", "L"
    dash = "" if is_far else ' stroke-dasharray="5 4"'
    return f'<path d="{path}" fill="none"{dash} style="stroke:{GREY};stroke-width:1.3"/>' if path else ""


def _own_limits(spot: Spot, axes: Axes) -> str:
    """Draw one community's own limits as an upright bar, thick to 95 %, thin to 99.8 %."""
    low95, high95, low998, high998 = map(axes.y, spot.limits)
    x = axes.x(spot.size)
    thin = f'<path d="M{x:.1f} {low998:.1f}V{high998:.1f}" style="stroke:{GREY};stroke-width:1.2;opacity:.7"/>'
    return f'{thin}<path d="M{x:.1f} {low95:.1f}V{high95:.1f}" style="stroke:{GREY};stroke-width:6;opacity:.35"/>'


def _dot(spot: Spot, axes: Axes) -> str:
    x, y, fill = axes.x(spot.size), axes.y(spot.value), spot.shade or (ACCENT if spot.is_own else INK)
    look = f"fill:{GROUND};stroke:{fill};stroke-width:1.5" if spot.is_faint else f"fill:{fill};stroke:{GROUND}"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{7 if spot.is_own else 5.5}" style="{look}"/>'


def _name(spot: Spot, axes: Axes) -> str:
    """Write a name beside its dot, on the side where there is room."""
    x, y = axes.x(spot.size), axes.y(spot.value)
    is_right = x > WIDTH - 110
    text = _text(x + (-10 if is_right else 10), y + 5, spot.name, "end" if is_right else "start", INK, 14)
    # A rim of the ground's colour: limits may run through the name.
    return text.replace('style="', f'style="paint-order:stroke;stroke:{GROUND};stroke-width:3;')


def _hover(spot: Spot, axes: Axes) -> str:
    place = f'cx="{axes.x(spot.size):.1f}" cy="{axes.y(spot.value):.1f}"'
    return f'<circle {place} r="12" fill="transparent"><title>{escape(spot.title)}</title></circle>'


def _legend(target: str, is_curved: bool) -> str:
    """Say above the picture what its lines are: beside them, a name would lie on a dot."""
    across = _text(2, 14, _("横线：{target}").format(target=target), ink=ACCENT)
    curved, own = _("虚线：偏高偏低的界线　实线：“明显”的界线"), _("粗条：相差不大的范围　细线：到“明显”为止")
    words = curved if is_curved else own
    return across + _text(WIDTH - RIGHT, 14, words, "end", size=12)


def funnel(
    spots: Sequence[Spot],
    curves: tuple[Sequence[float], Sequence[Four]] | None,
    target: tuple[float, str],
    axes: Axes,
    *,
    alt: str,
    mark: str,
) -> str:
    """Draw the communities between the limits around the target; `curves` None draws each community's own limits.

    `alt` is the sentence that reads the picture, `mark` the sample's mark or "".
    """
    y = axes.y(target[0])
    line = f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" style="stroke:{ACCENT};stroke-width:1.3"/>'
    body = [*_grid(axes), line, _legend(target[1], curves is not None)]
    if curves is None:
        body += [_own_limits(spot, axes) for spot in spots]
    else:
        sizes, bands = curves
        body += [_curve(sizes, [band[side] for band in bands], axes, side > 1) for side in range(4)]
    body += [_dot(spot, axes) for spot in spots] + [_name(spot, axes) for spot in spots if spot.is_named or spot.is_own]
    body += [_hover(spot, axes) for spot in spots]
    if mark:
        body.append(_text(2, HEIGHT - 4, mark))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="100%" role="img" '
        f'aria-label="{escape(alt)}" style="display:block;max-width:{WIDTH * 1.25:g}px;font-family:{FONT};color:{INK}">'
        f"{''.join(body)}</svg>"
    )
