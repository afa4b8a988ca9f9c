"""服务保障与队伍: services, homes and stations, staff, rules and hearings, contracts and dues, a paragraph each."""

from __future__ import annotations

from gettext import gettext as _

from briefing.model import Missing, Paragraph, Section, Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences.resources import resources
from briefing.sentences.scope import Scope
from briefing.source import Source

TITLE = _("服务保障与队伍")


def build(source: Source, request: Request) -> Made:
    """Return what the street's other ledgers tell; no section, and no hole, where it keeps none of them."""
    if request.topic:
        return Made(None)
    found = resources(Scope(source, request.end, request.community))
    paragraphs = [tuple(one for one in told if isinstance(one, Sentence)) for told in found]
    missing = tuple(one for told in found for one in told if isinstance(one, Missing))
    blocks = tuple(Paragraph(sentences) for sentences in paragraphs if sentences)
    return Made(Section("resources", TITLE, blocks) if blocks else None, missing)
