"""A load's receipt as the screen lists it: rows of tables and sentences, nothing asked and nothing shown."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from metrics.reports import ReportState
from pages.parts.tables import TableColumn

STATES = {"received": _("已报"), "nil": _("零报告"), "missing": _("／ 未报")}
SKIPPED = {
    "title": _("标题"), "header": _("表头"), "total": _("合计"), "note": _("备注"), "signature": _("落款"), "blank": _("空行"),
}  # fmt: skip
COUNTS = (
    TableColumn("rows_read", _("读取行"), "integer"),
    TableColumn("accepted", _("已入库"), "integer"),
    TableColumn("rejected", _("问题行"), "integer"),
    TableColumn("duplicates", _("重复"), "integer"),
    TableColumn("skipped", _("已略过"), "integer"),
)
LOADS = (
    TableColumn("load", _("导入批次"), "code"),
    TableColumn("state", _("状态")),
    TableColumn("loaded_at", _("导入时间")),
    TableColumn("who", _("导入人")),
    TableColumn("files", _("文件数"), "integer"),
    *COUNTS,
)
SHEETS = (
    TableColumn("file", _("文件"), width="large"),
    TableColumn("sheet", _("工作表")),
    TableColumn("ledger", _("台账")),
    TableColumn("when", _("数据截至或期间")),
    TableColumn("header_row", _("表头行"), "integer"),
    *COUNTS,
    *(TableColumn(name, title, "integer", is_shown=False) for name, title in SKIPPED.items()),
    TableColumn("remark", _("说明")),
)
BAD = (
    TableColumn("file", _("文件"), width="medium"),
    TableColumn("sheet", _("工作表")),
    TableColumn("row", _("行"), "integer", width="small"),
    TableColumn("cell", _("单元格"), "code", width="small"),
    TableColumn("header", _("列")),
    TableColumn("value", _("原值")),
    TableColumn("reason", _("原因"), width="large"),
    TableColumn("suggestion", _("怎样改"), width="large"),
)
FOUND = (
    TableColumn("community", _("社区")),
    TableColumn("subject", _("对象")),
    TableColumn("detail", _("情况")),
    TableColumn("file", _("文件")),
    TableColumn("sheet", _("工作表")),
    TableColumn("row", _("行"), "integer"),
)

Load = dict[str, Any]


def load_title(load: Load) -> str:
    """Return a load as a list names it: its number, when it came, whether it was taken back."""
    undone = "" if load["active"] else _("（已撤销）")
    return f"{load['load']}　{load['loaded_at'].replace('T', ' ')[:16]}{undone}"


def state_text(state: ReportState) -> str:
    """Return a cell of the matrix: what is in, what is carried from which day, what is owed and missing."""
    if state.state == "carried" and state.as_of:
        return _("沿用{day}").format(day=f"{state.as_of:%Y-%m-%d}")
    if state.state == "missing" and not state.is_due:
        return _("本月不需报")
    return STATES.get(state.state, _("沿用"))


def load_row(load: Load) -> Load:
    """Return a load as a row of the list."""
    taken = [file for file in load["files"] if not file["left_out"]]
    state = _("有效") if load["active"] else _("已撤销")
    counts = {**counts_of(load), "files": len(taken)}
    return {
        "load": load["load"],
        "state": state,
        "loaded_at": load["loaded_at"].replace("T", " "),
        "who": load["who"],
        **counts,
    }


def counts_of(entry: Load) -> Load:
    """Return the counts of a load or a sheet; the six reasons for skipping are added up and kept."""
    named = {name: entry[name] for name in ("rows_read", "accepted", "rejected", "duplicates")}
    return {**named, "skipped": sum(entry["skipped"].values()), **entry["skipped"]}


def rounded_text(entry: Load) -> str:
    """Return what goes behind the numbers of rows where persons are only counted: the next multiple is said."""
    return _("（困难职工人数只报到{n}的倍数）").format(n=entry["rounded_to"]) if "rounded_to" in entry else ""


def receipt_text(load: Load) -> str:
    """Return the receipt as one line that adds up."""
    counts = counts_of(load)
    reasons = "、".join(f"{title}{counts[name]:,}" for name, title in SKIPPED.items())
    day = load.get("received_on")  # only where the clerk stated one
    return (
        (_("收到日期{day}；").format(day=day) if day else "")
        + _(
            "读取{rows_read:,}行＝已入库{accepted:,}＋问题行{rejected:,}＋重复{duplicates:,}＋已略过{skipped:,}（{reasons}）"
        ).format(**counts, reasons=reasons)
        + rounded_text(load)
    )


def sheet_row(file: Load, sheet: Load, titles: dict[str, str]) -> Load:
    """Return a sheet as a row of the receipt; one that is no ledger says why."""
    place = {"file": file["file"], "sheet": sheet["sheet"]}
    if not sheet["ledger"]:
        return {**place, "remark": sheet["reason"]}
    when = sheet["as_of"] or f"{sheet['period_from'][:7]}—{sheet['period_to'][:7]}"
    unmapped = _("未识别的列：{names}").format(names="、".join(sheet["unmapped"])) if sheet["unmapped"] else ""
    ledger = titles.get(sheet["ledger"], sheet["ledger"])
    return {
        **place,
        "ledger": ledger,
        "when": when,
        "header_row": sheet["header_row"],
        "remark": unmapped + rounded_text(sheet),
        **counts_of(sheet),
    }
