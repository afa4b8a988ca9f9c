"""What an import does: rows that come, change and go, indicators before and after, checks before and after."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import streamlit as st

from pages.parts.intake import rows
from pages.parts.tables import show_table

Preview = dict[str, Any]
MOST_JUMPS = 5
FEW_ROWS = 8  # so many rows of communities are shown at once; more fold


def show_changes(job_id: str, preview: Preview) -> None:
    """Show the changes of the ledgers, then those of the indicators and the checks."""
    if not preview["differences"]:
        return
    st.markdown(_("**台账的变化**"))
    key = f"intake.{job_id}"
    show_table(rows.differences(preview), rows.DIFFERENCES, key=f"{key}.differences", height="content")
    _show_indicators(key, preview)
    _show_checks(key, preview)


def _show_indicators(key: str, preview: Preview) -> None:
    st.markdown(_("**主要指标　导入前 → 导入后**"))
    _show_jumps(rows.jumps(preview))
    street, communities = rows.indicators(preview, True), rows.indicators(preview, False)
    if street.is_empty() and communities.is_empty():
        st.caption(_no_change(preview))
        return
    if not street.is_empty():
        show_table(street, rows.INDICATORS, key=f"{key}.indicators", height="content")
    if not communities.is_empty():
        few = len(communities) <= FEW_ROWS
        with st.expander(_("分社区的变化　{n}项").format(n=len(communities)), expanded=few):
            show_table(communities, rows.INDICATORS, key=f"{key}.indicators.communities", height="content")


def _show_jumps(sentences: list[str]) -> None:
    """Show what jumps in one frame, the many folded."""
    if not sentences:
        return
    st.warning("  \n".join(sentences[:MOST_JUMPS]))
    if len(sentences) > MOST_JUMPS:
        with st.expander(_("另有{n}项变化较大").format(n=len(sentences) - MOST_JUMPS)):
            st.markdown("  \n".join(sentences[MOST_JUMPS:]))


def _no_change(preview: Preview) -> str:
    """Return why no indicator is listed: none changes, or the check waits for an answer before it counts."""
    is_counted = bool(preview["indicators"] or preview["checks"])
    return _("主要指标没有变化。") if is_counted else _("处理完上面的事项并重新核对后，显示主要指标的变化。")


def _show_checks(key: str, preview: Preview) -> None:
    found = rows.checks(preview)
    grown = found.filter(found["after"].fill_null(0) > found["before"].fill_null(0))  # a side not built found nothing
    if not preview["checks"]:
        return
    if grown.is_empty():
        st.caption(_("待核对事项没有增加。"))
        return
    with st.expander(_("待核对事项　{n}类有增加").format(n=len(grown))):
        st.caption(_("只提示、不阻止入库；入库后可在本页“待核对事项”中逐条查看。"))
        show_table(found, rows.CHECKS, key=f"{key}.checks", height="content")
