"""The lists of 数字来源: which columns they have and how their cells are written."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl

from etl.ledger import ledger_kinds
from metrics.values import column_titles
from pages.parts.tables import TableColumn

FIRST = ("unit_name", "community", "month")
LAST = ("file", "sheet", "row")
NOT_SHOWN = {"unit_id", "load_id", "lon", "lat", "value", "base", "is_approximate"}
MOST_SHOWN = 3  # columns between the number and the place; the rest can be chosen
PLACE = (
    TableColumn("file", _("文件"), width="medium"),
    TableColumn("sheet", _("工作表"), width=110),
    TableColumn("row", _("行"), "integer", width="small"),
)
SPANS = (
    TableColumn("last_row", _("至行"), "integer", width="small"),
    TableColumn("row_count", _("行数"), "integer", width="small"),
)
OTHERS = (
    TableColumn("name", _("对象"), width="medium"),
    TableColumn("month", _("月份")),
    TableColumn("ledger", _("台账")),
    TableColumn("said", _("内容")),
    *PLACE,
)


def _column(name: str, dtype: pl.DataType, is_shown: bool = True, is_sum: bool = False) -> TableColumn:
    title = column_titles().get(name, name)
    if dtype == pl.Date:
        return TableColumn(name, title, "date", is_shown=is_shown)
    if name.endswith("_yuan") or dtype.is_float():
        return TableColumn(name, title, "money", is_shown=is_shown, is_sum=is_sum)
    if dtype.is_integer() or dtype.is_decimal():
        return TableColumn(name, title, "integer", is_shown=is_shown, is_sum=is_sum)
    return TableColumn(name, title, is_shown=is_shown)


def columns_of(frame: pl.DataFrame, side: str, is_summed: bool) -> tuple[TableColumn, ...]:
    """Return the columns of unit rows: which unit, where, when, how much it counts, its facts, where it stands.

    `is_summed`: the numbers add up to the figure, so an export adds them up, too.
    """
    counted = {"numerator": "value", "denominator": "base"}.get(side)
    first = [name for name in FIRST if name != "month" or frame[name].n_unique() > 1]
    coded = {name for name in frame.columns if name.endswith("_id") and name.removesuffix("_id") in frame.columns}
    rest = [name for name in frame.columns if name not in {*first, *LAST, *NOT_SHOWN, *coded, "month"}]
    number = [_column(counted, frame.schema[counted], is_sum=is_summed)] if counted else []
    facts = [_column(name, frame.schema[name], place < MOST_SHOWN) for place, name in enumerate(rest)]
    return (*(_column(name, frame.schema[name]) for name in first), *number, *facts, *PLACE)


def unit_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Return unit rows as a table writes them: yes and no as words."""
    flags = [name for name, dtype in frame.schema.items() if dtype == pl.Boolean]
    return frame.with_columns(pl.when(name).then(pl.lit(_("是"))).otherwise(pl.lit("")).alias(name) for name in flags)


def other_columns(frame: pl.DataFrame) -> tuple[TableColumn, ...]:
    """Return the columns of further rows; from which row to which only where rows are told as a span."""
    if not (frame["row_count"] > 1).any():
        return OTHERS
    return (*(column for column in OTHERS if column.id != "said"), *SPANS)


def other_rows(frame: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Return the further rows with the names of the units that rest on them and their ledgers' titles."""
    titles = {kind.id: kind.title for kind in ledger_kinds().values()}
    names = dict(zip(units["unit_id"], units["unit_name"], strict=True))
    several = pl.when(pl.col("row_count") > 1).then(pl.col("last_row")).alias("last_row")
    name = pl.col("unit").replace(names).alias("name")
    return frame.with_columns(pl.col("ledger").replace(titles), several, name)
