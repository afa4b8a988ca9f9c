"""Every row's fate: accepted, rejected, duplicate (the skipped ones were counted when the sheet was read)."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

import polars as pl
from polars import col

from etl import loads
from etl.clean import clean
from etl.codelist import CodeLists
from etl.ledger import LedgerKind
from etl.locate import locate
from etl.recognise import Sheet, gather
from etl.reporting import STREET, Reporting
from etl.street import Street

SNAPSHOT = ["unit_id", "as_of", "period_from", "period_to"]


@dataclass(frozen=True)
class Decided:
    """Rows to keep per ledger, bad cells with their place, and one entry per sheet with its counts."""

    ledgers: dict[str, pl.DataFrame]
    bad: pl.DataFrame
    sheets: dict[int, dict[str, Any]]


def decide(
    sheets: list[Sheet], reportings: list[Reporting], codes: CodeLists, street: Street, active: list[loads.Load]
) -> Decided:
    """Clean and locate all sheets, ledger by ledger, and give each row its fate."""
    ledgers, bads, entries = {}, [], {}
    numbered = list(enumerate(zip(sheets, reportings, strict=True)))
    for kind in {sheet.ledger.id: sheet.ledger for sheet in sheets}.values():
        mine = [(number, sheet, when) for number, (sheet, when) in numbered if sheet.ledger.id == kind.id]
        rows, bad, when = _clean(kind, mine, codes, street)
        rows, conflicts = _fates(kind, rows, active)
        bad = pl.concat([bad, conflicts], how="diagonal")
        ledgers[kind.id] = _kept(kind, rows, mine)
        bads.append(_placed(bad, mine))
        entries.update(_entries(rows, mine, when))
    empty = pl.DataFrame(schema=loads.BAD)
    return Decided(ledgers, pl.concat([empty, *bads]).select(*loads.BAD), entries)


Mine = list[tuple[int, Sheet, Reporting]]


def _clean(
    kind: LedgerKind, mine: Mine, codes: CodeLists, street: Street
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Return the typed, located rows of one ledger, their bad cells, and one row per sheet on unit and time."""
    frame, number_cells = gather(kind, [(number, sheet) for number, sheet, _when in mine])
    when = _when_of(mine)
    days = when.drop_nulls("as_of").select("sheet_no", "as_of")
    cleaned = clean(kind, frame, _units(mine), codes, number_cells, days if len(days) else None)
    units = when.select("sheet_no", pl.when(col("unit_id") != STREET).then(col("unit_id")).alias("community_id"))
    rows = locate(cleaned.rows, units, codes, street.path, kind)
    settled = _settled(rows, when)
    return rows.join(settled, on="sheet_no", maintain_order="left"), cleaned.bad, settled


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


def _content(kind: LedgerKind, rows: pl.DataFrame) -> pl.Series:
    """Return a hash per row of all mapped columns: what makes two rows equal."""
    return rows.select(list(loads.content_schema(kind))).hash_rows(seed=1).alias("content")


