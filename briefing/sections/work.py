"""主要工作: the period's numbers by field of work, as a summary tells them."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from briefing.model import Missing, Paragraph, Section, Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sections.overview import REMARKS
from briefing.sentences import overview
from briefing.source import Source

TITLE = _("主要工作")
# A sentence belongs to the first field one of whose words stands in its id.
FIELDS = (
    (_("（一）组建建会。"), ("coverage_rate", "unions_formed")),
    (_("（二）会员发展。"), ("membership_rate", "members_joined")),
    (_("（三）劳动关系。"), ("",)),
)


def build(source: Source, request: Request) -> Made:
    """Return a paragraph for each field of work with something to tell; what cannot be told is listed."""
    found = overview(source, request)
    missing = tuple(one for one in found if isinstance(one, Missing))
    by_field: dict[str, list[Sentence]] = {}
    for one in found:
        if isinstance(one, Sentence) and (one.id not in REMARKS or by_field):
            by_field.setdefault(_field(one), []).append(one)
    if not by_field:
        return Made(None, (*missing, Missing(TITLE, _("相关台账均未报"), is_section=True)))
    paragraphs = tuple(_paragraph(name, by_field[name]) for name, _words in FIELDS if name in by_field)
    return Made(Section("work", TITLE, paragraphs), missing)


def _field(sentence: Sentence) -> str:
    return next(name for name, words in FIELDS if any(word in sentence.id for word in words))


def _paragraph(name: str, sentences: list[Sentence]) -> Paragraph:
    """Return the field's sentences; the first one bears the field's name."""
    first = replace(sentences[0], parts=(name, *sentences[0].parts))
    return Paragraph((first, *sentences[1:]))
