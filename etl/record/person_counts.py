"""Persons in a sensitive class become counts here: nothing that tells one of them from another goes further.

A row of counts says how many, of one community and class, are on file on the register's day (`on_file`), or entered or
left in a month, or have no month of entry (`entered_untold`). Entry and exit are counted apart, so that no row holds both days of one person.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from polars import col

from etl.ledger import LedgerKind

ON_FILE, ENTERED, LEFT, UNTOLD = "on_file", "entered", "left", "entered_untold"
SHEET = ("sheet_no", "unit_id", "as_of", "period_from", "period_to")


def person_counts(kind: LedgerKind, rows: pl.DataFrame, header_rows: Mapping[int, int]) -> pl.DataFrame:
    """Return the counts over a call's rows, in the shape of rows to store; each stands at its sheet's header.

    `rows`: typed, located rows with `fate`. A person in two sheets of one unit and day counts once.
    """
    about = kind.aggregate
    assert about is not None, "only a kind that says how it is counted"
    persons = rows.filter(col("fate") == "accepted")
    persons = persons.filter(pl.struct("unit_id", "as_of", "row_key").is_first_distinct())
    has_left = col(about.left).is_not_null() | (col(about.state) != about.held).fill_null(False)
    parts = [
        _counted(about.by, persons.filter(~has_left), ON_FILE, pl.lit(None, pl.Date)),
        _counted(about.by, persons, ENTERED, _month(about.entered)),
        _counted(about.by, persons, LEFT, _month(about.left)),
        _counted(about.by, persons.filter(_may_be_of_year(about.entered)), UNTOLD, pl.lit(None, pl.Date)),
    ]
    found = pl.concat(parts).with_columns(
        col("sheet_no").replace_strict(header_rows, return_dtype=pl.Int32).alias("row"),
        pl.concat_str("what", "community_id", about.by, col("month").cast(pl.String), separator="|", ignore_nulls=True)
        .alias("row_key"),
    )  # fmt: skip
    nothing = [pl.lit(None, pl.String).alias(name) for name in ("park_id", "located_by", "change")]
    return found.with_columns(*nothing, pl.lit("accepted").alias("fate"), pl.lit(True).alias("is_stored"))


def _month(name: str) -> pl.Expr:
    """Return the month of a date that is told to the month at least."""
    return pl.when(col(f"{name}_precision") != "year").then(col(name).dt.truncate("1mo"))


def _may_be_of_year(name: str) -> pl.Expr:
    """Return whether a date without a month may lie in the year of the register's day."""
    is_of_year = col(name).dt.year() == col("as_of").dt.year()
    return col(name).is_null() | ((col(f"{name}_precision") == "year") & is_of_year).fill_null(False)


def _counted(by: str, persons: pl.DataFrame, what: str, month: pl.Expr) -> pl.DataFrame:
    """Return how many persons there are of each sheet, community, class and month."""
    dated = persons.with_columns(month.alias("month"))
    if what in (ENTERED, LEFT):
        dated = dated.filter(col("month").is_not_null())
    keys = [*SHEET, "community_id", by, "month"]
    counts = dated.group_by(keys, maintain_order=True).len("persons").sort(keys, nulls_last=True)
    return counts.select(*keys, pl.lit(what).alias("what"), col("persons").cast(pl.Int64))
