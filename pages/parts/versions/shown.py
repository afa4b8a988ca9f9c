"""Which version the pages show: the newest, or an earlier one that the address names (`version=8`).

An earlier one stays while the user goes from page to page, whose menu knows no conditions, and until he comes back to
the newest by the button or by the browser's way back to an address without it.
"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import streamlit as st

from etl.errors import StreetError
from metrics.versions import numbers, open_for_pages, version_of
from metrics.warehouse import Warehouse
from pages.parts.issuing.markup import escaped

VERSION = "version"
KEPT = "shown_version"  # session: the number of the earlier version that is shown, "" for the newest
PAGE = "shown_version.page"  # session: the page of the run before
MOST_DIGITS = 6


def settle(page: str) -> None:
    """Keep the version shown where only the page changes; where the address of this page lost it, show the newest."""
    if VERSION not in st.query_params and (kept := st.session_state.get(KEPT)):
        if st.session_state.get(PAGE) == page:
            st.session_state[KEPT] = ""
        else:
            st.query_params[VERSION] = kept
    st.session_state[PAGE] = page


def conditions() -> dict[str, str]:
    """Return what a link to another page must say so that it shows the same version; nothing for the newest."""
    kept = st.session_state.get(KEPT)
    return {VERSION: kept} if kept else {}


def _asked() -> str:
    """Return the version that the address asks for, or that was shown before; "" for the newest."""
    return str(st.query_params.get(VERSION, st.session_state.get(KEPT, ""))).strip()


def earlier(street: Path) -> int | None:
    """Return the number of the earlier version that is asked for, None for the newest or one that is not there."""
    text = _asked()
    if not (text.isascii() and text.isdecimal()) or len(text) > MOST_DIGITS:
        return None
    return int(text) if int(text) in numbers(street)[:-1] else None


def leave() -> None:
    """Show the newest version from now on."""
    st.session_state[KEPT] = ""
    st.query_params.pop(VERSION, None)


def opened(street: Path, newest: Warehouse) -> Warehouse:
    """Return the version that the page is to show, and say so unless it is the newest."""
    text, number = _asked(), earlier(street)
    st.session_state[KEPT] = ""
    try:
        warehouse = newest if number is None else open_for_pages(street, number)
    except StreetError as error:
        st.warning(_("{why}。现按最新的数据版本{n}显示。").format(why=error.sentence(), n=newest.generation_no))
        return newest
    if number is not None:
        st.session_state[KEPT] = str(number)
        _say(warehouse)
    elif text and text.lstrip("0") != str(newest.generation_no):
        said = _("没有数据版本“{text}”，现按最新的数据版本{n}显示。")
        st.warning(said.format(text=escaped(text[:20]), n=newest.generation_no))
    return warehouse


def _say(warehouse: Warehouse) -> None:
    """Say which version is shown and offer the way back."""
    day = built_text(version_of(warehouse).built_at)
    text = _("正在查看数据版本{n}（{day}生成），不是最新。").format(n=warehouse.generation_no, day=day)
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="shown_version.banner"):
        st.markdown(f":orange[**{text}**]", width="stretch")
        st.button(_("返回最新数据"), on_click=leave, key="shown_version.leave")


def built_text(built_at: str) -> str:
    """Return the day on which a version was made, as 2026年11月20日."""
    year, month, day = built_at[:10].split("-")
    return _("{year}年{month}月{day}日").format(year=year, month=int(month), day=int(day))
