"""Bad cells of persons in a sensitive class: what is wrong and where, never what stood there."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl

from etl.ledger import LedgerKind
from etl.values.cells import MASK
from etl.values.reasons import reason_of


def without_values(kind: LedgerKind, bad: pl.DataFrame) -> pl.DataFrame:
    """Return the bad cells with the title of their reason instead of a sentence that repeats the cell."""
    said = {
        (column, code): _sentence(kind, column, code) for column, code in bad.select("column", "code").unique().rows()
    }
    texts = [said[pair] for pair in bad.select("column", "code").iter_rows()]
    return bad.with_columns(
        pl.Series("reason", texts, dtype=pl.String),
        pl.when(pl.col("value").is_not_null()).then(pl.lit(MASK)).alias("value"),
        pl.lit(None, pl.String).alias("suggestion"),
    )


def _sentence(kind: LedgerKind, column: str | None, code: str) -> str:
    title = kind.columns[column].title if column in kind.columns else kind.title
    return _("{title}：{reason}（原文不显示，请对照原表）").format(title=title, reason=reason_of(code).title)
