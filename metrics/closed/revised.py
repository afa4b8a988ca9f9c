"""定稿后更正: the figures of a closed month that today's data have otherwise, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import isclose
from pathlib import Path

from metrics import scope
from metrics.catalogue import Metric, catalogue
from metrics.closed.closing import Closing, closing, warehouse_of
from metrics.closed.figures import STREET, ClosedFigure, figures_at, periods_of
from metrics.closed.kept import built_from
from metrics.closed.quoted import by_key, kept_of
from metrics.closed.why import Reason, reasons, why
from metrics.effects import MAIN
from metrics.warehouse import Warehouse

LISTED = ("month", "ytd")  # a quarter's or a statistical year's figure moves with them and would only repeat it


@dataclass(frozen=True, slots=True)
class Revised:
    """A figure that was corrected after its month was closed: as it was, as it is now, and why."""

    metric: Metric
    community_id: str
    place: str
    period: str
    was: ClosedFigure
    now: ClosedFigure
    why: tuple[str, ...]

    @property
    def is_main(self) -> bool:
        """Return whether it is one of the street's own main figures, which are named first."""
        return self.community_id == STREET and self.metric.id in MAIN


def revised(street: Path, warehouse: Warehouse, month: date) -> tuple[Revised, ...]:
    """Return what differs from the closed figures in a generation: the street's main figures first, then by community.

    () of an open month and of the very generation that it was closed with; StreetError where the closed figures cannot
    be read.
    """
    closed = closing(street, month)
    if closed is None or closed.generation_id == warehouse.generation_id:
        return ()
    return _revised(street, warehouse, closed)


@lru_cache(maxsize=32)
def _revised(street: Path, warehouse: Warehouse, closed: Closing) -> tuple[Revised, ...]:
    was, now = by_key(street, closed), figures_at(warehouse, closed.month, LISTED)
    known = catalogue()
    keys = [key for key in was if _is_listed(key) and not _is_same(was[key], _now(was, now, key))]
    found = _reasons(street, warehouse, closed) if keys else ()
    places = {STREET: warehouse.street} | {option.id: option.title for option in scope.communities(warehouse)}
    order = {place: index for index, place in enumerate(places)}
    listed = [
        Revised(known[metric], place, places.get(place, place), period, was[metric, place, period],
                _now(was, now, (metric, place, period)), why(known[metric], found))
        for metric, place, period in keys
    ]  # fmt: skip
    return tuple(sorted(listed, key=lambda one: (not one.is_main, order.get(one.community_id, len(order)))))


def _is_listed(key: tuple[str, str, str]) -> bool:
    """Return whether a figure can be held against today's: its metric is still there, its period not a repetition."""
    metric = catalogue().get(key[0])
    return metric is not None and key[2] in periods_of(metric, LISTED)


def _now(
    was: dict[tuple[str, str, str], ClosedFigure],
    now: dict[tuple[str, str, str], ClosedFigure],
    key: tuple[str, str, str],
) -> ClosedFigure:
    """Return today's figure; of a place that is listed no more one of which nothing is known."""
    nothing = replace(was[key], numerator=None, denominator=None, value=None, known=0, expected=0)
    return now.get(key, replace(nothing, is_hidden=False, below=None, approximate=False, item_missing=0))


def _is_same(was: ClosedFigure, now: ClosedFigure) -> bool:
    """Return whether two figures say the same number; sums of yuan may differ in the last digits a machine keeps."""
    pairs = ((was.value, now.value), (was.numerator, now.numerator), (was.denominator, now.denominator))
    return was.is_hidden == now.is_hidden and all(is_equal(*pair) for pair in pairs)


def is_equal(one: float | None, other: float | None) -> bool:
    """Return whether two sides are the same number, or both not known."""
    return one == other if one is None or other is None else isclose(one, other, rel_tol=1e-9)


def _reasons(street: Path, warehouse: Warehouse, closed: Closing) -> tuple[Reason, ...]:
    found = kept_of(street, closed)
    return reasons(found.built_from if found else built_from(warehouse_of(street, closed)), warehouse)
