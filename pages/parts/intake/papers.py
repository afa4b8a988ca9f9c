"""What goes back to the communities: 质量报告, 批注件 per file and 退回修改单 per community."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from gettext import gettext as _
from pathlib import Path
from typing import Any

import streamlit as st

from etl.errors import AtlasError
from etl.jobs.staging import Job
from etl.street import Street
from pages.parts import answers, jobs
from pages.parts.exports import Sheet, workbook
from pages.parts.intake import rows
from pages.parts.intake.actions import TAKEN, tell
from pages.parts.intake.said import Said
from pages.parts.theme import SAMPLE_MARK

Preview = dict[str, Any]
DAYS = 5  # to mend and send again, until the clerk says otherwise


def report_sheet(street: Street, generation_no: int) -> Sheet:
    """Return the head and foot of the printed 质量报告."""
    now = datetime.now()
    made = _("{time}由街道总工会数据系统导出").format(time=f"{now:%Y-%m-%d %H:%M}")
    mark = SAMPLE_MARK if street.exists and street.is_sample else ""
    return Sheet(_("台账质量报告"), _("处"), f"{now:%Y-%m-%d}", street.settings["name"], generation_no, mark, made)


def _report_button(job: Job, preview: Preview, street: Street, generation_no: int) -> None:
    sheet = report_sheet(street, generation_no)
    st.download_button(
        _("下载质量报告"), lambda: workbook(rows.all_cells(preview), rows.REPORT, sheet), sheet.file_name(".xlsx"),
        key=f"intake.{job.id}.report", on_click="ignore",
    )  # fmt: skip


def make_papers(job: Job, said: Said, widget: str) -> None:
    """Let the worker write 批注件 and 退回修改单 with the deadline in the field."""
    deadline: date | None = st.session_state.get(widget)
    try:
        if not jobs.start_papers(answers.street_folder(), job, said.instructions(), deadline):
            tell(TAKEN)
    except AtlasError as error:
        tell(error.sentence())


def _made(job: Job) -> list[Path]:
    return sorted(path for path in job.out.rglob("*") if path.is_file()) if job.out.is_dir() else []


def show_made(job: Job) -> None:
    """Offer what was made for download."""
    made = _made(job)
    if not made:
        return
    st.markdown(_("**批注件和退回修改单　{n}份**").format(n=len(made)))
    with st.container(horizontal=True):
        for place, path in enumerate(made):
            st.download_button(
                path.name, path.read_bytes, path.name, key=f"intake.{job.id}.paper.{place}", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip


def show_papers(job: Job, preview: Preview, said: Said, street: Street, generation_no: int) -> None:
    """Offer the report, and the papers that send bad rows back, where there are any."""
    if not preview["quality"]["problems"]:
        return
    with st.expander(_("退回社区修改"), expanded=bool(_made(job))):
        st.markdown(
            _(
                "批注件：原文件、原版式，问题格标色并写明原因和改法。退回修改单：每个社区一份，只有该社区的问题行。社区改好后再次导入，会替换本次的数据。"
            )
        )
        widget = f"intake.{job.id}.deadline"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.date_input(
                _("修改期限"), value=date.today() + timedelta(days=DAYS), min_value=date.today(), format="YYYY-MM-DD",
                key=widget, width=180,
            )  # fmt: skip
            st.button(
                _("生成批注件和退回修改单"), key=f"intake.{job.id}.papers", on_click=make_papers,
                args=(job, said, widget),
            )  # fmt: skip
            _report_button(job, preview, street, generation_no)
        st.caption(_("请在确认入库前生成：入库后上传的原文件即删除。"))
        show_made(job)
