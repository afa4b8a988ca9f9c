"""简报编发: choose a document, see it as it will print, fill in what only the office knows, mend its words, send it out."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from briefing.kinds import Kind, kinds
from briefing.model import Document
from briefing.request import Request
from briefing.source import Source
from etl.errors import AtlasError
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.choices import Filter
from pages.parts.filters import switch
from pages.parts.header import date_text, page_header
from pages.parts.issuing import choice, drafts, matters
from pages.parts.issuing.drafts import Draft
from pages.parts.issuing.heads import show_head
from pages.parts.issuing.history import show_history
from pages.parts.issuing.notice import settle, show_notice
from pages.parts.issuing.origins import show_origins
from pages.parts.issuing.outputs import ask_approval, show_exports, show_missing
from pages.parts.issuing.preview import show_preview
from pages.parts.issuing.signing import show_signing, take_up
from pages.parts.issuing.wording import TYPED, show_wording, stale

PARTS = Filter(
    "part",
    _("步骤"),
    {
        "out": _("导出签发"), "head": _("期号落款"), "matters": _("填写事项"), "wording": _("改文字"),
        "origins": _("数据来源"), "history": _("历史"),
    },
    "out",
)  # fmt: skip


def document_of(draft: Draft) -> Document | None:
    """Return the document of a draft; where it cannot be made, say why."""
    try:
        with st.spinner(_("正在汇总……")):
            return drafts.document(draft)
    except AtlasError as error:
        st.error(error.sentence())
        return None


def show_out(warehouse: Warehouse, draft: Draft, document: Document) -> None:
    """Show what is left out and what went stale, the files, and the way into the archive."""
    if document.closed_on is not None:
        text = _("本月已于{day}定稿，按定稿的数据版本{n}印出。")
        st.caption(text.format(day=date_text(document.closed_on), n=document.generation_no))
    if found := stale(document):
        st.warning(_("{n}句改过的文字，其中数字已变化，请到“改文字”核对。").format(n=len(found)))
    for text in drafts.notices(draft):
        st.warning(text)
    show_missing(document)
    show_exports(draft, document)
    ask_approval(warehouse)
    show_signing(draft, document)


def show_matters(warehouse: Warehouse, kind: Kind, request: Request) -> None:
    """Show what the office fills in, as far as this document prints it; a community's own prints none of it."""
    street, month = answers.street_folder(), request.end
    parts = () if request.community else [part for parts in kind.sections for part in parts]
    printed = {name for name in TYPED if any(part.startswith(name) for part in parts)}
    if "district_ranks" in printed:
        matters.show_ranks(street, month)
    if "assigned" in printed:
        matters.show_assigned(street, month)
    if "proposal" in printed:
        matters.show_proposals(Source(warehouse, street), street, month)
    if "next_step" in printed:
        matters.show_steps(street, month)
    if not printed:
        st.info(_("这份{kind}没有需要填写的事项。").format(kind=kind.name))


def show_part(warehouse: Warehouse, request: Request, draft: Draft, document: Document | None) -> None:
    """Show one step of the work; what the office types can be typed also where the document cannot be made."""
    part, street = switch(PARTS, key="issue"), answers.street_folder()
    show_notice()
    if part == "head":
        show_head(street, request)
    elif part == "matters":
        show_matters(warehouse, kinds()[request.kind], request)
    elif part == "history":
        show_history(street)
    elif document is not None:
        if part == "wording":
            show_wording(street, document)
        elif part == "origins":
            show_origins(document)
        else:
            show_out(warehouse, draft, document)


def page() -> None:
    """Show the page from top to bottom: what is asked for and the work on the left, the paper on the right."""
    take_up()
    warehouse = answers.current()
    work, paper = st.columns([6, 7], gap="medium")
    with work:
        head = st.container()
        request = choice.wanted(warehouse, choice.chosen_kind())
    with head:
        page_header(warehouse, _("简报编发"), None)
    if request is None:
        return
    draft = drafts.draft(warehouse, request)
    with paper:
        document = document_of(draft)
    with work:
        try:
            show_part(warehouse, request, draft, document)
        except AtlasError as error:  # a damaged record of one kind; the other steps and the paper stay
            st.error(error.sentence())
    settle()
    if document is not None:
        with paper:
            show_preview(draft, document)


page()
