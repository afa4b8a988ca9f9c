"""Everything else a street union keeps: one module per subject, each with its files, planted truth and expected values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from etl.sample import (
    checklists,
    contract_sheets,
    dues,
    facility_files,
    hardship,
    honours,
    meetings,
    plans,
    rules,
    services,
    staff_sheets,
)
from etl.sample.disputes import Case
from etl.sample.enterprises import Enterprise
from etl.sample.files import File
from etl.sample.sheets import Sheet


@dataclass(frozen=True)
class World:
    """What the other ledgers speak of: the street's enterprises and cases, and the seed."""

    enterprises: Sequence[Enterprise]
    cases: Sequence[Case]
    seed: int
    scale: int


class Subject(Protocol):
    """A module of this folder that makes a subject's ledgers; draw from `Random(f"{seed}/<subject>/…")` of its own."""

    def files(self, world: World) -> Iterator[File]:
        """Yield the subject's workbooks."""
        ...

    def planted(self, world: World) -> dict[str, Any]:
        """Return what was planted on purpose."""
        ...

    def expected(self, sheets: Sequence[Sheet]) -> dict[str, Any]:
        """Return naive expected values, counted over the accepted rows."""
        ...


SUBJECTS: tuple[Subject, ...] = (
    facility_files,
    services,
    hardship,
    staff_sheets,
    rules,
    meetings,
    checklists,
    contract_sheets,
    dues,
    honours,
    plans,
)


def rest_files(world: World) -> Iterator[File]:
    """Yield the files of every subject."""
    for subject in SUBJECTS:
        yield from subject.files(world)


def rest_planted(world: World) -> dict[str, Any]:
    """Return what every subject planted."""
    return {key: value for subject in SUBJECTS for key, value in subject.planted(world).items()}


def rest_expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the expected values of every subject."""
    return {key: value for subject in SUBJECTS for key, value in subject.expected(sheets).items()}
