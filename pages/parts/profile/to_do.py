"""待办清单 of 社区概况: each list with how many stand on it and the page that shows them, the responsible community named."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from metrics.question import Question
from metrics.reports import is_sent, report_states
from pages import PAGES
from pages.parts import answers
from pages.parts.filters import link_to
from pages.parts.hazards.reports import open_rows
from pages.parts.hazards.view import View as HazardView
from pages.parts.profile.sections import TO_DO, Fact, ToDo
from pages.parts.profile.view import View

WITHOUT_UNION = ("none", "preparing")
HAZARD = "hazard"


def _row(text: str, page: str, label: str, **ids: str) -> None:
    """Show one list: what and how many, and the way to it where the page is there."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(text)
        if any(entry.file == page for entry in PAGES):
            link_to(page, label, **ids)


def show_without_union(view: View) -> str:
    """Show how many enterprises have no union; return the list's name where it is empty."""
    where = (("community", (view.community,)), ("union_status", WITHOUT_UNION))
    answer = answers.answer(view.warehouse, Question("enterprises", (), view.month, where=where))
    name = _("未建会企业（含筹建中）")
    if not answer.row.known:
        return ""
    if not answer.row.numerator:
        return name
    text = f"{name}　**{answers.row_text(view.warehouse, answer.metric, answer.row)}**"
    ids = {"month": f"{view.month:%Y-%m}", "community": view.community, "union_status": ",".join(WITHOUT_UNION)}
    _row(text, "pages/map.py", _("查看名单"), **ids)
    return ""


def show_list(view: View, one: ToDo) -> str:
    """Show one list that a metric counts; return its name where nobody stands on it."""
    found = view.find(Fact(one.metric))
    if found is None or found.row.value is None:
        return ""
    if not found.row.value:
        return found.title
    ids = {"month": f"{view.month:%Y-%m}", "community": view.community, **({"part": one.part} if one.part else {})}
    _row(f"{found.title}　**{view.value(found)}**", one.page, _("查看名单"), **ids)
    return ""


def show_open_hazards(view: View) -> str:
    """Show how many hazards are neither resolved nor found untrue nor taken up as a case; return the name of an empty list."""
    asked = HazardView(view.warehouse, view.month, (("community", (view.community,)),))
    if not is_sent(view.warehouse, HAZARD) or not asked.ask("hazards").row.known:
        return ""
    name, count = _("尚未化解的隐患"), open_rows(asked).height
    if not count:
        return name
    ids = {"month": f"{view.month:%Y-%m}", "community": view.community, "part": "reports"}
    _row(_("{name}　**{n}条**").format(name=name, n=f"{count:,}"), "pages/hazards.py", _("查看名单"), **ids)
    return ""


def show_missing(view: View) -> None:
    """Name the ledgers that the community owes for the month and has not sent."""
    states = [state for state in report_states(view.warehouse, view.month) if state.community_id == view.community]
    missing = [state.title for state in states if state.is_missing and state.due_unit != "street"]
    if missing:
        _row(_("本月应报未报　**{names}**").format(names="、".join(missing)), "pages/ledgers.py", _("台账管理"))


def show_to_do(view: View) -> None:
    """Show every list of the community."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(_("##### 待办清单"))
        st.caption(_("责任单位：{name}社区工会联合会").format(name=view.name))
        shown = [show_without_union(view), *(show_list(view, one) for one in TO_DO), show_open_hazards(view)]
        show_missing(view)
        empty = list(filter(None, shown))
        if empty:
            st.caption(_("目前没有：{names}。").format(names="、".join(empty)))
