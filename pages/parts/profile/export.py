"""社区概况 as a table to take away: every number with its sides, the street's, and its period."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases
from pages.parts import answers
from pages.parts.header import month_end_text
from pages.parts.profile.sections import LEFT, RIGHT
from pages.parts.profile.view import Found, View
from pages.parts.tables import TableColumn, export_buttons

COLUMNS = (
    TableColumn("section", _("类别")),
    TableColumn("title", _("指标")),
    TableColumn("period", _("期间")),
    TableColumn("value", _("本社区")),
    TableColumn("street", _("全街道")),
    TableColumn("known", _("已报/应报")),
    TableColumn("source", _("依据")),
)


def _line(view: View, section: str, found: Found) -> dict[str, str]:
    street = answers.answer(view.warehouse, view.question(found.fact)).row
    return {
        "section": section, "title": found.title, "period": phrases.period_text(found.answer), "value": view.value(found),
        "street": answers.row_text(view.warehouse, found.metric, street),
        "known": f"{found.row.known}/{found.row.expected}", "source": found.metric.source,
    }  # fmt: skip


def frame(view: View) -> pl.DataFrame:
    """Return the page's numbers in its order."""
    found = [(section.title, one) for section in (*LEFT, *RIGHT) for fact in section.facts if (one := view.find(fact))]
    return pl.DataFrame([_line(view, title, one) for title, one in found], schema=[column.id for column in COLUMNS])


def show_export(view: View) -> None:
    """Offer the numbers as a file; the page itself is printed by the browser."""
    with st.container(horizontal=True, vertical_alignment="center"):
        export_buttons(
            lambda: frame(view), COLUMNS, title=_("{name}社区概况").format(name=view.name), unit=_("见各行"),
            warehouse=view.warehouse, key="profile.export", date_text=month_end_text(view.month),
        )  # fmt: skip
        st.caption(_("打印本页请按 Ctrl+P。"))
