"""Every row's fate: accepted, rejected, duplicate (the skipped ones were counted when the sheet was read)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
from polars import col

from etl.clean import clean
from etl.codelist import CodeLists
from etl.instructions import Instructions
from etl.ledger import LedgerKind
from etl.locate import locate
from etl.places.points import settle_points
from etl.recognise import Sheet, gather
from etl.record import loads
from etl.record.change_rows import bad_rows, with_changes
from etl.record.holdings import Part
from etl.record.sheet_entries import Mine, entries_of, kept, placed
from etl.record.sheet_totals import sheet_totals
from etl.record.stored_rows import content_of, stored_rows
from etl.reporting import STREET, Reporting
from etl.sheets.unseen import no_result_warnings, unseen_warnings
from etl.street import Street
from etl.values.repair import with_repairs

SNAPSHOT = ["unit_id", "as_of", "period_from", "period_to", "change"]


@dataclass(frozen=True)
class Decided:
    """Rows to keep per ledger, bad cells with their place, and one entry per sheet with its counts."""

    ledgers: dict[str, pl.DataFrame]
    bad: pl.DataFrame
    sheets: dict[int, dict[str, Any]]


def decide(
    sheets: list[Sheet],
    reportings: list[Reporting],
    codes: CodeLists,
    street: Street,
    parts: list[Part],
    instructions: Instructions,
) -> Decided:
    """Clean and locate all sheets, ledger by ledger, and give each row its fate; `parts` are what is held already."""
    ledgers, bads, entries = {}, [], {}
    numbered = list(enumerate(zip(sheets, reportings, strict=True)))
    for kind in {sheet.ledger.id: sheet.ledger for sheet in sheets}.values():
        mine = [(number, sheet, when) for number, (sheet, when) in numbered if sheet.ledger.id == kind.id]
        rows, bad, when = _clean(kind, mine, codes, street, instructions.crs)
        rows, conflicts = _fates(kind, rows, parts)
        unseen = [r for n, sheet, _w in mine for r in unseen_warnings(n, sheet, instructions.leave_out)]
        blank = [r for n, sheet, _w in mine for r in no_result_warnings(n, sheet)]
        bad = pl.concat([bad, conflicts, *unseen, *blank], how="diagonal")
        ledgers[kind.id] = kept(kind, rows, mine)
        bads.append(placed(with_repairs(bad, kind), mine))
        entries.update(entries_of(rows, mine, when, int(street.settings["suppress_below"])))
        found = sheet_totals(kind, {number: sheet for number, sheet, _when in mine}, rows, bad, _units(mine), codes)
        for number, _sheet, _when in mine:
            entries[number]["totals"] = found.get(number, [])
    empty = pl.DataFrame(schema=loads.BAD)
    return Decided(ledgers, pl.concat([empty, *bads]).select(*loads.BAD), entries)


def _clean(
    kind: LedgerKind, mine: Mine, codes: CodeLists, street: Street, crs: str | None
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the typed, located rows of one ledger, their bad cells, and one row per sheet on unit and time."""
    frame, number_cells = gather(kind, [(number, sheet) for number, sheet, _when in mine])
    when = _when_of(mine)
    days = when.drop_nulls("as_of").select("sheet_no", "as_of")
    dates = days if len(days) else None
    limits = None if kind.aggregate else street.settings["age_limits"]  # a member's age, nobody else's
    cleaned = clean(kind, frame, _units(mine), codes, number_cells, dates, street.secret(), limits)
    cleaned = settle_points(cleaned, {number: sheet for number, sheet, _when in mine}, crs, codes, street)
    units = when.select("sheet_no", pl.when(col("unit_id") != STREET).then(col("unit_id")).alias("community_id"))
    rows, bad = with_changes(cleaned.rows, cleaned.bad, [(n, sheet) for n, sheet, _w in mine], codes)
    rows = locate(rows, units, codes, street.path, kind)
    settled = _settled(rows, when)
    return rows.join(settled, on="sheet_no", maintain_order="left"), bad, settled


