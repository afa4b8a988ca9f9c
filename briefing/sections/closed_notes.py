"""附注: what a closed month's figures would be by today's data, and which changes rest on a corrected month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from gettext import gettext as _

from briefing.aspects import fact
from briefing.aspects.closed import corrections
from briefing.kinds import kind_of
from briefing.model import Document, Fact, Origin, Paragraph, Section, Sentence, Text
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.told import joined
from metrics.closed.figures import STREET
from metrics.closed.revised import Revised
from metrics.scope import communities

TITLE = _("附注")
IS_LAST = True
CHANGES = {"change", "change_short", "change_cell", "change_size"}
FEW, MANY = 3, 8  # corrections that a document of few pages, and any other, names


def build(source: Source, request: Request, document: Document) -> Made:
    """Return 定稿后更正 and the notes on changes, one paragraph each; nothing where no closed month was corrected."""
    sentences = [*_corrected(source, request, document), *change_notes(source, document.facts())]
    if not sentences:
        return Made(None)
    return Made(Section("closed_notes", TITLE, tuple(Paragraph((one,)) for one in sentences), is_annex=True))


def _corrected(source: Source, request: Request, document: Document) -> Iterator[Sentence]:
    """Yield what was corrected among the document's own figures; of many the first, and that there are more."""
    if document.closed_on is None:
        return
    asked = Origin("corrected", "", request.end)
    used = {origin.metric for origin in (found.origin for found in document.facts())}
    found = [one for one in corrections(source, asked) if one.metric.id in used and _is_of(request, one)]
    if source.audience == "public":
        yield from _public(found)
        return
    most = FEW if kind_of(request.kind).most_pages is not None else MANY
    named = [told for one in found[:most] if (told := fact(source, _origin(asked, one)))]
    more = _("；其他更正见“月度定稿”。") if len(found) > most else "。"
    if named:
        yield Sentence("closed:corrected", (_("定稿后更正："), *joined(named, "；"), more))


def _public(found: list[Revised]) -> Iterator[Sentence]:
    """Yield which of the street's own indicators were corrected, without numbers."""
    titles = list(dict.fromkeys(one.metric.title for one in found if one.community_id == STREET))
    if titles:
        yield Sentence("closed:corrected", (_("定稿后有更正的指标：{names}。").format(names="、".join(titles)),))


def _is_of(request: Request, one: Revised) -> bool:
    """Return whether a figure is one of the document's place: a community's own, or any of the street."""
    return not request.community or one.community_id == request.community


def _origin(asked: Origin, one: Revised) -> Origin:
    where = (("community", (one.community_id,)),) if one.community_id != STREET else ()
    return replace(asked, metric=one.metric.id, period=one.period, where=where)


def change_notes(source: Source, told: Iterable[Fact]) -> Iterator[Sentence]:
    """Yield each change among these facts that rests on a corrected figure of a closed month, once."""
    origins = (one.origin for one in told if one.origin.aspect in CHANGES)
    asked = dict.fromkeys(replace(origin, aspect="closed_note") for origin in origins)
    for number, origin in enumerate(asked, start=1):
        if found := fact(source, origin):
            yield Sentence(f"closed:note:{number}", _note(source, found))


def _note(source: Source, found: Fact) -> Text:
    """Return a note after the indicator and place that it speaks of."""
    title = source.answer(found.origin.question).metric.title
    return (title, *_place(source, found.origin), "：", found, "。")


def _place(source: Source, origin: Origin) -> Text:
    places = dict(origin.where).get("community", ())
    names = "、".join(one.title for one in communities(source.warehouse) if one.id in places)
    return (_("（{names}）").format(names=names),) if names else ()
