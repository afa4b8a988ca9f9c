"""The map as a Plotly figure (a plain dict); no Streamlit. Shapes are named by address, never sent along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from math import cos, log2, radians
from typing import Any

from pages.parts import theme

Trace = dict[str, Any]
LINE, DARK_LINE = "#ffffff", "#14181b"
PIXELS = (700, 470)  # the map's part of the screen at 1440×900, for the first zoom


@dataclass(frozen=True)
class Area:
    """One community on the map; without a value it is 未报, kept back, or it has none of what is counted (分母为0)."""

    id: str
    name: str
    value: float | None
    text: str
    at: tuple[float, float] | None
    is_chosen: bool = False
    is_missing: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class Level:
    """What the colours mean: the two ends and the street's own value, as values and as texts."""

    low: tuple[float, str]
    high: tuple[float, str]
    street: tuple[float, str] | None


@dataclass(frozen=True)
class Look:
    """Where the shapes are and how the map is to look."""

    generation: str
    bounds: tuple[float, float, float, float]
    note: str
    is_sample: bool
    is_dark: bool
    can_lasso: bool = False
    has_parks: bool = False
    height: int = PIXELS[1]


def style(is_dark: bool) -> dict[str, Any]:
    """Return a map style without tiles and glyphs: it draws our shapes on plain ground and asks no one.

    Plotly drops empty dicts on the way, and a style without `sources` is an error that leaves the map blank: so there
    is one source, which no layer uses.
    """
    unused = {"type": "geojson", "data": {"type": "FeatureCollection", "features": []}}
    ground = {"background-color": "#0e1316" if is_dark else "#ffffff"}
    layers = [{"id": "ground", "type": "background", "paint": ground}]
    return {"version": 8, "sources": {"unused": unused}, "layers": layers}


def first_view(bounds: tuple[float, float, float, float]) -> dict[str, Any]:
    """Return centre and zoom that show all of `bounds`."""
    west, south, east, north = bounds
    centre = {"lon": round((west + east) / 2, 5), "lat": round((south + north) / 2, 5)}
    tall = (north - south) / cos(radians(centre["lat"]))  # Web Mercator stretches latitudes
    zoom = min(log2(PIXELS[0] * 360 / (512 * (east - west))), log2(PIXELS[1] * 360 / (512 * tall)))
    return {"center": centre, "zoom": round(zoom - 0.12, 2)}


def _filled(areas: Sequence[Area], level: Level, look: Look) -> Trace:
    known = [area for area in areas if area.value is not None]
    edge, ink = (DARK_LINE, "#ffffff") if look.is_dark else (LINE, "#0d2b36")
    ticks = [level.low, level.high, *([level.street] if level.street else [])]
    return {
        "type": "choroplethmap",
        "geojson": f"/geo/{look.generation}/communities.json",
        "locations": [area.id for area in known],
        "z": [area.value for area in known],
        "zmin": level.low[0],
        "zmax": level.high[0],
        "text": [area.text for area in known],
        "hovertemplate": "%{text}<extra></extra>",
        "colorscale": theme.sequential(look.is_dark),
        "marker": {
            "line": {
                "width": [3 if area.is_chosen else 1 for area in known],
                "color": [ink if area.is_chosen else edge for area in known],
            }
        },
        "unselected": {"marker": {"opacity": 1}},
        "colorbar": {
            "thickness": 10, "len": 0.42, "x": 0.01, "xanchor": "left", "y": 0.99, "yanchor": "top", "outlinewidth": 0,
            "tickvals": [value for value, _text in ticks], "ticktext": [text for _value, text in ticks],
            "ticks": "inside", "tickfont": {"size": 12},
        },
    }  # fmt: skip


def _pale(areas: Sequence[Area], look: Look) -> list[Trace]:
    """Return areas without a colour of their own (未报, or under another layer), to be hovered and clicked."""
    if not areas:
        return []
    pale = "#1a2126" if look.is_dark else "#f6f7f8"
    return [
        {
            "type": "choroplethmap",
            "geojson": f"/geo/{look.generation}/communities.json",
            "locations": [area.id for area in areas],
            "z": [0] * len(areas),
            "colorscale": [[0, pale], [1, pale]],
            "showscale": False,
            "text": [area.text for area in areas],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"line": {"width": [3 if area.is_chosen else 1 for area in areas], "color": theme.GREY}},
            "unselected": {"marker": {"opacity": 1}},
        }
    ]


def _names(areas: Sequence[Area], level: Level | None, look: Look) -> list[Trace]:
    """Return the communities' names, light on dark fills and dark on light ones."""
    middle = level.low[0] + 0.55 * (level.high[0] - level.low[0]) if level else 0.0

    def is_strong(area: Area) -> bool:
        return level is not None and area.value is not None and area.value > middle

    inks = {True: "#10242c" if look.is_dark else "#ffffff", False: "#dfe6e9" if look.is_dark else "#1d2529"}
    found = []
    for strong, ink in inks.items():
        shown = [area for area in areas if area.at and is_strong(area) == strong]
        if shown:
            found.append(_labels([(area.at or (0, 0), area.name) for area in shown], ink, 12))
    return found


