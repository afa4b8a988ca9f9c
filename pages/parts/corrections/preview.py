"""先看影响: what a correction would do to the main indicators, before it is saved."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from etl.corrections import FoundCell, FoundRow, previewed
from etl.errors import AtlasError
from metrics.publishing import publishing_json
from pages.parts import answers
from pages.parts.intake.rows import indicators
from pages.parts.issuing.markup import escaped
from pages.parts.tables import TableColumn, show_table

COLUMNS = (
    TableColumn("community", _("范围")),
    TableColumn("title", _("指标"), width="medium"),
    TableColumn("month", _("月份")),
    TableColumn("before", _("更正前"), width="medium"),
    TableColumn("after", _("更正后"), width="medium"),
    TableColumn("difference", _("变化")),
)


def show_effects(ledger: str, row: FoundRow, cell: FoundCell, now: str) -> None:
    """Build what the correction would make, beside the street's data, and show which main indicators differ."""
    street = answers.street_folder()
    try:
        with (
            st.spinner(_("正在试算，请稍候……")),
            previewed(street, ledger, row.key, cell.column, cell.text or "", now) as (one, draft),
        ):
            found = publishing_json(street, draft)
    except AtlasError as error:
        st.error(error.sentence())
        return
    if not one.row_count:
        st.warning(escaped(one.said))
        return
    st.markdown(_("将更正{n}行。").format(n=one.row_count))
    frame = pl.concat([indicators(found, of_street, has_sides=True) for of_street in (True, False)])
    if frame.is_empty():
        st.info(_("最近报齐月份的主要指标没有变化。"))
    else:
        show_table(frame, COLUMNS, key="corrections.effects", height="content")
    st.caption(
        _(
            "只试算，没有保存。括号里是分子/分母，变化按没有四舍五入的数计算。这里列最近报齐月份的主要指标；其他月份保存后见“数据版本”。"
        )
    )
