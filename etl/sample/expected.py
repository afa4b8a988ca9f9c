"""Expected values, computed naively from what the ledgers' accepted rows say; the pipeline must agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from etl.sample.disputes import SUCCESS, YEARS
from etl.sample.enterprises import JOINED, LAST, SNAPSHOTS
from etl.sample.places import COMMUNITIES
from etl.sample.sheets import Sheet

GONE = ("deregistered", "revoked", "moved_out", "shell")
TERMINAL = ("mediated", "settled", "failed", "withdrawn", "transferred", "arbitration")


def _kind(row: dict[str, Any]) -> str | None:
    if row["union_status"] in (None, "none", "preparing") and "联合会" in (row["union_name"] or ""):
        return "federation"
    return row["union_status"]


def _community_numbers(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    own = [row for row in rows if _kind(row) == "own"]
    covered = [row for row in rows if _kind(row) in ("joint", "federation")]
    joined = [*own, *covered]
    known = [row for row in rows if row["workers"] is not None]
    large = [row for row in rows if row["is_above_scale"]]
    size25 = [row for row in rows if row["workers"] is not None and row["workers"] >= 25 and _kind(row) is not None]
    return {
        "enterprises": len(rows), "own": len(own), "covered": len(covered),
        "union_unknown": sum(_kind(row) is None for row in rows),
        "workers": sum(row["workers"] for row in known), "workers_unknown": len(rows) - len(known),
        "workers_approximate": sum(row["is_approx"] for row in known), "members": sum(row["members"] or 0 for row in rows), "members_beside_workers": sum(row["members"] or 0 for row in known),
        "above_scale": len(large), "above_scale_joined": sum(_kind(row) in JOINED for row in large),
        "above_scale_own": sum(_kind(row) == "own" for row in large),
        "own_1000plus": sum(row["workers"] is not None and row["workers"] >= 1000 for row in own),
        "size_25plus": len(size25), "size_25plus_own": sum(_kind(row) == "own" for row in size25),
        "joined_workers": sum(row["workers"] or 0 for row in joined if row["workers"] is not None),
        "joined_members": sum(row["members"] or 0 for row in joined if row["workers"] is not None),
    }  # fmt: skip


def registers(sheets: Iterable[Sheet]) -> dict[str, dict[str, Any]]:
    """Return the enterprise register's numbers by as-of month and community; '' holds the unlocated."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for sheet in sheets:
        if sheet.ledger == "enterprise" and sheet.as_of:
            for row in sheet.accepted():
                if row["status"] not in GONE:
                    found[f"{sheet.as_of:%Y-%m}"][row["community"] or ""].append(row)
    return {
        month: {name: _community_numbers(by[name]) for name in (*(c.name for c in COMMUNITIES), "") if by[name]}
        for month, by in sorted(found.items())
    }


def unions_formed(sheets: Iterable[Sheet]) -> dict[str, dict[str, int]]:
    """Return the enterprises joined by community and formation month, each read from its first register."""
    seen: set[tuple[int, date]] = set()
    found: dict[str, Counter[str]] = {name: Counter() for name in (*(place.name for place in COMMUNITIES), "")}
    ordered = sorted(
        (s for s in sheets if s.ledger == "enterprise" and s.as_of), key=lambda s: SNAPSHOTS.index(s.as_of or date.min)
    )
    for sheet in ordered:
        for row in sheet.accepted():
            formed = row["union_formed_date"]
            if formed is None or formed < date(2016, 1, 1) or (row["number"], formed) in seen:
                continue
            seen.add((row["number"], formed))
            found[row["community"] or ""][f"{formed:%Y-%m}"] += 1
    return {name: dict(sorted(counter.items())) for name, counter in found.items() if counter}


def dispute_numbers(sheets: Iterable[Sheet]) -> dict[str, dict[str, dict[str, int]]]:
    """Return received, closed, open at month's end, and mediated disputes by community and month."""
    months = [date(year, month, 1) for year in YEARS for month in range(1, 13)]
    result: dict[str, dict[str, dict[str, int]]] = {}
    rows = [row for sheet in sheets if sheet.ledger == "dispute" for row in sheet.accepted()]
    reported = {(s.unit, s.period[0]) for s in sheets if s.ledger == "dispute" and s.period}
    for place in COMMUNITIES:
        own = [row for row in rows if row["community"] == place.name]
        result[place.name] = {f"{m:%Y-%m}": _dispute_month(own, m) for m in months if (place.name, m) in reported}
    return result


