"""Question → Answer (`ask`), Question → the rows behind it (`rows`): the only place that divides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from math import ceil
from typing import Any

from analysis.intervals import ClusterSums, Interval, byar, ratio_interval, wilson
from metrics.catalogue import Metric
from metrics.columns import DIMENSIONS, MONTH
from metrics.guard import is_protected
from metrics.known import Months, Window
from metrics.plan import Plan, listed_in, plan_of
from metrics.question import UNKNOWN, Answer, Question, Row
from metrics.scope import title, titles
from metrics.statement import is_clustered, shared, sums_of
from metrics.unit_rows import column_titles, over_rows, rows
from metrics.warehouse import Warehouse

__all__ = ["UNKNOWN", "Answer", "Question", "Row", "ask", "column_titles", "over_rows", "rows"]

Key = tuple[Any, ...]  # the row's month (None unless by month), then one code per dimension
Sums = dict[str, Any]
Cells = dict[str, dict[Key, Sums]]


def _cells(warehouse: Warehouse, plan: Plan) -> Cells:
    """Run the statement; return the sums of each side by key."""
    sql, values, names = sums_of(plan)
    first = 2 + len(plan.dims)
    found: Cells = {"numerator": {}, "denominator": {}}
    for record in warehouse.cursor().execute(sql, values).fetchall():
        sums = dict(zip(names, record[first:], strict=True))
        found[record[0]][record[1:first]] = sums
    return found


def _codes(warehouse: Warehouse, plan: Plan, name: str, cells: Cells) -> list[str | None]:
    """Return the rows of one dimension: every listed community; of other dimensions the codes that occur, in order."""
    if name == "community":
        listed = set().union(*(here for w in plan.windows for here in listed_in(warehouse, plan, w).values()))
        return [community for community in plan.communities if community in listed]
    place = 1 + plan.dims.index(name)
    sides = [plan.metric] if plan.over is None else [plan.metric, plan.over]
    keys = [
        key for role, side in zip(cells, sides, strict=False) if name in shared(side, plan.dims) for key in cells[role]
    ]
    order = {code: index for index, code in enumerate(titles(warehouse, DIMENSIONS[name].codes))}
    found = {key[place] for key in keys}
    return sorted(found, key=lambda code: (code is None, order.get(code, len(order)), code or ""))


def _reach(known: Months, listed: Months, community: str | None) -> tuple[int, int]:
    """Return how many community-months of a window are known and expected, of one community or of all."""
    if community is None:
        return sum(map(len, known.values())), sum(map(len, listed.values()))
    return sum(community in here for here in known.values()), sum(community in here for here in listed.values())


def _clusters(metric: Metric, sums: Sums) -> ClusterSums | None:
    """Return what the enterprises behind a clustered ratio add up to."""
    if not is_clustered(metric) or not sums.get("clusters"):
        return None
    names = ("yyx", "p", "pp", "per_x")
    y, x, yy, yx, xx = (float(sums[name]) for name in ("total", "base", "yy", "yx", "xx"))
    return ClusterSums(sums["clusters"], y, x, yy, yx, xx, bool(sums["is_bounded"]), *(sums[name] for name in names))


def _interval(metric: Metric, sums: Sums, denominator: float, exposure: float) -> Interval:
    if metric.interval == "none" or not sums.get("total", 0) is not None:
        return None
    if metric.kind == "proportion":
        return wilson(sums["total"], denominator)
    if metric.kind == "rate":
        return byar(sums["total"], exposure)
    clusters = _clusters(metric, sums)
    return ratio_interval(clusters) if clusters else None


def scale(metric: Metric, months: int) -> float:
    """Return what one case per unit of the denominator is in the value's own unit: 12,000 a year per 1,000 workers."""
    return metric.per * (12 / months if metric.per_year else 1)


def _divided(metric: Metric, sums: Sums, below: float, months: int) -> tuple[float | None, Interval]:
    """Return numerator / denominator per `per` (and per year) with its 95 % range; nothing divides by 0."""
    if not below or sums["total"] is None:
        return None, None
    size = scale(metric, months)
    return sums["total"] / below * size, _interval(metric, sums, below, below / size)


def _below(plan: Plan, sums: Sums, over: Sums, months: int) -> float | None:
    """Return the denominator: the sum of the base, or the other metric's own sum, for a flow the mean of month-ends."""
    if plan.metric.over is None:
        return None
    # A known community-month without unit rows holds none of them: its share of the denominator is truly 0.
    if plan.over is None:
        return sums.get("base") or 0
    total = over.get("total") or 0
    return total / months if plan.metric.over_time == "mean" else total


def _total(metric: Metric, sums: Sums) -> float | None:
    """Return a sum; without unit rows 0 was reported, with rows of which none says how much it is unknown."""
    is_untold = sums.get("total") is None and bool(sums.get("missing")) and metric.adds_quantities
    return None if is_untold else sums.get("total") or 0


