"""Texts as runs: every number in a hidden bookmark that the file's record of origins knows, footnotes at their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from briefing.model import Fact, Part, Text, plain
from briefing.writers.word_xml import element, text_run

BOOKMARK = "_atlas"  # Word hides bookmarks whose name begins with a line


def term(note: str) -> str:
    """Return the words that a definition is about: what stands before ＝ or ：."""
    return note.replace("：", "＝").partition("＝")[0].strip()


def spellings(note: str) -> tuple[str, ...]:
    """Return how a text may name it: in full, or without what stands in brackets."""
    full = term(note)
    bare = full.partition("（")[0]
    return tuple(dict.fromkeys(name for name in (full, bare) if name))


@dataclass
class Noted:
    """The footnotes of one file: those still without a place, and those placed, in their order."""

    waiting: list[str]
    placed: list[str] = field(default_factory=list)

    def mark(self, note: str) -> Any:
        """Return the mark of a footnote; from here on it is placed."""
        self.waiting.remove(note)
        self.placed.append(note)
        look = element("w:rPr", {}, element("w:rStyle", {"w:val": "FootnoteReference"}))
        return element("w:r", {}, look, element("w:footnoteReference", {"w:id": str(len(self.placed))}))

    def left(self) -> list[str]:
        """Return the notes whose words stand nowhere, for a place of their own; none waits any longer."""
        left, self.waiting = self.waiting, []
        return left

    def after(self, text: str) -> tuple[int, str] | None:
        """Return where in a text the first footnote that waits for one of its words has its mark."""
        spans = {note: span for note in (*self.waiting, *self.placed) if (span := _span(text, note))}
        free = [
            (end, note)
            for note, (start, end) in spans.items()
            if note in self.waiting and not any(_covers(other, (start, end)) for other in spans.values())
        ]
        return min(free, default=None)


def _span(text: str, note: str) -> tuple[int, int] | None:
    """Return where a text names what a note is about, in its longest spelling."""
    return next(((at, at + len(name)) for name in spellings(note) if (at := text.find(name)) >= 0), None)


def _covers(other: tuple[int, int], span: tuple[int, int]) -> bool:
    """Return whether a longer word holds this one: 单独建会率 holds 建会率."""
    return other != span and other[0] <= span[0] and span[1] <= other[1]


@dataclass
class Writing:
    """What goes on while one file is written: its footnotes, and its facts with the runs that they became."""

    noted: Noted
    facts: list[tuple[Fact, Any]] = field(default_factory=list)

    def runs(self, text: Text) -> list[Any]:
        """Return a text as runs."""
        return [run for part in text for run in self._part(part)]

    def name(self, text: Text) -> list[Any]:
        """Return a table cell's text as runs, with the footnotes of its words.

        Footnotes stand only where no number does: LibreOffice moves the bookmarks that follow one in its paragraph.
        """
        if any(not isinstance(part, str) for part in text):
            return self.runs(text)
        return self._noted(plain(text))

    def _part(self, part: Part) -> list[Any]:
        if isinstance(part, Fact):
            return self._fact(part)
        words = part if isinstance(part, str) else part.text
        return [text_run(words)] if words else []

    def _noted(self, text: str) -> list[Any]:
        """Return words with the footnotes that belong to them."""
        if (place := self.noted.after(text)) is None:
            return [text_run(text)] if text else []
        at, note = place
        return [text_run(text[:at]), self.noted.mark(note), *self._noted(text[at:])]

    def _fact(self, fact: Fact) -> list[Any]:
        run = text_run(fact.text)
        self.facts.append((fact, run))
        number = str(len(self.facts))
        start = element("w:bookmarkStart", {"w:id": number, "w:name": BOOKMARK + number})
        return [start, run, element("w:bookmarkEnd", {"w:id": number})]