def _is_closed(row: dict[str, Any]) -> bool:
    return row["outcome"] in TERMINAL and row["closed_date"] is not None


def _dispute_month(rows: Sequence[dict[str, Any]], month: date) -> dict[str, int]:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    received = [row for row in rows if month <= row["received_date"] < following]
    closed = [row for row in rows if _is_closed(row) and month <= row["closed_date"] < following]
    begun = [row for row in rows if row["received_date"] < following]
    return {
        "received": len(received), "closed": len(closed),
        "open": sum(not (_is_closed(row) and row["closed_date"] < following) for row in begun),
        "mediated": sum(row["outcome"] in SUCCESS for row in closed),
        "wages": sum(row["causes"][:1] == ("01",) for row in received),
    }  # fmt: skip


def targets(sheets: Iterable[Sheet]) -> dict[str, dict[str, dict[str, int]]]:
    """Return the communities' targets by year, indicator and community."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for sheet in (s for s in sheets if s.ledger == "target" and s.period):
        for row in (row for row in sheet.accepted() if row["community"]):
            year = f"{sheet.period[0].year}" if sheet.period else ""
            found.setdefault(year, {}).setdefault(row["indicator"], {})[row["community"]] = row["target"]
    return found


def union_register(sheets: Iterable[Sheet]) -> dict[str, dict[str, Any]]:
    """Return how many union organisations of each type each register lists, and the own unions' members."""
    found: dict[str, dict[str, Any]] = {}
    for sheet in (s for s in sheets if s.ledger == "union_org" and s.as_of):
        entry = found.setdefault(f"{sheet.as_of:%Y-%m}", {"types": Counter(), "own_members": 0})
        entry["types"].update(row["union_type"] for row in sheet.accepted())
        entry["own_members"] += sum(row["members"] or 0 for row in sheet.accepted() if row["union_type"] == "own")
    return found


def _joined_month(row: dict[str, Any]) -> date | None:
    """Return the month in which someone certainly was a member: of a bare year its last."""
    joined = row["joined"]
    return joined and (date(joined.year, 12, 1) if row["is_year"] else joined.replace(day=1))


def _persons(rows: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the roster rows of each person; nearly all have one."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["person"]].append(row)
    return list(found.values())


def _member_at(rows: list[dict[str, Any]], month: date) -> dict[str, Any] | None:
    """Return the row in which a person counts at a month's end: of the union joined last, of those still held."""
    held = []
    for row in rows:
        # without a date of joining a person is known from the roster's own month on
        joined, left = _joined_month(row) or LAST.replace(day=1), row["left"]
        if joined <= month and (left is None or left.replace(day=1) > month):
            held.append(row)
    return max(held, key=lambda row: row["joined"] or date.min, default=None)


def members(sheets: Iterable[Sheet]) -> dict[str, Any]:
    """Return members, verified members (both by month's end) and persons who joined, by community."""
    persons = _persons(row for sheet in sheets if sheet.ledger == "member" for row in sheet.accepted())
    joined: dict[str, Counter[str]] = {place.name: Counter() for place in COMMUNITIES}
    for rows in persons:
        first = min((row for row in rows if row["joined"]), key=lambda row: row["joined"], default=None)
        if first and not first["is_year"] and first["joined"] >= date(2016, 1, 1):
            joined[first["community"]][f"{first['joined']:%Y-%m}"] += 1
    at_end: dict[str, dict[str, dict[str, int]]] = {}
    for day in SNAPSHOTS[2:]:
        month, found = day.replace(day=1), {place.name: {"members": 0, "verified": 0} for place in COMMUNITIES}
        for row in filter(None, (_member_at(rows, month) for rows in persons)):
            found[row["community"]]["members"] += 1
            is_verified = row["verified"] is not None and row["verified"].replace(day=1) <= month
            found[row["community"]]["verified"] += is_verified
        at_end[f"{day:%Y-%m}"] = found
    return {"joined": {name: dict(sorted(counter.items())) for name, counter in joined.items()}, "at_end": at_end}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return every expected value for truth.json."""
    return {
        "registers": registers(sheets), "unions_formed": unions_formed(sheets), "disputes": dispute_numbers(sheets),
        "targets": targets(sheets), "union_register": union_register(sheets),
        "roster": members(sheets),
        "communities": {
            place.name: {"area_km2": place.area_km2, "residents": place.residents, "registered": place.registered}
            for place in COMMUNITIES
        },
    }  # fmt: skip