def _units(mine: Mine) -> pl.DataFrame:
    """Return the units that headers state, one row per sheet and column."""
    stated = [(n, c.column, c.unit) for n, sheet, _when in mine for c in sheet.columns if c.unit]
    return pl.DataFrame(
        stated, schema={"sheet_no": pl.Int32(), "column": pl.String(), "unit": pl.String()}, orient="row"
    )


def _when_of(mine: Mine) -> pl.DataFrame:
    schema = {"sheet_no": pl.Int32(), "unit_id": pl.String(), "is_guess": pl.Boolean(), "as_of": pl.Date(),
              "period_from": pl.Date(), "period_to": pl.Date()}  # fmt: skip
    rows = [(number, w.unit_id, w.is_guess, w.as_of, w.period_from, w.period_to) for number, _sheet, w in mine]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _settled(rows: pl.DataFrame, when: pl.DataFrame) -> pl.DataFrame:
    """Fill a missing reporting unit: the one community of the community column, else the street.

    A guessed unit (坂田) stands only where the column names no community.
    """
    named = (
        rows.filter(col("located_by") == "column").group_by("sheet_no").agg(col("community_id").unique().alias("named"))
    )
    joined = when.join(named, on="sheet_no", how="left")
    alone = pl.when(col("named").list.len() == 1).then(col("named").list.first()).when(col("named").list.len() > 1)
    sure = pl.when(~col("is_guess")).then("unit_id")
    unit = pl.coalesce(sure, alone.then(pl.lit(STREET)), "unit_id", pl.lit(STREET))
    return joined.with_columns(unit.alias("unit_id")).drop("named", "is_guess")


def _fates(kind: LedgerKind, rows: pl.DataFrame, parts: list[Part]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add `fate` and `is_stored`; return also the bad rows of keys that stand twice with different content.

    What a sheet repeats of itself is not stored; what it repeats of another sheet or load is a duplicate in the counts
    and stored: the other may be undone or mended, and this sheet still says it.
    """
    content = rows.select(list(loads.read_schema(kind))).hash_rows(seed=1).alias("content")
    rows = rows.with_columns(content).with_row_index("n")
    usable = rows.filter(~col("is_rejected"))
    own = pl.struct("sheet_no", "change", "content").is_first_distinct()
    rest = usable.filter(own)
    is_first = pl.struct("sheet_no", "row_key").is_first_distinct()
    conflicts, sound = rest.filter(~is_first), rest.filter(is_first)
    again = [usable.filter(~own)["n"], sound.filter(~pl.struct(*SNAPSHOT, "content").is_first_distinct())["n"]]
    known = pl.concat([*again, _held(kind, sound, parts)])
    rejected = col("is_rejected") | col("n").is_in(conflicts["n"].implode())
    fate = pl.when(rejected).then(pl.lit("rejected")).when(col("n").is_in(known.implode()))
    rows = rows.with_columns(
        fate.then(pl.lit("duplicate")).otherwise(pl.lit("accepted")).alias("fate"),
        col("n").is_in(sound["n"].implode()).alias("is_stored"),
    )
    return rows, pl.concat([bad_rows(conflicts, "key_conflict", "reject"), _told_twice(sound)])


def _told_twice(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the warnings on keys that stand in two sheets of the same unit and time with different content."""
    distinct = rows.filter(pl.struct(*SNAPSHOT, "content").is_first_distinct())
    return bad_rows(distinct.filter(~pl.struct(*SNAPSHOT, "row_key").is_first_distinct()), "key_elsewhere", "warning")


def _held(kind: LedgerKind, rows: pl.DataFrame, parts: list[Part]) -> pl.Series:
    """Return the numbers of rows that are held already for the same unit and time; counts know no rows."""
    if kind.aggregate:
        return rows["n"].clear()
    held = stored_rows(parts, kind, rows.select(SNAPSHOT).unique())
    held = held.with_columns(content_of(kind, held))
    return rows.join(held, on=[*SNAPSHOT, "content"], how="semi", nulls_equal=True)["n"]
