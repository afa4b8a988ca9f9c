"""The street's 阵地: workers' homes, stations, libraries …; 南坑's is the article's, everything else is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from etl.sample.enterprises import GIANT, Enterprise
from etl.sample.places import COMMUNITIES, PARKS, STREET, Community, community, point_inside

DAYS = (date(2017, 6, 30), date(2017, 12, 31), date(2018, 6, 30), date(2018, 12, 31))
ROOMS = (
    "就业创业指导中心",
    "职工学校",
    "电子阅览室",
    "棋牌室",
    "健身房",
    "活动室",
    "劳务工心理咨询室",
)  # the article's
MORE_ROOMS = ("书法室", "舞蹈室", "多功能厅", "瑜伽室", "会议室")  # what others call theirs: the list is open
EQUIPMENT = ("桌椅", "饮水机", "微波炉", "空调", "应急药箱", "充电插座", "AED")
WITHOUT_HOME = ("第五园", "新雪", "马安堂")
# 杨美's all stand at its western edge, 新雪 has one that is closed: a new one has where to go, as far as enterprises'
# registers give coordinates at all.
WEST_OF_YANGMEI = (114.0688, 22.634)
KINDS = {"library": "职工书屋", "mother": "爱心妈妈小屋", "mind": "心理驿站", "legal": "法律服务点"}
SIXES = 6
SAME_NAME = "大发埔暖蜂驿站"  # two stations of one name at two addresses
CHANGES: dict[str, dict[str, Any]] = {
    "四季花城社区职工之家": {"status": "suspended", "status_from": DAYS[2]},
    "马安堂暖蜂驿站": {"status": "revoked", "status_from": DAYS[3]},
    "杨美暖蜂驿站": {"status": "downgraded", "status_from": DAYS[3]},
    "五和社区职工书屋": {"status": "demolished", "status_from": DAYS[3]},
    "大发埔第二暖蜂驿站": {"name": SAME_NAME},
    "万科城社区职工之家": {"lon": None, "lat": None},
}  # fmt: skip


@dataclass(frozen=True)
class Facility:
    """One facility as its ledger tells it; what is None the ledger leaves blank."""

    number: int
    name: str
    kind: str
    community: str
    union: str
    address: str
    lon: float | None
    lat: float | None
    area: int | None
    since: date
    built: date | None
    park: str | None = None
    is_approx: bool = False
    hours: str | None = None
    mode: str | None = None
    rooms: tuple[str, ...] = ()
    is_open: bool = False
    equipment: tuple[str, ...] = ()
    tier: str | None = None
    star: int | None = None
    awarded: str | None = None
    awarded_by: str | None = None
    input_yuan: int | None = None
    visits: int | None = None
    six: tuple[bool, ...] = ()
    within: str | None = None
    status: str = "normal"
    status_from: date | None = None

    def status_on(self, day: date) -> str:
        """Return its status on a register's day."""
        return self.status if self.status_from is None or day >= self.status_from else "normal"

    def visits_in(self, half: date, seed: int) -> int | None:
        """Return how many visits the half-year brought that ends on that day."""
        if self.visits is None:
            return None
        random = Random(f"{seed}/facilities/visits/{self.number}/{half}")
        return round(self.visits * random.uniform(0.85, 1.2))


def _nankeng(number: int) -> Iterator[Facility]:
    """Yield what the article tells of 南坑: 1,450 m², two centres, seven rooms; only its visits are the sample's."""
    place, home = community("南坑"), "南坑社区职工之家"
    facts = ("南坑", "南坑社区工会联合会", f"{STREET}南坑社区", place.lon, place.lat)
    yield Facility(
        number, home, "home", *facts, 1_450, DAYS[0], None, rooms=ROOMS, is_open=True, tier="national", awarded="2018年",
        awarded_by="中华全国总工会", visits=3_000,
    )  # fmt: skip
    for serial, centre in enumerate(("职工关爱帮扶中心", "职工培训活动指导中心"), 1):
        yield Facility(number + serial, centre, "centre", *facts[:3], None, None, None, DAYS[0], None, within=home)


def _day(random: Random) -> date:
    return date(random.randint(2009, 2016), random.randint(1, 12), random.randint(1, 28))


def _home(number: int, place: Community, random: Random) -> Facility:
    lon, lat = point_inside(place, random)
    rooms = random.sample(ROOMS, random.randint(2, 5)) + random.sample(MORE_ROOMS, random.randint(0, 2))
    tier = random.choice(("district", "district", "street", "qualified", "city"))
    return Facility(
        number, f"{place.name}社区职工之家", "home", place.name, f"{place.name}社区工会联合会",
        f"{STREET}{place.name}社区示例路{random.randint(1, 60)}号", lon, lat, random.randint(18, 90) * 10, DAYS[0], _day(random),
        is_approx=random.random() < 0.2, hours="9:00—21:00", mode=random.choice(("own", "shared")), rooms=tuple(rooms),
        is_open=random.random() < 0.4, tier=tier, awarded=f"{random.randint(2012, 2017)}年", awarded_by="示例授牌单位",
        input_yuan=random.randint(6, 30) * 10_000, visits=random.randint(20, 90) * 40,
    )  # fmt: skip


