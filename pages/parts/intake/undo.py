"""撤销本次导入: asked first, done once, told afterwards."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from etl import generations
from etl.errors import AtlasError
from etl.street import open_street
from pages.parts import answers
from pages.parts.intake.actions import tell
from pages.parts.intake.superseded import brought_back_text
from pages.parts.receipts import Load, load_title, receipt_text

REQUESTED = "ledgers.requested"  # session: the load that the dialog was told to take back


def request(load_id: str) -> None:
    """Note that a load is to be taken back; the next run does it, once."""
    st.session_state[REQUESTED] = load_id


def take_back() -> None:
    """Undo the load that was asked for; one that is undone already (a second click, another window) stays as it is."""
    load_id = st.session_state.pop(REQUESTED, None)
    if load_id is None:
        return
    street = open_street(answers.street_folder())
    said = _("批次{load}已撤销。").format(load=load_id)
    try:
        with st.spinner(_("正在重建数据，请稍候……")):
            if any(load["load"] == load_id and load["active"] for load in generations.status(street)["loads"]):
                number = generations.undo(street, load_id).number
                said = _("已撤销批次{load}，现为数据版本{n}。").format(load=load_id, n=number)
    except AtlasError as error:
        said = error.sentence()
    tell(said)
    st.rerun()


@st.dialog(_("撤销本次导入"))
def confirm_undo(load: Load, loads: list[Load]) -> None:
    """Ask before a load is taken back, and say what will be."""
    take_back()
    st.markdown(f"**{load_title(load)}**")
    st.markdown(receipt_text(load))
    st.markdown(
        _(
            "撤销后数据恢复到导入前：本批次入库的行不再计入任何数字，同时生成新的数据版本。原批次留在记录中，需要时可重新导入原文件。"
        )
    )
    if back := brought_back_text(load, loads):
        st.markdown(back)
    st.button(_("确认撤销"), type="primary", key="ledgers.undo.confirm", on_click=request, args=(load["load"],))
