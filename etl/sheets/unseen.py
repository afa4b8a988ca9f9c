"""What the eye may miss: rows that are hidden or struck through, formulas whose result is not in the file."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from etl.instructions import UNSEEN
from etl.recognise import Sheet
from etl.record.change_rows import BAD, bad_rows
from etl.sheets.row_fates import NOTE

Marks = dict[str, list[int]]  # hidden and struck rows of a sheet, before any was left out


def marks_of(sheet: Sheet) -> Marks:
    """Return the sheet's data rows that are hidden and that are struck through."""
    return {"hidden": list(sheet.hidden), "struck": list(sheet.struck)}


def without_unseen(sheet: Sheet, leave_out: frozenset[str]) -> Sheet:
    """Return the sheet without the data rows that the clerk leaves out: they are skipped as notes."""
    gone = {row for mark in leave_out for row in marks_of(sheet)[mark]}
    if not gone:
        return sheet
    kept = [place for place, row in enumerate(sheet.rows) if row not in gone]
    return replace(
        sheet,
        rows=[sheet.rows[place] for place in kept],
        cells={name: [texts[place] for place in kept] for name, texts in sheet.cells.items()},
        changes=[sheet.changes[place] for place in kept] if sheet.changes else [],
        skipped={**sheet.skipped, NOTE: sheet.skipped[NOTE] + len(gone)},
        skipped_rows=sorted([*sheet.skipped_rows, *((row, NOTE) for row in gone)]),
    )


def unseen_warnings(number: int, sheet: Sheet, leave_out: frozenset[str]) -> list[pl.DataFrame]:
    """Return the reports on one sheet: every row left out, or one report on how many count as any other."""
    reports = []
    for mark in UNSEEN:
        if not (rows := marks_of(sheet)[mark]):
            continue
        places = {"sheet_no": [number] * len(rows), "row": rows, "count": [str(len(rows))] * len(rows)}
        frame = pl.DataFrame(places, {"sheet_no": pl.Int32(), "row": pl.Int32(), "count": pl.String()})
        if mark in leave_out:
            reports.append(bad_rows(frame, f"left_out_{mark}", "warning"))
        else:
            report = bad_rows(frame.head(1), f"{mark}_rows", "warning", "count")
            reports.append(report.with_columns(pl.lit(None, pl.String).alias("value")))
    return [report.select(*BAD) for report in reports]


def no_result_warnings(number: int, sheet: Sheet) -> list[pl.DataFrame]:
    """Return a report on every cell whose formula has no result: a program wrote it, and Excel has not opened it since."""
    kept = set(sheet.rows)  # without the rows that were left out
    found = [(number, row, column) for row, column in sheet.without_result if row in kept]
    if not found:
        return []
    schema = {"sheet_no": pl.Int32(), "row": pl.Int32(), "column": pl.String()}
    frame = pl.DataFrame(found, schema, orient="row")
    return [bad_rows(frame, "formula_no_result", "warning").with_columns(frame["column"]).select(*BAD)]
