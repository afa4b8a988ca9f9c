"""Cells that are text: names, numbers of cases, numbers that stand for persons; no person's name or number stays in them."""

from __future__ import annotations

import polars as pl

from etl.ledger import LedgerKind
from etl.values.cells import MASK, SCIENTIFIC, masked, tidy

TYPES = ("text", "person_no")


def parse_texts(texts: pl.DataFrame, kind: LedgerKind) -> pl.DataFrame:
    """Read distinct texts (`column`, `text`, `t`, `is_simple`, `code`): adds `value`, sets `code` where one is unusable."""
    # A simple text is as it should be; scientific notation holds a + and is not simple.
    is_simple = pl.col("is_simple") & pl.col("code").is_null()
    simple = texts.filter(is_simple).with_columns(pl.col("t").alias("value"))
    lost = pl.col("t").str.contains(SCIENTIFIC)
    rest = texts.filter(~is_simple).with_columns(
        pl.coalesce("code", pl.when(lost).then(pl.lit("scientific"))).alias("code")
    )
    value = pl.when(pl.col("t").is_not_null() & pl.col("code").is_null()).then(tidy(pl.col("text")))
    return _without_personal_numbers(pl.concat([simple, rest.with_columns(value.alias("value"))]), kind)


def _without_personal_numbers(texts: pl.DataFrame, kind: LedgerKind) -> pl.DataFrame:
    """Strike a person's phone and identity number out of texts, where shifted cells or notes bring them.

    Not out of keys: a case's number may look like one; the name of another ledger's thing (企业名称) never does. In a
    register of persons every text is at risk.
    """
    keys = set() if kind.identity else {name for key in kind.key for name in key if not name.endswith("_name")}
    at_risk = [column.id for column in kind.columns.values() if column.type in TYPES and column.id not in keys]
    struck = masked(pl.col("value"))
    is_struck = pl.col("column").is_in(at_risk) & (struck != pl.col("value")).fill_null(False)
    rest = pl.when(struck != MASK).then(struck)  # a number alone leaves nothing
    return texts.with_columns(
        pl.when(is_struck).then(rest).otherwise("value").alias("value"),
        pl.when(is_struck).then(pl.lit("personal_number")).otherwise("code").alias("code"),
    )


def parse_person_nos(texts: pl.DataFrame, kind: LedgerKind) -> pl.DataFrame:
    """Read numbers that stand for persons; what holds neither digit nor letter is a name and goes no further."""
    found = parse_texts(texts, kind)
    is_name = (pl.col("value").is_not_null() & ~pl.col("value").str.contains("[0-9A-Za-z]")).fill_null(False)
    return found.with_columns(
        pl.when(~is_name).then("value").alias("value"),
        pl.when(is_name).then(pl.lit("personal_name")).otherwise("code").alias("code"),
    )
