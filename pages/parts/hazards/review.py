"""复核: an enterprise's level set by hand with a reason; it is kept as a note and published as a new data version."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _

import streamlit as st

from etl.level_reviews import review_level, withdraw_review
from etl.notes import LONGEST
from metrics.judging.warnings import EnterpriseLevel, Scheme
from pages.parts import answers
from pages.parts.hazards.view import View
from pages.parts.issuing.notice import attempt, look_for_numbers_of_persons, user


def show_review(view: View, scheme: Scheme, one: EnterpriseLevel) -> None:
    """Let the street set another level with a reason, or take its review back."""
    key, titles = f"hazards.review.{one.enterprise_id}.{view.month:%Y-%m}", {e.code: e.title for e in scheme.levels}
    with st.form(key, border=False, enter_to_submit=False):
        level = st.radio(
            _("复核后的等级"), list(titles), format_func=titles.__getitem__, index=list(titles).index(one.level),
            key=f"{key}.level", horizontal=True,
        )  # fmt: skip
        reason = st.text_input(_("复核理由（不写姓名）"), max_chars=LONGEST, key=f"{key}.reason")
        with st.container(horizontal=True):
            is_saved = st.form_submit_button(_("保存复核"))
            is_withdrawn = one.review is not None and st.form_submit_button(_("撤销复核"))
    if is_saved:
        look_for_numbers_of_persons([reason])
        _publish(partial(_save, view, one, level, reason), _("复核已保存，数据版本已更新。"))
    if is_withdrawn:
        _publish(partial(_withdraw, one), _("复核已撤销，数据版本已更新。"))


def _publish(act: partial[None], done: str) -> None:
    with st.spinner(_("正在更新数据版本……")):
        attempt(act, done)
    st.rerun()


def _save(view: View, one: EnterpriseLevel, level: str, reason: str) -> None:
    review_level(
        answers.street_folder(), one.enterprise_id, view.month, level, reason, scheme=one.scheme,
        scored_level=one.scored_level, score=one.score, reviewed_by=user(),
    )  # fmt: skip


def _withdraw(one: EnterpriseLevel) -> None:
    if one.review is not None:
        withdraw_review(answers.street_folder(), one.enterprise_id, one.review.month)
