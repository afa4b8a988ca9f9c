"""困难职工: how many are on file, by class and community, and how many entered and left in the year. Counts only."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import scope
from metrics.periods import month_text
from metrics.question import Answer
from metrics.reports import is_sent
from pages.parts.services.view import HARDSHIP, View, figure, value_text
from pages.parts.tables import TableColumn, show_table

ON_FILE, ENTERED, LEFT = "hardship_archived", "hardship_entered", "hardship_left"
BELOW = "suppress_below"


def show_hardship(view: View) -> None:
    """Show the whole part; a street that never sent an archive sees one sentence."""
    if not is_sent(view.warehouse, HARDSHIP):
        st.info(_("还没有导入困难职工档案。导入时只读出人数，姓名、证件号码、病残情况等不入库。"))
        return
    street = View(view.warehouse, view.month)
    on_file = street.ask(ON_FILE)
    if on_file.row.value is None and not on_file.row.is_suppressed:
        st.info(_("{month}没有困难职工档案可依据，可换一个月份。").format(month=month_text(view.month)))
        return
    flows = [(street.ask(ENTERED), _("建档")), (street.ask(LEFT), _("脱困、退出"))]
    shown = [(on_file, _("在档困难职工"), _("月末人数"))]
    shown += [(answer, title, _so_far(view, answer)) for answer, title in flows]
    for column, (answer, title, note) in zip(st.columns(3, gap="small"), shown, strict=True):
        with column:
            figure(view, answer, title, note)
    below = f"{scope.setting_number(view.warehouse, BELOW):g}"
    st.caption(
        _("不足{n}人的不显示，为防推算，有时其他数也不显示；建档和退出只报全街道整年的数。本页不含任何个人信息，不提供明细和导出。").format(n=below)
    )  # fmt: skip
    left, right = st.columns(2, gap="medium")
    with left:
        _show(street, street.ask(ON_FILE, "hardship_tier"), "hardship_tier", _("困难类别"))
    with right:
        _show(street, street.ask(ON_FILE, "community"), "community", _("社区"))


def _so_far(view: View, answer: Answer) -> str:
    """Return which months a flow adds up; it is told of whole years alone."""
    if answer.row.is_suppressed:
        return _("只报整年的数")
    return _("{so_far}累计").format(so_far=view.so_far())


def said_frame(view: View, answer: Answer, dimension: str) -> pl.DataFrame:
    """Return one row per code with its number as a text: what is hidden or not reported says so."""
    rows = [{dimension: row.keys[dimension] or "", "said": value_text(view, answer, row)} for row in answer.rows]
    return pl.DataFrame(rows, schema={dimension: pl.String(), "said": pl.String()})


def _show(view: View, answer: Answer, dimension: str, title: str) -> None:
    st.markdown(_("**{month}末在档人数，按{title}**").format(month=month_text(view.month), title=title))
    columns = (TableColumn(dimension, title), TableColumn("said", _("在档人数")))
    show_table(said_frame(view, answer, dimension), columns, key=f"hardship.{dimension}", height="content")
