"""How long stages take, as step curves: the share of cases still in the stage, day by day. HTML with SVG, no Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from html import escape
from itertools import pairwise

from pages.parts.cases.markup import marked
from pages.parts.svg import ACCENT, FONT, GREY, INK

WIDTH, HEIGHT, LEFT, TOP, FOOT = 320.0, 150.0, 38.0, 8.0, 34.0
HALF = 0.5
STYLE = f"""
<style>
.curves {{ display: flex; flex-wrap: wrap; gap: 8px 20px; font-family: {FONT}; color: {INK}; font-size: 14px; }}
.curves figure {{ flex: 1 1 270px; max-width: 420px; margin: 0; }}
.curves figcaption small {{ display: block; font-size: 13px; color: {GREY}; }}
.curves svg {{ display: block; }}
</style>
"""


@dataclass(frozen=True)
class Curve:
    """One stage: what it shows in a sentence, on how many cases it rests, and its steps.

    A step is a day, the share of cases still in the stage from that day on, and the range of that share.
    """

    title: str
    note: str
    steps: Sequence[tuple[float, float, float | None, float | None]]
    median: float | None = None


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="{anchor}" style="fill:{GREY}">{escape(text)}</text>'
    )


def _axes(longest: float) -> str:
    """Return the frame: none, half and all of the cases; the first and the last day."""
    bottom, right = HEIGHT - FOOT, WIDTH - 8
    marks = "".join(
        f'<path d="M{LEFT} {y:.1f}H{right}" style="stroke:{GREY};stroke-width:.6;opacity:.5"/>' + _text(LEFT - 5, y + 4, text, "end")
        for y, text in ((TOP, _("全部")), ((TOP + bottom) / 2, _("半数")), (bottom, "0"))
    )  # fmt: skip
    ends = _text(LEFT, bottom + 15, "0") + _text(right, bottom + 15, _("{n:g}天").format(n=longest), "end")
    return marks + ends + _text((LEFT + right) / 2, HEIGHT - 3, _("起算后的天数"))


def _across(curve: Curve, day: float) -> float:
    longest = curve.steps[-1][0] or 1.0
    return LEFT + (WIDTH - 8 - LEFT) * day / longest


def _up(share: float) -> float:
    return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * share


def _range(curve: Curve) -> str:
    """Draw the range of the share as pale boxes, each from its day to the next."""
    boxes = []
    for (day, _share, low, high), (until, *_rest) in pairwise(curve.steps):
        if low is not None and high is not None:
            x, y = _across(curve, day), _up(high)
            size = f'width="{_across(curve, until) - x:.1f}" height="{_up(low) - y:.1f}"'
            boxes.append(f'<rect x="{x:.1f}" y="{y:.1f}" {size} style="fill:{ACCENT};opacity:.14"/>')
    return "".join(boxes)


def _half(curve: Curve) -> str:
    """Draw where the curve passes the half, down to its day."""
    if curve.median is None:
        return ""
    x, bottom = _across(curve, curve.median), HEIGHT - FOOT
    dashes = f'stroke-dasharray="3 3" style="stroke:{ACCENT};stroke-width:1.2"'
    at = min(max(x, LEFT + 24), WIDTH - 56)  # beside the two ends, not over them
    return f'<path d="M{x:.1f} {_up(HALF):.1f}V{bottom:.1f}" {dashes}/>' + _text(
        at, bottom + 15, _("{n:g}天").format(n=curve.median)
    )


def _drawing(curve: Curve) -> str:
    """Draw one curve from all cases on day 0 downwards, its range, and where it passes the half."""
    path = f"M{LEFT:.1f} {_up(1):.1f}"
    path += "".join(f"H{_across(curve, day):.1f}V{_up(share):.1f}" for day, share, *_ends in curve.steps)
    line = f'<path d="{path}" fill="none" style="stroke:{ACCENT};stroke-width:2"/>'
    return _axes(curve.steps[-1][0]) + _range(curve) + line + _half(curve)


def _figure(curve: Curve) -> str:
    drawn = ""
    if curve.steps:
        drawn = f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="100%" role="img" aria-label="{escape(curve.title)}">{_drawing(curve)}</svg>'
    return f"<figure><figcaption>{escape(curve.title)}<small>{escape(curve.note)}</small></figcaption>{drawn}</figure>"


def curves(found: Sequence[Curve], mark: str = "") -> str:
    """Return the stages side by side, below each other on a phone; `mark` says that it is a sample."""
    return f'{STYLE}<div class="curves">{"".join(map(_figure, found))}</div>{marked(mark)}'
