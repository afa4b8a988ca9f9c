"""The collective contracts of the sample: enterprises' own, regional ones of federations, one industry's by a list of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from etl.sample.enterprises import GIANT, LAST, Enterprise
from etl.sample.places import COMMUNITIES

DAYS = (date(2018, 6, 30), LAST)
KINDS = {
    "general": 0.78,
    "wage": 0.62,
    "female": 0.55,
}  # how many sign it; the special ones of those that sign the first
YEARS = {"general": 3, "wage": 1, "female": 3}
RENEWED = 0.85
TOGETHER = 0.15  # of the contracts on women workers stand in the general one
# Communities whose federation signs for all that it covers: from when; 第五园's is not renewed, 新雪's does not say for whom.
REGIONAL = {
    "岗头": date(2017, 3, 15), "马安堂": date(2016, 9, 20), "五和": date(2017, 11, 8), "坂田": date(2016, 4, 12), "万科城": date(2018, 5, 16),
    "南坑": date(2017, 6, 28), "象角塘": date(2016, 12, 9), "大发埔": date(2018, 3, 22), "第五园": date(2015, 8, 18), "新雪": date(2017, 9, 5),
}  # fmt: skip
WITHOUT_COVER, LAPSED = "新雪", "第五园"
PARK_CONTRACT = ("天安云谷", "岗头", date(2018, 2, 9))
INDUSTRY = ("H", "五和", date(2017, 10, 18))  # restaurants: named one by one


@dataclass(frozen=True)
class Contract:
    """One row of the ledger: a contract with an enterprise, or with a federation for those that it covers."""

    no: str
    kinds: tuple[str, ...]
    scope: str
    covers: str | None
    community: str
    signed: date
    end: date
    enterprise: Enterprise | None = None
    park: str | None = None
    units: int | None = None
    workers: int | None = None

    def is_valid(self, day: date) -> bool:
        """Return whether it is in force on that day."""
        return self.signed <= day <= self.end


def _end(signed: date, years: int) -> date:
    day = 28 if (signed.month, signed.day) == (2, 29) else signed.day
    return date(signed.year + years, signed.month, day) - timedelta(1)


def _number(signed: date, serial: int) -> str:
    return f"坂集〔{signed.year}〕{serial:05d}号"


def _newest(first: date, years: int, day: date, random: Random) -> tuple[date, date]:
    """Return beginning and end of the last one signed by that day: most are renewed when they end, a few are not."""
    signed, end = first, _end(first, years)
    while end < day and random.random() < RENEWED:
        signed, end = end + timedelta(1), _end(end + timedelta(1), years)
    return signed, end


def _own(e: Enterprise, day: date, seed: int) -> Iterator[Contract]:
    """Yield the contracts of an enterprise with a union of its own."""
    truth = Random(f"{seed}/contracts/{e.number}")
    assert e.formed is not None, "it has a union of its own"
    begun = e.formed + timedelta(truth.randint(20, 420))
    if truth.random() >= KINDS["general"] or begun > day:
        return
    together = truth.random() < TOGETHER
    for offset, kind in enumerate(KINDS):
        signs = kind == "general" or truth.random() < KINDS[kind]
        course = Random(f"{seed}/contracts/{e.number}/{kind}")
        if not signs or (kind == "female" and together):
            continue
        signed, end = _newest(begun, YEARS[kind], day, course)
        kinds = ("general", "female") if kind == "general" and together else (kind,)
        yield Contract(
            _number(signed, e.number + 10_000 * offset), kinds, "enterprise", "own", e.community_at(day), signed, end, e,
            workers=e.workers_at(day),
        )  # fmt: skip


def _regional(there: Sequence[Enterprise], day: date) -> Iterator[Contract]:
    for serial, place in enumerate(COMMUNITIES, 1):
        signed = REGIONAL.get(place.name)
        if signed is None or signed > day:
            continue
        inside = [e for e in there if e.community_at(day) == place.name and e.union_at(day) in ("joint", "federation")]
        covers = None if place.name == WITHOUT_COVER else "federation"
        # It runs for three years; who is still covered when the next one is due has signed again, but for one.
        end = _end(signed, 3)
        if end < day and place.name != LAPSED:
            signed, end = end + timedelta(1), _end(end + timedelta(1), 3)
        yield Contract(
            _number(signed, 90_000 + serial), ("general",), "regional", covers, place.name, signed, end,
            units=len(inside), workers=sum(e.workers_at(day) for e in inside),
        )  # fmt: skip


def _park(there: Sequence[Enterprise], day: date) -> Iterator[Contract]:
    park, community, signed = PARK_CONTRACT
    if signed > day:
        return
    inside = [e for e in there if e.park == park and e.union_at(day) in ("own", "joint", "federation")]
    yield Contract(
        _number(signed, 91_001), ("wage",), "regional", "unionised", community, signed, _end(signed, 1), None, park,
        len(inside), sum(e.workers_at(day) for e in inside),
    )  # fmt: skip


def _industry(there: Sequence[Enterprise], day: date) -> Iterator[Contract]:
    """Yield the rows of one contract: a row for each enterprise that its list names."""
    industry, community, signed = INDUSTRY
    for e in there:
        is_named = e.industry == industry and e.community_at(day) == community and e.union_at(day) == "federation"
        if is_named and e.number % 2 == 0:
            yield Contract(
                _number(signed, 92_001), ("wage",), "industrial", "listed", community, signed, _end(signed, 2), e,
                workers=e.workers_at(day),
            )  # fmt: skip


def contracts_on(enterprises: Sequence[Enterprise], day: date, seed: int) -> list[Contract]:
    """Return every row that the register of that day holds."""
    there = [e for e in enterprises if e.operates(day) and e.name != GIANT]
    own = [e for e in there if e.union_at(day) == "own" and e.formed]
    rows = [contract for e in own for contract in _own(e, day, seed)]
    return [*_regional(there, day), *_park(there, day), *_industry(there, day), *rows]
