"""Two versions compared, on the screen: why they differ, which numbers do, and which rows of which ledger."""

from __future__ import annotations

from gettext import gettext as _
from typing import Literal

import polars as pl
import streamlit as st

from metrics.periods import month_text
from metrics.versions import VersionDiff, words
from metrics.versions.rows import SHOWN, LedgerChange
from metrics.warehouse import Warehouse
from pages.parts.issuing.markup import escaped
from pages.parts.tables import TableColumn, export_buttons, show_table

FIGURES = (
    TableColumn("month", _("月份"), width=100),
    TableColumn("place", _("范围"), width=90),
    TableColumn("title", _("指标"), width="medium"),
    TableColumn("was", _("原为"), width="medium"),
    TableColumn("now", _("现为"), width="medium"),
)
ROWS = (
    TableColumn("state", _("变化"), width=60),
    TableColumn("key", _("记录"), width="medium"),
    TableColumn("unit", _("报送单位"), width=90),
    TableColumn("when", _("截至或期间"), width=100),
    TableColumn("cells", _("变动内容"), width="large"),
    TableColumn("file", _("文件"), width="medium"),
    TableColumn("sheet", _("工作表"), width=80),
    TableColumn("row", _("行"), "integer", width=50),
)
NARROW, TALL = 36, 330


def versions_text(found: VersionDiff) -> str:
    """Return which versions are compared: 数据版本7与8."""
    return _("数据版本{old}与{new}").format(old=found.causes.old.number, new=found.causes.new.number)


def show_causes(found: VersionDiff, later: Warehouse) -> None:
    """Say what was brought in, taken back, corrected, decided or set between the two."""
    st.markdown(_("##### 变了什么"))
    lines = words.cause_lines(found.causes, later)
    if lines:
        st.markdown("\n".join(f"- {escaped(line)}" for line in lines))
    else:
        st.caption(_("导入批次、更正、核对、设置和程序都相同。"))
    st.markdown(words.summary_text(found))
    if text := words.lacking_text(found):
        st.caption(text)


def _height(count: int) -> int | Literal["content"]:
    return "content" if count * NARROW < TALL else TALL


def show_figures(found: VersionDiff, later: Warehouse, warehouse: Warehouse) -> None:
    """List every number that differs, was → now with both sides."""
    st.markdown(_("##### 对指标的影响　{n}个").format(n=len(found.figures)))
    rows = []
    for change in found.figures:
        was, now = words.side_texts(change, later)
        place = {"month": month_text(change.month), "place": change.place, "title": change.metric.title}
        rows.append({**place, "was": was, "now": now})
    frame = pl.DataFrame(rows, schema={column.id: pl.String for column in FIGURES})
    month = month_text(found.month)
    about = _("比较{month}的全部指标，和前后各12个月的主要指标；只列不同的数字。").format(month=month)
    st.caption(about)
    empty = _("各指标相同。")
    shown = show_table(frame, FIGURES, key="versions.figures", height=_height(len(rows)), empty=empty)
    if rows:
        with st.container(horizontal=True):
            export_buttons(
                frame, shown, title=_("指标变化_{which}").format(which=versions_text(found)), unit=_("个"),
                date_text=month, warehouse=warehouse, key="versions.figures.export",
            )  # fmt: skip


def show_ledgers(found: VersionDiff, later: Warehouse, warehouse: Warehouse) -> None:
    """Show each ledger's rows that differ, with their places; of a ledger that lists persons only how many."""
    st.markdown(_("##### 台账各行"))
    differing = [change for change in found.ledgers if change.is_change]
    if not differing:
        st.caption(_("两个版本的台账各行相同。"))
    for change in differing:
        st.markdown(escaped(words.ledger_text(change)))
        if change.is_personal:
            st.caption(_("这份台账登记个人，只列行数。"))
        else:
            _show_rows(found, change, later, warehouse)


def _show_rows(found: VersionDiff, change: LedgerChange, later: Warehouse, warehouse: Warehouse) -> None:
    rows = [
        {
            "state": words.STATES[row.state], "key": row.key, "unit": words.place_text(row.unit_id, later),
            "when": words.when_text(row), "cells": words.cells_text(row), "file": row.file, "sheet": row.sheet,
            "row": row.row,
        }
        for row in change.rows
    ]  # fmt: skip
    if change.added + change.gone + change.changed > len(rows):
        st.caption(_("新增、消失、变动各列出前{n}行。").format(n=SHOWN))
    schema = {column.id: pl.Int64 if column.kind == "integer" else pl.String for column in ROWS}
    frame, key = pl.DataFrame(rows, schema=schema), f"versions.rows.{change.ledger}"
    shown = show_table(frame, ROWS, key=key, height=_height(len(rows)))
    with st.container(horizontal=True):
        export_buttons(
            frame, shown, title=_("{ledger}变化_{which}").format(ledger=change.title, which=versions_text(found)),
            unit=_("行"), date_text=month_text(found.month), warehouse=warehouse, key=f"{key}.export",
        )  # fmt: skip
