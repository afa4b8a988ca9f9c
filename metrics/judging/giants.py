"""剔除最大企业后: a community's rate without its largest enterprise, wherever that one holds much of its workers.

The enterprise is known here by its id alone, and nothing that leaves this module names it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from metrics.catalogue import Metric, catalogue
from metrics.plan import Plan, plan_of
from metrics.question import Question, Row
from metrics.scope import settings
from metrics.statement import Statement, counted, scope_sql
from metrics.values import ask
from metrics.warehouse import Warehouse

SHARE = 0.2  # a generation built before the setting existed knows no `giant_share`


@dataclass(frozen=True, slots=True)
class Giant:
    """What is left of a community's rate without its largest enterprise; `value` is None where nothing is left.

    `workers_share` is the enterprise's share of all known workers of the community; `approximate` is the row's own.
    """

    workers_share: float
    numerator: float
    denominator: float
    value: float | None
    approximate: bool = False


Owner = tuple[str, str]  # community_id, enterprise_id
Taken = tuple[float, float]  # what an enterprise adds to the numerator and to the denominator
NOTHING: Taken = (0.0, 0.0)
CASES_OWNER = "(select enterprise_id from core.dispute as d where d.dispute_id = unit.unit_id)"


def is_offered(metric: Metric) -> bool:
    """Return whether one enterprise can decide the rate: its units are enterprises, or it is divided by workers."""
    return metric.over is not None and (_has_own(metric) or (metric.unit == "dispute" and metric.over == "workers"))


def _has_own(metric: Metric) -> bool:
    return metric.unit == "enterprise" and metric.has_own_base


@lru_cache(maxsize=64)
def largest(warehouse: Warehouse, month: date) -> dict[str, tuple[str, float]]:
    """Return, by community, the enterprise with the most workers at a month's end and its share of all known workers."""
    plan, statement = plan_of(warehouse, Question("workers", ("community",), month)), Statement()
    source, _row_month = scope_sql(statement, plan, plan.metric)
    query = f"""
        select community_id, max_by(unit_id, (v, unit_id)), max(v) / sum(v)
        from (select unit.community_id, unit.unit_id, {counted(plan.metric, "value")} as v {source}) as counted
        where v > 0 group by community_id"""
    found = warehouse.cursor().execute(query, statement.values).fetchall()
    return {community: (enterprise, share) for community, enterprise, share in found}


@lru_cache(maxsize=16)
def _knows_owners(warehouse: Warehouse) -> bool:
    """Return whether cases name their enterprise: a generation built before they did stays readable."""
    columns = warehouse.cursor().execute("describe core.dispute").fetchall()
    return "enterprise_id" in {name for name, *_rest in columns}


def _sums(
    warehouse: Warehouse, plan: Plan, metric: Metric, owner: str, sums: str, ids: list[str]
) -> dict[Owner, tuple[float | None, float | None]]:
    """Return two sums over the unit rows of these enterprises, by community and enterprise."""
    statement = Statement()
    source, _row_month = scope_sql(statement, plan, metric)
    mine = f"list_contains({statement.value(ids)}, {owner})"
    query = f"select unit.community_id, {owner}, {sums} {source} and {mine} group by all"
    found = warehouse.cursor().execute(query, statement.values).fetchall()
    return {(community, enterprise): (above, below) for community, enterprise, above, below in found}


def _own_part(warehouse: Warehouse, plan: Plan, ids: list[str]) -> dict[Owner, Taken]:
    """Return what enterprises add to both sides of a metric of enterprises."""
    metric = plan.metric
    value = counted(metric, "value")
    base = f"sum({counted(metric, 'base')})" if "base" in metric.columns else f"count({value})"
    found = _sums(warehouse, plan, metric, "unit.unit_id", f"sum({value}), {base}", ids)
    # Where the enterprise's value or base is not known, it is on neither side.
    return {owner: (above, below) for owner, (above, below) in found.items() if above is not None and below is not None}


def _part_over_workers(warehouse: Warehouse, plan: Plan, ids: list[str]) -> dict[Owner, Taken]:
    """Return enterprises' cases, and their workers as the mean of the month-ends, like the denominator itself."""
    if not _knows_owners(warehouse):
        return {}
    workers, months = catalogue()["workers"], len(plan.windows[0].months)
    cases = _sums(warehouse, plan, plan.metric, CASES_OWNER, f"sum({counted(plan.metric, 'value')}), 0", ids)
    held = _sums(warehouse, plan, workers, "unit.unit_id", f"0, sum({counted(workers, 'value')})", ids)
    # No row of the enterprise among the cases: it had none.
    return {
        owner: (cases.get(owner, NOTHING)[0] or 0.0, below / months) for owner, (_no, below) in held.items() if below
    }


def _without(plan: Plan, row: Row, taken: Taken, share: float) -> Giant:
    metric, months = plan.metric, len(plan.windows[0].months)
    above, below = (row.numerator or 0.0) - taken[0], (row.denominator or 0.0) - taken[1]
    scale = metric.per * (12 / months if metric.per_year else 1)
    return Giant(share, above, below, above / below * scale if below > 0 else None, row.approximate)


@lru_cache(maxsize=256)
def giants(warehouse: Warehouse, question: Question) -> dict[str, Giant]:
    """Return, by community, the rate without its largest enterprise, where that holds more than `giant_share` of workers.

    The share is of all workers of the community, whatever the question's conditions. A community whose largest
    enterprise is not among what is asked about (it has no union, say, or another industry) has no entry; nor has
    any in a public version or of a sensitive metric, where the difference would tell one enterprise's numbers.
    """
    plan = plan_of(warehouse, replace(question, by=("community",)))
    if not is_offered(plan.metric) or plan.metric.sensitive or question.audience == "public":
        return {}
    limit = float(settings(warehouse).get("giant_share", SHARE))
    big = {c: found for c, found in largest(warehouse, plan.windows[0].end).items() if found[1] > limit}
    flat, ids = replace(plan, by=(), dims=()), [enterprise for enterprise, _share in big.values()]
    taken = (_own_part if _has_own(plan.metric) else _part_over_workers)(warehouse, flat, ids) if ids else {}
    rows = {row.keys["community_id"]: row for row in ask(warehouse, replace(question, by=("community",))).rows}
    return {
        community: _without(plan, rows[community], taken[community, enterprise], share)
        for community, (enterprise, share) in big.items()
        if (community, enterprise) in taken and community in rows and rows[community].value is not None
    }
