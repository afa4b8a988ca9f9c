"""Cells that are text: names, numbers of cases, numbers that stand for persons; no person's name or number stays in them."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from etl.ledger import LedgerKind
from etl.values.cells import PERSONAL_NUMBER, SCIENTIFIC, tidy
from etl.values.unit_names import unit_alone, without_name

TYPES = ("text", "person_no")
NUMBERS = ("_no", "code")  # endings of columns that are numbers of things


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
    """Drop texts with a person's phone or identity number, which shifted cells or notes bring: a name stands beside it.

    Not keys that are numbers: a case's may look like one; in a register of persons every text is at risk. A name that a
    row needs keeps the unit in it.
    """
    keys = {name for key in kind.key for name in key}
    at_risk = [one for one in kind.columns.values() if one.type in TYPES]
    if not kind.identity:
        at_risk = [one for one in at_risk if one.id not in keys or not one.id.endswith(NUMBERS)]
    needed = [one.id for one in at_risk if one.required or one.id in keys]
    has_number = pl.col("column").is_in([one.id for one in at_risk]) & pl.col("value").str.contains(PERSONAL_NUMBER)
    texts = _replaced(texts, has_number & pl.col("column").is_in(needed), unit_alone, "personal_number")
    texts = _replaced(texts, has_number & ~pl.col("column").is_in(needed), lambda _text: None, "personal_number")
    may_name = pl.col("column").is_in([one.id for one in at_risk if one.may_name])
    return _replaced(texts, may_name & pl.col("code").is_null(), without_name, "person_in_unit")


def _replaced(texts: pl.DataFrame, which: pl.Expr, change: Callable[[str], str | None], code: str) -> pl.DataFrame:
    """Return the texts with `change` made to some of them, in Python: those that it changes get the code."""
    old = texts.filter(which.fill_null(False)).get_column("value").drop_nulls().unique()
    changed = {text: change(text) for text in old}
    changed = {text: new for text, new in changed.items() if new != text}
    if not changed:
        return texts
    is_changed = (which & pl.col("value").is_in(list(changed))).fill_null(False)
    new = pl.col("value").replace_strict(changed, default=None, return_dtype=pl.String)
    return texts.with_columns(
        pl.when(is_changed).then(new).otherwise("value").alias("value"),
        pl.when(is_changed).then(pl.lit(code)).otherwise("code").alias("code"),
    )


def parse_person_nos(texts: pl.DataFrame, kind: LedgerKind) -> pl.DataFrame:
    """Read numbers that stand for persons; what holds neither digit nor letter is a name and goes no further."""
    found = parse_texts(texts, kind)
    is_name = (pl.col("value").is_not_null() & ~pl.col("value").str.contains("[0-9A-Za-z]")).fill_null(False)
    return found.with_columns(
        pl.when(~is_name).then("value").alias("value"),
        pl.when(is_name).then(pl.lit("personal_name")).otherwise("code").alias("code"),
    )
