"""本月要点: up to six generated sentences, each with the page where its rows are.

A difference or a change is told only where it is more than chance; the month's disputes with what they are; what is
overdue where something is. Where there is more to say than there is room for, what asks for attention stays.
"""

from __future__ import annotations

from datetime import date

from briefing.model import Missing, Sentence
from briefing.sentences.disputes import disputes
from briefing.sentences.dues import dues
from briefing.sentences.levels import levels
from briefing.sentences.scope import Scope, Told
from briefing.sentences.targets import target
from briefing.source import Source

MOST = 6


def points(source: Source, month: date, community: str = "", is_short: bool = False) -> list[Told]:
    """Return the month's sentences, at most MOST: levels against their goals, disputes, what is overdue, hazards, targets.

    After them what cannot be told, and why. A sentence that asks for attention names its `unit`.
    """
    found = _found(source, month, community, is_short)
    told = [one for one in found if isinstance(one, Sentence)]
    return [*_most_urgent(told), *(one for one in found if isinstance(one, Missing))]


def _found(source: Source, month: date, community: str, is_short: bool) -> list[Told]:
    scope = Scope(source, month, community, is_short=is_short)
    rates = [one for metric in ("coverage_rate", "membership_rate_area") for one in levels(scope, metric)]
    return [*rates, *disputes(scope), *dues(scope), *target(scope)]


def _most_urgent(told: list[Sentence]) -> list[Sentence]:
    """Return at most MOST sentences in their order; the last ones that nobody has to answer for make room."""
    kept = list(told)
    for one in reversed(told):
        if len(kept) > MOST and not one.unit:
            kept.remove(one)
    return kept[:MOST]


def attention(source: Source, month: date, community: str = "", is_short: bool = False) -> list[Told]:
    """Return what somebody has to answer for, all of it, each with its `unit`: 需关注事项."""
    return [one for one in _found(source, month, community, is_short) if isinstance(one, Missing) or one.unit]
