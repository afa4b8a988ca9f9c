"""Cells that are fine alone but not beside each other: more members than workers, closed before received.

These only warn. A count stays as written; a date that ends before it begins is unusable.
"""

from __future__ import annotations

import polars as pl

from etl.ledger import LedgerKind
from etl.values.cells import reasons
from etl.values.columns import BAD_SCHEMA, PLACE

# An old code often stands in the column of the new one; its length says which it is.
CODE_LENGTHS = {"uscc": 18, "org_code": 9, "reg_no": 15}
NOT_MORE = (("members", "workers"), ("female_workers", "workers"), ("persons", "person_times"))
NOT_BEFORE = (
    ("closed_date", "received_date"),
    ("closed_date", "applied_date"),
    ("term_end", "term_start"),
    ("left_date", "joined_date"),
    ("left_date", "entered_date"),
    ("verified_date", "reported_date"),
    ("resolved_date", "reported_date"),
)


def check_rows(kind: LedgerKind, rows: pl.DataFrame, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows, impossible ends of periods set to null, and the warnings in the shape of bad cells."""
    rows = _sort_codes(rows)
    found = [pl.DataFrame(schema=BAD_SCHEMA)]
    for part, whole in NOT_MORE:
        if part in rows.columns and whole in rows.columns:
            found.append(_more(kind, rows, frame, part, whole))
    for end, start in NOT_BEFORE:
        if end in rows.columns and start in rows.columns:
            rows, early = _before(kind, rows, frame, end, start)
            found.append(early)
    return rows, pl.concat(found)


def _sort_codes(rows: pl.DataFrame) -> pl.DataFrame:
    """Put each registration code into the column of its length where that column is empty."""
    if not set(CODE_LENGTHS) <= set(rows.columns):
        return rows
    sorted_codes = []
    for name, length in CODE_LENGTHS.items():
        places = [name, *(other for other in CODE_LENGTHS if other != name)]
        fitting = [pl.when(pl.col(place).str.len_chars() == length).then(place) for place in places]
        sorted_codes.append(pl.coalesce(fitting).alias(name))
    return rows.with_columns(sorted_codes)


def _warnings(
    kind: LedgerKind, frame: pl.DataFrame, is_wrong: pl.Series, facts: tuple[str, str, str, str]
) -> pl.DataFrame:
    """Return one bad cell per wrong row; `facts` are column, other column, code and sentence."""
    column, other, code, sentence = facts
    text = sentence.format(title=kind.columns[column].title, other=kind.columns[other].title, value="{}", against="{}")
    wrong = frame.filter(is_wrong)
    if not len(wrong):  # one of the columns may be absent
        return pl.DataFrame(schema=BAD_SCHEMA)
    return wrong.select(
        *PLACE,
        pl.lit(column).alias("column"),
        pl.lit(code).alias("code"),
        pl.format(text, pl.col(column).str.strip_chars(), pl.col(other).str.strip_chars()).alias("reason"),
        pl.col(column).alias("value"),
        pl.lit("warning").alias("severity"),
        pl.lit(None, pl.String).alias("suggestion"),
    )


def _more(kind: LedgerKind, rows: pl.DataFrame, frame: pl.DataFrame, part: str, whole: str) -> pl.DataFrame:
    is_wrong = rows.select((pl.col(part) > pl.col(whole)).fill_null(False)).to_series()
    sentence = reasons()["more_than_whole"]
    return _warnings(kind, frame, is_wrong, (part, whole, "more_than_whole", sentence))


def _before(
    kind: LedgerKind, rows: pl.DataFrame, frame: pl.DataFrame, end: str, start: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Compare as exactly as both dates are known; an end before its start becomes unknown."""
    precisions = (f"{end}_precision", f"{start}_precision")
    by_year = pl.any_horizontal(pl.col(precisions) == "year")
    by_month = pl.any_horizontal(pl.col(precisions) == "month")
    earlier = (
        pl.when(by_year).then(pl.col(end).dt.year() < pl.col(start).dt.year())
        .when(by_month).then(pl.col(end).dt.truncate("1mo") < pl.col(start).dt.truncate("1mo"))
        .otherwise(pl.col(end) < pl.col(start))
    )  # fmt: skip
    is_wrong = rows.select(earlier.fill_null(False)).to_series()
    sentence = reasons()["date_order"]
    warned = _warnings(kind, frame, is_wrong, (end, start, "date_order", sentence))
    lost = [pl.when(~is_wrong).then(pl.col(name)).alias(name) for name in (end, f"{end}_precision")]
    return rows.with_columns(lost), warned
