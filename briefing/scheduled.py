"""The monthly run that a scheduler starts: what is due for the newest complete month, or nothing and why.

A run that stops has written nothing: no document with a hole in it leaves the house unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from pathlib import Path

from briefing.compose import compose
from briefing.kinds import PERIODS, Kind, kinds
from briefing.many import written
from briefing.model import Document, Missing, Paragraph, Sentence
from briefing.request import Request
from briefing.run import folder_of, keep_files
from metrics import scope
from metrics.question import Audience
from metrics.warehouse import open_current

ENDINGS = (".docx", ".pdf")
STALE = "stale"  # the aspect with which a document itself says that its ledger is out of date


@dataclass(frozen=True)
class Run:
    """What a run did: files it wrote, files that stood there from an earlier run, and why it stopped, by document."""

    month: date
    documents: tuple[Document, ...]
    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    stopped_by: tuple[tuple[str, Missing], ...]


def in_order() -> list[Kind]:
    """Return every kind, those of a month first, the year's last."""
    return sorted(kinds().values(), key=lambda kind: (tuple(PERIODS).index(kind.period), kind.id))


def due(month: date, audience: Audience = "internal") -> tuple[Kind, ...]:
    """Return the kinds that a month's end asks for: 简报 and 月报, 季报 in quarter months, the summaries in June and December."""
    wanted = (kind for kind in in_order() if kind.is_due and kind.ends_with(month))
    return tuple(kind for kind in wanted if audience in kind.audiences)


def run(
    street: Path, folder: Path, request: Request, endings: tuple[str, ...] = ENDINGS, accepts_missing: bool = False
) -> Run:
    """Write what is due for the request's month (the street's default month unless one is named), whole or not at all."""
    month = request.month or scope.default_month(open_current(street))
    asked = (replace(request, kind=kind.id, month=month) for kind in due(month, request.audience))
    documents = tuple(compose(street, one) for one in asked)
    stopped_by = tuple((document.kind, reason) for document in documents for reason in stops(document))
    if stopped_by and not accepts_missing:
        return Run(month, documents, (), (), stopped_by)
    folder = folder_of(folder)
    wanted = {folder / _name(document, ending): (document, ending) for document in documents for ending in endings}
    there = tuple(path for path in wanted if path.exists())
    new = {path: written(*pair) for path, pair in wanted.items() if path not in there}
    keep_files(new)
    return Run(month, documents, tuple(new), there, stopped_by)


def _name(document: Document, ending: str) -> str:
    """Return a file's name; one with a hole says so, and is not in the way of the whole one that comes later."""
    return (_("未齐_") if any(stops(document)) else "") + document.file_name(ending)


def stops(document: Document) -> Iterator[Missing]:
    """Yield what forbids to send a document out unread."""
    yield from (missing for missing in document.missing if missing.is_section)
    if not document.head.issue_no:
        yield Missing(_("期号"), _("未填写"))
    for fact in document.facts():
        if fact.origin.aspect == STALE:
            yield Missing(_("劳资纠纷台账"), fact.text)
    for sentence in sentences_of(document):
        if sentence.edit and sentence.edit.is_stale:
            yield Missing(sentence.text, _("此句改过，其中数字已变化"))


def sentences_of(document: Document) -> Iterator[Sentence]:
    """Yield a document's sentences in order."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from block.sentences
