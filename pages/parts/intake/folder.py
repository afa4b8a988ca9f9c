"""放入此文件夹: where it is, what lies there, and what of it cannot be taken."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import streamlit as st

from etl.errors import AtlasError
from etl.jobs import inbox
from etl.street import Street

MOST_SHOWN = 20


def _lying(folder: Path) -> list[str]:
    """Return the names of what lies in the folder, what the system hides left out."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(f"{name}" for name in found if not any(part.startswith(".") for part in name.parts))


def show_folder(street: Street) -> None:
    """Show the watched folder, folded."""
    with st.expander(_("也可以把文件放入文件夹")):
        try:
            folder = inbox.inbox_folder(street.path)
        except AtlasError as error:
            st.warning(error.sentence())
            return
        st.markdown(_("把台账文件复制到下面的文件夹，约十秒后自动出现在本页；原文件不会被改动或删除。"))
        st.code(str(folder.resolve()), language=None, wrap_lines=True)
        names = _lying(folder)
        _show_names(names)
        for refused in inbox.refused(street.path):
            st.caption(_("不能导入：{name}（{reason}）").format(name=refused.name, reason=refused.reason))


def _show_names(names: list[str]) -> None:
    if not names:
        st.caption(_("文件夹里现在没有文件。"))
        return
    shown = "、".join(names[:MOST_SHOWN])
    more = _("等") if len(names) > MOST_SHOWN else ""
    st.caption(_("文件夹里现有{n}个文件：{names}{more}").format(n=len(names), names=shown, more=more))
    st.caption(_("已导入或已放弃的文件不会再次出现；要重新导入，请用上面的“选择文件”。"))
