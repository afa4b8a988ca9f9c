"""What a generated sentence is and where it gets its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _
from pathlib import Path

from metrics import phrases, scope
from metrics.changes import Change
from metrics.judging.chance import verdict, verdict_text
from metrics.question import Answer, Question
from metrics.warehouse import Warehouse

NAMED = 3
MAP, DISPUTES, COMPARE = "pages/map.py", "pages/disputes.py", "pages/compare.py"
# A link sets every condition of its page: what the reader chose there before must not narrow the rows behind a sentence.
NO_CONDITION = {
    MAP: {
        "community": "all",
        "park": "all",
        "industry": "all",
        "size_band": "all",
        "union_status": "all",
        "view": "raw",
    },
    DISPUTES: {"community": "all", "cause": "all", "channel": "all"},
    COMPARE: {"own": "none", "order": "official"},
}


@dataclass(frozen=True)
class Source:
    """Where sentences get their numbers: the warehouse and the (cached) ways to ask it."""

    warehouse: Warehouse
    ask: Callable[[Warehouse, Question], Answer]
    change: Callable[[Warehouse, Question, str], Change]
    changes: Callable[[Warehouse, Question, str], tuple[Change, ...]]
    street: Path | None = None  # where alarms are answered

    @property
    def decimals(self) -> int:
        """Return how many decimals the street writes percentages with."""
        return int(scope.setting_number(self.warehouse, "decimals"))

    def answer(self, question: Question) -> Answer:
        """Answer a question about this source's warehouse."""
        return self.ask(self.warehouse, question)

    def judged(self, change: Change) -> str:
        """Return 属正常波动 or 超出正常波动, or why neither is said; "" where there is nothing to judge."""
        return verdict_text(verdict(self.warehouse, change))


@dataclass(frozen=True)
class Sentence:
    """One sentence, the page that shows its rows and the filters to set there."""

    text: str
    page: str
    query: dict[str, str] = field(default_factory=dict)


def sentence(text: str, page: str, month: date, **conditions: str) -> Sentence:
    """Return a sentence with a link that sets these conditions and no other."""
    return Sentence(text, page, {**NO_CONDITION[page], "month": f"{month:%Y-%m}", **conditions})


def compared(source: Source, change: Change) -> str:
    """Return a change as part of a sentence, over which communities where some have not reported, and how to take it."""
    note = phrases.like_for_like_text(change)
    text = phrases.change_sentence(change, source.decimals) + (f"（{note}）" if note else "")
    return "，".join(filter(None, (text, source.judged(change))))


def names_text(names: list[str]) -> str:
    """Return the first names and 等 where there are more."""
    return "、".join(names[:NAMED]) + (_("等") if len(names) > NAMED else "")
