"""Templates filled with facts: a sentence whose number is missing is not told."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter

from briefing.model import Part, Text

Piece = Part | Text | None


def told(template: str, **pieces: Piece) -> Text | None:
    """Return the template's parts with each {name} replaced; None where a piece is None: then nothing can be told."""
    if any(piece is None for piece in pieces.values()):
        return None
    found: list[Part] = []
    for literal, name, _spec, _conversion in Formatter().parse(template):
        if literal:
            found.append(literal)
        if name is not None:
            found.extend(_parts(pieces[name]))
    return tuple(found)


def joined(texts: Iterable[Piece], separator: str) -> Text:
    """Return the texts that are there, with a separator between them; an empty one counts as not there."""
    found: list[Part] = []
    for text in texts:
        parts = _parts(text)
        if not parts:
            continue
        found += [separator, *parts] if found else parts
    return tuple(found)


def _parts(piece: Piece) -> list[Part]:
    if piece is None or piece == "":
        return []
    return list(piece) if isinstance(piece, tuple) else [piece]
