"""From a row of a ledger to every figure that it enters: which indicator, which months, on which side, with how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import Any, Literal

from etl.errors import QuestionError
from metrics import scope
from metrics.catalogue import Metric, catalogue, denominator
from metrics.known import Window, known
from metrics.lineage.links import link_of, units_of
from metrics.lineage.rows import Place
from metrics.older import check_held
from metrics.periods import first_month, shift, span
from metrics.warehouse import Warehouse

Side = Literal["numerator", "denominator", "basis", "left_out"]
# What a unit row says of itself: unit, name, community, month, value, base.
Found = tuple[str, str, str | None, date, Any, Any]


@dataclass(frozen=True, slots=True)
class Entering:
    """A row's part in the figures of one indicator, of one community, in months that follow each other.

    `side`: numerator or denominator with `value`, how much the row adds to each of the months; basis: `unit_name` is
    counted there by another row, and this one is among what its value rests on; left_out: the row speaks of these
    months but counts on neither side, `why` says it. `metric` of a denominator is the indicator divided by it.
    """

    metric: Metric
    unit_name: str
    community_id: str | None
    community: str
    first_month: date
    last_month: date
    side: Side
    value: float | None
    why: str = ""


def figures_of(warehouse: Warehouse, place: Place) -> tuple[Entering, ...]:
    """Return every figure that a row enters, by indicator and month.

    Counts of persons in sensitive classes are left out: a single row would tell what they hide.
    """
    found = [one for metric in readable(warehouse) for one in _months_of(warehouse, metric, place)]
    return tuple(_spans(found))


@lru_cache(maxsize=16)
def readable(warehouse: Warehouse) -> tuple[Metric, ...]:
    """Return the metrics whose rows may be shown and which this generation holds."""
    return tuple(metric for metric in catalogue().values() if not _is_sensitive(metric) and _is_held(warehouse, metric))


def _is_sensitive(metric: Metric) -> bool:
    over = denominator(metric)
    return metric.sensitive or (over is not None and over.sensitive)


def _is_held(warehouse: Warehouse, metric: Metric) -> bool:
    try:
        check_held(warehouse, metric)
    except QuestionError:
        return False
    return True


def _at(warehouse: Warehouse, metric: Metric, place: Place) -> list[Found]:
    """Return the unit rows that stand at a place; the condition is pushed down, so each query reads one row."""
    at = 'unit.load_id = $1 and unit.file = $2 and unit.sheet = $3 and unit."row" = $4'
    return _units(warehouse, metric, at, list(place))


def _units(warehouse: Warehouse, metric: Metric, condition: str, values: list[Any]) -> list[Found]:
    base = "unit.base" if "base" in metric.columns else "1" if metric.over == "units" else "null"
    query = f"""
        select unit.unit_id, unit.unit_name, unit.community_id, unit.month, unit.value, {base}
        from ({metric.sql}) as unit where {condition} order by unit.month, unit.unit_id"""
    return warehouse.cursor().execute(query, values).fetchall()


def _months_of(warehouse: Warehouse, metric: Metric, place: Place) -> Iterator[Entering]:
    """Return a row's part in one metric month by month: as its own unit, under another's, as what another rests on."""
    own = _at(warehouse, metric, place)
    for found in own:
        yield from _own(warehouse, metric, found)
    over = denominator(metric)
    if over is not None and not over.sensitive:
        for found in _at(warehouse, over, place):
            yield from _under(warehouse, metric, found)
    here = {(found[0], found[3]) for found in own}
    for found in _resting(warehouse, metric, place):
        if (found[0], found[3]) not in here and _why_not(warehouse, metric, found) == "":
            yield _entering(warehouse, metric, found, "basis")


def _resting(warehouse: Warehouse, metric: Metric, place: Place) -> list[Found]:
    """Return the unit rows of a metric that rest on a row of another ledger."""
    link = link_of(metric)
    if link is None:
        return []
    found = []
    for unit, month in _linked(warehouse, link.ledger, metric.unit, place):
        condition = f"unit.{link.key} = $1" + (" and unit.month = $2" if month is not None else "")
        found += _units(warehouse, metric, condition, [unit] if month is None else [unit, month])
    return found


@lru_cache(maxsize=64)
def _linked(warehouse: Warehouse, ledger: str, unit: str, place: Place) -> list[tuple[str, Any]]:
    """Return the units that rest on a row, asked once for all metrics of one kind."""
    link = next(link for metric in catalogue().values() if (link := link_of(metric)) and link.ledger == ledger)
    return units_of(warehouse, link, place)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _entering(warehouse: Warehouse, metric: Metric, found: Found, side: Side) -> Entering:
    _unit, name, community, month, _value, _base = found
    title = scope.title(warehouse, "community", community)
    return Entering(metric, name, community, title, month, month, side, None)


def _own(warehouse: Warehouse, metric: Metric, found: Found) -> Iterator[Entering]:
    """Return what a unit row adds to each side; nothing where it is unknown or its month is not fully reported."""
    value, base = found[4], found[5]
    if why := _why_not(warehouse, metric, found):
        yield replace(_entering(warehouse, metric, found, "left_out"), why=why)
        return
    if not metric.has_own_base or value:
        yield replace(_entering(warehouse, metric, found, "numerator"), value=_number(value))
    if metric.has_own_base:
        yield replace(_entering(warehouse, metric, found, "denominator"), value=_number(base))


def _under(warehouse: Warehouse, metric: Metric, found: Found) -> Iterator[Entering]:
    """Return what a unit row of another metric adds to the denominator of this one."""
    _unit, _name, community, month, value, _base = found
    if value is not None and _is_known(warehouse, metric, community, month):
        yield replace(_entering(warehouse, metric, found, "denominator"), value=_number(value))


def _why_not(warehouse: Warehouse, metric: Metric, found: Found) -> str:
    """Return why a unit row counts on neither side, "" where it counts."""
    _unit, _name, community, month, value, base = found
    if community is None:
        return _("社区待核实，不计入")
    if value is None or (metric.has_own_base and base is None):
        return _("缺项（所需的内容不详），不计入")
    if not _is_known(warehouse, metric, community, month):
        return _("该社区当月所需台账未报齐，不计入")
    return ""


def _is_known(warehouse: Warehouse, metric: Metric, community: str | None, month: date) -> bool:
    return community is not None and community in _known(warehouse, metric.id, month)


@lru_cache(maxsize=4096)
def _known(warehouse: Warehouse, metric_id: str, month: date) -> frozenset[str]:
    """Return the communities that count in a month, as the metric's own period reads it."""
    metric = catalogue()[metric_id]
    first = first_month(metric.period, month) if metric.period and metric.over_time == "last" else month
    months = span(max(first, scope.months(warehouse)[0]), month)
    return known(warehouse, metric, Window(month, months)).get(month, frozenset())


def _spans(found: list[Entering]) -> Iterator[Entering]:
    """Join months that follow each other and say the same."""
    last: Entering | None = None
    order = {metric: place for place, metric in enumerate(catalogue())}
    for one in sorted(
        found, key=lambda e: (order[e.metric.id], e.side, e.unit_name, e.community, e.why, e.first_month)
    ):
        if (
            last is not None
            and one == replace(last, first_month=one.first_month, last_month=one.last_month)
            and one.first_month == shift(last.last_month, 1)
        ):
            last = replace(last, last_month=one.last_month)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
