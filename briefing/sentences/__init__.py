"""What a document says in words: 本月要点, 总体情况, and who answers for what.

Every sentence has its number from `briefing.aspects`; one whose number is missing is a `Missing` instead.
"""

from __future__ import annotations

from briefing.sentences.links import COMPARE, DISPUTES, MAP, NO_CONDITION
from briefing.sentences.overview import overview
from briefing.sentences.points import MOST, attention, points
from briefing.sentences.scope import Told
from briefing.sentences.units import responsible

__all__ = [
    "COMPARE",
    "DISPUTES",
    "MAP",
    "MOST",
    "NO_CONDITION",
    "Told",
    "attention",
    "overview",
    "points",
    "responsible",
]
