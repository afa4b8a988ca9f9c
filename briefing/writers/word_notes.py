"""Real footnotes: their own part of the file, with the lines that Word draws above them."""

from __future__ import annotations

from typing import Any

from briefing.writers.word_package import add_part
from briefing.writers.word_xml import element, paragraph, text_run


def add_footnotes(word: Any, notes: list[str]) -> None:
    """Add the footnotes that are placed in the text, numbered from 1 in its order."""
    kinds = (("separator", -1), ("continuationSeparator", 0))
    lines = [
        element(
            "w:footnote",
            {"w:type": kind, "w:id": str(number)},
            paragraph("FootnoteText", element("w:r", {}, element(f"w:{kind}"))),
        )
        for kind, number in kinds
    ]
    texts = [element("w:footnote", {"w:id": str(number)}, _text(note)) for number, note in enumerate(notes, 1)]
    add_part(word, "FOOTNOTES", "/word/footnotes.xml", "WML_FOOTNOTES", element("w:footnotes", {}, *lines, *texts))


def _text(note: str) -> Any:
    look = element("w:rPr", {}, element("w:rStyle", {"w:val": "FootnoteReference"}))
    return paragraph("FootnoteText", element("w:r", {}, look, element("w:footnoteRef")), text_run(note))
