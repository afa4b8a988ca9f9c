"""The section 队伍 of the page 队伍与制度."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts.lineage.links import of_questions, show_sources
from pages.parts.staff.lists import show_relatives, show_terms
from pages.parts.staff.numbers import show_communities, show_kinds, show_measures, summary_text
from pages.parts.staff.view import View, Where

LEDGER = "staff"


def show_staff(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show how many work for the unions, what falls to each, and what is to be looked at."""
    if not is_sent(warehouse, LEDGER):
        st.info(
            _(
                "还没有导入工会干部队伍台账。导入后这里显示工会工作人员、人均工作量、培训和任期届满提醒；姓名、电话、证件号码不入库。"
            )
        )
        return
    view = View(warehouse, month, where)
    text = summary_text(view)
    if not text:
        st.info(_("所选月份没有可用的工会干部队伍台账，可换一个月份。"))
        return
    st.markdown(text)
    named = {_("工作人员"): view.question("staff"), _("岗位"): view.question("staff_posts")}
    show_sources(warehouse, of_questions(named))
    show_measures(view)
    show_communities(view)
    left, _right = st.columns(2, gap="medium")
    with left:
        show_kinds(view)
    show_terms(view)
    show_relatives(view)
