"""Change on last month, on the year's start, on last year: like for like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from etl.errors import QuestionError
from metrics.catalogue import Metric
from metrics.columns import MONTH
from metrics.guard import USUAL_BELOW
from metrics.known import Months
from metrics.periods import shift
from metrics.plan import Plan, listed_in, plan_of
from metrics.question import Hidden, Question, Row
from metrics.scope import measure, months, setting_number, settings
from metrics.values import ask
from metrics.warehouse import Warehouse

AGAINST = ("previous_month", "year_start", "last_year")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a comparison rests on: the communities known at both ends and the days of carried registers."""

    month: date
    before_month: date
    compared: tuple[str, ...]
    expected: int
    workers_share: float
    is_carried: bool
    now_as_of: date | None
    before_as_of: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """A number now and before, over the same communities.

    `now` and `before` are like-for-like rows, None where nothing can be compared. `difference` is in the value's own
    unit (0.004 for 0.4 percentage points); `relative` is None for percentages and where the base is small or 0.
    `is_incomplete` says that too few workers are covered for any comparison.
    """

    metric: Metric
    measure: str
    against: str
    keys: dict[str, str | None]
    basis: Basis
    now: Row | None
    before: Row | None
    difference: float | None
    relative: float | None
    is_incomplete: bool
    asked: tuple[Question, Question] | None = None  # now and before, over the communities compared

    @property
    def communities_compared(self) -> int:
        """Return how many communities are known at both ends."""
        return len(self.basis.compared)

    @property
    def is_like_for_like(self) -> bool:
        """Return whether communities had to be left out to compare like with like."""
        return self.communities_compared < self.basis.expected


def _earlier(question: Question, plan: Plan, against: str) -> Question:
    """Return the question at the earlier end; QuestionError where the comparison has no meaning."""
    if against not in AGAINST or MONTH in question.by:
        message = _("没有这种比较。")
        remedy = _("可用：{offered}；不按月份分组").format(offered="、".join(AGAINST))
        raise QuestionError(message, remedy=remedy, code="bad_comparison")
    is_running = plan.metric.period is None and len(plan.windows[0].months) > 1
    if plan.metric.time == "flow" and (against == "year_start" or (against == "previous_month" and is_running)):
        message = _("期内数和累计数没有“{label}”。").format(label={"year_start": _("较年初")}.get(against, _("较上月")))
        raise QuestionError(message, remedy=_("累计数请与上年同期比较"), code="bad_comparison")
    month = plan.windows[0].end
    back = {"previous_month": 1, "year_start": month.month, "last_year": 12}[against]
    start = question.start and shift(question.start, -back)
    return replace(question, month=shift(month, -back), start=start)


def _has_earlier(warehouse: Warehouse, plan: Plan, earlier: date) -> bool:
    """Return whether the earlier end exists; progress in January has no month before it in its year."""
    is_new_year = plan.metric.period == "ytd" and plan.windows[0].end.month == 1 and earlier.month == 12
    return earlier in months(warehouse) and not is_new_year


def wholly_known(warehouse: Warehouse, plan: Plan) -> set[str]:
    """Return the communities that are known in every month of the period in which they are listed."""
    (window,), (known,) = plan.windows, plan.known
    listed: Months = listed_in(warehouse, plan, window)
    ever = set().union(*listed.values())
    return {c for c in ever if all(c in known[month] for month in window.months if c in listed[month])}


def workers_share(warehouse: Warehouse, plan: Plan, compared: tuple[str, ...]) -> float:
    """Return the share of the scope's workers who work in the communities compared.

    A community whose workers are not known counts as an average one: leaving it out would call any report complete.
    """
    end = plan.windows[-1].end
    listed = [c for c in plan.communities if c in listed_in(warehouse, plan, plan.windows[-1])[end]]
    if listed and set(listed) <= set(compared):
        return 1.0  # whoever they are
    found = ask(warehouse, Question("workers", ("community",), end, where=(("community", tuple(listed)),)))
    known = {row.keys["community_id"]: row.numerator for row in found.rows if row.numerator}
    average = sum(known.values()) / len(known) if known else 1.0
    total = sum(known.get(community, average) for community in listed)
    return sum(known.get(community, average) for community in listed if community in compared) / total if total else 0.0


def _as_of(warehouse: Warehouse, plan: Plan, compared: tuple[str, ...]) -> tuple[date | None, bool]:
    """Return the day of the newest register that a stock rests on, and whether any is carried from an earlier month."""
    if plan.metric.time == "flow":
        return None, False
    query = """
        select max(as_of), bool_or(state = 'carried' and as_of is not null) from core.report
        where month = $month and ledger = any($ledgers) and community_id = any($communities)"""
    values = {"month": plan.windows[-1].end, "ledgers": list(plan.metric.ledgers), "communities": list(compared)}
    [(day, is_carried)] = warehouse.cursor().execute(query, values).fetchall()
    return day, bool(is_carried)


