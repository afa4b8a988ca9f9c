"""提请研究事项: what the office wants decided. The program only suggests (briefing/suggestions.py); never in a public version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _

from briefing import typed
from briefing.model import Missing, Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.suggestions import suggestions
from briefing.typed_section import ended, matters
from etl.notes import kept_text

TITLE = _("提请研究事项")
IS_INTERNAL = True
IS_OF_STREET = True


def build(source: Source, request: Request) -> Made:
    """Return the section, one numbered paragraph a matter that is still open."""
    kept = typed.proposals(source.street, request.end) if source.street else ()
    printed = [one for one in kept if one.state == typed.OPEN and not typed.is_nothing(one.matter)]
    sentences = (Sentence(f"proposal:{one.item}", ended(one.matter)) for one in printed)
    made = matters("proposals", TITLE, sentences, is_nothing=bool(kept))
    return replace(made, missing=(*made.missing, *_changed(source, request, printed)))


def _changed(source: Source, request: Request, printed: Sequence[typed.Proposal]) -> Iterator[Missing]:
    """Name the matters taken from a suggestion that today's data no longer make, or make with other numbers."""
    taken = [(at, one) for at, one in enumerate(printed, start=1) if one.suggestion]
    now = {one.id: one.text for one in suggestions(source, request.end)} if taken else {}
    for at, one in taken:
        if kept_text(now.get(one.suggestion, "")) == one.original:
            continue
        what = _("提请研究事项第{n}项与现有数据的核对").format(n=at)
        said = (
            _("采用程序建议后数据已变化，现为：{now}").format(now=now[one.suggestion]) if one.suggestion in now else ""
        )
        yield Missing(what, said or _("采用程序建议后数据已变化，现已没有这项建议"))
