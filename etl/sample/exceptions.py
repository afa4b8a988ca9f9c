"""What is planted in the street on purpose: 南坑's published figures, the giant, renamings, moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from etl.sample.enterprises import GARMENT_FACTORY, GIANT, JOINED, Enterprise
from etl.sample.founding import formation, make_enterprise, make_street
from etl.sample.identity import Names, codes
from etl.sample.places import community, point_inside

NANKENG_ABOVE_SCALE = (1_860, 1_320, 460, 320)
NANKENG_OWN, NANKENG_COVERED, NANKENG_NEITHER = 42, 176, 9
NANKENG_WORKERS, NANKENG_MEMBERS, NANKENG_NEITHER_WORKERS = 10_200, 9_525, 196
DIWUYUAN_JOINED = 158
LARGE = {
    "岗头": (11_800, 1_900),
    "坂田": (2_600,),
    "五和": (1_450,),
    "杨美": (1_300,),
    "马安堂": (142, 1_150),
    "象角塘": (1_080,),
}


def spread(total: int, weights: Iterable[float], least: int) -> list[int]:
    """Share an exact total out in proportion to the weights, each at least `least`."""
    weights = list(weights)
    room, whole = total - least * len(weights), sum(weights)
    parts = [least + int(room * weight / whole) for weight in weights]
    order = sorted(range(len(parts)), key=lambda index: (-weights[index], index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def _nankeng_sizes(random: Random) -> list[int]:
    own = spread(2_350, (random.uniform(1, 5) for _ in range(NANKENG_OWN - 4)), 18)
    neither = spread(NANKENG_NEITHER_WORKERS, (random.lognormvariate(0, 0.7) for _ in range(NANKENG_NEITHER)), 3)
    rest = NANKENG_WORKERS - sum(NANKENG_ABOVE_SCALE) - sum(own) - sum(neither)
    covered = spread(rest, (random.lognormvariate(0, 0.9) for _ in range(NANKENG_COVERED)), 2)
    return [*NANKENG_ABOVE_SCALE, *own, *covered, *neither]


def _exact_members(joined: list[Enterprise], random: Random) -> list[Enterprise]:
    """Give 南坑's joined enterprises members that sum to the published number."""
    shares = [min(1.0, random.gauss(0.954, 0.025)) for _ in joined]
    members = [min(e.workers, round(e.workers * share)) for e, share in zip(joined, shares, strict=True)]
    index = 0
    while (missing := NANKENG_MEMBERS - sum(members)) != 0:
        step = 1 if missing > 0 else -1
        if 0 < members[index] + step <= joined[index].workers:
            members[index] += step
        index = (index + 1) % len(joined)
    return [replace(e, members=count) for e, count in zip(joined, members, strict=True)]


def make_nankeng(seed: int, first: int, names: Names) -> list[Enterprise]:
    """Return 南坑's 227 enterprises with the published sums; none of them has left the register's list."""
    random, place = Random(f"{seed}/nankeng"), community("南坑")
    sizes = _nankeng_sizes(random)
    unions = ["own"] * NANKENG_OWN + ["federation"] * NANKENG_COVERED + ["none"] * 6 + ["preparing"] * 3
    found = [
        make_enterprise(first + index, place, names, random, workers, union)
        for index, (workers, union) in enumerate(zip(sizes, unions, strict=True))
    ]
    found = [replace(e, is_above_scale=index < 4) for index, e in enumerate(found)]
    joined = _exact_members(found[: NANKENG_OWN + NANKENG_COVERED], random)
    found = joined + [replace(e, members=0) for e in found[len(joined) :]]
    approx = [e.number for e in sorted(found, key=lambda e: (e.workers % 10 != 0, -e.workers)) if e.workers >= 30][:12]
    found = [replace(e, is_approx=e.number in approx) for e in found]
    random.shuffle(found)
    return found


def _with_size(enterprise: Enterprise, workers: int, random: Random) -> Enterprise:
    formed = enterprise.formed or formation(random, enterprise.founded)
    members = round(workers * random.uniform(0.93, 0.96))
    above = workers >= 1000
    return replace(
        enterprise, workers=workers, members=members, union="own", formed=formed, is_above_scale=above, growth=0.01
    )


