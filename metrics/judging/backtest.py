"""历史检验: would the levels have warned? Month by month, with nothing that was not known at that month's end.

At the end of each month the enterprises with the highest scores are listed, and it is counted to how many of them a
dispute comes in the next months. The trivial list has as many, of those with a dispute in the last twelve months (the
most disputes first, then the newest).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from metrics.judging.backtest_words import sentence_of
from metrics.judging.warning_schemes import Scheme, scheme_in_force, scheme_of
from metrics.periods import shift
from metrics.scope import default_month
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    from analysis.backtest import Hits, Score

TOP = 20
HORIZON = 3  # months in which the dispute must come
BEFORE = 12  # months that the trivial list looks back
Lists = dict[date, list[str]]
Events = dict[date, dict[str, int]]


@dataclass(frozen=True, slots=True)
class BacktestMonth:
    """One month's lists (ids of enterprises) and what followed: disputes, and 集体纠纷 of ten or more among them."""

    month: date
    listed: tuple[str, ...]
    trivial_listed: tuple[str, ...]
    ours: Hits
    trivial: Hits
    ours_group: Hits
    trivial_group: Hits


@dataclass(frozen=True, slots=True)
class Comparison:
    """All months together: the scheme's list beside the trivial one of the same length.

    `low`/`high`: the 95 % range of the difference in precision, None where too few were named. `verdict`: better
    or worse where the range lies on one side of 0, else similar; unknown where nothing happened or
    too few were named.
    """

    ours: Score
    trivial: Score
    low: float | None
    high: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Backtest:
    """What the history says of a scheme; `sentence` says it in words, `rows` are the months."""

    scheme: Scheme | None
    months: tuple[date, ...]
    rows: tuple[BacktestMonth, ...]
    summary: Comparison
    group_summary: Comparison
    disputes: int
    unmatched: int  # disputes of those windows whose enterprise is in no register: nobody could have listed it
    beats_trivial: bool
    sentence: str
    top: int = TOP
    horizon: int = HORIZON


@lru_cache(maxsize=16)
def backtest(warehouse: Warehouse, scheme: str | None = None, top: int = TOP, horizon: int = HORIZON) -> Backtest:
    """Test a scheme (None: the one in force in the default month) on every month whose next `horizon` months are over."""
    last = default_month(warehouse)
    chosen = scheme_of(warehouse, scheme) if scheme else scheme_in_force(warehouse, last)
    months = _months(warehouse, shift(last, -horizon))
    rows = _rows(warehouse, chosen, months, top, horizon) if chosen and months else ()
    summary = _compared([row.ours for row in rows], [row.trivial for row in rows])
    group = _compared([row.ours_group for row in rows], [row.trivial_group for row in rows])
    disputes, unmatched = _matched(warehouse, months, horizon)
    found = Backtest(
        scheme=chosen,
        months=months,
        rows=rows,
        summary=summary,
        group_summary=group,
        disputes=disputes,
        unmatched=unmatched,
        beats_trivial=summary.verdict == "better",
        sentence=sentence_of(months, summary, top, horizon),
        top=top,
        horizon=horizon,
    )
    return found


def _months(warehouse: Warehouse, last: date) -> tuple[date, ...]:
    """Return the months that can be tested: risk facts are reported, and a year of disputes could be matched before."""
    query = f"""
        with facts as (
            select min(month) as month from core.report
            where ledger in ('risk_score', 'hazard') and state in ('received', 'nil')
        ),
        register as (select min(month) as month from core.enterprise_month)
        select m.month from core.month as m
        inner join facts as f on m.month >= f.month
        inner join register as r on m.month >= r.month + interval {BEFORE - 1} month
        where m.month <= $last order by m.month"""
    return tuple(month for (month,) in warehouse.cursor().execute(query, {"last": last}).fetchall())


def _rows(
    warehouse: Warehouse, scheme: Scheme, months: tuple[date, ...], top: int, horizon: int
) -> tuple[BacktestMonth, ...]:
    from analysis.backtest import hits_of

    span = {"first": months[0], "last": months[-1]}
    ours = _lists(warehouse, SCORED, {**span, "top": top, "scheme": scheme.id})
    trivial = _lists(warehouse, TRIVIAL, {**span, "top": top})
    events, group_events = _events(warehouse, {**span, "horizon": horizon})
    found = []
    for month in months:
        here = ours.get(month, [])
        there = trivial.get(month, [])[: len(here)]
        happened, group = events.get(month, {}), group_events.get(month, {})
        fared = [hits_of(names, which) for which in (happened, group) for names in (here, there)]
        found.append(BacktestMonth(month, tuple(here), tuple(there), *fared))
    return tuple(found)


