"""改文字: every generated sentence can be put better by hand; what was generated stays, and what went stale is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from gettext import gettext as _
from pathlib import Path

import streamlit as st

from briefing import edits
from briefing.model import Document, Edit, Paragraph, Section, Sentence
from etl.notes import KINDS
from pages.parts.filters import link_to
from pages.parts.header import date_text
from pages.parts.issuing.forms import form_key, say_if_changed
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import attempt, look_for_numbers_of_persons, user

TYPED = ("district_ranks", "assigned", "proposal", "next_step")  # filled in by hand, and changed where they are
LONGEST = KINDS[edits.KIND].longest["text"]


def sentences_of(section: Section) -> Iterator[Sentence]:
    """Yield a section's sentences in order."""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield from block.sentences


def edit_text(edit: Edit) -> str:
    """Return who changed a sentence, from which wording, and which of its numbers have changed since."""
    said = _("{by}于{day}改过，原句：{original}").format(by=edit.by, day=date_text(edit.on), original=edit.original)
    if not edit.is_stale:
        return said
    pairs = "；".join(_("原{was}，现{now}").format(was=was or _("无"), now=now or _("无")) for was, now in edit.changed)
    changed = f"（{pairs}）" if pairs else ""
    return _("此句改过，其中数字已变化{changed}。现在的原句：{now}").format(changed=changed, now=edit.now)


def stale(document: Document) -> list[Sentence]:
    """Return the edited sentences whose generated wording has changed since."""
    found = (one for section in document.sections for one in sentences_of(section))
    return [one for one in found if one.edit is not None and one.edit.is_stale]


def _write(act: Callable[[], None], done: str) -> None:
    attempt(act, done)
    st.rerun()


def _show(street: Path, document: Document, sentence: Sentence, title: str) -> None:
    """Show one sentence as a field, with what may be done about it."""
    about = (document.kind, document.month, document.community_id, document.topic, document.audience, sentence.id)
    key = f"issue.words.{form_key(*about, sentence.text)}"
    say_if_changed(form_key(*about), key)
    with st.form(f"{key}.form", border=False, enter_to_submit=False):
        text = st.text_area(
            title, sentence.text, max_chars=LONGEST, key=f"{key}.text", height="content",
            label_visibility="collapsed",
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            is_saved = st.form_submit_button(_("保存"), key=f"{key}.save")
            is_out = st.form_submit_button(_("本期不列"), key=f"{key}.out", type="tertiary")
            is_back = sentence.edit is not None and st.form_submit_button(
                _("恢复原句"), key=f"{key}.back", type="tertiary"
            )
            if sentence.page:
                link_to(sentence.page, _("明细"), **sentence.query)
    if sentence.edit is not None:
        (st.warning if sentence.edit.is_stale else st.caption)(escaped(edit_text(sentence.edit)))
    if is_back:
        _write(lambda: edits.take_back(street, document, sentence.id, user()), _("已恢复原句。"))
    elif is_out:
        _write(lambda: edits.edit(street, document, sentence.id, "", user()), _("这一句本期不列，可在下方恢复。"))
    elif is_saved and text is not None and text.strip() != sentence.text.strip():
        look_for_numbers_of_persons([text])
        _write(lambda: edits.edit(street, document, sentence.id, text, user()), _("文字已保存。"))


def _show_left_out(street: Path, document: Document) -> None:
    """Show what the clerk left out, each with the way back."""
    found = [one for one in edits.kept(street, document).values() if one.is_left_out]
    if not found:
        return
    st.markdown(_("**本期不列的句子**"))
    for one in found:
        line = st.container(horizontal=True, vertical_alignment="center")
        line.markdown(f":gray[{escaped(one.original)}]", width="stretch")
        key = form_key(document.kind, document.month, document.audience, one.sentence_id)
        if line.button(_("恢复"), key=f"issue.words.{key}.again"):
            attempt(partial(edits.take_back, street, document, one.sentence_id, user()), _("已恢复这一句。"))
            st.rerun()


def show_wording(street: Path, document: Document) -> None:
    """Show every generated sentence in the order of the document."""
    st.caption(_("改后的文字只用于本期这一版，原句和修改都有记录；数字请勿手改，改过的数字按人工填写列出。"))
    for section in document.sections:
        found = [one for one in sentences_of(section) if not one.id.startswith(TYPED)]
        if found:
            st.markdown(f"##### {section.title}")
        for number, sentence in enumerate(found, start=1):
            _show(street, document, sentence, _("{title}第{n}句").format(title=section.title, n=number))
    _show_left_out(street, document)
