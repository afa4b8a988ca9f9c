"""Opens one page through app.py, the way a link does."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.source import ROOT


def opened(page: str = "", **query: str) -> AppTest:
    """Return a page, run once with these filters in its address; "" is the landing page."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    if page:
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, [error.value for error in app.exception]
    return app