# The same sum as core.warning_level makes, of what the ledgers told by the month's end.
SCORED = """
    with known as (
        select m.month, h.enterprise_id, h.item, max(h.points) as points, max(h.severity) as severity,
               max(h.fact_date) as newest, bool_and(h.only_with_others) as is_extra
        from core.warning_hit as h
        inner join core.month as m
            on h.fact_date <= m.month_end and h.known_on <= m.month_end and h.valid_to >= m.month_end
        where h.scheme = $scheme and m.month between $first and $last
        group by m.month, h.enterprise_id, h.item
    ),
    scored as (
        select month, enterprise_id, sum(points) as score, max(severity) as severity, count(*) as items,
               max(newest) filter (not is_extra) as newest
        from known group by month, enterprise_id having not bool_and(is_extra)
    )
    select month, enterprise_id from scored
    qualify row_number() over (
        partition by month
        order by score desc nulls last, severity desc nulls last, items desc, newest desc, enterprise_id
    ) <= $top
    order by month, score desc nulls last, severity desc nulls last, items desc, newest desc, enterprise_id"""
TRIVIAL = f"""
    with counted as (
        select m.month, c.enterprise_id, count(*) as cases, max(c.received_date) as newest
        from core.warning_case as c
        inner join core.month as m
            on c.received_month <= m.month and c.received_month > m.month - interval {BEFORE} month
            and c.known_on <= m.month_end
        where m.month between $first and $last
        group by m.month, c.enterprise_id
    )
    select month, enterprise_id from counted
    qualify row_number() over (partition by month order by cases desc, newest desc, enterprise_id) <= $top
    order by month, cases desc, newest desc, enterprise_id"""
EVENTS = """
    select m.month, c.enterprise_id, min(c.received_date - m.month_end) as days,
           min(c.received_date - m.month_end) filter (c.is_group) as group_days
    from core.warning_case as c
    inner join core.month as m
        on c.received_month > m.month and c.received_month <= m.month + to_months($horizon)
    where m.month between $first and $last
    group by m.month, c.enterprise_id"""


def _lists(warehouse: Warehouse, query: str, values: dict[str, Any]) -> Lists:
    found: Lists = {}
    for month, enterprise_id in warehouse.cursor().execute(query, values).fetchall():
        found.setdefault(month, []).append(enterprise_id)
    return found


def _events(warehouse: Warehouse, values: dict[str, Any]) -> tuple[Events, Events]:
    """Return, by month, the days to each enterprise's first dispute and first 集体纠纷 of the next months."""
    events: Events = {}
    group_events: Events = {}
    for month, enterprise_id, days, group_days in warehouse.cursor().execute(EVENTS, values).fetchall():
        events.setdefault(month, {})[enterprise_id] = days
        if group_days is not None:
            group_events.setdefault(month, {})[enterprise_id] = group_days
    return events, group_events


def _compared(ours: list[Hits], trivial: list[Hits]) -> Comparison:
    from analysis.backtest import difference_range, score_of

    mine, theirs, both = score_of(ours), score_of(trivial), difference_range(ours, trivial)
    low, high = both or (None, None)
    verdict = "similar"
    if mine.precision is None or not mine.events or low is None or high is None:
        verdict = "unknown"
    elif low > 0 or high < 0:
        verdict = "better" if low > 0 else "worse"
    return Comparison(mine, theirs, low, high, verdict)


def _matched(warehouse: Warehouse, months: tuple[date, ...], horizon: int) -> tuple[int, int]:
    """Return how many disputes the windows hold, and how many of them belong to no enterprise of the registers."""
    if not months:
        return 0, 0
    query = """select count(*), count(*) filter (enterprise_id is null) from core.dispute
        where received_month > $first and received_month <= $last"""
    values = {"first": months[0], "last": shift(months[-1], horizon)}
    [(disputes, unmatched)] = warehouse.cursor().execute(query, values).fetchall()
    return disputes, unmatched
