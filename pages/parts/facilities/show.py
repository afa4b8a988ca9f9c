"""阵地: workers' homes, stations and the like, how large, how used, who is within reach, where a new one would help."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics.judging.facilities import LEDGER, facilities, narrowed
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts.facilities.listing import show_list
from pages.parts.facilities.numbers import show_communities, show_figures, show_kinds
from pages.parts.facilities.reach import show_map, show_reach
from pages.parts.facilities.view import COUNT, View, Where

MISSING = _("还没有导入职工之家和阵地台账。导入后这里显示阵地的数量、面积、功能室、等级、服务人次和周边职工。")


def show_facilities(warehouse: Warehouse, month: date, where: Where = ()) -> None:
    """Show the whole part; conditions other than community and park do not speak of facilities and are left aside."""
    if not is_sent(warehouse, LEDGER):
        st.info(MISSING)
        return
    view = View(warehouse, month, tuple(each for each in where if each[0] in ("community", "park")))
    if view.ask(COUNT).row.value is None:
        st.info(
            _("{year}年{month}月末没有可用的职工之家和阵地台账，可换一个月份。").format(
                year=month.year, month=month.month
            )
        )
        return
    found = narrowed(facilities(warehouse, month), view.where)
    show_figures(view)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        show_kinds(view)
        reach = show_reach(view)
    with right:
        show_map(view, found, reach)
    show_communities(view)
    show_list(view, found)
