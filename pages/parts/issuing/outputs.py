"""What is not in the document, and the document as files: two versions, four kinds of file, made when asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from gettext import gettext as _

import streamlit as st

from briefing.kinds import kinds
from briefing.model import Document, Missing
from metrics import places
from metrics.question import Audience
from metrics.warehouse import Warehouse
from pages.parts.issuing import drafts
from pages.parts.issuing.drafts import Draft
from pages.parts.issuing.forms import Field, form_key, show_form
from pages.parts.issuing.markup import escaped

FILES = {".docx": _("Word文档"), ".pdf": "PDF", ".pptx": _("幻灯片"), ".xlsx": _("表格")}
OPEN = 4  # so many are read at once; of more the list is opened
APPROVAL = "issue.map_approval"  # session: the 审图号, for this sitting
VERSIONS: dict[Audience, tuple[str, str]] = {
    "internal": (_("内部版"), _("内部资料，供街道和社区使用")),
    "public": (_("对外版"), _("不含企业名称、个案、名次和异动提示；过少的数不显示")),
}


def _missing_text(entry: Missing) -> str:
    what = escaped(entry.what.rstrip("。"))
    return f"- {f'**{what}**' if entry.is_section else what}：{escaped(entry.why)}"


def show_missing(document: Document) -> None:
    """Say what the document would have held, and why it does not."""
    if not document.missing:
        st.caption(_("应列的内容都已列入。"))
        return
    with st.expander(
        _("本期未列内容（{n}项）").format(n=len(document.missing)), expanded=len(document.missing) <= OPEN
    ):
        st.markdown("\n".join(_missing_text(entry) for entry in document.missing))


def show_exports(draft: Draft, document: Document) -> None:
    """Offer both versions as files; a file is made at the click, from the very data that the page shows."""
    kind = kinds()[draft.request.kind]
    for audience, (title, about) in VERSIONS.items():
        if audience not in kind.audiences:
            st.caption(_("{kind}没有{version}。").format(kind=kind.name, version=title))
            continue
        made_from, named = draft.for_whom(audience), replace(document, audience=audience)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(_("**导出{version}**").format(version=title), help=about, width="content")
            for ending, name in FILES.items():
                st.download_button(
                    name, partial(drafts.content, made_from, ending), named.file_name(ending),
                    key=f"issue.{audience}{ending}", on_click="ignore", icon=":material/download:",
                )  # fmt: skip


def approval() -> str:
    """Return the 审图号 that was typed for public maps."""
    return str(st.session_state.get(APPROVAL, ""))


def ask_approval(warehouse: Warehouse) -> None:
    """Ask for the 审图号 where a public map could show real boundaries; without one it is a schematic map."""
    if warehouse.is_sample or not places.outlines(warehouse).is_legal:
        return
    row = ((Field("number", _("对外版地图的审图号"), hint=_("不填则改用示意图")),),)
    said = show_form(row, {"number": approval()}, key=f"approval.{form_key(approval())}", submit=_("使用"))
    if said is not None:
        st.session_state[APPROVAL] = said["number"]
        st.rerun()
