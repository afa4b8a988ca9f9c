"""导入台账: give files, watch what becomes of them, check and confirm the one that is open."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import streamlit as st

from etl.jobs import staging
from etl.jobs.staging import Job
from etl.street import Street
from pages.parts.intake.actions import check_again, notice
from pages.parts.intake.folder import show_folder
from pages.parts.intake.preview import show_job
from pages.parts.intake.progress import OPENED, open_jobs, opened_job, show_progress
from pages.parts.intake.said import Said
from pages.parts.uploader import uploader

TAKEN_UP = "intake.taken_up"  # session: the last upload that was sent to be checked


def _published(street: Street) -> Job | None:
    """Return the import that the address names, once it is in."""
    job = staging.find_job(street.path, st.query_params.get(OPENED, ""))
    return job if job and job.state == staging.PUBLISHED else None


def say_first(street: Street) -> None:
    """Say what must not come in here, and what the last button did."""
    st.markdown(_("**本系统为非涉密系统，严禁录入国家秘密。**"))
    if street.exists and street.is_sample:
        st.caption(_("这里是示例数据，只能导入示例台账；真实台账请在本单位自己的街道文件夹中导入。"))
    if said := notice():
        st.info(said)


def _upload() -> None:
    """Show the uploader; files that have just arrived are checked at once, and their import is opened."""
    arrived = uploader("intake.uploader")
    if arrived and arrived != st.session_state.get(TAKEN_UP):
        st.session_state[TAKEN_UP] = arrived
        st.query_params[OPENED] = arrived
        check_again(arrived, Said())
        st.rerun()


def show_bring_in(street: Street, status: dict[str, Any]) -> None:
    """Show the ways in, the imports in progress, and the one that is open."""
    st.markdown(_("##### 导入台账"))
    _upload()
    show_folder(street)
    found = open_jobs()
    done = _published(street)
    job = done or opened_job(found)
    show_progress(found, job.id if job else None)
    if job:
        active = {load["load"] for load in status["loads"] if load["active"]}
        show_job(job, street, status["generation_no"] or 0, active)
