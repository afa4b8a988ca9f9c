"""Colours and the look that every chart and map shares; the rest of the look stands in .streamlit/config.toml."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

import streamlit as st

FONT = "Noto Sans SC, Microsoft YaHei, sans-serif"
ACCENT = "#1f6f8b"
GREY = "#8c939a"
LIGHT_GREY = "#d5d9dc"
# The one pair of colours for a number that stands out: the colour speaks of size, never of good or bad.
HIGHER, LOWER = {False: "#c2620e", True: "#f2a65a"}, {False: "#2b63a8", True: "#7fb0ea"}  # by is_dark
# One hue from light to dark for levels; told apart by the colour-blind and in grey print by lightness alone.
SEQUENTIAL = ("#e3eff2", "#b5d3db", "#84b4c2", "#5493a7", "#2f7189", "#134e63")
SEQUENTIAL_DARK = ("#17303a", "#1f4a59", "#2b677c", "#4288a0", "#71adc1", "#b3d7e2")
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}
MAP_CONFIG = {"displayModeBar": False, "scrollZoom": True, "doubleClick": False}
SAMPLE_MARK = _("示例数据　非真实情况")


def is_dark() -> bool:
    """Return whether the viewer's browser shows the dark theme."""
    return getattr(st.context.theme, "type", "light") == "dark"


def sequential(dark: bool) -> list[list[Any]]:
    """Return Plotly's colour scale for levels: low fades into the ground, high stands out from it."""
    shades: Sequence[str] = SEQUENTIAL_DARK if dark else SEQUENTIAL
    return [[round(index * 0.2, 1), shade] for index, shade in enumerate(shades)]


def sample_annotation() -> dict[str, Any]:
    """Return the mark that stands inside every chart made from the sample."""
    return {
        "text": SAMPLE_MARK,
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 12, "color": GREY},
    }


def chart_layout(title: str, *, height: int, is_sample: bool) -> dict[str, Any]:
    """Return the layout that charts start from: title left, small margins, Chinese months, the sample's mark."""
    return {
        "title": {"text": title, "x": 0, "xanchor": "left", "font": {"size": 16}},
        "font": {"family": FONT, "size": 13},
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 44, "b": 8},
        "showlegend": False,
        "hoverlabel": {"font": {"family": FONT}},
        "xaxis": {"tickformat": "%Y年%-m月", "automargin": True, "fixedrange": True},
        "yaxis": {"automargin": True, "fixedrange": True},
        "annotations": [sample_annotation()] if is_sample else [],
    }


def plot(figure: dict[str, Any], *, key: str, alt: str) -> None:
    """Show a chart; `alt` is the sentence that says what it shows."""
    st.plotly_chart(figure, key=key, alt=alt, config=CONFIG)
