"""Plan → one SQL statement around the metric's own SELECT.

The metric's query is a subquery in FROM, not a CTE: DuckDB pushes the month and the filters down into it, which is what
lets 320,000 enterprises × 36 months answer at once. Names in the text come from the catalogue; values are parameters.
"""

from __future__ import annotations

from typing import Any

from metrics.catalogue import Metric
from metrics.columns import DIMENSIONS
from metrics.plan import Filters, Plan


class Statement:
    """SQL in the making: text with named parameters, so that no value ever stands in the text."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def value(self, value: Any) -> str:
        """Add a parameter and return its placeholder."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def condition(self, column: str, wanted: tuple[str | None, ...], is_list: bool) -> str:
        """Return the condition that a column holds one of the values; None stands for unknown."""
        given = ", ".join(self.value(code) for code in wanted if code is not None)
        # No cause is an empty list or none at all: both are unknown.
        unknown = f"coalesce(len({column}), 0) = 0" if is_list else f"{column} is null"
        some = f"list_has_any({column}, [{given}])" if is_list else f"{column} in ({given})"
        tests = [some] * bool(given) + [unknown] * (None in wanted)
        return f"({' or '.join(tests) or 'false'})"


def shared(metric: Metric, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the dimensions that this metric knows: the others slice only the other side."""
    return tuple(name for name in names if name in metric.dimensions)


def _filter_conditions(statement: Statement, metric: Metric, filters: Filters) -> list[str]:
    found = []
    for name, wanted in filters.items():
        if name in metric.dimensions:
            is_list = f"{name}s" in metric.columns  # a filter on cause matches any of the causes
            column = f"{name}s" if is_list else DIMENSIONS[name].column
            found.append(statement.condition(f"unit.{column}", wanted, is_list))
    return found


def _known_condition(statement: Statement, plan: Plan, row_month: str) -> list[str]:
    """Return the condition that leaves out what has not reported; a unit without community stays, as item_missing."""
    if not plan.excluded:
        return []
    month = "unit.month"
    if plan.metric.over_time == "last":  # then it is whole periods of a community that leave
        month = row_month or statement.value(plan.windows[-1].end)
    ids = statement.value([community for community, _ in plan.excluded])
    days = statement.value([day for _, day in plan.excluded])
    unknown = f"(select unnest({ids}) as community_id, unnest({days}) as month) as unknown"
    return [f"not exists (from {unknown} where unknown.community_id = unit.community_id and unknown.month = {month})"]


def _windows(statement: Statement, plan: Plan, metric: Metric) -> tuple[str, str, str]:
    """Return the join that spreads months over overlapping periods, the row's month (if any) and the months' condition."""
    first, last = plan.windows[0].months[0], plan.windows[-1].end
    if metric.time == "stock" and plan.metric.time == "flow" and plan.metric.over_time == "last":
        first = plan.windows[0].end
    elif plan.is_overlapping:
        ends = statement.value([window.end for window in plan.windows])
        firsts = statement.value([window.months[0] for window in plan.windows])
        join = f"join (select unnest({ends}) as row_month, unnest({firsts}) as first_month) as period on"
        join += " unit.month between period.first_month and period.row_month"
        return join, "period.row_month", f"unit.month between {statement.value(first)} and {statement.value(last)}"
    row_month = "unit.month" if plan.by_month else ""
    if first == last:
        return "", row_month, f"unit.month = {statement.value(first)}"
    return "", row_month, f"unit.month between {statement.value(first)} and {statement.value(last)}"


def scope_sql(statement: Statement, plan: Plan, metric: Metric) -> tuple[str, str, str]:
    """Return FROM and WHERE of one side, the month of the row (if any) and the condition that a unit row counts."""
    join, row_month, in_months = _windows(statement, plan, metric)
    conditions = [in_months, *_filter_conditions(statement, metric, plan.filters)]
    conditions += _known_condition(statement, plan, row_month)
    counts = ["unit.value is not null", "unit.community_id is not null"]
    counts += ["unit.base is not null"] * ("base" in metric.columns)
    source = f"from ({metric.sql}) as unit {join} where {' and '.join(conditions)}"
    return source, row_month, " and ".join(counts)


def _sums(statement: Statement, plan: Plan, metric: Metric, counts: str) -> dict[str, str]:
    """Return the aggregates of one side by name; only the numerator has parts, its own base and sums of squares."""
    total = {"sum": "sum(unit.value)", "distinct": "count(distinct unit.unit_id)", "median": "median(unit.value)"}
    is_one_month = all(len(window.months) == 1 for window in plan.windows)
    missing = "count(*)" if is_one_month else "count(distinct unit.unit_id)"
    found = {
        "total": f"{total[metric.aggregate]} filter (where {counts})",
        "missing": f"{missing} filter (where not ({counts}))",
        "approximate": f"bool_or(unit.is_approximate) filter (where {counts})",
    }
    if metric is plan.metric:
        base = "unit.base" if "base" in metric.columns else "1"
        if metric.has_own_base:
            found["base"] = f"sum({base}) filter (where {counts})"
        for part in metric.parts:
            is_part = f"unit.part = {statement.value(part)}"
            found[f"part_{part}"] = f"sum(unit.value) filter (where {counts} and {is_part})"
        if is_clustered(metric):
            y, x = "unit.value::double", f"{base}::double"
            found["clusters"] = f"count(*) filter (where {counts})"
            found |= {k: f"sum({v}) filter (where {counts})" for k, v in _squares(y, x).items()}
            found["is_bounded"] = f"bool_and(unit.value between 0 and {base}) filter (where {counts})"
    return found


def _squares(y: str, x: str) -> dict[str, str]:
    return {"yy": f"{y} * {y}", "yx": f"{y} * {x}", "xx": f"{x} * {x}"}


def is_clustered(metric: Metric) -> bool:
    """Return whether the metric's range is that of a ratio clustered on its units."""
    return metric.kind == "ratio" and metric.interval != "none"


def _side(statement: Statement, plan: Plan, metric: Metric, names: tuple[str, ...]) -> str:
    source, row_month, counts = scope_sql(statement, plan, metric)
    known = shared(metric, plan.dims)
    keys = [f"unit.{DIMENSIONS[name].column}" if name in known else "null::varchar" for name in plan.dims]
    keys = [row_month or "null::date", *keys]
    sums = _sums(statement, plan, metric, counts)
    values = [f"{sums.get(name, 'null')} as {name}" for name in names]
    groups = [key for key in keys if not key.startswith("null")]
    grouped = f"group by {', '.join(groups)}" if groups else ""
    role = "numerator" if metric is plan.metric else "denominator"
    return f"select '{role}', {', '.join(keys)}, {', '.join(values)} {source} {grouped}"


def sums_of(plan: Plan) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Return the statement that sums both sides, its parameters, and the names of its sums.

    One row per side and key: the side, the row's month (null unless by month), one column per dimension (null where the
    side does not know it), then the sums.
    """
    statement = Statement()
    names = tuple(_sums(Statement(), plan, plan.metric, "true"))
    sides = [plan.metric] if plan.over is None else [plan.metric, plan.over]
    return " union all ".join(_side(statement, plan, side, names) for side in sides), statement.values, names
