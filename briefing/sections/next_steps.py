"""下一步工作: the plans of a half year's or year's summary, typed by the office; never in a public version."""

from __future__ import annotations

from gettext import gettext as _

from briefing import typed
from briefing.model import Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.typed_section import ended, matters

TITLE = _("下一步工作")
IS_INTERNAL = True
IS_OF_STREET = True


def build(source: Source, request: Request) -> Made:
    """Return the section, one numbered paragraph a plan."""
    found = typed.next_steps(source.street, request.end) if source.street else ()
    sentences = (
        Sentence(f"next_step:{one.item}", ended(one.matter)) for one in found if not typed.is_nothing(one.matter)
    )
    return matters("next_steps", TITLE, sentences, is_nothing=bool(found))