def _fates(kind: LedgerKind, rows: pl.DataFrame, active: list[loads.Load]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add `fate` and `is_stored`; return also the bad rows of keys that stand twice with different content."""
    rows = rows.with_columns(_content(kind, rows)).with_row_index("n")
    usable = rows.filter(~col("is_rejected"))
    again = usable.filter(~pl.struct(*SNAPSHOT, "content").is_first_distinct())["n"]
    rest = usable.filter(~col("n").is_in(again.implode()))
    conflicts = rest.filter(~pl.struct("sheet_no", "row_key").is_first_distinct())
    elsewhere = _in_active_loads(kind, rest, active)
    rejected = col("is_rejected") | col("n").is_in(conflicts["n"].implode())
    repeated = col("n").is_in(again.implode())
    fate = pl.when(rejected).then(pl.lit("rejected")).when(repeated | col("n").is_in(elsewhere.implode()))
    rows = rows.with_columns(
        fate.then(pl.lit("duplicate")).otherwise(pl.lit("accepted")).alias("fate"),
        (~rejected & ~repeated).alias("is_stored"),
    )
    bad = conflicts.select("sheet_no", "row").with_columns(
        pl.lit(None, pl.String).alias("column"),
        pl.lit("key_conflict").alias("code"),
        pl.lit(_("与本表上面一行编号（代码、名称）相同但内容不同，只保留上面一行")).alias("reason"),
        pl.lit(None, pl.String).alias("value"),
        pl.lit("reject").alias("severity"),
    )
    return rows, bad


def _in_active_loads(kind: LedgerKind, rows: pl.DataFrame, active: list[loads.Load]) -> pl.Series:
    """Return the numbers of rows that an active load holds already for the same unit and time."""
    wanted = rows.select(SNAPSHOT).unique()
    stored = []
    for load in active:
        path = load.path / f"{kind.id}.parquet"
        if path.exists():
            held = pl.read_parquet(path).join(wanted, on=SNAPSHOT, how="semi", nulls_equal=True)
            stored.append(held.with_columns(_content(kind, held)).select(*SNAPSHOT, "content"))
    if not stored:
        return rows["n"].clear()
    return rows.join(pl.concat(stored), on=[*SNAPSHOT, "content"], how="semi", nulls_equal=True)["n"]


def _kept(kind: LedgerKind, rows: pl.DataFrame, mine: Mine) -> pl.DataFrame:
    """Return the rows to store, with file and sheet, in the stored schema."""
    names = pl.DataFrame(
        [(number, sheet.file, sheet.sheet) for number, sheet, _when in mine],
        schema={"sheet_no": pl.Int32(), "file": pl.String(), "sheet": pl.String()},
        orient="row",
    )
    schema = loads.row_schema(kind)
    stored = rows.filter("is_stored").join(names, on="sheet_no", maintain_order="left")
    return stored.select(col(name).cast(dtype) for name, dtype in schema.items())


def letter(index: int) -> str:
    """Return a column's letters as Excel shows them (0 → A, 26 → AA)."""
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def _placed(bad: pl.DataFrame, mine: Mine) -> pl.DataFrame:
    """Add file, sheet, header and cell address to the bad cells."""
    cells = [(n, c.column, c.header, letter(c.index)) for n, sheet, _when in mine for c in sheet.columns]
    schema = {"sheet_no": pl.Int32(), "column": pl.String(), "header": pl.String(), "letters": pl.String()}
    files = [(n, sheet.file, sheet.sheet) for n, sheet, _when in mine]
    names = pl.DataFrame(
        files, schema={"sheet_no": pl.Int32(), "file": pl.String(), "sheet": pl.String()}, orient="row"
    )
    placed = bad.join(pl.DataFrame(cells, schema=schema, orient="row"), on=["sheet_no", "column"], how="left")
    placed = placed.join(names, on="sheet_no").sort("sheet_no", "row")
    placed = placed.with_columns((col("letters") + col("row").cast(pl.String)).alias("cell"))
    return placed.select(col(name).cast(dtype) for name, dtype in loads.BAD.items())


def _entries(rows: pl.DataFrame, mine: Mine, when: pl.DataFrame) -> dict[int, dict[str, Any]]:
    """Return one receipt entry per sheet."""
    counts = {(n, f): k for n, f, k in rows.group_by("sheet_no", "fate").len().iter_rows()}
    units = {row["sheet_no"]: row for row in when.iter_rows(named=True)}
    kept = rows.filter("is_stored").drop_nulls("community_id").group_by("sheet_no", "community_id").len()
    named: dict[int, dict[str, int]] = {}
    for number, community, found in kept.sort("sheet_no", "community_id").iter_rows():
        named.setdefault(number, {})[community] = found
    return {n: _entry(n, sheet, w, units[n], counts, named.get(n, {})) for n, sheet, w in mine}


def _entry(
    number: int,
    sheet: Sheet,
    when: Reporting,
    unit: dict[str, Any],
    counts: dict[tuple[int, str], int],
    communities: dict[str, int],
) -> dict[str, Any]:
    fates = {fate: counts.get((number, fate), 0) for fate in ("accepted", "rejected", "duplicate")}
    skipped = {name: sheet.skipped.get(name, 0) for name in loads.SKIPPED}
    dates = {name: str(unit[name]) if unit[name] else None for name in ("as_of", "period_from", "period_to")}
    return {
        "source": sheet,
        "sheet": sheet.sheet,
        "ledger": sheet.ledger.id,
        "unit_id": unit["unit_id"],
        "covers_all": when.covers_all,
        **dates,
        "header_row": sheet.header_row,
        "rows_read": sum(fates.values()) + sum(skipped.values()),
        "accepted": fates["accepted"],
        "rejected": fates["rejected"],
        "duplicates": fates["duplicate"],
        "skipped": skipped,
        "columns": [{"header": c.header, "column": c.column} for c in sheet.columns],
        "unmapped": list(sheet.unmapped),
        "communities": communities,
    }
