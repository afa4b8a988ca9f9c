"""January held against January by the days before Spring Festival: by the month alone one has its rush, the other not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from gettext import gettext as _

from metrics.catalogue import metric_of
from metrics.changes import wholly_known, workers_share
from metrics.guard import is_protected
from metrics.judging.chance import Verdict, spread_before, verdict_text
from metrics.judging.festival import spring_festival
from metrics.periods import shift
from metrics.phrases import count_text
from metrics.plan import plan_of
from metrics.question import Question
from metrics.scope import measure, months, setting_number
from metrics.unit_rows import rows
from metrics.warehouse import Warehouse

DAYS = 56  # before the festival, when wages are claimed
DATES = ("received_date", "closed_date")  # known to the day; 建会日期 may be known to the month only
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The days before Spring Festival, as far as the month asked about reaches, against the same days a year before.

    `days` are the first and the last, counted back from the festival (56, 16); only communities known at both ends are
    in: `compared` of `expected`.
    """

    measure: str
    days: tuple[int, int]
    now: int
    before: int
    compared: int
    expected: int
    verdict: Verdict


def aligned(warehouse: Warehouse, question: Question) -> Aligned | None:
    """Return the comparison for a January; None for other months, for what is no count of dated events, without data."""
    metric, month = metric_of(question.metric), question.month
    if month is None or not (metric.time == "flow" and metric.kind == "count" and set(DATES) & set(metric.columns)):
        return None
    if (spans := _spans(month)) is None or is_protected(metric, question.audience):
        return None  # single days would tell what a month hides
    asked = [_months_of(question, days) for days in spans]
    if any(day not in months(warehouse) for side in asked for day in (side.start, side.month)):
        return None
    plans = [plan_of(warehouse, side) for side in asked]
    both = wholly_known(warehouse, plans[0]) & wholly_known(warehouse, plans[1])
    compared = tuple(community for community in plans[0].communities if community in both)
    if not compared or workers_share(warehouse, plans[0], compared) < setting_number(
        warehouse, "workers_covered_share"
    ):
        return None
    others = tuple(condition for condition in question.where if condition[0] != "community")
    asked = [replace(side, where=(*others, ("community", compared))) for side in asked]
    counts = [_count(warehouse, side, days) for side, days in zip(asked, spans, strict=True)]
    festival = spring_festival(month.year) or month
    return Aligned(
        measure=measure(warehouse, metric),
        days=(DAYS, (festival - spans[0][1]).days),
        now=counts[0],
        before=counts[1],
        compared=len(compared),
        expected=len(plans[0].communities),
        verdict=_verdict(warehouse, asked[0], *counts),
    )


def _spans(month: date) -> tuple[Span, Span] | None:
    """Return the days before this year's festival up to the month's end, and the same days before the last one."""
    now, before = spring_festival(month.year), spring_festival(month.year - 1)
    if month.month != 1 or now is None or before is None:
        return None
    last = min(now, shift(month, 1)) - timedelta(days=1)
    return (now - timedelta(days=DAYS), last), (before - timedelta(days=DAYS), before - (now - last))


def _months_of(question: Question, days: Span) -> Question:
    first, last = (day.replace(day=1) for day in days)
    return replace(question, by=(), start=first, month=last, period=None)


def _count(warehouse: Warehouse, question: Question, days: Span) -> int:
    """Return the cases of these days, by the date that puts a case into its month."""
    import polars as pl

    frame = rows(warehouse, question).filter(pl.col("value") == 1)
    dates = (frame[name] for name in DATES if name in frame.columns)
    of_month = next(day for day in dates if (day.dt.strftime("%Y-%m") == frame["month"]).all())
    return int(of_month.is_between(*days).sum())


def _verdict(warehouse: Warehouse, asked: Question, now: int, before: int) -> Verdict:
    from analysis.differences import events_z, needed

    if now == before:
        return Verdict(None)
    spread = spread_before(warehouse, asked, (), 1.0)
    return Verdict(bool(abs(events_z(now, before, spread=spread)) > needed()))


def aligned_text(found: Aligned) -> str:
    """Return 春节前56天至16天37宗，上年春节前同期42宗，属正常波动; with whom, where not all communities are in."""
    first, last = found.days
    facts = {"first": first, "last": last, "now": count_text(found.now), "before": count_text(found.before)}
    text = _("春节前{first}天至{last}天{now}{word}，上年春节前同期{before}{word}").format(**facts, word=found.measure)
    if found.compared < found.expected:
        text += _("（按已报的{n}个社区同口径比较）").format(n=found.compared)
    judged = verdict_text(found.verdict)
    return f"{text}，{judged}" if judged else text
