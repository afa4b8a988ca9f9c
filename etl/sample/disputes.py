"""The labour disputes of five years, with a true rise, a noisy month and the case that the article tells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from etl.sample.enterprises import GARMENT_FACTORY, GIANT, LAST, Enterprise
from etl.sample.founding import pick
from etl.sample.places import COMMUNITIES

YEARS = (2014, 2015, 2016, 2017, 2018)
YEARLY = {2014: 352, 2015: 368, 2016: 376, 2017: 384, 2018: 362}
SEASON = (1.5, 0.85, 0.95, 0.95, 0.95, 0.9, 1.0, 1.0, 1.0, 0.95, 1.0, 1.2)
WAGE_SEASON = (2.2, 0.9, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.9, 1.4, 2.0)
CAUSES = {
    "01": 30,
    "02": 8,
    "03": 6,
    "04": 9,
    "05": 4,
    "06": 9,
    "07": 16,
    "08": 3,
    "09": 5,
    "10": 4,
    "11": 2,
    "12": 1.5,
    "13": 1.5,
    "14": 0.5,
    "15": 1,
    "99": 2,
}
CAUSES_BY_INDUSTRY: dict[str, dict[str, float]] = {
    "C": {"06": 1.8, "08": 2.5, "02": 1.4},
    "I": {"09": 2.5, "03": 2, "01": 0.6},
    "E": {"01": 2.2},
    "G": {"14": 4, "13": 2},
}
CHANNELS = {
    "来访": 38,
    "来电": 16,
    "12351": 9,
    "12345": 8,
    "网格上报": 10,
    "信息员": 9,
    "劳动监察移送": 4,
    "信访": 4,
    "企业求助": 2,
}
OUTCOMES = {"mediated": 60, "settled": 14, "failed": 9, "withdrawn": 5, "transferred": 4, "arbitration": 8}
SUCCESS = ("mediated", "settled")
RISE_PLACE, RISE_FROM, RISE_PER_MONTH = "大发埔", date(2018, 3, 1), 3.0
NOISY_PLACE, NOISY_MONTH, NOISY_EXTRA = "杨美", date(2018, 8, 1), 9
NIL_PLACES, MISSING_PLACE = ("四季花城", "万科城"), "第五园"
QUIET = {"南坑": 0.6}  # the pilot for settling disputes at their source: a planted true difference
NANKENG_SUCCESSES_2018 = 16


@dataclass(frozen=True)
class Case:
    """A labour dispute with its last known result; `known_until` bounds what its community has reported."""

    case_no: str
    community: str
    enterprise: Enterprise
    channel: str
    received: date
    closed: date | None
    causes: tuple[str, ...]
    workers_involved: int
    is_approx: bool
    amount_yuan: int | None
    outcome: str


def _poisson(mean: float, random: Random) -> int:
    count, product, bound = 0, random.random(), math.exp(-mean)
    while product > bound:
        count, product = count + 1, product * random.random()
    return count


def _causes(enterprise: Enterprise, month: int, random: Random, main: str | None) -> tuple[str, ...]:
    shifts = CAUSES_BY_INDUSTRY.get(enterprise.industry, {})
    weights = {code: weight * shifts.get(code, 1) for code, weight in CAUSES.items()}
    weights["01"] *= WAGE_SEASON[month - 1]
    first = main or pick(random, weights)
    more = {pick(random, CAUSES) for _ in range(random.choices((0, 1, 2), (72, 22, 6))[0])} - {first}
    return (first, *sorted(more))


def _involved(enterprise: Enterprise, random: Random) -> int:
    group = random.random() < 0.1 and enterprise.workers >= 12
    return (
        random.randint(10, max(10, min(enterprise.workers, 140)))
        if group
        else random.choice((1, 1, 1, 1, 2, 2, 3, 4, 6))
    )


def _closing(received: date, random: Random) -> date | None:
    closed = received + timedelta(1 + round(random.lognormvariate(2.85, 0.75)))
    return closed if closed <= LAST else None


def make_case(enterprise: Enterprise, place: str, month: date, random: Random, main: str | None = None) -> Case:
    """Return a case received in that month, without its number."""
    received = month.replace(day=random.randint(1, 28))
    closed, workers = _closing(received, random), _involved(enterprise, random)
    approx = workers >= 20 and random.random() < 0.4
    amount = round(workers * random.lognormvariate(9.2, 0.7), -2) if random.random() < 0.92 else None
    return Case(
        "", place, enterprise, pick(random, CHANNELS), received, closed, _causes(enterprise, month.month, random, main),
        round(workers, -1) if approx else workers, approx, int(amount) if amount else None,
        pick(random, OUTCOMES) if closed else "open",
    )  # fmt: skip


def _there(enterprises: Sequence[Enterprise], month: date) -> dict[str, list[Enterprise]]:
    found: dict[str, list[Enterprise]] = {place.name: [] for place in COMMUNITIES}
    for e in enterprises:
        if e.name not in (GIANT, GARMENT_FACTORY) and e.founded < month and e.operates(month):
            found[e.community_at(month)].append(e)
    return found


def _counts(there: dict[str, list[Enterprise]], month: date, scale: int, random: Random) -> dict[str, int]:
    weights = {name: sum(e.workers for e in found) for name, found in there.items()}
    per_worker = YEARLY[month.year] * scale * SEASON[month.month - 1] / 12 / sum(weights.values())
    counts = {name: _poisson(w * per_worker * QUIET.get(name, 1), random) for name, w in weights.items()}
    if month == LAST.replace(day=1):
        counts = {
            name: 0 if name in NIL_PLACES else max(2 if name == MISSING_PLACE else 1, count)
            for name, count in counts.items()
        }
    return counts


def _month_cases(enterprises: Sequence[Enterprise], month: date, scale: int, seed: int) -> list[Case]:
    random, there = Random(f"{seed}/disputes/{month}"), _there(enterprises, month)
    plan: list[tuple[str, str | None]] = [
        (name, None) for name, count in _counts(there, month, scale, random).items() for _ in range(count)
    ]
    if month >= RISE_FROM:
        plan += [(RISE_PLACE, "01")] * _poisson(RISE_PER_MONTH * scale, random)
    if month == NOISY_MONTH:
        plan += [(NOISY_PLACE, None)] * NOISY_EXTRA
    found = []
    for name, main in plan:
        enterprise = random.choices(there[name], [min(e.workers, 400) for e in there[name]])[0]
        found.append(make_case(enterprise, name, month, random, main))
    return found


def article_case(enterprises: Sequence[Enterprise]) -> Case:
    """Return the garment factory's case of April 2018: several causes, settled in the end."""
    factory = next(e for e in enterprises if e.name == GARMENT_FACTORY)
    causes = ("08", "07", "04", "05")
    return Case(
        "",
        factory.community,
        factory,
        "来访",
        date(2018, 4, 3),
        date(2018, 5, 11),
        causes,
        90,
        True,
        1_260_000,
        "settled",
    )


