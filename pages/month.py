"""月度定稿: who still owes a ledger, what is sent back, the button that closes a month, and what was corrected since."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from etl.errors import AtlasError
from metrics.closed.closing import closing
from metrics.judging.calendar import default_calendar_month, report_calendar
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import choose, month_filter
from pages.parts.header import page_header
from pages.parts.issuing.notice import settle, show_notice
from pages.parts.month.closing_box import show_closing
from pages.parts.month.corrected import show_closed_months, show_corrections, show_figures
from pages.parts.month.panel import show_panel, show_reminder
from pages.parts.month.reports import show_nil_reports, show_returns
from pages.parts.month.view import View


def view_of(warehouse: Warehouse, month: date, day: date) -> View | None:
    """Return what the parts are shown for; where the record of reports or closings cannot be read, say why."""
    street = answers.street_folder()
    try:
        owed = report_calendar(warehouse, street, month, day)
        return View(warehouse, street, month, day, owed, closing(street, month), answers.is_newest())
    except AtlasError as error:
        st.error(error.sentence())
        return None


def show(view: View) -> None:
    """Show the month: who has reported on the left, closing and reminding on the right, corrections below both."""
    left, right = st.columns([8, 5], gap="medium")
    with left:
        show_panel(view)
    with right:
        show_closing(view)
        show_figures(view)
        show_reminder(view)
        if view.can_change:
            show_nil_reports(view)
            show_returns(view)
        show_closed_months(view)
    show_corrections(view)


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", key="month.row"):
        with st.container(width="content"):
            month = choose([month_filter(warehouse, default=default_calendar_month(warehouse))], key="month",
                           has_tools=False).month()  # fmt: skip
        day = st.date_input(_("截至"), date.today(), key="month.as_of", format="YYYY-MM-DD", width=160)
    with head:
        page_header(warehouse, _("月度定稿"), month)
    answers.say_read_only()
    show_notice()
    view = view_of(warehouse, month, day or date.today())
    if view is not None:
        try:
            show(view)
        except AtlasError as error:  # a damaged record of one kind
            st.error(error.sentence())
    settle()


page()
