"""The section 清单: the street's own checklists, item by item, with what they rest on; the program knows no contents."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.judging.street_level import street_items
from metrics.question import Row
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.lineage.links import of_questions, show_sources
from pages.parts.staff.view import View, Where, count, show_list
from pages.parts.tables import TableColumn, show_table

LEDGER = "checklist"
ITEMS, RATE = "checklist_items", "checklist_done_rate"
SUMS = (
    TableColumn("checklist", _("清单")),
    TableColumn("items", _("事项（项）"), "integer"),
    TableColumn("done", _("已落实"), "integer"),
    TableColumn("partly", _("部分落实"), "integer"),
    TableColumn("not_yet", _("未落实"), "integer"),
    TableColumn("not_applicable", _("不适用"), "integer"),
    TableColumn("open", _("没有填"), "integer"),
    TableColumn("rate", _("落实率"), "percent"),
)
COLUMNS = (
    TableColumn("unit_name", _("清单事项"), width="medium"),
    TableColumn("checklist", _("清单")),
    TableColumn("community", _("社区")),
    TableColumn("union_level", _("层级")),
    TableColumn("enterprise", _("企业")),
    TableColumn("implementation", _("落实状态")),
    TableColumn("basis", _("依据文件")),
    TableColumn("checked_date", _("检查日期"), "date"),
)
OF_STREET = tuple(column for column in COLUMNS if column.id not in {"community", "union_level", "enterprise"})


def _sums(items: Row, rate: Row | None) -> dict[str, object]:
    parts = items.parts or {}
    left = (items.value or 0) - sum(parts.values())
    return {
        "checklist": items.keys["checklist"],
        "items": items.value,
        **parts,
        "open": left,
        "rate": rate.value if rate else None,
    }


def sums_frame(view: View) -> pl.DataFrame:
    """Return one row per list; the rate leaves out what does not apply and what is not told."""
    items, rates = view.answer(ITEMS, "checklist").rows, view.answer(RATE, "checklist")
    rows = [_sums(row, rates.find(checklist_id=row.keys["checklist_id"])) for row in items]
    whole = [column.id for column in SUMS if column.kind == "integer"]
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col(name).cast(pl.Int64) for name in whole)


def show_lists(view: View) -> None:
    """Show each list's items by what is said of them, then the items."""
    frame = view.rows(ITEMS).sort("checklist", maintain_order=True)
    if frame.is_empty():
        st.info(_("所选社区没有清单事项；可清空条件再看。"))
        return
    show_table(sums_frame(view), SUMS, key="checklists.sums")
    st.caption(
        _(
            "清单名称和内容由街道在工作清单台账里填写，程序不预设；“部分落实”不算已落实，“不适用”不计入落实率，不作社区排名。"
        )
    )
    st.markdown(_("##### 清单事项　{n}项").format(n=frame.height))
    show_list(view, frame, COLUMNS, title=_("工作清单"), unit=_("项"), key="checklists.table", empty="")


def _show_street(view: View) -> None:
    own = street_items(view.warehouse, view.month)
    if not view.chosen and not own.is_empty():
        st.markdown(_("##### 街道一级的清单事项　{n}项（另列，不计入各社区）").format(n=own.height))
        show_list(view, own, OF_STREET, title=_("街道一级的工作清单"), unit=_("项"), key="checklists.street", empty="")


def show_checklists(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the street's own checklists at the month's end."""
    if not is_sent(warehouse, LEDGER):
        st.info(_("还没有导入工作清单台账。清单名称、事项、依据文件和落实状态都由街道填写，导入后在这里逐项显示。"))
        return
    view = View(warehouse, month, where)
    items, rate = view.answer(ITEMS).row, view.answer(RATE)
    if not items.known:
        st.info(_("所选月份没有可用的工作清单台账，可换一个月份。"))
        return
    share = answers.row_text(warehouse, rate.metric, rate.row)
    st.markdown(_("**清单事项{n}项**，落实率{share}。").format(n=count(items.value), share=share))
    show_sources(warehouse, of_questions({_("清单事项"): view.question(ITEMS), _("落实率"): view.question(RATE)}))
    show_lists(view)
    _show_street(view)
