"""A handful of cases told in words, and the deadlines that the model counts for them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from etl.clocks.rules import write_deadline_rules
from etl.clocks.workdays import write_calendar
from etl.codelist import CodeLists
from etl.models import models
from etl.record.row_tables import write_table

STEP = {
    "dispute_id": "VARCHAR", "case_no": "VARCHAR", "community_id": "VARCHAR", "step": "VARCHAR", "step_date": "DATE", "step_order": "INTEGER",
    "date_precision": "VARCHAR", "extended_to": "DATE", "extension_days": "INTEGER", "source": "VARCHAR",
    "load_id": "VARCHAR", "file": "VARCHAR", "sheet": "VARCHAR", "row": "INTEGER",
}  # fmt: skip
TOLD = re.compile(r"(\S+) (\d{4}-\d\d)(-\d\d)?(?: 延至(\S+)| 延(\d+)天)?")
Case = tuple[str, str, str]  # its number, its causes (01|14), its steps in words


def _step(codes: dict[str, str], case: str, text: str) -> dict[str, Any]:
    found = TOLD.fullmatch(text.strip())
    assert found, text
    title, month, day, to, days = found.groups()
    return {
        "dispute_id": case, "step": codes[title], "step_date": date.fromisoformat(month + (day or "-01")),
        "date_precision": "day" if day else "month", "extended_to": to and date.fromisoformat(to),
        "extension_days": days and int(days), "source": "step", "case_no": case, "load_id": "1", "file": "f", "sheet": "s",
    }  # fmt: skip


def _steps(lists: CodeLists, cases: list[Case]) -> list[dict[str, Any]]:
    """Return the steps of all cases in their order: by day, then as told."""
    codes = {title: code for code, title in lists.titles("case_step")}
    found = []
    for case, _causes, told in cases:
        steps = [_step(codes, case, text) for text in told.split("；")]
        steps.sort(key=lambda step: step["step_date"])
        found += [{**step, "step_order": number, "row": number} for number, step in enumerate(steps, 1)]
    return found


def built(cases: list[Case], codes: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return a warehouse that holds these cases and their deadlines, under a street's own lists where it has some."""
    lists = CodeLists.load(street=codes)
    connection = duckdb.connect()
    connection.execute("create schema core")
    write_calendar(connection, lists)
    write_deadline_rules(connection, lists)
    write_table(connection, "core.case_step", STEP, _steps(lists, cases))
    disputes = [{"dispute_id": case, "causes": causes.split("|") if causes else None} for case, causes, _told in cases]
    write_table(connection, "core.dispute", {"dispute_id": "VARCHAR", "causes": "VARCHAR[]"}, disputes)
    write_table(connection, "core.case_fact", {"dispute_id": "VARCHAR", "ended_date": "DATE"}, [])
    [sql] = [model.sql for model in models() if model.name == "core.case_deadline"]
    connection.execute(f"create table core.case_deadline as {sql}")
    return connection


def deadlines(cases: list[Case], codes: Path | None = None) -> list[dict[str, Any]]:
    """Return the rows of `core.case_deadline` for these cases."""
    found = built(cases, codes).execute("from core.case_deadline")
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def working_day(start: date, count: int, is_worked: Any) -> date:
    """Return the count-th working day after a day (before it where negative), found by walking day by day."""
    day, step = start, 1 if count > 0 else -1
    while count:
        day += timedelta(step)
        count -= step * is_worked(day)
    return day
