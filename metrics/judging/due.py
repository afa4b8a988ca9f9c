"""What is due: the open duties of the street on a day, and how many are overdue (`clocks`: those of one case).

A duty is what the street's own organisations owe (`core.case_deadline.is_owed`). On a day it is open if it has begun
and has not stopped (met, or its case ended), and overdue if its last day lies before that day. The day is never the
wall clock: without one it is the newest day that the ledgers of disputes and of steps speak of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from metrics.catalogue import metric_of
from metrics.columns import DIMENSIONS
from metrics.judging.case_clocks import KNOWN, Clock, clocks
from metrics.judging.due_clauses import clause
from metrics.older import check_held
from metrics.plan import plan_of
from metrics.question import Question
from metrics.scope import setting_number
from metrics.statement import Statement
from metrics.warehouse import Warehouse

__all__ = ["Clock", "DueRow", "DueSummary", "clocks", "due_rows", "due_summary", "first_day", "last_day"]

Where = tuple[tuple[str, tuple[str, ...]], ...]

OPEN = """
    from {known} as c
    inner join core.dispute as d on c.dispute_id = d.dispute_id
    left join core.community as k on d.community_id = k.community_id
    where c.is_owed and (c.stopped_on is null or c.stopped_on > {as_of}) and {where}""".replace("{known}", KNOWN)


@dataclass(frozen=True, slots=True)
class DueRow:
    """One open duty of a case: what is to be done (`step`), by when, under which rule; `days_left` < 0 is overdue."""

    case: str
    dispute_id: str
    enterprise: str | None
    community_id: str | None
    community: str | None
    step: str
    rule: str
    words: str
    clause: str
    started_on: date
    due_on: date
    days_left: int
    is_overdue: bool
    actor: str
    is_own: bool
    law: str
    mark: str
    is_provisional: bool
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class DueSummary:
    """How the street stands on a day; `as_of` is None where no dispute has been reported at all.

    `open_steps` counts duties in hand, those without a last day included (their start is written as a month only);
    `due_soon` those that end within the setting `due_soon_days`; `longest_days` the age of the oldest open case of
    those whose day of 受理 is known.
    A case stays in hand until a ledger says that it ended, also in the communities of `unreported`: those in scope whose
    disputes of that month are not in, and which the monthly metrics leave out. Without `has_steps` no ledger of steps is
    in for that month: what was agreed longer is unknown, and overdue counts from 受理 alone.
    """

    as_of: date | None
    updated_on: date | None
    is_stale: bool
    open_cases: int
    overdue_cases: int
    overdue_steps: int
    open_steps: int
    due_soon: int
    longest_days: int | None
    longest_case: str | None
    group_cases: int
    unreported: tuple[str, ...] = ()
    has_steps: bool = True


@lru_cache(maxsize=16)
def last_day(warehouse: Warehouse) -> date | None:
    """Return the newest day that disputes or steps speak of, none beyond the newest period reported."""
    check_held(warehouse, metric_of("case_steps_overdue"))
    query = """
        with told as (
            select received_date as day from core.dispute
            union all select closed_date from core.dispute
            union all select step_date from core.case_step
        )
        select max(day) from told
        where day <= (select max(period_to) from intake.sheet where ledger in ('dispute', 'case_step'))"""
    [(day,)] = warehouse.cursor().execute(query).fetchall()
    found: date | None = day
    return found


def first_day(warehouse: Warehouse) -> date | None:
    """Return the first day that a dispute ledger covers: before it nothing is known, which is not nothing due."""
    query = "select min(period_from) from intake.sheet where ledger = 'dispute'"
    [(day,)] = warehouse.cursor().execute(query).fetchall()
    found: date | None = day
    return found


def _conditions(warehouse: Warehouse, statement: Statement, where: Where) -> str:
    """Return the conditions on the dispute `d`; QuestionError where a dimension or a value does not exist."""
    if not where:
        return "true"
    filters = plan_of(warehouse, Question("disputes_overdue", where=where)).filters
    found = []
    for name, wanted in filters.items():
        is_cause = name == "cause"  # any of its causes, as everywhere
        found.append(statement.condition("d.causes" if is_cause else f"d.{DIMENSIONS[name].column}", wanted, is_cause))
    return " and ".join(found)


def due_rows(
    warehouse: Warehouse, as_of: date | None = None, where: Where = (), horizon_days: int | None = None
) -> tuple[DueRow, ...]:
    """Return the open duties with a last day, the longest overdue first; `horizon_days` leaves out what is due later."""
    newest = last_day(warehouse)
    day = as_of or newest
    if day is None:
        return ()
    statement = Statement()
    source = OPEN.format(as_of=statement.value(day), where=_conditions(warehouse, statement, where))
    limit = "" if horizon_days is None else f" and c.due_on <= {statement.value(day + timedelta(horizon_days))}"
    query = f"""
        select c.dispute_id, d.enterprise, d.community_id, k.community, c.title, c.rule, c.words, c.started_on,
               c.due_on, c.extended_by > 0, c.actor, c.is_own, c.law, c.mark, c.is_provisional, c.file, c.sheet, c."row"
        {source} and c.due_on is not null {limit}
        order by c.due_on, k.official_order nulls last, c.dispute_id, c.rule, c.started_on"""
    return tuple(_due_row(day, *record) for record in warehouse.cursor().execute(query, statement.values).fetchall())


def _due_row(
    day: date, case: str, enterprise: str | None, community_id: str | None, community: str | None, step: str, rule: str,
    words: str, started_on: date, due_on: date, is_extended: bool, actor: str, is_own: bool, law: str, mark: str,
    is_provisional: bool, file: str, sheet: str, row: int,
) -> DueRow:  # fmt: skip
    left = (due_on - day).days
    said = clause(words, started_on, due_on, is_extended, is_provisional)
    return DueRow(
        case, case, enterprise, community_id, community, step, rule, words, said, started_on, due_on, left, left < 0,
        actor, is_own, law, mark, is_provisional, file, sheet, row,
    )  # fmt: skip


def due_summary(warehouse: Warehouse, as_of: date | None = None, where: Where = ()) -> DueSummary:
    """Return how many cases and duties are open and overdue on a day, and how old the oldest case is."""
    updated_on = last_day(warehouse)
    day = as_of or updated_on
    if day is None or updated_on is None:
        return DueSummary(None, None, False, 0, 0, 0, 0, 0, None, None, 0)
    is_stale = (day - updated_on).days > setting_number(warehouse, "stale_days")
    steps, late_steps, late_cases, soon = _open_steps(warehouse, day, where)
    cases, group, longest, oldest = _open_cases(warehouse, day, where)
    silent, has_steps = _unreported(warehouse, day, where), _has_steps(warehouse, day)
    return DueSummary(
        day, updated_on, is_stale, cases, late_cases, late_steps, steps, soon, longest, oldest, group, silent, has_steps
    )  # fmt: skip


def _unreported(warehouse: Warehouse, day: date, where: Where) -> tuple[str, ...]:
    """Return the communities in scope, in official order, that have not reported the disputes of the day's month."""
    statement = Statement()
    named = tuple(pair for pair in where if pair[0] == "community")
    conditions = _conditions(warehouse, statement, named)
    query = f"""
        select k.community
        from core.report as d
        inner join core.community as k on d.community_id = k.community_id
        where d.ledger = 'dispute' and d.month = {statement.value(day.replace(day=1))} and not d.holds and {conditions}
        order by k.official_order"""
    return tuple(name for (name,) in warehouse.cursor().execute(query, statement.values).fetchall())


