"""What a document has to say of closed months: figures corrected since, and changes that rest on a corrected one."""

from __future__ import annotations

from briefing.model import Origin
from briefing.source import Source
from metrics.closed.figures import STREET, period_of
from metrics.closed.revised import Revised, revised
from metrics.closed.revised_words import revised_text
from metrics.closed.words import closed_note as note_of
from metrics.warehouse import open_current


def closed_note(source: Source, origin: Origin) -> str | None:
    """环比按更正后的2018年11月数（28宗）计算，定稿数为31宗: of the change against `of`; None where it is as closed.

    A public version says it without the numbers: a small closed one could be told from the other.
    """
    change = source.change(origin.question, origin.of)
    return note_of(source.warehouse, change, has_numbers=source.audience == "internal") or None


def corrections(source: Source, origin: Origin) -> tuple[Revised, ...]:
    """Return what was corrected after the origin's month was closed, as the street's newest data have it."""
    if source.street is None:
        return ()
    return revised(source.street, open_current(source.street), origin.month)


def corrected(source: Source, origin: Origin) -> str | None:
    """南坑社区2018年12月末建会率定稿数96.0%（…），现为95.2%（…）; None where today's figure is the closed one.

    A public version tells no such numbers: a small one could be told from the other.
    """
    if source.audience == "public":
        return None
    places = dict(origin.where).get("community", (STREET,))
    for one in corrections(source, origin):
        key = (one.metric.id, (one.community_id,), one.period)
        if key == (origin.metric, places, period_of(one.metric, origin.period)):
            return revised_text(source.warehouse, one, origin.month)
    return None
