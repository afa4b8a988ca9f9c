"""换一种评分办法会怎样: who would move under another scheme. A what-if: in no link, no file and no document."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from metrics.judging.warnings import Moved, Scheme, scheme_change, schemes
from pages.parts.hazards import words
from pages.parts.hazards.view import View
from pages.parts.issuing.markup import escaped

MOST_SHOWN = 60


def show_change(view: View, current: Scheme) -> None:
    """Let the user pick another scheme and show who would move; nothing is changed by it."""
    others = {one.id: one for one in schemes(view.warehouse) if one.id != current.id}
    if not others:
        return
    st.markdown(_("##### 换一种评分办法会怎样"))
    chosen = st.selectbox(
        _("评分办法"), list(others), index=None, format_func=lambda one: others[one].title, placeholder=_("请选择"),
        key="hazards.scheme", width=320,
    )  # fmt: skip
    if chosen is None:
        st.caption(_("只是比较，不改变现行等级；要改用，请维护人员在街道设置里写明自哪个月起。"))
        return
    _show_moved(view, others[chosen])


def _show_moved(view: View, scheme: Scheme) -> None:
    found = [
        one
        for one in scheme_change(view.warehouse, view.month, scheme.id)
        if not view.communities or one.community_id in view.communities
    ]
    st.markdown(words.moved_text(found, scheme))
    st.caption(_("{meaning}。来源：{source}（{mark}）。比较的是按事实评定的等级，不计复核。").format(
        meaning=scheme.meaning.rstrip("。"), source=scheme.source, mark=scheme.mark))  # fmt: skip
    if not found:
        return
    lines = ["|".join((_("企业"), _("社区"), _("现在"), _("换后"), _("评分"))), ":--|:--|:--|:--|--:"]
    lines += ["|".join(_cells(one)) for one in found[:MOST_SHOWN]]
    with st.container(height=420 if len(found) > 10 else "content"):
        st.markdown("\n".join(f"|{line}|" for line in lines))
    if len(found) > MOST_SHOWN:
        st.caption(_("只列前{n}家。").format(n=MOST_SHOWN))


def _cells(one: Moved) -> tuple[str, ...]:
    was, becomes = ("—" if score is None else words.points_text(score) for score in (one.score_was, one.score_becomes))
    return escaped(one.enterprise), escaped(one.community), one.was_title, one.becomes_title, f"{was}→{becomes}"
