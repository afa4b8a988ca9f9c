"""总体情况: the sentences that say the period's numbers."""

from __future__ import annotations

from gettext import gettext as _

from briefing.model import Missing, Paragraph, Section, Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences import overview
from briefing.source import Source

TITLE = _("总体情况")
REMARKS = {"disputes:as_of"}  # tells nothing by itself


def build(source: Source, request: Request) -> Made:
    """Return the sentences that can be told as one paragraph; the others are listed."""
    found = overview(source, request)
    told = tuple(one for one in found if isinstance(one, Sentence))
    missing = tuple(one for one in found if isinstance(one, Missing))
    if all(one.id in REMARKS for one in told):
        return Made(None, (*missing, Missing(TITLE, _("相关台账均未报"), is_section=True)))
    return Made(Section("overview", TITLE, (Paragraph(told),)), missing)
