"""Plan → one SQL statement around the metric's own SELECT.

The metric's query is a subquery in FROM, not a CTE: DuckDB pushes the month and the filters down into it, which is what
lets 320,000 enterprises × 36 months answer at once. Names in the text come from the catalogue; values are parameters.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from metrics.catalogue import Metric
from metrics.columns import DIMENSIONS
from metrics.plan import Filters, Plan

FEW_MONTHS = 12


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
    """Return the conditions that leave out what has not reported; a unit without community stays, as item_missing.

    The months of a few missing reports are cheaper named than joined (a join costs 1.5 ms, whatever it finds).
    """
    month = "unit.month"
    if plan.metric.over_time == "last":  # then it is whole periods of a community that leave
        month = row_month or statement.value(plan.windows[-1].end) if plan.excluded else ""
    by_month: dict[date, list[str]] = {}
    for community, day in plan.excluded:
        by_month.setdefault(day, []).append(community)
    if len(by_month) <= FEW_MONTHS:
        return [_unless(statement, month, day, communities) for day, communities in by_month.items()]
    ids = statement.value([community for community, _ in plan.excluded])
    days = statement.value([day for _, day in plan.excluded])
    unknown = f"(select unnest({ids}) as community_id, unnest({days}) as month) as unknown"
    return [f"not exists (from {unknown} where unknown.community_id = unit.community_id and unknown.month = {month})"]


def _unless(statement: Statement, month: str, day: date, communities: list[str]) -> str:
    given = ", ".join(statement.value(community) for community in communities)
    is_other = f"unit.community_id is null or unit.community_id not in ({given})"
    return f"({month} <> {statement.value(day)} or {is_other})"


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


def scope_sql(statement: Statement, plan: Plan, metric: Metric) -> tuple[str, str]:
    """Return FROM and WHERE of one side, and the month of the row (if any)."""
    join, row_month, in_months = _windows(statement, plan, metric)
    conditions = [in_months, *_filter_conditions(statement, metric, plan.filters)]
    conditions += _known_condition(statement, plan, row_month)
    if "lump_to" in metric.columns:  # within a period that reaches the row of several months, none of them is unknown
        end = row_month or statement.value(plan.windows[-1].end)
        conditions.append(f"(unit.lump_to is null or unit.lump_to = unit.month or unit.lump_to > {end})")
    return f"from ({metric.sql}) as unit {join} where {' and '.join(conditions)}", row_month


def counted(metric: Metric, column: str, is_placed: bool = False) -> str:
    """Return a column of a unit row as far as the row counts, else null.

    A row counts if its value and base are known and it has a community; `is_placed` says that all have one or that
    those without are dropped anyway. Parts are null or 0 where the value is. As few tests as will do: they are most of
    the cost over a plain sum. Of a metric `of_street` rows without community are the street's own.
    """
    is_placed = is_placed or metric.of_street
    needed = ["value", *["base"] * ("base" in metric.columns), *["community_id"] * (not is_placed)]
    is_part = column.startswith("part_")
    tests = [f"unit.{other} is not null" for other in needed if other != column and not (is_part and other == "value")]
    return f"case when {' and '.join(tests)} then unit.{column} end" if tests else f"unit.{column}"


def is_clustered(metric: Metric) -> bool:
    """Return whether the metric's range is that of a ratio clustered on its units."""
    return metric.kind == "ratio" and metric.interval != "none"


def _inner(plan: Plan, metric: Metric) -> dict[str, str]:
    """Return what the unit rows are cut down to before they are summed, by name."""
    asked = plan.filters.get("community", (None,))
    is_placed = "community" in plan.dims or None not in asked or metric.id not in plan.unplaced
    found = {"v": counted(metric, "value", is_placed)}
    if metric.id in plan.approximate:
        found["about"] = counted(metric, "is_approximate", is_placed)
    if metric.aggregate == "distinct":
        found["u"] = counted(metric, "unit_id", is_placed)
    if metric is plan.metric:
        if "base" in metric.columns:
            found["b"] = counted(metric, "base", is_placed)
        found |= {f"part_{part}": counted(metric, f"part_{part}", is_placed) for part in metric.parts}
    return found


def _exact_sum(fraction: str) -> str:
    """Return a sum of fractions that is the same whichever thread adds first: whole numbers of billionths."""
    return f"sum(({fraction} * 1e9)::hugeint)::double / 1e9"


def _outer(plan: Plan, metric: Metric) -> dict[str, str]:
    """Return the aggregates of one side by name; only the numerator has parts, its own base and sums of squares."""
    # Amounts may be decimals in the warehouse; the edge speaks JSON's numbers.
    total = {
        "sum": "sum(v)::double" if metric.kind == "amount" else "sum(v)",
        "distinct": "count(distinct u)",
        "median": "median(v)",
    }[metric.aggregate]
    found = {"total": total, "missing": "count(*) - count(v)"}
    if plan.approximate:
        found["approximate"] = "bool_or(about)" if metric.id in plan.approximate else "false"
    if metric is plan.metric:
        if metric.has_own_base:
            found["base"] = "sum(b)" if "base" in metric.columns else "count(v)"
        found |= {f"part_{part}": f"sum(part_{part})" for part in metric.parts}
        if is_clustered(metric):
            # An enterprise without workers is no cluster that could vary.
            found |= {"clusters": "count(nullif(b, 0))", "is_bounded": "bool_and(v between 0 and b)"}
            found |= {"yy": "sum(v::double * v)", "yx": "sum(v::double * b)", "xx": "sum(b::double * b)"}
            found |= {
                "yyx": _exact_sum("v::double * v / nullif(b, 0)"),
                "per_x": _exact_sum("1::double / nullif(b, 0)"),
            }
            found |= {"p": _exact_sum("v::double / nullif(b, 0)"), "pp": _exact_sum("(v::double / nullif(b, 0)) ** 2")}
    return found


def _side(statement: Statement, plan: Plan, metric: Metric, names: tuple[str, ...]) -> str:
    source, row_month = scope_sql(statement, plan, metric)
    known = shared(metric, plan.dims)
    groups = {"row_month": row_month} if row_month else {}
    groups |= {name: f"unit.{DIMENSIONS[name].column}" for name in known}
    inner = ", ".join(f"{text} as {name}" for name, text in {**groups, **_inner(plan, metric)}.items())
    sums = _outer(plan, metric)
    keys = [name if name in groups else "null" for name in ("row_month", *plan.dims)]
    outer = ", ".join([*keys, *(f"{sums.get(name, 'null')} as {name}" for name in names)])
    role = "numerator" if metric is plan.metric else "denominator"
    grouped = f"group by {', '.join(groups)}" if groups else ""
    return f"select '{role}', {outer} from (select {inner} {source}) as counted {grouped}"


def sums_of(plan: Plan) -> tuple[str, dict[str, Any], tuple[str, ...]]:
    """Return the statement that sums both sides, its parameters, and the names of its sums.

    One row per side and key: the side, the row's month (null unless by month), one column per dimension (null where the
    side does not know it), then the sums.
    """
    statement = Statement()
    names = tuple(_outer(plan, plan.metric))
    sides = [plan.metric] if plan.over is None else [plan.metric, plan.over]
    return " union all ".join(_side(statement, plan, side, names) for side in sides), statement.values, names
