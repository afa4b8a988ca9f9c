"""组建攻坚: the enterprises without a union, and what each would bring; enterprises alone are listed, never persons.

An enterprise brings its workers to 入会率, one more to 建会率 of its community and to the year's task. They stand in the
order of their workers, the most first; what nobody wrote down (四清: 数量、区位、原因、计划) is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import gettext as _

from metrics.judging.federations import Register, register
from metrics.question import Question, Row
from metrics.targets.progress import Progress, progress_of
from metrics.values import ask, rows
from metrics.warehouse import Warehouse

METRIC = "enterprises_without_union"
DUTY = 25  # 工会法第十一条: 会员二十五人以上, by workers, as own_union_rate_25plus does
Where = tuple[tuple[str, tuple[str, ...]], ...]
# The way that is open to an enterprise: a union of its own, the park's or the community's federation, a joint union; what
# may already have a union at its seat elsewhere is looked into first.
ROUTES = ("own", "park", "community", "joint", "elsewhere")
ELSEWHERE = "elsewhere"  # etl/codes/not_formed_reason.csv: 总部或外地已建会


@dataclass(frozen=True, slots=True)
class Prospect:
    """One enterprise without a union; gains are ratios: of 建会率 and, if all its workers join, of 入会率 of its community.

    `task_share` is what one more enterprise is of the community's task of the year; None where there is none. `unclear`
    names what of the 四清 the ledger does not say.
    """

    enterprise_id: str
    enterprise: str
    uscc: str | None
    community_id: str | None
    community: str
    park: str
    workers: int | None
    is_approx: bool
    size_band: str | None
    industry: str | None
    status: str
    has_duty: bool
    is_by_park: bool
    route: str
    route_text: str
    coverage_gain: float | None
    membership_gain: float | None
    task_share: float | None
    address: str | None
    reason: str | None
    planned_for: str | None
    unclear: tuple[str, ...]
    load_id: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Drive:
    """The list and its sums: `workers` of those whose number is known, `unknown` those without one.

    `with_duty` and `by_park` leave out `elsewhere`: those whose 未建会原因 is 总部或外地已建会.
    """

    prospects: tuple[Prospect, ...]
    workers: int
    unknown: int
    with_duty: int
    by_park: int
    planned: int
    reasoned: int
    elsewhere: int

    def top(self, count: int) -> tuple[int, float | None]:
        """Return the workers of the first `count` enterprises and their share of all."""
        first = sum(one.workers or 0 for one in self.prospects[:count])
        return first, first / self.workers if self.workers else None


def _route(
    register_: Register, park: str | None, community: str | None, workers: int | None, reason: str | None
) -> str:
    if reason == ELSEWHERE:
        return ELSEWHERE
    if workers is not None and workers >= DUTY:
        return "own"
    if park and register_.living(("park", park)):
        return "park"
    return "community" if community and register_.living(("community", community)) else "joint"


def _route_text(route: str, park: str, community: str, is_by_park: bool) -> str:
    if route == ELSEWHERE:
        return _("总部已建会，待核实")
    if route == "own":
        text = _("应单独建会")
        return text + (_("，也可先由{park}园区工联会覆盖").format(park=park) if is_by_park else "")
    if route == "park":
        return _("可由{park}园区工联会覆盖").format(park=park)
    return _("可由{community}社区工联会覆盖").format(community=community) if route == "community" else _("可联合建会")


def _unclear(workers: int | None, place: bool, reason: str | None, planned: str | None) -> tuple[str, ...]:
    """Return which of the four things a list of enterprises to be unionised must tell are not told (四清)."""
    told = {
        _("职工数"): workers is not None,
        _("区位"): place,
        _("未建会原因"): bool(reason),
        _("建会计划"): bool(planned),
    }
    return tuple(name for name, is_told in told.items() if not is_told)


@lru_cache(maxsize=64)
def _by_community(warehouse: Warehouse, metric: str, month: date) -> dict[str, Row]:
    answer = ask(warehouse, Question(metric, ("community",), month))
    return {row.keys["community_id"] or "": row for row in answer.rows}


def _one_of(row: Row | None, count: float | None) -> float | None:
    """Return what a count is of a community's denominator; None where either is not known."""
    return None if row is None or not row.denominator or count is None else count / row.denominator


@lru_cache(maxsize=64)
def _tasks(warehouse: Warehouse, month: date) -> dict[str, Progress]:
    return {one.community_id or "": one for one in progress_of(warehouse, "unions_formed", month)}


def _prospect(warehouse: Warehouse, month: date, found: dict[str, object]) -> Prospect:
    def text(name: str) -> str | None:
        value = found.get(name)
        return None if value is None else str(value)

    known, place = register(warehouse, month), text("community_id")
    park_id, workers = text("park_id"), found["workers"]
    count = int(str(workers)) if workers is not None else None
    park, community = text("park") if park_id else None, text("community") or ""
    route = _route(known, park_id, place, count, text("not_formed_reason_id"))
    is_by_park = route != ELSEWHERE and bool(park_id) and known.living(("park", park_id or ""))
    task = _tasks(warehouse, month).get(place or "")
    reason = text("not_formed_reason") if found.get("not_formed_reason_id") is not None else None
    # A place is clear where the community is known and an address or a park says where in it.
    is_placed = place is not None and bool(text("address") or park_id)
    return Prospect(
        str(found["unit_id"]), str(found["unit_name"]), text("uscc"), place, community, park or "", count,
        bool(found["is_workers_approx"]), text("size_band"), text("industry"), text("union_status") or "none",
        route == "own", is_by_park, route, _route_text(route, park or "", community, is_by_park),
        _one_of(_by_community(warehouse, "coverage_rate", month).get(place or ""), 1),
        _one_of(_by_community(warehouse, "membership_rate_area", month).get(place or ""), count),
        1 / task.target if task and task.target else None, text("address"),
        reason, text("planned_for"),
        _unclear(count, is_placed, reason, text("planned_for")),
        str(found["load_id"]), str(found["file"]), str(found["sheet"]), int(str(found["row"])),
    )  # fmt: skip


@lru_cache(maxsize=64)
def drive(warehouse: Warehouse, month: date, where: Where = ()) -> Drive:
    """Return the enterprises without a union under the conditions, those with most workers first."""
    frame = rows(warehouse, Question(METRIC, (), month, where=where))
    found = [_prospect(warehouse, month, row) for row in frame.iter_rows(named=True)]
    found.sort(key=lambda one: (-(one.workers if one.workers is not None else -1), one.route != "park", one.enterprise))
    return Drive(
        tuple(found), sum(one.workers or 0 for one in found), sum(one.workers is None for one in found),
        sum(one.has_duty for one in found), sum(one.is_by_park for one in found),
        sum(one.planned_for is not None for one in found), sum(one.reason is not None for one in found),
        sum(one.route == ELSEWHERE for one in found),
    )  # fmt: skip
