"""Bad cells of ledgers and columns in which persons are named: what is wrong and where, never what stood there."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl

from etl.ledger import LedgerKind
from etl.values.cells import MASK
from etl.values.reasons import reason_of


def without_values(kind: LedgerKind, bad: pl.DataFrame) -> pl.DataFrame:
    """Return the bad cells with the title of their reason instead of a sentence that repeats the cell.

    Of a register of persons that may not be copied all of them, of other ledgers those of columns that may name persons.
    """
    names = [one.id for one in kind.columns.values() if one.may_name]
    has_value = pl.col("value").is_not_null()
    at_risk = pl.col("column").is_in(names).fill_null(False) | (not kind.copied)
    unsaid = bad.select((has_value & at_risk) | (kind.aggregate is not None)).to_series()
    pairs = bad.select("column", "code").iter_rows()
    texts = [_sentence(kind, *pair) if is_one else None for pair, is_one in zip(pairs, unsaid, strict=True)]
    return bad.with_columns(
        pl.coalesce(pl.Series("reason", texts, dtype=pl.String), "reason").alias("reason"),
        pl.when(unsaid & has_value).then(pl.lit(MASK)).otherwise("value").alias("value"),
        pl.when(~unsaid).then("suggestion").alias("suggestion"),
    )


def _sentence(kind: LedgerKind, column: str | None, code: str) -> str:
    title = kind.columns[column].title if column in kind.columns else kind.title
    return _("{title}：{reason}（原文不显示，请对照原表）").format(title=title, reason=reason_of(code).title)
