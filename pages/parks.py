"""园区工联会: each park with its federation, what is reached, whose its enterprises are; `park=` opens one park's page."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from metrics import scope
from metrics.catalogue import metric_of
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.choices import Filter
from pages.parts.filters import choose, month_filter
from pages.parts.header import page_header
from pages.parts.parks.drawing import show_map
from pages.parts.parks.one import show_one
from pages.parts.parks.owners import show_counts, show_list
from pages.parts.parks.table import reading, show_parks
from pages.parts.parks.view import ALL, Measure, View, measures

ENTERPRISE = "enterprise"


def park_filter(warehouse: Warehouse) -> Filter:
    """Return the choice of one park, or of all; names are understood in links."""
    titles = {park.id: park.title for park in View(warehouse, scope.default_month(warehouse)).parks}
    aliases = {title: park_id for park_id, title in titles.items()}
    return Filter("park", _("园区"), {ALL: _("全部园区"), **titles}, ALL, aliases=aliases)


def ledgers(found: list[Measure]) -> list[str]:
    """Return the ledgers that the page's numbers rest on, the register of enterprises first."""
    metrics = [metric_of(one.metric) for one in found]
    return list(dict.fromkeys([ENTERPRISE, *(ledger for metric in metrics for ledger in metric.ledgers)]))


def hovers(view: View, found: list[Measure]) -> list[str]:
    """Return what a hover over each park says: its name, its enterprises, its 建会率."""
    shown = [one for one in found if one.metric in {"enterprises", "coverage_rate", "membership_rate_area"}]
    texts = []
    for park in view.parks:
        lines = [f"<b>{park.title}</b>"]
        for one in shown:
            if (row := view.of_park(one, park.id)) is not None:
                lines.append(f"{one.title}　{answers.row_text(view.warehouse, metric_of(one.metric), row)}")
        texts.append("<br>".join([*lines, _("单击看这个园区")]))
    return texts


def show_all(view: View, found: list[Measure]) -> None:
    """Show the parks side by side, on the map, and all their enterprises."""
    show_parks(view, found)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        show_map(view, hovers(view, found), reading(view, found))
    with right:
        show_counts(view)
    show_list(view, view.owned, _("园区企业归属清单"))


def page() -> None:
    """Show one park where the address names one, else all of them."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose([month_filter(warehouse), park_filter(warehouse)], key="parks")
    view = View(warehouse, chosen.month())
    found = measures(warehouse, view.month)
    with head:
        page_header(warehouse, _("园区工联会"), view.month, ledgers(found))
    if not view.parks:
        st.info(_("园区代码表是空的。把园区写进街道文件夹的 codes，再导入企业台账，本页即可显示。"))
        return
    if not is_sent(warehouse, ENTERPRISE) or not found or not view.answer(found[0]).row.known:
        st.info(_("所选月份没有可用的企业台账，可换一个月份。"))
        return
    if not view.owned:
        st.info(_("企业台账里还没有写明所属园区的企业。把“所属园区”一栏填好再导入，本页即可显示。"))
        return
    if (park := chosen.one("park")) == ALL:
        show_all(view, found)
    else:
        show_one(view, found, park)


page()
