"""Expected values of the street's own ledgers, counted naively over what their accepted rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from etl.sample.sheets import Sheet

Row = dict[str, Any]


def _rows(sheets: Iterable[Sheet], ledger: str) -> list[Row]:
    return [row for sheet in sheets if sheet.ledger == ledger for row in sheet.accepted()]


def _by_month(rows: Iterable[Row], column: str) -> dict[str, int]:
    return dict(sorted(Counter(f"{row[column]:%Y-%m}" for row in rows if row[column]).items()))


def _by(rows: Iterable[Row], column: str) -> dict[str, int]:
    return dict(sorted(Counter(row[column] for row in rows if row[column] is not None).items()))


def hazards(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the reports by month and result, the days of verification told, and the rewards paid by month."""
    paid: Counter[str] = Counter()
    for row in rows:
        if row["paid_date"] and row["reward_paid"]:
            paid[f"{row['paid_date']:%Y-%m}"] += row["reward_paid"]
    return {
        "reported": _by_month(rows, "reported_date"), "verified": _by_month(rows, "verified_date"),
        "by_result": _by(rows, "verify_result"), "by_level": _by(rows, "level"), "reward_paid_yuan": dict(sorted(paid.items())),
    }  # fmt: skip


def steps(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the steps by kind and month, and the sum of what they say was agreed."""
    agreed = sum(row["amount"] or 0 for row in rows if row["step"] in ("agreement", "settled"))
    return {"by_step": _by(rows, "step"), "by_month": _by_month(rows, "step_date"), "agreed_yuan": agreed}


def online(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the requests by month, item, state, answer and result; only what is done has a result."""
    by = {f"by_{name}": _by(rows, name) for name in ("item", "status", "satisfaction")}
    by["by_result"] = _by([row for row in rows if row["closed_date"]], "result")
    return {"applied": _by_month(rows, "applied_date"), "closed": _by_month(rows, "closed_date"), **by}


def dispute_amounts(rows: Sequence[Row]) -> dict[str, int]:
    """Return the three sums over all disputes, each over those that tell it."""
    names = ("amount_claimed", "amount_agreed", "amount_paid")
    return {name: sum(row[name] or 0 for row in rows) for name in names}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the expected values for truth.json."""
    facts = _rows(sheets, "risk_score")
    return {
        "hazards": hazards(_rows(sheets, "hazard")), "steps": steps(_rows(sheets, "case_step")),
        "online": online(_rows(sheets, "online_request")),
        "risk_facts": {"by_month": _by_month(facts, "fact_date"), "by_indicator": _by(facts, "indicator")},
        "amounts": dispute_amounts(_rows(sheets, "dispute")),
    }  # fmt: skip
