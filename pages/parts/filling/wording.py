"""怎样写模板: choose what is wanted and copy its placeholder; what else may be written."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from briefing.filling.wanted import EXAMPLE, PERIODS, WHATS, WHOLE_STREET
from metrics import scope
from metrics.catalogue import catalogue
from metrics.warehouse import Warehouse
from pages.parts.choices import month_titles

BAR = "|"
USUAL = _("（不写）")
DEFAULT = "coverage_rate"


def show_builder(warehouse: Warehouse) -> None:
    """Let the user choose an indicator, a place and a month, and show what to write into the cell."""
    titles = [metric.title for metric in catalogue().values()]
    places = [WHOLE_STREET[0], *(entry.title for entry in scope.communities(warehouse))]
    months = list(month_titles(warehouse))
    usual = months.index(f"{scope.default_month(warehouse):%Y-%m}")
    lists = (
        (_("指标"), titles, titles.index(catalogue()[DEFAULT].title), 280),
        (_("社区"), places, 0, 140), (_("月份"), months, usual, 140),
        (_("期间"), [USUAL, *PERIODS], 0, 140), (_("填什么"), [USUAL, *WHATS], 0, 140),
    )  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        chosen = [
            st.selectbox(title, options, index=place, width=width, key=f"fill.{title}", placeholder=_("请选择"))
            for title, options, place, width in lists
        ]
    words = [word for word in chosen if word and word != USUAL]
    st.code("{{" + BAR.join(words) + "}}", language=None)


def show_rules() -> None:
    """Say how a placeholder is written and what a cell becomes."""
    st.markdown(
        _("""- 在 .xlsx 的任一单元格里写 `{example}`，一格可以写几个，也可以夹在文字里。
- 社区写名称，全街道写“全街道”。月份写 2018-12、2018年12月 或 2018.12。
- 第四、五项可以不写：期间写 {periods}；填什么写 {whats}。
- 单独一格填成数字，随单元格的格式：百分比格式填比率，其他数字格式填百分数；常规格式的比率填成文字“96.0%”。
- 未报的填“未报”，不填0。已定稿的月份填定稿数。
- 有一处写错就不生成文件，所有错处一次列出。""")
        .replace("{example}", EXAMPLE)
        .replace("{periods}", "、".join(PERIODS))
        .replace("{whats}", "、".join(WHATS))
    )
