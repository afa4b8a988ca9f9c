"""队伍: posts whose term runs out and near relatives, to check against the original ledger; nobody is named."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.judging import staff_posts
from pages.parts.staff.view import View, show_list
from pages.parts.tables import TableColumn

TERM_COLUMNS = (
    TableColumn("union_name", _("工会"), width="medium"),
    TableColumn("position", _("职务")),
    TableColumn("staff_kind", _("岗位类别")),
    TableColumn("community", _("社区")),
    TableColumn("term_ends_on", _("任期届满"), "date"),
    TableColumn("state", _("情况")),
)
RELATIVE_COLUMNS = (
    TableColumn("community", _("社区")),
    TableColumn("posts", _("岗位数"), "integer", is_sum=True),
)


def terms_of(view: View) -> pl.DataFrame:
    """Return the posts whose term is over or soon will be, with what is to be said of each."""
    frame = staff_posts.terms(view.warehouse, view.month, view.chosen)
    state = pl.when("is_over").then(pl.lit(_("已届满"))).otherwise(pl.lit(_("半年内届满")))
    return frame.with_columns(state.alias("state"))


def show_terms(view: View) -> None:
    """Show whose term runs out, by union and post."""
    frame = terms_of(view)
    over = frame.filter(pl.col("is_over")).height
    st.markdown(
        _("##### 任期届满提醒　已届满{over}个岗位，半年内届满{soon}个").format(over=over, soon=frame.height - over)
    )
    st.caption(
        _("按工会和岗位列出，不列姓名；责任单位为该工会的上级工会。写了任期的才能判断，请到原台账核对后安排换届。")
    )
    show_list(
        view, frame, TERM_COLUMNS, title=_("任期届满提醒"), unit=_("个岗位"), key="staff.terms",
        empty=_("没有任期已届满或半年内届满的岗位。"),
    )  # fmt: skip


def show_relatives(view: View) -> None:
    """Show how many posts the ledger marks 近亲属, by community, and where to look them up."""
    frame = staff_posts.relatives(view.warehouse, view.month, view.chosen)
    if frame.is_empty():
        st.caption(_("近亲属核对：台账中没有标明近亲属的岗位（没有标明不等于没有）。"))
        return
    st.markdown(_("##### 近亲属核对　{n}个岗位").format(n=frame.height))
    st.caption(
        _("台账标明与单位主要负责人是近亲属的岗位{n}个，请按工会法第十条核对（该条限于企业基层工会委员会）。本系统不存姓名，请到原台账核对。").format(n=frame.height)
    )  # fmt: skip
    show_list(
        view, frame, RELATIVE_COLUMNS, title=_("近亲属核对"), unit=_("个岗位"), key="staff.relatives", empty=_("没有需要核对的岗位。")
    )  # fmt: skip
