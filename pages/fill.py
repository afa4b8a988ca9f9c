"""按模板填数: give the district's own workbook, get it back with its numbers."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from briefing.filling.template import MOST_BYTES
from pages.parts import answers
from pages.parts.filling.results import show_result
from pages.parts.filling.wording import show_builder, show_rules
from pages.parts.filling.work import MOST_FILES, Done, fill_job
from pages.parts.header import page_header
from pages.parts.uploader import uploader

TAKEN_UP = "fill.taken_up"  # session: the last upload that was filled
RESULTS = "fill.results"  # session: what became of it


def texts() -> dict[str, str]:
    """Return what the uploader says of templates."""
    return {
        "zone": _("上传模板"),
        "drop": _("把模板（.xlsx）拖到此处，或者"),
        "choose": _("选择模板"),
        "chooseFolder": "",
        "limits": _("一次最多{files}份，每份不超过{n}MB；模板填完即删，不保存").format(
            files=MOST_FILES, n=MOST_BYTES // 1_000_000
        ),
    }


def take_in() -> tuple[Done, ...]:
    """Fill the templates that have just arrived, once; return what became of the latest."""
    arrived = uploader("fill.uploader", texts())
    if arrived and arrived != st.session_state.get(TAKEN_UP):
        st.session_state[TAKEN_UP] = arrived
        with st.spinner(_("正在填数……")):
            st.session_state[RESULTS] = found = fill_job(answers.street_folder(), arrived)
        if not found:
            st.warning(_("这次上传的文件已不在，请重新上传。"))
    results: tuple[Done, ...] = st.session_state.get(RESULTS, ())
    return results


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    page_header(warehouse, _("按模板填数"), None)
    if not answers.is_newest():
        st.info(_("填数总按最新的数据和定稿数，不按正在查看的较早版本。"))
    for place, done in enumerate(take_in()):
        show_result(warehouse, done, place)
    st.markdown(_("##### 怎样写模板"))
    show_builder(warehouse)
    show_rules()


page()
