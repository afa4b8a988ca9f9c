"""The end of 入库前核对: 确认入库, or 放弃本次导入, and why the one is not possible yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import gettext as _
from typing import Any

import streamlit as st

from etl.jobs import staging
from etl.jobs.staging import Job
from pages.parts.intake import actions
from pages.parts.intake.said import Said, blockers
from pages.parts.intake.wording import ASKED_AGAIN

Preview = dict[str, Any]


@st.dialog(_("放弃本次导入"))
def ask_give_up(job_id: str) -> None:
    """Ask before an import is given up."""
    st.markdown(_("上传的文件和核对结果将被删除，已入库的数据不受影响。"))
    if st.button(
        _("确认放弃"), type="primary", key=f"intake.{job_id}.discard.confirm", on_click=actions.give_up, args=(job_id,)
    ):
        st.rerun()


def give_up_button(job: Job, place: str) -> None:
    """Show 放弃本次导入."""
    if st.button(_("放弃本次导入"), key=f"intake.{job.id}.discard.{place}"):
        ask_give_up(job.id)


def _ask_received(job_id: str) -> None:
    """Ask on which day the files came, for 迟报."""
    st.date_input(
        _("收到日期"), value="today", max_value="today", format="YYYY-MM-DD", key=f"intake.{job_id}.received_on", width=200,
        help=_("社区把台账交来的那一天，用来判断是否迟报；不改就是今天。"),
    )  # fmt: skip


def _confirm(job_id: str, said: Said) -> None:
    """Publish with the day as it stands now: it may have been changed by the same click."""
    chosen: date | None = st.session_state.get(f"intake.{job_id}.received_on")
    received_on = f"{chosen}" if chosen and chosen != date.today() else None
    actions.confirm(job_id, replace(said, received_on=received_on))


def show_confirm(job: Job, preview: Preview, said: Said, before: Preview) -> None:
    """Show the buttons; what stands in the way is said above them."""
    missing = blockers(preview, said, before)
    for text in missing:
        st.warning(text)
    if not missing:
        _ask_received(job.id)
    with st.container(horizontal=True):
        is_refused = bool(job.error) and job.state == staging.READY  # a load: the street has changed meanwhile
        if said.changes_reading(before) or is_refused:
            label = _("重新核对") if is_refused else _("按回答重新核对")
            again = f"intake.{job.id}.again"
            st.button(label, type="primary", key=again, on_click=actions.check_again, args=(job.id, said))
        st.button(
            _("确认入库"), type="secondary" if missing else "primary", key=f"intake.{job.id}.confirm",
            disabled=bool(missing) or job.error_code in ASKED_AGAIN, on_click=_confirm, args=(job.id, said),
        )  # fmt: skip
        give_up_button(job, "end")
    if not missing and not job.error:
        st.caption(_("确认后生成新的数据版本；随时可以在“导入批次”中撤销，恢复到导入前。"))
