"""The success rates and times of handling against a second, naive computation from the sample's ledger rows.

Plain loops over the rows as loaded; of the models only which reports have come in is taken, and which hazard report a
dispute is linked with (`core.dispute_report`, recomputed by the oracle of the hazards).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from metrics.question import Question, Row
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current

Record = dict[str, Any]
Unit = tuple[str | None, date, int | None]  # community, month, value (None: cannot be told)
LEDGERS = {
    "mediation_success_of_all": ("dispute",),
    "mediation_success_of_closed": ("dispute",),
    "mediation_success_of_handled": ("dispute", "case_step"),
    "dispute_days_to_close": ("dispute",),
    "days_report_to_closing": ("dispute", "hazard"),
    "days_warning_to_closing": ("dispute", "case_step"),
}
CLOSING = {"mediated", "settled", "failed", "withdrawn", "transferred", "arbitration"}
MEDIATED = {"mediated", "settled", "failed"}
HANDLING = {
    "negotiation_requested", "negotiation_replied", "negotiated", "mediated", "stuck", "extended", "mediation_failed",
    "agreement", "settled",
}  # fmt: skip
WARNING = {"clue", "warned", "reported"}


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def records(warehouse: Warehouse, query: str) -> list[Record]:
    cursor = warehouse.cursor().execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def newest(found: list[Record]) -> list[Record]:
    """Return the row of the latest period (then load) for each key; a community's own before the street's."""
    best: dict[str, Record] = {}
    for row in sorted(found, key=lambda r: (r["file"], r["sheet"], r["row"]), reverse=True):
        held = best.get(row["row_key"])
        rank = (row["period_to"], row["load_no"], row["unit_id"] != "street")
        if held is None or rank >= (held["period_to"], held["load_no"], held["unit_id"] != "street"):
            best[row["row_key"]] = row
    return list(best.values())


def bare(number: str) -> str:
    """Return a case number's letters, digits and hanzi."""
    return "".join(c for c in number if c.isascii() and c.isalnum() or "一" <= c <= "龥")


@dataclass(frozen=True)
class Facts:
    """Everything the naive computation reads."""

    disputes: list[Record]
    steps: dict[str, list[Record]]
    reported: dict[str, Record]
    shown: frozenset[tuple[str, str, date]]
    communities: tuple[str, ...]
    months: tuple[date, ...]
    settlement_counts: bool


@cache
def facts(warehouse: Warehouse) -> Facts:
    steps = defaultdict(list)
    for step in newest(records(warehouse, "from ledger.case_step")):
        steps[bare(step["case_no"])].append(step)
    hazards = {h["report_no"]: h for h in newest(records(warehouse, "from ledger.hazard"))}
    links = records(warehouse, "from core.dispute_report")
    reported: dict[str, Record] = {}
    for link in links:
        hazard, held = hazards[link["report_id"]], reported.get(link["dispute_id"])
        if held is None or (hazard["reported_date"], hazard["report_no"]) < (held["reported_date"], held["report_no"]):
            reported[link["dispute_id"]] = hazard
    shown = records(warehouse, "select ledger, community_id, month from core.report where shows")
    [setting] = records(warehouse, "select value from core.setting where key = 'settlement_counts'")
    return Facts(
        newest(records(warehouse, "from ledger.dispute")),
        steps,
        reported,
        frozenset((r["ledger"], r["community_id"], r["month"]) for r in shown),
        tuple(r["community_id"] for r in records(warehouse, "from core.community order by official_order")),
        tuple(r["month"] for r in records(warehouse, "from core.month order by month")),
        setting["value"] == "true",
    )


def days(start: Record, column: str, closed: Record) -> int | None:
    """Return the days from a row's date to closing; None where either is not a day or they are in the wrong order."""
    if start[f"{column}_precision"] != "day" or closed["closed_date_precision"] != "day":
        return None
    between: int = (closed["closed_date"] - start[column]).days
    return between if between >= 0 else None


