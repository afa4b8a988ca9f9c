"""What the clerk made of generated sentences: kept beside them, never in their place for good.

An edit remembers the wording that it was made from. Where the numbers have changed since, the edited sentence stands as
the clerk wrote it and is flagged: the program never rewrites what a person has written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from gettext import gettext as _
from pathlib import Path

from briefing.edited_words import found_again
from briefing.kinds import kind_of
from briefing.model import Block, Document, Edit, Missing, Paragraph, Section, Sentence
from etl.errors import StreetError
from etl.notes import add_note, kept_text, notes

KIND = "briefing_edits"
TOKEN = re.compile(r"[\d][\d.,]*(?:%|个百分点)?|\D")


@dataclass(frozen=True)
class Kept:
    """An edit as it is kept: the text instead of a sentence's generated one, or that the sentence is left out."""

    sentence_id: str
    text: str
    original: str
    is_left_out: bool
    by: str
    on: date


def _key(document: Document) -> dict[str, str]:
    return {
        "kind": kind_of(document.kind).id,
        "month": f"{document.month:%Y-%m}",
        "community": document.community_id,
        "topic": document.topic,
        "audience": document.audience,
    }


def kept(street: Path, document: Document) -> dict[str, Kept]:
    """Return a document's edits by sentence, also of sentences that are left out or no longer generated."""
    key = _key(document).items()
    found = [note for note in notes(street, KIND) if key <= note.items()]
    return {note["sentence"]: _kept(note) for note in found}


def _kept(note: dict[str, str]) -> Kept:
    is_left_out, on = note["is_left_out"] == "true", date.fromisoformat(note["edited_on"])
    return Kept(note["sentence"], note["text"], note["original"], is_left_out, note["edited_by"], on)


def edit(street: Path, document: Document, sentence_id: str, text: str, by: str = "") -> None:
    """Keep a clerk's text for a sentence; no text leaves the sentence out, the generated text again takes the edit back."""
    original = _generated(street, document, sentence_id)
    said = kept_text(text)
    if said == original:
        take_back(street, document, sentence_id, by)
        return
    add_note(
        street, KIND, **_key(document), sentence=sentence_id, text=said, original=original,
        is_left_out="" if said else "true", edited_by=by,
    )  # fmt: skip


def take_back(street: Path, document: Document, sentence_id: str, by: str = "") -> None:
    """Print the generated sentence again; that it was edited stays on record. Nothing happens where it was not."""
    if sentence_id in kept(street, document):
        add_note(street, KIND, **_key(document), sentence=sentence_id, edited_by=by)


def _sentences(document: Document) -> Iterator[Sentence]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from block.sentences


def _generated(street: Path, document: Document, sentence_id: str) -> str:
    """Return a sentence's generated wording as it is kept, edited already or not."""
    for one in _sentences(document):
        if one.id == sentence_id:
            return kept_text(one.edit.now if one.edit else one.text)
    if (left_out := kept(street, document).get(sentence_id)) is not None:
        return left_out.original
    message = _("这份文件里没有这一句，可能数据已更新")
    raise StreetError(message, remedy=_("请刷新页面后再改"), code="unknown_sentence")


def applied(street: Path, document: Document) -> Document:
    """Return the document with the clerk's sentences; those left out, or no longer generated, are listed as missing."""
    edits = kept(street, document)
    if not edits:
        return document
    there = {one.id: one for one in _sentences(document)}
    sections = tuple(found for one in document.sections if (found := _section(one, edits)) is not None)
    missing = [_left_out(one, there.get(one.sentence_id)) for one in edits.values() if _is_missing(one, there)]
    return replace(document, sections=sections, missing=(*document.missing, *missing))


def _is_missing(one: Kept, there: dict[str, Sentence]) -> bool:
    return one.is_left_out or one.sentence_id not in there


def _left_out(one: Kept, generated: Sentence | None) -> Missing:
    """Return why a sentence is not there; a number that has changed since it was left out is said."""
    if generated is None:
        return Missing(one.text or one.original, _("原句本期不再生成，改过的文字未列入"))
    if kept_text(generated.text) != one.original:
        return Missing(generated.text, _("编辑时删去，删去后原句已变化"))
    return Missing(generated.text, _("编辑时删去"))


def _section(section: Section, edits: dict[str, Kept]) -> Section | None:
    """Return a section with its edits; None where every sentence of it was left out and nothing else is in it."""
    blocks = tuple(found for block in section.blocks if (found := _block(block, edits)) is not None)
    return replace(section, blocks=blocks) if blocks or not section.blocks else None


def _block(block: Block, edits: dict[str, Kept]) -> Block | None:
    if not isinstance(block, Paragraph):
        return block
    stay = [one for one in block.sentences if one.id not in edits or not edits[one.id].is_left_out]
    if not stay:
        return None
    return replace(block, sentences=tuple(_edited(one, edits[one.id]) if one.id in edits else one for one in stay))


def _edited(sentence: Sentence, one: Kept) -> Sentence:
    is_stale = kept_text(sentence.text) != one.original
    changed = changed_numbers(one.original, sentence.text) if is_stale else ()
    made = Edit(one.original, sentence.text, one.by, one.on, is_stale, changed)
    return replace(sentence, parts=found_again(sentence.parts, one.text), edit=made)


def changed_numbers(was: str, now: str) -> tuple[tuple[str, str], ...]:
    """Return the numbers that differ between two wordings of a sentence, as (was, now); "" where there is none."""
    before, after = TOKEN.findall(was), TOKEN.findall(now)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            old, new = _numbers(before[a:b]), _numbers(after[c:d])
            length = max(len(old), len(new))
            found += zip(old + [""] * (length - len(old)), new + [""] * (length - len(new)), strict=True)
    return tuple(pair for pair in found if pair[0] != pair[1])


def _numbers(tokens: list[str]) -> list[str]:
    return [token.rstrip(".,") for token in tokens if token[0].isdecimal()]
