"""Total rows as a checksum: what 合计, 小计 and 本页小计 say against the sum of the rows that they can mean.

A total is wrong only if no reading of it is right. Clerks add up what stands above, the page, the group, sometimes the
rows below; with or without the rows that were rejected here or stood there twice; and a spreadsheet's SUM passes over
texts such as 约200人. Where a cell of the sum could not be read, or rows were left out, nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import polars as pl
from polars import col

from etl.codelist import CodeLists
from etl.ledger import LedgerKind
from etl.sheets.ledger_sheet import LABEL, Sheet
from etl.values.columns import Context, type_columns

ADDED = ("integer", "decimal", "money")
# 累计 goes back before the sheet, 其中 and 上年 are parts or other years: these are no sums of the rows
WHOLE = re.compile(r"(?:本表|本社区|全表|.{1,8}社区)?(?:合计|总计|共计|总合计)|(?:合|总)?共(?:有|计)?\d+")
PART = re.compile(r"(?:本页)?小计|本页合计|.{1,8}(?:社区|园区)?小计")
ROUNDING = 0.001  # of an amount: totals are rounded from unrounded rows
MANY = 200  # total rows: in longer sheets only the page and the whole are tried
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Truths = np.ndarray[Any, np.dtype[np.bool_]]
Whole = np.ndarray[Any, np.dtype[np.int64]]
Total = dict[str, Any]  # row, column, stated, summed


@dataclass(frozen=True)
class Column:
    """A column of data rows: row numbers in order, values (0 where none), and which rows count in which reading."""

    rows: Whole
    values: Numbers
    is_known: Truths
    is_exact: Truths
    fates: tuple[Truths, ...]  # stored; all; not rejected; all but the sheet's own repetitions

    def part(self, first: int, last: int) -> Column:
        """Return the rows of one sheet."""
        at = slice(first, last)
        fates = tuple(fate[at] for fate in self.fates)
        return Column(self.rows[at], self.values[at], self.is_known[at], self.is_exact[at], fates)


def sheet_totals(
    kind: LedgerKind,
    sheets: Mapping[int, Sheet],
    rows: pl.DataFrame,
    bad: pl.DataFrame,
    units: pl.DataFrame | None,
    codes: CodeLists,
) -> dict[int, list[Total]]:
    """Return, by sheet, each number of a total row with the sum that it should be (its own where a reading fits).

    `rows` are the sheets' typed rows with `fate` and `is_stored`, sheet after sheet; `bad` their bad cells; `units` as for `clean`.
    """
    with_totals = {number: sheet for number, sheet in sheets.items() if sheet.totals and sheet.rows}
    added = [c.id for c in kind.columns.values() if c.type in ADDED and not c.is_personal]
    if not with_totals or not added:
        return {}
    stated = _stated(kind, with_totals, units, codes, added)
    columns = {name: _column(rows, bad, name) for name in dict.fromkeys(name for _n, _r, name, _v in stated)}
    numbers = rows["sheet_no"].to_numpy()
    found: dict[int, list[Total]] = {number: [] for number in with_totals}
    for number, row, name, value in stated:
        sheet = with_totals[number]
        first, last = np.searchsorted(numbers, [number, number + 1])
        if last - first == len(sheet.rows):  # rows that were left out count in the sheet's own sum
            total = _compared(kind, sheet, columns[name].part(first, last), (row, name, value))
            found[number] += [total] if total else []
    return found


def _stated(
    kind: LedgerKind, sheets: Mapping[int, Sheet], units: pl.DataFrame | None, codes: CodeLists, added: list[str]
) -> list[tuple[int, int, str, float]]:
    """Return (sheet, row, column, value) of every exact number in a total row, read as the sheet's own cells are."""
    texts = [
        {"sheet_no": number, "row": row, **{name: cells.get(name) for name in added}}
        for number, sheet in sheets.items()
        for row, cells in sheet.totals
        if not cells.keys().isdisjoint(added)
    ]
    if not texts:
        return []
    schema = {"sheet_no": pl.Int32, "row": pl.Int32, **dict.fromkeys(added, pl.String)}
    typed, _bad = type_columns(Context(kind, pl.DataFrame(texts, schema=schema), units, codes, None, None))
    found = []
    for name in added:
        exact = typed.filter(col(f"{name}_qualifier") == "exact").drop_nulls(name)
        found += [(n, row, name, float(value)) for n, row, value in exact.select("sheet_no", "row", name).iter_rows()]
    return sorted(found)


