"""The browser's door: the server's routes and the menu."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from pages import PAGES
from pages.parts.versions import shown
from pages.routes import MIDDLEWARE, ROUTES, lifespan, say_error

app = st.App(__file__, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=say_error)

st.set_page_config(page_title=_("工会工作"), layout="wide", initial_sidebar_state="collapsed")
menu: dict[str, list[st.Page]] = {}
for entry in PAGES:
    page = st.Page(
        entry.file, title=entry.title, url_path=entry.url_path, default=entry.is_default,
        visibility="hidden" if entry.is_hidden else "visible",
    )  # fmt: skip
    menu.setdefault(entry.group, []).append(page)
chosen = st.navigation(menu, position="top")
shown.settle(chosen.url_path)
chosen.run()
