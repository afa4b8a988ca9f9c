"""Colours and the look that every chart and map shares; the rest of the look stands in .streamlit/config.toml."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

import streamlit as st

from briefing.palette import ACCENT, GREY, HIGHER, LIGHT_GREY, LOWER, SEQUENTIAL, SEQUENTIAL_DARK

__all__ = [
    "ACCENT",
    "GREY",
    "HIGHER",
    "LIGHT_GREY",
    "LOWER",
    "SEQUENTIAL",
    "SEQUENTIAL_DARK",
]  # the pages take them from here
FONT = "Noto Sans SC, Microsoft YaHei, sans-serif"
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
