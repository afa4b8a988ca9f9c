"""Where the enterprises at the highest level are. Only in the internal version, and without their names.

A document goes from hand to hand: which enterprise has which level stands on the page 隐患与预警 alone.
"""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

from briefing.aspects.numbers import names_text
from briefing.model import Origin
from briefing.source import Source
from metrics.catalogue import metric_of
from metrics.question import Question, Row
from metrics.reports import is_sent

RED = "enterprises_red"
FACTS = ("risk_score", "hazard")  # a street that keeps neither ledger has no levels to tell
Where = tuple[tuple[str, tuple[str, ...]], ...]


def has_levels(source: Source) -> bool:
    """Return whether levels may be told: not to the public, and not where nothing was ever sent that makes them."""
    return source.audience == "internal" and any(is_sent(source.warehouse, ledger) for ledger in FACTS)


def red_rows(source: Source, month: date, where: Where = ()) -> list[Row]:
    """Return the communities with red enterprises, in official order; none in a public version."""
    if not has_levels(source):
        return []
    return [row for row in source.answer(Question(RED, ("community",), month, where=where)).rows if row.value]


def red_places(source: Source, origin: Origin) -> str | None:
    """岗头1家、象角塘2家: where the red enterprises are; None where there are none."""
    word = metric_of(RED).measure
    found = red_rows(source, origin.month, origin.where)
    text = _("{community}{n}{word}")
    return (
        names_text([text.format(community=row.keys["community"], n=f"{row.value:,.0f}", word=word) for row in found])
        or None
    )
