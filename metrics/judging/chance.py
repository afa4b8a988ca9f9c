"""Whether a change is more than the usual ups and downs: 属正常波动 or 超出正常波动, or why that is not said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from gettext import gettext as _

from metrics.catalogue import Metric
from metrics.changes import Change
from metrics.columns import MONTH
from metrics.judging import festival
from metrics.judging.limits import LAST_MONTHS, LEAST_POINTS, is_of_events
from metrics.judging.pairs import Key, units_of
from metrics.periods import shift
from metrics.plan import plan_of
from metrics.question import Question, Row
from metrics.scope import months
from metrics.values import ask
from metrics.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a change is beyond normal variation; None where it is not judged, with the reason for the reader.

    The reason is "" where the change itself says why there is nothing to judge (未报, 报送不全, 持平).
    """

    is_beyond: bool | None
    reason: str = ""


NOTHING = Verdict(None)


def verdict(warehouse: Warehouse, change: Change) -> Verdict:
    """Return whether a change is more than three standard errors; equal numbers are not judged.

    Counts of a period: Poisson, widened by how the 36 months before varied. Levels and ratios: the units that changed.
    """
    asked, now, before = change.asked, change.now, change.before
    if asked is None or not change.difference or now is None or before is None:
        return NOTHING
    if change.metric.period or change.metric.aggregate != "sum":
        return NOTHING  # progress is held against the calendar; a median has no standard error yet
    if (reason := _out_of_step(warehouse, change, *asked)) is not None:
        return Verdict(None, reason)
    if change.metric.time == "flow" and not change.metric.has_own_base:
        return Verdict(_is_beyond_events(warehouse, change.metric, now, before, asked))
    return Verdict(_is_beyond_units(warehouse, change.metric, now, asked))


def _out_of_step(warehouse: Warehouse, change: Change, now: Question, before: Question) -> str | None:
    """Return why two months around Spring Festival are not held against each other, None where they may be.

    1—2月 and longer have the whole festival season on both sides; a single month has it once early and once late.
    """
    if change.metric.time == "stock":
        return None
    windows = [plan_of(warehouse, question).windows[0].months for question in (now, before)]
    touched = [{month.month for month in window} & set(festival.MONTHS) for window in windows]
    if all(found in (set(), set(festival.MONTHS)) for found in touched):
        return None
    if change.against == "last_year":
        return _("春节早晚不同，单月不判断波动")
    return _("春节前后，不判断波动")


def _key(change_keys: dict[str, str | None], dims: tuple[str, ...]) -> Key:
    return tuple(change_keys.get(f"{dim}_id") for dim in dims)


def _is_beyond_units(warehouse: Warehouse, metric: Metric, now: Row, asked: tuple[Question, Question]) -> bool | None:
    from analysis.differences import level_z, needed, ratio_z

    units = units_of(warehouse, *asked).get(_key(now.keys, _dims(asked[0])))
    if units is None:
        return None
    if metric.over is None:
        return abs(level_z(units)) > needed()
    z, freedom = ratio_z(units)
    return abs(z) > needed(freedom)


def _is_beyond_events(
    warehouse: Warehouse, metric: Metric, now: Row, before: Row, asked: tuple[Question, Question]
) -> bool:
    from analysis.differences import events_z, needed

    key = _key(now.keys, _dims(asked[0]))
    batch = _batch(warehouse, metric, asked, key)
    counts = (now.numerator or 0) / batch, (before.numerator or 0) / batch  # a change has both: none of them is missing
    spread = spread_before(warehouse, asked[0], key, batch)
    z = events_z(*counts, _share(warehouse, now, before, asked), spread, step=1.0 if batch == 1 else 0.0)
    return bool(abs(z) > needed())


def _dims(question: Question) -> tuple[str, ...]:
    return tuple(dim for dim in question.by if dim != MONTH)


def _batch(warehouse: Warehouse, metric: Metric, asked: tuple[Question, Question], key: Key) -> float:
    """Return how many count at once: 1 for cases; members join in groups, Σv² ÷ Σv at a time (compound Poisson)."""
    if is_of_events(warehouse, metric.id):
        return 1.0
    units = units_of(warehouse, *asked)[key]
    squares = float((units.y_now**2).sum() + (units.y_before**2).sum())
    return max(squares / float(units.y_now.sum() + units.y_before.sum()), 1.0)


def _share(warehouse: Warehouse, now: Row, before: Row, asked: tuple[Question, Question]) -> float:
    """Return now's share of both exposures: workers × months for a rate, a half for a count."""
    if now.denominator is None or before.denominator is None:
        return 0.5
    lengths = (len(plan_of(warehouse, question).windows[0].months) for question in asked)
    exposures = [row.denominator * n for row, n in zip((now, before), lengths, strict=True) if row.denominator]
    return exposures[0] / sum(exposures) if len(exposures) == 2 else 0.5


def spread_before(warehouse: Warehouse, now: Question, key: Key, batch: float) -> float:
    """Return by how much more than Poisson's σ the months before varied; 1 where too few of them are known."""
    import numpy as np

    from analysis.control import dispersion

    rows = [row for row in _history(warehouse, now).get(key, ()) if row.numerator is not None and not row.is_partial]
    rows = [row for row in rows if row.denominator is None or row.denominator > 0]
    if len(rows) < LEAST_POINTS or not any(row.numerator for row in rows):
        return 1.0
    counts = np.array([float(row.numerator or 0) / batch for row in rows])
    exposures = np.array([1.0 if row.denominator is None else float(row.denominator) for row in rows])
    return float(dispersion(counts, exposures, np.ones(len(rows), bool)))


@lru_cache(maxsize=64)
def _history(warehouse: Warehouse, now: Question) -> dict[Key, list[Row]]:
    """Return the rows of each of the months before those asked about, by the row's codes."""
    axis, first = months(warehouse), plan_of(warehouse, now).windows[0].months[0]
    last, start = shift(first, -1), max(shift(first, -LAST_MONTHS), axis[0])
    if last < axis[0]:
        return {}
    asked = replace(now, by=(*_dims(now), MONTH), start=start, month=last, period="month")
    found: dict[Key, list[Row]] = {}
    for row in ask(warehouse, asked).rows:
        found.setdefault(_key(row.keys, _dims(now)), []).append(row)
    return found


def verdict_text(found: Verdict) -> str:
    """Return 属正常波动, 超出正常波动, or why neither is said; "" where there is nothing to judge."""
    if found.is_beyond is None:
        return found.reason
    return _("超出正常波动") if found.is_beyond else _("属正常波动")


def verdict_legend() -> str:
    """Return what the two verdicts mean: three standard errors are passed by chance once in 370 times."""
    return _(
        "“属正常波动”：一切照旧，数字也会这样上下浮动；“超出正常波动”：一切照旧时，出现这样大变化的机会不到三百分之一。"
    )
