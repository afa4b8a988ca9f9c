"""Areas coloured by class, for the map; plain dicts for Plotly, no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.parts import theme
from pages.parts.maps import DARK_LINE, LINE, Trace

SHARE = 0.7  # of a colour; the rest is ground: the communities' names stand over the colours and must stay legible
GROUND = {False: "#ffffff", True: "#0e1316"}  # by is_dark, as the next ones
# The pale ones are of the same side, an area that differs from its neighbours.
NOTHING = {False: "#dfe3e6", True: "#2b343a"}
PALE_HIGHER, PALE_LOWER = {False: "#efc39a", True: "#7a5330"}, {False: "#a9c3e6", True: "#3d5a80"}


@dataclass(frozen=True)
class Classed:
    """Areas of one layer (`address` of its outlines) with their class and what a hover says."""

    address: str
    ids: Sequence[str]
    classes: Sequence[int]
    texts: Sequence[str]


def colours(count: int, is_dark: bool) -> tuple[str, ...]:
    """Return the colours of three classes (low, nothing, high) or of five (with the ones unlike their neighbours)."""
    low, high = (_lightened(pair[is_dark], GROUND[is_dark]) for pair in (theme.LOWER, theme.HIGHER))
    nothing = NOTHING[is_dark]
    return (low, nothing, high) if count == 3 else (low, PALE_LOWER[is_dark], nothing, PALE_HIGHER[is_dark], high)


def _lightened(colour: str, ground: str) -> str:
    """Return SHARE of a colour and the rest of the ground: see-through areas would not match their legend."""
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(SHARE * ink + (1 - SHARE) * paper):02x}" for ink, paper in pairs)


def class_trace(drawn: Classed, titles: Sequence[str], is_dark: bool) -> Trace:
    """Return the areas in their classes' colours; the legend names every class, whether it occurs or not."""
    shades = colours(len(titles), is_dark)
    return {
        "type": "choroplethmap",
        "geojson": drawn.address,
        "locations": list(drawn.ids),
        "z": list(drawn.classes),
        "zmin": -0.5,
        "zmax": len(titles) - 0.5,
        "text": list(drawn.texts),
        "hovertemplate": "%{text}<extra></extra>",
        "colorscale": _steps(shades),
        "marker": {"line": {"width": 0.5, "color": DARK_LINE if is_dark else LINE}},
        "unselected": {"marker": {"opacity": 1}},
        "colorbar": {
            "thickness": 10, "len": 0.09 * len(titles), "x": 0.01, "xanchor": "left", "y": 0.99, "yanchor": "top",
            "outlinewidth": 0, "tickvals": list(range(len(titles))), "ticktext": list(titles), "ticks": "",
            "tickfont": {"size": 12},
        },
    }  # fmt: skip


def _steps(shades: Sequence[str]) -> list[list[Any]]:
    """Return a colour scale that jumps: each class has one colour, with none between."""
    edges = [index / len(shades) for index in range(len(shades) + 1)]
    return [[edge, shade] for index, shade in enumerate(shades) for edge in edges[index : index + 2]]
