"""The yearly targets that the street has handed down, as the ledger says them: of communities, and of the street itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from metrics.catalogue import Metric, catalogue
from metrics.warehouse import Warehouse

LEDGER = "target"
ADDED = ("count", "amount", "balance")  # kinds whose communities' targets add up to the street's


@dataclass(frozen=True, slots=True)
class Target:
    """One task: `community_id` None is the whole street's own row; a share's `value` is a ratio (0.95)."""

    indicator: str
    community_id: str | None
    value: float
    is_approx: bool
    load_id: str
    file: str
    sheet: str
    row: int


def is_added(metric: Metric) -> bool:
    """Return whether a metric's numbers of communities add up to the street's."""
    return metric.kind in ADDED and metric.over is None and metric.aggregate == "sum"


@lru_cache(maxsize=64)
def targets(warehouse: Warehouse, year: int) -> tuple[Target, ...]:
    """Return a year's targets of metrics that exist; a row whose community nobody could read is not among them."""
    streets_own = "is_street" if _knows_the_street(warehouse) else "false"
    query = f"""
        select indicator, community_id, target, is_approx, load_id, file, sheet, "row" from core.target
        where year = $year and (community_id is not null or {streets_own})
        order by indicator, community_id nulls first"""
    found = warehouse.cursor().execute(query, {"year": year}).fetchall()
    return tuple(Target(row[0], row[1], float(row[2]), *row[3:]) for row in found if row[0] in catalogue())


def _knows_the_street(warehouse: Warehouse) -> bool:
    """Return whether the generation tells the street's own tasks apart: an older one does not."""
    query = """select count(*) from information_schema.columns
        where table_schema = 'core' and table_name = 'target' and column_name = 'is_street'"""
    [(found,)] = warehouse.cursor().execute(query).fetchall()
    return bool(found)


def indicators_of(found: Iterable[Target]) -> tuple[str, ...]:
    """Return the metrics that have targets, in the order of the catalogue."""
    named = {one.indicator for one in found}
    return tuple(name for name in catalogue() if name in named)


@lru_cache(maxsize=16)
def years(warehouse: Warehouse) -> tuple[int, ...]:
    """Return the years that have targets, the newest first."""
    found = warehouse.cursor().execute("select distinct year from core.target order by year desc").fetchall()
    return tuple(year for (year,) in found)
