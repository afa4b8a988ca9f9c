"""What a cell takes that holds one placeholder and nothing else: a number as the cell's own format needs it, or words."""

from __future__ import annotations

import re
from decimal import Decimal

from briefing.filling.found import Found

# what a format shows as it stands, whatever is in the cell: "…" and \x; and [Red], [$-804] and the like
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
GENERAL = ("general", "g/通用格式")
DIGITS = 12
CellValue = str | int | float


def _format(number_format: str) -> str:
    """Return the part of a number format that says how a positive number is shown."""
    return LITERAL.sub("", number_format).split(";")[0].strip().casefold()


def _number(value: float) -> int | float:
    """Return a number without what subtracting binary fractions adds: 0.96 − 0.8 is 0.16."""
    kept = round(float(value), DIGITS)
    return int(kept) if kept.is_integer() else kept


def _hundredfold(value: float) -> int | float:
    """Return a share in per cent without what binary fractions add (0.9604 → 96.04)."""
    return _number(float(Decimal(repr(value)).scaleb(2)))


def cell_value(found: Found, number_format: str, is_date: bool) -> CellValue:
    """Return what to write into the cell.

    Format with %: a share as it is (0.9604), of other numbers words, for 218 would read 21800%; other number formats:
    a share in per cent (96.04); no format (常规): a share as the street writes it (96.0%), other numbers rounded as
    pages show them; text and date formats: words.
    """
    looks = _format(number_format)
    if found.number is None or is_date or looks == "@":
        return found.text
    if "%" in looks:
        return _as_share(found)
    if looks in GENERAL or not looks:
        is_words = found.kind in ("share", "points")
        return found.text if is_words else _number(float(found.shown.replace(",", "")))
    return _number(found.number) if found.kind == "number" else _hundredfold(found.number)


def _as_share(found: Found) -> CellValue:
    if found.kind in ("share", "points"):
        return _number(found.number or 0.0)  # a number, or the caller would have written the words
    return found.text if found.relative is None else found.relative
