"""荣誉与创建: honours of organisations by level, harmonious enterprises and parks; no person is in it."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts.bars import Bar, bars
from pages.parts.pictures import picture
from pages.parts.staff.view import View, Where, marked, show_list, show_measure
from pages.parts.tables import TableColumn

HONOUR, AWARD = "honour", "award"
HONOURS, ENTERPRISES, PARKS = "honours", "harmonious_enterprises", "harmonious_parks"
HONOUR_COLUMNS = (
    TableColumn("unit_name", _("荣誉名称"), width="medium"),
    TableColumn("recipient", _("获奖单位"), width="medium"),
    TableColumn("honour_level", _("级别")),
    TableColumn("awarded_date", _("授予日期")),
    TableColumn("awarded_by", _("授予单位")),
    TableColumn("community", _("社区")),
)
AWARD_COLUMNS = (
    TableColumn("unit_name", _("创建单位"), width="medium"),
    TableColumn("community", _("社区")),
    TableColumn("honour_level", _("级别")),
    TableColumn("awarded_date", _("达标日期")),
    TableColumn("term_end", _("有效期至")),
)


def _show_levels(view: View, metric: str, title: str, key: str) -> None:
    """Show a count by level, the highest first."""
    answer = view.answer(metric, "honour_level")
    rows = [
        Bar(row.keys["honour_level"] or "", row.value, view.text(answer, row), "", f"{row.keys['honour_level']}　{view.text(answer, row)}")
        for row in answer.rows if row.value
    ]  # fmt: skip
    if rows:
        alt = title + "：" + "，".join(f"{bar.label}{bar.text}" for bar in rows)
        picture(bars(marked(view, title), rows, mark=None, alt=alt), key=key)


def honour_frame(view: View) -> pl.DataFrame:
    """Return the honours with the street's own first; the level from the highest down."""
    order = {row.keys["honour_level"]: place for place, row in enumerate(view.answer(HONOURS, "honour_level").rows)}
    frame = view.rows(HONOURS).with_columns(pl.col("community").fill_null(_("街道本级")))
    place = pl.col("honour_level").replace_strict(order, default=len(order), return_dtype=pl.Int64)
    return frame.sort(place, "awarded_date", descending=[False, True], nulls_last=True, maintain_order=True)


def _show_honours(view: View) -> None:
    if not is_sent(view.warehouse, HONOUR):
        st.info(_("还没有导入单位荣誉台账。只登记单位（集体）的荣誉，个人荣誉不入库。"))
        return
    _show_levels(view, HONOURS, _("单位荣誉（项，按级别）"), "honours.levels")
    empty = _("所选月份、社区没有登记荣誉。")
    show_list(
        view, honour_frame(view), HONOUR_COLUMNS, title=_("单位荣誉"), unit=_("项"), key="honours.table", empty=empty
    )
    st.caption(_("只登记单位（集体）的荣誉，个人荣誉不入库；没有写授予日期的不推断。"))


def _show_awards(view: View) -> None:
    if not is_sent(view.warehouse, AWARD):
        st.info(_("还没有导入和谐创建台账。导入后这里显示劳动关系和谐企业、和谐园区。"))
        return
    _show_levels(view, ENTERPRISES, _("劳动关系和谐企业（家，按级别）"), "honours.awards")
    for metric, title, unit in ((ENTERPRISES, _("劳动关系和谐企业"), _("家")), (PARKS, _("劳动关系和谐园区"), _("个"))):
        st.markdown(f"**{title}**")
        empty = _("所选月份、社区没有称号有效的单位。")
        show_list(view, view.rows(metric), AWARD_COLUMNS, title=title, unit=unit, key=f"honours.{metric}", empty=empty)
    st.caption(_("正在创建的、已撤销和过了有效期的不列；一家有几个级别的只列最高的级别。"))


def show_honours(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the whole part at the month's end."""
    view = View(warehouse, month, where)
    sent = [(HONOURS, _("单位荣誉"), HONOUR), (ENTERPRISES, _("和谐企业"), AWARD), (PARKS, _("和谐园区"), AWARD)]
    shown = [(metric, title) for metric, title, ledger in sent if is_sent(warehouse, ledger)]
    if shown:
        for (metric, title), place in zip(shown, st.columns(3, gap="small"), strict=False):
            show_measure(view, view.answer(metric), title, _("月末数"), place)
    st.markdown(_("##### 单位荣誉"))
    _show_honours(view)
    st.markdown(_("##### 和谐创建"))
    _show_awards(view)
