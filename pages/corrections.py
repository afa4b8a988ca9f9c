"""更正记录: a wrong cell of a ledger is corrected with a reason; the list says which corrections still act."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from pages.parts import answers
from pages.parts.choices import Filter
from pages.parts.corrections.listed import ledger_titles, show_list
from pages.parts.corrections.make import show_new
from pages.parts.filters import choose
from pages.parts.header import page_header
from pages.parts.issuing.notice import settle, show_notice


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    page_header(warehouse, _("更正记录"), None)
    st.caption(
        _("台账里个别格子有错、社区一时来不及改的，在这里更正；原台账不动，每次生成数据都重新套用，随时可以撤回。")
    )
    show_notice()
    can_change = not answers.say_read_only()
    show_list(warehouse, can_change)
    st.markdown(_("##### 新的更正") if can_change else _("##### 台账里的记录"))
    chosen = choose([Filter("ledger", _("台账"), ledger_titles(), "enterprise")], key="corrections", has_tools=False)
    show_new(warehouse, chosen.one("ledger"), can_change)
    settle()


page()
