"""The informants' reports of hazards, 2016 to 2018: about half of the group cases had one before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from etl.sample.disputes import Case
from etl.sample.enterprises import GARMENT_FACTORY, GIANT, LAST, Enterprise
from etl.sample.founding import pick
from etl.sample.places import COMMUNITIES, PARKS
from etl.sample.reward_standards import due_yuan, version_at
from etl.sample.street_forms import months_between

FIRST = date(2016, 1, 1)
RECENT = date(2018, 7, 1)  # what was reported before is nearly always settled by the end of 2018
ALONE_PER_MONTH = 9  # reports that no case follows, before those of one hazard by several informants
BEFORE_GROUP, BEFORE_OTHER = 0.5, 0.06  # share of cases that a true report precedes
SIGNS = {
    "wage": 26, "insurance": 12, "move": 6, "close": 3, "layoff": 6, "halt": 6, "rent": 7, "utility": 5, "missing_boss": 1,
    "injury": 6, "overtime": 9, "pay_cut": 6, "fine": 3, "gathering": 2, "online": 2, "other": 2,
}  # fmt: skip
SIGN_OF_CAUSE = {
    "01": "wage", "02": "overtime", "03": "wage", "04": "insurance", "05": "insurance", "06": "injury", "07": "layoff",
    "08": "move", "09": "pay_cut", "11": "overtime", "14": "fine", "15": "fine",
}  # fmt: skip
GRAVE = {"move", "close", "missing_boss", "gathering", "layoff"}
KINDS = ("enterprise", "enterprise", "community", "grid", "member")  # of a community's five informants
ARTICLE_REPORTED = date(2018, 3, 19)


@dataclass(frozen=True)
class Hazard:
    """One report with its last known result; `place` is the community, `first` the report of the same hazard."""

    reported: date
    place: str
    enterprise: Enterprise | None
    park: str | None
    informant: int
    signs: tuple[str, ...]
    workers: int | None
    verified: date | None
    result: str
    level: str | None
    case_no: str | None = None
    case_before: str | None = None
    resolved: date | None = None
    first: Hazard | None = None
    is_first_written: bool = False
    reason: str | None = None
    standard: str | None = None
    due: int | None = None
    paid: int | None = None
    paid_on: date | None = None
    is_approx: bool = False
    no: str = ""

    @property
    def informant_kind(self) -> str:
        """Return what kind of informant reports."""
        return KINDS[self.informant % len(KINDS)]

    @property
    def is_true(self) -> bool:
        """Return whether it was found true, at least in part."""
        return self.result in ("true", "partly")


def _informant(place: str, random: Random) -> int:
    order = next(index for index, community in enumerate(COMMUNITIES) if community.name == place)
    return order * len(KINDS) + random.randrange(len(KINDS))


def _known(day: date) -> date | None:
    return day if day <= LAST else None


def _level(signs: Sequence[str], workers: int | None, random: Random) -> str:
    weight = len(GRAVE & set(signs)) + (2 if (workers or 0) >= 30 else 1 if (workers or 0) >= 10 else 0)
    return "red" if weight >= 3 or (weight == 2 and random.random() < 0.3) else "yellow" if weight else "green"


def _judged(hazard: Hazard, results: dict[str, float], random: Random) -> Hazard:
    """Verify and grade a report; what is true is resolved later; the newest are left open, and a few older ones."""
    verified = _known(hazard.reported + timedelta(min(20, round(random.lognormvariate(0.9, 0.7)))))
    result = pick(random, results) if verified else "pending"
    is_old = hazard.reported < RECENT
    if result == "pending" and is_old and verified:
        result = "false"
    if result == "pending":
        return replace(hazard, verified=None, result="pending")
    if result == "false":
        return replace(hazard, verified=verified, result="false")
    level = _level(hazard.signs, hazard.workers, random)
    resolved = _known((verified or LAST) + timedelta(4 + round(random.lognormvariate(2.7, 0.7))))
    is_resolved = random.random() < (0.99 if is_old else 0.86)
    return replace(hazard, verified=verified, result=result, level=level, resolved=resolved if is_resolved else None)


def _before_case(case: Case, random: Random) -> Hazard | None:
    """Return the true report that came before a case, if one did."""
    is_preceded = random.random() < (BEFORE_GROUP if case.workers_involved >= 10 else BEFORE_OTHER)
    reported = case.received - timedelta(min(75, 3 + round(random.lognormvariate(2.6, 0.8))))
    if not is_preceded or reported < FIRST:
        return None
    signs = tuple(dict.fromkeys(SIGN_OF_CAUSE.get(cause, "other") for cause in case.causes))
    informant = _informant(case.community, random)
    draft = Hazard(
        reported, case.community, case.enterprise, None, informant, signs, case.workers_involved, None, "", None
    )
    found = _judged(draft, {"true": 80, "partly": 20}, random)
    is_settled = case.closed is not None and case.outcome in ("mediated", "settled")
    resolved = max(case.closed or LAST, found.verified or FIRST) if is_settled else None
    written = case.case_no if random.random() < 0.75 else None
    return replace(found, case_no=written, case_before=case.case_no, resolved=resolved, is_approx=case.is_approx)


def _alone(enterprise: Enterprise, month: date, random: Random) -> Hazard:
    """Return a report of a hazard that did not become a case."""
    signs = tuple({pick(random, SIGNS): None, **({pick(random, SIGNS): None} if random.random() < 0.2 else {})})
    workers = min(enterprise.workers, random.choice((1, 2, 3, 5, 8, 12, 20, 40))) if random.random() < 0.9 else None
    reported, place = month.replace(day=random.randint(1, 28)), enterprise.community_at(month)
    draft = Hazard(
        reported, place, enterprise, None, _informant(place, random), signs, workers, None, "", None, is_approx=(workers or 0) >= 20
    )  # fmt: skip
    return _judged(draft, {"true": 52, "partly": 14, "false": 26, "pending": 8}, random)


def _in_park(month: date, random: Random) -> Hazard:
    """Return a report about several enterprises of a park, of which none is named."""
    park = PARKS[month.month // 4 % len(PARKS)]
    signs = (random.choice(("rent", "utility")),)
    draft = Hazard(
        month.replace(day=random.randint(2, 20)), park.community, None, park.name, _informant(park.community, random),
        signs, None, None, "", None,
    )  # fmt: skip
    return _judged(draft, {"true": 70, "partly": 30}, random)


def _again(first: Hazard, until: date, random: Random) -> Hazard | None:
    """Return the same hazard reported by another informant before `until`."""
    reported = first.reported + timedelta(random.randint(1, 12))
    if reported > until or (first.resolved and reported >= first.resolved):
        return None
    informant = (first.informant // len(KINDS)) * len(KINDS) + (first.informant + 1) % len(KINDS)
    reason = "same_park" if first.park else random.choice(("same_enterprise", "same_enterprise", "same_batch"))
    written = random.random() < 0.55 or first.park is not None
    draft = replace(
        first, reported=reported, informant=informant, first=first, is_first_written=written,
        reason=reason if written else None, case_no=first.case_no if random.random() < 0.5 else None,
        standard=None, due=None, paid=None, paid_on=None,
    )  # fmt: skip
    found = _judged(draft, {"true": 85, "partly": 15}, random)
    verified = found.verified and min(found.verified, first.resolved or LAST)
    return replace(found, verified=verified, resolved=first.resolved)


def _rewarded(hazard: Hazard, random: Random) -> Hazard:
    """Grant the first and true report its reward; some are never paid, late ones not yet."""
    if hazard.first or not hazard.is_true or not hazard.level or not hazard.verified:
        return hazard
    due = due_yuan(hazard.level, hazard.reported)
    paid_on = _known(hazard.verified + timedelta(random.randint(18, 50)))
    is_paid = paid_on is not None and random.random() < 0.93
    return replace(
        hazard, standard=version_at(hazard.reported), due=due, paid=due if is_paid else None, paid_on=paid_on if is_paid else None
    )  # fmt: skip


def _article(cases: Sequence[Case]) -> Iterator[Hazard]:
    """Yield the sample's own addition to the article's case: two informants saw the garment factory's move coming."""
    case = next(case for case in cases if case.enterprise.name == GARMENT_FACTORY)
    informant = next(i for i, place in enumerate(COMMUNITIES) if place.name == case.community) * len(KINDS)
    first = Hazard(
        ARTICLE_REPORTED, case.community, case.enterprise, None, informant, ("move", "insurance"), 90,
        ARTICLE_REPORTED + timedelta(1), "true", "red", case.case_no, case.case_no, case.closed, is_approx=True,
    )  # fmt: skip
    yield first
    later = ARTICLE_REPORTED + timedelta(3)
    yield replace(
        first, reported=later, verified=later + timedelta(1), informant=informant + 2, first=first, is_first_written=True,
        reason="same_enterprise",
    )  # fmt: skip


