"""The list of what is due: overdue first, each with what has to be done, by when and on which ground, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _

import polars as pl

from metrics.judging.due import DueRow
from metrics.judging.due_clauses import day_text, left_text
from pages.parts.cases.markup import Cell, case_link, table
from pages.parts.tables import TableColumn

SHOWN = {"all": _("全部"), "overdue": _("超期"), "soon": _("即将到期")}
COLUMNS = (
    TableColumn("case", _("案号"), "code"),
    TableColumn("enterprise", _("企业")),
    TableColumn("community", _("社区")),
    TableColumn("step", _("下一步")),
    TableColumn("clause", _("期限")),
    TableColumn("law", _("依据")),
    TableColumn("actor", _("责任方")),
    TableColumn("started_on", _("起算日期"), "date"),
    TableColumn("due_on", _("到期日期"), "date"),
    TableColumn("days_left", _("剩余天数"), "integer"),
    TableColumn("file", _("来源文件")),
    TableColumn("sheet", _("工作表")),
    TableColumn("row", _("行"), "integer"),
)


def picked(rows: Sequence[DueRow], shown: str, soon_days: int) -> list[DueRow]:
    """Return the rows to show: all, the overdue ones, or those due within these days."""
    if shown == "overdue":
        return [row for row in rows if row.is_overdue]
    if shown == "soon":
        return [row for row in rows if not row.is_overdue and row.days_left <= soon_days]
    return list(rows)


def due_table(rows: Sequence[DueRow], *, kept: Mapping[str, str], alt: str, mark: str) -> str:
    """Return the rows as a table; a case's number leads to its page, which keeps the list's conditions."""
    heads = (_("案号"), _("剩余"), _("期限"), _("下一步"), _("企业"), _("社区"))
    return table(heads, [_cells(row, kept) for row in rows], alt=alt, mark=mark, height=420)


def _cells(row: DueRow, kept: Mapping[str, str]) -> tuple[Cell, ...]:
    started = _("自{day}起算").format(day=day_text(row.started_on, row.due_on))
    return (
        Cell(row.case, started, case_link(row.case, kept)),
        Cell(left_text(row.days_left), look="strong" if row.is_overdue else "fixed"),
        Cell(row.clause, row.law, look="wide"),
        Cell(row.step),
        Cell(row.enterprise or "", look="wide"),
        Cell(row.community or _("待核实")),
    )


def frame(rows: Sequence[DueRow]) -> pl.DataFrame:
    """Return the rows as a file holds them; without any it still has its columns."""
    return pl.DataFrame({column.id: [getattr(row, column.id) for row in rows] for column in COLUMNS})
