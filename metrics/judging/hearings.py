"""听取工会工作汇报 as a plan to follow: how many are planned, how many were held, and when the next might be.

No law says how often (`domain.md` §4): the plan is the street's own, and nobody is graded by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from math import ceil

from metrics.periods import shift
from metrics.scope import communities
from metrics.warehouse import Warehouse

MONTHS = 12
HELD = """
    select coalesce(community_id, 'street'), count(*) filter (month <= $month),
           max(held_date) filter (month <= $month), max(planned_times)
    from core.meeting
    where meeting_kind = 'hearing' and year(month) = $year and (community_id is not null or is_street_level)
    group by 1"""
PLANNED = """
    select coalesce(community_id, 'street'), max(target) from core.target
    where indicator = 'hearings_held' and year = $year and (community_id is not null or is_street) group by 1"""
KNOWN = """
    select community_id from core.report where ledger = 'meeting' and month = $month and holds"""


@dataclass(frozen=True, slots=True)
class HearingPlan:
    """One party committee's year up to a month: `community_id` None is the street's own; `held` None is not reported.

    `planned` None: neither the yearly targets nor the book of meetings says how many. `next_month` None: nothing is
    left of the plan, or of the year.
    """

    community_id: str | None
    name: str
    planned: int | None
    held: int | None
    last_held: date | None
    next_month: date | None


def next_month(month: date, planned: int | None, held: int | None) -> date | None:
    """Return the month after `month` in which the next hearing falls when the rest is spread evenly over the year.

    With r months and n hearings left it is month ceil(r / (n + 1)): each gap, the last one too, is equally long.
    """
    if planned is None or held is None:
        return None
    left, months = planned - held, MONTHS - month.month
    return shift(month, ceil(months / (left + 1))) if left > 0 and months > 0 else None


def hearing_plans(warehouse: Warehouse, month: date, chosen: Sequence[str] = ()) -> tuple[HearingPlan, ...]:
    """Return the plan of each community chosen (none: of all, after the street's own), in official order.

    A plan among the yearly targets goes before the one that the book of meetings tells.
    """
    cursor = warehouse.cursor
    held = {place: rest for place, *rest in cursor().execute(HELD, {"month": month, "year": month.year}).fetchall()}
    targets = dict(cursor().execute(PLANNED, {"year": month.year}).fetchall())
    known = {place for (place,) in cursor().execute(KNOWN, {"month": month}).fetchall()}
    places: list[tuple[str | None, str]] = [(option.id, option.title) for option in communities(warehouse)]
    if not chosen:
        places.insert(0, (None, _("街道党工委")))
    found = []
    for place, name in places:
        if chosen and place not in chosen:
            continue
        # A book that has come in and tells of none tells that there was none.
        count, last, told = held.get(place or "street", (0, None, None))
        is_known = place in known if place else bool(known)
        planned = targets.get(place or "street", told)
        plan, done = None if planned is None else int(planned), count if is_known else None
        found.append(HearingPlan(place, name, plan, done, last, next_month(month, plan, done)))
    return tuple(found)


def hearing_sentence(plan: HearingPlan) -> str:
    """Return 「年度计划听取4次，已听取3次，建议下次安排：11月」: what is planned and done, never a grade."""
    if plan.held is None:
        return _("会议台账未报")
    if plan.planned is None:
        return _("已听取{held}次，没有填年度计划次数").format(held=plan.held)
    text = _("年度计划听取{planned}次，已听取{held}次").format(planned=plan.planned, held=plan.held)
    if plan.next_month:
        return text + _("，建议下次安排：{month}月").format(month=plan.next_month.month)
    return text if plan.held < plan.planned else text + _("，已按计划完成")
