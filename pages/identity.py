"""企业核对: enterprises that stand under several codes or names, which pairs are doubtful, and who decided what."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from metrics.judging.identity import has_identity, identity_pairs, merged_keys
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import choose, community_filter
from pages.parts.header import page_header
from pages.parts.identity.lists import show_decided, show_export, show_open
from pages.parts.identity.words import merged_text
from pages.parts.issuing.notice import settle, show_notice


def page() -> None:
    """Show the page from top to bottom."""
    warehouse: Warehouse = answers.current()
    head = st.container()
    chosen = choose([community_filter(warehouse)], key="identity")
    with head:
        page_header(warehouse, _("企业核对"), None)
    show_notice()
    if not has_identity(warehouse):
        st.info(_("这个数据版本由旧版程序生成，没有企业核对。"))
        return
    st.markdown(merged_text(merged_keys(warehouse)))
    st.caption(
        _(
            "名册按信用代码认企业；没有代码的，先看曾用的代码，再看字号和地址。拿不准的列在这里，由人核对，结论随时可以撤回。"
        )
    )
    wanted = set(chosen.many("community"))
    pairs = [
        pair for pair in identity_pairs(warehouse)
        if not wanted or {pair.left.community_id, pair.right.community_id} & wanted
    ]  # fmt: skip
    show_open([pair for pair in pairs if pair.state == "open"])
    show_decided([pair for pair in pairs if pair.state != "open"])
    show_export(warehouse, pairs)
    settle()


page()