def _has_steps(warehouse: Warehouse, day: date) -> bool:
    query = "select count(*) from core.report where ledger = 'case_step' and month = $month and holds"
    [(found,)] = warehouse.cursor().execute(query, {"month": day.replace(day=1)}).fetchall()
    return bool(found)


def _open_steps(warehouse: Warehouse, day: date, where: Where) -> tuple[int, int, int, int]:
    """Return the duties in hand, those overdue, their cases, and those due soon."""
    statement = Statement()
    at = statement.value(day)
    source = OPEN.format(as_of=at, where=_conditions(warehouse, statement, where))
    soon = statement.value(day + timedelta(int(setting_number(warehouse, "due_soon_days"))))
    query = f"""
        select count(*), count(*) filter (where c.due_on < {at}),
               count(distinct c.dispute_id) filter (where c.due_on < {at}),
               count(*) filter (where c.due_on between {at} and {soon})
        {source}"""
    [(steps, late_steps, late_cases, due_soon)] = warehouse.cursor().execute(query, statement.values).fetchall()
    return steps, late_steps, late_cases, due_soon


def _open_cases(warehouse: Warehouse, day: date, where: Where) -> tuple[int, int, int | None, str | None]:
    """Return the cases in hand (as `disputes_open` has them), those of ten and more, the oldest one's age and number."""
    statement = Statement()
    at = statement.value(day)
    conditions = _conditions(warehouse, statement, where)
    query = f"""
        select count(*), count(*) filter (where d.is_group),
               {at} - min(d.received_date) filter (where l.received_date_precision = 'day'),
               arg_min(d.dispute_id, (d.received_date, d.dispute_id)) filter (where l.received_date_precision = 'day')
        from core.dispute as d
        inner join ledger.dispute as l
            on d.load_id = l.load_id and d.file = l.file and d.sheet = l.sheet and d."row" = l."row"
        where d.received_date <= {at} and (d.closed_date is null or d.closed_date > {at}) and {conditions}"""
    [(cases, group, longest, oldest)] = warehouse.cursor().execute(query, statement.values).fetchall()
    return cases, group, longest, oldest
