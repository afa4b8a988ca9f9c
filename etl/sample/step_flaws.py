"""What is wrong in the steps on purpose: out of order, repeated, missing, after the end, of no known case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from etl.sample.enterprises import LAST
from etl.sample.steps import Step

Course = list[Step]


def _day_of(course: Course, name: str) -> Step:
    return next(step for step in course if step.step == name)


def _accepted_late(course: Course) -> Course:
    """Enter the acceptance after the mediation."""
    day = _day_of(course, "mediated").day + timedelta(1)
    return [replace(step, day=day) if step.step == "accepted" else step for step in course]


def _accepted_twice(course: Course) -> Course:
    accepted = _day_of(course, "accepted")
    return [*course, replace(accepted, day=accepted.day + timedelta(1))]


def _not_accepted(course: Course) -> Course:
    return [step for step in course if step.step != "accepted"]


def _after_the_end(course: Course) -> Course:
    closed = _day_of(course, "closed")
    return [*course, replace(closed, step="mediated", day=closed.day + timedelta(6))]


def _never_ended(course: Course) -> Course:
    ending = ("agreement", "settled", "mediation_failed", "performed", "performance_urged", "review_applied", "closed")
    return [step for step in course if step.step not in ending]


def _other_case(course: Course) -> Course:
    accepted = _day_of(course, "accepted")
    return [*course, replace(accepted, case_no=f"坂调〔{accepted.day.year}〕9{accepted.day.day:02d}号")]


PLANTED: tuple[tuple[str, int, Callable[[Course], Course]], ...] = (
    ("accepted_after_mediation", 3, _accepted_late), ("accepted_twice", 3, _accepted_twice), ("acceptance_missing", 4, _not_accepted),
    ("step_after_closing", 2, _after_the_end), ("ending_missing", 3, _never_ended), ("case_unknown", 2, _other_case),
)  # fmt: skip


def _is_plain(course: Course) -> bool:
    """Return whether a case is ordinary enough to be spoilt: agreed on, closed, not extended, and some days long."""
    names = {step.step for step in course}
    is_short = names.isdisjoint({"extended", "arrears_paid", "letter_opinion", "negotiated"})
    days = (course[-1].day - _day_of(course, "accepted").day).days
    return (
        is_short
        and {"mediated", "agreement", "closed"} <= names
        and days >= 6
        and course[-1].day.replace(day=1) < LAST.replace(day=1)
    )


def with_flaws(steps: Sequence[Step]) -> tuple[list[Step], dict[str, list[str]]]:
    """Return the steps with what is planted, and the numbers of the cases concerned; no case is spoilt twice."""
    courses: dict[str, Course] = {}
    for step in steps:
        courses.setdefault(step.case_no, []).append(step)
    plain = [number for number, course in courses.items() if _is_plain(course)]
    plan = [(name, change) for name, count, change in PLANTED for _number in range(count)]
    planted: dict[str, list[str]] = {name: [] for name, _count, _change in PLANTED}
    for at, (name, change) in enumerate(plan):
        number = plain[len(plain) * (at + 1) // (len(plan) + 1)]
        courses[number] = change(courses[number])
        planted[name].append(number)
    return [step for course in courses.values() for step in course], planted