def _labels(spots: Sequence[tuple[tuple[float, float], str]], ink: str, size: int) -> Trace:
    return {
        "type": "scattermap", "mode": "text", "hoverinfo": "skip", "showlegend": False,
        "lon": [at[0] for at, _name in spots], "lat": [at[1] for at, _name in spots], "text": [name for _at, name in spots],
        "textfont": {"family": theme.FONT, "size": size, "color": ink},
    }  # fmt: skip


def park_trace(parks: Sequence[tuple[float, float, str, str]], is_dark: bool) -> Trace:
    """Return the parks (longitude, latitude, name, id) as dots with their names on hover."""
    ink = "#f0f3f4" if is_dark else "#1d2529"
    return {
        "type": "scattermap", "mode": "markers", "showlegend": False, "hovertemplate": "%{text}<extra></extra>",
        "lon": [park[0] for park in parks], "lat": [park[1] for park in parks], "text": [park[2] for park in parks],
        "customdata": [park[3] for park in parks],
        "marker": {"size": 11, "color": ink, "opacity": 0.9},
    }  # fmt: skip


def point_trace(points: Mapping[str, Sequence[Any]], is_dark: bool) -> Trace:
    """Return enterprises as points; `points` has lon, lat and text."""
    return {
        "type": "scattermap", "mode": "markers", "showlegend": False, "hovertemplate": "%{text}<extra></extra>",
        "lon": points["lon"], "lat": points["lat"], "text": points["text"],
        "marker": {"size": 4, "color": "#f2b134" if is_dark else "#b4540a", "opacity": 0.75},
    }  # fmt: skip


def hexagon_trace(counts: Mapping[str, int], look: Look, title: str) -> Trace:
    """Return hexagons coloured by how many enterprises lie in them."""
    cells = sorted(counts)
    return {
        "type": "choroplethmap",
        "geojson": f"/geo/{look.generation}/hexagons.json?ids={','.join(cells)}",
        "locations": cells,
        "z": [counts[cell] for cell in cells],
        "colorscale": theme.sequential(look.is_dark),
        "hovertemplate": _("%{z}家") + "<extra></extra>",
        "marker": {"opacity": 0.85, "line": {"width": 0.5, "color": LINE}},
        "colorbar": {
            "title": {"text": f"{title}<br> ", "side": "top", "font": {"size": 13}}, "thickness": 10, "len": 0.42, "x": 0.01,
            "xanchor": "left", "y": 0.99, "yanchor": "top", "outlinewidth": 0, "tickfont": {"size": 12}, "nticks": 4,
        },
    }  # fmt: skip


def _hatch_layer(areas: Sequence[Area], look: Look) -> list[dict[str, Any]]:
    ids = ",".join(area.id for area in areas if area.is_missing)
    if not ids:
        return []
    source = f"/geo/{look.generation}/hatch.json?ids={ids}"
    return [{"sourcetype": "geojson", "source": source, "type": "line", "color": theme.GREY, "line": {"width": 1}}]


def _notes(areas: Sequence[Area], look: Look) -> list[dict[str, Any]]:
    """Return what stands inside the picture: the sample's mark, the kind of map, the meaning of the lines."""
    texts = [look.note] if look.note else []
    if look.has_parks:
        texts.insert(0, _("圆点：园区"))
    if any(area.is_hidden for area in areas):
        texts.insert(0, _("浅色：为保护个人信息，不显示"))
    if any(area.is_missing for area in areas):
        texts.insert(0, _("斜线：未报送（不按0计算）"))
    note = {
        "text": "<br>".join(texts), "xref": "paper", "yref": "paper", "x": 0.01, "y": 0.01, "xanchor": "left",
        "yanchor": "bottom", "showarrow": False, "align": "left", "font": {"size": 12, "color": theme.GREY},
    }  # fmt: skip
    return [note, *([theme.sample_annotation()] if look.is_sample else [])]


def map_figure(areas: Sequence[Area], level: Level | None, look: Look, over: Sequence[Trace] = ()) -> dict[str, Any]:
    """Return the choropleth with names, 未报 lines, legend and the layers over it; no level: outlines only."""
    below = (
        [_filled(areas, level, look), *_pale([a for a in areas if a.value is None], look)]
        if level
        else _pale(areas, look)
    )
    traces = [*below, *over, *_names(areas, level, look)]
    return {
        "data": traces,
        "layout": {
            "map": {"style": style(look.is_dark), **first_view(look.bounds), "layers": _hatch_layer(areas, look)},
            "height": look.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "font": {"family": theme.FONT, "size": 13},
            "hoverlabel": {"font": {"family": theme.FONT}, "align": "left"},
            "annotations": _notes(areas, look),
            "dragmode": "lasso" if look.can_lasso else "pan",
            "showlegend": False,
            "hoverdistance": 7,  # pixels: a park must not take the clicks meant for its community
        },
    }


def hits(points: Sequence[Mapping[str, Any]], known: frozenset[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return which filter a click or a lasso means: the communities hit, else a park, else nothing."""
    communities = tuple(dict.fromkeys(point["location"] for point in points if point.get("location") in known))
    parks = tuple(point["customdata"] for point in points if isinstance(point.get("customdata"), str))
    if communities:
        return [("community", communities)]
    return [("park", parks[:1])] if parks else []
