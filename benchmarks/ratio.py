"""A measured ratio: ours over a baseline taken in the same run, on the same machine, and the limit it must keep."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """One line of the report; `ours` and `base` in `unit`, `base` None where the limit is absolute."""

    title: str
    ours: float
    base: float | None
    limit: float
    unit: str = "毫秒"

    @property
    def measured(self) -> float:
        """Return what is compared with the limit."""
        return self.ours / self.base if self.base else self.ours

    @property
    def is_kept(self) -> bool:
        """Return whether the limit holds."""
        return self.measured <= self.limit

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells: title, ours, baseline, measured, limit, verdict."""
        base = f"{self.base:,.1f} {self.unit}" if self.base else "—"
        measured, limit = (f"{x:.2f}" if self.base else f"{x:,.1f} {self.unit}" for x in (self.measured, self.limit))
        return (
            self.title,
            f"{self.ours:,.1f} {self.unit}",
            base,
            measured,
            limit,
            "达到" if self.is_kept else "未达到",
        )


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Return the median duration of `work`, after one run that is not counted."""
    work()
    durations = []
    for _run in range(times):
        begun = time.perf_counter()
        work()
        durations.append(time.perf_counter() - begun)
    return statistics.median(durations) * 1000
