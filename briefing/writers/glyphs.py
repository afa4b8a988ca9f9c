"""Which characters the shipped fonts cannot draw: rare names that a person typed, or that a ledger holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
UNSEEN = frozenset("\t\n\r\u200b\u200c\u200d\ufe0e\ufe0f\ufeff")  # they draw nothing, in any font


@lru_cache(maxsize=1)
def drawn() -> frozenset[str]:
    """Return every character that one of the fonts for documents has."""
    from fontTools.ttLib import TTFont

    found: set[str] = set()
    for path in sorted(FONTS.glob("*.otf")):
        with TTFont(path, lazy=True) as font:
            found |= {chr(code) for code in font.getBestCmap()}
    return frozenset(found)


def missing(texts: Iterable[str]) -> list[str]:
    """Return the characters that no font has, each once, in order of first sight."""
    return [char for char in dict.fromkeys("".join(texts)) if char not in drawn() and char not in UNSEEN]
