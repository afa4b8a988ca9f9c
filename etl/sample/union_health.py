"""How sound the sample's unions are: committees, democratic management, terms that ran out, unions left behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from etl.sample.enterprises import Enterprise
from etl.sample.sheets import Cell

HEALTH_COLUMNS = (
    ("committee_members", "委员数"), ("audit_committee", "经审委员会"), ("women_committee", "女职工委员会"),
    ("supervision_committee", "劳动法律监督委员会"), ("mediation_committee", "劳动争议调解委员会"), ("legal_person", "法人资格"),
    ("workers_congress", "职代会"), ("open_affairs", "厂务公开"),
)  # fmt: skip
HEALTH_GROUPS = (("组织建设", 6), ("民主管理", 2))
# How many of the unions have it at the end of 2018: (of enterprises with fewer than 100 workers, with more, federations)
SHARES = {
    "audit_committee": (0.95, 0.98, 1.0), "women_committee": (0.80, 0.95, 1.0), "supervision_committee": (0.45, 0.75, 0.9),
    "mediation_committee": (0.30, 0.78, 0.9), "legal_person": (0.70, 0.92, 1.0),
    "workers_congress": (0.72, 0.88, 0.8), "open_affairs": (0.68, 0.86, 0.7),
}  # fmt: skip
WORDS: dict[bool, tuple[Cell, ...]] = {True: ("有", "√", "已建立", "是"), False: ("无", "×", "未建立", "否")}
IN_PROGRESS = ("正在筹建", "办理中")
BLANK, PENDING, OVERDUE = 0.02, 0.12, 0.07
OLD_UNIONS = date(2014, 1, 1)  # only unions from before can have a term that has run out
SINCE = date(2017, 12, 31)


@dataclass(frozen=True)
class Health:
    """The cells of a union's row, and what must come out of them (true, false, in_progress or None)."""

    cells: dict[str, Cell]
    clean: dict[str, Any]


def _half_years(day: date) -> int:
    return (2018 - day.year) * 2 + (1 if day.month <= 6 else 0)


def _state(has: bool, random: Random) -> tuple[Cell, str | None]:
    """Return a cell and its code: blank now and then, under way where it is not there yet."""
    if random.random() < BLANK:
        return None, None
    if not has and random.random() < PENDING:
        return random.choice(IN_PROGRESS), "in_progress"
    return random.choice(WORDS[has]), str(has).lower()


def health_of(code: str, union_type: str, workers: int, day: date, seed: int) -> Health:
    """Return how sound a union is on that day; what it has it keeps."""
    truth, typing = Random(f"{seed}/union health/{code}"), Random(f"{seed}/union health/{code}/{day}")
    place = 2 if union_type in ("community", "park") else int(workers >= 100)
    members = 0 if truth.random() < (0.03 if place < 2 else 0) else truth.choice((3, 3, 5, 5, 7, 9)) + 2 * place
    cells: dict[str, Cell] = {"committee_members": members}
    clean: dict[str, Any] = {"committee_members": members}
    for column, shares in SHARES.items():
        has = truth.random() < shares[place] * (1 - 0.05 * _half_years(day))
        cells[column], clean[column] = _state(has, typing)
    return Health(cells, clean)


def overdue_term(code: str, formed: date, day: date, seed: int) -> str | None:
    """Return the end of a term that ran out unnoticed in 2017 or 2018; None for most unions."""
    random = Random(f"{seed}/union term/{code}")
    if day < SINCE or formed >= OLD_UNIONS or random.random() >= OVERDUE:
        return None
    return random.choice(("2017年9月", "2018.6", "2018-03-31", "2017-12"))


def left_behind(enterprises: Sequence[Enterprise], name: str, day: date) -> Iterator[Enterprise]:
    """Yield the enterprises whose register of that day says that they are gone, and whose own union still stands."""
    since = date(day.year, 6, 30) if day.month == 12 else date(day.year - 1, 12, 31)
    for e in enterprises:
        is_gone = e.leaves is not None and since < e.leaves <= day and e.number % 5 < 3
        had_union = e.union == "own" and e.formed is not None and e.leaves is not None and e.formed < e.leaves
        if is_gone and had_union and name != "南坑" and e.community_at(day) == name:
            yield e
