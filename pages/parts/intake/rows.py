"""A preview's tables as rows and columns: problems' examples, what changes in the ledgers, indicators and checks."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Any

import polars as pl

from metrics import phrases
from metrics.catalogue import catalogue
from metrics.periods import month_text
from pages.parts.exports import TableColumn
from pages.parts.intake.wording import MODES, when_text
from pages.parts.receipts import BAD

Preview = dict[str, Any]
STREET = _("全街道")
EXAMPLES = tuple(column for column in BAD if column.id != "row")  # the cell says the row
REPORT = (TableColumn("title", _("问题")), TableColumn("fate", _("处理")), *BAD)
DIFFERENCES = (
    TableColumn("title", _("台账")),
    TableColumn("unit", _("报送单位")),
    TableColumn("when", _("数据截至或期间")),
    TableColumn("mode", _("方式")),
    TableColumn("new", _("新增"), "integer"),
    TableColumn("changed", _("有变化"), "integer"),
    TableColumn("unchanged", _("无变化"), "integer"),
    TableColumn("gone", _("不再出现"), "integer"),
    TableColumn("replaces", _("说明"), width="large"),
)
INDICATORS = (
    TableColumn("community", _("社区")),
    TableColumn("title", _("指标")),
    TableColumn("month", _("月份")),
    TableColumn("before", _("导入前")),
    TableColumn("after", _("导入后")),
    TableColumn("difference", _("变化")),
)
CHECKS = (
    TableColumn("title", _("核对事项"), width="large"),
    TableColumn("before", _("导入前（条）"), "integer"),
    TableColumn("after", _("导入后（条）"), "integer"),
)


def frame(rows: list[Preview], columns: tuple[TableColumn, ...]) -> pl.DataFrame:
    """Return rows as a frame of exactly these columns, numbers as numbers and the rest as text."""
    schema = {column.id: pl.Int64 if column.kind == "integer" else pl.String for column in columns}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def examples(problem: Preview) -> pl.DataFrame:
    """Return a problem's examples; a row without a cell shows its row number."""
    rows = [{**found, "cell": found.get("cell") or _row_text(found.get("row"))} for found in problem["examples"]]
    return frame(rows, EXAMPLES)


def _row_text(row: int | None) -> str | None:
    return None if row is None else _("第{row}行").format(row=row)


def all_cells(preview: Preview) -> pl.DataFrame:
    """Return every bad cell of a preview, as the printed 质量报告 lists them."""
    titles = {problem["code"]: problem for problem in preview["quality"]["problems"]}
    rows = []
    for file in preview["files"]:
        for sheet in file["sheets"]:
            place = {"file": file["file"], "sheet": sheet["sheet"]}
            headers = {found["column"]: found["header"] for found in sheet.get("columns", ())}
            for name, fate in (("rejects", _("不入库")), ("warnings", _("请核对"))):
                for cell in sheet.get(name, ()):
                    known = titles.get(cell["code"], {})
                    said = {"title": known.get("title"), "fate": fate, "header": headers.get(cell["column"])}
                    rows.append({"suggestion": known.get("suggestion"), **cell, **said, **place})
    return frame(rows, REPORT)


def differences(preview: Preview) -> pl.DataFrame:
    """Return what becomes of the rows per ledger, unit and period."""
    rows = [
        {**found, "when": when_text(found), "mode": MODES.get(found["mode"]), "replaces": _remark(found)}
        for found in preview["differences"]
    ]
    return frame(rows, DIFFERENCES)


def _remark(found: Preview) -> str | None:
    return _("替换已导入的同一单位、同一日期的数据") if found["replaces"] else None


def _side(entry: Preview, name: str, has_sides: bool) -> str:
    side, metric = entry[name], catalogue().get(entry["metric"])
    if side is None or side["value"] is None:
        return _("未报")
    if metric is None:
        return f"{side['value']:,}{entry['measure']}"
    text = phrases.number_text(metric, side["value"])
    text = text if metric.is_percentage else text + entry["measure"]
    return text + _sides(side) if has_sides and metric.over else text


def _sides(side: Preview) -> str:
    """Return a ratio's numerator and denominator, as （1,234/1,285）; "" where either is unknown."""
    both = (side["numerator"], side["denominator"])
    return "" if None in both else "（{:,.10g}/{:,.10g}）".format(*both)


def _difference(entry: Preview) -> str:
    metric, size = catalogue().get(entry["metric"]), entry["difference"]
    if size is None:
        return _("新有数据") if entry["after"] else _("不再有数据")
    is_percentage = metric is not None and metric.is_percentage
    number = phrases.rounded(size * 100 if is_percentage else size, 1).normalize()
    if not number:
        return _("基本不变")
    verbs = (_("提高"), _("降低")) if metric is not None and metric.over else (_("增加"), _("减少"))
    return f"{verbs[number < 0]}{abs(number):,f}{_('个百分点') if is_percentage else entry['measure']}"


def _month(entry: Preview) -> str:
    """Return the month an indicator is of: two months of one import would read as the same line twice."""
    return month_text(date.fromisoformat(f"{entry['month']}-01"))


def _changes(entry: Preview) -> bool:
    return bool(entry["difference"] or (entry["before"] is None) != (entry["after"] is None))


def indicators(preview: Preview, of_street: bool, has_sides: bool = False) -> pl.DataFrame:
    """Return the indicators that change: the street's own, or those of its communities in the order they come.

    `has_sides`: ratios are followed by their numerator and denominator.
    """
    changed = [
        entry for entry in preview["indicators"] if _changes(entry) and (entry["community_id"] is None) == of_street
    ]
    rows = [
        {
            "community": entry["community"] or STREET, "title": entry["title"], "month": _month(entry),
            "before": _side(entry, "before", has_sides), "after": _side(entry, "after", has_sides),
            "difference": _difference(entry),
        }
        for entry in changed
    ]  # fmt: skip
    return frame(rows, INDICATORS)


def jumps(preview: Preview) -> list[str]:
    """Return the sentences on indicators that jump."""
    return list(dict.fromkeys(entry["sentence"] for entry in preview["indicators"] if entry["sentence"]))


def checks(preview: Preview) -> pl.DataFrame:
    """Return the checks that find something before or after, those that grow first."""
    found = [check for check in preview["checks"] if check["before"] or check["after"]]
    found.sort(key=lambda check: (check["before"] or 0) - (check["after"] or 0))  # no earlier data: nothing was found
    return frame(found, CHECKS)
