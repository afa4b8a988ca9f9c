"""The corrections that stand, each with its state, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from gettext import gettext as _
from typing import Any

import polars as pl
import streamlit as st

from etl.corrections import (
    STATE_TITLES,
    CorrectionState,
    column_title,
    ledgers,
    names_of,
    read_corrections,
    states,
    withdraw_correction,
)
from etl.errors import StreetError
from etl.ledger import ledger_kinds
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import attempt, user
from pages.parts.tables import TableColumn, export_buttons, show_table

COLUMNS = (
    TableColumn("no", _("序号"), "integer", width="small"),
    TableColumn("state", _("状态"), width=130),
    TableColumn("ledger", _("台账"), width=110),
    TableColumn("name", _("名称"), width=230),
    TableColumn("key", _("记录"), width=260),
    TableColumn("column", _("列"), width="small"),
    TableColumn("was", _("原值")),
    TableColumn("now", _("更正值")),
    TableColumn("row_count", _("更正行数"), "integer", width="small"),
    TableColumn("said", _("说明"), width=480),
    TableColumn("reason", _("理由"), width="medium"),
    TableColumn("source", _("依据")),
    TableColumn("by", _("更正人"), width="small"),
    TableColumn("on", _("更正日期"), "date"),
)


def ledger_titles() -> dict[str, str]:
    """Return the ledgers whose rows may be corrected."""
    return ledgers()


def _frame(found: Sequence[CorrectionState], names: dict[int, str]) -> pl.DataFrame:
    rows = [
        {**vars(one), "state": STATE_TITLES[one.state], "ledger": _ledger(one), "column": column_title(one.ledger, one.column),
         "key": one.key.split(":", 1)[-1], "name": names.get(one.no)}
        for one in found
    ]  # fmt: skip
    types = {"integer": pl.Int64, "date": pl.Date}
    return pl.DataFrame(rows, schema={column.id: types.get(column.kind, pl.String) for column in COLUMNS})


def _ledger(one: CorrectionState) -> str:
    kind = ledger_kinds().get(one.ledger)
    return kind.title if kind else one.ledger


def _title(one: CorrectionState) -> str:
    return _("第{no}条　{ledger}　{column}：{was} → {now}").format(
        no=one.no, ledger=_ledger(one), column=column_title(one.ledger, one.column), was=one.was or _("空"),
        now=one.now or _("空"),
    )  # fmt: skip


def _say_file(found: Sequence[CorrectionState]) -> None:
    """Say where the file cannot be read, or says more than this data version was built with."""
    try:
        lines = read_corrections(answers.street_folder())
    except StreetError as error:
        st.error(error.sentence())
        return
    if [(one.reason, one.on, one.by) for one in lines] != [(one.reason, one.on, one.by) for one in found]:
        st.warning(_("更正记录文件有改动，还没有用到现在的数据版本；再导入任何一份台账，或重新打开本程序后生效。"))


def show_list(warehouse: Warehouse, can_change: bool) -> None:
    """Show every correction with its state, the ones to be looked at said in words, and the button that takes one back."""
    found = states(warehouse.path)
    st.markdown(_("##### 更正记录　{n}条").format(n=len(found)))
    if can_change:
        _say_file(found)
    if not found:
        st.info(_("还没有更正记录。"))
        return
    names = names_of(warehouse.path, found)
    show_table(_frame(found, names), COLUMNS, key="corrections.list")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        export_buttons(
            lambda: _frame(found, names), COLUMNS, title=_("更正记录"), unit=_("条"), warehouse=warehouse, key="corrections.export",
            date_text=_("数据版本{n}").format(n=warehouse.generation_no),
        )  # fmt: skip
        if can_change:
            _withdrawal(found)


def _withdrawal(found: Sequence[CorrectionState]) -> None:
    with st.popover(_("撤回更正")):
        titles = {one.no: _title(one) for one in found}
        no = st.selectbox(_("撤回哪一条"), list(titles), format_func=titles.__getitem__, key="corrections.back.no")
        st.caption(_("撤回后如同没有更正过，同时生成新的数据版本。"))
        one = next((one for one in found if one.no == no), None)
        if st.button(_("确认撤回"), key="corrections.back") and one:
            done = _("已撤回：{title}。数据版本已更新。").format(title=escaped(_title(one)))
            publish(partial(withdraw_correction, answers.street_folder(), one.no, user(), expected=one), done)


def publish(act: partial[Any], done: str) -> None:
    """Do what publishes, and leave what came of it for the next run."""
    with st.spinner(_("正在更新数据版本……")):
        attempt(act, done)
    st.rerun()
