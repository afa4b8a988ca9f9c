"""报送情况 and 待核对事项: who has sent what, and what the ledgers say against each other."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases, receipts
from metrics.periods import month_text
from metrics.reports import report_states, summary
from metrics.warehouse import Warehouse
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.receipts import FOUND, state_text
from pages.parts.tables import TableColumn, show_table


def show_reports(warehouse: Warehouse, month: date) -> None:
    """Show 应报/已报/零报告/未报 of a month: a sentence per ledger that is owed, then communities by ledgers."""
    st.markdown(_("##### {month}报送情况").format(month=month_text(month)))
    owed = [phrases.report_text(entry) for entry in summary(warehouse, month) if entry.due]
    st.markdown("  \n".join(owed) or _("本月没有应报的台账。"))
    states = report_states(warehouse, month)
    ledgers = dict.fromkeys((state.ledger, state.title) for state in states)
    found = {(state.community, state.ledger): state_text(state) for state in states}
    lines = [
        {"unit": name, **{ledger: found.get((name, ledger)) for ledger, _title in ledgers}}
        for name in dict.fromkeys(state.community for state in states)
    ]
    columns = [TableColumn("unit", _("社区")), *(TableColumn(ledger, title) for ledger, title in ledgers)]
    show_table(pl.DataFrame(lines), columns, key="ledgers.reports", height="content")


def show_checks(warehouse: Warehouse) -> None:
    """Show what the checks of the ledgers against each other found."""
    found = receipts.checks(warehouse)
    if not found:
        return
    st.markdown(_("##### 待核对事项"))
    st.caption(_("只提示、不改数；标“须更正”的互相矛盾，一定有一处填错，其余请核实。更正后重新导入即可消除。"))
    for check in found:
        if check.found:
            mark = _("须更正　") if check.is_hard else ""
            with st.expander(mark + _("{title}　{n}条").format(title=check.title, n=f"{check.found:,}")):
                st.caption(check.meaning)
                rows = with_links(warehouse, receipts.check_rows(warehouse, check.id))
                show_table(rows, linked_columns(FOUND), key=f"ledgers.check.{check.id}", height=240)
    if clean := [check.title for check in found if not check.found]:
        st.caption(_("没有发现：{titles}。").format(titles="；".join(clean)))
