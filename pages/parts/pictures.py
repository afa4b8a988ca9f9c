"""Shows small SVG pictures inside the page.

An SVG inside an image element cannot use the page's font or its dark theme; a component's markup can. The picture is
text that `svg.py` made and escaped; the component only hangs it into the page.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import streamlit as st

HANG = """
export default function ({ data, parentElement }) {
  parentElement.querySelector("figure").innerHTML = data.svg
}
"""
FRAME = '<figure style="margin:0"></figure>'


@cache
def _component() -> Any:
    return st.components.v2.component("union_atlas_picture", html=FRAME, js=HANG)


def picture(svg: str, *, key: str) -> None:
    """Show an SVG as wide as its place; its `aria-label` is what a screen reader says."""
    _component()(data={"svg": svg}, key=key)
