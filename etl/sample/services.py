"""The funded services of 2017 and 2018: who was reached where, by whom, with whose money; two communities' stories.

第五园 has no service in 2018 (nobody was reached), 岗头 keeps a book of its own for that year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample.enterprises import GIANT, LAST, Enterprise
from etl.sample.files import File
from etl.sample.founding import pick
from etl.sample.places import COMMUNITIES, FILE_MARK, STREET
from etl.sample.sheets import Sheet
from etl.sample.street_forms import month_end, months_between

if TYPE_CHECKING:
    from etl.sample.rest import World

FIRST = date(2017, 1, 1)
NOT_REACHED, NOT_REACHED_FROM = "第五园", date(2018, 1, 1)
OWN_BOOK = "岗头"
GROWTH = {2017: 0.78, 2018: 1.0}
PERSONAL = ("aid", "injury_visit", "medical", "legal_aid", "counsel")


@dataclass(frozen=True)
class Plan:
    """One kind of service: in which months, how many a month, for how many persons, how often each, at what cost (yuan)."""

    months: tuple[int, ...]
    count: int
    persons: tuple[int, int]
    times: tuple[float, float]
    cost: tuple[int, int]
    sources: dict[str, int]
    named: float


ALWAYS = tuple(range(1, 13))
PLANS = {
    "aid": Plan(ALWAYS, 3, (1, 6), (1, 1), (600, 2000), {"street": 5, "district": 3, "dues": 2}, 0.8),
    "schooling": Plan((8,), 4, (8, 24), (1, 1), (1500, 3000), {"district": 5, "donation": 5}, 0.0),
    "warmth": Plan((1, 2, 12), 7, (90, 330), (1, 1.2), (40, 90), {"district": 4, "street": 4, "dues": 2}, 0.5),
    "cooling": Plan((6, 7, 8, 9), 11, (150, 520), (1, 1.3), (10, 22), {"special": 6, "dues": 4}, 0.6),
    "films": Plan(ALWAYS, 14, (140, 400), (1, 1.2), (3, 7), {"special": 10}, 0.4),
    "shows": Plan((1, 3, 4, 5, 6, 9, 10, 11, 12), 7, (250, 820), (1, 1.1), (12, 28), {"special": 8, "donation": 2}, 0.2),
    "injury_visit": Plan(ALWAYS, 2, (1, 2), (1, 2), (400, 900), {"dues": 10}, 0.9),
    "medical": Plan((3, 6, 9, 12), 3, (6, 26), (1, 1), (900, 2600), {"special": 10}, 0.0),
    "training": Plan((3, 4, 5, 6, 7, 9, 10, 11), 4, (25, 90), (1, 4), (20, 60), {"special": 7, "street": 3}, 0.4),
    "legal_aid": Plan(ALWAYS, 1, (20, 70), (1, 1), (10, 30), {"street": 10}, 0.5),
    "counsel": Plan((2, 4, 5, 7, 9, 11), 1, (10, 40), (1, 3), (30, 80), {"street": 6, "dues": 4}, 0.3),
    "sports": Plan((3, 5, 7, 9, 10, 11), 4, (60, 320), (1, 2), (15, 50), {"dues": 7, "donation": 3}, 0.3),
}  # fmt: skip
BUDGETS = {  # yuan by year and source; 社会捐赠 has none: it comes as it comes
    2017: {"district": 300_000, "street": 280_000, "dues": 320_000, "special": 1_200_000},
    2018: {"district": 360_000, "street": 320_000, "dues": 360_000, "special": 1_500_000},
}


@dataclass(frozen=True)
class Service:
    """One activity as it truly was; `place` None is the street's own."""

    no: int
    day: date
    item: str
    place: str | None
    enterprise: Enterprise | None
    persons: int
    person_times: int
    spending: int
    source: str


def _service(no: int, month: date, item: str, there: Sequence[Enterprise], random: Random) -> Service:
    plan = PLANS[item]
    enterprise: Enterprise | None = random.choices(there, [min(e.workers, 400) for e in there])[0]
    assert enterprise is not None
    place: str | None = enterprise.community_at(month)
    is_street = item not in PERSONAL and random.random() < 0.05
    if is_street or random.random() > plan.named:
        enterprise = None
    persons = max(1, round(random.randint(*plan.persons) * (GROWTH[month.year] if plan.persons[0] > 50 else 1)))
    times = round(persons * random.uniform(*plan.times))
    day = month.replace(day=random.randint(1, month_end(month).day))
    spending = persons * random.randint(*plan.cost)
    return Service(
        no, day, item, None if is_street else place, enterprise, persons, max(persons, times), spending // 10 * 10 + 10, pick(random, plan.sources),
    )  # fmt: skip


def all_services(enterprises: Sequence[Enterprise], seed: int, scale: int) -> list[Service]:
    """Return every activity in the order of its day."""
    random = Random(f"{seed}/services")
    found: list[Service] = []
    for month in months_between(FIRST, LAST):
        there = [
            e for e in enterprises
            if e.name != GIANT and e.founded < month and e.operates(month)
            and not (month >= NOT_REACHED_FROM and e.community_at(month) == NOT_REACHED)
        ]  # fmt: skip
        for item, plan in PLANS.items():
            wanted = plan.count * scale if month.month in plan.months else 0
            found += [_service(len(found) + n, month, item, there, random) for n in range(1, wanted + 1)]
    return sorted(found, key=lambda service: (service.day, service.no))


def files(world: World) -> Iterator[File]:
    """Yield a book for each year, 岗头's own, and the budgets."""
    from etl.sample import service_sheets as sheets  # late: it reads this module

    services, seed = all_services(world.enterprises, world.seed, world.scale), world.seed
    own = [s for s in services if s.day.year == 2018 and s.place == OWN_BOOK]
    streets = [s for s in services if s not in own]
    for year in GROWTH:
        pages = tuple(
            sheets.month_sheet([s for s in streets if (s.day.year, s.day.month) == (year, number)], date(year, number, 1), seed)
            for number in range(1, 13)
        )  # fmt: skip
        yield File(f"服务/{STREET}服务职工活动台账{year}年_{FILE_MARK}.xlsx", pages)
    yield File(f"服务/{OWN_BOOK}社区服务活动2018年_{FILE_MARK}.xlsx", (sheets.own_sheet(own, OWN_BOOK, 2018, seed),))
    for year, budget in BUDGETS.items():
        yield File(f"服务/{STREET}服务经费预算{year}年_{FILE_MARK}.xlsx", (sheets.budget_sheet(year, budget),))


def planted(world: World) -> dict[str, Any]:
    """Return where nobody was reached."""
    return {"services": {"not_reached": NOT_REACHED, "from": f"{NOT_REACHED_FROM:%Y-%m}", "own_book": OWN_BOOK}}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return what the accepted rows add up to, by month and by community; what they do not say is counted apart."""
    rows = [row for sheet in sheets if sheet.ledger == "service" for row in sheet.accepted()]
    months = {f"{row['service_date']:%Y-%m}" for row in rows}
    by_month = {month: _sums([r for r in rows if f"{r['service_date']:%Y-%m}" == month]) for month in sorted(months)}
    named = [*(place.name for place in COMMUNITIES), None]
    by_place = {name or "": _sums([r for r in rows if r["community"] == name]) for name in named}
    return {"services": {"by_month": by_month, "by_community": by_place}}


def _sums(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    found = {"activities": len(rows), "times_unknown": sum(row["person_times"] is None for row in rows)}
    return found | {name: sum(row[name] or 0 for row in rows) for name in ("persons", "person_times", "spending")}
