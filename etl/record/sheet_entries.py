"""What a load keeps of its sheets: the rows to store, the bad cells with their place, one receipt entry per sheet."""

from __future__ import annotations

from math import ceil
from typing import Any

import polars as pl
from polars import col

from etl.ledger import LedgerKind
from etl.recognise import Sheet
from etl.record import loads
from etl.record.person_counts import person_counts
from etl.reporting import Reporting
from etl.sheets.unseen import marks_of

Mine = list[tuple[int, Sheet, Reporting]]


def kept(kind: LedgerKind, rows: pl.DataFrame, mine: Mine) -> pl.DataFrame:
    """Return the rows to store, with file and sheet, in the stored schema."""
    names = pl.DataFrame(
        [(number, sheet.file, sheet.sheet) for number, sheet, _when in mine],
        schema={"sheet_no": pl.Int32(), "file": pl.String(), "sheet": pl.String()},
        orient="row",
    )
    schema = loads.row_schema(kind)
    if kind.aggregate:
        rows = person_counts(kind, rows, {number: sheet.header_row for number, sheet, _when in mine})
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


def placed(bad: pl.DataFrame, mine: Mine) -> pl.DataFrame:
    """Add file, sheet, header and cell address to the bad cells; a row's own problem stands at its key's cell."""
    cells = [(n, c.column, c.header, letter(c.index)) for n, sheet, _when in mine for c in sheet.columns]
    schema = {"sheet_no": pl.Int32(), "column": pl.String(), "header": pl.String(), "letters": pl.String()}
    files = [(n, sheet.file, sheet.sheet) for n, sheet, _when in mine]
    names = pl.DataFrame(
        files, schema={"sheet_no": pl.Int32(), "file": pl.String(), "sheet": pl.String()}, orient="row"
    )
    placed = bad.join(pl.DataFrame(cells, schema=schema, orient="row"), on=["sheet_no", "column"], how="left")
    placed = placed.join(names, on="sheet_no").sort("sheet_no", "row")
    letters = pl.coalesce("letters", pl.col("sheet_no").replace_strict(_key_letters(mine), return_dtype=pl.String))
    placed = placed.with_columns((letters + col("row").cast(pl.String)).alias("cell"))
    return placed.select(col(name).cast(dtype) for name, dtype in loads.BAD.items())


def _key_letters(mine: Mine) -> dict[int, str | None]:
    """Return by sheet the letters of the first key column it has: where a problem of a whole row is shown."""
    found = {}
    for number, sheet, _when in mine:
        at = {column.column: letter(column.index) for column in sheet.columns}
        found[number] = next((at[name] for key in sheet.ledger.key for name in key if name in at), None)
    return found


def entries_of(rows: pl.DataFrame, mine: Mine, when: pl.DataFrame, below: int) -> dict[int, dict[str, Any]]:
    """Return one receipt entry per sheet; of persons who are only counted the next multiple of `below` is said."""
    counts = {(n, f): k for n, f, k in rows.group_by("sheet_no", "fate").len().iter_rows()}
    units = {row["sheet_no"]: row for row in when.iter_rows(named=True)}
    stored = rows.filter("is_stored").drop_nulls("community_id").group_by("sheet_no", "community_id").len()
    named: dict[int, dict[str, int]] = {}
    counts_persons = {number for number, sheet, _when in mine if sheet.ledger.aggregate}
    for number, community, found in stored.sort("sheet_no", "community_id").iter_rows():
        # How many persons a community has on file stands in no receipt: only that it has some.
        named.setdefault(number, {})[community] = 1 if number in counts_persons else found
    for place in [(number, fate) for number, fate in counts if number in counts_persons and fate != "rejected"]:
        counts[place] = ceil(counts[place] / below) * below
    return {
        n: _entry(n, sheet, w, units[n], counts, named.get(n, {}))
        | ({"rounded_to": below} if n in counts_persons else {})
        for n, sheet, w in mine
    }


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
        "mode": sheet.mode,
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
        **{mark: len(rows) for mark, rows in marks_of(sheet).items()},
        "mapping": sheet.mapping,
        "crs": sheet.crs,
        "reasons": list(sheet.reasons),
    }
