"""What 工作简报 shows of a closed month: its closed figures, its stamp, what was corrected since, the way to the newest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

import streamlit as st

from etl.errors import StreetError
from metrics.closed.closing import Closing, closing, warehouse_of
from metrics.closed.revised import Revised, revised
from metrics.closed.revised_words import day_text, revised_line, stamp_text
from metrics.versions import open_for_pages
from metrics.warehouse import Warehouse, open_current
from pages.parts import answers
from pages.parts.filters import link_to
from pages.parts.issuing.markup import escaped
from pages.parts.versions.shown import VERSION

PAGE = "pages/briefing.py"
MONTH_PAGE = "pages/month.py"


@dataclass(frozen=True)
class Shown:
    """The generation whose figures a month's page shows; `why` it is not the closed one of a closed month."""

    warehouse: Warehouse
    month: date
    closed: Closing | None = None
    why: str = ""

    @property
    def query(self) -> dict[str, Any]:
        """Return what a link to another page says so that it shows the same figures."""
        is_newest = self.warehouse == open_current(answers.street_folder())
        return {} if is_newest else {VERSION: self.warehouse.generation_no}


def month_shown(chosen: Warehouse, month: date) -> Shown:
    """Return the closed generation of a closed month, unless the address asks for a version of its own.

    Where that generation is gone or too old to be shown, it is the newest one, and `why` says so.
    """
    street = answers.street_folder()
    try:
        closed = closing(street, month)
    except StreetError as error:
        return Shown(chosen, month, None, error.sentence())
    if closed is None or VERSION in st.query_params:
        return Shown(chosen, month, closed)
    try:
        found = warehouse_of(street, closed)
        return Shown(open_for_pages(street, found.generation_no), month, closed)
    except StreetError as error:
        return Shown(chosen, month, closed, _("{why}。以下为最新数据。").format(why=error.sentence()))


def corrections(warehouse: Warehouse, month: date) -> tuple[Revised, ...]:
    """Return what was corrected after a month was closed, by the newest data; where it cannot be told, say why."""
    try:
        return revised(answers.street_folder(), warehouse, month)
    except StreetError as error:
        st.warning(error.sentence())
        return ()


def show_stamp(shown: Shown) -> None:
    """Show how the month was closed, what was corrected since and the way to the other figures; nothing of an open one."""
    if shown.why:
        st.warning(shown.why)
    if shown.closed is None:
        return
    newest = open_current(answers.street_folder())
    found = corrections(newest, shown.month)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="briefing.closed"):
        st.markdown(f":blue-badge[{stamp_text(shown.closed)}]", width="content")
        _show_links(shown, newest)
    if line := revised_line(newest, found, shown.month):
        st.caption(escaped(line))


def _show_links(shown: Shown, newest: Warehouse) -> None:
    """Offer the newest figures beside the closed ones, and the closed ones beside any others."""
    month = f"{shown.month:%Y-%m}"
    assert shown.closed is not None, "an open month has no stamp"
    is_closed_shown = shown.warehouse.generation_id == shown.closed.generation_id
    if not is_closed_shown and not shown.why:
        text = _("现按数据版本{n}显示，与定稿数可能不同。").format(n=shown.warehouse.generation_no)
        st.markdown(f":orange[{text}]", width="content")
        st.page_link(PAGE, label=_("查看定稿数"), query_params={"month": month})
    elif is_closed_shown and newest.generation_id != shown.warehouse.generation_id:
        query = {"month": month, VERSION: str(newest.generation_no)}
        st.page_link(PAGE, label=_("查看最新数据"), query_params=query)
    link_to(MONTH_PAGE, _("月度定稿"), month=month)


def closed_on_text(closed: Closing) -> str:
    """Return who closed a month and when: 2019年1月8日由张三定稿，数据版本8."""
    by = _("由{who}").format(who=closed.by) if closed.by else ""
    return _("{day}{by}定稿，数据版本{n}").format(day=day_text(closed.closed_on), by=by, n=closed.generation_no)
