"""A number over the months with its 正常波动范围: which months stand out, by which rule, and why there is no range.

The range rests on the two calendar years before the year asked about (two whole seasons), so it is the same in whatever
window the months are shown. It is made anew only from a month that the street has declared a 水平变化.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from types import MappingProxyType

from etl.errors import QuestionError
from etl.notes import notes, notes_stamp
from metrics.catalogue import Metric, metric_of
from metrics.columns import MONTH
from metrics.judging import limits
from metrics.periods import parse_month, shift
from metrics.plan import plan_of
from metrics.question import UNKNOWN, Answer, Question, Row
from metrics.scope import check_month, default_month, months
from metrics.values import ask
from metrics.warehouse import Warehouse

MONTHS_SHOWN = 36
Noted = tuple[tuple[str, str, date], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One month: its value, the centre and the limits it is held against, and the rule by which it stands out.

    `signal` is "" or a name of `analysis.control.RULES`; `side` is 1 above the centre, −1 below, 0 on it. `is_partial`: some reports are missing; `is_carried`: the
    register is an earlier one. Neither is judged or used for limits. `row` is the answer's row, with both its sides.
    """

    month: date
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    signal: str
    side: int
    is_partial: bool
    is_carried: bool
    row: Row

    @property
    def is_judged(self) -> bool:
        """Return whether the month was held against limits."""
        return not (self.value is None or self.lower is None or self.is_partial or self.is_carried)

    @property
    def is_above(self) -> bool:
        """Return whether the month lies above the centre."""
        return self.value is not None and self.centre is not None and self.value > self.centre


@dataclass(frozen=True, slots=True)
class Trend:
    """The months asked for, and what their limits rest on.

    `chart`: xmr, p, u or c. `baseline`: first and last month of the points behind the newest limits, None without
    limits; `without_limits` then says why. `steps`: the declared first months of a new level, among those shown.
    """

    metric: Metric
    question: Question
    generation_id: str
    generation_no: int
    chart: str
    points: tuple[Point, ...]
    baseline: tuple[date, date] | None
    steps: tuple[date, ...]
    without_limits: str | None

    @property
    def last(self) -> Point:
        """Return the month asked about."""
        return self.points[-1]


def trend(warehouse: Warehouse, question: Question, street: Path | None = None) -> Trend:
    """Return the months of a question with their limits; `street` is the folder whose declared step changes hold.

    The months are those from `start` (36 months without it) to `month`, each read alone. QuestionError as from `ask`,
    and where the question is already cut by a dimension.
    """
    steps = declared_steps(warehouse, replace(question, by=()), street) if street else ()
    return _trend(warehouse, question, steps)


def series_of(warehouse: Warehouse, question: Question) -> tuple[str, str] | None:
    """Return how notes name a series: the metric (with its conditions other than community) and the community ("": all).

    None for several communities together: a step change is declared for one of them, or for the street.
    """
    plan = plan_of(warehouse, replace(question, by=()))
    wanted = plan.filters.get("community", ("",))
    if len(wanted) > 1 or wanted[0] is None:
        return None
    others = sorted((name, codes) for name, codes in plan.filters.items() if name != "community")
    conditions = [f"{name}={','.join(sorted(code or '' for code in codes))}" for name, codes in others]
    return ":".join([plan.metric.id, *conditions]), wanted[0]


def declared_steps(warehouse: Warehouse, question: Question, street: Path) -> tuple[date, ...]:
    """Return the first months of declared new levels of exactly this series, in order."""
    return _steps_of(warehouse, question, _noted(street, notes_stamp(street, "step_changes")))


@lru_cache(maxsize=16)
def _noted(street: Path, _stamp: str) -> Noted:
    """Return every declared step change: metric with its conditions, community, month."""
    found = notes(street, "step_changes")
    return tuple((note["metric"], note["community_id"], parse_month(note["month"])) for note in found)


def _steps_of(warehouse: Warehouse, question: Question, noted: Noted) -> tuple[date, ...]:
    if not noted:
        return ()
    series = series_of(warehouse, question)
    return tuple(sorted(month for metric, community, month in noted if (metric, community) == series))


