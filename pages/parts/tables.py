"""Tables on the screen and as files; the only caller of st.dataframe.

Only the columns that are shown leave the program, and texts that a spreadsheet would take for formulas are made
harmless, because the browser's own CSV export cannot be switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from gettext import gettext as _
from typing import Any, Literal

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from briefing.printable import CHANGE, DANGEROUS
from metrics.warehouse import Warehouse
from pages.parts import exports
from pages.parts.exports import Sheet, TableColumn
from pages.parts.theme import SAMPLE_MARK

__all__ = ["TableColumn", "export_buttons", "show_table"]
FEW_ROWS = 50  # below it dictionaries cost more than they save
MOST_CODES = 100  # a text with fewer different values is sent as a code
LAZY_ROWS = 1_000  # above it Streamlit sends what is in sight only


def _config(column: TableColumn) -> Any:
    make = st.column_config
    given: dict[str, Any] = {"label": column.title, "help": column.help, "width": column.width}
    if column.kind in {"integer", "money"}:
        return make.NumberColumn(format="localized", **given)
    if column.kind == "decimal":
        return make.NumberColumn(format=f"%,.{column.decimals}f", **given)
    if column.kind == "percent":
        return make.NumberColumn(format=f"%.{column.decimals}f%%", **given)
    if column.kind in {"date", "month"}:
        return make.DateColumn(format="YYYY-MM-DD" if column.kind == "date" else "YYYY-MM", **given)
    if column.kind == "sparkline":
        return make.LineChartColumn(**given)
    if column.kind == "link":  # to another page of this program
        return make.LinkColumn(display_text=_("查看"), **given)
    return make.TextColumn(**given)


def _safe_text(name: str) -> pl.Expr:
    text = pl.col(name)
    pattern = f"^[{''.join(chr(92) + sign if sign in '+-' else sign for sign in DANGEROUS)}]"
    is_formula = text.str.contains(pattern) & ~text.str.contains(f"^(?:{CHANGE.pattern})$")
    return pl.when(is_formula).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(name)


def _expression(frame: pl.DataFrame, column: TableColumn) -> pl.Expr:
    dtype, cell = frame.schema[column.id], pl.col(column.id)
    if column.kind == "percent":
        return cell * 100
    if dtype == pl.String:
        return _safe_text(column.id)
    if isinstance(dtype, pl.List) and column.kind != "sparkline":
        return cell.cast(pl.List(pl.String)).list.join("、")
    return cell


def _compact(values: pa.ChunkedArray, is_lazy: bool) -> pa.ChunkedArray:
    """Return a column in the fewest bytes: texts that repeat are sent once, numbers as small as they fit."""
    if pa.types.is_large_string(values.type):
        coded = values.cast(pa.string()).dictionary_encode().unify_dictionaries().combine_chunks()
        entries = len(coded.chunk(0).dictionary) if isinstance(coded, pa.ChunkedArray) else len(coded.dictionary)
        if entries < MOST_CODES and is_lazy:
            return coded.cast(pa.dictionary(pa.int8(), pa.string()))
        return values.cast(pa.string())
    if pa.types.is_int64(values.type) and (pc.max(values).as_py() or 0) < 2**31:
        return values.cast(pa.int32(), safe=False)
    return values


def sent(frame: pl.DataFrame, columns: Sequence[TableColumn]) -> pa.Table:
    """Return what goes to the browser: the shown columns only, texts harmless, in few bytes."""
    table = frame.select([_expression(frame, column) for column in columns]).to_arrow()
    is_many = frame.height > FEW_ROWS
    return pa.table({name: _compact(table[name], is_many) for name in table.column_names})


def _pick(columns: Sequence[TableColumn], key: str, place: Any) -> tuple[TableColumn, ...]:
    """Let the user choose the columns; none chosen means the usual ones."""
    usual = [column.id for column in columns if column.is_shown]
    titles = {column.id: column.title for column in columns}
    with place.popover(_("选择列")):
        chosen = st.pills(
            _("显示的列"), list(titles), selection_mode="multi", default=usual, key=f"{key}.columns",
            format_func=titles.__getitem__,
        )  # fmt: skip
    return tuple(column for column in columns if column.id in (chosen or usual))


def show_table(
    frame: pl.DataFrame,
    columns: Sequence[TableColumn],
    *,
    key: str,
    height: int | Literal["content", "stretch", "auto"] = "auto",
    chooser: Any = None,
    empty: str = "",
) -> tuple[TableColumn, ...]:
    """Show a sortable table and return the columns that are shown; an empty one is a sentence.

    `chooser` is the container in which the user picks the columns; without it they are the usual ones.
    """
    shown = tuple(column for column in columns if column.is_shown) if chooser is None else _pick(columns, key, chooser)
    if frame.is_empty():
        st.info(empty or _("没有符合条件的记录。"))
        return shown
    st.dataframe(
        sent(frame, shown), key=key, height=height, hide_index=True, placeholder="—",
        column_config={column.id: _config(column) for column in shown}, lazy=frame.height > LAZY_ROWS, row_height=30,
    )  # fmt: skip
    return shown


def export_buttons(
    frame: pl.DataFrame | Callable[[], pl.DataFrame],
    columns: Sequence[TableColumn],
    *,
    title: str,
    unit: str,
    date_text: str,
    warehouse: Warehouse,
    key: str,
    sum_label: str = "",
) -> None:
    """Show 导出表格 (a printable workbook) and 其他格式 (CSV); files are made when they are asked for."""
    mark = SAMPLE_MARK if warehouse.is_sample else ""
    made = _("{time}由街道总工会数据系统导出").format(time=f"{datetime.now():%Y-%m-%d %H:%M}")
    sheet = Sheet(title, unit, date_text, warehouse.street, warehouse.generation_no, mark, made, sum_label or _("合计"))

    def make(write: Callable[..., bytes]) -> bytes:
        return write(frame() if callable(frame) else frame, columns, sheet)

    st.download_button(
        _("导出表格"), lambda: make(exports.workbook), sheet.file_name(".xlsx"), key=f"{key}.xlsx", on_click="ignore"
    )
    with st.popover(_("其他格式")):
        st.download_button(
            _("CSV（供其他软件使用）"), lambda: make(exports.csv_text), sheet.file_name(".csv"), mime="text/csv",
            key=f"{key}.csv", on_click="ignore",
        )  # fmt: skip
