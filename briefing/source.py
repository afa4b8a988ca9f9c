"""Where a document gets its numbers: one generation, the ways to ask it, the street's folder, for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from metrics import changes as changed
from metrics import scope, values
from metrics.changes import Change
from metrics.judging.chance import verdict, verdict_text
from metrics.question import Answer, Audience, Question
from metrics.warehouse import Warehouse

Ask = Callable[[Warehouse, Question], Answer]


@lru_cache(maxsize=4096)
def _ask(warehouse: Warehouse, question: Question) -> Answer:
    return values.ask(warehouse, question)


@lru_cache(maxsize=1024)
def _change(warehouse: Warehouse, question: Question, against: str) -> Change:
    return changed.change(warehouse, question, against)


@lru_cache(maxsize=256)
def _changes(warehouse: Warehouse, question: Question, against: str) -> tuple[Change, ...]:
    return changed.changes(warehouse, question, against)


@dataclass(frozen=True)
class Source:
    """One generation to be asked for one audience; `street` is the folder of what the street itself has noted."""

    warehouse: Warehouse
    street: Path | None = None
    audience: Audience = "internal"

    @property
    def decimals(self) -> int:
        """Return how many decimals the street writes percentages with."""
        return int(scope.setting_number(self.warehouse, "decimals"))

    @property
    def tells_notes(self) -> bool:
        """Return whether the street's own notes on its data may be printed: written for its own people, or the sample's."""
        return self.audience == "internal" or self.warehouse.is_sample

    def _for(self, question: Question) -> Question:
        return replace(question, audience=self.audience)

    def answer(self, question: Question) -> Answer:
        """Answer a question for this audience, once per generation."""
        return _ask(self.warehouse, self._for(question))

    def change(self, question: Question, against: str) -> Change:
        """Return the like-for-like change of a number for this audience."""
        return _change(self.warehouse, self._for(question), against)

    def changes(self, question: Question, against: str) -> tuple[Change, ...]:
        """Return the like-for-like change of each row of a question for this audience."""
        return _changes(self.warehouse, self._for(question), against)

    def judged(self, change: Change) -> str:
        """Return 属正常波动 or 超出正常波动, or why neither is said; "" where there is nothing to judge."""
        return verdict_text(verdict(self.warehouse, change))