def trends(warehouse: Warehouse, question: Question, street: Path | None = None) -> Mapping[str | None, Trend]:
    """Return the trend of each code of the one dimension that a question is cut by, as rows by that dimension count.

    A case with several causes stands under its main one here; a condition `cause=…` would find it under each.
    """
    return _trends(warehouse, question, _noted(street, notes_stamp(street, "step_changes")) if street else ())


@lru_cache(maxsize=64)
def _trends(warehouse: Warehouse, question: Question, noted: Noted) -> Mapping[str | None, Trend]:
    (name,) = question.by
    asked = _asked(warehouse, question)
    answer, plan = ask(warehouse, asked), plan_of(warehouse, asked)
    rows: dict[str | None, list[Row]] = {}
    for row in answer.rows:
        rows.setdefault(row.keys[f"{name}_id"], []).append(row)
    found = {}
    for code, own in rows.items():
        one = replace(question, by=(), where=_with(question, name, code))
        of_one = replace(plan, communities=(code,)) if name == "community" and code else plan
        registers, steps = limits.carried(warehouse, of_one), _steps_of(warehouse, one, noted)
        found[code] = _judged(
            warehouse, _shown(warehouse, one, answer), replace(answer, rows=tuple(own)), registers, steps
        )
    return MappingProxyType(found)


def _with(question: Question, name: str, code: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    others = tuple(condition for condition in question.where if condition[0] != name)
    return (*others, (name, (UNKNOWN if code is None else code,)))


@lru_cache(maxsize=256)
def _trend(warehouse: Warehouse, question: Question, steps: tuple[date, ...]) -> Trend:
    if question.by:
        raise QuestionError(_("走势只按月份列出。"), remedy=_("请去掉 --by"), code="trend_by")
    asked = _asked(warehouse, question)
    answer = ask(warehouse, asked)
    registers = limits.carried(warehouse, plan_of(warehouse, asked))
    return _judged(warehouse, _shown(warehouse, question, answer), answer, registers, steps)


def _start(warehouse: Warehouse, question: Question) -> date:
    end = question.month or default_month(warehouse)
    return question.start or max(shift(end, 1 - MONTHS_SHOWN), months(warehouse)[0])


def _asked(warehouse: Warehouse, question: Question) -> Question:
    """Return the question by month, from the first month that the limits may rest on."""
    metric, axis = metric_of(question.metric), months(warehouse)
    end = check_month(warehouse, question.month or default_month(warehouse))
    if _start(warehouse, question) > end:
        raise QuestionError(_("起始月份晚于截止月份。"), remedy=_("请对调 --from 和 --to"), code="months_reversed")
    first = max(min(_start(warehouse, question), limits.first_needed(end)), axis[0])
    period = None if metric.period else "month"
    return replace(question, by=(*question.by, MONTH), start=first, month=end, period=period)


def _shown(warehouse: Warehouse, question: Question, answer: Answer) -> Question:
    start = check_month(warehouse, _start(warehouse, question))
    return replace(question, metric=answer.metric.id, start=start, month=answer.month, period=answer.period)


def _judged(
    warehouse: Warehouse, question: Question, answer: Answer, registers: list[str], steps: tuple[date, ...]
) -> Trend:
    chart = limits.chart_of(warehouse, answer.metric)
    usable = [
        row.value is not None and not row.is_partial and not register
        for row, register in zip(answer.rows, registers, strict=True)
    ]
    levels = limits.segments(answer.months, usable, steps)
    lines = limits.judged(answer.metric, chart, answer.rows, usable, levels)
    points = [
        Point(
            month,
            row.value,
            line.centre,
            line.lower,
            line.upper,
            line.signal,
            line.side,
            row.is_partial or register == "some",
            register == "all",
            row,
        )  # fmt: skip
        for month, row, register, line in zip(answer.months, answer.rows, registers, lines, strict=True)
        if month >= (question.start or month)
    ]
    base, why = levels[-1].base, limits.why_without(answer.metric, levels, "all" in registers)
    return Trend(
        metric=answer.metric,
        question=question,
        generation_id=answer.generation_id,
        generation_no=answer.generation_no,
        chart=chart,
        points=tuple(points),
        baseline=(answer.months[base[0]], answer.months[base[-1]]) if base and not why else None,
        steps=tuple(month for month in steps if points[0].month < month <= answer.month),
        without_limits=why,
    )
