"""The parks on the map: as circles beside each other, or one park's enterprises as points, unionised and not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Any

import streamlit as st

from metrics import places
from metrics.judging.parks import STATES, Owned
from metrics.question import Question
from pages.parts import answers, maps, shapes, theme
from pages.parts.filters import put
from pages.parts.parks.view import View

PLOT = "parks.plot"
MARGIN = 0.004  # degrees around a park's enterprises, some 400 m
FONT_SIZE = 13


def look_of(view: View, has_parks: bool) -> maps.Look | None:
    """Return where the shapes are; None where the street has no outlines."""
    outlines = places.outlines(view.warehouse)
    if not outlines.shapes:
        return None
    bounds, generation = shapes.bounds(view.warehouse), view.warehouse.generation_id
    return maps.Look(generation, bounds, outlines.note, view.warehouse.is_sample, theme.is_dark(), has_parks=has_parks)


def areas(view: View, chosen: str | None) -> list[maps.Area]:
    """Return the communities as pale ground; the chosen one has a bold edge."""
    at, listed = shapes.centres(view.warehouse), answers.answer(view.warehouse, Question("enterprises", ("community",), view.month)).rows  # fmt: skip
    found = [(row.keys["community_id"] or "", row.keys["community"] or "") for row in listed]
    return [maps.Area(code, name, None, name, at.get(code), code == chosen) for code, name in found]


def circles(view: View, texts: Sequence[str], is_dark: bool) -> maps.Trace:
    """Return the parks that have a place as circles with their names; a click opens the park."""
    placed = [(park, text) for park, text in zip(view.parks, texts, strict=True) if park.lon is not None]
    ink = theme.ACCENT
    return {
        "type": "scattermap", "mode": "markers+text", "showlegend": False, "hovertemplate": "%{hovertext}<extra></extra>",
        "lon": [park.lon for park, _text in placed], "lat": [park.lat for park, _text in placed],
        "text": [park.title for park, _text in placed], "hovertext": [text for _park, text in placed],
        "customdata": [park.id for park, _text in placed], "textposition": "middle right",
        "textfont": {"family": theme.FONT, "size": FONT_SIZE, "color": "#ffffff" if is_dark else "#0d2b36"},
        "marker": {"size": 15, "color": ink, "opacity": 0.85},
    }  # fmt: skip


def points(found: Sequence[Owned], at: dict[str, tuple[float, float]], is_dark: bool) -> list[maps.Trace]:
    """Return enterprises as points, those with a union and those without in a colour of their own."""
    kinds = {True: theme.ACCENT, False: theme.HIGHER[is_dark]}
    traces: list[maps.Trace] = []
    for is_covered, ink in kinds.items():
        here = [one for one in found if one.is_covered == is_covered and one.enterprise_id in at]
        if here:
            traces.append(_dots(here, at, ink))
    return traces


def _dots(here: Sequence[Owned], at: dict[str, tuple[float, float]], ink: Any) -> maps.Trace:
    return {
        "type": "scattermap", "mode": "markers", "showlegend": False, "hovertemplate": "%{text}<extra></extra>",
        "lon": [at[one.enterprise_id][0] for one in here], "lat": [at[one.enterprise_id][1] for one in here],
        "text": [f"{one.enterprise}　{STATES[one.state]}" for one in here], "marker": {"size": 7, "color": ink, "opacity": 0.8},
    }  # fmt: skip


def take_click(view: View) -> None:
    """Open the park that was clicked."""
    known = frozenset(park.id for park in view.parks)
    for point in st.session_state[PLOT]["selection"]["points"]:
        if point.get("customdata") in known:
            put("park", point["customdata"])


def show_map(view: View, texts: Sequence[str], title: str) -> None:
    """Show where the parks lie; nothing where the street has no outlines."""
    look = look_of(view, True)
    if look is None or not any(park.lon is not None for park in view.parks):
        return
    figure = maps.map_figure(areas(view, None), None, look, [circles(view, texts, look.is_dark)])
    st.plotly_chart(
        figure, key=PLOT, alt=title, config=theme.MAP_CONFIG, selection_mode=("points",), on_select=lambda: take_click(view)
    )  # fmt: skip


def around(spots: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Return the box that holds these points, with a little room: west, south, east, north."""
    lons, lats = zip(*spots, strict=True)
    return min(lons) - MARGIN, min(lats) - MARGIN, max(lons) + MARGIN, max(lats) + MARGIN


def show_points(view: View, park_id: str, found: Sequence[Owned]) -> None:
    """Show one park's enterprises; what has no place is said."""
    look = look_of(view, False)
    rows = answers.rows_behind(view.warehouse, Question("enterprises", month=view.month))
    at = {unit: (lon, lat) for unit, lon, lat in rows.select("unit_id", "lon", "lat").iter_rows() if lon is not None and lat is not None}  # fmt: skip
    if look is None:
        return
    park = view.park(park_id)
    lost = sum(one.enterprise_id not in at for one in found)
    title = _("{park}的企业：蓝点已建会或被覆盖，橙点未建会或不详").format(park=park.title)
    spots = [at[one.enterprise_id] for one in found if one.enterprise_id in at]
    look = replace(look, bounds=around(spots) if spots else look.bounds)
    figure = maps.map_figure(areas(view, park.community_id), None, look, points(found, at, look.is_dark))
    st.markdown(f"**{title}**")
    st.plotly_chart(figure, key=PLOT + ".one", alt=title, config=theme.MAP_CONFIG)
    if lost:
        st.caption(_("另有{n}家没有坐标，未画在图上。").format(n=lost))
