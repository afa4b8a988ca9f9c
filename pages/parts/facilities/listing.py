"""The register of 阵地 as it was sent: rooms, grade, 六有, visits, state; those in charge and their phones are in no column."""

from __future__ import annotations

from dataclasses import asdict
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.judging.facilities import Facility
from pages.parts.facilities.view import View
from pages.parts.header import month_end_text
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.tables import TableColumn, export_buttons, show_table

SHORT = 10  # rows: a shorter list is as high as it is long
SIX = {True: _("全部达标"), False: _("未全部达标")}
COLUMNS = (
    TableColumn("facility", _("阵地名称"), width="medium"),
    TableColumn("kind", _("类型")),
    TableColumn("community", _("社区")),
    TableColumn("area_m2", _("面积（平方米）"), "integer"),
    TableColumn("rooms_text", _("功能室"), width="medium"),
    TableColumn("tier", _("等级")),
    TableColumn("star", _("星级"), "integer"),
    TableColumn("six_text", _("六有")),
    TableColumn("visits", _("本年累计服务人次"), "integer"),
    TableColumn("status", _("状态")),
    TableColumn("within", _("所在阵地")),
    TableColumn("park", _("园区"), is_shown=False),
    TableColumn("address", _("地址"), is_shown=False),
    TableColumn("hours", _("开放时间"), is_shown=False),
    TableColumn("build_mode", _("建设方式"), is_shown=False),
    TableColumn("built_date", _("建成日期"), "date", is_shown=False),
    TableColumn("equipment", _("设施"), is_shown=False),
    TableColumn("awarded", _("获评年度"), is_shown=False),
    TableColumn("awarded_by", _("授牌单位"), is_shown=False),
    TableColumn("annual_input_yuan", _("年投入（元）"), "money", is_shown=False),
    TableColumn("visits_daily", _("日均服务人次"), "decimal", is_shown=False),
    TableColumn("union_name", _("所属工会"), is_shown=False),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)


def rooms_text(found: Facility) -> str | None:
    """Return the rooms as the ledger names them, with 等 where it says that there are more."""
    return (_("、").join(found.rooms) + (_("等") if found.is_rooms_open else "")) if found.rooms else None


def listed(found: tuple[Facility, ...]) -> pl.DataFrame:
    """Return the facilities as a table's rows."""
    rows = [
        {**asdict(each), "rooms": None, "rooms_text": rooms_text(each), "six_text": None if each.has_six is None else SIX[each.has_six]}
        for each in found
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None).drop("rooms")


def show_list(view: View, found: tuple[Facility, ...]) -> None:
    """Show every facility on the register, also those not in use; an empty cell is what the ledger does not say."""
    st.markdown(_("##### 阵地清单　{n}处").format(n=f"{len(found):,}"))
    if not found:
        st.info(_("所选社区、园区没有登记阵地；可清空条件再看。"))
        return
    frame = listed(found)
    tools = st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(view.warehouse, frame)
    shown = show_table(
        linked,
        linked_columns(COLUMNS),
        key="facilities.list",
        height=380 if frame.height > SHORT else "content",
        chooser=tools,
    )
    with tools:
        export_buttons(
            frame, shown, title=_("职工之家和阵地清单"), unit=_("处"), date_text=month_end_text(view.month),
            warehouse=view.warehouse, key="facilities.list.export",
        )  # fmt: skip
    left_out = [each for each in found if not each.is_counted]
    if left_out:
        st.caption(
            _("清单含停用、拆除、撤销的和写明在另一处阵地里面的{n}处，不计入上面的处数和面积。").format(n=len(left_out))
        )
