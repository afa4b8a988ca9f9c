"""服务与阵地: workers' homes and stations, funded services and whom they reach, the money behind them, workers in hardship."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _

import streamlit as st

from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.choices import Filter
from pages.parts.facilities.show import MISSING, show_facilities
from pages.parts.filters import Chosen, choose, code_filter, community_filter, month_filter, switch
from pages.parts.header import page_header
from pages.parts.services.activities import show_services
from pages.parts.services.hardship import show_hardship
from pages.parts.services.money import show_money
from pages.parts.services.view import BUDGET, FACILITY, HARDSHIP, SERVICE, View

PARTS = Filter(
    "part",
    _("内容"),
    {"facilities": _("阵地"), "services": _("服务活动"), "money": _("经费"), "hardship": _("困难职工")},
    "facilities",
)
KEPT = {"community": _("社区"), "service_kind": _("服务项目"), "funding_source": _("资金来源")}


def show_homes(view: View) -> None:
    """Show 阵地 at the month's end."""
    show_facilities(view.warehouse, view.month, view.where)


SHOW: dict[str, tuple[Callable[[View], None], tuple[str, ...], str]] = {
    "facilities": (show_homes, (FACILITY,), MISSING),
    "services": (
        show_services, (SERVICE,), _("还没有导入服务活动台账。导入后这里显示各项服务的人数、人次、支出和没有服务到的社区、行业。"),
    ),
    "money": (show_money, (SERVICE, BUDGET), _("还没有导入服务活动台账和服务经费预算，这里没有可看的内容。")),
    "hardship": (show_hardship, (HARDSHIP,), _("还没有导入困难职工档案。导入时只读出人数，姓名、证件号码、病残情况等不入库。")),
}  # fmt: skip
APPLIES = {"facilities": ("community",), "services": tuple(KEPT), "money": (), "hardship": ()}


def say_ignored(part: str, chosen: Chosen) -> None:
    """Name the conditions that this part does not follow."""
    left_out = [title for name, title in KEPT.items() if chosen.many(name) and name not in APPLIES[part]]
    if left_out:
        st.caption(_("“{names}”的条件不用于这一部分。").format(names="、".join(left_out)))


def show_part(warehouse: Warehouse, part: str, chosen: Chosen) -> None:
    """Show one part; where none of its ledgers was ever sent, say so instead of showing zeros."""
    show, ledgers, missing = SHOW[part]
    if not any(is_sent(warehouse, ledger) for ledger in ledgers):
        st.info(missing)
        return
    show(View(warehouse, chosen.month(), chosen.where(*APPLIES[part])))


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    filters = [month_filter(warehouse), community_filter(warehouse)]
    filters += [code_filter(warehouse, name, KEPT[name]) for name in ("service_kind", "funding_source")]
    chosen = choose(filters, key="services")
    part = switch(PARTS, key="services")
    with head:
        sent = [ledger for ledger in SHOW[part][1] if is_sent(warehouse, ledger)]
        page_header(warehouse, _("服务与阵地"), chosen.month(), sent)
    say_ignored(part, chosen)
    show_part(warehouse, part, chosen)


page()
