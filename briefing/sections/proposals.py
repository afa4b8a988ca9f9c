"""提请研究事项: what the office wants decided. The program only suggests (briefing/suggestions.py); never in a public version."""

from __future__ import annotations

from gettext import gettext as _

from briefing import typed
from briefing.model import Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.typed_section import ended, matters

TITLE = _("提请研究事项")
IS_INTERNAL = True
IS_OF_STREET = True


def build(source: Source, request: Request) -> Made:
    """Return the section, one numbered paragraph a matter that is still open."""
    kept = typed.proposals(source.street, request.end) if source.street else ()
    sentences = (
        Sentence(f"proposal:{one.item}", ended(one.matter))
        for one in kept
        if one.state == typed.OPEN and not typed.is_nothing(one.matter)
    )
    return matters("proposals", TITLE, sentences, is_nothing=bool(kept))
