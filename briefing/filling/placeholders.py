"""`{{建会率|南坑|2018-12}}` in a text: where it stands and what its fields say."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

WHOLE = re.compile(r"[{｛]{2}([^{}｛｝]*)[}｝]{2}")
BRACES = re.compile(r"[{｛]{2}|[}｝]{2}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder: its own text, where it begins and ends in the cell's text, its fields as half-width words."""

    text: str
    start: int
    end: int
    fields: tuple[str, ...]


def plain(text: str) -> str:
    """Return a text as names are compared: half-width, without spaces, in small letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _fields(inner: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in unicodedata.normalize("NFKC", inner).split("|"))


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """Return the placeholders of a text in order; braces and bars may be full-width (｛｛…｜…｝｝)."""
    return tuple(Placeholder(found[0], found.start(), found.end(), _fields(found[1])) for found in WHOLE.finditer(text))


def is_broken(text: str) -> bool:
    """Return whether a text has double braces that make no placeholder: one was not closed, or closed by one brace."""
    return bool(BRACES.search(WHOLE.sub("", text)))


def replaced(text: str, values: dict[str, str]) -> str:
    """Return a text with every placeholder replaced by the value of its own text."""
    return WHOLE.sub(lambda found: values[found[0]], text)
