"""台账管理: bring ledgers in, see who has reported, what each load did, which cells are wrong, and take a load back."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from etl import generations
from etl.street import open_street
from metrics.versions import version_of
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import Chosen, Filter, choose, month_filter
from pages.parts.header import page_header
from pages.parts.intake.bring_in import say_first, show_bring_in
from pages.parts.intake.loads import show_bad_cells, show_loads, show_receipt
from pages.parts.intake.mappings import show_mappings
from pages.parts.intake.reports import show_checks, show_reports
from pages.parts.intake.undo import take_back
from pages.parts.receipts import Load, load_title

ALL_FILES = "all-files"


def filters(warehouse: Warehouse, loads: list[Load]) -> list[Filter]:
    """Return the page's conditions: the month of the reports, the load and the file of the receipts."""
    newest = list(reversed(loads))
    taken = {load.load_id for load in version_of(warehouse).loads}
    default = next((load["load"] for load in newest if load["load"] in taken), newest[0]["load"])
    files = {file["sha256"][:12]: file["file"] for load in newest for file in load["files"]}
    return [
        month_filter(warehouse),
        Filter("load", _("导入批次"), {load["load"]: load_title(load) for load in newest}, default),
        Filter("file", _("文件"), {ALL_FILES: _("全部文件"), **files}, ALL_FILES),
    ]


def show_record(warehouse: Warehouse, loads: list[Load], chosen: Chosen) -> None:
    """Show who has reported, the loads, the chosen one in detail, and what the checks found."""
    load = next(entry for entry in loads if entry["load"] == chosen.one("load"))
    file_name = None if chosen.one("file") == ALL_FILES else chosen.titles("file")
    show_reports(warehouse, chosen.month())
    show_loads(loads, load)
    show_receipt(load, file_name, warehouse)
    show_bad_cells(load, file_name, warehouse)
    show_checks(warehouse)


def page() -> None:
    """Show the page from top to bottom; with every load taken back, the loads remain."""
    take_back()
    street = open_street(answers.street_folder())
    status = generations.status(street)
    loads = status["loads"]
    head = st.container()
    is_begun = any(load["active"] for load in loads)
    if answers.is_newest() or not is_begun:
        show_bring_in(street, status)
    if not is_begun:
        with head:
            st.markdown(_("# 台账管理"))
            say_first(street)
            st.info(_("还没有有效的台账，请先导入。"))
        if loads:
            show_loads(loads, loads[-1])
        show_mappings()
        return
    if answers.is_newest():
        st.divider()
    with head:
        warehouse = answers.current()
    chosen = choose(filters(warehouse, loads), key="ledgers")
    with head:
        page_header(warehouse, _("台账管理"), chosen.month())
        if not answers.say_read_only():
            say_first(street)
    show_record(warehouse, loads, chosen)
    show_mappings()


page()
