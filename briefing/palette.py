"""The colours that screen and print share. Levels are told apart by lightness alone, so that grey print keeps them."""

from __future__ import annotations

ACCENT = "#1f6f8b"
INK = "#1f2328"
GREY = "#8c939a"
DARK_GREY = "#545c63"
NOTE = "#5b636a"  # notes on paper: GREY is too pale for small print
LIGHT_GREY = "#d5d9dc"
# The one pair of colours for a number that stands out: the colour speaks of size, never of good or bad.
HIGHER, LOWER = {False: "#c2620e", True: "#f2a65a"}, {False: "#2b63a8", True: "#7fb0ea"}  # by is_dark
# One hue from light to dark for levels; told apart by the colour-blind and in grey print by lightness alone.
SEQUENTIAL = ("#e3eff2", "#b5d3db", "#84b4c2", "#5493a7", "#2f7189", "#134e63")
SEQUENTIAL_DARK = ("#17303a", "#1f4a59", "#2b677c", "#4288a0", "#71adc1", "#b3d7e2")


def luminance(colour: str) -> float:
    """Return how light a colour (#rrggbb) is, 0 to 1 (WCAG, with the plain exponent)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return float(0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2)


def is_dark(colour: str) -> bool:
    """Return whether white letters are easier to read on a colour than black ones."""
    return luminance(colour) < 0.2


def shade(value: float, low: float, high: float) -> str:
    """Return the shade of a level between two ends; the middle one where the ends are equal."""
    place = 0.5 if high == low else (value - low) / (high - low)
    return SEQUENTIAL[round(place * (len(SEQUENTIAL) - 1))]
