"""What is wrong in the hazard reports on purpose: dates out of order, and rewards that should not have been paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from etl.sample.hazards import Hazard

Change = Callable[[Hazard], Hazard]
OLD_STANDARD, OLD_RED = "示例标准2016", {"red": 500, "yellow": 300, "green": 100}


def _is_paid(hazard: Hazard) -> bool:
    return hazard.paid is not None and hazard.first is None


def _paid_for(hazard: Hazard, due: int) -> Hazard:
    day = (hazard.verified or hazard.reported) + timedelta(30)
    return replace(hazard, due=due, paid=due, paid_on=day)


def _by_old_standard(hazard: Hazard) -> Hazard:
    due = OLD_RED[hazard.level or "green"]
    return replace(hazard, standard=OLD_STANDARD, due=due, paid=due)


# (what is planted, how often, which reports may be chosen, what is changed)
PLANTED: tuple[tuple[str, int, Callable[[Hazard], bool], Change], ...] = (
    ("verified_before_reported", 2, lambda h: h.verified is not None and h.resolved is None and not h.first,
     lambda h: replace(h, verified=h.reported - timedelta(2))),
    ("resolved_before_verified", 1, lambda h: h.resolved is not None and h.case_before is None and not h.first,
     lambda h: replace(h, resolved=(h.verified or h.reported) - timedelta(1))),
    ("reward_for_untrue", 1, lambda h: h.result == "false" and h.reported < date(2018, 10, 1), lambda h: _paid_for(h, 100)),
    ("reward_twice", 2, lambda h: h.is_first_written and h.reported < date(2018, 10, 1) and h.first is not None and h.first.paid is not None,
     lambda h: _paid_for(h, h.first.due or 0) if h.first else h),
    ("paid_not_due", 2, lambda h: _is_paid(h) and h.level == "red", lambda h: replace(h, paid=200)),
    ("due_not_standard", 2, lambda h: _is_paid(h) and date(2018, 1, 1) <= h.reported < date(2018, 3, 1), _by_old_standard),
    ("case_unknown", 1, lambda h: h.result == "true" and h.case_before is None and h.reported.year == 2017,
     lambda h: replace(h, case_no="坂调〔2017〕999号")),
)  # fmt: skip


def with_flaws(hazards: Sequence[Hazard]) -> tuple[list[Hazard], dict[str, list[str]]]:
    """Return the reports with what is planted, and the numbers of the spoilt ones; none is spoilt twice."""
    found, planted = list(hazards), {}
    taken = {hazard.first.no for hazard in hazards if hazard.first}
    for name, count, is_fit, change in PLANTED:
        fit = [
            at
            for at, h in enumerate(found)
            if h.no not in taken and is_fit(h) and not h.park and "霓裳" not in _name(h)
        ]
        chosen = [fit[len(fit) * (number + 1) // (count + 1)] for number in range(count)] if len(fit) > count else fit
        for at in chosen:
            found[at] = change(found[at])
            taken.add(found[at].no)
        planted[name] = [found[at].no for at in chosen]
    return found, planted


def _name(hazard: Hazard) -> str:
    return hazard.enterprise.name if hazard.enterprise else ""
