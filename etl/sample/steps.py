"""The steps of the disputes received since 2017: mostly in order and in time, three open cases overdue at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from etl.sample.disputes import MISSING_PLACE, SUCCESS, Case
from etl.sample.enterprises import GARMENT_FACTORY, LAST
from etl.sample.settlements import amounts

FIRST = date(2017, 1, 1)
MEDIATION_DAYS = 15
REPORTING = {"信息员": "reported", "网格上报": "clue", "12345": "clue", "12351": "clue"}
ENDINGS = {
    "mediated": ("agreement",), "settled": ("settled",), "failed": ("mediation_failed",), "withdrawn": ("withdrawn",),
    "transferred": ("transferred",), "arbitration": ("mediation_failed", "arbitration_applied"),
}  # fmt: skip
# The article's case as it tells it; days and sums are the sample's addition.
ARTICLE: tuple[tuple[str, date, date | None, int | None], ...] = (
    ("warned", date(2018, 3, 19), None, None), ("reported", date(2018, 3, 19), None, None), ("verified", date(2018, 3, 20), None, None),
    ("application", date(2018, 4, 2), None, None), ("accepted", date(2018, 4, 3), None, None), ("assigned", date(2018, 4, 3), None, None),
    ("investigated", date(2018, 4, 4), None, None), ("mediated", date(2018, 4, 9), None, None), ("stuck", date(2018, 4, 13), None, None),
    ("extended", date(2018, 4, 16), date(2018, 5, 18), None), ("letter_notice", date(2018, 4, 17), None, None),
    ("arrears_paid", date(2018, 4, 25), None, 386_000), ("investigated", date(2018, 4, 26), None, None),
    ("negotiated", date(2018, 5, 4), None, None), ("settled", date(2018, 5, 9), None, 980_000),
    ("performed", date(2018, 5, 11), None, 980_000), ("closed", date(2018, 5, 11), None, None),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step of one case; `case_no` may be one that no dispute bears."""

    case_no: str
    community: str
    enterprise: str
    step: str
    day: date
    extended_to: date | None = None
    amount: int | None = None
    document: str | None = None


def _working(day: date) -> date:
    """Return the day, or the Friday before a weekend: nobody works a case on Sunday."""
    return day - timedelta(max(0, day.weekday() - 4))


class Course:
    """Collects the steps of one case; what would come after its end is left out."""

    def __init__(self, case: Case, seed: int) -> None:
        self.case, self.seed, self.random = case, seed, Random(f"{seed}/steps/{case.case_no}")
        self.steps: list[Step] = []
        waits = self.random.choice((0, 0, 1, 2, 4, 6)) if case.outcome in SUCCESS else 0
        self.ended = max(case.received, case.closed - timedelta(waits)) if case.closed else LAST

    def add(self, step: str, day: date, until: date | None = None, amount: int | None = None, no: str = "") -> None:
        """Append a step if the case is not over by then."""
        if day <= (self.case.closed or LAST):
            document = f"示例{no}{self.case.case_no[2:]}" if no else None
            name = self.case.enterprise.name_at(self.case.received)
            self.steps.append(Step(self.case.case_no, self.case.community, name, step, day, until, amount, document))

    def chance(self, share: float) -> bool:
        """Return true that often."""
        return self.random.random() < share

    def after(self, low: int, high: int) -> date:
        """Return a working day some days after the case was received, not after its end."""
        day = _working(self.case.received + timedelta(self.random.randint(low, high)))
        return min(max(day, self.case.received), self.ended)


def _before(course: Course) -> None:
    """Add how the case came: the clue or report, its verification, the application."""
    case, random = course.case, course.random
    late = 9 if course.chance(0.04) else random.choice((0, 0, 1, 1, 2))
    applied = case.received - timedelta(late)
    if case.channel in REPORTING:
        day = applied - timedelta(random.randint(2, 9))
        course.add(REPORTING[case.channel], day)
        course.add("verified", min(applied, day + timedelta(random.randint(0, 3))))
    elif case.workers_involved >= 10 and course.chance(0.5):
        course.add("warned", applied - timedelta(random.randint(1, 12)))
    if course.chance(0.7):
        course.add("application", applied)


