"""Which months a trend's limits rest on, which chart fits a metric, and the limits themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING

from metrics.catalogue import Metric, catalogue
from metrics.periods import shift
from metrics.plan import Plan
from metrics.question import Row
from metrics.values import scale
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    from analysis.control import Array, Limits, Mask

BASE_YEARS = 2
LEAST_POINTS = 12  # fewer give no limits worth the name (NHS England, Making Data Count)
LAST_MONTHS = 36
RECEIVED = "count(*) filter (where state in ('received', 'nil'))"


@dataclass(frozen=True, slots=True)
class Segment:
    """Months of one level, as places in the series: from `first` up to before `end`; `base` carries their limits."""

    first: int
    end: int
    base: tuple[int, ...]
    usable: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a month is held against, the rule by which it stands out, and its side of the centre (1 above, −1 below)."""

    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    signal: str = ""
    side: int = 0


NOT_JUDGED = Judgement()


@lru_cache(maxsize=256)
def is_of_events(warehouse: Warehouse, metric_id: str) -> bool:
    """Return whether every unit row counts for one: then the number is a count of events."""
    query = f"select coalesce(max(value), 1) <= 1 from ({catalogue()[metric_id].sql}) as unit"
    [(found,)] = warehouse.cursor().execute(query).fetchall()
    return bool(found)


def chart_of(warehouse: Warehouse, metric: Metric) -> str:
    """Return the chart that fits: c for counts of events, u for their rates, p for shares of a month's own cases.

    What is no chance of its own every month (levels, persons who come in groups, yuan) has its ups and downs measured: xmr.
    """
    if metric.time == "stock":
        return "xmr"
    if metric.kind == "count" and metric.aggregate == "sum" and is_of_events(warehouse, metric.id):
        return "c"
    return {"rate": "u", "proportion": "p"}.get(metric.kind, "xmr")


def carried(warehouse: Warehouse, plan: Plan) -> list[str]:
    """Return of each month whether its registers are earlier ones: "all", "some" or "" (none)."""
    if plan.metric.time == "flow":
        return [""] * len(plan.windows)
    query = f"""
        select month, case when {RECEIVED} = 0 then 'all' else 'some' end from core.report
        where ledger = any($ledgers) and community_id = any($communities) and state <> 'missing'
        group by month having count(*) filter (where state = 'carried' and as_of is not null) > 0"""
    values = {"ledgers": list(plan.metric.ledgers), "communities": list(plan.communities)}
    found = dict(warehouse.cursor().execute(query, values).fetchall())
    return [found.get(window.end, "") for window in plan.windows]


def first_needed(end: date) -> date:
    """Return the first month that the limits of a series up to `end` may rest on."""
    return min(date(end.year - BASE_YEARS, 1, 1), shift(end, 1 - LAST_MONTHS))


def segments(ends: Sequence[date], usable: Sequence[bool], steps: Sequence[date]) -> list[Segment]:
    """Cut a series at its declared step changes.

    The base is the usable months of the two calendar years before the last one, else of the last 36 months.
    """
    cuts = [0, *(place for place, month in enumerate(ends) if place and month in steps), len(ends)]
    return [_segment(ends, usable, *pair) for pair in zip(cuts, cuts[1:], strict=False)]


def _segment(ends: Sequence[date], usable: Sequence[bool], first: int, end: int) -> Segment:
    last = ends[-1]
    places = [place for place in range(first, end) if usable[place]]
    base = [place for place in places if last.year - BASE_YEARS <= ends[place].year < last.year]
    recent = [place for place in places if ends[place] > shift(last, -LAST_MONTHS)]
    chosen = next((found for found in (base, recent) if len(found) >= LEAST_POINTS), [])
    return Segment(first, end, tuple(chosen), len(places))


def why_without(metric: Metric, found: Sequence[Segment], has_carried: bool) -> str | None:
    """Return the sentence that says why the newest months have no limits, None where they have."""
    if metric.period:
        return _("本指标按期累计，不计算正常波动范围。")
    if found[-1].base:
        return None
    facts = {"n": found[-1].usable, "least": LEAST_POINTS}
    if len(found) > 1:
        return _("水平变化后报齐的只有{n}个月，不足{least}个月，暂不计算正常波动范围。").format(**facts)
    if has_carried:
        return _("名册不是每月新报，可用的只有{n}期，不足{least}期，暂不计算正常波动范围。").format(**facts)
    return _("报齐的只有{n}个月，不足{least}个月，暂不计算正常波动范围。").format(**facts)


def judged(
    metric: Metric, chart: str, rows: Sequence[Row], usable: Sequence[bool], found: Sequence[Segment]
) -> list[Judgement]:
    """Return what each month is held against; nothing where there are no limits."""
    import numpy as np

    from analysis import control

    result = [NOT_JUDGED] * len(rows)
    values = _numbers([row.value for row in rows])
    for segment in found:
        if not segment.base or metric.period:
            continue
        here = slice(segment.first, segment.end)
        is_base = np.isin(np.arange(len(rows)), segment.base)[here]
        limits = _limits(metric, chart, rows[here], is_base)
        signals = control.signals(values[here], limits, np.array(usable)[here])
        result[here] = [
            Judgement(_known(centre), _known(low), _known(high), str(signal), int(side))
            for centre, low, high, signal, side in zip(
                limits.centre, limits.lower, limits.upper, signals, control.sides(values[here], limits), strict=True
            )
        ]
    return result


def _known(number: float) -> float | None:
    return None if number != number else float(number)


def _numbers(values: Sequence[float | None]) -> Array:
    import numpy as np

    return np.array([np.nan if value is None else float(value) for value in values])


def _limits(metric: Metric, chart: str, rows: Sequence[Row], is_base: Mask) -> Limits:
    """Return the limits of a run of months in the value's own unit."""
    import numpy as np

    from analysis import control

    values, counts = _numbers([row.value for row in rows]), _numbers([row.numerator for row in rows])
    totals = _numbers([row.denominator or None for row in rows])  # without workers or cases there is no rate
    if chart == "c":
        return control.u(counts, np.ones(len(rows)), is_base)
    if chart == "u":
        return control.u(counts, totals / scale(metric, 1), is_base)
    if chart == "p":
        return control.p(counts, totals, is_base)
    # Counts, people and yuan are never below 0; no share of enterprises or cases is above 1.
    highest = 1.0 if metric.kind == "proportion" else np.inf
    return control.xmr(values, is_base, lowest=0.0, highest=highest, is_level=metric.time == "stock")
