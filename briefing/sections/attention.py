"""需关注事项: what somebody has to answer for, each with the responsible unit. Only in the internal version."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TypeGuard

from briefing.kinds import kind_of
from briefing.model import Missing, Paragraph, Section, Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences import Told, attention
from briefing.sentences.remarks import metric_in, remarks
from briefing.source import Source
from metrics.catalogue import metric_of

TITLE = _("需关注事项")
IS_INTERNAL = True


def build(source: Source, request: Request) -> Made:
    """Return one numbered item for each matter; where nothing calls for attention, a sentence says so."""
    found = attention(source, request.end, request.community, kind_of(request.kind).most_pages is not None)
    # 总体情况 may tell the same matter in other words: an edit must know which of the two it means.
    told = tuple(replace(one, id=f"attention:{one.id}") for one in found if _is_of(one, request))
    if request.topic and not told:
        return Made(None)
    if told:
        items = tuple(
            Paragraph(
                (one, *remarks(source, request.end, metric_in(one.id), community=request.community)), is_numbered=True
            )
            for one in told
        )
        return Made(Section("attention", TITLE, items))
    missing = tuple(one for one in found if isinstance(one, Missing))
    if missing:  # what is not reported may call for attention all the same
        return Made(None, (Missing(TITLE, _("相关台账未报，无法判断"), is_section=True),))
    nothing = Sentence("attention:none", (_("按已报台账，本期没有需要提请关注的事项。"),))
    return Made(Section("attention", TITLE, (Paragraph((nothing,)),)))


def _is_of(told: Told, request: Request) -> TypeGuard[Sentence]:
    """Return whether it is a sentence, and on the document's topic where it has one."""
    if isinstance(told, Missing):
        return False
    if not request.topic:
        return True
    is_of_disputes = metric_of(request.topic).unit == "dispute"
    return told.id.endswith(f":{request.topic}") or (is_of_disputes and told.id.startswith("disputes:"))
