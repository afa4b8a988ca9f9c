"""年度任务 as the terminal gives it: JSON for programs, a table for people."""

from __future__ import annotations

import argparse
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.errors import QuestionError
from metrics.periods import month_text
from metrics.scope import check_month, default_month, months
from metrics.targets.listed import years
from metrics.targets.progress import Progress, progress
from metrics.targets.words import LEGEND, forecast_text, notes_text, progress_text, verdict_text
from metrics.terminal import asked_version
from metrics.warehouse import Warehouse


def _month(warehouse: Warehouse, year: int | None, month: date | None) -> date:
    """Return the month asked for: of a year alone its newest month that has data."""
    newest = default_month(warehouse)
    if month and year and month.year != year:
        raise QuestionError(_("--year 和 --month 不是同一年"), remedy=_("只用其中一个"))
    if month:
        return check_month(warehouse, month)
    if year is None or year == newest.year:
        return newest
    known = [one for one in months(warehouse) if one.year == year and one <= newest]
    return known[-1] if known else check_month(warehouse, date(year, 12, 1))


def targets_json(street: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return every target of a year with its progress and forecast; QuestionError where the year has none."""
    warehouse = asked_version(street, arguments)
    month = _month(warehouse, arguments.year, arguments.month)
    found = progress(warehouse, month)
    if not found:
        known = "、".join(str(year) for year in years(warehouse))
        remedy = _("有任务的年度：{years}").format(years=known) if known else _("请先导入年度任务台账")
        raise QuestionError(_("{year}年没有年度任务。").format(year=month.year), remedy=remedy, code="no_targets")
    head = {"month": f"{month:%Y-%m}", "generation": warehouse.generation_id, "generation_no": warehouse.generation_no}
    return {**head, "targets": [_row(one) for one in found]}


def _row(one: Progress) -> dict[str, Any]:
    forecast = None
    if one.forecast:
        forecast = {"expected": one.forecast.expected, "low": one.forecast.low, "high": one.forecast.high}
    return {
        "metric": one.metric.id, "title": one.metric.title, "community_id": one.community_id, "community": one.community,
        "target": one.target, "approximate": one.is_approx, "done": one.done, "share": one.share, "schedule": one.schedule,
        "forecast": forecast, "verdict": one.verdict, "verdict_text": verdict_text(one), "is_partial": one.is_partial,
        "left_out": list(one.left_out), "text": progress_text(one), "forecast_text": forecast_text(one), "note": notes_text(one),
        "sources": [{"file": at.file, "sheet": at.sheet, "row": at.row} for at in one.sources],
    }  # fmt: skip


def targets_text(answer: dict[str, Any]) -> str:
    """Return the targets, metric by metric, the street before its communities."""
    month = date.fromisoformat(f"{answer['month']}-01")
    lines = [_("{month}末年度任务　数据版本{no}").format(month=month_text(month), no=answer["generation_no"])]
    for row in answer["targets"]:
        said = "，".join(part for part in (row["text"], row["forecast_text"]) if part)
        note = f"（{row['note']}）" if row["note"] else ""
        lines.append(f"{row['community']}　{said}{note}")
    if any(row["forecast"] for row in answer["targets"]):
        lines.append(LEGEND)
    return "\n".join(lines)
