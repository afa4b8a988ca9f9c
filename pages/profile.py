"""社区概况: everything about one community on one page, each number with what stands behind it."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from metrics import scope
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.choices import Filter
from pages.parts.filters import choose, month_filter
from pages.parts.header import page_header
from pages.parts.issuing.markup import escaped
from pages.parts.profile.export import show_export
from pages.parts.profile.facts import show_section
from pages.parts.profile.sections import LEFT, RIGHT
from pages.parts.profile.to_do import show_to_do
from pages.parts.profile.view import View

LEDGERS = ("enterprise", "dispute")


def community_choice(warehouse: Warehouse) -> Filter:
    """Return the choice of one community; first comes one of which the street notes something, as 南坑 in the sample."""
    titles = {entry.id: entry.title for entry in scope.communities(warehouse)}
    noted = next((code for code in titles if f"note:{code}" in scope.settings(warehouse)), None)
    return Filter("community", _("社区"), titles, noted, aliases={title: code for code, title in titles.items()})


def show_notes(view: View) -> None:
    """Say what has to be said along with this community's numbers."""
    if note := scope.settings(view.warehouse).get(f"note:{view.community}"):
        st.caption(_("说明：{note}。").format(note=escaped(note)))


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose([community_choice(warehouse), month_filter(warehouse)], key="profile")
    view = View(warehouse, chosen.month(), chosen.one("community"))
    with head:
        sent = [ledger for ledger in LEDGERS if is_sent(warehouse, ledger)]
        page_header(warehouse, _("社区概况　{name}社区").format(name=view.name), view.month, sent)
    show_notes(view)
    for column, sections in zip(st.columns(2, gap="medium"), (LEFT, RIGHT), strict=True):
        with column:
            for section in sections:
                show_section(view, section)
    show_to_do(view)
    show_export(view)


page()