def _month_hazards(there: Sequence[Enterprise], month: date, scale: int, random: Random) -> Iterator[Hazard]:
    count = (ALONE_PER_MONTH + random.randint(-2, 2)) * scale
    chosen = random.choices(there, [min(e.workers, 300) for e in there], k=count)
    for enterprise in {e.number: e for e in chosen}.values():
        yield _alone(enterprise, month, random)
    if month.month % 4 == 2:
        yield _in_park(month, random)


def _numbered(hazards: Sequence[Hazard]) -> list[Hazard]:
    """Number the reports by year in the order of their dates, and let the later ones know the first's number."""
    serials: dict[int, int] = {}
    numbers: dict[Hazard, str] = {}
    found = []
    for hazard in sorted(hazards, key=lambda h: (h.reported, h.first is not None)):
        year = hazard.reported.year
        serials[year] = serials.get(year, 0) + 1
        numbers[hazard] = f"坂隐〔{year}〕{serials[year]:03d}号"
        first = replace(hazard.first, no=numbers[hazard.first]) if hazard.first else None
        found.append(replace(hazard, no=numbers[hazard], first=first))
    return found


def _firsts(enterprises: Sequence[Enterprise], cases: Sequence[Case], scale: int, random: Random) -> Iterator[Hazard]:
    """Yield the first report of every hazard but the article's; an enterprise without a case has only such as became none."""
    recent = [case for case in cases if case.received >= FIRST]
    with_case = {case.enterprise.number for case in recent}
    for case in recent:
        if case.enterprise.name != GARMENT_FACTORY and (found := _before_case(case, random)):
            yield found
    quiet = {e.number: e for e in enterprises if e.number not in with_case and e.name != GIANT}
    for month in months_between(FIRST, LAST):
        there = [e for e in quiet.values() if e.founded < month and e.operates(month)]
        for hazard in _month_hazards(there, month, scale, random):
            yield hazard
            if hazard.enterprise:  # one hazard each: what is one and what are two is planted elsewhere
                quiet.pop(hazard.enterprise.number, None)


def all_hazards(enterprises: Sequence[Enterprise], cases: Sequence[Case], seed: int, scale: int) -> list[Hazard]:
    """Return every report in the order of its number."""
    random, (article, again) = Random(f"{seed}/hazards"), _article(cases)
    received = {case.case_no: case.received for case in cases}
    found = []
    for hazard in (article, *_firsts(enterprises, cases, scale, random)):
        first = _rewarded(hazard, random)
        found.append(first)
        if hazard is article:
            found.append(replace(again, first=first))
        elif hazard.is_true and random.random() < 0.2:
            found += filter(None, [_again(first, received.get(hazard.case_before or "", LAST), random)])
    return _numbered(found)
