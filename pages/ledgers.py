"""台账管理: who has reported, what each load brought in, which cells are wrong and why, and how to take a load back."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Any

import polars as pl
import streamlit as st

from etl import generations, intake
from etl.errors import AtlasError
from metrics import phrases, receipts
from metrics.periods import month_text
from metrics.reports import report_states, summary
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import Chosen, Filter, choose, month_filter, switch
from pages.parts.header import page_header
from pages.parts.receipts import (
    BAD,
    FOUND,
    LOADS,
    SHEETS,
    Load,
    load_row,
    load_title,
    receipt_text,
    sheet_row,
    state_text,
)
from pages.parts.tables import TableColumn, export_buttons, show_table

ALL_FILES = "all-files"
REQUESTED, SAID = "ledgers.requested", "ledgers.said"
SEVERITY = Filter(
    "severity", _("类别"), {"reject": _("问题行（未入库）"), "warning": _("提醒（已入库，该格按不详处理）")}, "reject"
)


def filters(warehouse: Warehouse, loads: list[Load]) -> list[Filter]:
    """Return the page's conditions: the month of the reports, the load and the file of the receipts."""
    newest = list(reversed(loads))
    default = next((load["load"] for load in newest if load["active"]), newest[0]["load"])
    files = {file["sha256"][:12]: file["file"] for load in newest for file in load["files"]}
    return [
        month_filter(warehouse),
        Filter("load", _("导入批次"), {load["load"]: load_title(load) for load in newest}, default),
        Filter("file", _("文件"), {ALL_FILES: _("全部文件"), **files}, ALL_FILES),
    ]


def show_reports(warehouse: Warehouse, month: date) -> None:
    """Show 应报/已报/零报告/未报 of a month: a sentence per ledger that is owed, then communities by ledgers."""
    st.markdown(_("##### {month}报送情况").format(month=month_text(month)))
    owed = [phrases.report_text(entry) for entry in summary(warehouse, month) if entry.due]
    st.markdown("  \n".join(owed) or _("本月没有应报的台账。"))
    states = report_states(warehouse, month)
    ledgers = dict.fromkeys((state.ledger, state.title) for state in states)
    found = {(state.community, state.ledger): state_text(state) for state in states}
    lines = [
        {"unit": name, **{ledger: found.get((name, ledger)) for ledger, _title in ledgers}}
        for name in dict.fromkeys(state.community for state in states)
    ]
    columns = [TableColumn("unit", _("社区")), *(TableColumn(ledger, title) for ledger, title in ledgers)]
    show_table(pl.DataFrame(lines), columns, key="ledgers.reports", height="content")


def show_receipt(load: Load, file_name: str | None, warehouse: Warehouse) -> None:
    """Show what one load did with each file and sheet."""
    st.markdown(_("##### 导入回执　{title}").format(title=load_title(load)))
    st.markdown(receipt_text(load))
    files = [file for file in load["files"] if file_name in (None, file["file"])]
    if left_out := [file["file"] for file in files if file["left_out"]]:
        st.caption(_("内容与已导入的文件相同，未重复导入：{names}").format(names="、".join(left_out)))
    if load["passed_over"]:
        st.caption(_("未读取的文件：{names}").format(names="、".join(load["passed_over"])))
    titles = intake.kind_titles()
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
    if not load["active"]:
        st.info(_("该批次已撤销，不在当前数据版本中。"))
        return
    severity = switch(SEVERITY, key="ledgers")
    frame = receipts.bad_cells(warehouse, load["load"], file_name, severity)
    st.caption(_("共{n}处。个人信息列只记位置，不显示内容。").format(n=f"{frame.height:,}"))
    tools = st.container(horizontal=True)
    shown = show_table(frame, BAD, key="ledgers.bad", height=360, chooser=tools, empty=_("没有这一类问题。"))
    export(tools, frame, shown, SEVERITY.choices[severity][:3].rstrip("（"), load, warehouse)


def show_checks(warehouse: Warehouse) -> None:
    """Show what the checks of the ledgers against each other found."""
    found = receipts.checks(warehouse)
    if not found:
        return
    st.markdown(_("##### 待核对事项"))
    st.caption(_("只提示、不改数；更正后重新导入即可消除。"))
    for check in found:
        if check.found:
            with st.expander(_("{title}　{n}条").format(title=check.title, n=f"{check.found:,}")):
                st.caption(check.meaning)
                show_table(receipts.check_rows(warehouse, check.id), FOUND, key=f"ledgers.check.{check.id}", height=240)
    if clean := [check.title for check in found if not check.found]:
        st.caption(_("没有发现：{titles}。").format(titles="；".join(clean)))


