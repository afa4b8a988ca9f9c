"""A new correction: find the row, see its cells as the ledger wrote them, choose one, say what is right and why."""

from __future__ import annotations

from functools import lru_cache, partial
from gettext import gettext as _

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from etl.corrections import MOST, FoundCell, FoundRow, add_correction, choices, find_rows, is_list
from etl.errors import StreetError
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.corrections.listed import publish
from pages.parts.corrections.preview import show_effects
from pages.parts.header import date_text
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import look_for_numbers_of_persons, user
from pages.parts.tables import TableColumn, show_table

BLANK = _("不详")  # what every ledger reads as an empty cell
SAVED = _("更正已保存，数据版本已更新。改了哪些数字，见“数据版本”。")
LONGEST = 200
ROUND = "corrections.round"  # session: how many were saved; the next form is a new one, and empty
CELLS = (
    TableColumn("title", _("列"), width="medium"),
    TableColumn("text", _("台账内容"), width="medium"),
    TableColumn("now", _("更正为"), width="medium"),
)


@lru_cache(maxsize=8)
def rows_found(warehouse: Warehouse, ledger: str, text: str) -> tuple[FoundRow, ...]:
    """Return the rows that hold a text, looked for once per data version."""
    return find_rows(answers.street_folder(), warehouse.path, ledger, text)


def _searched() -> None:
    """Keep what is looked for in the address."""
    if text := st.session_state["corrections.find"].strip():
        st.query_params["find"] = text
    else:
        st.query_params.pop("find", None)


def show_new(warehouse: Warehouse, ledger: str, can_change: bool) -> None:
    """Look for a row of a ledger and let one of its cells be corrected."""
    st.session_state.setdefault("corrections.find", st.query_params.get("find", "")[:100])
    text = st.text_input(
        _("找一条记录"),
        key="corrections.find",
        placeholder=_("输入企业名称、信用代码或案号，按回车查找"),
        on_change=_searched,
    )
    if not text.strip():
        return
    rows = rows_found(warehouse, ledger, text)
    if not rows:
        st.info(_("没有找到“{text}”。请核对写法，或换一种台账。").format(text=escaped(text.strip())))
        return
    titles = {row.row_id: _row_title(row) for row in rows}
    few = _("，只列最近的{n}条，请写得详细些").format(n=MOST) if len(rows) == MOST else ""
    chosen = st.selectbox(
        _("哪一条（近的在前{few}）").format(few=few), list(titles), format_func=titles.__getitem__,
        key=f"corrections.row.{ledger}", placeholder=_("请选择"),
    )  # fmt: skip
    row = next((row for row in rows if row.row_id == chosen), rows[0])
    left, right = st.columns(2, gap="medium")
    below = st.container()  # what a correction would do: too wide for half the page
    with left:
        _show_cells(row)
    with right:
        if can_change:
            _show_form(ledger, row, below)


def _row_title(row: FoundRow) -> str:
    day = f"　{date_text(row.day)}" if row.day else ""
    return f"{row.title}{day}　{_('第{n}行').format(n=row.row)}"


def _show_cells(row: FoundRow) -> None:
    st.caption(
        _("来源：{file}　{sheet}　第{row}行").format(file=escaped(row.file), sheet=escaped(row.sheet), row=row.row)
    )
    cells = [
        {"title": cell.title, "text": cell.text, "now": (cell.now or BLANK) if cell.correction_no else None}
        for cell in row.cells
    ]
    show_table(
        pl.DataFrame(cells, schema=dict.fromkeys(("title", "text", "now"), pl.String)), CELLS, key="corrections.cells"
    )
    st.caption(_("个人信息不入库，这里没有，也不能更正。"))


def _show_form(ledger: str, row: FoundRow, below: DeltaGenerator) -> None:
    cells = {cell.column: cell for cell in row.cells if not cell.why_not}
    column = st.selectbox(
        _("更正哪一列"), list(cells), format_func=lambda name: cells[name].title,
        key=f"corrections.column.{ledger}", placeholder=_("请选择"),
    )  # fmt: skip
    if column is None:
        return
    cell, key = cells[column], f"corrections.{st.session_state.get(ROUND, 0)}.{row.row_id}.{column}"
    st.markdown(_("台账内容：**{text}**").format(text=escaped(cell.text or BLANK)))
    with st.form(key, border=False, enter_to_submit=False):
        now = _value(ledger, cell, key)
        reason = st.text_input(_("理由（不写姓名）"), max_chars=LONGEST, key=f"{key}.reason")
        source = st.text_input(_("依据（如：社区来函、营业执照）"), max_chars=LONGEST, key=f"{key}.source")
        st.caption(_scope(row))
        with st.container(horizontal=True):
            is_saved = st.form_submit_button(_("保存更正"), type="primary")
            is_asked = st.form_submit_button(_("先看影响"))
    if is_saved:
        look_for_numbers_of_persons([reason, source, now or ""])
        publish(partial(_save, ledger, row, cell, now, reason, source), SAVED)
    if is_asked and now:
        with below:
            show_effects(ledger, row, cell, now)
    elif is_asked:
        st.error(_("还没有写更正后的内容，请先填写。"))


def _save(ledger: str, row: FoundRow, cell: FoundCell, now: str, reason: str, source: str) -> None:
    if not now:
        raise StreetError(_("还没有写更正后的内容"), remedy=_("确实不详的，请写“{blank}”").format(blank=BLANK))
    street = answers.street_folder()
    add_correction(street, ledger, row.key, cell.column, cell.text or "", now, reason, source, by=user())
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _scope(row: FoundRow) -> str:
    if row.day is None:
        return _("保存后，这条记录的这一格按更正值计算。")
    return _("保存后，从{day}这一期起，这一格仍是原值的都按更正值计算；社区自己改正了，本条自动停用。").format(
        day=date_text(row.day)
    )


def _value(ledger: str, cell: FoundCell, key: str) -> str:
    """Ask for the right value: one or several of the list, else a text; "" where nothing was said."""
    listed = choices(answers.street_folder(), ledger, cell.column)
    if listed and is_list(ledger, cell.column):
        return "；".join(st.multiselect(_("更正为"), [BLANK, *listed], key=f"{key}.now", placeholder=_("请选择")))
    if listed:
        chosen = st.selectbox(_("更正为"), [BLANK, *listed], key=f"{key}.now", index=None, placeholder=_("请选择"))
        return chosen or ""
    return st.text_input(_("更正为（确实不详的写“不详”）"), max_chars=LONGEST, key=f"{key}.now").strip()
