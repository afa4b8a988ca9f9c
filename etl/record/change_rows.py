"""What each row of a change list says became of its enterprise, union, member …: added, changed, removed."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
from polars import col

from etl.codelist import CodeLists
from etl.recognise import Sheet
from etl.record.change_lists import ADDED
from etl.values.cells import fold
from etl.values.columns import PLACE
from etl.values.reasons import reason_of

BAD = {
    "sheet_no": pl.Int32(),
    "row": pl.Int32(),
    **dict.fromkeys(("column", "code", "reason", "value", "severity"), pl.String()),
}


def bad_rows(places: pl.DataFrame, code: str, severity: str, value: str | None = None) -> pl.DataFrame:
    """Return reports on whole rows (`places`: sheet_no, row); `value` names a column that holds what was written."""
    text = col(value) if value else pl.lit(None, pl.String)
    reason = reason_of(code).sentence.replace("{title}", "")
    before, _mark, after = reason.partition("{value}")
    return places.select(
        *PLACE,
        pl.lit(None, pl.String).alias("column"),
        pl.lit(code).alias("code"),
        pl.concat_str(pl.lit(before), text.fill_null("") if _mark else pl.lit(""), pl.lit(after)).alias("reason"),
        text.alias("value"),
        pl.lit(severity).alias("severity"),
    ).cast({"row": pl.Int32, "sheet_no": pl.Int32})


def with_changes(
    rows: pl.DataFrame, bad: pl.DataFrame, sheets: Iterable[tuple[int, Sheet]], codes: CodeLists
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add `change` to the cleaned rows (null in a register) and reject those that do not say what changed.

    A row that changes or removes needs no more than its key: a required cell that is blank stays as it was.
    """
    lists = [(number, sheet) for number, sheet in sheets if sheet.mode == "change"]
    if not lists:
        return rows.with_columns(pl.lit(None, pl.String).alias("change")), bad
    texts = [
        (number, row, text) for number, sheet in lists for row, text in zip(sheet.rows, sheet.changes, strict=True)
    ]
    said = pl.DataFrame(texts, {"sheet_no": pl.Int32(), "row": pl.Int32(), "text": pl.String()}, orient="row")
    known = codes.lookup(["change"]).select("folded", pl.col("value").alias("change"))
    said = said.with_columns(pl.when(col("text").str.strip_chars() != "").then(fold(col("text"))).alias("folded"))
    said = said.join(known, on="folded", how="left", maintain_order="left")
    unclear = said.filter(col("change").is_null())
    written, blank = unclear.filter(col("folded").is_not_null()), unclear.filter(col("folded").is_null())
    rejects = [bad_rows(written, "change_unusable", "reject", "text"), bad_rows(blank, "change_blank", "reject")]
    rows = rows.join(said.select(*PLACE, "change"), on=PLACE, how="left", maintain_order="left")
    keyed = rows.filter((col("change") != ADDED) & col("row_key").is_not_null()).select(*PLACE, excused=True)
    bad = bad.join(keyed, on=PLACE, how="left", maintain_order="left")
    excused = (col("code") == "required_missing") & col("excused").fill_null(False)
    bad = pl.concat([bad.filter(~excused).drop("excused"), *rejects], how="diagonal")
    rejected = bad.filter(col("severity") == "reject").select(*PLACE, is_rejected=True).unique()
    rows = rows.drop("is_rejected").join(rejected, on=PLACE, how="left", maintain_order="left")
    return rows.with_columns(col("is_rejected").fill_null(False)), bad