def _basis(warehouse: Warehouse, now: Plan, before: Plan) -> Basis:
    both = wholly_known(warehouse, now) & wholly_known(warehouse, before)
    compared = tuple(community for community in now.communities if community in both)
    expected = len(set().union(*listed_in(warehouse, now, now.windows[-1]).values()))
    (now_day, now_carried), (day, carried) = _as_of(warehouse, now, compared), _as_of(warehouse, before, compared)
    share = workers_share(warehouse, now, compared)
    ends = now.windows[-1].end, before.windows[-1].end
    return Basis(*ends, compared, expected, share, now_carried or carried, now_day, day)


def _cuts_a_lump(warehouse: Warehouse, plan: Plan) -> bool:
    """Return whether a row of several months (a year's dues) lies partly outside the period: it is told of no month."""
    if "lump_to" not in plan.metric.columns:
        return False
    (window,) = plan.windows
    query = f"""
        select 1 from ({plan.metric.sql}) as unit where month between $first and $last
        and (lump_from < $first or lump_to > $last) and coalesce(community_id in $communities, true) limit 1"""
    values = {"first": window.months[0], "last": window.end, "communities": list(plan.communities)}
    return bool(warehouse.cursor().execute(query, values).fetchall())


def _only(question: Question, compared: tuple[str, ...]) -> Question:
    others = tuple(condition for condition in question.where if condition[0] != "community")
    return replace(question, where=(*others, ("community", compared)))


def _relative(metric: Metric, before: Row, difference: float, small_base: float) -> float | None:
    if metric.is_percentage or not before.value or (before.numerator or 0) < small_base:
        return None
    return difference / before.value


def _nothing(plan: Plan, basis: Basis, against: str, word: str) -> Change:
    return Change(plan.metric, word, against, {}, basis, None, None, None, None, False)


def changes(warehouse: Warehouse, question: Question, against: str) -> tuple[Change, ...]:
    """Return the change of each row of a question, over the communities known at both ends.

    A row that is missing at one end has `before` or `now` None. Where there is no earlier end, or no community known at
    both, there is one change without rows.
    """
    plan = plan_of(warehouse, question)
    earlier = _earlier(question, plan, against)
    word, end, before_end = measure(warehouse, plan.metric), plan.windows[0].end, earlier.month
    assert before_end is not None, "_earlier names its month"
    is_growing = (
        plan.metric.running and against != "last_year"
    )  # since January: it is less in January, and nothing fell
    if is_growing or not _has_earlier(warehouse, plan, before_end):
        return (_nothing(plan, Basis(end, before_end, (), 0, 0.0, False, None, None), against, word),)
    before_plan = plan_of(warehouse, earlier)
    basis = _basis(warehouse, plan, before_plan)
    if any(_cuts_a_lump(warehouse, one) for one in (plan, before_plan)):
        basis = replace(basis, compared=())
    if not basis.compared:
        return (_nothing(plan, basis, against, word),)
    asked = _only(replace(question, month=end), basis.compared), _only(earlier, basis.compared)
    now, before = ask(warehouse, asked[0]), ask(warehouse, asked[1])
    found = (_change(warehouse, plan, basis, against, row, before.find(**row.keys)) for row in now.rows)
    return tuple(replace(change, asked=asked) for change in found)


def _change(warehouse: Warehouse, plan: Plan, basis: Basis, against: str, now: Row, before: Row | None) -> Change:
    """Return the change between two rows; under the setting's share of workers nothing is compared."""
    too_few = basis.workers_share < setting_number(warehouse, "workers_covered_share")
    is_incomplete = too_few and "community" not in plan.dims
    difference = relative = None
    if _tells_few(warehouse, plan, now, before):
        before = Row(now.keys, *(None,) * 5, now.known, now.expected, 0, False, None, hidden=Hidden())
    if now.value is not None and before is not None and before.value is not None and not is_incomplete:
        difference = now.value - before.value
        relative = _relative(plan.metric, before, difference, setting_number(warehouse, "small_base"))
    word = measure(warehouse, plan.metric)
    return Change(plan.metric, word, against, now.keys, basis, now, before, difference, relative, is_incomplete)


def _tells_few(warehouse: Warehouse, plan: Plan, now: Row, before: Row | None) -> bool:
    """Return whether a change of persons in a sensitive class, in a part of the street, tells of a few of them."""
    is_part = plan.dims or plan.filters
    if not (plan.metric.sensitive and is_part) or before is None or now.value is None or before.value is None:
        return False
    return 0 < abs(now.value - before.value) < float(settings(warehouse).get("suppress_below", USUAL_BELOW))


def change(warehouse: Warehouse, question: Question, against: str) -> Change:
    """Return the change of a question without dimensions (or of its only row)."""
    (found,) = changes(warehouse, question, against)
    return found
