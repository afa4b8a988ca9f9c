"""The lists of 企业核对: open pairs with the decision's form, decided ones with the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from gettext import gettext as _
from typing import Any

import polars as pl
import streamlit as st

from etl.enterprises.decisions import decide, withdraw
from etl.notes import KINDS
from metrics.judging.identity import IdentityPair
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.header import date_text
from pages.parts.identity.words import pair_title, side_text
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import attempt, look_for_numbers_of_persons, show_notice, user
from pages.parts.tables import TableColumn, export_buttons

MOST_SHOWN = 30
CHOICES = {"same": _("是同一家"), "different": _("不是同一家")}
LONGEST = KINDS["identity_decisions"].longest["reason"]
COLUMNS = (
    TableColumn("left_name", _("甲：企业名称"), width="large"),
    TableColumn("left_codes", _("甲：代码"), "code"),
    TableColumn("left_address", _("甲：地址"), width="large"),
    TableColumn("left_community", _("甲：社区")),
    TableColumn("right_name", _("乙：企业名称"), width="large"),
    TableColumn("right_codes", _("乙：代码"), "code"),
    TableColumn("right_address", _("乙：地址"), width="large"),
    TableColumn("right_community", _("乙：社区")),
    TableColumn("why_title", _("为什么要核对"), width="large"),
    TableColumn("state_title", _("结论")),
    TableColumn("decided_on", _("核对日期"), "date"),
    TableColumn("reason", _("理由"), width="large"),
)


def show_open(pairs: Sequence[IdentityPair]) -> None:
    """Show the pairs that wait for somebody, each with what the registers say of both and the two answers."""
    st.markdown(_("##### 待核对　{n}对").format(n=f"{len(pairs):,}"))
    if not pairs:
        st.info(_("没有待核对的企业。"))
    for pair in pairs[:MOST_SHOWN]:
        with st.expander(pair_title(pair)):
            _sides(pair)
            _form(pair)
    if len(pairs) > MOST_SHOWN:
        st.caption(_("另有{n}对没有列出，可选社区再看，或导出。").format(n=f"{len(pairs) - MOST_SHOWN:,}"))


def _sides(pair: IdentityPair) -> None:
    for column, title, side in zip(st.columns(2), (_("甲"), _("乙")), (pair.left, pair.right), strict=True):
        column.markdown(side_text(title, side))


def _form(pair: IdentityPair) -> None:
    key = f"identity.{pair.left.key}.{pair.right.key}"
    with st.form(key, border=False, enter_to_submit=False):
        reason = st.text_input(_("理由（不写姓名）"), max_chars=LONGEST, key=f"{key}.reason")
        with st.container(horizontal=True):
            pressed = [name for name, title in CHOICES.items() if st.form_submit_button(title)]
    if pressed:
        look_for_numbers_of_persons([reason])
        act = partial(decide, answers.street_folder(), pair.left.key, pair.right.key, pressed[0], reason, by=user())
        _publish(act, _("已保存：{choice}。数据版本已更新。").format(choice=CHOICES[pressed[0]]))


def show_decided(pairs: Sequence[IdentityPair]) -> None:
    """Show what was decided, each with its reason and the way back."""
    if not pairs:
        return
    st.markdown(_("##### 已核对　{n}对").format(n=f"{len(pairs):,}"))
    for pair in pairs[:MOST_SHOWN]:
        with st.expander(pair_title(pair)):
            _sides(pair)
            day = date_text(pair.decided_on) if pair.decided_on else ""
            st.markdown(_("{day}核对：{state}。理由：{reason}").format(
                day=day, state=pair.state_title, reason=escaped(pair.reason)))  # fmt: skip
            if st.button(_("撤回"), key=f"identity.back.{pair.left.key}.{pair.right.key}"):
                act = partial(withdraw, answers.street_folder(), pair.left.key, pair.right.key)
                _publish(act, _("已撤回，如同没有核对过。数据版本已更新。"))
    if len(pairs) > MOST_SHOWN:
        st.caption(_("另有{n}对没有列出，可选社区再看，或导出。").format(n=f"{len(pairs) - MOST_SHOWN:,}"))


def _publish(act: partial[Any], done: str) -> None:
    """Do what publishes; what went wrong is said in the pair's own box, which stays open."""
    with st.spinner(_("正在更新数据版本……")):
        is_done = attempt(act, done)
    if is_done:
        st.rerun()
    show_notice()


def show_export(warehouse: Warehouse, pairs: Sequence[IdentityPair]) -> None:
    """Offer all the pairs as a file."""
    if not pairs:
        return
    sides = ("name", "codes", "address", "community")
    rows = [
        {**{f"left_{name}": getattr(pair.left, name) for name in sides},
         **{f"right_{name}": getattr(pair.right, name) for name in sides},
         "why_title": pair.why_title, "state_title": pair.state_title, "decided_on": pair.decided_on, "reason": pair.reason}
        for pair in pairs
    ]  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        export_buttons(
            pl.DataFrame(rows, infer_schema_length=None), COLUMNS, title=_("企业核对"), unit=_("对"),
            warehouse=warehouse, key="identity.export", date_text="",
        )  # fmt: skip