def _row(
    plan: Plan, window: Window, keys: dict[str, str | None], reach: tuple[int, int], sums: Sums, over: Sums
) -> Row:
    known, expected = reach
    if not known:
        return Row(keys, None, None, None, None, None, 0, expected, 0, False, None)
    metric, months = plan.metric, len(window.months)
    is_counted = metric.aggregate != "median"
    sums = {**sums, "total": _total(metric, sums)} if is_counted else {"total": None, **sums}
    below = _below(plan, sums, over, months)
    value, interval = sums["total"], None
    if below is not None:
        value, interval = _divided(metric, sums, below, months)
    low, high = interval or (None, None)
    # No unit rows, none missing. A stock read at every month's end is missing as many as on average, rounded up.
    missing = (sums.get("missing") or 0) + ceil(
        (over.get("missing") or 0) / (months if metric.over_time == "mean" else 1)
    )
    approximate = bool(sums.get("approximate") or over.get("approximate"))
    parts = {part: sums.get(f"part_{part}") or 0 for part in metric.parts} or None  # none of that part
    counts = (known, expected, missing, approximate, parts, _clusters(metric, sums))
    return Row(keys, sums["total"], below, value, low, high, *counts)


@dataclass(frozen=True, slots=True)
class Place:
    """One combination of codes: where its sums stand on each side, and what its row is called."""

    codes: Key
    over_codes: Key
    community: str | None
    keys: dict[str, str | None]


def _places(warehouse: Warehouse, plan: Plan, cells: Cells) -> list[Place]:
    """Return every combination of the codes of the dimensions asked, in order."""
    of_over = shared(plan.over, plan.dims) if plan.over else ()
    found = []
    for codes in product(*(_codes(warehouse, plan, name, cells) for name in plan.dims)):
        named = dict(zip(plan.dims, codes, strict=True))
        keys: dict[str, str | None] = {}
        for name in plan.by:
            ours = {f"{name}_id": named[name], name: title(warehouse, name, named[name])} if name in named else {}
            keys |= ours or {MONTH: None}
        over_codes = tuple(code if name in of_over else None for name, code in named.items())
        found.append(Place(codes, over_codes, named.get("community"), keys))
    return found


def _is_not_split(plan: Plan, at: Place) -> bool:
    """Return whether a community is asked for what the street itself has and nobody told by community."""
    is_of_one = at.community is not None or "community" in plan.filters
    return is_of_one and plan.metric.of_street and plan.metric.no_rows == "unknown"


def _window_rows(warehouse: Warehouse, plan: Plan, index: int, cells: Cells, places: list[Place]) -> list[Row]:
    window, known = plan.windows[index], plan.known[index]
    listed = listed_in(warehouse, plan, window)
    month = (window.end if plan.by_month else None,)
    said = {MONTH: f"{window.end:%Y-%m}"} if plan.by_month else {}
    of_all = _reach(known, listed, None)
    found = []
    for at in places:
        sums = cells["numerator"].get(month + at.codes, {})
        over = cells["denominator"].get(month + at.over_codes, {})
        reach = _reach(known, listed, at.community) if at.community else of_all
        keys = {**at.keys, **said}
        if sums.get("total") is None and _is_not_split(plan, at):
            found.append(Row(keys, None, None, None, None, None, *reach, 0, False, None))
        else:
            found.append(_row(plan, window, keys, reach, sums, over))
    return found


def _in_order(plan: Plan, by_window: list[list[Row]]) -> tuple[Row, ...]:
    """Return the rows with the first dimension asked slowest; windows are the months."""
    if plan.by[:1] == (MONTH,) or len(by_window) == 1:
        return tuple(row for rows_ in by_window for row in rows_)
    return tuple(row for rows_ in zip(*by_window, strict=True) for row in rows_)


def _rows_of(warehouse: Warehouse, plan: Plan) -> tuple[Row, ...]:
    """Return the rows of a plan with all their figures."""
    cells = _cells(warehouse, plan)
    places = _places(warehouse, plan, cells)
    found = [_window_rows(warehouse, plan, index, cells, places) for index in range(len(plan.windows))]
    return _in_order(plan, found)


def ask(warehouse: Warehouse, question: Question) -> Answer:
    """Answer a question; QuestionError where it names what does not exist.

    By community there is one row per listed community in official order, by month one row per month, by any other
    dimension one row per code that occurs, 不详 last. Two dimensions give every combination. Small counts that are to
    be protected are hidden here, for every reader of the answer.
    """
    plan = plan_of(warehouse, question)
    found = _rows_of(warehouse, plan)
    if any(is_protected(side, question.audience) for side in (plan.metric, plan.over) if side):
        from metrics.protection import protected  # late: it needs NumPy, other answers do not

        found = protected(_rows_of, warehouse, plan, question.audience, found)
    ends: tuple[date, ...] = tuple(window.end for window in plan.windows)
    return Answer(
        question=question,
        metric=plan.metric,
        generation_id=warehouse.generation_id,
        generation_no=warehouse.generation_no,
        month=ends[-1],
        first_month=plan.windows[0].months[0],
        period=plan.period,
        months=ends,
        rows=found,
    )
