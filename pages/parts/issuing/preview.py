"""The document as it will print."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from briefing.model import Document
from pages.parts.issuing import drafts
from pages.parts.issuing.drafts import Draft

HEIGHT = 700


def _alt(document: Document, number: int, count: int) -> str:
    text = _("{title}（{subtitle}）第{n}页，共{count}页的打印效果；文字可在“改文字”中阅读")
    return text.format(title=document.head.title, subtitle=document.head.subtitle, n=number, count=count)


def show_preview(draft: Draft, document: Document) -> None:
    """Show every page of the document, one below the other."""
    with st.spinner(_("正在排版……")):
        found = drafts.pages(draft)
    st.caption(_("打印效果，共{n}页").format(n=len(found)))
    with st.container(height=HEIGHT, border=True, key="issue.preview"):
        for number, page in enumerate(found, start=1):
            if number > 1:
                st.divider()
            st.image(page, width="stretch", alt=_alt(document, number, len(found)))
