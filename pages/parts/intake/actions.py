"""What the buttons of an import do; each looks at the job as it is now, so a second click or window does no harm."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import PurePosixPath

import streamlit as st

from etl.errors import AtlasError
from etl.jobs import staging
from etl.jobs.disk import disk_errors
from etl.jobs.staging import Job
from pages.parts import answers, jobs
from pages.parts.intake.passwords import forget_passwords, passwords_used
from pages.parts.intake.progress import OPENED
from pages.parts.intake.said import Said, remember

NOTICE = "intake.notice"  # session: what a button has to tell, shown once by the next run
TAKEN = _("这一批文件已在另一个窗口中处理，本页已更新为最新状态。")


def tell(text: str) -> None:
    """Leave a sentence for the next run."""
    st.session_state[NOTICE] = text


def notice() -> str | None:
    """Return what the last button had to tell, once."""
    said: str | None = st.session_state.pop(NOTICE, None)
    return said


def check_again(job_id: str, said: Said) -> None:
    """Read the files anew with these answers."""
    if (job := _now(job_id)) is None:
        return
    try:
        remember(job, said)
        if not jobs.start_check(answers.street_folder(), job, said.instructions()):
            tell(TAKEN)
    except AtlasError as error:
        tell(error.sentence())
    passwords_used(job_id)


def confirm(job_id: str, said: Said) -> None:
    """Publish the import; it happens once, whoever clicks how often."""
    if (job := _now(job_id)) is None:
        return
    try:
        st.query_params[OPENED] = job_id
        if job.state != staging.READY or not jobs.start_load(answers.street_folder(), job, said.instructions()):
            tell(TAKEN)
    except AtlasError as error:
        tell(error.sentence())


def give_up(job_id: str) -> None:
    """Give the import up; nothing of it stays."""
    job = _now(job_id)
    if job is None or job.state in staging.OVER or job.state == staging.PUBLISHING:
        tell(TAKEN)
        return
    try:
        jobs.discard(job)
        tell(_("已放弃本次导入，上传的文件已删除，数据没有变化。"))
    except AtlasError as error:
        tell(error.sentence())
    forget_passwords(job_id)


def drop_file(job_id: str, file: str, said: Said) -> None:
    """Leave one file out of the import and read the rest anew; of a zip the whole zip goes."""
    job, name = _now(job_id), PurePosixPath(file).parts[0]
    if job is None:
        return
    kept = tuple(found for found in job.files if found.name != name)
    if not kept:
        give_up(job_id)
        return
    if job.is_busy:
        tell(TAKEN)
        return
    try:
        with disk_errors():
            (job.originals / name).unlink(missing_ok=True)
            staging.change(job, files=kept)
    except AtlasError as error:
        tell(error.sentence())
        return
    check_again(job_id, said)


def _now(job_id: str) -> Job | None:
    """Return the job as it is now; where it is gone, say so."""
    job = staging.find_job(answers.street_folder(), job_id)
    if job is None:
        tell(_("这一批文件已不在，请重新选择文件。"))
    return job
