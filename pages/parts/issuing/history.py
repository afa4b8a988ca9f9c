"""历史: what was issued, with the data that it is made from, and what two issues say differently."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from pathlib import Path

import polars as pl
import streamlit as st

from briefing import archive
from briefing.archive import Issued
from briefing.differences import differences
from metrics.periods import month_text
from pages.parts.issuing.outputs import FILES, VERSIONS
from pages.parts.tables import TableColumn, show_table

SHOWN = 12  # issues with their buttons; older ones are chosen from the list
LIST = (
    TableColumn("number", _("存档号"), "integer", width="small"),
    TableColumn("kind", _("种类"), width="small"),
    TableColumn("month", _("截至月份")),
    TableColumn("about", _("社区或专题")),
    TableColumn("version", _("版本"), width="small"),
    TableColumn("issue_no", _("期号"), width="small"),
    TableColumn("generation", _("数据版本"), "integer", width="small"),
    TableColumn("issued_on", _("存档日期"), "date"),
    TableColumn("by", _("存档人")),
)
DIFFERENT = (
    TableColumn("what", _("内容"), width="medium"),
    TableColumn("was", _("前一份"), width="medium"),
    TableColumn("now", _("后一份"), width="medium"),
)


def title_of(entry: Issued) -> str:
    """Return an issue as a list names it."""
    about = entry.community or entry.topic
    parts = (entry.kind, month_text(entry.month), about, entry.issue_no, VERSIONS[entry.audience][0])
    return _("{n}号　{what}").format(n=entry.number, what="　".join(filter(None, parts)))


def _frame(found: tuple[Issued, ...]) -> pl.DataFrame:
    return pl.DataFrame([
        {
            "number": entry.number, "kind": entry.kind, "month": month_text(entry.month),
            "about": entry.community or entry.topic or _("全街道"), "version": VERSIONS[entry.audience][0],
            "issue_no": entry.issue_no, "generation": entry.generation_no, "issued_on": entry.issued_on,
            "by": entry.by,
        }
        for entry in found
    ])  # fmt: skip


def _files(entry: Issued) -> None:
    """Offer an issue's files as they went out."""
    with st.container(horizontal=True):
        for ending, (name, _digest) in entry.files.items():
            st.download_button(
                FILES.get(ending, ending), partial(archive.file_of, entry, ending), name, on_click="ignore",
                key=f"issue.history.{entry.number}{ending}", icon=":material/download:",
            )  # fmt: skip


def show_history(street: Path) -> None:
    """Show what was issued, offer its files, and compare two."""
    found = archive.issued(street)
    if not found:
        st.info(_("还没有签发存档的文件。在“导出签发”中签发后，列在这里。"))
        return
    show_table(_frame(found), LIST, key="issue.history", height=min(38 + 30 * len(found), 300))
    chosen = st.selectbox(
        _("下载存档的文件"), found, format_func=title_of, key="issue.history.chosen", placeholder=_("请选择")
    )
    _files(chosen)
    if len(found) > 1:
        _compare(found)


def _compare(found: tuple[Issued, ...]) -> None:
    """Show what two issues say differently; the older number is the earlier one."""
    st.markdown(_("##### 比较两份"))
    left, right = st.columns(2)
    before = left.selectbox(
        _("前一份"), found, index=1, format_func=title_of, key="issue.before", placeholder=_("请选择")
    )
    after = right.selectbox(
        _("后一份"), found, index=0, format_func=title_of, key="issue.after", placeholder=_("请选择")
    )
    if before == after:
        st.info(_("请选择两份不同的存档。"))
        return
    changed = differences(archive.document_of(before), archive.document_of(after))
    if changed:
        st.caption(_("{n}处不同。").format(n=len(changed)))
    rows = [{"what": one.what, "was": one.was or _("（无）"), "now": one.now or _("（无）")} for one in changed]
    frame = pl.DataFrame(rows, schema={column.id: pl.String for column in DIFFERENT})
    show_table(frame, DIFFERENT, key="issue.differences", height=360, empty=_("两份内容相同。"))