def _named(enterprise: Enterprise) -> Enterprise:
    if enterprise.workers == 11_800:
        return replace(enterprise, name=GIANT, industry="C", founded=date(2006, 5, 18), formed=date(2009, 9, 22))
    return replace(
        enterprise, name=GARMENT_FACTORY, industry="C", founded=date(2004, 3, 9), union="federation",
        formed=date(2012, 6, 14), leaves=date(2018, 11, 26), leaving_status="moved_out",
    )  # fmt: skip


def _plant_large(found: list[Enterprise], random: Random) -> list[Enterprise]:
    for name, sizes in LARGE.items():
        spots = [i for i, e in enumerate(found) if e.community == name and e.leaves is None and e.industry in "CI"]
        for spot, workers in zip(spots, sizes, strict=False):
            large = _with_size(found[spot], workers, random)
            found[spot] = _named(large) if workers in (142, 11_800) else large
    return found


def _exact_diwuyuan(found: list[Enterprise], random: Random) -> list[Enterprise]:
    """Make exactly 158 of 第五园's 186 enterprises joined, its planted true difference."""
    spots = [i for i, e in enumerate(found) if e.community == "第五园" and e.leaves is None]
    joined = [i for i in spots if found[i].union in JOINED]
    wanted = round(DIWUYUAN_JOINED * len(spots) / 186)
    for i in joined[wanted:]:
        found[i] = replace(found[i], union="none", formed=None, members=0)
    for i in [i for i in spots if i not in joined][: max(0, wanted - len(joined))]:
        e = found[i]
        found[i] = replace(e, union="federation", formed=formation(random, e.founded), members=e.workers)
    return found


def _plant_changes(found: list[Enterprise], random: Random) -> list[Enterprise]:
    """Rename nine enterprises, give eight a new code, let six move to another community."""
    spots = random.sample([i for i, e in enumerate(found) if _is_stable(e)], 23)
    for i in spots[:9]:
        former = found[i].name.replace("有限公司", "实业有限公司")
        found[i] = replace(found[i], former_name=former, renamed=date(2017, 3, 1) + timedelta(random.randrange(400)))
    for i in spots[9:17]:
        new = codes(found[i].number + 800_000, is_new=True)[0]
        found[i] = replace(found[i], new_uscc=new, recoded=date(2016, 9, 1) + timedelta(random.randrange(700)))
    targets = ["万科城", "新雪", "五和", "杨美", "象角塘", "岗头"]
    for i, name in zip(spots[17:], targets, strict=True):
        found[i] = _moved(found[i], name if name != found[i].community else "坂田", random)
    return found


def _is_stable(enterprise: Enterprise) -> bool:
    """Return whether nothing else happens to it, its formation included, so that a change has one effect only."""
    is_old = enterprise.founded.year < 2015 and (enterprise.formed is None or enterprise.formed.year < 2016)
    is_plain = not (enterprise.old_codes_until or enterprise.park or enterprise.leaves)
    return is_old and is_plain and enterprise.workers < 900 and enterprise.community != "第五园"


def _moved(enterprise: Enterprise, to: str, random: Random) -> Enterprise:
    place = community(to)
    lon, lat = point_inside(place, random)
    moved = date(2016, 8, 1) + timedelta(random.randrange(600))
    address = f"{to}社区示例{random.choice('一二三四')}路{random.randint(1, 99)}号"
    return replace(
        enterprise, community=to, moved_from=enterprise.community, moved=moved, lon=lon, lat=lat, place=address
    )


def all_enterprises(seed: int, scale: int) -> list[Enterprise]:
    """Return every enterprise of the sample street; the same list for the same seed and scale."""
    names, random = Names(), Random(f"{seed}/exceptions")
    street = make_street(seed, scale, names)
    street = _plant_changes(_exact_diwuyuan(_plant_large(street, random), random), random)
    return street + make_nankeng(seed, len(street) + 1, names)
