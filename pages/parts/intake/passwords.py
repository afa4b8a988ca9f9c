"""Passwords of locked files: typed once, held in this browser session until the import ends, written nowhere."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

SECRETS, FRESH = "intake.passwords", "intake.fresh"  # session: passwords by job and file; jobs with new ones


def passwords(job_id: str) -> dict[str, str]:
    """Return the passwords typed for a job; they live in this browser session alone."""
    kept: dict[str, str] = st.session_state.setdefault(SECRETS, {}).setdefault(job_id, {})
    return kept


def forget_passwords(job_id: str) -> None:
    """Drop a job's passwords: it was published or given up."""
    st.session_state.get(SECRETS, {}).pop(job_id, None)
    passwords_used(job_id)


def passwords_used(job_id: str) -> None:
    """Note that a check has had the passwords typed so far."""
    st.session_state.setdefault(FRESH, set()).discard(job_id)


def _take_passwords(job_id: str, fields: dict[str, str]) -> None:
    """Take passwords out of their fields (file → field), so that the fields hold nothing any more."""
    for file, widget in fields.items():
        if typed := st.session_state[widget]:
            passwords(job_id)[file] = typed
            st.session_state.setdefault(FRESH, set()).add(job_id)
            st.session_state[widget] = ""


def has_new_password(job_id: str) -> bool:
    """Return whether a password was typed since the last check."""
    return job_id in st.session_state.get(FRESH, ())


def ask_passwords(job_id: str, files: list[str]) -> None:
    """Ask for locked files' passwords; the fields are emptied, the passwords kept until the import ends."""
    fields = {file: f"intake.{job_id}.password.{place}" for place, file in enumerate(files)}
    with st.form(f"intake.{job_id}.passwords", border=False):
        for file, widget in fields.items():
            st.text_input(
                _("“{file}”的打开密码").format(file=file), type="password", key=widget, autocomplete="off", width=320
            )
            if file in passwords(job_id):
                st.caption(_("刚才的密码打不开这个文件，请重新输入。"))
        st.form_submit_button(
            _("用密码重新核对"), type="primary", on_click=_take_passwords, args=(job_id, fields),
            key=f"intake.{job_id}.unlock",
        )  # fmt: skip
    st.caption(_("密码只用于读取这一次导入的文件，不保存到电脑上，也不写入任何记录。"))
