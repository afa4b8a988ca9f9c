"""Rows of other ledgers that a unit row rests on: a dispute's steps and hazard report, a level's facts, a union's roster.

A unit row names one row of one ledger. Where a metric rests on more ledgers than that one, what its value is made of
stands there as well; each link says in one query which units rest on which rows, and is read in both directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Literal

from metrics.catalogue import Metric
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    import polars as pl

MOST_UNITS = 2_000  # beyond it the further rows are more than anybody reads: the units themselves are listed
COLUMNS = ("unit", "month", "ledger", "said", "load_id", "file", "sheet", "row", "last_row", "row_count")


@dataclass(frozen=True, slots=True)
class Link:
    """Which rows of `ledger` the units of a metric rest on.

    `sql` returns `unit` (what the metric's column `key` holds), `month` (null: every month), `said`, the row's ledger and
    its place. `spans`: where rows are of persons they are told as the first, the last and how many, never one by one.
    """

    ledger: str
    units: tuple[str, ...]
    key: Literal["unit_id", "unit_name"]
    title: str
    sql: str
    spans: str = ""


REPORT = """
    select r.dispute_id as unit, null::date as month, 'hazard' as ledger, h.report_id as said,
           h.load_id, h.file, h.sheet, h."row"
    from core.dispute_report as r
    inner join core.hazard as h on r.report_id = h.report_id
    where r.is_earliest"""
STEP = """
    select s.dispute_id as unit, null::date as month, case s.source when 'step' then 'case_step' else s.source end as ledger,
           coalesce(c.title, s.step) as said, s.load_id, s.file, s.sheet, s."row"
    from core.case_step as s
    left join core.code as c on c.list = 'case_step' and c.code = s.step
    where s.dispute_id is not null"""
POINT = """
    select p.enterprise_id as unit, p.month, p.ledger, p.title || coalesce('　' || format('{:g}', p.points) || '分', '') as said,
           p.load_id, p.file, p.sheet, p."row"
    from core.warning_point as p
    inner join core.warning_month as m on p.month = m.month and p.scheme = m.scheme"""
BASIS = """
    with basis as (
        select distinct r.month, s.snapshot_id, s.unit_id, s.as_of, s.community_id
        from core.report as r
        inner join core.snapshot as s
            on s.ledger = 'member' and r.community_id = s.community_id and s.as_of = coalesce(r.shows_as_of, r.as_of)
        where r.ledger = 'member'
    ),

    person as (
        select coalesce(community_id, '-') || '|'
               || regexp_replace(coalesce(union_name, employer, '未写明工会'), '[\\s（）()]', '', 'g') as unit,
               coalesce(union_name, employer, '未写明工会') as said,
               snapshot_id, unit_id, as_of, community_id, load_id, file, sheet, "row"
        from ledger.member
    )"""
IN_BASIS = """
    on b.snapshot_id = l.snapshot_id and b.unit_id = l.unit_id and b.as_of = l.as_of
    and (b.unit_id <> 'street' or l.community_id = b.community_id or l.community_id is null)"""
ROSTER = f"""{BASIS}
    select l.unit, b.month, 'member' as ledger, l.said, l.load_id, l.file, l.sheet, l."row"
    from basis as b inner join person as l {IN_BASIS}"""
# Persons are added up before they are spread over the months: 100,000 of them × 12 months took ten seconds.
ROSTER_SPANS = f"""{BASIS},
    spans as (
        select unit, min(said) as said, snapshot_id, unit_id, as_of, community_id, load_id, file, sheet,
               min("row") as "row", max("row") as last_row, count(*) as row_count
        from person
        group by unit, snapshot_id, unit_id, as_of, community_id, load_id, file, sheet
    )

    select l.unit, b.month, 'member' as ledger, l.said, l.load_id, l.file, l.sheet, l."row", l.last_row, l.row_count
    from basis as b inner join spans as l {IN_BASIS}"""

LINKS = (
    Link("hazard", ("dispute",), "unit_name", _("受理之前最早的隐患线索"), REPORT),
    Link("case_step", ("dispute", "deadline"), "unit_name", _("办理环节"), STEP),
    Link("risk_score", ("enterprise",), "unit_id", _("评分依据"), POINT),
    Link("member", ("union",), "unit_id", _("会员名册（逐人，只列起止行和行数）"), ROSTER, ROSTER_SPANS),
)


def link_of(metric: Metric) -> Link | None:
    """Return how a metric's units lead to rows of another ledger, None where their own row is all there is."""
    return next((link for link in LINKS if link.ledger in metric.ledgers and metric.unit in link.units), None)


def of_units(warehouse: Warehouse, metric: Metric, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the further rows that these unit rows rest on, in the order of the units; none for most metrics."""
    import polars as pl

    link, empty = link_of(metric), pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String()))
    if link is None or rows.is_empty():
        return empty
    units = rows[link.key].unique(maintain_order=True).to_list()[:MOST_UNITS]
    found = link.spans or f'select *, "row" as last_row, 1 as row_count from ({link.sql}) as link'
    query = f"""
        select unit, strftime(month, '%Y-%m') as month, ledger, said, load_id, file, sheet, "row", last_row, row_count
        from ({found}) as found
        where list_contains($units, unit) and (month is null or strftime(month, '%Y-%m') in (select unnest($months)))
        order by list_position($units, unit), month, file, sheet, "row" """
    values = {"units": units, "months": rows["month"].unique().to_list()}
    return warehouse.cursor().sql(query, params=values).pl()


def units_of(warehouse: Warehouse, link: Link, place: Sequence[Any]) -> list[tuple[str, Any]]:
    """Return the units (and the months, None for every month) that rest on one row."""
    query = f"""
        select distinct unit, month from ({link.sql}) as link
        where load_id = $1 and file = $2 and sheet = $3 and "row" = $4 order by unit, month"""
    return warehouse.cursor().execute(query, list(place)).fetchall()
