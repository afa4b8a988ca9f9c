"""社区说明 on 社区对比: what a community says of its number, at most 60 characters, dated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from gettext import gettext as _
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from etl.errors import StreetError
from etl.notes import LONGEST, add_note, take_back
from metrics.catalogue import Metric
from metrics.judging.community_notes import KIND, CommunityNote, community_notes
from pages.parts import answers
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import attempt, look_for_numbers_of_persons, show_notice, user
from pages.parts.street_notes import readable

Where = tuple[tuple[str, tuple[str, ...]], ...]


def notes_of(folder: Path | None, metric: Metric, month: date) -> dict[str, CommunityNote]:
    """Return the remarks on one number by community; none where the notes cannot be read, which the page has said."""
    return community_notes(folder, metric.id, month) if folder else {}


def show_note(metric: Metric, month: date, where: Where) -> None:
    """Show what the one chosen community says of this number; nothing for several, or where other conditions narrow it."""
    wanted = dict(where).get("community", ())
    if len(where) == 1 and len(wanted) == 1 and (note := notes_of(readable(), metric, month).get(wanted[0])):
        st.caption(escaped(note.text))


def note_form(metric: Metric, month: date, own: str, note: CommunityNote | None) -> None:
    """Let the chosen community write its remark on this number, change it or take it back."""
    key = f"compare.note.{metric.id}.{own}.{month:%Y-%m}"
    label = _("修改社区说明") if note else _("填写社区说明")
    box = st.popover(label)
    with box, st.form(key, border=False, enter_to_submit=False):
        remark = st.text_input(
            _("社区说明（60字以内，不写姓名）"),
            value=note.remark if note else "",
            max_chars=LONGEST,
            key=f"{key}.remark",
        )
        st.caption(_("显示在社区对比、导出的表格和简报的相应句子旁，注明日期。"))
        with st.container(horizontal=True):
            is_saved = st.form_submit_button(_("保存说明"))
            is_withdrawn = note is not None and st.form_submit_button(_("撤回说明"))
    values = {"metric": metric.id, "community_id": own, "month": f"{month:%Y-%m}"}
    if is_saved:
        look_for_numbers_of_persons([remark])
        _act(box, partial(_save, values, remark), _("社区说明已保存。"))
    if is_withdrawn:
        _act(box, partial(take_back, answers.street_folder(), KIND, **values), _("社区说明已撤回。"))


def _act(box: DeltaGenerator, act: Callable[[], object], done: str) -> None:
    """Do what was pressed; what went wrong is said below the form: the page's head is out of sight."""
    if attempt(act, done):
        st.rerun()
    with box:
        show_notice()


def _save(values: dict[str, str], remark: str) -> None:
    if not remark.strip():
        raise StreetError(_("社区说明没有内容"), remedy=_("请填写，或点“撤回说明”"), code="no_remark")
    add_note(answers.street_folder(), KIND, **values, remark=remark, written_by=user())
