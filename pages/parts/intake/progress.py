"""The imports in progress: what each one is doing, one line each; the page looks again only while something runs."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from etl.jobs import staging
from etl.jobs.staging import Job
from pages.parts import answers
from pages.parts.intake.wording import names, without_options

OPENED = "job"  # in the address: the import that is looked at
SECONDS, QUIET_SECONDS = 1.5, 5.0  # between two looks: while something runs, and for the watched folder
SHOWN, SEEN = "intake.shown", "intake.states"  # session: the import that is looked at; what the page last knew
STATES = {
    staging.UPLOADING: _("正在上传"),
    staging.WAITING: _("等待核对"),
    staging.CHECKING: _("正在核对"),
    staging.READY: _("已核对，待确认"),
    staging.PUBLISHING: _("正在入库"),
    staging.PUBLISHED: _("已入库"),
    staging.FAILED: _("未完成"),
}
MOVING = (staging.CHECKING, staging.PUBLISHING)


def open_jobs() -> list[Job]:
    """Return the imports that are not over, newest first."""
    return [job for job in staging.jobs(answers.street_folder()) if job.state not in staging.OVER]


def opened_job(found: list[Job]) -> Job | None:
    """Return the import that the address names, else the one looked at, else the newest beyond its upload.

    What comes from the watched folder meanwhile gets a line; it does not push aside what the clerk is reading.
    """
    wanted = (st.query_params.get(OPENED), st.session_state.get(SHOWN))
    named = next((job for name in wanted for job in found if job.id == name), None)
    opened = named or next((job for job in found if job.state != staging.UPLOADING), None)
    st.session_state[SHOWN] = opened.id if opened else None
    return opened


def title_of(job: Job) -> str:
    """Return an import as a line names it: its files, when they came, and whether from the watched folder."""
    files = names((file.given for file in job.files), 2) or _("还没有文件")
    origin = _("　来自“放入此文件夹”") if job.origin == staging.FOLDER else ""
    return f"{files}　{job.made_at.replace('T', ' ')[:16]}{origin}"


def _line(job: Job) -> str:
    state = f"**{STATES.get(job.state, job.state)}**"
    said = job.progress if job.is_busy else without_options(job.error or "")
    return "　".join(filter(None, (state, title_of(job), said)))


def _open(job_id: str) -> None:
    st.query_params[OPENED] = job_id


def _listed(found: list[Job], shown: str | None) -> list[Job]:
    """Return the imports that have a line: all but the one that stands open below and says all itself."""
    return [job for job in found if job.id != shown or job.is_busy]


def _show_lines(shown: str | None) -> None:
    """Draw a line per import; once nothing moves any more the whole page is drawn anew."""
    found = open_jobs()
    for job in _listed(found, shown):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_line(job), width="stretch")
            can_open = job.id != shown and job.state != staging.UPLOADING
            if can_open and st.button(_("打开"), key=f"intake.{job.id}.open", on_click=_open, args=(job.id,)):
                st.rerun()  # the whole page, not this fragment alone
    _draw_anew_if(_states(found))


def _states(found: list[Job]) -> dict[str, str]:
    """Return what the page says of each import; one that is being uploaded is the uploader's to show."""
    return {job.id: job.state for job in found if job.state != staging.UPLOADING}


def _draw_anew_if(states: dict[str, str]) -> None:
    """Draw the whole page anew where an import has come, gone or moved on since it was drawn."""
    before = st.session_state.setdefault(SEEN, states)
    if states != before:
        st.session_state[SEEN] = states
        st.rerun()


def _look_quietly() -> None:
    """Look whether the watched folder, or another window, has brought or ended an import."""
    _draw_anew_if(_states(open_jobs()))


def show_progress(found: list[Job], shown: str | None) -> None:
    """Show the imports in progress; the fragment asks again every moment while one of them moves."""
    is_moving = any(job.state in MOVING for job in found)
    st.session_state[SEEN] = _states(found)
    if _listed(found, shown):
        st.markdown(_("**进行中的导入**"))
        st.fragment(_show_lines, run_every=SECONDS if is_moving else None)(shown)
    if not is_moving:
        st.fragment(_look_quietly, run_every=QUIET_SECONDS)()
