"""数字来源: from a number to the rows behind it, from a row to every number that it enters. Opened by links."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from etl.errors import QuestionError
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.header import page_header
from pages.parts.lineage.asked import group_in, question_of
from pages.parts.lineage.figure import show_figure
from pages.parts.lineage.row import show_row


def show(warehouse: Warehouse) -> None:
    """Show what the address names: a row, a figure, or how to get here."""
    asked = st.query_params
    if "load" in asked:
        show_row(warehouse, asked.get("load", ""), asked.get("file", ""), asked.get("sheet", ""), asked.get("row", ""))
    elif "metric" in asked:
        address = asked.to_dict()
        show_figure(warehouse, question_of(address), group_in(address))
    else:
        page_header(warehouse, _("数字来源"), None)
        st.info(_("请从任一数字旁ⓘ里的“明细与来源”，或清单里的“查看”进入。"))


def page() -> None:
    """Show the page; an address that names what does not exist is answered in a sentence."""
    warehouse = answers.current()
    try:
        show(warehouse)
    except QuestionError as error:
        page_header(warehouse, _("数字来源"), None)
        st.warning(error.sentence())


page()
