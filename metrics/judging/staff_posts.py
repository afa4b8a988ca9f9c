"""Lists about the union's posts to check against the original ledger: by union and post, never by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from metrics.periods import shift
from metrics.warehouse import Warehouse

NOTICE_MONTHS = 6  # a term that runs out within so many months is told beforehand
PLACE = 'p.load_id, p.file, p.sheet, p."row"'
TERMS = f"""
    select c.community, coalesce(p.union_name, '未写明工会') as union_name, k.title as staff_kind, t.title as position,
           p.term_ends_on, p.term_ends_on <= $day as is_over, {PLACE}
    from core.staff_month as p
    inner join core.code as k on k.list = 'staff_kind' and p.staff_kind = k.code
    left join core.code as t on t.list = 'union_position' and p.position = t.code
    left join core.community as c on p.community_id = c.community_id
    where p.month = $month and p.is_on_post and p.term_ends_on <= $until
        and ($all or p.community_id in (select unnest($chosen::varchar[])))
    order by p.term_ends_on, c.official_order nulls last, union_name, k.code_order, p.file, p.sheet, p."row"
"""
RELATIVES = f"""
    select coalesce(c.community, '未写明社区') as community, 1 as posts, {PLACE}
    from core.staff_month as p
    left join core.community as c on p.community_id = c.community_id
    where p.month = $month and p.is_person and p.is_relative
        and ($all or p.community_id in (select unnest($chosen::varchar[])))
    order by c.official_order nulls last, p.file, p.sheet, p."row"
"""
OF_STREET = """
    select count(*) filter (is_staff), count(*) filter (is_on_post), max(as_of)
    from core.staff_month where month = $month and is_street_level
"""


@dataclass(frozen=True, slots=True)
class StreetStaff:
    """The street union's own posts, which no community's figures hold."""

    persons: int
    posts: int
    as_of: date | None


def _frame(warehouse: Warehouse, query: str, month: date, chosen: Sequence[str], **more: date) -> pl.DataFrame:
    asked = {"month": month, "all": not chosen, "chosen": list(chosen), **more}
    return warehouse.cursor().sql(query, params=asked).pl()


def terms(warehouse: Warehouse, month: date, chosen: Sequence[str] = ()) -> pl.DataFrame:
    """Return the posts whose term is over or runs out within half a year of the month's end, the earliest first."""
    day = shift(month, 1) - timedelta(days=1)
    until = shift(month, 1 + NOTICE_MONTHS) - timedelta(days=1)
    return _frame(warehouse, TERMS, month, chosen, day=day, until=until)


def relatives(warehouse: Warehouse, month: date, chosen: Sequence[str] = ()) -> pl.DataFrame:
    """Return where the ledger says 近亲属 (工会法第十条), one row per post, with the community.

    Neither union nor kind of post: with them a row would point at one person.
    """
    return _frame(warehouse, RELATIVES, month, chosen)


def street_staff(warehouse: Warehouse, month: date) -> StreetStaff:
    """Return the street's own persons and posts in a month."""
    [(persons, posts, as_of)] = warehouse.cursor().execute(OF_STREET, {"month": month}).fetchall()
    return StreetStaff(persons, posts, as_of)
