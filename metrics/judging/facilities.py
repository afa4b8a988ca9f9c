"""The facilities themselves as the ledger tells them: those that count, those inside another one, those not in use."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from metrics.question import UNKNOWN
from metrics.reports import is_sent
from metrics.warehouse import Warehouse

LEDGER = "facility"


@dataclass(frozen=True, slots=True)
class Facility:
    """One facility of a month; codes are told as titles, `rooms` are names, `is_counted`: in use and not inside another."""

    facility_id: str
    facility: str
    kind: str | None
    within: str | None
    union_name: str | None
    community_id: str | None
    community: str | None
    park_id: str | None
    park: str | None
    address: str | None
    lon: float | None
    lat: float | None
    area_m2: float | None
    is_area_approx: bool
    built_date: date | None
    hours: str | None
    build_mode: str | None
    rooms: tuple[str, ...]
    is_rooms_open: bool
    equipment: str | None
    tier: str | None
    star: int | None
    awarded: str | None
    awarded_by: str | None
    annual_input_yuan: float | None
    visits: int | None
    is_visits_approx: bool
    visits_daily: float | None
    has_six: bool | None
    status: str | None
    is_in_use: bool
    is_counted: bool
    as_of: date
    load_id: str
    file: str
    sheet: str
    row: int


@lru_cache(maxsize=32)
def facilities(warehouse: Warehouse, month: date) -> tuple[Facility, ...]:
    """Return every facility on the register of a month, communities in official order; () where it was never sent."""
    if not is_sent(warehouse, LEDGER):
        return ()
    query = """
        select f.facility_id, f.facility, k.title, f.within, f.union_name, f.community_id, c.community, f.park_id, p.park,
               f.address, f.lon, f.lat, f.area_m2, f.is_area_approx, f.built_date, f.hours, b.title, f.rooms, f.is_rooms_open,
               f.equipment, t.title, f.star, f.awarded, f.awarded_by, f.annual_input_yuan, f.visits, f.is_visits_approx,
               f.visits_daily, f.has_six, s.title, f.is_in_use, f.is_counted, f.as_of, f.load_id, f.file, f.sheet, f."row"
        from core.facility_month as f
        left join core.community as c on f.community_id = c.community_id
        left join core.park as p on f.park_id = p.park_id
        left join core.code as k on k.list = 'facility_kind' and f.kind = k.code
        left join core.code as b on b.list = 'build_mode' and f.build_mode = b.code
        left join core.code as t on t.list = 'facility_tier' and f.tier = t.code
        left join core.code as s on s.list = 'facility_status' and f.status = s.code
        where f.month = $month
        order by c.official_order nulls last, k.code_order nulls last, f.within nulls first, f.facility, f.facility_id"""
    found = warehouse.cursor().execute(query, {"month": month}).fetchall()
    return tuple(Facility(**_facts(row)) for row in found)


def _facts(row: tuple[Any, ...]) -> dict[str, Any]:
    facts = dict(zip((field.name for field in fields(Facility)), row, strict=True))
    return {**facts, "rooms": tuple(facts["rooms"] or ())}


def narrowed(found: tuple[Facility, ...], where: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Facility, ...]:
    """Return those of the communities and parks asked for; other conditions do not speak of facilities."""
    asked = {name: ids for name, ids in where if name in ("community", "park")}
    return tuple(
        each for each in found if all((getattr(each, f"{name}_id") or UNKNOWN) in ids for name, ids in asked.items())
    )
