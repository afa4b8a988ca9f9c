"""The map of 阵地: facilities by kind, who is within reach and who is not, and the proposed points. Plain dicts, no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from math import cos, pi, radians, sin

import polars as pl

from metrics import places
from metrics.judging.covering import Proposal
from metrics.judging.covering_words import radius_text
from metrics.judging.facilities import Facility
from metrics.scope import communities
from metrics.warehouse import Warehouse
from pages.parts import maps, shapes

CELL = 3  # decimals of a degree: about 100 m; enterprises nearer than that share a dot
# No green, orange or red: green is a level of risk, orange is 偏高 and 偏低. Facilities are blue and purple, enterprises grey.
NEAR, FAR = {False: "#b9cdd8", True: "#4a6472"}, {False: "#4b5257", True: "#aeb6bb"}  # by is_dark
PROPOSED = {False: "#5b2a86", True: "#c9a3ea"}
KINDS = (
    "#0b5a70",
    "#8a4fb0",
    "#2f7fd6",
    "#3b2f8f",
    "#38a9cf",
    "#b48ad8",
    "#12365f",
    "#7c8fe0",
    "#a0489b",
    "#6f7fa0",
    "#c9a9d6",
)
METRES = 111_195.0  # a degree of latitude
CORNERS = 48
LEGEND = 110  # pixels: four rows on a screen; on a phone it scrolls inside itself


def look_of(warehouse: Warehouse, is_dark: bool) -> maps.Look | None:
    """Return where the shapes are and how the map is to look; None where the street has no outlines."""
    outlines = places.outlines(warehouse)
    if not outlines.shapes:
        return None
    return maps.Look(warehouse.generation_id, shapes.bounds(warehouse), outlines.note, warehouse.is_sample, is_dark)


def areas(warehouse: Warehouse) -> list[maps.Area]:
    """Return the communities as outlines with their names."""
    at = shapes.centres(warehouse)
    return [maps.Area(entry.id, entry.title, None, entry.title, at.get(entry.id)) for entry in communities(warehouse)]


def enterprise_traces(frame: pl.DataFrame, radius: int, is_dark: bool) -> list[maps.Trace]:
    """Return the enterprises as dots of about 100 m, those out of reach over those within, larger where more workers are."""
    known = frame.drop_nulls(["value", "base", "lon", "lat"]).with_columns(
        pl.col("lon").round(CELL), pl.col("lat").round(CELL), (pl.col("value") > 0).alias("near")
    )
    dots = (
        known.filter(pl.col("base") > 0)
        .group_by("near", "lon", "lat")
        .agg(pl.len().alias("count"), pl.col("base").sum())
    )
    sides = ((True, NEAR[is_dark], _("{radius}内有阵地的企业")), (False, FAR[is_dark], _("{radius}内没有阵地的企业")))
    return [
        _dots(dots.filter(pl.col("near") == near).sort("lon", "lat"), colour, name.format(radius=radius_text(radius)))
        for near, colour, name in sides
        if dots.filter(pl.col("near") == near).height
    ]


def _dots(found: pl.DataFrame, colour: str, name: str) -> maps.Trace:
    texts = [
        _("{n}家企业，职工{workers}人").format(n=n, workers=f"{workers:,}")
        for n, workers in found.select("count", "base").iter_rows()
    ]
    return {
        "type": "scattermap", "mode": "markers", "name": name, "hovertemplate": "%{text}<extra></extra>", "text": texts,
        "lon": found["lon"].to_list(), "lat": found["lat"].to_list(),
        "marker": {"size": [min(16, 4 + workers**0.5 / 4) for workers in found["base"]], "color": colour, "opacity": 0.7},
    }  # fmt: skip


def facility_traces(found: Sequence[Facility], kinds: Sequence[str]) -> list[maps.Trace]:
    """Return the counted facilities that have a point, a colour for each kind in the official order."""
    placed = [each for each in found if each.is_counted and each.lon is not None and each.lat is not None]
    ordered = [*kinds, _("类型不详")]
    by_kind = {kind: [each for each in placed if (each.kind or ordered[-1]) == kind] for kind in ordered}
    return [
        {
            "type": "scattermap", "mode": "markers", "name": kind, "hovertemplate": "%{text}<extra></extra>",
            "lon": [each.lon for each in of_kind], "lat": [each.lat for each in of_kind], "text": [facility_text(each) for each in of_kind],
            "marker": {"size": 11, "color": KINDS[order % len(KINDS)], "opacity": 0.95},
        }
        for order, (kind, of_kind) in enumerate(by_kind.items())
        if of_kind
    ]  # fmt: skip


def edge_trace(found: Sequence[maps.Trace], is_dark: bool) -> maps.Trace:
    """Return the edge that tells a facility from an enterprise, to be drawn under these traces."""
    return {
        "type": "scattermap", "mode": "markers", "hoverinfo": "skip", "showlegend": False,
        "lon": [lon for trace in found for lon in trace["lon"]], "lat": [lat for trace in found for lat in trace["lat"]],
        "marker": {"size": 16, "color": "#14181b" if is_dark else "#ffffff"},
    }  # fmt: skip


def facility_text(found: Facility) -> str:
    """Return what a hover over a facility says."""
    area = (
        _("面积不详") if found.area_m2 is None else f"{_('约') if found.is_area_approx else ''}{found.area_m2:,.0f}㎡"
    )
    grade = " ".join(filter(None, (found.tier, _("{n}星").format(n=found.star) if found.star else None)))
    return "<br>".join(
        filter(None, (f"<b>{found.facility}</b>", "　".join(filter(None, (found.kind, area, grade))), found.hours))
    )


def proposal_traces(found: Sequence[Proposal], texts: Sequence[str], radius: int, is_dark: bool) -> list[maps.Trace]:
    """Return the proposed points, each with its number and the circle that it reaches."""
    if not found:
        return []
    colour = PROPOSED[is_dark]
    rings: tuple[list[float | None], list[float | None]] = ([], [])
    for proposal in found:
        lon, lat = circle(proposal.lon, proposal.lat, radius)
        rings[0].extend([*lon, None])
        rings[1].extend([*lat, None])
    return [
        {"type": "scattermap", "mode": "lines", "lon": rings[0], "lat": rings[1], "line": {"width": 2, "color": colour},
         "hoverinfo": "skip", "showlegend": False},
        {"type": "scattermap", "mode": "markers", "name": _("建议点和它的{radius}范围").format(radius=radius_text(radius)),
         "lon": [each.lon for each in found], "lat": [each.lat for each in found], "text": [text.replace("；", "；<br>") for text in texts],
         "hovertemplate": "%{text}<extra></extra>", "marker": {"size": 20, "color": colour, "opacity": 0.9}},
        # above the circle: over the point itself the community's name would push it out
        {"type": "scattermap", "mode": "text", "lon": [each.lon for each in found],
         "lat": [each.lat + 1.12 * radius / METRES for each in found],
         "text": [_("建议点{n}").format(n=number) for number in range(1, len(found) + 1)], "hoverinfo": "skip", "showlegend": False,
         "textfont": {"color": colour, "size": 13, "family": maps.theme.FONT}},
    ]  # fmt: skip


def circle(lon: float, lat: float, radius_m: float) -> tuple[list[float], list[float]]:
    """Return the corners of a circle of so many metres around a point."""
    angles = [2 * pi * corner / CORNERS for corner in range(CORNERS + 1)]
    size = radius_m / METRES
    return (
        [round(lon + size * cos(angle) / cos(radians(lat)), 6) for angle in angles],
        [round(lat + size * sin(angle), 6) for angle in angles],
    )


def facility_map(warehouse: Warehouse, look: maps.Look, over: Sequence[maps.Trace]) -> maps.Trace:
    """Return the map with a legend of what its dots mean."""
    figure = maps.map_figure(areas(warehouse), None, look, over)
    legend = {
        "orientation": "h",
        "x": 0,
        "y": -0.01,
        "xanchor": "left",
        "yanchor": "top",
        "font": {"size": 12},
        "itemsizing": "constant",
        "maxheight": 0.2,
    }
    height = maps.PIXELS[1] + LEGEND  # the legend stands below and takes its rows from the height
    layout = {**figure["layout"], "showlegend": True, "legend": legend, "height": height}
    names = [trace | {"showlegend": False} if "name" not in trace else trace for trace in figure["data"]]
    return {**figure, "data": names, "layout": layout}
