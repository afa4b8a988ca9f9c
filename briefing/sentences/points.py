"""本月要点: up to five generated sentences, each with the page where its rows are.

A difference or a change is told only where it is more than chance; the month's disputes always, with what they are.
"""

from __future__ import annotations

from datetime import date

from briefing.model import Missing, Sentence
from briefing.sentences.disputes import disputes
from briefing.sentences.levels import levels
from briefing.sentences.scope import Scope, Told
from briefing.sentences.targets import target
from briefing.source import Source

MOST = 5


def points(source: Source, month: date, community: str = "", is_short: bool = False) -> list[Told]:
    """Return the month's sentences, at most five: levels against their goals, disputes, the year's target.

    After them what cannot be told, and why. A sentence that asks for attention names its `unit`.
    """
    scope = Scope(source, month, community, is_short=is_short)
    rates = [one for metric in ("coverage_rate", "membership_rate_area") for one in levels(scope, metric)]
    found: list[Told] = [*rates, *disputes(scope), *target(scope)]
    told = [one for one in found if isinstance(one, Sentence)]
    return [*told[:MOST], *(one for one in found if isinstance(one, Missing))]


def attention(source: Source, month: date, community: str = "", is_short: bool = False) -> list[Told]:
    """Return the points that somebody has to answer for, each with its `unit`: 需关注事项."""
    return [one for one in points(source, month, community, is_short) if isinstance(one, Missing) or one.unit]
