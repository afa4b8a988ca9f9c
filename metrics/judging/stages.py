"""How long the stages of handling last, how disputes move from phase to phase, and how they end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from gettext import gettext as _
from itertools import groupby, pairwise
from operator import itemgetter

from analysis.survival import kaplan_meier
from metrics import scope
from metrics.judging.case_scope import Where, dispute_condition
from metrics.periods import shift
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse

STAGES = {
    "report_to_accept": _("报告到受理"),
    "accept_to_agreement": _("受理到达成协议"),
    "agreement_to_performance": _("达成协议到履行完毕"),
    "accept_to_close": _("受理到办结"),
}
MONTHS = 12
OPEN = "open"
Span = tuple[str, date, date | None, date | None]


@dataclass(frozen=True, slots=True)
class StageCurve:
    """How long one stage lasts: the share of disputes still in it after so many days (Kaplan–Meier).

    `days` begins with 0; `share_open`, `lower`, `upper` (its range, None where it has none) and `at_risk` go with it.
    `median`: half are through within so many days, None if that was not seen. `ended`: through; `open`: still in it at
    the month's end, or ended otherwise before they were through.
    """

    stage: str
    title: str
    days: tuple[float, ...]
    share_open: tuple[float, ...]
    median: float | None
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    ended: int
    open: int
    at_risk: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """How many disputes went from one phase to another; `target` open: they were still there at the end."""

    source: str
    source_title: str
    target: str
    target_title: str
    count: int


@dataclass(frozen=True, slots=True)
class Ending:
    """How many of the disputes that were closed ended so."""

    outcome: str | None
    title: str
    count: int
    of: int


def _last_day(month: date) -> date:
    return shift(month, 1) - timedelta(days=1)


def stage_curves(
    warehouse: Warehouse,
    month: date,
    where: Where = (),
    stages: Iterable[str] = tuple(STAGES),
    months: int = MONTHS,
) -> tuple[StageCurve, ...]:
    """Return how long the stages last that began in the `months` up to `month`, as known at its end.

    What is not over by then counts as lasting at least so long. QuestionError for conditions that do not exist.
    """
    return _stage_curves(warehouse, month, where, tuple(stages), months)


@lru_cache(maxsize=64)
def _stage_curves(
    warehouse: Warehouse, month: date, where: Where, stages: tuple[str, ...], months: int
) -> tuple[StageCurve, ...]:
    condition, values = dispute_condition(warehouse, month, where)
    query = f"""
        select s.stage, s.started_on, s.ended_on, s.left_on
        from core.case_stage as s inner join core.dispute as d on s.dispute_id = d.dispute_id
        where s.started_month between $first and $month and {condition}
        order by s.stage, s.started_on, s.dispute_id"""
    asked = {"first": shift(month, 1 - months), "month": month, **values}
    spans = warehouse.cursor().execute(query, asked).fetchall()
    return tuple(_curve(stage, [span for span in spans if span[0] == stage], _last_day(month)) for stage in stages)


def _curve(stage: str, spans: list[Span], until: date) -> StageCurve:
    ended, waiting = [], []
    for _stage, started, over, left in spans:
        if over is not None and over <= until:
            ended.append((over - started).days)
        else:
            waiting.append((min(left or until, until) - started).days)
    found = kaplan_meier(ended, waiting)
    return StageCurve(
        stage=stage,
        title=STAGES[stage],
        days=found.days,
        share_open=found.share_open,
        median=found.median,
        lower=found.lower,
        upper=found.upper,
        ended=found.ended,
        open=found.open,
        at_risk=found.at_risk,
    )


@lru_cache(maxsize=64)
def step_flows(warehouse: Warehouse, months: tuple[date, date], where: Where = ()) -> tuple[Flow, ...]:
    """Return how disputes moved between phases from the first to the last of two months, in the order of the phases.

    A move is dated by the step that began the new phase; several steps of one phase are one stay. Disputes that had not
    ended by the end of the last month stay where their last step left them.
    """
    first, last = months
    condition, values = dispute_condition(warehouse, last, where)
    query = f"""
        select s.dispute_id, p.value as phase, s.step_date, f.ended_date
        from core.case_step as s
        inner join core.code_extra as p on p.list = 'case_step' and p.name = 'phase' and s.step = p.code
        inner join core.dispute as d on s.dispute_id = d.dispute_id
        inner join core.case_fact as f on s.dispute_id = f.dispute_id
        where s.step_date <= $until and {condition}
        order by s.dispute_id, s.step_order"""
    until = _last_day(last)
    steps = warehouse.cursor().execute(query, {"until": until, **values}).fetchall()
    counts: dict[tuple[str, str], int] = {}
    for _dispute, own in groupby(steps, key=itemgetter(0)):
        for move in _moves(list(own), first, until):
            counts[move] = counts.get(move, 0) + 1
    return _in_order(scope.titles(warehouse, "case_phase"), counts)


def _moves(steps: list[tuple[str, str, date, date | None]], first: date, until: date) -> Iterable[tuple[str, str]]:
    stays = [next(stay) for _phase, stay in groupby(steps, key=itemgetter(1))]
    for (_d, before, _on, _ended), (_e, after, began, _over) in pairwise(stays):
        if began >= first:
            yield before, after
    ended = steps[-1][3]
    if ended is None or ended > until:
        yield stays[-1][1], OPEN


def _in_order(titles: dict[str, str], counts: dict[tuple[str, str], int]) -> tuple[Flow, ...]:
    order = {phase: place for place, phase in enumerate([*titles, OPEN])}
    named = {**titles, OPEN: _("在办")}
    found = sorted(counts.items(), key=lambda move: (order[move[0][0]], order[move[0][1]]))
    return tuple(Flow(source, named[source], target, named[target], count) for (source, target), count in found)


def endings(warehouse: Warehouse, month: date, where: Where = (), period: str = "ytd") -> tuple[Ending, ...]:
    """Return how the disputes closed in the period ended, by outcome in its official order."""
    answer = ask(warehouse, Question("disputes_closed", ("outcome",), month, period=period, where=where))
    counts = [(row.keys["outcome_id"], row.keys["outcome"] or "", int(row.numerator or 0)) for row in answer.rows]
    whole = sum(count for _outcome, _title, count in counts)
    return tuple(Ending(outcome, title, count, whole) for outcome, title, count in counts if count)
