"""What inspections and other offices tell about enterprises, 2017 and 2018: some of it before a dispute, most of it not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from etl.sample.disputes import Case
from etl.sample.enterprises import GIANT, LAST, Enterprise
from etl.sample.founding import pick
from etl.sample.street_forms import months_between

FIRST = date(2017, 1, 1)
ALONE_PER_MONTH = 15  # facts at enterprises picked by size alone
TELLING = 0.22  # share of the disputes that facts come before, three times that of group cases
INDICATORS = {
    "wage": 20, "insurance": 16, "move": 5, "layoff": 4, "halt": 7, "rent": 10, "power_drop": 12, "demands": 4, "overtime": 9,
    "low_wage": 4, "complaints": 3, "conflict": 12, "no_union": 5, "missing_boss": 1,
}  # fmt: skip
AMOUNTS = {
    "wage": (1, 1, 1, 2, 3), "insurance": (1, 1, 2, 3), "layoff": (8, 15, 20, 30), "halt": (10, 20, 35), "rent": (1, 1, 2, 3),
    "power_drop": (30, 45, 55, 70), "demands": (2, 3, 4), "overtime": (2, 3, 4), "complaints": (1, 3),
}  # fmt: skip
SOURCES = {
    "wage": ("check", "labour", "hazard"), "insurance": ("social", "check"), "rent": ("landlord",), "power_drop": ("power",),
    "demands": ("online", "check"), "complaints": ("labour",),
}  # fmt: skip
# The clerk's own points (default sheet): (at least, points), the highest counts.
POINTS = {
    "wage": ((2, 15), (1, 8)), "insurance": ((2, 6),), "move": ((0, 10),), "layoff": ((20, 10),), "halt": ((31, 6),), "rent": ((2, 5),),
    "power_drop": ((50, 4),), "demands": ((3, 5),), "missing_boss": ((0, 20),), "no_union": ((0, 2),),
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One fact about one enterprise; `quantity` is None where the fact itself is all there is to say."""

    day: date
    enterprise: Enterprise
    place: str
    indicator: str
    quantity: int | None
    source: str

    @property
    def points(self) -> int:
        """Return the points that the clerk gives."""
        rules = POINTS.get(self.indicator, ())
        return next((points for bound, points in rules if (self.quantity or 0) >= bound), 0)


def _fact(enterprise: Enterprise, day: date, indicator: str, random: Random, most: bool = False) -> Fact:
    amounts = AMOUNTS.get(indicator)
    quantity = None if amounts is None else max(amounts) if most else random.choice(amounts)
    source = random.choice(SOURCES.get(indicator, ("check", "hazard", "other")))
    return Fact(day, enterprise, enterprise.community_at(day), indicator, quantity, source)


def _before(case: Case, random: Random) -> Iterator[Fact]:
    """Yield the facts that came one to eighty days before a dispute, where there were any."""
    is_group = case.workers_involved >= 10
    if random.random() >= TELLING * (2.5 if is_group else 1):
        return
    main = {"01": "wage", "03": "wage", "04": "insurance", "05": "insurance", "08": "move", "09": "layoff"}.get(
        case.causes[0]
    )
    indicators = dict.fromkeys([main or pick(random, INDICATORS), *(["insurance", "rent"] if is_group else [])])
    for indicator in indicators:
        day = case.received - timedelta(random.randint(1, 80))
        if day >= FIRST and case.enterprise.founded < day:
            yield _fact(case.enterprise, day, indicator, random, most=is_group and random.random() < 0.6)


def all_facts(enterprises: Sequence[Enterprise], cases: Sequence[Case], seed: int, scale: int) -> list[Fact]:
    """Return the facts by day, one per enterprise, indicator and day."""
    random = Random(f"{seed}/risk scores")
    found = [fact for case in cases if case.received > FIRST for fact in _before(case, random)]
    for month in months_between(FIRST, LAST):
        there = [
            e for e in enterprises if e.name != GIANT and e.workers >= 8 and e.founded < month and e.operates(month)
        ]
        weights = [min(e.workers, 300) ** 0.5 for e in there]
        count = (ALONE_PER_MONTH + random.randint(-3, 3)) * scale
        for enterprise in random.choices(there, weights, k=count):
            day = month.replace(day=random.randint(1, 28))
            found.append(_fact(enterprise, day, pick(random, INDICATORS), random))
    unique = {(fact.enterprise.number, fact.indicator, fact.day): fact for fact in found}
    return sorted(unique.values(), key=lambda fact: (fact.day, fact.enterprise.number, fact.indicator))
