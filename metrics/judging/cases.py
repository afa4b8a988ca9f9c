"""One dispute with everything that is known of its handling: facts, steps in order, linked reports and requests."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from typing import Any

from metrics import scope
from metrics.warehouse import Warehouse

MISPLACED = frozenset({"before_acceptance", "out_of_order", "after_closing"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `note`: what does not fit (as the checks say it), or that the dispute ledger told the date.

    `precision` is day, month or year, as far as the ledger wrote the date.
    """

    date: datetime.date
    title: str
    code: str
    organisation: str | None
    amount_yuan: float | None
    extended_to: datetime.date | None
    extension_days: int | None
    document_no: str | None
    precision: str
    is_out_of_order: bool
    note: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class LinkedReport:
    """A hazard report of this dispute; the informant is a number. `lead_days` None: later than acceptance, or undated."""

    report_id: str
    reported_date: datetime.date
    signs: tuple[str, ...]
    verify_result: str | None
    level: str | None
    resolved_date: datetime.date | None
    informant_no: str | None
    same_reason_text: str | None
    lead_days: int | None
    how: str | None


@dataclass(frozen=True, slots=True)
class LinkedRequest:
    """An online request that led to this dispute."""

    request_id: str
    applied_date: datetime.date
    item: str | None
    status: str | None
    closed_date: datetime.date | None
    result: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One dispute: what the dispute ledger says (three amounts, all causes), and what the other ledgers add to it.

    `ended_date`: closed as the dispute ledger says, or, where that is still open, ended as the steps say.
    """

    dispute_id: str
    enterprise: str | None
    enterprise_id: str | None
    community_id: str | None
    community: str
    causes: tuple[str, ...]
    channel: str
    outcome: str
    received_date: datetime.date
    closed_date: datetime.date | None
    ended_date: datetime.date | None
    is_closed: bool
    is_handled: bool
    workers_involved: int | None
    is_workers_approx: bool
    group_band: str | None
    amount_claimed_yuan: float | None
    amount_agreed_yuan: float | None
    amount_paid_yuan: float | None
    days_to_close: int | None
    days_report_to_closing: int | None
    days_warning_to_closing: int | None
    load_id: str
    file: str
    sheet: str
    row: int
    steps: tuple[Step, ...]
    reports: tuple[LinkedReport, ...]
    requests: tuple[LinkedRequest, ...]


def case_of(warehouse: Warehouse, number: str) -> Case | None:
    """Return the dispute of this number, however its brackets and hyphens are written; None where there is none."""
    return _case_of(warehouse, number.strip())


@lru_cache(maxsize=64)
def _case_of(warehouse: Warehouse, number: str) -> Case | None:
    dispute_id = _dispute_id(warehouse, number)
    return _case(warehouse, dispute_id) if dispute_id else None


def _dispute_id(warehouse: Warehouse, number: str) -> str | None:
    """Return the dispute that is written exactly so, else the only one whose letters, digits and hanzi are the same."""
    query = """
        select dispute_id, 1 as place from core.dispute where dispute_id = $number
        union all
        select dispute_id, 2 from core.case_key where case_key = $key
        order by place"""
    values = {"number": number, "key": re.sub("[^0-9A-Za-z一-龥]", "", unicodedata.normalize("NFKC", number))}
    found = warehouse.cursor().execute(query, values).fetchone()
    return found[0] if found else None


def _rows(warehouse: Warehouse, query: str, dispute_id: str) -> list[dict[str, Any]]:
    cursor = warehouse.cursor().execute(query, {"dispute": dispute_id})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _case(warehouse: Warehouse, dispute_id: str) -> Case:
    query = """
        select d.dispute_id, d.enterprise, d.enterprise_id, d.community_id, d.causes, d.channel, d.outcome,
               d.received_date, d.closed_date, f.ended_date, d.is_closed, f.is_handled, d.workers_involved,
               d.is_workers_approx, d.group_band, d.amount_claimed_yuan, d.amount_agreed_yuan, d.amount_paid_yuan,
               f.days_to_close, f.days_report_to_closing, f.days_warning_to_closing, d.load_id, d.file, d.sheet, d."row"
        from core.dispute as d inner join core.case_fact as f on d.dispute_id = f.dispute_id
        where d.dispute_id = $dispute"""
    [facts] = _rows(warehouse, query, dispute_id)
    said = {name: scope.title(warehouse, name, facts[name]) for name in ("channel", "outcome")}
    band = facts["group_band"]
    return Case(
        **{
            **facts,
            **said,
            "community": scope.title(warehouse, "community", facts["community_id"]),
            "causes": tuple(scope.title(warehouse, "cause", code) for code in facts["causes"] or ()),
            "group_band": band and scope.title(warehouse, "group_band", band),
        },
        steps=_steps(warehouse, dispute_id),
        reports=_reports(warehouse, dispute_id),
        requests=_requests(warehouse, dispute_id),
    )


def _steps(warehouse: Warehouse, dispute_id: str) -> tuple[Step, ...]:
    query = """
        with flaw as (
            select load_id, file, sheet, "row", list(flaw order by flaw, detail) as flaws,
                   list(detail order by flaw, detail) as details
            from core.case_flaw
            where dispute_id = $dispute
            group by load_id, file, sheet, "row"
        )
        select s.step, s.step_date, s.date_precision, s.extended_to, s.extension_days, s.amount_yuan, s.organisation,
               s.document_no, s.source, s.file, s.sheet, s."row", f.flaws, f.details
        from core.case_step as s
        left join flaw as f
            on s.load_id = f.load_id and s.file = f.file and s.sheet = f.sheet and s."row" = f."row"
        where s.dispute_id = $dispute
        order by s.step_order"""
    return tuple(_step(warehouse, row) for row in _rows(warehouse, query, dispute_id))


def _step(warehouse: Warehouse, row: dict[str, Any]) -> Step:
    flaws, details = row.pop("flaws") or (), row.pop("details") or ()
    if row.pop("source") == "dispute":
        details = (_("流程台账没有登记，据劳资纠纷台账"),)
    code = row.pop("step")
    return Step(
        date=row.pop("step_date"),
        title=scope.titles(warehouse, "case_step").get(code, code),
        code=code,
        precision=row.pop("date_precision"),
        is_out_of_order=bool(MISPLACED.intersection(flaws)),
        note="；".join(details),
        **row,
    )


def _reports(warehouse: Warehouse, dispute_id: str) -> tuple[LinkedReport, ...]:
    """Return the reports that came before acceptance, and those that the ledger says led to this dispute."""
    query = """
        select h.report_id, h.reported_date, h.signs, h.verify_result, h.level, h.resolved_date, h.informant_no,
               h.same_reason_text, r.lead_days, r.how
        from core.hazard as h
        left join core.dispute_report as r on h.report_id = r.report_id and r.dispute_id = $dispute
        where h.dispute_id = $dispute or r.dispute_id is not null
        order by h.reported_date, h.report_id"""
    results, levels = scope.titles(warehouse, "verify_result"), scope.titles(warehouse, "warning_level")
    signs = scope.titles(warehouse, "hazard_sign")
    return tuple(
        LinkedReport(
            **{
                **row,
                "signs": tuple(signs.get(code, code) for code in row["signs"] or ()),
                "verify_result": row["verify_result"] and results.get(row["verify_result"], row["verify_result"]),
                "level": row["level"] and levels.get(row["level"], row["level"]),
            }
        )
        for row in _rows(warehouse, query, dispute_id)
    )


def _requests(warehouse: Warehouse, dispute_id: str) -> tuple[LinkedRequest, ...]:
    query = """
        select request_id, applied_date, item, status, closed_date, result
        from core.online_request where dispute_id = $dispute order by applied_date, request_id"""
    lists = {"item": "online_item", "status": "online_status", "result": "online_result"}
    named = {name: scope.titles(warehouse, codes) for name, codes in lists.items()}
    return tuple(
        LinkedRequest(**{**row, **{name: known.get(row[name]) for name, known in named.items()}})
        for row in _rows(warehouse, query, dispute_id)
    )
