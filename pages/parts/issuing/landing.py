"""What 工作简报 has of the document: the month's 简报 as Word, and the typed parts where they are typed."""

from __future__ import annotations

from datetime import date
from functools import partial
from gettext import gettext as _

import streamlit as st

from briefing.model import Section
from briefing.request import Request
from briefing.sections import assigned, proposals
from briefing.source import Source
from etl.errors import StreetError
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.issuing import drafts
from pages.parts.issuing.choice import FIRST
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.wording import sentences_of


def word_button(warehouse: Warehouse, month: date) -> None:
    """Offer the month's 简报 as Word; it is made at the click, so that the page opens as quickly as before."""
    try:
        made_from = drafts.draft(warehouse, Request(FIRST, month))
        name = drafts.file_name(made_from, warehouse, ".docx")
    except StreetError as error:
        st.warning(error.sentence())
        return
    st.download_button(
        _("导出Word"), partial(drafts.content, made_from, ".docx"), name, key="briefing.word", on_click="ignore"
    )


def _typed(warehouse: Warehouse, month: date) -> list[Section]:
    source, request = Source(warehouse, answers.street_folder()), Request(FIRST, month)
    made = [module.build(source, request).section for module in (assigned, proposals)]
    return [section for section in made if section is not None]


def show_typed(warehouse: Warehouse, month: date) -> None:
    """Show 上期交办事项 and 提请研究事项 side by side, in the document's words; nothing where nothing was typed."""
    try:
        found = _typed(warehouse, month)
    except StreetError as error:
        st.warning(error.sentence())
        return
    if not found:
        return
    for column, section in zip(st.columns(len(found), gap="medium"), found, strict=True):
        column.markdown(f"##### {section.title}")
        for number, sentence in enumerate(sentences_of(section), start=1):
            column.markdown(f"{number}　{escaped(sentence.text)}")
