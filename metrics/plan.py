"""Question → plan: what was asked, resolved to ids, months and what is known in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from etl.errors import QuestionError
from metrics.catalogue import Metric, denominator, metric_of
from metrics.columns import DIMENSIONS, MONTH
from metrics.known import Months, Window, blemishes, known, listed
from metrics.older import check_held
from metrics.periods import first_month, span
from metrics.question import PERIODS, Question
from metrics.scope import check_month, communities, default_month, months, resolve
from metrics.warehouse import Warehouse

Filters = dict[str, tuple[str | None, ...]]
Pairs = tuple[tuple[str, date], ...]
Windows = tuple[Window, ...]


@dataclass(frozen=True)
class Plan:
    """A question that has been understood: everything resolved to ids, windows and what is known in them."""

    metric: Metric
    over: Metric | None
    dims: tuple[str, ...]  # without month
    by: tuple[str, ...]
    period: str
    windows: Windows
    filters: Filters
    communities: tuple[str, ...]  # in scope, official order
    known: tuple[Months, ...]  # one per window
    unplaced: frozenset[str]  # those of metric and over with unit rows without community
    approximate: frozenset[str]  # those with approximate unit rows
    excluded: Pairs  # community-months that leave both sides (window ends with over_time: last)

    @property
    def by_month(self) -> bool:
        """Return whether each month is a row."""
        return MONTH in self.by

    @property
    def is_overlapping(self) -> bool:
        """Return whether a month may stand in several rows' periods."""
        return self.by_month and self.metric.time == "flow" and self.period != "month"


def _check_dimension(metric: Metric, name: str) -> None:
    if name in metric.dimensions:
        return
    known_titles = {**{d.id: d.title for d in DIMENSIONS.values()}, MONTH: _("月份")}
    offered = "、".join(f"{known_titles[d]}（{d}）" for d in metric.dimensions)
    message = _("“{metric}”没有“{name}”这个维度。").format(metric=metric.title, name=known_titles.get(name, name))
    raise QuestionError(message, remedy=_("可用：{offered}").format(offered=offered), code="unknown_dimension")


def _filters(warehouse: Warehouse, metric: Metric, where: tuple[tuple[str, tuple[str, ...]], ...]) -> Filters:
    found: Filters = {}
    for name, values in where:
        if name == MONTH:
            raise QuestionError(
                _("月份不用 where 写。"), remedy=_("请用 --month 或 --from/--to"), code="month_in_where"
            )
        _check_dimension(metric, name)
        if name in found:
            message = _("“{name}”写了两次。").format(name=DIMENSIONS[name].title)
            raise QuestionError(message, remedy=_("多个值请合在一起写"), code="filter_twice")
        found[name] = tuple(dict.fromkeys(resolve(warehouse, name, value) for value in values))
    return found


def _by(metric: Metric, by: tuple[str, ...]) -> tuple[str, ...]:
    for name in by:
        _check_dimension(metric, name)
    if len(by) > 2 or len(set(by)) < len(by):
        raise QuestionError(_("一次最多按两个不同的维度分组。"), remedy=_("请减少 --by"), code="too_many_dimensions")
    return by


def _period(metric: Metric, period: str | None) -> str:
    """Return the period that is read: a metric with a period of its own always has that one."""
    if period is not None and period not in PERIODS:
        message = _("没有“{period}”这种期间。").format(period=period)
        raise QuestionError(
            message, remedy=_("可用：{offered}").format(offered="、".join(PERIODS)), code="unknown_period"
        )
    return metric.period or period or "month"


def _windows(metric: Metric, question: Question, period: str, month: date, axis: tuple[date, ...]) -> Windows:
    """Return the months that each row reads; a period that began before the data begins with the data."""
    start = question.start or month
    if start > month:
        raise QuestionError(_("起始月份晚于截止月份。"), remedy=_("请对调 --from 和 --to"), code="months_reversed")
    ends = span(start, month) if MONTH in question.by else (month,)
    if metric.time == "stock":
        return tuple(Window(end, (end,)) for end in ends)
    if MONTH in question.by or question.start is None:
        return tuple(Window(end, span(max(first_month(period, end), axis[0]), end)) for end in ends)
    if question.period not in {None, "month"} or (metric.period and start != first_month(metric.period, month)):
        message = _("起始月份和期间只能写一样。")
        raise QuestionError(message, remedy=_("请去掉 --from 或 --period，或加 --by month"), code="two_periods")
    return (Window(month, span(start, month)),)


def _excluded(_windows: Windows, known_in: tuple[Months, ...], scope: tuple[str, ...]) -> Pairs:
    """Return the community-months whose unit rows must not count, each once."""
    found: dict[tuple[str, date], None] = {}
    for here in known_in:
        for month, communities_known in here.items():
            if len(communities_known) < len(scope):
                found.update(((community, month), None) for community in scope if community not in communities_known)
    return tuple(found)


def _excluded_wholly(windows: Windows, known_in: tuple[Months, ...], scope: tuple[str, ...]) -> Pairs:
    """Return the communities that count in no month of a window, with the window's end (`over_time: last`)."""
    found = []
    for window, here in zip(windows, known_in, strict=True):
        entering = frozenset().union(*here.values())
        found += [(community, window.end) for community in scope if community not in entering]
    return tuple(found)


def _known_in(warehouse: Warehouse, metric: Metric, windows: Windows, scope: tuple[str, ...]) -> tuple[Months, ...]:
    inside = frozenset(scope)
    found = (known(warehouse, metric, window) for window in windows)
    return tuple({month: here & inside for month, here in by_month.items()} for by_month in found)


def plan_of(warehouse: Warehouse, question: Question, metric: Metric | None = None) -> Plan:
    """Understand a question; QuestionError says in a sentence what it names that does not exist.

    `metric` goes before the catalogue's of the same id: a metric read in another way.
    """
    metric = metric or metric_of(question.metric)
    by, period, over = _by(metric, question.by), _period(metric, question.period), denominator(metric)
    for side in (metric, over):
        if side is not None:
            check_held(warehouse, side)
    month = check_month(warehouse, question.month or default_month(warehouse))
    if question.start:
        check_month(warehouse, question.start)
    windows = _windows(metric, question, period, month, months(warehouse))
    filters = _filters(warehouse, metric, question.where)
    wanted = filters.get("community")
    scope = tuple(c.id for c in communities(warehouse) if wanted is None or c.id in wanted)
    known_in = _known_in(warehouse, metric, windows, scope)
    exclude = _excluded_wholly if metric.over_time == "last" else _excluded
    read = frozenset(month for window in windows for month in window.months)
    found = {side.id: blemishes(warehouse, side.id) for side in (metric, over) if side}
    return Plan(
        metric=metric,
        over=over,
        dims=tuple(name for name in by if name != MONTH),
        by=by,
        period=period,
        windows=windows,
        filters=filters,
        communities=scope,
        known=known_in,
        unplaced=frozenset(name for name, here in found.items() if here.unplaced & read),
        approximate=frozenset(name for name, here in found.items() if here.approximate & read),
        excluded=exclude(windows, known_in, scope),
    )


def listed_in(warehouse: Warehouse, plan: Plan, window: Window) -> Months:
    """Return the communities in scope that are listed in each month of a window."""
    everyone, inside = listed(warehouse), frozenset(plan.communities)
    return {month: everyone.get(month, frozenset()) & inside for month in window.months}
