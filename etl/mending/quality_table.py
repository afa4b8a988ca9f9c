"""The quality report as a printable workbook: problems by reason, then every bad cell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.mending.printed import SAMPLE_MARK, PrintedTable, file_name, write_printed
from etl.mending.quality import SEVERITIES, share_text
from etl.values.reasons import reason_of

PROBLEMS = (_("处理"), _("问题"), _("处数"), _("行数"), _("怎样改"))
CELLS = (
    _("文件"),
    _("工作表"),
    _("行"),
    _("单元格"),
    _("列"),
    _("处理"),
    _("问题"),
    _("原内容"),
    _("原因"),
    _("应改为"),
)


def _facts(report: dict[str, Any]) -> tuple[str, ...]:
    if not report["rows"]:
        return (_("没有读到数据行"),)
    said = _("数据行{rows}行，没有问题的{good}行，占{share}；可用但请核对的{warned}行，不能入库的{rejected}行")
    return (said.format(**report, share=share_text(report["good_share"])),)


def _problems(report: dict[str, Any], facts: tuple[str, ...]) -> PrintedTable:
    rows = [(SEVERITIES[p["severity"]], p["title"], p["count"], p["rows"], p["suggestion"]) for p in report["problems"]]
    return PrintedTable(_("问题汇总"), _("台账质量报告"), facts, PROBLEMS, rows, (12, 26, 8, 8, 80))


def _cells(cells: list[dict[str, Any]], facts: tuple[str, ...]) -> PrintedTable:
    rows, marks = [], {}
    for place, c in enumerate(cells):
        said = SEVERITIES[c["severity"]], reason_of(c["code"]).title
        rows.append((c["file"], c["sheet"], c["row"], c["cell"], c["header"], *said, c["value"], c["reason"], c["suggestion"]))  # fmt: skip
        marks[place, 5] = c["severity"]
    widths = (26, 12, 7, 8, 14, 10, 16, 18, 36, 44)
    return PrintedTable(_("逐格清单"), _("台账质量报告（逐格清单）"), facts, CELLS, rows, widths, marks)


def quality_file_name(is_sample: bool = False) -> str:
    """Return the report's file name with today's date; the sample's mark is part of it."""
    return file_name(_("台账质量报告"), f"{date.today():%Y-%m-%d}", SAMPLE_MARK.replace("　", " ") if is_sample else "")


def quality_xlsx(
    report: dict[str, Any], out: Path, cells: Iterable[dict[str, Any]] = (), is_sample: bool = False
) -> Path:
    """Write the report to the file `out`; `cells` are all bad cells (quality.shown), else the report's examples stand in."""
    listed = list(cells) or [
        {**found, "code": p["code"], "severity": p["severity"]} for p in report["problems"] for found in p["examples"]
    ]
    facts = _facts(report)
    tables = [_problems(report, facts), *([_cells(listed, facts)] if listed else [])]
    return write_printed(out, tables, SAMPLE_MARK if is_sample else "")
