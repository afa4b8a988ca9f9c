"""Documents and files, made once for one state of the street: generation, notes and the request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from briefing.compose import compose
from briefing.kinds import kind_of
from briefing.model import Document, Head
from briefing.request import Request
from briefing.writers import WRITERS
from etl.notes import notes_stamp
from metrics.closed.closing import closing
from metrics.question import Audience
from metrics.versions import open_version
from metrics.warehouse import Warehouse
from pages.parts import answers


@dataclass(frozen=True)
class Draft:
    """What a document is made from; equal drafts are the same document, to the last byte of its content."""

    street: Path
    stamp: str
    request: Request
    earlier: int | None = None  # the number of the generation that the pages show, where that is not the newest

    def for_whom(self, audience: Audience) -> Draft:
        """Return the same document for another audience."""
        return replace(self, request=replace(self.request, audience=audience))


def stamp(warehouse: Warehouse) -> str:
    """Return a text that changes with the generation and with any note."""
    return f"{warehouse.generation_no}.{warehouse.generation_id}.{notes_stamp(answers.street_folder())}"


def draft(warehouse: Warehouse, request: Request) -> Draft:
    """Return the draft of a request as the street is now."""
    earlier = None if answers.is_newest() else warehouse.generation_no
    return Draft(answers.street_folder(), stamp(warehouse), request, earlier)


@lru_cache(maxsize=32)
def document(made_from: Draft) -> Document:
    """Return a draft's document; treat it as read-only, it is shared."""
    street, number = made_from.street, made_from.earlier
    return compose(street, made_from.request, None if number is None else open_version(street, number))


@lru_cache(maxsize=16)
def content(made_from: Draft, ending: str) -> bytes:
    """Return a draft as a file."""
    return WRITERS[ending](document(made_from))


def file_name(made_from: Draft, warehouse: Warehouse, ending: str) -> str:
    """Return what a draft's file is called, without making the document."""
    asked, kind = made_from.request, kind_of(made_from.request.kind)
    closed = closing(made_from.street, asked.end) if made_from.earlier is None else None
    number = closed.generation_no if closed else warehouse.generation_no
    head = Head(warehouse.street + kind.title, "")
    about = (kind.name, kind.title, asked.end, asked.audience, head, (), warehouse.street, warehouse.is_sample)
    return Document(*about, generation_id="", generation_no=number).file_name(ending)


@lru_cache(maxsize=8)
def pages(made_from: Draft) -> tuple[bytes, ...]:
    """Return a draft's pages as they print, as PNG."""
    from briefing.writers import pdf  # late: only this page draws pages

    return pdf.pages(document(made_from))


@lru_cache(maxsize=8)
def notices(made_from: Draft) -> tuple[str, ...]:
    """Return what has to be said of a draft's printing: characters that the fonts do not have."""
    from briefing.writers import pdf

    return tuple(pdf.pdf_notices(document(made_from)))
