"""The identity of what is in hand (cases, online requests): opening + received − closed = closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from metrics.periods import shift
from metrics.question import Answer, Question
from metrics.scope import months
from metrics.warehouse import Warehouse

Where = tuple[tuple[str, tuple[str, ...]], ...]
Ask = Callable[[Warehouse, Question], Answer]
DISPUTES = ("disputes_open", "disputes_received", "disputes_closed")
REQUESTS = ("online_open", "online_requests", "online_closed")


@dataclass(frozen=True, slots=True)
class Balance:
    """How what was in hand last month became this month's, over the communities known in both months."""

    opening: int
    received: int
    closed: int
    closing: int
    communities: int
    expected: int


def balance(
    ask: Ask, warehouse: Warehouse, month: date, where: Where = (), names: tuple[str, str, str] = DISPUTES
) -> Balance | None:
    """Return the identity of a month, or None where no community is known in it and in the month before.

    `ask` is `metrics.values.ask` or a cache before it; `names` are the metrics in hand, received, closed.
    """
    in_hand, received, ended = names
    before = shift(month, -1)
    if before not in months(warehouse):
        return None
    sides = (
        (in_hand, before),
        (received, month),
        (ended, month),
        (in_hand, month),
    )
    columns = [
        [row.value for row in ask(warehouse, Question(name, ("community",), at, period="month", where=where)).rows]
        for name, at in sides
    ]
    quadruples = list(zip(*columns, strict=True))
    known = [[int(value) for value in values if value is not None] for values in quadruples]
    complete = [values for values in known if len(values) == len(sides)]
    if not complete:
        return None
    opening, came, went, closing = (sum(column) for column in zip(*complete, strict=True))
    return Balance(opening, came, went, closing, len(complete), len(quadruples))
