"""Sheet by sheet: which ledger it was taken for and why, and how its rows add up."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import streamlit as st

from pages.parts.intake.wording import sheet_lines, sheet_title

Preview = dict[str, Any]


def _file_title(file: Preview) -> str:
    if file["left_out"]:
        return _("{file}　内容已导入过，不再导入").format(**file)
    taken = sum(1 for sheet in file["sheets"] if sheet["ledger"])
    text = _("{file}　{n}个工作表，{taken}个作为台账").format(file=file["file"], n=len(file["sheets"]), taken=taken)
    return _("{file}　没有读取").format(**file) if file.get("error") and not file["sheets"] else text


def _show_file(file: Preview) -> None:
    with st.expander(_file_title(file)):
        for sheet in file["sheets"]:
            st.markdown(f"**{sheet_title(sheet)}**  \n" + "  \n".join(sheet_lines(sheet)))
        if not file["sheets"]:
            st.caption(_("没有工作表可以说明。"))


def show_sheets(preview: Preview) -> None:
    """Show every file, folded, and the files that were not read."""
    st.markdown(_("**各文件怎样读取**"))
    for file in preview["files"]:
        _show_file(file)
    reasons = preview.get("passed_over_reasons", {})
    if preview.get("passed_over"):
        said = "；".join(f"{name}（{reasons[name]}）" if name in reasons else name for name in preview["passed_over"])
        st.caption(_("未读取的文件：{said}").format(said=said))
