"""How the street's enterprises come about: industry, size, founding, union, members, leaving."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from etl.sample.enterprises import JOINED, LAST, SNAPSHOTS, UNIFIED_CODE_FROM, Enterprise
from etl.sample.identity import Names, codes, wrong_check
from etl.sample.places import COMMUNITIES, PARKS, Community, point_inside

WORDS = {
    "C": ("电子", "精密", "服装", "塑胶", "五金", "光电", "包装", "电器"),
    "I": ("软件", "信息技术", "网络科技"), "F": ("贸易", "商贸", "建材"), "G": ("物流", "速运"),
    "L": ("商务服务", "人力资源"), "M": ("检测技术", "工程设计"), "H": ("餐饮", "酒店管理"), "O": ("家政服务", "汽车维修"),
    "K": ("物业管理",), "E": ("建筑工程", "装饰工程"), "P": ("教育培训",), "Q": ("口腔门诊部",), "R": ("文化传播",), "J": ("融资租赁",),
}  # fmt: skip
BASE_MIX = {
    "C": 26,
    "I": 10,
    "F": 22,
    "G": 6,
    "L": 9,
    "M": 4,
    "H": 8,
    "O": 6,
    "K": 2,
    "E": 3,
    "P": 1.5,
    "Q": 1,
    "R": 1,
    "J": 0.5,
}
MIX_SHIFTS: dict[str, dict[str, float]] = {
    "岗头": {"C": 1.3, "I": 3.0}, "万科城": {"C": 0.1, "I": 1.5, "H": 2}, "四季花城": {"C": 0.05, "H": 2, "O": 2, "P": 3},
    "第五园": {"C": 0.4, "F": 1.4}, "象角塘": {"C": 1.8, "G": 2}, "新雪": {"C": 1.7, "G": 1.6}, "南坑": {"I": 2.0, "M": 2},
    "杨美": {"C": 1.3}, "大发埔": {"C": 1.4}, "马安堂": {"C": 1.2},
}  # fmt: skip
OWNERSHIPS = {"private": 62, "limited": 22, "joint_stock": 4, "hmt": 6, "foreign": 3, "self_employed": 2, "state": 1}


def pick(random: Random, weights: Mapping[str, float]) -> str:
    """Return one key by weight."""
    return random.choices(list(weights), list(weights.values()))[0]


def _day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange(max(1, (last - first).days + 1)))


def _founded(random: Random) -> date:
    year = random.choices((2018, 2017, 2016, 0), (4, 5, 5, 86))[0]
    return (
        _day(random, date(year, 1, 5), date(year, 12, 20))
        if year
        else _day(random, date(1996, 1, 8), LAST.replace(2015))
    )


def formation(random: Random, founded: date) -> date:
    """Return a union's formation day after the founding; formations grow towards the end of 2018."""
    year = random.choices((2018, 2017, 2016, 0), (3.0, 2.0, 2.0, 93.0))[0]
    if founded.year >= 2016 and year < founded.year:
        year = founded.year
    if not year:
        return _day(random, max(founded + timedelta(20), date(2003, 1, 6)), date(2015, 12, 28))
    month = random.choices(range(1, 13), (5, 3, 7, 7, 7, 8, 7, 7, 9, 11, 14, 15) if year == 2018 else (1,) * 12)[0]
    return min(max(date(year, month, random.randint(3, 27)), founded + timedelta(8)), date(2018, 12, 28))


def _size(random: Random) -> int:
    return max(2, min(940, round(random.lognormvariate(2.48, 1.24))))


def _is_above_scale(random: Random, workers: int) -> bool:
    """Return whether its turnover is above the statistical scale, which goes with size but is not size."""
    return random.random() < (0.85 if workers >= 200 else 0.3 if workers >= 60 else 0.03 if workers >= 15 else 0.0)


def _own_chance(workers: int) -> float:
    bands = ((1000, 1.0), (300, 0.92), (100, 0.75), (25, 0.42))
    return next((chance for bound, chance in bands if workers >= bound), 0.05)


def union_kind(random: Random, workers: int, chance: float) -> str:
    """Return the union status reached by the end; `chance` is that of being joined at all."""
    if random.random() >= chance:
        return "preparing" if random.random() < 0.16 else "none"
    if random.random() < _own_chance(workers):
        return "own"
    return "joint" if random.random() < 0.06 else "federation"


