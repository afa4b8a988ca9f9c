"""数据版本: every version there is; two of them compared: what changed, by whom, from which load, and what it did."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from etl.errors import AtlasError
from metrics import scope
from metrics.versions import Version, compare_versions, open_version, versions
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.choices import Filter, month_filter
from pages.parts.filters import choose
from pages.parts.header import page_header
from pages.parts.versions.compared import show_causes, show_figures, show_ledgers
from pages.parts.versions.listing import show_list, show_openings

OLD, NEW = "old", "new"


def filters(found: tuple[Version, ...], warehouse: Warehouse) -> list[Filter]:
    """Return the page's conditions: the two versions, and the month whose indicators are compared."""
    title = _("数据版本{n}　{day}")  # the time of day would not fit, and the number tells them apart
    titles = {str(one.number): title.format(n=one.number, day=one.built_at[:10]) for one in found}
    newest, before = found[0], found[min(1, len(found) - 1)]
    return [
        Filter(OLD, _("原版本"), titles, str(before.number)),
        Filter(NEW, _("新版本"), titles, str(newest.number)),
        month_filter(warehouse),
    ]


def show_comparison(old: int, new: int, month: date, warehouse: Warehouse) -> None:
    """Show why the two versions differ, which numbers do, and which rows."""
    street = answers.street_folder()
    try:
        with st.spinner(_("正在比较……")):
            later = open_version(street, new)
            found = compare_versions(street, old, new, month if month in scope.months(later) else None)
    except AtlasError as error:
        st.error(error.sentence())
        return
    show_causes(found, later)
    show_figures(found, later, warehouse)
    show_ledgers(found, later, warehouse)


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    page_header(warehouse, _("数据版本"), None)
    everything = versions(answers.street_folder())
    usable = tuple(version for version in everything if not version.is_damaged)
    st.caption(_("每次导入、撤销、更正、核对或修改设置，都生成一个新的数据版本；旧版本保留，可随时对照。"))
    show_list(everything)
    if len(usable) < 2:
        st.info(_("目前只有一个可用的数据版本，还没有可比较的。"))
        return
    chosen = choose(filters(usable, warehouse), key="versions", has_tools=False)
    old, new = int(chosen.one(OLD)), int(chosen.one(NEW))
    show_openings(old)
    if old == new:
        st.info(_("两边选的是同一个数据版本，请另选一个。"))
        return
    show_comparison(old, new, chosen.month(), warehouse)


page()
