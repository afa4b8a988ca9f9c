"""导入批次: every load on record, what one did with each file and sheet, and which cells are wrong and why."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import polars as pl
import streamlit as st

from etl.ledger import ledger_kinds
from metrics import receipts
from metrics.versions import version_of
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import Filter, switch
from pages.parts.intake.superseded import superseded_text
from pages.parts.intake.undo import confirm_undo
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.receipts import BAD, LOADS, SHEETS, Load, load_row, load_title, receipt_text, sheet_row
from pages.parts.tables import TableColumn, export_buttons, show_table

SEVERITY = Filter(
    "severity", _("类别"), {"reject": _("问题行（未入库）"), "warning": _("提醒（已入库，请核对）")}, "reject"
)


def show_loads(loads: list[Load], chosen: Load) -> None:
    """Show every load on record and the way to take the chosen one back."""
    st.markdown(_("##### 导入批次"))
    frame = pl.DataFrame([load_row(load) for load in reversed(loads)])
    show_table(frame, LOADS, key="ledgers.loads", height="content")
    if said := superseded_text(chosen, loads):
        st.caption(said)
    if (
        chosen["active"]
        and answers.is_newest()
        and st.button(_("撤销批次{load}").format(load=chosen["load"]), key="ledgers.undo")
    ):
        confirm_undo(chosen, loads)


def show_receipt(load: Load, file_name: str | None, warehouse: Warehouse) -> None:
    """Show what one load did with each file and sheet."""
    st.markdown(_("##### 导入回执　{title}").format(title=load_title(load)))
    st.markdown(receipt_text(load))
    files = [file for file in load["files"] if file_name in (None, file["file"])]
    if left_out := [file["file"] for file in files if file["left_out"]]:
        st.caption(_("内容与已导入的文件相同，未重复导入：{names}").format(names="、".join(left_out)))
    if load["passed_over"]:
        st.caption(_("未读取的文件：{names}").format(names="、".join(load["passed_over"])))
    titles = {kind.id: kind.title for kind in ledger_kinds().values()}
    rows = [sheet_row(file, sheet, titles) for file in files for sheet in file["sheets"]]
    schema = {column.id: pl.Int64 if column.kind == "integer" else pl.String for column in SHEETS}
    tools = st.container(horizontal=True)
    frame = pl.DataFrame(rows, schema=schema)
    shown = show_table(frame, SHEETS, key="ledgers.sheets", height=300, chooser=tools, empty=_("该批次没有这个文件。"))
    export(tools, frame, shown, _("导入回执"), load, warehouse)


def export(
    tools: Any, frame: pl.DataFrame, shown: tuple[TableColumn, ...], title: str, load: Load, warehouse: Warehouse
) -> None:
    """Offer a list of the load as a file."""
    if frame.is_empty():
        return
    with tools:
        export_buttons(
            frame, shown, title=f"{title}{load['load']}", unit=_("行"), date_text=load["loaded_at"][:10],
            warehouse=warehouse, key=f"ledgers.{title}",
        )  # fmt: skip


def show_bad_cells(load: Load, file_name: str | None, warehouse: Warehouse) -> None:
    """Show which cells are wrong, where they stand and why."""
    st.markdown(_("##### 未通过校验的行和提醒"))
    if load["load"] not in {one.load_id for one in version_of(warehouse).loads}:
        why = _("该批次不在所查看的数据版本中。") if load["active"] else _("该批次已撤销，不在当前数据版本中。")
        st.info(why)
        return
    severity = switch(SEVERITY, key="ledgers")
    frame = receipts.bad_cells(warehouse, load["load"], file_name, severity)
    st.caption(_("共{n}处。个人信息列只记位置，不显示内容。").format(n=f"{frame.height:,}"))
    tools = st.container(horizontal=True)
    linked = with_links(warehouse, frame.with_columns(pl.lit(load["load"]).alias("load_id")))
    empty = _("没有这一类问题。")
    shown = show_table(linked, linked_columns(BAD), key="ledgers.bad", height=360, chooser=tools, empty=empty)
    export(tools, frame, shown, SEVERITY.choices[severity][:3].rstrip("（"), load, warehouse)