def _street_place(random: Random, place: Community) -> str:
    if place.name == "新雪" and random.random() < 0.6:
        return f"{random.choice(('上雪', '下雪'))}工业区示例路{random.randint(1, 60)}号"
    return f"{place.name}社区示例{random.choice('一二三四五六七八九')}路{random.randint(1, 180)}号"


def _park(random: Random, place: Community) -> str | None:
    parks = [park.name for park in PARKS if park.community == place.name]
    return random.choice(parks) if parks and random.random() < 0.38 else None


def _membership(random: Random, place: Community, workers: int) -> int:
    mean = 0.90 if place.name == "万科城" else 0.955
    return min(workers, round(workers * min(1.0, max(0.4, random.gauss(mean, 0.05)))))


def make_enterprise(
    number: int, place: Community, names: Names, random: Random, workers: int | None = None, union: str | None = None
) -> Enterprise:
    """Return a new enterprise of that community; size and union status may be given."""
    mix = {key: weight * MIX_SHIFTS.get(place.name, {}).get(key, 1) for key, weight in BASE_MIX.items()}
    industry, founded = pick(random, mix), _founded(random)
    workers = workers or _size(random)
    chance = {"第五园": 0.85, "南坑": 0.96}.get(place.name, 0.92)
    union = union or union_kind(random, workers, chance)
    park, (lon, lat) = _park(random, place), point_inside(place, random)
    uscc, org_code, reg_no = codes(number, founded >= UNIFIED_CODE_FROM)
    return Enterprise(
        number, names.new(random.choice(WORDS[industry]), random), uscc, org_code, reg_no, place.name, park,
        f"{park}{random.randint(1, 9)}栋{random.randint(2, 19)}楼" if park else _street_place(random, place),
        lon, lat, industry, pick(random, OWNERSHIPS), founded, workers,
        _membership(random, place, workers) if union in JOINED else 0,
        random.gauss(0.012, 0.02), random.uniform(0.2, 0.75), _is_above_scale(random, workers),
        union, formation(random, founded) if union in JOINED else None,
    )  # fmt: skip


def _leaver(enterprise: Enterprise, random: Random) -> Enterprise:
    founded = min(enterprise.founded, date(2015, 11, 20))
    leaves = _day(random, date(2016, 1, 10), date(2018, 12, 10))
    status = random.choices(("deregistered", "revoked", "moved_out", "shell"), (50, 8, 32, 10))[0]
    formed = min(enterprise.formed, leaves - timedelta(60)) if enterprise.formed else None
    uscc, org_code, reg_no = codes(enterprise.number, founded >= UNIFIED_CODE_FROM)
    return replace(
        enterprise, founded=founded, leaves=leaves, leaving_status=status, uscc=uscc, org_code=org_code, reg_no=reg_no,
        formed=max(formed, founded) if formed else None,
    )  # fmt: skip


def _with_history(enterprise: Enterprise, random: Random) -> Enterprise:
    """Give some enterprises old codes in early registers and a few a wrongly typed code in all of them."""
    if enterprise.founded < UNIFIED_CODE_FROM and random.random() < 0.10:
        until = date(2016, 6, 30) if random.random() < 0.7 else date(2016, 12, 31)
        if enterprise.formed and SNAPSHOTS[0] < enterprise.formed <= until:
            return enterprise  # one formation must not be read under two keys
        enterprise = replace(enterprise, old_codes_until=until)
    if random.random() < 0.006:
        enterprise = replace(enterprise, uscc=wrong_check(enterprise.uscc))
    return enterprise


def make_community(place: Community, first: int, names: Names, random: Random, scale: int) -> Iterator[Enterprise]:
    """Yield the enterprises of one community: those that operate at the end of 2018, then those that left."""
    for offset in range(place.enterprises * scale):
        yield _with_history(make_enterprise(first + offset, place, names, random), random)
    for offset in range(round(place.enterprises * scale * 0.085)):
        number = first + place.enterprises * scale + offset
        yield _with_history(_leaver(make_enterprise(number, place, names, random), random), random)


def make_street(seed: int, scale: int, names: Names) -> list[Enterprise]:
    """Return all enterprises but 南坑's, in the official order of the communities, before special cases."""
    found: list[Enterprise] = []
    for place in COMMUNITIES:
        if place.name != "南坑":
            random = Random(f"{seed}/enterprises/{place.name}")
            found += make_community(place, len(found) + 1, names, random, scale)
    return found
