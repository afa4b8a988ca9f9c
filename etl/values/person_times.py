"""人次 typed where 人数 belongs: the number goes to the column of person-times, the number of persons is unknown.

Persons and person-times are never added: forty persons who came three times are forty persons and 120 person-times.
"""

from __future__ import annotations

import polars as pl

from etl.ledger import LedgerKind
from etl.values.columns import BAD_SCHEMA, PLACE
from etl.values.reasons import reason_of

PERSONS, TIMES, CODE = "persons", "person_times", "person_times_as_persons"
TIMES_UNIT = "人次"
Moved = tuple[pl.DataFrame, pl.DataFrame | None, pl.DataFrame]


def has_both(kind: LedgerKind) -> bool:
    """Return whether a ledger tells persons and person-times in two columns."""
    return {PERSONS, TIMES} <= set(kind.columns)


def move_person_times(kind: LedgerKind, frame: pl.DataFrame, units: pl.DataFrame | None) -> Moved:
    """Return the texts with person-times in their own column, the sheets' units, and a warning for each cell that moved.

    `frame` and `units` as for `clean.clean`. What the column of person-times says itself goes before.
    """
    text = pl.col(PERSONS) if PERSONS in frame.columns else pl.lit(None, pl.String)
    own = pl.col(TIMES) if TIMES in frame.columns else pl.lit(None, pl.String)
    own = pl.when(own.str.strip_chars() != "").then(own)
    in_header = pl.lit(False)
    if units is not None:
        sheets = units.filter((pl.col("column") == PERSONS) & (pl.col("unit") == TIMES_UNIT))["sheet_no"]
        in_header = pl.col("sheet_no").is_in(sheets.cast(pl.Int32).implode())
        units = units.filter((pl.col("column") != PERSONS) | (pl.col("unit") != TIMES_UNIT))
    plain = text.str.normalize("NFKC").str.replace_all(r"[\s·]", "")
    frame = frame.with_columns((text.is_not_null() & (in_header | plain.str.contains(TIMES_UNIT))).alias("_moves"))
    moved = frame.filter("_moves").select(*PLACE, text.alias("value"))
    frame = frame.with_columns(
        pl.when("_moves").then(pl.coalesce(own, plain)).otherwise(own).alias(TIMES),
        pl.when("_moves").then(None).otherwise(text).alias(PERSONS),
    )
    return frame.drop("_moves"), units, _warnings(kind, moved)


def _warnings(kind: LedgerKind, moved: pl.DataFrame) -> pl.DataFrame:
    before, _mark, after = reason_of(CODE).sentence.replace("{title}", kind.columns[PERSONS].title).partition("{value}")
    facts = {"column": PERSONS, "code": CODE, "severity": "warning", "suggestion": None}
    texts = [pl.lit(value, pl.String).alias(name) for name, value in facts.items()]
    reason = pl.concat_str(pl.lit(before), pl.col("value").str.strip_chars(), pl.lit(after)).alias("reason")
    found = moved.select(*PLACE, "value", reason, *texts)
    return found.select(pl.col(name).cast(dtype) for name, dtype in BAD_SCHEMA.items())
