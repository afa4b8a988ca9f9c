"""The naive computation's unit rows, and what is known when: plain loops over plain records, nothing of `metrics`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.metrics.tiny import Record, TinyStreet

DIMS = {
    "community": "community_id", "park": "park_id", "industry": "industry", "size_band": "size_band",
    "ownership": "ownership", "union_status": "union_status", "cause": "cause", "channel": "channel",
    "outcome": "outcome",
}  # fmt: skip
TOPICS = {"disputes", "enterprises", "membership", "organising"}  # what the generated streets have ledgers for
TARGETS = {"unions_formed_target": "unions_formed", "members_joined_target": "members_joined"}
ROSTER = {"members_registered", "member_verified_rate", "members_joined", "members_joined_target_progress"}
ENTERPRISE_DIMS = {"community", "park", "industry", "size_band", "ownership", "union_status"}
DISPUTE_DIMS = {"community", "park", "industry", "size_band", "ownership", "cause", "channel", "outcome"}


def _own(e: Record) -> int | None:
    if e["workers"] is None or e["has_union"] is None:
        return None
    return int(e["is_own_union"])


def _enterprise_units(street: TinyStreet, metric: str) -> list[Record]:
    found = []
    for e in street.rows("enterprise_month"):
        if not e["is_operating"]:
            continue
        value: Any = 1
        base: Any = None
        approx = False
        if metric == "workers":
            value, approx = e["workers"], e["is_workers_approx"]
        elif metric == "members":
            value, approx = e["members"], e["is_members_approx"]
        elif metric.startswith("membership"):
            value, base = e["members"], e["workers"]
            approx = e["is_workers_approx"] or e["is_members_approx"]
            if metric == "membership_rate_unionised":
                if e["has_union"] is False:
                    continue
                value = None if e["has_union"] is None else value
        elif metric.startswith("coverage_rate"):
            value, base = e["has_union"], 1
            if metric == "coverage_rate_above_scale":
                if e["is_above_scale"] is False:
                    continue
                value = None if e["is_above_scale"] is None else value
        elif metric == "own_union_rate_25plus":
            if e["workers"] is not None and e["workers"] < 25:
                continue
            value, base = _own(e), 1
        part = "own" if e["is_own_union"] else "covered" if e["is_covered"] else None
        found.append({**e, "unit": e["enterprise_id"], "value": value, "base": base, "approx": approx, "part": part})
    return found


def _case_units(street: TinyStreet, metric: str) -> list[Record]:
    found = []
    for d in street.rows("dispute"):
        unit = {**d, "unit": d["dispute_id"], "value": 1, "base": None, "approx": False}
        if metric in {"disputes_received", "disputes_per_1000_workers"}:
            found.append({**unit, "month": d["received_month"]})
        elif metric == "disputes_open":
            for month in street.months:
                is_open = d["closed_month"] is None or d["closed_month"] > month
                if d["received_month"] <= month and is_open:
                    found.append({**unit, "month": month})
        elif d["is_closed"] and (metric == "disputes_closed" or d["is_mediated"]):
            found.append({**unit, "month": d["closed_month"]})
    return found


def _union_units(street: TinyStreet, metric: str) -> list[Record]:
    """Return the unions of a month; the rate leaves the months before the programme out altogether."""
    found = []
    for union in street.rows("member_month"):
        unit = {**union, "unit": union["union_id"], "base": None, "approx": False}
        if metric.startswith("members_joined"):
            found += [{**unit, "value": union["joined"]}] if union["joined"] else []
        elif union["members"] and metric == "members_registered":
            found.append({**unit, "value": union["members"]})
        elif union["members"] and union["is_verifiable"]:
            found.append({**unit, "value": union["verified"], "base": union["members"]})
    return found


def units_of(street: TinyStreet, metric: str) -> list[Record]:
    """Return the unit rows of a metric, one per unit and month."""
    if metric.startswith("disputes"):
        return _case_units(street, metric)
    if metric in {"unions_formed", "unions_formed_target_progress"}:
        formed = street.rows("union_formed")
        return [{**f, "unit": f["enterprise_id"], "value": 1, "base": None, "approx": False} for f in formed]
    if metric in TARGETS:
        return [
            {**t, "unit": t["target_id"], "month": month, "value": t["target"], "base": None, "approx": t["is_approx"]}
            for t in street.rows("target")
            for month in street.months
            if t["year"] == month.year and t["indicator"] == TARGETS[metric]
        ]
    if metric in ROSTER:
        return _union_units(street, metric)
    return _enterprise_units(street, metric)


@dataclass(frozen=True)
class Facts:
    """What the naive computation must be told about a metric."""

    ledgers: tuple[str, ...]
    is_flow: bool
    dims: frozenset[str]
    over: str | None = None
    is_share: bool = False


def facts_of(metric: str) -> Facts:
    """Return how a metric is read: written down a second time, not taken from the headers."""
    if metric.startswith("disputes"):
        over = "workers" if metric == "disputes_per_1000_workers" else None
        return Facts(("dispute",), metric != "disputes_open", frozenset(DISPUTE_DIMS), over)
    if metric == "unions_formed":
        return Facts(("enterprise",), True, frozenset(ENTERPRISE_DIMS - {"union_status"}))
    if metric == "unions_formed_target_progress":
        return Facts(("enterprise",), True, frozenset({"community"}), "unions_formed_target")
    if metric in TARGETS:
        return Facts(("target",), False, frozenset({"community"}))
    if metric in ROSTER:
        over = "members_joined_target" if metric == "members_joined_target_progress" else None
        is_share = metric == "member_verified_rate"
        return Facts(("member",), metric.startswith("members_joined"), frozenset({"community"}), over, is_share)
    return Facts(("enterprise",), False, frozenset(ENTERPRISE_DIMS), None, "rate" in metric)


def is_listed(street: TinyStreet, community: str, month: date) -> bool:
    return any(r["community_id"] == community and r["month"] == month for r in street.rows("community_month"))


def is_known(street: TinyStreet, metric: str, community: str, month: date) -> bool:
    """Return whether one side of a metric is known in a community-month."""
    facts = facts_of(metric)
    for ledger in facts.ledgers:
        reports = [
            r
            for r in street.rows("report")
            if (r["ledger"], r["community_id"], r["month"]) == (ledger, community, month)
        ]
        if not reports or not reports[0]["shows" if facts.is_flow else "holds"]:
            return False
    if metric in TARGETS:
        found = [t for t in street.rows("target") if (t["community_id"], t["year"]) == (community, month.year)]
        return any(t["indicator"] == TARGETS[metric] for t in found)
    if metric == "member_verified_rate":  # no rows: the programme had not begun, or no union tells who is verified
        here = [u for u in _union_units(street, metric) if (u["community_id"], u["month"]) == (community, month)]
        return any(unit["value"] is not None for unit in here)
    return True


def period_months(street: TinyStreet, metric: str, period: str, end: date) -> list[date]:
    """Return the months that are read for the period ending at `end`."""
    facts = facts_of(metric)
    period = "ytd" if metric.endswith("_target_progress") else period
    if not facts.is_flow or period == "month":
        return [end]
    if period == "quarter":
        first = date(end.year, (end.month - 1) // 3 * 3 + 1, 1)
    elif period == "ytd":
        first = date(end.year, 1, 1)
    else:
        first = date(end.year if end.month >= 10 else end.year - 1, 10, 1)
    return [month for month in street.months if first <= month <= end]
