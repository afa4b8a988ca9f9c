"""A second, naive computation of every metric: plain loops over plain records, no SQL and nothing of `metrics`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from math import ceil

from tests.metrics.oracle_units import DIMS, TARGETS, Facts, facts_of, is_known, is_listed, period_months, units_of
from tests.metrics.tiny import Record, TinyStreet

# A row of these says a number of persons: rows of which none says it add up to nothing known, not to 0.
SAY_HOW_MUCH = {
    "workers", "members", "members_joined", "members_joined_target", "members_joined_target_progress", "members_registered",
}  # fmt: skip


def _matches(unit: Record, where: dict[str, set[str | None]], dims: frozenset[str]) -> bool:
    for name, wanted in where.items():
        if name not in dims:
            continue
        if name == "cause":
            causes: set[str | None] = set(unit["causes"]) or {None}
            if not causes & wanted:
                return False
        elif unit[DIMS[name]] not in wanted:
            return False
    return True


@dataclass
class Reading:
    """One naive answer row."""

    numerator: float | None
    denominator: float | None
    value: float | None
    known: int
    expected: int
    item_missing: int
    approximate: bool
    parts: dict[str, int] | None


def _side(
    units: list[Record], pairs: set[tuple[str, date]], months: list[date], cut: dict[str, str | None]
) -> tuple[list[Record], int]:
    """Return the unit rows that count, and how many are missing something."""
    counted, missing = [], 0
    for unit in units:
        if unit["month"] not in months or any(unit[DIMS[name]] != code for name, code in cut.items()):
            continue
        place = (unit["community_id"], unit["month"])
        if unit["community_id"] is not None and place not in pairs:
            continue
        if unit["community_id"] is None or unit["value"] is None or ("base" in unit and unit["base"] == "?"):
            missing += 1
        else:
            counted.append(unit)
    return counted, missing


def _with_missing_base(units: list[Record], metric: str) -> list[Record]:
    """Mark membership rows whose workers are unknown: they leave both sides."""
    if not metric.startswith("membership"):
        return units
    return [{**unit, "base": "?"} if unit["base"] is None else unit for unit in units]


def _pairs(
    street: TinyStreet, metric: str, scope: list[str], months: list[date], end: date
) -> tuple[set[tuple[str, date]], set[tuple[str, date]]]:
    """Return the community-months known on both sides, and those expected.

    Against a yearly target a community enters with all its months or not at all.
    """
    over = facts_of(metric).over
    expected = {(c, m) for c in scope for m in months if is_listed(street, c, m)}
    if over in TARGETS:
        whole = {
            c
            for c in scope
            if all(is_known(street, metric, c, m) for m in months if (c, m) in expected)
            and is_known(street, over, c, end)
            and is_listed(street, c, end)
        }
        return {(c, m) for c, m in expected if c in whole}, expected
    known = {(c, m) for c, m in expected if is_known(street, metric, c, m)}
    if over:
        known = {(c, m) for c, m in known if is_known(street, over, c, m)}
    return known, expected


def read(
    street: TinyStreet,
    metric: str,
    by: tuple[str, ...],
    ends: list[date],
    period: str,
    where: dict[str, set[str | None]],
) -> dict[tuple[str | None, ...], Reading]:
    """Answer a question naively; keys are one code per dimension asked (months as YYYY-MM)."""
    facts = facts_of(metric)
    scope = [c for c in street.communities if "community" not in where or c in where["community"]]
    units = [u for u in _with_missing_base(units_of(street, metric), metric) if _matches(u, where, facts.dims)]
    over_dims = facts_of(facts.over).dims if facts.over else frozenset()
    over_units = [u for u in units_of(street, facts.over) if _matches(u, where, over_dims)] if facts.over else []
    found: dict[tuple[str | None, ...], Reading] = {}
    for end in ends:
        months = period_months(street, metric, period, end)
        pairs, expected = _pairs(street, metric, scope, months, end)
        dims = [name for name in by if name != "month"]
        choices: list[list[str | None]] = []
        for name in dims:
            if name == "community":
                all_months = [m for e in ends for m in period_months(street, metric, period, e)]
                choices.append([c for c in scope if any(is_listed(street, c, m) for m in all_months)])
            else:
                choices.append(_codes_seen(street, metric, name, ends, period, scope, units, over_units, over_dims))
        for codes in product(*choices):
            cut = dict(zip(dims, codes, strict=True))
            key = tuple(f"{end:%Y-%m}" if name == "month" else cut[name] for name in by)
            found[key] = _reading(facts, metric, units, over_units, over_dims, pairs, expected, months, end, cut)
    return found


def _codes_seen(
    street: TinyStreet, metric: str, name: str, ends: list[date], period: str, scope: list[str],
    units: list[Record], over_units: list[Record], over_dims: frozenset[str],
) -> list[str | None]:  # fmt: skip
    seen: set[str | None] = set()
    for end in ends:
        months = period_months(street, metric, period, end)
        pairs, _ = _pairs(street, metric, scope, months, end)
        sides = [(units, True)] + [(over_units, name in over_dims)]
        for side, knows in sides:
            for unit in side if knows else []:
                is_in = unit["community_id"] is None or (unit["community_id"], unit["month"]) in pairs
                if unit["month"] in months and is_in:
                    seen.add(unit[DIMS[name]])
    return list(seen)


def _reading(
    facts: Facts, metric: str, units: list[Record], over_units: list[Record], over_dims: frozenset[str],
    pairs: set[tuple[str, date]], expected: set[tuple[str, date]], months: list[date], end: date,
    cut: dict[str, str | None],
) -> Reading:  # fmt: skip
    mine = {p for p in pairs if "community" not in cut or p[0] == cut["community"]}
    countable = mine if facts.over not in TARGETS else set(product({c for c, _ in mine}, months))
    owed = {p for p in expected if "community" not in cut or p[0] == cut["community"]}
    if not mine:
        return Reading(None, None, None, 0, len(owed), 0, False, None)
    counted, missing = _side(units, countable, months, cut)
    numerator: float | None = sum(u["value"] for u in counted)
    if not counted and missing and metric in SAY_HOW_MUCH:
        numerator = None
    approximate = any(u["approx"] for u in counted)
    denominator: float | None = None
    scale = 1.0
    if facts.is_share:
        denominator = sum(u["base"] for u in counted)
    elif facts.over:
        shared = {name: code for name, code in cut.items() if name in over_dims}
        at = months if facts.over == "workers" else [end]
        below, gone = _side(over_units, countable, at, shared)
        denominator = sum(u["value"] for u in below)
        # Workers are read at every month's end: as many are missing as on average, rounded up.
        missing += ceil(gone / len(at))
        approximate = approximate or any(u["approx"] for u in below)
        if facts.over == "workers":
            denominator, scale = denominator / len(months), 1000 * 12 / len(months)
    value = numerator
    if denominator is not None:
        value = numerator / denominator * scale if denominator and numerator is not None else None
    parts = None
    if metric == "coverage_rate":
        parts = {p: sum(1 for u in counted if u["part"] == p and u["value"]) for p in ("own", "covered")}
    return Reading(numerator, denominator, value, len(mine), len(owed), missing, approximate, parts)
