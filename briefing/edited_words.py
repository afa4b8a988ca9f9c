"""Which words of an edited sentence are still the program's numbers, and which a person typed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby

from briefing.model import Fact, Part, Text, Typed, plain

NUMBER = re.compile(r"\d(?:[\d.,]*\d)?%?")
FIGURE_BEFORE, FIGURE_AFTER = re.compile(r"(?:\d[.,]?|[－＋+-])$"), re.compile(r"[.,]?\d|%")
TYPED = -1
Sources = list[int]  # of each character of the edited text: its place in the generated one, or TYPED


def found_again(generated: Text, text: str) -> Text:
    """Return an edited text in parts: a fact where its whole text still stands, what was there before, the rest typed.

    A fact is looked for in its place first (so of two equal numbers each keeps its own question), then, if it was
    moved, by its text where that can mean only one. A number of which any figure was changed is typed as a whole.
    """
    sources, spans = _in_place(plain(generated), text), _spans(generated)
    for part, span in zip(generated, spans, strict=True):
        if not isinstance(part, str) and not _stands(span, text, sources, part.text):
            sources[:] = [TYPED if source in span else source for source in sources]
    for part, span in zip(generated, spans, strict=True):
        if isinstance(part, Fact) and not set(span) & set(sources):
            _find_moved(generated, part, span, text, sources)
    _keep_whole_numbers(plain(generated), text, sources)
    return _parts(generated, spans, text, sources)


def _spans(generated: Text) -> list[range]:
    """Return where each part stands in the generated sentence."""
    ends = [len(plain(generated[: place + 1])) for place in range(len(generated))]
    return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def _in_place(generated: str, text: str) -> Sources:
    sources = [TYPED] * len(text)
    for block in SequenceMatcher(None, generated, text, autojunk=False).get_matching_blocks():
        sources[block.b : block.b + block.size] = range(block.a, block.a + block.size)
    return sources


def _stands(span: range, text: str, sources: Sources, said: str) -> bool:
    """Return whether a part stands in the text in one piece, and no figure runs into it."""
    found = [place for place, source in enumerate(sources) if source in span]
    if not found:
        return False
    start, end = found[0], found[-1] + 1
    return text[start:end] == said and _is_alone(text, start, end)


def _is_alone(text: str, start: int, end: int) -> bool:
    """Return whether no figure runs into a number from either side: 91.2% is not in 191.2%."""
    return not FIGURE_BEFORE.search(text[:start]) and not FIGURE_AFTER.match(text[end:])


def _find_moved(generated: Text, fact: Fact, span: range, text: str, sources: Sources) -> None:
    """Find a fact that was moved, where its text stands once outside other facts and could be no other fact."""
    if not fact.text or [part for part in generated if isinstance(part, Fact) and part.text == fact.text] != [fact]:
        return
    taken = {
        place for part, own in zip(generated, _spans(generated), strict=True) if isinstance(part, Fact) for place in own
    }
    places = [found.span() for found in re.finditer(re.escape(fact.text), text)]
    free = [(a, b) for a, b in places if not taken & set(sources[a:b]) and _is_alone(text, a, b)]
    if len(free) == 1:
        sources[slice(*free[0])] = span


def _keep_whole_numbers(generated: str, text: str, sources: Sources) -> None:
    """Make a number typed as a whole unless it was there, figure by figure, before."""
    there = {found.span() for found in NUMBER.finditer(generated)}
    for found in NUMBER.finditer(text):
        start, end = found.span()
        first = sources[start]
        is_same = sources[start:end] == list(range(first, first + end - start))
        if first == TYPED or not is_same or (first, first + end - start) not in there:
            sources[start:end] = [TYPED] * (end - start)


def _parts(generated: Text, spans: list[range], text: str, sources: Sources) -> Text:
    owners = [next((place for place, span in enumerate(spans) if source in span), TYPED) for source in sources]
    runs = ((owner, list(places)) for owner, places in groupby(range(len(text)), key=owners.__getitem__))
    return tuple(_part(generated, owner, text[places[0] : places[-1] + 1]) for owner, places in runs)


def _part(generated: Text, owner: int, said: str) -> Part:
    if owner == TYPED or isinstance(generated[owner], Typed):
        return Typed(said)
    part = generated[owner]
    return part if isinstance(part, Fact) else said
