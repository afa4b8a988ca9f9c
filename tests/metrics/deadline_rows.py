"""The street's own deadlines again, from the raw rows: a walk through each case's steps, nothing of our models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import chinese_calendar

from metrics.warehouse import Warehouse
from tests.etl.clocks import working_day
from tests.metrics.raw_rows import Record, newest, records

FINAL = {"mediated", "settled", "failed", "withdrawn", "transferred", "arbitration"}
ENDING = {"declined", "settled", "withdrawn", "transferred", "closed"}
OVER = {
    "agreement", "settled", "mediation_failed", "withdrawn", "transferred", "declined", "arbitration_applied", "closed",
}  # fmt: skip


@dataclass(frozen=True)
class Owed:
    """One duty of one case: when it began, its last day, and the day on which it stopped running."""

    case: str
    community: str | None
    channel: str | None
    rule: str
    started: date
    due: date
    stopped: date | None


def bare(number: str) -> str:
    """Return a case number's letters, digits and hanzi."""
    return "".join(c for c in number if (c.isascii() and c.isalnum()) or "一" <= c <= "龥")


def _steps(dispute: Record, told: list[Record], order: dict[str, int]) -> list[Record]:
    """Return a case's steps in order; what the ledger of steps lacks comes from that of disputes."""
    found = [{"step": s["step"], "on": s["step_date"], **s} for s in told]
    if all(s["step"] != "accepted" for s in found):
        found.append({"step": "accepted", "on": dispute["received_date"]})
    if _closed(dispute) and all(s["step"] not in ENDING for s in found):
        found.append({"step": "closed", "on": _closed(dispute)})
    return sorted(found, key=lambda s: (s["on"], order[s["step"]]))


def _closed(dispute: Record) -> date | None:
    return dispute["closed_date"] if dispute["outcome"] in FINAL else None


def _ended(dispute: Record, steps: list[Record]) -> date | None:
    if _closed(dispute):
        return _closed(dispute)
    endings = [s for s in steps if s["step"] in ENDING and s["on"] >= dispute["received_date"]]
    days = [s["on"] for s in endings if s["step"] == "closed"] or [s["on"] for s in endings]
    return max(days, default=None)


def _acceptance(steps: list[Record]) -> list[tuple[date, date, date | None]]:
    """Return the clocks of accepting an application: three working days from 收到调解申请."""
    found: list[tuple[date, date, date | None]] = []
    running, seen = None, False
    for step in steps:
        if step["step"] == "application" and running is None:
            running = step["on"]
            if not found and seen:  # accepted before the application was written down
                found, running = [(running, working_day(running, 3, chinese_calendar.is_workday), running)], None
        elif step["step"] in {"accepted", "declined"}:
            seen = True
            if running:
                found, running = (
                    [*found, (running, working_day(running, 3, chinese_calendar.is_workday), step["on"])],
                    None,
                )
    return found if running is None else [*found, (running, working_day(running, 3, chinese_calendar.is_workday), None)]


def _mediation(steps: list[Record]) -> list[tuple[date, date, date | None]]:
    """Return the clocks of mediation: 15 days from 受理, and what both sides agree before they are over."""
    found: list[tuple[date, date, date | None]] = []
    start, due, is_over = None, date.max, False
    for step in steps:
        if step["step"] == "accepted" and start is None:
            start, due, is_over = step["on"], step["on"] + timedelta(15), False
        elif start and step["step"] == "extended" and (step["extended_to"] or step["extension_days"] is not None):
            is_over = is_over or step["on"] > due
            longer = step["extended_to"] or due + timedelta(int(step["extension_days"]))
            due = due if is_over else max(due, longer)
        elif start and step["step"] in OVER:
            found, start = [*found, (start, due, step["on"])], None
    return [*found, (start, due, None)] if start else found


def owed(warehouse: Warehouse, until: date = date.max) -> list[Owed]:
    """Return every duty of every case of the street; what was agreed after a day made nothing longer by it."""
    order = {r["code"]: r["code_order"] for r in records(warehouse, "core.code") if r["list"] == "case_step"}
    told: dict[str, list[Record]] = {}
    for step in newest(records(warehouse, "ledger.case_step")):
        told.setdefault(bare(step["case_no"]), []).append(step)
    found = []
    for dispute in newest(records(warehouse, "ledger.dispute")):
        steps = _steps(dispute, told.get(bare(dispute["case_no"]), []), order)
        steps = [step for step in steps if step["step"] != "extended" or step["on"] <= until]
        ended = _ended(dispute, steps)
        facts: dict[str, Any] = {
            "case": dispute["case_no"],
            "community": dispute["community_id"],
            "channel": dispute["channel"],
        }
        for rule, clocks in (("D01", _acceptance(steps)), ("D04", _mediation(steps))):
            for start, due, met in clocks:
                stopped = min((day for day in (met, ended) if day), default=None)
                found.append(Owed(**facts, rule=rule, started=start, due=due, stopped=stopped))
    return found


def open_on(duties: list[Owed], day: date) -> list[Owed]:
    """Return the duties that run on a day."""
    return [d for d in duties if d.started <= day and (d.stopped is None or d.stopped > day)]
