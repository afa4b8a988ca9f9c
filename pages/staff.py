"""队伍与制度: who works for the unions, by which rules, who heard them, and what else a street union keeps in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.choices import Filter
from pages.parts.contracts.show import show_contracts
from pages.parts.dues.show import show_dues
from pages.parts.filters import choose, community_filter, month_filter, switch
from pages.parts.header import page_header
from pages.parts.honours.show import show_honours
from pages.parts.rules.checklists import show_checklists
from pages.parts.rules.meetings import show_meetings
from pages.parts.rules.show import show_rules
from pages.parts.staff.show import show_staff
from pages.parts.staff.view import Where

Section = Callable[[Warehouse, date, Where], None]
SECTIONS: dict[str, tuple[str, Section, tuple[str, ...]]] = {
    "staff": (_("队伍"), show_staff, ("staff", "enterprise", "dispute")),
    "rules": (_("制度"), show_rules, ("rule",)),
    "meetings": (_("听取汇报与会议"), show_meetings, ("meeting",)),
    "contracts": (_("民主管理与合同"), show_contracts, ("contract", "union_org", "enterprise")),
    "dues": (_("经费"), show_dues, ("dues",)),
    "honours": (_("荣誉与创建"), show_honours, ("honour", "award")),
    "checklists": (_("清单"), show_checklists, ("checklist",)),
}
PART = Filter("part", _("内容"), {name: title for name, (title, _show, _ledgers) in SECTIONS.items()}, "staff")


def page() -> None:
    """Show the section that is asked for."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose([month_filter(warehouse), community_filter(warehouse)], key="staff")
    part = switch(PART, key="staff")
    _title, show, ledgers = SECTIONS[part]
    with head:
        sent = [ledger for ledger in ledgers if is_sent(warehouse, ledger)]
        page_header(warehouse, _("队伍与制度"), chosen.month(), sent)
    show(warehouse, chosen.month(), chosen.where("community"))


page()
