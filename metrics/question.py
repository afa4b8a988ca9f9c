"""What can be asked of the warehouse and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from analysis.intervals import ClusterSums
from metrics.catalogue import Metric

PERIODS = ("month", "quarter", "ytd", "union-year")
Audience = Literal["internal", "public"]
UNKNOWN = "unknown"  # the id of 不详 in links and filters; a row of unknown key has None


@dataclass(frozen=True, slots=True)
class Question:
    """One metric, cut by up to two dimensions, over the period that ends with `month`.

    `month` None is the street's default month. `start` is the first month (`--from`): with `by` month it is the first
    row, else the first month of the one period. `where` holds (dimension, ids or names or aliases), joined by AND.
    `audience` public (对外版) hides small counts of every metric, internal only those of sensitive ones.
    """

    metric: str
    by: tuple[str, ...] = ()
    month: date | None = None
    start: date | None = None
    period: str | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    audience: Audience = "internal"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why a row shows no figures: its count is under `below`, or (None) it would tell another hidden one."""

    below: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One number with both its sides and how much of it is known.

    `keys` has `<dimension>_id` and `<dimension>` (title) for each dimension asked, and `month` as YYYY-MM. Everything
    but the counts is None where nothing is known; `value` is the ratio itself (0.9604), `low`/`high` its 95 % range.
    `clusters` is there for a ratio clustered on enterprises: its range, limits and ranks are made from it.
    `hidden` says why a reported row shows nothing: all its figures are None, to protect persons.
    """

    keys: dict[str, str | None]
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    known: int
    expected: int
    item_missing: int
    approximate: bool
    parts: dict[str, float] | None
    clusters: ClusterSums | None = None
    hidden: Hidden | None = None

    @property
    def is_suppressed(self) -> bool:
        """Return whether the row's figures are kept back to protect persons."""
        return self.hidden is not None

    @property
    def is_partial(self) -> bool:
        """Return whether some community-months in scope have not reported."""
        return self.known < self.expected

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the terminal's JSON says it, keys first."""
        fields = [name for name in self.__dataclass_fields__ if name not in {"keys", "clusters", "hidden"}]
        said = {name: getattr(self, name) for name in fields}
        why = {} if self.hidden is None else {"is_suppressed": True, "suppressed_below": self.hidden.below}
        return {**self.keys, **said, **why}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that answer a question, and what was understood by it.

    `months` are the ends of the periods, in order: one, or with `by` month one for each row month. `first_month` is the
    first month of the first period.
    """

    question: Question
    metric: Metric
    generation_id: str
    generation_no: int
    month: date
    first_month: date
    period: str
    months: tuple[date, ...]
    rows: tuple[Row, ...]

    @property
    def row(self) -> Row:
        """Return the only row of a question without dimensions."""
        (row,) = self.rows
        return row

    def find(self, **keys: str | None) -> Row | None:
        """Return the row with these keys (`community_id="4403…"`, `month="2018-12"`), else None."""
        return next((row for row in self.rows if all(row.keys[name] == value for name, value in keys.items())), None)

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as the terminal's JSON says it."""
        return {
            "metric": self.metric.id,
            "month": f"{self.month:%Y-%m}",
            "from": f"{self.first_month:%Y-%m}",
            "period": self.period,
            "generation": self.generation_id,
            "generation_no": self.generation_no,
            "rows": [row.as_dict() for row in self.rows],
        }
