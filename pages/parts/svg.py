"""Small pictures as SVG text: sparklines and the briefing's map. No Streamlit, no Plotly, no file.

Colours and the font come from the page that shows the picture (Streamlit's theme variables), so that
the pictures follow light and dark and print in the shipped font.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians
from typing import Any

Spot = tuple[float, float]
Project = Callable[[Spot], Spot]
INK = "var(--st-text-color, #1f2328)"
GREY = "var(--st-gray-color, #9aa0a6)"
ACCENT = "var(--st-primary-color, #1f5fa8)"
GROUND = "var(--st-background-color, #ffffff)"
FONT = "var(--st-font, 'Noto Sans SC', 'Microsoft YaHei', sans-serif)"
HATCH = (
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="1.2" height="5" fill="#8a8f98"/></pattern>'
)


@dataclass(frozen=True)
class Point:
    """One month of a sparkline; a value of None is drawn as 未报, or as nothing where it is kept back."""

    title: str
    value: float | None
    is_hidden: bool = False


@dataclass(frozen=True)
class Area:
    """One community of the small map: its rings (longitude, latitude), its value and what it says.

    A value of None is 未报, or kept back to protect persons (`is_hidden`): lines are for 未报 alone.
    """

    name: str
    rings: tuple[tuple[Spot, ...], ...]
    value: float | None
    text: str
    title: str
    is_hidden: bool = False


def _document(width: float, height: float, body: Iterable[str], alt: str) -> str:
    """Return a whole SVG that fills its place, within reason, and says what it shows to a screen reader."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="100%" role="img" '
        f'aria-label="{escape(alt)}" style="display:block;max-width:{width * 1.3:g}px;font-family:{FONT};color:{INK}">'
        f"<defs>{HATCH}</defs>{''.join(body)}</svg>"
    )


def _text(x: float, y: float, text: str, size: float, anchor: str = "start", ink: str = "currentColor") -> str:
    where = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
    return f'<text {where} style="fill:{ink}">{escape(text)}</text>'


def position(value: float, low: float, high: float) -> float:
    """Return where a value lies between two ends, 0 to 1; 0.5 where the ends are equal."""
    return 0.5 if high == low else (value - low) / (high - low)


def sparkline(points: Sequence[Point], *, bars: bool, alt: str, mark: str | None = None) -> str:
    """Draw up to some dozens of months as a line (levels) or bars from zero (counts); the last one is accented.

    Months without a report are hatched over the whole height; each month has its sentence as a hover title.
    """
    width, height, foot = 220.0, 46.0, 13.0 if mark else 0.0
    step = width / max(len(points), 1)
    known = [point.value for point in points if point.value is not None]
    low, high = (0.0 if bars else min(known), max(known)) if known else (0.0, 0.0)
    places = [
        (
            step * (index + 0.5),
            None if point.value is None else height - 4 - (height - 9) * _share(point.value, low, high, bars),
        )
        for index, point in enumerate(points)
    ]
    draw = _bars if bars else _line
    body = [f'<rect x="{x - step * 0.4:.1f}" y="2" width="{step * 0.8:.1f}" height="{height - 6:g}" fill="url(#hatch)"/>'
            for (x, y), point in zip(places, points, strict=True) if y is None and not point.is_hidden]  # fmt: skip
    body += draw(places, step, height)
    body += [f'<rect x="{x - step / 2:.1f}" y="0" width="{step:.1f}" height="{height:g}" fill="transparent">'
             f"<title>{escape(point.title)}</title></rect>" for (x, _), point in zip(places, points, strict=True)]  # fmt: skip
    if mark:
        body.append(_text(width, height + foot - 3, mark, 10, "end", GREY))
    return _document(width, height + foot, body, alt)


def _share(value: float, low: float, high: float, bars: bool) -> float:
    """Return the height of a month; bars of nothing but zeros stand at the bottom, not in the middle."""
    return 0.0 if bars and high == 0 else position(value, low, high)