def _letters(course: Course) -> None:
    """Add the union's letter to the employer and its reply, which may come late or not at all."""
    sent = course.after(2, 5)
    course.add("letter_opinion", sent, no="意见书")
    replied = sent + timedelta(32 if course.chance(0.2) else course.random.randint(6, 18))
    if replied <= course.ended:
        course.add("letter_replied", replied)


def _middle(course: Course) -> None:
    """Add how the case was handled: inquiry, negotiation, mediation."""
    case, is_asked = course.case, course.chance(0.2)
    course.add("accepted", case.received)
    if course.chance(0.35):
        course.add("assigned", course.after(0, 1))
    if course.chance(0.6):
        course.add("investigated", course.after(1, 4))
    asked = course.after(1, 3)
    replied = asked + timedelta(7 if course.chance(0.1) else course.random.randint(1, 5))
    if is_asked and replied < course.ended:
        course.add("negotiation_requested", asked)
        course.add("negotiation_replied", replied)
        course.add("negotiated", replied + timedelta(1))
    if case.workers_involved >= 10 and course.chance(0.25):
        _letters(course)
    if case.outcome not in ("withdrawn", "transferred"):
        day = course.after(9, 13) if is_asked else course.after(3, 9)
        course.add("mediated", max(day, course.steps[-1].day))


def _extension(course: Course) -> None:
    """Add the agreement on a longer time before the fifteen days are over, and a second mediation."""
    agreed = _working(course.case.received + timedelta(course.random.randint(12, MEDIATION_DAYS - 1)))
    if agreed < course.ended:
        until = (course.case.closed or LAST) + timedelta(course.random.randint(2, 20))
        course.add("extended", agreed, until=until)
        if course.chance(0.5) and course.ended > agreed + timedelta(2):
            course.add("mediated", agreed + timedelta(2))


def _ending(course: Course) -> None:
    """Add how the case ended and what was paid then."""
    case, ended = course.case, course.ended
    agreed, paid = amounts(case, course.seed)
    if case.closed is None:
        return
    for step in ENDINGS[case.outcome]:
        course.add(
            step,
            ended,
            amount=agreed if step in ("agreement", "settled") else None,
            no="协议" if step == "agreement" else "",
        )
    if case.outcome == "mediated" and case.workers_involved >= 10 and course.chance(0.3):
        course.add("review_applied", ended)
    if agreed and paid == agreed:
        course.add("performed", case.closed, amount=paid)
    elif agreed and course.chance(0.4):
        course.add("performance_urged", case.closed)
    course.add("closed", case.closed)


def _course(case: Case, seed: int, is_extended: bool) -> list[Step]:
    course = Course(case, seed)
    if case.enterprise.name == GARMENT_FACTORY:
        for step, day, until, amount in ARTICLE:
            course.add(step, day, until, amount)
        return course.steps
    _before(course)
    _middle(course)
    if is_extended:
        _extension(course)
    _ending(course)
    return sorted(course.steps, key=lambda step: step.day)


def _is_extended(case: Case, open_late: Sequence[Case], random: Random) -> bool:
    """Return whether a longer time was agreed on: mostly where it took longer; every third of the open ones not."""
    took = ((case.closed or LAST) - case.received).days
    chance = random.random()
    if case in open_late:
        return open_late.index(case) % 3 != 0
    return took > MEDIATION_DAYS and chance < 0.9


def all_steps(cases: Sequence[Case], seed: int) -> list[Step]:
    """Return the steps of every dispute received since 2017 that its community has reported, case by case."""
    random = Random(f"{seed}/extensions")
    known = [
        c for c in cases if c.received >= FIRST and (c.community != MISSING_PLACE or c.received < date(2018, 12, 1))
    ]
    late = [c for c in known if c.closed is None and (LAST - c.received).days > MEDIATION_DAYS]
    return [step for case in known for step in _course(case, seed, _is_extended(case, late, random))]
