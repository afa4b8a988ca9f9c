"""签发存档: the document as it stands goes into the street's archive with its four files, once."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

import streamlit as st

from briefing import archive
from briefing.model import Document
from etl.errors import AtlasError
from pages.parts import answers
from pages.parts.issuing import drafts
from pages.parts.issuing.drafts import Draft
from pages.parts.issuing.notice import tell, user
from pages.parts.issuing.outputs import FILES, VERSIONS

REQUESTED = "issue.requested"  # session: what the dialog was told to issue


@dataclass(frozen=True)
class Wanted:
    """What is to be issued, and the newest number when it was asked for: a second click finds a newer one."""

    draft: Draft
    after: int


def newest_number(street: Path) -> int:
    """Return the newest issue's number, 0 where nothing was issued."""
    return next((entry.number for entry in archive.issued(street)), 0)


def issued_before(street: Path, document: Document) -> int:
    """Return the newest number under which this very issue is in the archive already, 0 where it is not."""
    names = ("kind", "month", "community_id", "topic", "audience")
    wanted = [getattr(document, name) for name in names]
    found = (entry.number for entry in archive.issued(street) if [getattr(entry, name) for name in names] == wanted)
    return next(found, 0)


def blockers(document: Document) -> list[str]:
    """Return what has to be filled in before an issue can be signed."""
    head = document.head
    found = [(head.issue_no, _("期号")), (head.issued_on, _("印发日期"))]
    return [title for text, title in found if not text]


def _request(wanted: Wanted) -> None:
    st.session_state[REQUESTED] = wanted


def take_up() -> None:
    """Issue what was confirmed, once, whoever clicks how often."""
    wanted: Wanted | None = st.session_state.pop(REQUESTED, None)
    if wanted is None:
        return
    try:
        if not answers.is_newest():
            tell(answers.read_only_text(), is_error=True)
        elif newest_number(wanted.draft.street) != wanted.after:
            tell(_("刚才已有一份签发存档，请在“历史”中核对，不重复存档。"), is_error=True)
        else:
            number = _issue(wanted.draft)
            tell(_("已签发存档，存档第{n}号，见“历史”。").format(n=number))
    except AtlasError as error:
        tell(error.sentence(), is_error=True)
    st.rerun()


def _issue(draft: Draft) -> int:
    with st.spinner(_("正在生成四种文件并存档……")):
        files = {ending: drafts.content(draft, ending) for ending in FILES}
        return archive.issue(draft.street, drafts.document(draft), files, user()).number


@st.dialog(_("签发存档"))
def _confirm(draft: Draft, document: Document) -> None:
    take_up()
    title = VERSIONS[document.audience][0]
    st.markdown(f"**{document.head.title}　{document.head.subtitle}　{document.head.issue_no}　{title}**")
    st.markdown(
        _("存档后内容和文件不再改变（数据版本{n}）；以后数据有更正，可在“历史”中比较。").format(
            n=document.generation_no
        )
    )
    if before := issued_before(draft.street, document):
        st.warning(_("这一期的{version}已存档过（{n}号），再次签发将另存一号。").format(version=title, n=before))
    if document.missing:
        st.markdown(_("本期有{n}项内容未列入，已在“导出签发”中说明。").format(n=len(document.missing)))
    wanted = Wanted(draft, newest_number(draft.street))
    st.button(_("确认签发存档"), type="primary", key="issue.sign.confirm", on_click=_request, args=(wanted,))


def show_signing(draft: Draft, document: Document) -> None:
    """Offer to issue the version that the page shows."""
    title = VERSIONS[document.audience][0]
    lacking = blockers(document)
    if lacking:
        st.caption(_("签发前请先填写：{names}。").format(names="、".join(lacking)))
    if st.button(
        _("签发存档（{version}）").format(version=title), type="primary", key="issue.sign", disabled=bool(lacking)
    ):
        _confirm(draft, document)