def _station(number: int, place: Community, serial: int, random: Random) -> Facility:
    """Return a station for those who work outdoors; every other one also keeps the six-have standard."""
    lon, lat = point_inside(place, random)
    star = random.choice((1, 2, 3, 3, 4, 5))
    six = tuple(random.random() < (1.0 if star >= 4 else 0.8) for _item in range(SIXES))
    return Facility(
        number, f"{place.name}暖蜂驿站" if serial == 1 else f"{place.name}第二暖蜂驿站", "station", place.name,
        f"{place.name}社区工会联合会", f"{STREET}{place.name}社区示例大道{random.randint(1, 200)}号", lon, lat,
        random.randint(12, 60), DAYS[0] if random.random() < 0.6 else DAYS[2], _day(random), hours="8:00—22:00",
        mode="shared", equipment=tuple(random.sample(EQUIPMENT, random.randint(3, 7))), star=star, awarded=f"{random.randint(2015, 2017)}年",
        input_yuan=random.randint(5, 30) * 1_000, visits=random.randint(15, 60) * 20, six=six,
    )  # fmt: skip


def _other(number: int, place: Community, kind: str, random: Random) -> Facility:
    lon, lat = point_inside(place, random)
    return Facility(
        number, f"{place.name}社区{KINDS[kind]}", kind, place.name, f"{place.name}社区工会联合会",
        f"{STREET}{place.name}社区示例路{random.randint(1, 60)}号", lon, lat, random.randint(10, 80), DAYS[random.choice((0, 0, 1, 2))],
        _day(random), hours="9:00—18:00", mode=random.choice(("own", "shared")), visits=random.randint(5, 30) * 20,
    )  # fmt: skip


def _small_home(number: int, enterprise: Enterprise, random: Random) -> Facility:
    return Facility(
        number, f"{enterprise.name.removeprefix('深圳市').removesuffix('有限公司')}职工小家", "small_home", enterprise.community,
        f"{enterprise.name}工会委员会", f"{STREET}{enterprise.community}社区示例工业路{random.randint(1, 60)}号", enterprise.lon, enterprise.lat, random.randint(30, 200), DAYS[0],
        _day(random), enterprise.park, mode="own", visits=random.randint(10, 60) * 10, tier=random.choice(("district", None)),
    )  # fmt: skip


def _park_home(number: int, name: str, random: Random) -> Facility:
    park = next(park for park in PARKS if park.name == name)
    return Facility(
        number, f"{name}园区职工之家", "home", park.community, f"{name}园区工会联合会", f"{STREET}{park.community}社区{name}", park.lon,
        park.lat, random.randint(20, 60) * 10, DAYS[0], _day(random), name, hours="9:00—20:00", mode="shared",
        rooms=tuple(random.sample(ROOMS, 3)), tier="district", input_yuan=200_000, visits=2_600,
    )  # fmt: skip


def _street_ones(number: int, random: Random) -> Iterator[Facility]:
    """Yield what the street's own union keeps; both stand in 坂田社区."""
    place = community("坂田")
    for serial, (name, kind, area) in enumerate((("职工服务中心", "centre", 680), ("职工俱乐部", "club", 1_200))):
        lon, lat = point_inside(place, random)
        yield Facility(
            number + serial, f"{STREET}{name}", kind, "坂田", f"{STREET}总工会", f"{STREET}坂田社区示例街{serial + 1}号", lon, lat, area,
            DAYS[0], _day(random), hours="9:00—21:00", mode="own", rooms=MORE_ROOMS[:3], tier="district", input_yuan=600_000, visits=5_000,
        )  # fmt: skip


def _of_community(number: int, place: Community, enterprises: Sequence[Enterprise], random: Random) -> list[Facility]:
    if place.name == "南坑":
        return list(_nankeng(number))
    found: list[Facility] = []
    if place.name not in WITHOUT_HOME:
        found.append(_home(number, place, random))
    stations = {"第五园": 0, "新雪": 0, "大发埔": 2}.get(place.name, random.choice((1, 2)))
    found += [_station(number + 1 + serial, place, serial, random) for serial in range(1, stations + 1)]
    kinds = random.sample(sorted(KINDS), 1 if place.name in WITHOUT_HOME else 3)
    found += [_other(number + 5 + serial, place, kind, random) for serial, kind in enumerate(kinds)]
    large = [e for e in enterprises if e.community == place.name and e.union == "own" and e.workers >= 100 and e.name != GIANT
             and e.leaves is None and e.moved is None and e.renamed is None and e.founded < date(2015, 1, 1)]  # fmt: skip
    chosen = random.sample(large, min(2, len(large))) if place.name not in WITHOUT_HOME else []
    return found + [_small_home(number + 10 + serial, e, random) for serial, e in enumerate(chosen)]


def _changes(facility: Facility) -> dict[str, Any]:
    """Return what becomes of a facility; 新雪's only one is closed all along."""
    return {"status": "suspended"} if facility.community == "新雪" else CHANGES.get(facility.name, {})


def _placed(facility: Facility) -> Facility:
    """Return a facility of 杨美 at its western edge, the others where they are."""
    lon, lat = WEST_OF_YANGMEI
    return replace(facility, lon=lon, lat=lat) if facility.community == "杨美" else facility


def all_facilities(enterprises: Sequence[Enterprise], seed: int) -> list[Facility]:
    """Return every facility of the street, in the order of its communities; the street's own come first."""
    found = list(_street_ones(1, Random(f"{seed}/facilities/street")))
    for order, place in enumerate(COMMUNITIES, 1):
        found += _of_community(order * 20, place, enterprises, Random(f"{seed}/facilities/{place.name}"))
    parks = Random(f"{seed}/facilities/parks")
    found += [_park_home(300 + at, name, parks) for at, name in enumerate(("天安云谷", "中浩工业城"))]
    return [_placed(replace(facility, **_changes(facility))) for facility in found]
