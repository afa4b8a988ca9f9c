"""Random cases with their steps in any order, as clerks might write them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from etl.codelist import CodeLists

FIRST = date(2018, 3, 1)
USUAL = ["reported", "accepted", "mediated", "extended", "agreement", "settled", "performed", "withdrawn", "closed"]


@dataclass(frozen=True)
class Written:
    """One row of the step ledger as a clerk writes it; `text` is the date, `earliest` and `latest` what it may mean."""

    case: int
    step: str
    earliest: date
    text: str
    latest: date
    amount: str = ""
    is_bad: bool = False


@dataclass
class Dispute:
    """One dispute as the dispute ledger has it."""

    case: int
    received: date
    closed: date | None
    outcome: str
    claimed: str
    steps: list[Written] = field(default_factory=list)


@cache
def legal() -> dict[str, dict[str, Any]]:
    """Return the code list's own words on each step."""
    rows = CodeLists.load().legal("case_step").iter_rows(named=True)
    return {row["code"]: row for row in rows}


def case_text(number: int) -> str:
    """Return a case number; every third is written with other brackets in the step ledger."""
    return f"坂调〔2018〕{number:03d}号"


def written_case_text(number: int) -> str:
    return (f"坂调[2018]{number:03d}号", f"坂调〔2018〕{number:03d}号", f"坂调（2018）{number:03d}号")[number % 3]


def step_of(chance: random.Random, case: int, codes: Sequence[str]) -> Written:
    """Return a step on any day: sometimes known to the month only, sometimes without a usable date."""
    code, day = chance.choice(codes), FIRST + timedelta(days=chance.randrange(90))
    amount, how = chance.choice(["", "", "800", "90000"]), chance.randrange(12)
    if how == 0:
        return Written(case, code, day, "待定", day, amount, is_bad=True)
    if how == 1:
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Written(case, code, first, f"{day.year}年{day.month}月", last, amount)
    return Written(case, code, day, day.isoformat(), day, amount)


def steps_of(chance: random.Random, case: int, least: int = 0) -> list[Written]:
    """Return up to nine steps in no order: of all that there are, or of the few that a case usually has."""
    codes = chance.choice([sorted(legal()), USUAL])
    return _apart([step_of(chance, case, codes) for _n in range(chance.randint(least, 9))])


def dispute_of(chance: random.Random, case: int) -> Dispute:
    received = FIRST + timedelta(days=chance.randint(15, 45))
    outcome = chance.choice(["调解成功", "和解", "撤回", "在办", "引导仲裁"])
    closed = None if outcome == "在办" else received + timedelta(days=chance.randrange(40))
    return Dispute(case, received, closed, outcome, chance.choice(["", "1000"]), steps_of(chance, case))


def _apart(drawn: Sequence[Written]) -> list[Written]:
    """Leave out what the cleaning itself refuses or calls a duplicate: the same step on the same day again."""
    return list({(step.step, step.earliest, step.is_bad): step for step in drawn}.values())


def ledgers(seed: int) -> tuple[list[Dispute], list[Written]]:
    """Return many disputes, and steps of two cases that no dispute has."""
    chance = random.Random(seed)
    unknown = [step for case in (901, 902) for step in steps_of(chance, case, least=1)]
    return [dispute_of(chance, case) for case in range(1, 121)], unknown
