"""报送日历: who owes which ledger for a month by which day, and how it stands on a day: 应报、已报、零报告、迟报、未报、补报、退回待改."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from etl.notes import notes
from metrics.judging.calendar_owed import OPEN, STATE_TITLES, Owed
from metrics.judging.calendar_returns import Return, no_calendar, return_report, returns, take_back_return
from metrics.judging.calendar_words import reminder_of, reminder_text, summary_sentence
from metrics.periods import parse_month, shift
from metrics.reports import IN
from metrics.scope import check_month, default_month, months, settings
from metrics.warehouse import Warehouse

__all__ = [
    "OPEN",
    "STATE_TITLES",
    "Owed",
    "Return",
    "calendar_from",
    "default_calendar_month",
    "reminder_of",
    "reminder_text",
    "report_calendar",
    "return_report",
    "returns",
    "summary_sentence",
    "take_back_return",
]


@dataclass(frozen=True, slots=True)
class _Report:
    """What the generation says of one unit's report: its state, and what brought it (load number None for a tick)."""

    ledger: str
    title: str
    unit: str
    community_id: str
    community: str
    can_be_nil: bool
    due_on: date
    is_in: bool
    is_nil: bool
    arrivals: tuple[tuple[int | None, date], ...]


def report_calendar(
    warehouse: Warehouse, street: Path | None, month: date, as_of: date | None = None
) -> tuple[Owed, ...]:
    """Return what is owed for a month as it stands on a day (None: today), by ledger, communities in official order.

    `street` is the folder whose notes say what was sent back and when the month was closed; None without them. What
    came after the day is not in yet. QuestionError for a month that the warehouse does not have, or a generation of a
    program that knew no calendar.
    """
    day, since = as_of or date.today(), calendar_from(warehouse)
    sent_back = returns(street, month) if street else {}
    closed_on = _closed_on(street, month) if street else None
    return tuple(
        _owed(report, month, day, sent_back.get((report.ledger, report.community_id)), closed_on, month < since)
        for report in _reports(warehouse, check_month(warehouse, month))
    )


def default_calendar_month(warehouse: Warehouse, as_of: date | None = None) -> date:
    """Return the month that is being collected on a day: the one that ended last, else the street's default month."""
    ended = shift((as_of or date.today()).replace(day=1), -1)
    return ended if ended in months(warehouse) else default_month(warehouse)


def calendar_from(warehouse: Warehouse) -> date:
    """Return the first month of which late reports are spoken: as the street sets it, else that of its first load."""
    said = settings(warehouse).get("calendar_from", "null")
    if said != "null":
        return parse_month(said)
    try:
        query = "select received_on from intake.load order by load_no limit 1"
        [(first,)] = warehouse.cursor().execute(query).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise no_calendar(warehouse) from error
    return first.replace(day=1) if first else date.max


def _closed_on(street: Path, month: date) -> date | None:
    """Return the day of a month's 定稿 that holds."""
    found = [note["closed_on"] for note in notes(street, "closings") if note["month"] == f"{month:%Y-%m}"]
    return date.fromisoformat(found[0]) if found else None


def _reports(warehouse: Warehouse, month: date) -> list[_Report]:
    """Return what is due for a month; the communities of a ledger that the street owes become one line."""
    query = """
        select r.ledger, k.title, k.due_unit, k.mode = 'event', r.community_id, c.community, r.due_on, r.state,
               list({'no': a.load_no, 'day': a.received_on}) filter (where a.received_on is not null) as arrivals
        from core.report as r
        inner join core.ledger_kind as k on r.ledger = k.ledger
        inner join core.community as c on r.community_id = c.community_id
        left join core.report_arrival as a
            on r.ledger = a.ledger and r.community_id = a.community_id and r.month = a.month
            and r.state in ('received', 'nil')
        where r.month = $month and r.is_due
        group by all
        order by any_value(k.kind_order), any_value(c.official_order)"""
    try:
        rows = warehouse.cursor().execute(query, {"month": month}).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise no_calendar(warehouse) from error
    found: list[_Report] = []
    for (ledger, title, unit, can_be_nil), group in groupby(rows, lambda row: row[:4]):
        each = [
            _Report(ledger, title, unit, place, name, can_be_nil, due_on, state in IN, state == "nil", _came(came))
            for *_kind, place, name, due_on, state, came in group
        ]
        found += each if unit == "community" else [_of_street(each, warehouse.street)]
    return found


def _came(arrivals: list[dict[str, Any]] | None) -> tuple[tuple[int | None, date], ...]:
    """Return what brought a report as (load number, day), the order being no matter."""
    return tuple((one["no"], one["day"]) for one in arrivals or ())


def _of_street(each: list[_Report], street: str) -> _Report:
    """Return a street's ledger as one report: in where it speaks of any community, nil where all are."""
    arrivals = tuple(dict.fromkeys(one for report in each for one in report.arrivals))
    is_in, is_nil = any(report.is_in for report in each), all(report.is_nil for report in each)
    first = each[0]
    return replace(
        first, unit="street", community_id="", community=street, is_in=is_in, is_nil=is_nil, arrivals=arrivals
    )


def _owed(
    report: _Report, month: date, day: date, sent_back: Return | None, closed_on: date | None, is_before: bool
) -> Owed:
    """Judge one report on a day; before the calendar was in use the day does not tell what was in."""
    came = [(no, on) for no, on in report.arrivals if is_before or on <= day]
    back = sent_back if sent_back and sent_back.returned_on <= day else None
    state = _state(report, came, day, back, closed_on, is_before)
    is_in = report.is_in and bool(came)
    return Owed(
        ledger=report.ledger,
        title=report.title,
        unit=report.unit,
        community_id=report.community_id,
        community=report.community,
        month=month,
        due_on=report.due_on,
        state=state,
        received_on=min((on for _no, on in came), default=None),
        last_received_on=max((on for _no, on in came), default=None),
        times=sum(no is not None for no, _on in came),
        is_in=is_in,
        is_nil=is_in and report.is_nil,
        can_be_nil=report.can_be_nil,
        is_before_calendar=is_before,
        returned_on=back.returned_on if back else None,
        return_reason=back.reason if back else "",
        return_deadline=back.deadline if back else None,
    )


def _state(
    report: _Report, came: list[tuple[int | None, date]], day: date, back: Return | None, closed_on: date | None,
    is_before: bool,
) -> str:  # fmt: skip
    """Return the state of one report; of several that fit, the one that asks most of the unit."""
    is_in = report.is_in and bool(came)
    if back is not None:
        return "again" if is_in and _is_answered(came, back) else "returned"
    if not is_in:
        return "due" if day <= report.due_on and not is_before else "missing"
    first = min(on for _no, on in came)
    if not is_before and closed_on is not None and first > closed_on:
        return "again"
    if not is_before and first > report.due_on:
        return "late"
    return "nil" if report.is_nil else "received"


def _is_answered(came: list[tuple[int | None, date]], back: Return) -> bool:
    """Return whether a report came again after it was sent back: by a later load, or as a tick once that load is gone."""
    loads = [no for no, _on in came if no is not None]
    return max(loads) > back.load_no if loads else any(on >= back.returned_on for _no, on in came)
