"""What is counted where small numbers are protected: the tables of a metric's counts, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from metrics.catalogue import DIVIDED, Metric, catalogue, denominator
from metrics.columns import MONTH
from metrics.known import NOBODY, Window, known, known_side
from metrics.periods import first_month, parse_month
from metrics.plan import Plan, plan_of
from metrics.question import Audience, Question, Row
from metrics.scope import default_month, months, settings
from metrics.warehouse import Warehouse

Code = str | date | None
Codes = tuple[Code, ...]
Span = tuple[date, ...]
Count = Literal["numerator", "denominator", "rest", "units", "bases"]
Table = dict[Codes, tuple[float, ...]]
Read = Callable[[Warehouse, Plan], tuple[Row, ...]]
# A generation that was built before this setting existed has none: protection does not wait for a rebuild.
USUAL_BELOW = "5"
# Of these the units are few where a value tells of one of them; their own sum or median counts nobody.
UNCOUNTED = {"amount", "median"}


def is_protected(metric: Metric, audience: Audience) -> bool:
    """Return whether small counts of a metric are hidden from its readers; a target counts nobody."""
    return metric.sensitive or (audience == "public" and metric.unit != "target")


@dataclass(frozen=True)
class Guard:
    """Whose numbers are protected, and for whom; `read` makes the rows of a plan (`metrics.values`)."""

    warehouse: Warehouse
    metric_id: str
    audience: Audience
    read: Read

    @property
    def metric(self) -> Metric:
        """Return the metric asked for."""
        return catalogue()[self.metric_id]

    @property
    def below(self) -> float:
        """Return the count from which on a number is shown."""
        return float(settings(self.warehouse).get("suppress_below", USUAL_BELOW))

    @property
    def counts(self) -> tuple[Count, ...]:
        """Return what must not be small in a cell: the count, what it is taken from, the rest of it, and its units.

        The units (enterprises with any workers) count in the public version only, and for amounts: a sum over two
        enterprises tells each of them the other's. So do those of a base: no member in three enterprises, of 12 workers.
        """
        metric, found = self.metric, []
        if metric.kind not in UNCOUNTED:
            found.append("numerator")
        if metric.has_own_base and metric.over:
            found += ["denominator", "rest"]
        if metric.kind in UNCOUNTED or (self.audience == "public" and metric.kind != "proportion"):
            found.append("units")
            found += ["bases"] * ("base" in metric.columns)
        return tuple(found)  # type: ignore[arg-type]

    @property
    def sides(self) -> tuple[tuple[int, ...], ...]:
        """Return the places in `counts` of each side with its units: what a metric of that side alone would count."""
        own = {"numerator": "units", "denominator": "bases"}
        pairs = ((name, own.get(name)) for name in self.counts if name in {"numerator", "denominator", "rest"})
        return tuple(tuple(place for place, name in enumerate(self.counts) if name in pair) for pair in pairs)

    @property
    def nothing(self) -> tuple[float, ...]:
        """Return the counts of an empty cell."""
        return (0.0,) * len(self.counts)

    def table(self, axes: tuple[str, ...], span: Span) -> Table:
        """Return the counts of every cell that has been reported, by its codes."""
        if self.metric.time == "flow" or len(axes) > 1:
            return self.read_table(axes, span)
        return _stock_tables(self, axes).get(span[-1], {})

    def read_table(self, axes: tuple[str, ...], span: Span) -> Table:
        """Return the counts of every cell, asked of the warehouse."""
        counted = _counted(self.metric)
        cells = {_codes(row, axes): _sides(row) for row in self._rows(counted, axes, span)}
        behind: dict[Count, str] = {"units": "value", "bases": "base"}
        for name in (name for name in behind if name in self.counts):
            for row in self._rows(_units(counted, behind[name]), axes, span):
                cells.setdefault(_codes(row, axes), {})[name] = row.numerator or 0.0  # no unit there: truly none
        return {codes: tuple(cell.get(name, 0.0) for name in self.counts) for codes, cell in cells.items()}

    def _rows(self, metric: Metric, axes: tuple[str, ...], span: Span) -> list[Row]:
        is_one = metric.time == "stock" and MONTH not in axes
        start, period = (None, None) if is_one else (span[0], "month" if MONTH in axes else None)
        plan = plan_of(self.warehouse, Question(metric.id, axes, span[-1], start, period), metric)
        return [row for row in self.read(self.warehouse, plan) if row.known]


@lru_cache(maxsize=256)
def _stock_tables(guard: Guard, axes: tuple[str, ...]) -> dict[date, Table]:
    """Return the tables of a stock at the end of every month, which one question reads as fast as one of them."""
    found: dict[date, Table] = {}
    for codes, counts in guard.read_table((*axes, MONTH), months(guard.warehouse)).items():
        found.setdefault(codes[-1], {})[codes[:-1]] = counts  # type: ignore[arg-type]  # the last code is the month
    return found


def _codes(row: Row, axes: tuple[str, ...]) -> Codes:
    return tuple(parse_month(row.keys[MONTH] or "") if axis == MONTH else row.keys[f"{axis}_id"] for axis in axes)


def _sides(row: Row) -> dict[Count, float]:
    """Return the counts of a row; what is not known of an amount or a median is not counted."""
    above, below = row.numerator or 0.0, row.denominator or 0.0
    return {"numerator": above, "denominator": below, "rest": max(below - above, 0.0)}


def _counted(metric: Metric) -> Metric:
    """Return the metric as sums over single months, without ranges: its numerator and its own base."""
    found = replace(metric, period=None, over_time=None, parts={})
    if metric.kind == "median":
        return replace(found, kind="amount", aggregate="sum")
    if denominator(metric) is not None:
        return replace(found, kind="count", over=None, per=1, per_year=False, interval=None)
    return replace(found, interval="none") if metric.kind in DIVIDED else found


def _units(counted: Metric, side: str) -> Metric:
    """Return the metric that counts the units behind one side of another, those with nothing in them left out."""
    one = f"case when value is null or {side} is null then null when {side} = 0 then 0 else 1 end"
    sql = f"select * replace ({one} as value) from ({counted.sql}) as valued"
    return replace(counted, kind="count", over=None, aggregate="sum", interval=None, sql=sql)


@lru_cache(maxsize=64)
def terms(warehouse: Warehouse, period: str) -> tuple[Span, ...]:
    """Return the years that a flow's tables are made for; the default month ends the running one."""
    year = period if period == "union-year" else "ytd"
    found: dict[tuple[date, bool], list[date]] = {}
    for month in months(warehouse):
        found.setdefault((first_month(year, month), month > default_month(warehouse)), []).append(month)
    return tuple(tuple(span) for span in found.values())


def leaves_out(warehouse: Warehouse, plan: Plan, window: Window) -> bool:
    """Return whether a denominator of another unit leaves out community-months that the numerator has without it.

    The numerator is a metric of its own (受理劳资纠纷): 65 cases there and 62 here are the 3 of who sent no register.
    """
    if plan.over is None:
        return False
    own, spans = known_side(warehouse, plan.metric.id), [window.months]
    if plan.metric.time == "flow":
        years = terms(warehouse, plan.metric.period or "ytd")
        spans += [span for span in years if set(span) & set(window.months)]
    both = [known(warehouse, plan.metric, Window(span[-1], span)) for span in spans]
    return any(here != own.get(month, NOBODY) for by_month in both for month, here in by_month.items())