def request(load_id: str) -> None:
    """Note that a load is to be taken back; the next run does it, once."""
    st.session_state[REQUESTED] = load_id


def take_back() -> None:
    """Undo the load that was asked for; one that is undone already (a second click, another window) stays as it is."""
    load_id = st.session_state.pop(REQUESTED, None)
    if load_id is None:
        return
    street = intake.open_street(answers.street_folder())
    said = _("批次{load}已撤销。").format(load=load_id)
    try:
        with st.spinner(_("正在重建数据，请稍候……")):
            if any(load["load"] == load_id and load["active"] for load in generations.status(street)["loads"]):
                number = generations.undo(street, load_id).number
                said = _("已撤销批次{load}，现为数据版本{n}。").format(load=load_id, n=number)
    except AtlasError as error:
        said = error.sentence()
    st.session_state[SAID] = said
    st.rerun()


@st.dialog(_("撤销本次导入"))
def confirm_undo(load: Load) -> None:
    """Ask before a load is taken back, and say what will be."""
    take_back()
    st.markdown(f"**{load_title(load)}**")
    st.markdown(receipt_text(load))
    st.markdown(
        _(
            "撤销后数据恢复到导入前：本批次入库的行不再计入任何数字，同时生成新的数据版本。原批次留在记录中，需要时可重新导入原文件。"
        )
    )
    st.button(_("确认撤销"), type="primary", key="ledgers.undo.confirm", on_click=request, args=(load["load"],))


def show_loads(loads: list[Load], chosen: Load) -> None:
    """Show every load on record and the way to take the chosen one back."""
    st.markdown(_("##### 导入批次"))
    frame = pl.DataFrame([load_row(load) for load in reversed(loads)])
    show_table(frame, LOADS, key="ledgers.loads", height="content")
    if chosen["active"] and st.button(_("撤销批次{load}").format(load=chosen["load"]), key="ledgers.undo"):
        confirm_undo(chosen)


def show_how() -> None:
    """Say how ledgers are brought in."""
    with st.expander(_("怎样导入台账")):
        st.markdown(_("在程序目录打开命令窗口，先校验、再导入；一次导入的文件要么全部入库，要么都不入库。"))
        st.code(
            _("union-atlas check 台账文件夹    # 只校验，不入库\nunion-atlas load 台账文件夹     # 导入并生成新的数据版本\nunion-atlas status              # 查看批次\nunion-atlas undo 批次           # 撤销"),
            language=None,
        )  # fmt: skip


def say_secrets_and_news() -> None:
    """Warn of what must not come in, and tell once how an undo went."""
    st.markdown(_("**本系统为非涉密系统，严禁录入国家秘密。**"))
    if said := st.session_state.pop(SAID, None):
        st.info(said)


def show_load(loads: list[Load], chosen: Chosen, warehouse: Warehouse) -> None:
    """Show the list of loads and the chosen one in detail."""
    load = next(entry for entry in loads if entry["load"] == chosen.one("load"))
    file = chosen.one("file")
    file_name = None if file == ALL_FILES else chosen.titles("file")
    show_loads(loads, load)
    show_receipt(load, file_name, warehouse)
    show_bad_cells(load, file_name, warehouse)


def page() -> None:
    """Show the page from top to bottom; with every load taken back, the loads remain."""
    take_back()
    loads = generations.status(intake.open_street(answers.street_folder()))["loads"]
    if not any(load["active"] for load in loads):
        st.markdown(_("# 台账管理"))
        say_secrets_and_news()
        st.info(_("还没有有效的台账，请先导入。"))
        if loads:
            show_loads(loads, loads[-1])
        show_how()
        return
    warehouse = answers.current()
    head = st.container()
    chosen = choose(filters(warehouse, loads), key="ledgers")
    with head:
        page_header(warehouse, _("台账管理"), chosen.month())
        say_secrets_and_news()
    show_reports(warehouse, chosen.month())
    show_load(loads, chosen, warehouse)
    show_checks(warehouse)
    show_how()


page()
