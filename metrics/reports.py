"""Who owes which ledger, and what is in: 应报、已报、零报告、未报."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from metrics.warehouse import Warehouse

IN = {"received", "nil"}


@dataclass(frozen=True, slots=True)
class ReportState:
    """One community's report of one ledger for one month; `state` is received, nil, carried or missing."""

    ledger: str
    title: str
    community_id: str
    community: str
    is_due: bool
    state: str
    as_of: date | None
    due_unit: str = "community"

    @property
    def is_missing(self) -> bool:
        """Return whether the report is owed for this very month and not in; a carried register is not in."""
        return self.is_due and self.state not in IN


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One ledger in one month: how many reports are owed and in (零报告 among them), and who is missing."""

    ledger: str
    title: str
    month: date
    due: int
    received: int
    nil: int
    missing: tuple[str, ...]


@lru_cache(maxsize=256)
def is_sent(warehouse: Warehouse, ledger: str) -> bool:
    """Return whether a ledger was ever sent: one that never was is not owed, and an older generation may not know it."""
    query = "select count(*) from core.report where ledger = $ledger and state in ('received', 'nil')"
    [(found,)] = warehouse.cursor().execute(query, {"ledger": ledger}).fetchall()
    return bool(found)


def report_states(warehouse: Warehouse, month: date, ledger: str | None = None) -> tuple[ReportState, ...]:
    """Return the state of every report of a month, by ledger, communities in official order."""
    query = """
        select r.ledger, k.title, r.community_id, c.community, r.is_due, r.state, r.as_of, k.due_unit
        from core.report as r
        inner join core.ledger_kind as k on r.ledger = k.ledger
        inner join core.community as c on r.community_id = c.community_id
        where r.month = $month and ($ledger is null or r.ledger = $ledger)
        order by k.kind_order, c.official_order"""
    found = warehouse.cursor().execute(query, {"month": month, "ledger": ledger}).fetchall()
    return tuple(ReportState(*row) for row in found)


def summary(warehouse: Warehouse, month: date) -> tuple[ReportSummary, ...]:
    """Return, for each ledger, what is owed for a month and what is in."""
    found = []
    for (ledger, title), states in groupby(report_states(warehouse, month), lambda state: (state.ledger, state.title)):
        owed = [state for state in states if state.is_due]
        if owed and owed[0].due_unit == "street":
            found.append(_of_street(owed, month, warehouse.street))
            continue
        received = sum(state.state in IN for state in owed)
        nil = sum(state.state == "nil" for state in owed)
        missing = tuple(state.community for state in owed if state.is_missing)
        found.append(ReportSummary(ledger, title, month, len(owed), received, nil, missing))
    return tuple(found)


def _of_street(owed: list[ReportState], month: date, street: str) -> ReportSummary:
    """Count a ledger that the street owes as one report: in where it speaks of any community, nil where all are."""
    states = {state.state for state in owed}
    received, nil = int(bool(states & IN)), int(states == {"nil"})
    return ReportSummary(owed[0].ledger, owed[0].title, month, 1, received, nil, () if received else (street,))