def _exact_nankeng(cases: list[Case], random: Random) -> list[Case]:
    """Make exactly sixteen of 南坑's cases closed in 2018 mediated or settled."""
    spots = [i for i, c in enumerate(cases) if c.community == "南坑" and c.closed and c.closed.year == 2018]
    wins = [i for i in spots if cases[i].outcome in SUCCESS]
    for i in wins[NANKENG_SUCCESSES_2018:]:
        cases[i] = replace(cases[i], outcome=random.choice(("failed", "withdrawn", "arbitration")))
    for i in [i for i in spots if i not in wins][: max(0, NANKENG_SUCCESSES_2018 - len(wins))]:
        cases[i] = replace(cases[i], outcome="mediated")
    return cases


def _as_reported(case: Case) -> Case:
    """Return what is known of a case: 第五园 has reported nothing since the end of November 2018."""
    if case.community != MISSING_PLACE or case.closed is None or case.closed < date(2018, 12, 1):
        return case
    return replace(case, closed=None, outcome="open")


def all_cases(enterprises: Sequence[Enterprise], seed: int, scale: int) -> list[Case]:
    """Return every case in the order of its number, 第五园's unreported ones of December 2018 included."""
    months = [date(year, month, 1) for year in YEARS for month in range(1, 13)]
    cases = [case for month in months for case in _month_cases(enterprises, month, scale, seed)]
    cases = _exact_nankeng([*cases, article_case(enterprises)], Random(f"{seed}/nankeng cases"))
    cases = sorted((_as_reported(case) for case in cases), key=lambda case: case.received)
    serials, numbered = dict.fromkeys(YEARS, 0), []
    for case in cases:
        serials[case.received.year] += 1
        number = f"坂调〔{case.received.year}〕{serials[case.received.year]:03d}号"
        numbered.append(replace(case, case_no=number))
    return numbered
