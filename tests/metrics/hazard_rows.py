"""Hazard reports read naively: which are one hazard, which came before a case, in plain loops over the raw rows."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from metrics.warehouse import Warehouse
from tests.metrics.raw_enterprises import Enterprises
from tests.metrics.raw_rows import Record, newest, records, reported

SAME_DAYS, LEAD_DAYS = 30, 90
SEVERAL = re.compile("多家|数家|几家|若干|部分企业|各企业|[0-9二三四五六七八九十]+家企业")


def bare(number: str | None) -> str:
    """Return a number without brackets, blanks and marks."""
    return re.sub("[^0-9A-Za-z一-龥]", "", number or "").upper()


def usable(row: Record, name: str) -> date | None:
    """Return a date that says at least its month."""
    return row[name] if row[f"{name}_precision"] in ("day", "month") else None


def resolved_by(row: Record) -> date | None:
    """Return the last day on which a hazard may have been resolved."""
    day = usable(row, "resolved_date")
    if day and row["resolved_date_precision"] == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def said_firsts(rows: list[Record]) -> dict[str, str]:
    """Return what the ledger names as first of each report; `rows` stand in order. A ring is cut at its earliest."""
    numbers: dict[str, str] = {}
    place = {row["report_no"]: at for at, row in enumerate(rows)}
    for row in rows:
        numbers.setdefault(bare(row["report_no"]), row["report_no"])
    said = {row["report_no"]: numbers.get(bare(row["first_report_no"])) for row in rows if bare(row["first_report_no"])}
    known = {report: first for report, first in said.items() if first and first != report}
    return {report: first for report, first in known.items() if first not in known or place[first] < place[report]}


def firsts(rows: Iterable[Record], same: dict[str, str | None]) -> dict[str, str]:
    """Return the first report of every report that is not itself one; `same` tells the enterprise of a report."""
    ordered = sorted(rows, key=lambda row: (row["reported_date"], row["report_no"]))
    found = said_firsts(ordered)
    begun: dict[str, list[Record]] = {}
    for row in ordered:
        enterprise, signs = same[row["report_no"]], {sign for sign in row["signs"] or [] if sign}
        if row["report_no"] in found or enterprise is None or not signs:
            continue
        fitting = [first for first in begun.get(enterprise, []) if _is_same(first, row, signs)]
        if fitting:
            found[row["report_no"]] = fitting[0]["report_no"]
        elif row["verify_result"] != "false":
            begun.setdefault(enterprise, []).append(row)
    return {report: _head(report, found) for report in found}


def _is_same(first: Record, row: Record, signs: set[str]) -> bool:
    if not signs & set(first["signs"]):
        return False
    solved = resolved_by(first)
    is_soon = row["reported_date"] <= first["reported_date"] + timedelta(SAME_DAYS)
    return is_soon and (solved is None or row["reported_date"] <= solved)


def _head(report: str, found: dict[str, str]) -> str:
    while report in found:
        report = found[report]
    return report


@dataclass(frozen=True)
class Raw:
    """A street as its raw rows tell it: reports and cases, what became of and came before them, who has reported.

    `first` names the first report of those that are none; `before` holds the reports before a case, the earliest first.
    """

    warehouse: Warehouse
    reports: list[Record]
    cases: list[Record]
    first: dict[str, str]
    before: dict[str, list[Record]]
    hazards_told: set[tuple[str, date]]
    cases_told: set[tuple[str, date]]

    def is_window_known(self, case: Record) -> bool:
        """Return whether every month of the days before a case has its hazard reports."""
        month = (case["received_date"] - timedelta(LEAD_DAYS)).replace(day=1)
        while month <= case["received_date"]:
            if (case["community_id"], month) not in self.hazards_told:
                return False
            month = (month + timedelta(31)).replace(day=1)
        return True


def raw_of(warehouse: Warehouse) -> Raw:
    """Read a street."""
    reports, cases = (newest(records(warehouse, f"ledger.{name}")) for name in ("hazard", "dispute"))
    listed = Enterprises.read(warehouse)
    theirs = {row["report_no"]: listed.match(row, row["reported_date"]) for row in reports}
    of_case = {row["case_no"]: listed.match(row, row["received_date"]) for row in cases}
    first = firsts(reports, _same_enterprise(reports, theirs, listed))
    became = _became(reports, cases, first)
    before = {case["case_no"]: _before(case, reports, became, theirs, of_case[case["case_no"]]) for case in cases}
    told = [reported(warehouse, name) for name in ("hazard", "dispute")]
    return Raw(warehouse, reports, cases, first, before, told[0], told[1] & told[0])


def _same_enterprise(
    reports: list[Record], theirs: dict[str, str | None], listed: Enterprises
) -> dict[str, str | None]:
    """Return what tells whether two reports speak of one enterprise; None where none or several are named."""
    codes: dict[tuple[str, str], set[str]] = {}
    for row in reports:
        if row["enterprise_uscc"]:
            codes.setdefault((row["enterprise_name"], row["community_id"]), set()).add(row["enterprise_uscc"])
    found: dict[str, str | None] = {}
    for row in reports:
        name, place = row["enterprise_name"], (row["enterprise_name"], row["community_id"])
        code = row["enterprise_uscc"]
        if code is None and name and not SEVERAL.search(name):
            known = codes.get(place, set())
            found[row["report_no"]] = theirs[row["report_no"]] or (
                f"uscc:{min(known)}" if len(known) == 1 else None if place[1] is None else f"name:{place}"
            )
        else:
            found[row["report_no"]] = listed.of_code(code) or f"uscc:{code}" if code else None
    return found


def _became(reports: list[Record], cases: list[Record], first: dict[str, str]) -> dict[str, str | None]:
    """Return the case that each report, else the first of its hazard, is said to have become."""
    numbers: dict[str, str] = {}
    for case in sorted(cases, key=lambda row: (row["received_date"], row["case_no"])):
        numbers.setdefault(bare(case["case_no"]), case["case_no"])
    own = {row["report_no"]: numbers.get(bare(row["case_no"])) for row in reports}
    return {report: own[report] or own[first.get(report, report)] for report in own}


def _before(
    case: Record, reports: list[Record], became: dict[str, str | None], theirs: dict[str, str | None], enterprise: str | None
) -> list[Record]:  # fmt: skip
    found = []
    for row in reports:
        days, case_no = (case["received_date"] - row["reported_date"]).days, became[row["report_no"]]
        is_theirs = enterprise is not None and theirs[row["report_no"]] == enterprise
        is_guessed = case_no is None and is_theirs and days <= LEAD_DAYS and row["verify_result"] != "false"
        if days >= 0 and (case_no == case["case_no"] or is_guessed):
            found.append(row)
    return sorted(found, key=lambda row: (row["reported_date"], row["report_no"]))
