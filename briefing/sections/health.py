"""组织健康: how many unions and enterprises need a hand, each with the responsible unit; for the house alone."""

from __future__ import annotations

from gettext import gettext as _

from briefing.model import Paragraph, Section, Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences.health import health
from briefing.sentences.scope import Scope
from briefing.source import Source

TITLE = _("组织健康")


def build(source: Source, request: Request) -> Made:
    """Return one numbered item a list with something in it; nothing where all is in order or nothing is kept."""
    if request.topic:
        return Made(None)
    found = health(Scope(source, request.end, request.community))
    items = tuple(Paragraph((one,), is_numbered=True) for one in found if isinstance(one, Sentence))
    return Made(Section("health", TITLE, items) if items else None)
