"""A request becomes a document: its kind's sections in order, head, footnotes, and what had to be left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from types import ModuleType

from briefing import edits
from briefing.footnotes import footnotes
from briefing.heads import community_name, head_of, untyped
from briefing.kinds import Kind, kind_of
from briefing.model import Document, Missing, Section
from briefing.origins import titles
from briefing.request import Request
from briefing.resolving import resolved
from briefing.sections.made import Made
from briefing.source import Source
from metrics.catalogue import metric_of
from metrics.closed.closing import closing, warehouse_of
from metrics.warehouse import Warehouse, open_current

INTERNAL_ONLY = _("对外版不列")


def compose(street: Path, request: Request, earlier: Warehouse | None = None) -> Document:
    """Return a street's document: from the closed generation of a 定稿 month, with what was typed and edited.

    `earlier` is another generation that the reader wants to see it from, closed or not.
    """
    warehouse = earlier or open_current(street)
    asked = resolved(warehouse, request)
    closed = closing(street, asked.end) if earlier is None else None
    if closed is not None:
        warehouse = warehouse_of(street, closed)
    source = Source(warehouse, street, asked.audience)
    body = _body(source, asked, closed.closed_on if closed else None)
    return _finished(source, asked, edits.applied(street, body))


def compose_from(source: Source, request: Request) -> Document:
    """Return the document that a source gives; nothing is edited in it."""
    asked = resolved(source.warehouse, replace(request, audience=source.audience))
    return _finished(source, asked, _body(source, asked, None))


def _body(source: Source, request: Request, closed_on: date | None) -> Document:
    """Return the document without the sections that are made from the others."""
    kind, warehouse = kind_of(request.kind), source.warehouse
    head = head_of(source, request, closed_on)
    made = [_joined(kind, [_built(part, source, request) for part in parts]) for parts in kind.sections]
    return Document(
        kind=kind.name,
        title=kind.title,
        month=request.end,
        audience=source.audience,
        head=head,
        sections=tuple(found.section for found in made if found.section is not None),
        street=warehouse.street,
        is_sample=warehouse.is_sample,
        generation_id=warehouse.generation_id,
        generation_no=warehouse.generation_no,
        community_id=request.community,
        community=community_name(source, request),
        topic=metric_of(request.topic).title if request.topic else "",
        closed_on=closed_on,
        missing=tuple(
            dict.fromkeys(missing for found in (*made, Made(None, untyped(head))) for missing in found.missing)
        ),
    )


def _module(section: str) -> ModuleType:
    return import_module(f"briefing.sections.{section}")


def _built(section: str, source: Source, request: Request) -> Made:
    """Return a section; one of the street alone, or for the house alone, is not built for others.

    A section's file says so of itself: IS_OF_STREET, IS_INTERNAL, IS_LAST (it is made from the other sections).
    """
    module = _module(section)
    if getattr(module, "IS_LAST", False) or (request.community and getattr(module, "IS_OF_STREET", False)):
        return Made(None)
    if source.audience == "public" and getattr(module, "IS_INTERNAL", False):
        return Made(None, (Missing(module.TITLE, INTERNAL_ONLY),))
    found: Made = module.build(source, request)
    return found


def _joined(kind: Kind, parts: list[Made]) -> Made:
    """Return several files' parts as one section under the first one's title; what is missing is missing of all."""
    sections = [part.section for part in parts if part.section is not None]
    missing = tuple(missing for part in parts for missing in part.missing)
    if not sections:
        return Made(None, missing)
    first = sections[0]
    title = kind.titles.get(first.id, first.title)
    blocks = tuple(block for section in sections for block in section.blocks)
    return Made(Section(first.id, title, blocks, first.is_annex), missing)


def _finished(source: Source, request: Request, document: Document) -> Document:
    """Return the document with its definitions and with the sections made from the others."""
    kind = kind_of(request.kind)
    last = [module for parts in kind.sections for part in parts if getattr(module := _module(part), "IS_LAST", False)]
    made: list[Made] = [module.build(source, request, document) for module in last]
    sections = tuple(found.section for found in made if found.section is not None)
    missing = tuple(missing for found in made for missing in found.missing)
    return replace(
        document,
        sections=(*document.sections, *sections),
        footnotes=footnotes(document),
        missing=(*document.missing, *missing),
        names=tuple(titles(source.warehouse, (fact.origin for fact in document.facts())).items()),
    )
