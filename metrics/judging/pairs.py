"""The units behind a number now and before, matched: what a change of a level or a ratio is judged from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from metrics.columns import DIMENSIONS
from metrics.plan import Plan, plan_of
from metrics.question import Question
from metrics.statement import Statement, counted, scope_sql
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    from analysis.differences import Units

Key = tuple[str | None, ...]
SIDES = ("now", "before")


def _side(statement: Statement, plan: Plan, name: str) -> str:
    """Return the SELECT of one end: key, unit, its value and base as this end's, 0 as the other's."""
    metric = plan.metric
    source, _row_month = scope_sql(statement, plan, metric)
    keys = [f"unit.{DIMENSIONS[dim].column} as {dim}" for dim in plan.dims]
    base = counted(metric, "base") if "base" in metric.columns else "1"
    sides = [
        f"{expression if side == name else '0'} as {letter}_{side}"
        for side in SIDES
        for letter, expression in (("y", "v"), ("x", "b"))
    ]
    inner = ", ".join([*keys, "unit.unit_id", f"{counted(metric, 'value')} as v", f"{base} as b"])
    outer = ", ".join([*plan.dims, "unit_id", *sides])
    return f"select {outer} from (select {inner} {source}) as counted where v is not null"


def _statement(now: Plan, before: Plan) -> tuple[str, dict[str, Any]]:
    statement = Statement()
    ends = " union all ".join(_side(statement, plan, name) for plan, name in zip((now, before), SIDES, strict=True))
    keys = "".join(f"{dim}, " for dim in now.dims)
    sums = ", ".join(f"sum({letter}_{side})::double as {letter}_{side}" for side in SIDES for letter in "yx")
    order = f"order by {keys.removesuffix(', ')}" if now.dims else ""
    return f"select {keys}unit_id, {sums} from ({ends}) as both_ends group by {keys}unit_id {order}", statement.values


@lru_cache(maxsize=32)
def units_of(warehouse: Warehouse, now: Question, before: Question) -> dict[Key, Units]:
    """Return the matched units of each row of two questions that differ in their months, by the row's codes."""
    import numpy as np

    from analysis.differences import Units

    plans = plan_of(warehouse, now), plan_of(warehouse, before)
    sql, values = _statement(*plans)
    found = warehouse.cursor().execute(sql, values).fetchnumpy()
    columns = [np.asarray(found[f"{letter}_{side}"], float) for side in SIDES for letter in "yx"]
    names = [found[dim] for dim in plans[0].dims]
    return {key: Units(*(column[rows] for column in columns)) for key, rows in _groups(names, len(columns[0]))}


def _groups(names: list[Any], count: int) -> Iterator[tuple[Key, slice]]:
    """Yield each key with the rows that bear it; the rows are in the keys' order."""
    import numpy as np

    if not names:
        yield (), slice(None)
        return
    codes = [np.where(np.ma.getmaskarray(name), "", np.ma.getdata(name)).astype(str) for name in names]
    changes = np.logical_or.reduce([code[1:] != code[:-1] for code in codes])
    starts = [0, *(np.flatnonzero(changes) + 1).tolist(), count] if count else []
    for first, end in zip(starts, starts[1:], strict=False):
        yield tuple(str(code[first]) or None for code in codes), slice(first, end)
