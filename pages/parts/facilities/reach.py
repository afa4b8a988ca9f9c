"""Who is within reach of a facility, and where one, two or three new ones would reach most of those who are not."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

import streamlit as st

from metrics.judging.covering import MOST, RADII, Covering, covering, enterprises_within
from metrics.judging.covering_words import HOW, STRAIGHT, proposal_text, proposals_text, radius_text, reached_text
from metrics.judging.facilities import Facility
from metrics.scope import titles
from pages.parts import theme
from pages.parts.choices import Filter
from pages.parts.facilities.place import (
    edge_trace,
    enterprise_traces,
    facility_map,
    facility_traces,
    look_of,
    proposal_traces,
)
from pages.parts.facilities.view import View
from pages.parts.filters import switch

RADIUS = Filter("radius", _("距离"), {f"{radius}": radius_text(radius) for radius in RADII}, "500")
NEW = Filter(
    "new", _("新增"), {"0": _("不测算新增")} | {f"{n}": _("新增{n}处").format(n=n) for n in range(1, MOST + 1)}, "0"
)


@dataclass(frozen=True)
class Reach:
    """What the two switches ask for: who is reached, and each proposal with its reasons."""

    covered: Covering
    texts: list[str]


def show_reach(view: View) -> Reach:
    """Show the two switches and what they find in words: who is within reach, the proposals with their reasons."""
    st.markdown(_("##### 走得到的阵地"))
    radius, count = int(switch(RADIUS, key="facilities")), int(switch(NEW, key="facilities"))
    covered = _covered(view, radius, count)
    st.markdown(reached_text(covered))
    texts = [proposal_text(each, number, radius) for number, each in enumerate(covered.proposals, 1)]
    if count:
        st.markdown("\n".join([f"**{proposals_text(covered)}**", "", *(f"- {text}" for text in texts)]))
    st.caption(STRAIGHT + (HOW if count else ""))
    return Reach(covered, texts)


def _covered(view: View, radius: int, count: int) -> Covering:
    if not count:
        return covering(view.warehouse, view.month, radius, 0, view.where)
    with st.spinner(_("正在测算选址，第一次需要几秒……")):
        return covering(view.warehouse, view.month, radius, count, view.where)


def show_map(view: View, found: tuple[Facility, ...], reach: Reach) -> None:
    """Show the facilities by kind, the enterprises within reach and not, and the proposed points."""
    is_dark, covered = theme.is_dark(), reach.covered
    look = look_of(view.warehouse, is_dark)
    if look is None:
        st.info(_("还没有社区边界文件，暂不能画图；把边界文件放进街道文件夹的 geo，再导入一次台账即可。"))
        return
    listed = enterprises_within(view.warehouse, view.month, covered.radius, view.where)
    kinds = list(titles(view.warehouse, "facility_kind").values())
    placed = facility_traces(found, kinds)
    over = [
        *enterprise_traces(listed, covered.radius, is_dark), edge_trace(placed, is_dark), *placed,
        *proposal_traces(covered.proposals, reach.texts, covered.radius, is_dark),
    ]  # fmt: skip
    alt = reached_text(covered) + "".join(reach.texts)
    st.plotly_chart(facility_map(view.warehouse, look, over), key="facilities.map", alt=alt, config=theme.MAP_CONFIG)