def _column(rows: pl.DataFrame, bad: pl.DataFrame, name: str) -> Column:
    lost = bad.filter(col("column") == name).select("sheet_no", "row").unique().with_columns(is_bad=True)
    marked = rows.select("sheet_no", "row", name, f"{name}_qualifier", "fate", "is_stored").join(
        lost, on=["sheet_no", "row"], how="left", maintain_order="left"
    )
    fate, stored = marked["fate"], marked["is_stored"]  # what equals another load's row is stored, and counts here
    return Column(
        rows=marked["row"].to_numpy().astype(np.int64),
        values=marked[name].cast(pl.Float64).fill_null(0.0).to_numpy(),  # an empty cell adds nothing to a sum
        is_known=marked.select(col(name).is_not_null() | col("is_bad").is_null()).to_series().to_numpy(),
        is_exact=(marked[f"{name}_qualifier"] != "approx").fill_null(True).to_numpy(),
        fates=(
            stored.to_numpy(),
            np.ones(len(marked), bool),
            (fate != "rejected").to_numpy(),
            (stored | (fate == "rejected")).to_numpy(),
        ),
    )


def _compared(kind: LedgerKind, sheet: Sheet, column: Column, stated: tuple[int, str, float]) -> Total | None:
    """Return one number of a total row with its sum; None where the row is no sum of rows or nothing can be said."""
    row, name, value = stated
    labels = {place: "".join(cells.get(LABEL, "").split()) for place, cells in sheet.totals}
    is_whole = bool(WHOLE.match(labels[row]))
    if not is_whole and not PART.match(labels[row]):
        return None
    slack = 0.5 if kind.columns[name].type == "integer" else max(0.01, abs(value) * ROUNDING)
    summed = _summed(column, np.array(sorted(labels), dtype=np.int64), row, value, slack, is_whole)
    return None if summed is None else {"row": row, "column": name, "stated": value, "summed": summed}


def _summed(column: Column, marks: Whole, row: int, stated: float, slack: float, is_whole: bool) -> float | None:
    """Return the stated sum where a reading gives it, else the nearest of the plain readings; None: nothing to say."""
    if is_whole and abs(column.values[column.fates[0]].sum() - stated) < slack:
        return stated
    edges = marks if len(marks) <= MANY else marks[max(0, np.searchsorted(marks, row) - 1) :][:3]
    before = np.searchsorted(column.rows, np.concatenate([[0], edges[edges < row]]))
    after = np.searchsorted(column.rows, np.concatenate([edges[edges > row], [np.iinfo(np.int64).max]]))
    here = int(np.searchsorted(column.rows, row))
    first, last = (0, len(column.rows)) if is_whole else (int(before[-1]), here)
    if first == last:  # a group's total above its rows
        first, last = here, int(after[0])
    plain = []
    for fate, exact in product(column.fates, (True, False)):
        counted = fate & column.is_exact if exact else fate
        sums = np.concatenate([[0.0], np.cumsum(column.values * counted)])
        readings = np.concatenate([sums[here] - sums[before], sums[after] - sums[here], [sums[-1]]])
        if np.any(np.abs(readings - stated) < slack):
            return stated
        plain.append(float(sums[last] - sums[first]))
    if not column.is_known[first:last].all() or not np.any(column.values[first:last]):
        return None
    return min(plain, key=lambda each: abs(each - stated))
