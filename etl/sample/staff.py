"""The people who work for the unions as they truly are: evidently invented, some with several posts, some gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from etl.sample.members import LETTERS, identity_number
from etl.sample.places import COMMUNITIES, PARKS, STREET, Community

# What of a person must be found nowhere but in the workbooks; every name, phone, account and note begins so.
PLANTED_PERSONS = ("示例干部", "198-0001-", "622200009999", "示例考核等次", "示例亲属关系", "示例薪酬来源")
STREET_UNION = f"{STREET}总工会"
CERTIFICATES = ("social_work", "counsellor", "coordinator", "law")
RELATIVES = ("大发埔", "坂田", "坂田")  # communities with a post that a near relative holds, as often as listed


@dataclass(frozen=True)
class Post:
    """One post of a person: what kind, in which union, and since when it has been held."""

    kind: str
    union: str
    position: str | None
    started: date
    ends: date | None


@dataclass(frozen=True)
class Person:
    """One person with all posts; `place` is the community ("" at the street's own union)."""

    name: str
    number: str
    phone: str
    place: str
    park: str | None
    posts: tuple[Post, ...]
    joined: date
    left: date | None
    hours: int | None
    certificates: tuple[str, ...]
    is_relative: bool = False

    @property
    def sex(self) -> str:
        """Return 男 or 女, as the number says it."""
        return "男" if int(self.number[16]) % 2 else "女"


def _ends(started: date, years: int) -> date:
    return date(started.year + years, started.month, 1) - timedelta(days=1)


def _post(kind: str, union: str, position: str | None, started: date, random: Random) -> Post:
    has_term = position in ("chair", "vice_chair", "standing", "audit", "women")
    return Post(kind, union, position, started, _ends(started, random.choice((3, 5, 5, 5, 5))) if has_term else None)


def _kinds(place: Community) -> Iterator[tuple[tuple[str, str | None], ...]]:
    """Yield the posts of each person of a community: one or several each."""
    for index in range(1 + place.enterprises // 200):
        more: tuple[tuple[str, str | None], ...] = (("mediator", None),) if index == 0 else ()
        yield (("professional", "standing" if index == 0 else "clerk"), *more)
    for index in range(1 + place.enterprises // 300):
        yield (("social_worker", "clerk"), *((("volunteer", None),) if index == 0 else ()))
    yield (("part_time", "chair"), ("supervisor", None), ("mediator", None))
    yield (("part_time", "vice_chair"),)
    yield (("part_time", "audit"), ("supervisor", None))
    yield (("part_time", "women"),)
    for _number in range(4):
        yield (("volunteer", None),)
    yield (("informant", None),)
    yield (("informant", None), ("volunteer", None))


def _extra(place: Community) -> Iterator[tuple[tuple[str, str | None], ...]]:
    if place.name in ("岗头", "坂田"):
        yield (("vice_chair", "vice_chair"),)
    if place.name == "五和":
        yield (("seconded", "vice_chair"),)
    if place.enterprises > 250:
        yield (("organiser", "group"),)


def _person(name: str, place: str, index: int, posts: tuple[Post, ...], random: Random) -> Person:
    counts = posts[0].kind not in ("volunteer", "informant", "part_time")
    joined = max(post.started for post in posts)
    left = date(2018, random.randint(1, 12), 15) if counts and index % 13 == 7 else None
    held = tuple(c for c in CERTIFICATES if counts and random.random() < 0.25)
    return Person(
        name, identity_number(date(1968, 1, 5) + timedelta(days=index * 97 % 9_000), 700 + index % 290),
        f"198-0001-{index:04d}", place, None, posts, joined, left,
        None if random.random() < 0.1 else random.choice((8, 12, 16, 24, 32, 40, 60)), held,
    )  # fmt: skip


def _community(place: Community, first: int, random: Random) -> Iterator[Person]:
    letter, union = LETTERS[COMMUNITIES.index(place)], f"{place.name}社区工会联合会"
    for number, kinds in enumerate((*_kinds(place), *_extra(place)), 1):
        started = date(random.randint(2014, 2017), random.randint(1, 12), 1)
        posts = tuple(_post(kind, union, position, started, random) for kind, position in kinds)
        yield _person(f"示例干部{letter}{number:03d}", place.name, first + number, posts, random)


def _street(first: int, random: Random) -> Iterator[Person]:
    for number, (kind, position) in enumerate(
        (("vice_chair", "vice_chair"), ("professional", "clerk"), ("professional", "clerk"), ("social_worker", "clerk")), 1
    ):  # fmt: skip
        post = _post(kind, STREET_UNION, position, date(2016, 3 + number, 1), random)
        yield _person(f"示例干部街{number:03d}", "", first + number, (post,), random)


def _in_parks(first: int, random: Random) -> Iterator[Person]:
    for number, park in enumerate(PARKS, 1):
        post = _post("organiser", f"{park.name}园区工会联合会", "group", date(2017, 9, 1), random)
        person = _person(f"示例干部园{number:03d}", park.community, first + number, (post,), random)
        yield replace(person, park=park.name)


def _relatives(people: list[Person]) -> list[Person]:
    """Mark who is a near relative of the one in charge: the last part-time posts of the communities named."""
    found = list(people)
    for place in RELATIVES:
        at = max(
            index for index, person in enumerate(found)
            if person.place == place and person.posts[0].kind == "part_time" and not person.is_relative
        )  # fmt: skip
        found[at] = replace(found[at], is_relative=True)
    return found


def all_staff(seed: int) -> list[Person]:
    """Return everyone who holds or held a post between 2017 and 2018, the street's own first."""
    random = Random(f"{seed}/staff")
    found = list(_street(0, random))
    for place in COMMUNITIES:
        found += _community(place, len(found), random)
    return _relatives([*found, *_in_parks(len(found), random)])


def there(people: list[Person], day: date, since: date) -> list[Person]:
    """Return who stands in the register of that day: who left since the one before is still named, as gone."""
    return [p for p in people if p.joined <= day and (p.left is None or p.left > since)]
