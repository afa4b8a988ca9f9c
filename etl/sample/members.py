"""The persons of the member rosters as they truly are: evidently invented, as many as the enterprises count.

Identity numbers bear a region that does not exist (999999), phones are 199-0000-…, names are running numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from etl.sample.enterprise_rows import union_name
from etl.sample.enterprises import LAST, Enterprise
from etl.sample.places import COMMUNITIES
from etl.sample.sheets import Sheet

REGION = "999999"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
LETTERS = "甲乙丙丁戊己庚辛壬癸子丑"  # one per community
JOINED_2018 = 4_930  # of a target of 5,000
FROM_NEW_UNIONS = 0.7  # the rest of a new union's members had joined elsewhere before: they moved
VERIFIED_FROM = date(2017, 1, 1)
VERIFIED = {"南坑": 0.82, "第五园": 0.41, "四季花城": 0.70}  # true differences; elsewhere VERIFIED_ELSEWHERE
VERIFIED_ELSEWHERE = 0.62
LEFT_SHARE = 0.03
BORN_LONG_AGO, BORN_LATER = date(1965, 1, 1), date(1972, 1, 1)  # by 25 years' range: nobody joined as a child
BIRTHDAYS = 9_497  # a prime: 26 years


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one union's roster."""

    name: str
    number: str
    phone: str
    community: str
    union: str
    employer: str
    joined: date
    left: date | None = None
    verified: date | None = None
    is_migrant: bool = False

    @property
    def sex(self) -> str:
        """Return male or female, as the number says it."""
        return "male" if int(self.number[16]) % 2 else "female"


@cache
def _part(text: str, first: int) -> int:
    """Return what a piece of a number's body adds to the sum of its check; birthdays and serials recur."""
    return sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS[first:], strict=False))


def identity_number(born: date, serial: int) -> str:
    """Return an identity number of the region that does not exist, with its right check character."""
    place, last = f"{REGION}{born:%Y%m%d}", f"{serial:03d}"
    return place + last + CHECKS[(_part(place, 0) + _part(last, len(place))) % 11]


def _number(index: int, joined: date) -> str:
    """Return the number of the person with that running index; whoever joined long ago was born long ago."""
    start, first = (BORN_LATER, 500) if joined.year >= 2016 else (BORN_LONG_AGO, 1)
    return identity_number(start + timedelta(days=index * 7919 % BIRTHDAYS), first + index // BIRTHDAYS * 2 + index % 2)


def _day(first: date, last: date, random: Random) -> date:
    return first + timedelta(days=random.randrange(max((last - first).days, 0) + 1))


def _joined_before(formed: date, random: Random) -> date:
    """Return when someone joined who was a member before 2018."""
    if formed.year in (2016, 2017) and random.random() < 0.6:
        return _day(formed, date(formed.year, 12, 31), random)
    dice = random.random()
    if formed.year < 2016 and dice < 0.03:
        return _day(date(2016 + (dice < 0.01), 1, 1), date(2016 + (dice < 0.01), 12, 31), random)
    start = formed if formed.year < 2015 else date(2008, 1, 1)
    return _day(max(start, date(2004, 1, 1)), date(2015, 12, 31), random)


def _verified(joined: date, left: date | None, share: float, random: Random) -> date | None:
    if random.random() >= share:
        return None
    first, last = max(joined, VERIFIED_FROM), left or LAST
    return _day(first, last, random) if first < last else None


@dataclass(frozen=True)
class _Post:
    """Where a person works: as many as the enterprise counts members."""

    community: str
    enterprise: Enterprise
    union: str
    count: int


def _posts(sheets: Sequence[Sheet], enterprises: Sequence[Enterprise]) -> Iterator[_Post]:
    """Yield the enterprises with members as the newest registers count them, in each community's order."""
    by_number = {enterprise.number: enterprise for enterprise in enterprises}
    for sheet in sheets:
        for row in sheet.accepted() if sheet.ledger == "enterprise" and sheet.as_of == LAST else []:
            enterprise = by_number[row["number"]]
            if row["community"] and row["members"]:
                kind = enterprise.union_at(LAST)
                union = f"{row['community']}社区工会联合会" if kind == "federation" else None
                yield _Post(
                    row["community"], enterprise, union or str(union_name(enterprise, kind, LAST)), row["members"]
                )


def _newcomers(posts: Sequence[_Post], wanted: int, random: Random) -> set[tuple[int, int]]:
    """Return (place of the post, number in it) of those who joined in 2018."""
    places = [(at, n) for at, post in enumerate(posts) for n in range(post.count)]
    is_new = [(posts[at].enterprise.formed or LAST).year == 2018 for at, _n in places]
    young = [place for place, new in zip(places, is_new, strict=True) if new]
    old = [place for place, new in zip(places, is_new, strict=True) if not new]
    from_young = min(round(wanted * FROM_NEW_UNIONS), round(len(young) * FROM_NEW_UNIONS))
    return {*random.sample(young, from_young), *random.sample(old, wanted - from_young)}


def all_members(
    sheets: Sequence[Sheet], enterprises: Sequence[Enterprise], seed: int, scale: int
) -> dict[str, list[Member]]:
    """Return the persons of each community's roster: members at the end of 2018, then those who have left."""
    random, posts = Random(f"{seed}/members"), list(_posts(sheets, enterprises))
    newcomers = _newcomers(posts, JOINED_2018 * scale, random)
    found: dict[str, list[Member]] = {place.name: [] for place in COMMUNITIES}
    letters = dict(zip(found, LETTERS, strict=True))
    index = 0
    for at, post in enumerate(posts):
        share = VERIFIED.get(post.community, VERIFIED_ELSEWHERE) + random.uniform(-0.15, 0.15)
        there, formed = found[post.community], post.enterprise.formed or date(2010, 1, 1)
        leaving = round(post.count * LEFT_SHARE + random.uniform(-0.5, 0.5))
        for n in range(post.count + max(leaving, 0)):
            left = _day(date(2016, 2, 1), LAST, random) if n >= post.count else None
            joined = _joined(formed, left, (at, n) in newcomers, random)
            verified = _verified(joined, left, share if left is None else share / 2, random)
            name = f"会员{letters[post.community]}{len(there) + 1:05d}"
            there.append(
                Member(name, _number(index, joined), f"199-0000-{index % 10_000:04d}", post.community, post.union,
                       post.enterprise.name_at(LAST), joined, left, verified, random.random() < 0.6)
            )  # fmt: skip
            index += 1
    return found


def _joined(formed: date, left: date | None, is_newcomer: bool, random: Random) -> date:
    if is_newcomer and formed.year == 2018:  # they join when their union is formed
        return _day(formed, min(formed + timedelta(days=30), LAST), random)
    if is_newcomer:
        return _day(date(2018, 1, 1), LAST, random)
    joined = _joined_before(formed, random)
    return joined if left is None or joined < date(2016, 1, 1) else _day(date(2008, 1, 1), date(2015, 12, 31), random)
