"""What is due as the terminal gives it: JSON for programs, a table for people."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.errors import QuestionError
from metrics.judging.due import DueRow, DueSummary, due_rows, due_summary, first_day, last_day
from metrics.judging.due_clauses import left_text
from metrics.scope import settings
from metrics.terminal import where_of
from metrics.warehouse import open_current


@dataclass(frozen=True, slots=True)
class Due:
    """What the verb found: the rows, the street on that day, and the street's measure word of disputes."""

    rows: tuple[DueRow, ...]
    summary: DueSummary
    word: str


def find_due(street: Path, arguments: argparse.Namespace) -> Due:
    """Return what is due on the day asked for, by default the newest that the ledgers speak of.

    QuestionError for a day before the first ledger of disputes.
    """
    warehouse = open_current(street)
    where = where_of(arguments.where)
    as_of: date | None = arguments.as_of or last_day(warehouse)
    first = first_day(warehouse)
    if as_of and first and as_of < first:
        message = _("{day}还没有劳资纠纷台账").format(day=as_of)
        raise QuestionError(message, remedy=_("台账自{first}起").format(first=first), code="unknown_day")
    found = due_rows(warehouse, as_of, where, arguments.days)
    return Due(found, due_summary(warehouse, as_of, where), settings(warehouse)["dispute_word"])


def due_json(due: Due) -> dict[str, Any]:
    """Return the day and its rows, overdue first; `source` is the ledger's row that started the clock."""
    return {"as_of": due.summary.as_of, "rows": [_row(row) for row in due.rows]}


def _row(row: DueRow) -> dict[str, Any]:
    source = {"file": row.file, "sheet": row.sheet, "row": row.row}
    return {
        "case": row.case, "community": row.community, "step": row.step, "rule": row.rule, "due_on": row.due_on,
        "days_left": row.days_left, "source": source,
    }  # fmt: skip


def due_text(due: Due) -> str:
    """Return the rows as a table: how long is left, the case, what is to be done, under which rule in words."""
    if due.summary.as_of is None:
        return _("还没有导入劳资纠纷台账")
    lines = [summary_text(due.summary, due.word)]
    for row in due.rows:
        cells = [left_text(row.days_left), row.case, row.community or _("待核实"), row.enterprise or _("不详")]
        place = _("{file} {sheet} 第{row}行").format(file=row.file, sheet=row.sheet, row=row.row)
        lines.append("　".join([*cells, row.step, row.clause, place]))
    return "\n".join(lines if due.rows else [*lines, _("没有应办的期限")])


def summary_text(found: DueSummary, word: str) -> str:
    """Return the street's standing on a day as one sentence, with the day of the last update and its age."""
    text = _("截至{day}，在办{open}{word}，其中超期{late}{word}；{soon}项即将到期；纠纷台账更新至{updated}").format(
        day=found.as_of, open=found.open_cases, late=found.overdue_cases, soon=found.due_soon, word=word,
        updated=found.updated_on,
    )  # fmt: skip
    if found.is_stale:
        return text + _("。数据已过期，超期数仅供参考")
    if found.unreported:
        text += _("；{names}未报当月纠纷，按已报的计").format(names="、".join(found.unreported))
    return text if found.has_steps else text + _("；当月没有全街道的办理流程台账，延期情况不详")
