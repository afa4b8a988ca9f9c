"""The requests on the online platform, from March 2017: first mostly at 天安云谷, later from the whole street."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from etl.sample.disputes import Case
from etl.sample.enterprises import GIANT, LAST, Enterprise
from etl.sample.founding import pick
from etl.sample.street_forms import months_between

FIRST = date(2017, 3, 1)
PARK = "天安云谷"
ITEMS = {"join": 38, "form_union": 7, "complaint": 14, "aid": 8, "training": 15, "legal": 11, "counsel": 7}
PROMISED = {"join": 5, "form_union": 20, "complaint": 15, "aid": 15, "training": 5, "legal": 3, "counsel": 3}  # days
RESULTS = {
    "join": {"member": 88, "none": 12}, "form_union": {"union": 80, "none": 20}, "complaint": {"served": 72, "none": 28},
    "aid": {"aid": 70, "none": 30}, "training": {"served": 95, "none": 5}, "legal": {"served": 97, "none": 3},
    "counsel": {"served": 97, "none": 3},
}  # fmt: skip
CHANNELS = {"wechat": 52, "mini": 14, "web": 16, "app": 10, "kiosk": 6, "other": 2}
ANSWERS = {"very": 45, "satisfied": 38, "basic": 10, "no": 7}
ANSWERED = 0.55
LINKED_CASES = 0.06  # share of the disputes since then that began as a complaint online


@dataclass(frozen=True)
class Request:
    """One request with its last known state."""

    applied: date
    enterprise: Enterprise
    place: str
    item: str
    channel: str
    accepted: date | None
    status: str
    closed: date | None
    promised: date | None
    satisfaction: str | None
    result: str | None
    transfers: int
    case_no: str | None = None
    no: str = ""


def _known(day: date) -> date | None:
    return day if day <= LAST else None


def _closed(applied: date, item: str, random: Random) -> date | None:
    """Return when a request is done: in most cases before the day that was promised."""
    share = random.lognormvariate(-0.6, 0.5) if random.random() < 0.97 else 2.0
    return _known(applied + timedelta(round(PROMISED[item] * share)))


def _request(enterprise: Enterprise, place: str, applied: date, item: str, random: Random) -> Request:
    fate = pick(random, {"closed": 94, "returned": 3, "withdrawn": 3})
    closed = _closed(applied, item, random)
    accepted = _known(min(applied + timedelta(random.choice((0, 0, 1, 1, 2))), closed or LAST))
    accepted = min(accepted, closed) if accepted and closed else accepted
    status = fate if closed else "working" if accepted else "waiting"
    promised = applied + timedelta(PROMISED[item]) if random.random() < 0.96 else None
    is_done = status == "closed"
    return Request(
        applied, enterprise, place, item, pick(random, CHANNELS), accepted, status, closed, promised,
        pick(random, ANSWERS) if is_done and random.random() < ANSWERED else None,
        pick(random, RESULTS[item]) if is_done else None, 1 if random.random() < 0.12 else 0,
    )  # fmt: skip


def _where(there: Sequence[Enterprise], month: date, count: int, random: Random) -> list[Enterprise]:
    """Return where that many requests come from: the park's share shrinks from month to month."""
    share = max(0.35, 0.85 - 0.03 * len(months_between(FIRST, month)))
    weights = [min(e.workers, 400) for e in there]
    in_park = [weight if e.park == PARK else 0 for e, weight in zip(there, weights, strict=True)]
    inside = sum(random.random() < share for _number in range(count))
    return random.choices(there, in_park, k=inside) + random.choices(there, weights, k=count - inside)


def _month_requests(there: Sequence[Enterprise], month: date, scale: int, random: Random) -> Iterator[Request]:
    count = 26 + len(months_between(FIRST, month)) + random.randint(-4, 4)
    for enterprise in _where(there, month, count * scale, random):
        item = pick(random, ITEMS)
        if item == "form_union" and enterprise.union_at(month) == "own":
            item = "join"
        yield _request(
            enterprise, enterprise.community_at(month), month.replace(day=random.randint(1, 28)), item, random
        )


def _from_case(case: Case, random: Random) -> Request:
    """Return the complaint that a dispute began as."""
    applied = case.received - timedelta(random.randint(0, 4))
    found = _request(case.enterprise, case.community, max(applied, FIRST), "complaint", random)
    return replace(
        found, accepted=applied, status="closed", closed=case.received, result="case", case_no=case.case_no, transfers=1
    )  # fmt: skip


def all_requests(enterprises: Sequence[Enterprise], cases: Sequence[Case], seed: int, scale: int) -> list[Request]:
    """Return every request in the order of its number."""
    random = Random(f"{seed}/online")
    found: list[Request] = []
    for month in months_between(FIRST, LAST):
        there = [e for e in enterprises if e.name != GIANT and e.founded < month and e.operates(month)]
        found += _month_requests(there, month, scale, random)
    recent = [case for case in cases if case.received > FIRST + timedelta(7)]
    found += [_from_case(case, random) for case in recent if random.random() < LINKED_CASES]
    return [
        replace(request, no=f"ZHGJ{request.applied:%Y%m%d}{serial:04d}")
        for serial, request in enumerate(sorted(found, key=lambda request: request.applied), 1)
    ]
