"""Which community-months are listed, and which are known: missing has an arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from metrics.catalogue import Metric, catalogue, denominator
from metrics.warehouse import Warehouse

Months = dict[date, frozenset[str]]
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Window:
    """The months that one row reads: those of its period for a flow, the last one for a stock."""

    end: date
    months: tuple[date, ...]


@lru_cache(maxsize=64)
def listed(warehouse: Warehouse) -> Months:
    """Return the communities listed in each month."""
    return _sets(warehouse.cursor().execute("select month, community_id from core.community_month").fetchall())


@lru_cache(maxsize=64)
def _held(warehouse: Warehouse, ledger: str, time: str) -> Months:
    """Return the communities whose ledger can be read in each month: as a stock (`holds`) or as events (`shows`)."""
    column = {"stock": "holds", "flow": "shows"}[time]
    query = f"select month, community_id from core.report where ledger = $ledger and {column}"
    return _sets(warehouse.cursor().execute(query, {"ledger": ledger}).fetchall())


@lru_cache(maxsize=64)
def _with_rows(warehouse: Warehouse, metric_id: str) -> Months:
    """Return the communities with at least one usable unit row in each month."""
    query = f"select distinct month, community_id from ({catalogue()[metric_id].sql}) as unit where value is not null"
    return _sets(warehouse.cursor().execute(query).fetchall())


@dataclass(frozen=True)
class Blemishes:
    """The months in which some unit row of a metric has no community, or is approximate."""

    unplaced: frozenset[date]
    approximate: frozenset[date]


@lru_cache(maxsize=256)
def blemishes(warehouse: Warehouse, metric_id: str) -> Blemishes:
    """Return where a metric's rows need a second look: most months need none, and tests on every row are dear."""
    query = f"""
        select month, bool_or(community_id is null), bool_or(is_approximate)
        from ({catalogue()[metric_id].sql}) as unit group by month"""
    found = warehouse.cursor().execute(query).fetchall()
    return Blemishes(frozenset(row[0] for row in found if row[1]), frozenset(row[0] for row in found if row[2]))


def _sets(pairs: Iterable[tuple[date, str]]) -> Months:
    found: dict[date, set[str]] = {}
    for month, community in pairs:
        found.setdefault(month, set()).add(community)
    return {month: frozenset(communities) for month, communities in found.items()}


@lru_cache(maxsize=256)
def known_side(warehouse: Warehouse, metric_id: str) -> Months:
    """Return, by month, the listed communities for which every ledger of this metric can be read."""
    metric = catalogue()[metric_id]
    rests_on = [_held(warehouse, ledger, metric.time) for ledger in metric.ledgers]
    if metric.no_rows == "unknown" and not metric.of_street:  # of the street's own rows no community has any
        rests_on.append(_with_rows(warehouse, metric_id))
    everyone = listed(warehouse)
    return {
        month: communities.intersection(*(held.get(month, NOBODY) for held in rests_on))
        for month, communities in everyone.items()
    }


@lru_cache(maxsize=256)
def _known_both(warehouse: Warehouse, metric_id: str) -> Months:
    over = denominator(catalogue()[metric_id])
    own = known_side(warehouse, metric_id)
    if over is None:
        return own
    other = known_side(warehouse, over.id)
    return {month: communities & other.get(month, NOBODY) for month, communities in own.items()}


def known(warehouse: Warehouse, metric: Metric, window: Window) -> Months:
    """Return the community-months of a window that count, on both sides.

    With `over_time: last` a community counts with all its listed months or not at all: progress against a yearly target
    without January would look slow.
    """
    if metric.over_time != "last":
        both = _known_both(warehouse, metric.id)
        return {month: both.get(month, NOBODY) for month in window.months}
    own, everyone = known_side(warehouse, metric.id), listed(warehouse)
    over = denominator(metric)
    assert over is not None, "over_time stands only beside a denominator of another unit"
    whole = known_side(warehouse, over.id).get(window.end, NOBODY)
    for month in window.months:
        whole = whole - (everyone.get(month, NOBODY) - own.get(month, NOBODY))
    return {month: whole & own.get(month, NOBODY) for month in window.months}
