"""区通报排名 in one sentence, for a document of few pages; what the office typed, never in a public version."""

from __future__ import annotations

from gettext import gettext as _

from briefing import typed
from briefing.model import Missing, Paragraph, Section, Sentence, Text, Typed
from briefing.request import Request
from briefing.sections.district_ranks import TITLE, place_text
from briefing.sections.made import Made
from briefing.source import Source
from briefing.told import joined
from briefing.typed import Rank

__all__ = ["TITLE", "build"]
IS_INTERNAL = True
IS_OF_STREET = True


def build(source: Source, request: Request) -> Made:
    """Return the sentence; without any rank typed for the month there is none, for the district does not rank every month."""
    found = typed.ranks(source.street, request.end) if source.street else ()
    if not found:
        return Made(None, (Missing(TITLE, _("未填写")),))
    text = (_("区通报排名："), *joined([_said(rank) for rank in found], "；"), "。")
    return Made(Section("district_ranks", TITLE, (Paragraph((Sentence("district_ranks", text),)),)))


def _said(rank: Rank) -> Text:
    """Return 建会率第3名（共11个，区总工会通报，2019年1月3日），上次第4名."""
    about = "，".join(filter(None, (rank.document, rank.document_date)))
    place = place_text(rank)
    if about:
        place = (
            f"{place.removesuffix('）')}，{about}）"
            if place.endswith("）")
            else _("{place}（{about}）").format(place=place, about=about)
        )
    before = _("，上次第{n}名").format(n=rank.before.place) if rank.before else ""
    return (Typed(rank.indicator + place + before),)
