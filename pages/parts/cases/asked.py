"""What 纠纷办理 asks of the judging room, once per generation; every cache key holds the warehouse."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from metrics.judging import due
from metrics.judging.due import Clock, DueRow, DueSummary
from metrics.warehouse import Warehouse

Where = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=32)
def due_rows(warehouse: Warehouse, day: date, where: Where = ()) -> tuple[DueRow, ...]:
    """Return the street's open deadlines on a day, overdue first."""
    return due.due_rows(warehouse, day, where)


@lru_cache(maxsize=32)
def due_summary(warehouse: Warehouse, day: date, where: Where = ()) -> DueSummary:
    """Return how many cases and deadlines are open, overdue and due soon on a day."""
    return due.due_summary(warehouse, day, where)


@lru_cache(maxsize=32)
def clocks(warehouse: Warehouse, case: str, day: date) -> tuple[Clock, ...]:
    """Return every deadline of one case that has begun, with its state on the day."""
    return due.clocks(warehouse, case, day)
