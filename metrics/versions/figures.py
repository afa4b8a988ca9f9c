"""What a version did to the indicators: every number that another version gives otherwise, was → now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isclose

import duckdb

from etl.errors import QuestionError
from metrics.catalogue import Metric, catalogue
from metrics.columns import MONTH
from metrics.effects import MAIN
from metrics.question import Question, Row
from metrics.scope import default_month, months
from metrics.values import ask
from metrics.warehouse import Warehouse

OTHER_MONTHS = 12  # before and after the month asked, in which the main indicators are compared, too
Key = tuple[date, str | None]  # month and community (None: the street)


@dataclass(frozen=True)
class FigureChange:
    """One number that differs; a side is None where that version has no report for it."""

    metric: Metric
    month: date
    community_id: str | None
    place: str
    was: Row | None
    now: Row | None


def figure_changes(old: Warehouse, new: Warehouse, month: date) -> tuple[tuple[FigureChange, ...], tuple[str, ...]]:
    """Return what differs, and the titles of the metrics that one version cannot tell.

    Read are all metrics for `month`, and the main ones for the months before and after it that either version has.
    """
    axis = {*months(old), *months(new)}
    near = sorted(one for one in axis if one != month and abs(_between(one, month)) <= OTHER_MONTHS)
    told = max(month, _latest(old, month), _latest(new, month))  # later registers are carried: the same once more
    found: list[FigureChange] = []
    lacking = []
    for metric in catalogue().values():
        others = [one for one in near if metric.time == "flow" or one <= told] if metric.id in MAIN else []
        wanted = [month, *others]
        try:
            before, after = _read(old, metric, wanted), _read(new, metric, wanted)
        except (QuestionError, duckdb.CatalogException, duckdb.BinderException):  # built by another program
            lacking.append(metric.title)
            continue
        found += _differing(metric, before, after, new)
    return tuple(sorted(found, key=lambda change: _order(change, month))), tuple(lacking)


def _order(change: FigureChange, month: date) -> tuple[bool, int, int, bool]:
    """Return the place in a list: the month asked, then the latest, in each the main indicators, the street first."""
    place = MAIN.index(change.metric.id) if change.metric.id in MAIN else len(MAIN)
    return change.month != month, -change.month.toordinal(), place, change.community_id is not None


def _latest(warehouse: Warehouse, otherwise: date) -> date:
    """Return a version's default month; one from which every load was taken back has none."""
    try:
        return default_month(warehouse)
    except QuestionError:
        return otherwise


def _between(one: date, other: date) -> int:
    return (one.year - other.year) * 12 + one.month - other.month


def _read(warehouse: Warehouse, metric: Metric, wanted: list[date]) -> dict[Key, Row]:
    """Return the street's row and every community's, of the wanted months that the version has."""
    there = sorted(set(months(warehouse)) & set(wanted))
    found: dict[Key, Row] = {}
    if not there:
        return found
    for by in ((MONTH,), ("community", MONTH)):
        for row in ask(warehouse, Question(metric.id, by=by, start=there[0], month=there[-1])).rows:
            found[date.fromisoformat(f"{row.keys[MONTH]}-01"), row.keys.get("community_id")] = row
    return {key: row for key, row in found.items() if row.known}


def _differing(metric: Metric, old: dict[Key, Row], new: dict[Key, Row], named_by: Warehouse) -> Iterator[FigureChange]:
    for key in [*new, *(key for key in old if key not in new)]:
        was, now = old.get(key), new.get(key)
        if not is_same(was, now):
            row = now or was
            place = (row.keys.get("community") if row else None) or named_by.street
            yield FigureChange(metric, key[0], key[1], place, was, now)


def is_same(was: Row | None, now: Row | None) -> bool:
    """Return whether two rows say the same: value, both sides, and whether they are kept back."""
    if was is None or now is None:
        return was is now
    sides = ((was.numerator, now.numerator), (was.denominator, now.denominator), (was.value, now.value))
    return was.is_suppressed == now.is_suppressed and all(_is_equal(*pair) for pair in sides)


def _is_equal(one: float | None, other: float | None) -> bool:
    """Return whether two numbers are one: sums of amounts differ in their last bit by the order of adding."""
    return one == other if one is None or other is None else isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