def _bars(places: Sequence[tuple[float, float | None]], step: float, height: float) -> list[str]:
    shapes = []
    for index, (x, y) in enumerate(places):
        if y is None:
            continue
        colour = ACCENT if index == len(places) - 1 else GREY
        shapes.append(f'<rect x="{x - step * 0.36:.1f}" y="{y:.1f}" width="{step * 0.72:.1f}" '
                      f'height="{max(height - 4 - y, 1):.1f}" style="fill:{colour}"/>')  # fmt: skip
    return shapes


def _line(places: Sequence[tuple[float, float | None]], step: float, height: float) -> list[str]:
    """Return the line, broken where a month is 未报, and a dot on the last month."""
    path, pen = [], "M"
    for x, y in places:
        if y is None:
            pen = "M"
            continue
        path.append(f"{pen}{x:.1f} {y:.1f}")
        pen = "L"
    shapes = [f'<path d="{"".join(path)}" fill="none" stroke-width="1.8" style="stroke:{GREY}"/>'] if path else []
    x, y = places[-1] if places else (0.0, None)
    if y is not None:
        shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" style="fill:{ACCENT}"/>')
    return shapes


def area_map(areas: Sequence[Area], *, width: float, shades: Sequence[str], alt: str, notes: Sequence[str]) -> str:
    """Draw the communities with their values for a place `width` pixels wide; notes stand below.

    `shades` run from the lowest to the highest value.
    """
    project, height = _projection(areas, width)
    known = sorted(area.value for area in areas if area.value is not None)
    body = [part for area in areas for part in _area(area, project, known, shades)]
    for index, note in enumerate(notes):
        body.append(_text(0, height + 16 * (index + 1), note, 12, "start", GREY))
    return _document(width, height + 8 + 16 * len(notes), body, alt)


def _projection(areas: Sequence[Area], width: float) -> tuple[Project, float]:
    """Return longitude, latitude → x, y for a small area, and the drawing's height.

    Degrees of longitude shrink with the latitude.
    """
    spots = [spot for area in areas for ring in area.rings for spot in ring]
    west, east = min(x for x, _ in spots), max(x for x, _ in spots)
    south, north = min(y for _, y in spots), max(y for _, y in spots)
    shrink = cos(radians((south + north) / 2))
    scale = (width - 4) / max((east - west) * shrink, 1e-9)
    return (
        lambda spot: ((spot[0] - west) * shrink * scale + 2, (north - spot[1]) * scale + 2),
        (north - south) * scale + 4,
    )


def _is_dark(colour: str) -> bool:
    """Return whether white letters are easier to read on a colour (#rrggbb) than black ones (WCAG luminance)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 < 0.2


def _area(area: Area, project: Project, known: Sequence[float], shades: Sequence[str]) -> list[str]:
    rings = [[project(spot) for spot in ring] for ring in area.rings]
    outline = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
    if area.value is None:
        fill, ink = ("#eceff1" if area.is_hidden else "url(#hatch)"), "#1f2328" if area.is_hidden else INK
    else:
        fill = shades[round(position(area.value, known[0], known[-1]) * (len(shades) - 1))]
        ink = "#ffffff" if _is_dark(fill) else "#1f2328"
    corners = max(rings, key=len)[:-1]  # a ring ends where it begins
    x = sum(spot[0] for spot in corners) / len(corners)
    y = sum(spot[1] for spot in corners) / len(corners)
    return [
        f'<path d="{outline}" fill="{fill}" fill-rule="evenodd" stroke-width="1.2" style="stroke:{GROUND}">'
        f"<title>{escape(area.title)}</title></path>",
        _text(x, y - 1, area.name, 12, "middle", ink),
        _text(x, y + 13, area.text, 12, "middle", ink),
    ]


def rings(shape: dict[str, Any]) -> tuple[tuple[Spot, ...], ...]:
    """Return the rings of a GeoJSON polygon or multipolygon."""
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return tuple(tuple((spot[0], spot[1]) for spot in ring) for polygon in polygons for ring in polygon)