def unit(known: Facts, metric: str, dispute: Record) -> Unit | None:
    """Return the one row of a dispute in a metric, None if it has none."""
    steps = known.steps.get(bare(dispute["case_no"]), [])
    outcome, place = dispute["outcome"], dispute["community_id"]
    is_closed = dispute["closed_date"] is not None and outcome in CLOSING
    is_success = is_closed and (outcome == "mediated" or (outcome == "settled" and known.settlement_counts))
    received = dispute["received_date"].replace(day=1)
    closed = dispute["closed_date"].replace(day=1) if is_closed else None
    if metric == "mediation_success_of_all":
        return place, received, int(is_success)
    if metric == "mediation_success_of_handled":
        is_handled = (is_closed and outcome in MEDIATED) or any(step["step"] in HANDLING for step in steps)
        return (place, received, int(is_success)) if is_handled else None
    if closed is None:
        return None
    if metric == "mediation_success_of_closed":
        return (place, closed, int(is_success)) if outcome in MEDIATED else None
    if metric == "dispute_days_to_close":
        return place, closed, days(dispute, "received_date", dispute)
    if metric == "days_report_to_closing":
        report = known.reported.get(dispute["case_no"])
        return (place, closed, days(report, "reported_date", dispute)) if report else None
    warnings = [step for step in steps if step["step"] in WARNING]
    if not warnings:
        return None
    first = min(warnings, key=lambda s: (s["step_date"], s["step_date_precision"]))
    return place, closed, days(first, "step_date", dispute)


def wanted(known: Facts, metric: str, units: list[Unit], places: tuple[str, ...], months: list[date]) -> Record:
    """Return what a metric is over these communities and months: only what has been reported counts."""
    held = {(p, m) for p in places for m in months if all((ledger, p, m) in known.shown for ledger in LEDGERS[metric])}
    if not held:
        return {"numerator": None, "denominator": None, "value": None, "known": 0, "item_missing": 0}
    here = [(place, value) for place, month, value in units if place is None or (place, month) in held]
    values = [value for place, value in here if place is not None and value is not None]
    counts = {"known": len(held), "item_missing": len(here) - len(values)}
    if metric.startswith("mediation"):
        share = sum(values) / len(values) if values else None
        return {"numerator": sum(values), "denominator": len(values), "value": share, **counts}
    middle = median(values) if values else None
    return {"numerator": middle, "denominator": None, "value": middle, **counts}


def assert_same(found: Row, expected: Record, what: str) -> None:
    got = {name: getattr(found, name) for name in expected}
    assert got == pytest.approx(expected, nan_ok=True), what


@pytest.mark.parametrize("metric", LEDGERS)
def test_each_community_and_month(warehouse: Warehouse, metric: str) -> None:
    """Every community × month and the street × month, the month alone and the year to date."""
    known = facts(warehouse)
    units = [u for d in known.disputes if (u := unit(known, metric, d)) is not None]
    assert any(value is not None for _place, _month, value in units), "the sample has such disputes"
    by_month: dict[tuple[str | None, date], list[Unit]] = defaultdict(list)
    for one in units:
        by_month[one[0], one[1]].append(one)
    first, last = known.months[0], date(2018, 12, 1)
    for period in ("month", "ytd"):
        for by, scopes in (
            (("month",), [known.communities]),
            (("community", "month"), [(c,) for c in known.communities]),
        ):
            answer = ask(warehouse, Question(metric, by, last, first, period))
            rows = {(row.keys.get("community_id"), row.keys["month"]): row for row in answer.rows}
            for places in scopes:
                for month in (m for m in known.months if m <= last):
                    span = [
                        m for m in known.months if (month.replace(month=1) if period == "ytd" else month) <= m <= month
                    ]
                    homeless = () if "community" in by else (None,)
                    here = [u for p in (*places, *homeless) for m in span for u in by_month.get((p, m), [])]
                    row = rows[places[0] if "community" in by else None, f"{month:%Y-%m}"]
                    assert_same(row, wanted(known, metric, here, places, span), f"{metric} {period} {places} {month}")


def test_the_three_rates_differ(warehouse: Warehouse) -> None:
    """They are three numbers with three denominators: none may silently become another."""
    month = date(2018, 12, 1)
    rates = [
        ask(warehouse, Question(metric, (), month, period="ytd")).row for metric in LEDGERS if "mediation" in metric
    ]
    assert len({row.denominator for row in rates}) == 3 and len({row.value for row in rates}) == 3
    all_, closed, handled = rates
    assert (all_.denominator or 0) > (handled.denominator or 0) and (closed.numerator or 0) > 0
