"""组建攻坚: the enterprises without a union and what each brings, the year's targets, and unions that need a hand."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _

import streamlit as st

from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.choices import Filter
from pages.parts.filters import Chosen, choose, code_filter, community_filter, month_filter, switch
from pages.parts.header import page_header
from pages.parts.health.show import show_health
from pages.parts.organising.drive_list import show_drive
from pages.parts.organising.targets import show_targets
from pages.parts.organising.view import View

LEDGER = "enterprise"
PARTS = Filter("part", _("内容"), {"drive": _("攻坚名单"), "targets": _("年度任务"), "health": _("工会体检")}, "drive")
CONDITIONS = {
    "community": _("社区"), "park": _("园区"), "industry": _("行业"), "size_band": _("职工人数"),
    "not_formed_reason": _("未建会原因"),
}  # fmt: skip
APPLIES = {"drive": tuple(CONDITIONS), "targets": ("community",), "health": ("community", "park")}


def _drive(view: View) -> None:
    if is_sent(view.warehouse, LEDGER):
        show_drive(view)
    else:
        st.info(_("还没有导入企业台账。导入后这里列出未建会的企业。"))


def _health(view: View) -> None:
    show_health(view.warehouse, view.month, view.where)


SHOW: dict[str, Callable[[View], None]] = {"drive": _drive, "targets": show_targets, "health": _health}


def filters(warehouse: Warehouse) -> list[Filter]:
    """Return the page's conditions."""
    others = [code_filter(warehouse, name, title) for name, title in CONDITIONS.items() if name != "community"]
    return [month_filter(warehouse), community_filter(warehouse), *others]


def say_ignored(part: str, chosen: Chosen) -> None:
    """Name the conditions that this part does not follow."""
    left_out = [title for name, title in CONDITIONS.items() if chosen.many(name) and name not in APPLIES[part]]
    if left_out:
        st.caption(_("“{names}”的条件不用于这一部分。").format(names="、".join(left_out)))


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose(filters(warehouse), key="organising")
    with head:
        page_header(warehouse, _("组建攻坚"), chosen.month(), [LEDGER] if is_sent(warehouse, LEDGER) else [])
    part = switch(PARTS, key="organising")
    say_ignored(part, chosen)
    SHOW[part](View(warehouse, chosen.month(), chosen.where(*CONDITIONS)))


page()
