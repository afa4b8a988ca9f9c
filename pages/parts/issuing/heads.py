"""期号与落款: what only the office knows of an issue; proposals of the last issue stand in the fields until confirmed."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path

import streamlit as st

from briefing import typed
from briefing.request import Request
from pages.parts.issuing.forms import DAY, Field, form_key, say_if_changed, show_form
from pages.parts.issuing.notice import attempt, user

ROWS = (
    (Field("issue_no", _("期号"), hint=_("如 12，印为“第12期”")), Field("issued_on", _("印发日期"), "day", hint=DAY)),
    (Field("drafted_by", _("拟稿")), Field("checked_by", _("审核")), Field("signed_by", _("签发"))),
    (Field("report_to", _("报"), longest=200, hint=_("如 区总工会、街道党工委")),),
    (Field("copy_to", _("送"), longest=200, hint=_("如 各社区党委")),),
)


def about(request: Request) -> tuple[str, date, str]:
    """Return what a typed head belongs to: kind, month, community or topic."""
    assert request.month is not None
    return request.kind, request.month, request.community or request.topic


def show_head(street: Path, request: Request) -> None:
    """Let the office type an issue's head and foot."""
    kept = typed.head_note(street, *about(request))
    proposed = {} if any(kept.values()) else typed.head_proposal(street, *about(request))
    if proposed:
        st.caption(_("拟稿、审核、签发、报送沿用上一期，保存后才印出。"))
    key = form_key("head", *about(request), *kept.values(), *proposed.values())
    say_if_changed(form_key("head", *about(request)), key)
    found = show_form(ROWS, {**kept, **proposed}, key=key, submit=_("保存期号与落款"))
    if found is None:
        return
    kind, month, subject = about(request)
    attempt(lambda: typed.set_head(street, kind, month, subject, user(), **found), _("期号与落款已保存。"))
    st.rerun()
