"""The rows behind a number: the metric's own SELECT, not aggregated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metrics.catalogue import Metric, catalogue
from metrics.columns import COLUMNS
from metrics.plan import Plan, plan_of
from metrics.question import Question
from metrics.statement import Statement, counted, scope_sql
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    import polars as pl


def column_titles() -> dict[str, str]:
    """Return the Chinese header of every column that `rows` can return."""
    parts = {f"part_{part}": title for metric in catalogue().values() for part, title in metric.parts.items()}
    coded = {f"{name.removesuffix('_id')}": column.title for name, column in COLUMNS.items() if column.codes}
    return {**{name: column.title for name, column in COLUMNS.items()}, **coded, **parts}


def _shown(statement: Statement, metric: Metric) -> list[str]:
    """Return the columns shown: codes with their titles beside them, values only where the row counts.

    A coded column keeps its code as `<name>_id` and gains its title as `<name>`.
    """
    found = []
    for name in metric.columns:
        bare = name.removesuffix("_id")
        codes = COLUMNS[name].codes if name in COLUMNS else None
        if name in {"value", "base"} or name.startswith("part_"):
            found.append(f"{counted(metric, name)} as {name}")
        elif codes is None:
            found.append(f'unit."{name}"')
        else:
            listed = statement.value(codes)
            same = f"from core.code as code where code.list = {listed}"
            if name == "causes":
                several = f"select string_agg(code.title, '、' order by code.code_order) {same}"
                found.append(f"({several} and list_contains(unit.causes, code.code)) as causes")
            else:
                found.append(f"unit.{name} as {bare}_id")
                found.append(f"(select code.title {same} and code.code = unit.{name}) as {bare}")
    return found


def _order(metric: Metric) -> str:
    place = "(select official_order from core.community as c where c.community_id = unit.community_id)"
    return f"order by unit.month, {place} nulls last, unit.unit_name, unit.unit_id"


def _sql(statement: Statement, plan: Plan, limit: int | None) -> str:
    # Overlapping periods show each unit once: the rows of all months from the first to the last.
    flat = Plan(**{**{f: getattr(plan, f) for f in plan.__dataclass_fields__}, "by": (), "dims": ()})
    source, _ = scope_sql(statement, flat, plan.metric)
    shown = ", ".join(_shown(statement, plan.metric))
    limited = f"limit {statement.value(limit)}" if limit is not None else ""
    return f"select {shown} {source} {_order(plan.metric)} {limited}"


def rows(warehouse: Warehouse, question: Question, limit: int | None = None) -> pl.DataFrame:
    """Return the unit rows behind a question's numerator, in official order, with the titles of their codes.

    `value` sums to the numerator: it is null where a row leaves both sides (something in it is unknown, or it has no
    community). Community-months that have not reported have no rows. `file`, `sheet` and `row` lead to the ledger.
    """
    plan = plan_of(warehouse, question)
    statement = Statement()
    sql = _sql(statement, plan, limit)
    return warehouse.cursor().sql(sql, params=statement.values).pl()
