"""隐患与预警: what is brewing, which enterprises are red or yellow and why, what was paid, and whether the levels warn."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _

import streamlit as st

from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.choices import Filter
from pages.parts.filters import Chosen, choose, code_filter, community_filter, month_filter, switch
from pages.parts.hazards.headline import HAZARDS, SCORES, show_headline
from pages.parts.hazards.history import show_history
from pages.parts.hazards.levels import show_levels
from pages.parts.hazards.reports import show_reports
from pages.parts.hazards.rewards import show_rewards
from pages.parts.hazards.view import View
from pages.parts.header import page_header
from pages.parts.issuing.notice import settle, show_notice

PARTS = Filter(
    "part",
    _("内容"),
    {"reports": _("隐患线索"), "levels": _("风险等级"), "rewards": _("奖励"), "history": _("历史检验")},
    "reports",
)
SHOW: dict[str, tuple[Callable[[View], None], tuple[str, ...]]] = {
    "reports": (show_reports, (HAZARDS,)),
    "levels": (show_levels, (HAZARDS, SCORES)),
    "rewards": (show_rewards, (HAZARDS,)),
    "history": (show_history, (HAZARDS, SCORES)),
}
KEPT = {"community": _("社区"), "sign": _("隐患表征")}
APPLIES = {"reports": ("community", "sign"), "levels": ("community",), "rewards": ("community", "sign"), "history": ()}


def show_part(view: View, part: str) -> None:
    """Show one part; where none of its ledgers was ever sent, say so instead of showing zeros."""
    show, ledgers = SHOW[part]
    if not any(is_sent(view.warehouse, ledger) for ledger in ledgers):
        st.info(_("还没有导入隐患线索或企业风险评分台账，这里没有可看的内容。"))
        return
    show(view)


def say_ignored(part: str, chosen: Chosen) -> None:
    """Name the conditions that this part does not follow."""
    left_out = [title for name, title in KEPT.items() if chosen.many(name) and name not in APPLIES[part]]
    if left_out:
        st.caption(_("“{names}”的条件不用于这一部分。").format(names="、".join(left_out)))


def page() -> None:
    """Show the page from top to bottom."""
    warehouse: Warehouse = answers.current()
    head = st.container()
    filters = [month_filter(warehouse), community_filter(warehouse), code_filter(warehouse, "sign", KEPT["sign"])]
    chosen = choose(filters, key="hazards")
    with head:
        page_header(warehouse, _("隐患与预警"), chosen.month(), [HAZARDS] if is_sent(warehouse, HAZARDS) else [])
    view = View(warehouse, chosen.month(), chosen.where(*KEPT))
    show_headline(view)
    part = switch(PARTS, key="hazards")
    show_notice()
    say_ignored(part, chosen)
    show_part(view, part)
    settle()


page()
