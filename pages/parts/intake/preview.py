"""入库前核对: one import from its files to 确认入库, in the order in which a clerk reads it."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import streamlit as st

from etl.jobs import staging
from etl.jobs.staging import Job
from etl.street import Street
from pages.parts import jobs
from pages.parts.filters import put
from pages.parts.intake import actions
from pages.parts.intake.changes import show_changes
from pages.parts.intake.confirm import give_up_button, show_confirm
from pages.parts.intake.mapping_table import show_mapping_tables
from pages.parts.intake.papers import show_made, show_papers
from pages.parts.intake.passwords import forget_passwords
from pages.parts.intake.progress import OPENED
from pages.parts.intake.quality import show_quality
from pages.parts.intake.questions import ask, has_questions, show_errors
from pages.parts.intake.said import ASKED_OF_ALL, Said, errors_of, remembered
from pages.parts.intake.sheets import show_sheets
from pages.parts.intake.wording import job_error_text, names, without_options
from pages.parts.receipts import receipt_text

Preview = dict[str, Any]
EMPTY: Preview = {
    "files": [], "passed_over": [], "questions": [], "differences": [], "indicators": [], "checks": [],
    "quality": {"rows": 0, "good": 0, "good_share": None, "warned": 0, "rejected": 0, "problems": []},
}  # fmt: skip


def preview_of(job: Job) -> Preview:
    """Return what the check found; of one that could read no file, what is known of its files."""
    found = jobs.preview(job)
    if found is not None:
        return {**EMPTY, **found}
    error = {"code": job.error_code, "message": job.error or ""}
    is_asked = job.state == staging.FAILED and job.error_code in ASKED_OF_ALL
    files = [{"file": file.name, "left_out": False, "error": error, "sheets": []} for file in job.files]
    return {**EMPTY, "files": files if is_asked else []}


def _title(job: Job) -> str:
    return _("##### 入库前核对　{files}").format(files=names((file.given for file in job.files), 2))


def _ask(job: Job, preview: Preview, before: Preview) -> Said:
    """Show the questions in a frame of their own; without any the earlier answers stand."""
    if not has_questions(preview, before):
        return ask(job.id, preview, before)
    with st.container(border=True):
        st.markdown(_("**需要您处理**"))
        show_errors(preview)
        said = ask(job.id, preview, before)
        _show_drops(job, preview, said)
    return said


def _show_drops(job: Job, preview: Preview, said: Said) -> None:
    """Offer to leave out a file that cannot be taken or would replace what is there."""
    asked = [question["file"] for question in preview["questions"] if question["id"] in ("vanish", "replace")]
    files = list(dict.fromkeys([*(file for file, _error in errors_of(preview)), *asked]))
    if not files or len(job.files) == 1:
        return
    with st.container(horizontal=True):
        for place, file in enumerate(files):
            st.button(
                _("放弃文件“{file}”").format(file=file), key=f"intake.{job.id}.drop.{place}",
                on_click=actions.drop_file, args=(job.id, file, said),
            )  # fmt: skip


def show_ready(job: Job, street: Street, generation_no: int) -> None:
    """Show a checked import: questions, quality, changes, sheets, headers, papers, and the way in or out."""
    preview, before = preview_of(job), remembered(job)
    st.markdown(_title(job))
    if job.error and job.state == staging.READY:
        st.error(job_error_text(job.error_code, job.error))
    if jobs.preview(job) is not None:
        show_quality(job.id, preview)
    said = _ask(job, preview, before)
    if said.has_new_password:
        actions.check_again(job.id, said)
        st.rerun()
    show_changes(job.id, preview)
    show_mapping_tables(job.id, preview, said)
    if preview["files"] and job.state == staging.READY:
        show_sheets(preview)
        show_papers(job, preview, said, street, generation_no)
    show_confirm(job, preview, said, before)


def show_failed(job: Job, street: Street, generation_no: int) -> None:
    """Show an import whose check did not come through: what is missing, or how to try again."""
    if job.error_code in ASKED_OF_ALL:
        show_ready(job, street, generation_no)
        return
    st.markdown(_title(job))
    st.error(without_options(job.error or _("核对没有完成，请重新核对")).rstrip("。") + "。")
    _show_again(job)


def show_waiting(job: Job) -> None:
    """Show an import that nobody has checked yet, or whose check was stopped."""
    st.markdown(_title(job))
    st.info(job.error or _("文件已收到，等待核对。"))
    _show_again(job)


def show_busy(job: Job) -> None:
    """Show an import that is being worked on; what has begun to be published is not stopped."""
    st.markdown(_title(job))
    if job.state == staging.PUBLISHING:
        st.caption(_("正在入库，完成后自动显示结果；可以离开本页。"))
    else:
        st.caption(_("正在核对，完成后自动显示结果；可以离开本页，稍后再回来。"))
        give_up_button(job, "busy")


def _show_again(job: Job) -> None:
    told = remembered(job)
    said = Said(told.get("as_of"), told.get("crs"), frozenset(told.get("leave_out", ())))
    with st.container(horizontal=True):
        st.button(
            _("开始核对") if job.state == staging.WAITING else _("重新核对"), type="primary",
            key=f"intake.{job.id}.again", on_click=actions.check_again, args=(job.id, said),
        )  # fmt: skip
        give_up_button(job, "again")


def show_published(job: Job, active: set[str]) -> None:
    """Say once more what came of an import: its load, the new 数据版本, and the papers made of it."""
    forget_passwords(job.id)
    found = jobs.receipt(job)
    if job.load is None:
        st.info(_("这些文件的内容已全部导入过，没有新的内容，数据版本不变。"))
    elif job.load not in active:
        st.info(_("导入批次{load}已撤销，数据已恢复到导入前。").format(load=job.load))
    else:
        _say_published(job, found)
    show_made(job)
    st.button(_("知道了"), key=f"intake.{job.id}.close", on_click=_close)


def _say_published(job: Job, found: Preview | None) -> None:
    number = _("，生成数据版本{n}").format(n=job.generation_no) if job.generation_no else ""
    st.success(
        _("已入库：导入批次{load}{number}。其他打开的页面在下一次操作时更新。").format(load=job.load, number=number)
    )
    if found:
        st.markdown(receipt_text(found))
        if found["duplicates"]:
            st.caption(_("重复：与已导入的行内容相同，仍然有效，不再记一遍。"))
    _look_at(f"{job.load}")


def _look_at(load_id: str) -> None:
    """Choose the new load in the lists below, once."""
    if st.session_state.get("intake.looked_at") != load_id:
        st.session_state["intake.looked_at"] = load_id
        put("load", load_id)
        put("file", "all-files")


def _close() -> None:
    st.query_params.pop(OPENED, None)


def show_job(job: Job, street: Street, generation_no: int, active: set[str]) -> None:
    """Show one import as far as it is."""
    if job.state == staging.READY:
        show_ready(job, street, generation_no)
    elif job.state == staging.FAILED:
        show_failed(job, street, generation_no)
    elif job.state == staging.WAITING:
        show_waiting(job)
    elif job.state == staging.PUBLISHED:
        show_published(job, active)
    elif job.is_busy:
        show_busy(job)
