"""The months of a page: from one month to another, a year up to the street's default month at first."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics import scope
from metrics.periods import month_text, shift
from metrics.warehouse import Warehouse
from pages.parts.filters import Chosen, Filter, month_filter


def span_filters(warehouse: Warehouse) -> list[Filter]:
    """Return the two conditions that span the months."""
    start = max(shift(scope.default_month(warehouse), -11), scope.months(warehouse)[0])
    return [
        month_filter(warehouse, "start", _("起始月份"), start),
        month_filter(warehouse, title=_("截止月份")),
    ]


def span_of(chosen: Chosen) -> tuple[date, date]:
    """Return the first and the last month asked for; a start after the end is taken as the end, and said."""
    start, end = chosen.month("start"), chosen.month()
    if start > end:
        st.warning(_("起始月份晚于截止月份，现只显示{month}。").format(month=month_text(end)))
    return min(start, end), end
