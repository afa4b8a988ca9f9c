"""Rows of bars as SVG text: one indicator by industry or size, the street's value as a line through them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from html import escape

from pages.parts.svg import ACCENT, FONT, GREY, INK

WIDTH, LABEL, BAR, ROW, NOTE = 460, 138, 205, 21, 58
LONGEST = 13  # letters that have room in the smaller size


@dataclass(frozen=True)
class Bar:
    """One row: its label, its length (None: not known), value and size at its end, and what a hover says."""

    label: str
    value: float | None
    text: str
    note: str
    title: str


def _short(text: str, length: int = 10) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _label(text: str, y: float) -> str:
    """Return a row's label; one a little longer than its room stands in smaller letters, so that it is not cut."""
    size = 13 if len(text) <= 10 else 10 if len(text) <= LONGEST else 13
    short = text if len(text) <= LONGEST else _short(text)
    return f'<text x="{LABEL - 6}" y="{y + 15:.1f}" font-size="{size}" text-anchor="end">{escape(short)}</text>'


def _row(bar: Bar, y: float, longest: float) -> str:
    length = 0.0 if bar.value is None or not longest else max(bar.value, 0.0) * BAR / longest
    rect = (
        f'<rect x="{LABEL}" y="{y + 4:.1f}" width="{length:.1f}" height="{ROW - 8}" style="fill:{GREY};opacity:.55"/>'
    )
    end = f'y="{y + 15:.1f}" font-size="13" text-anchor="end"'
    text = f'<text x="{WIDTH - NOTE}" {end}>{escape(bar.text)}</text>'
    text += f'<text x="{WIDTH}" {end} style="fill:{GREY}">{escape(bar.note)}</text>'
    whole = f'<rect x="0" y="{y:.1f}" width="{WIDTH}" height="{ROW}" fill="transparent"><title>{escape(bar.title)}</title></rect>'
    return rect + _label(bar.label, y) + text + whole


def _mark(value: float | None, longest: float, height: float) -> str:
    """Return the dashed line at the value to compare with; none where it is not known."""
    if value is None or not longest:
        return ""
    x = LABEL + value * BAR / longest
    return f'<path d="M{x:.1f} 20V{height:.1f}" stroke-dasharray="3 3" style="stroke:{ACCENT};stroke-width:1.4"/>'


def bars(title: str, rows: Sequence[Bar], *, mark: float | None, alt: str) -> str:
    """Draw labelled bars from zero; `mark` is the street's value for comparison."""
    values = [bar.value for bar in rows if bar.value is not None] + ([mark] if mark is not None else [])
    longest, height = max(values, default=0.0), 22 + ROW * len(rows)
    head = f'<text x="0" y="13" font-size="13" style="fill:{GREY}">{escape(title)}</text>'
    if mark is not None:
        note = _("虚线：全街道")
        head += f'<text x="{WIDTH}" y="13" font-size="12" text-anchor="end" style="fill:{ACCENT}">{note}</text>'
    body = "".join(_row(bar, 20 + ROW * index, longest) for index, bar in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="100%" role="img" '
        f'aria-label="{escape(alt)}" style="display:block;max-width:{WIDTH * 1.2:g}px;font-family:{FONT};color:{INK};fill:currentColor">'
        f"{head}{body}{_mark(mark, longest, height)}</svg>"
    )
