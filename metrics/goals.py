"""Goals: how far a share is from what the street set itself."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from metrics.question import Row
from metrics.scope import settings
from metrics.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Standing:
    """A share against its goal; `short` is how many units more it takes, 0 where the goal is met."""

    goal: float
    is_met: bool
    short: int


def goal(warehouse: Warehouse, metric: str) -> float | None:
    """Return the street's goal for a metric (a ratio, as `value`), or None where it has set none."""
    text = settings(warehouse).get(f"goal:{metric}")
    return None if text is None else float(text)


def standing(warehouse: Warehouse, metric: str, row: Row) -> Standing | None:
    """Return how a share stands against its goal; None without a goal or where nothing is known.

    The shortage is the smallest whole number that lifts the share to the goal (as exact fractions: in floating
    point 0.9 × 190 could ask for one too many).
    """
    wanted = goal(warehouse, metric)
    if wanted is None or row.value is None or row.numerator is None or row.denominator is None:
        return None
    short = max(ceil(Fraction(str(wanted)) * Fraction(row.denominator) - Fraction(row.numerator)), 0)
    return Standing(wanted, short == 0, short)
