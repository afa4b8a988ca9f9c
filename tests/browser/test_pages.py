"""Every page in a real browser, offline, at three sizes: it opens, speaks Chinese, complains of nothing, also in the log."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pages import PAGES, SEE, PageEntry
from tests.browser.conftest import ROOT, Server
from tests.browser.loopback import Loopback
from tests.browser.screen import Watch, allowed_english, is_english, map_polygons, settle, texts, watch

pytestmark = pytest.mark.browser
SIZES = {"desk": (1440, 900), "phone": (390, 844), "wall": (1920, 1080)}
SAMPLE_MARK, FAILED = "示例数据", "本页没有显示出来"
# `make pictures` says where README's pictures go; an ordinary run keeps its own out of the way.
PICTURES = Path(os.environ.get("UNION_ATLAS_PICTURES", ROOT / ".cache" / "screens"))


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Yield an empty page of the size that the test asks for (desk by default)."""
    width, height = SIZES[getattr(request, "param", "desk")]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    yield context.new_page()
    context.close()


def _open(page: Page, server: Server, entry: PageEntry) -> Watch:
    seen = watch(page)
    page.goto(f"{server.address}/{'' if entry.is_default else entry.url_path}")
    settle(page)
    return seen


def _picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"))


# On the meeting room's wall only what is shown there: the pages that are looked at, not those that are worked in.
OPENINGS = [(entry, size) for entry in PAGES for size in SIZES if size != "wall" or entry.group == SEE]


@pytest.mark.parametrize(
    ("entry", "page"), OPENINGS, indirect=["page"], ids=[f"{entry.url_path}-{size}" for entry, size in OPENINGS]
)
def test_page_opens(page: Page, server: Server, entry: PageEntry, request: pytest.FixtureRequest) -> None:
    """The page has its headline and the sample's mark; no error, no English, no request to others."""
    seen = _open(page, server, entry)
    size = request.node.callspec.params["page"]
    _picture(page, f"{entry.url_path}-{size}")
    assert entry.title in page.get_by_role("heading").first.inner_text()
    assert page.locator('[data-testid="stException"]').count() == 0
    said = page.locator("body").inner_text()
    assert SAMPLE_MARK in said and FAILED not in said
    assert sorted({text for text in texts(page) if is_english(text)} - allowed_english()) == []
    assert seen.complaints == []
    assert seen.strangers(server.address) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), "scrolls sideways"
    assert "Traceback" not in server.log.read_text("utf-8", errors="replace")


def test_map_draws_the_communities(page: Page, server: Server) -> None:
    """All twelve communities stand on the map as polygons."""
    _open(page, server, next(entry for entry in PAGES if entry.url_path == "map"))
    page.wait_for_function("() => document.querySelector('.js-plotly-plot')")
    assert map_polygons(page) >= 12


def test_offline_is_offline(server: Server, loopback: Loopback | None) -> None:
    """Where a namespace could be made, loopback is its only network."""
    if loopback is None:
        pytest.skip("no network namespace here: see the warning")
    assert loopback.interfaces() == {"lo"}


def test_keyboard_reaches_the_filters(page: Page, server: Server) -> None:
    """The Tab key alone leads to a filter of 一张图, and focus stays visible on something of the page."""
    _open(page, server, next(entry for entry in PAGES if entry.url_path == "map"))
    reached = set()
    for _step in range(40):
        page.keyboard.press("Tab")
        where = "document.activeElement.closest('[data-testid^=st]')?.dataset.testid"
        reached.add(page.evaluate(where))
    assert reached & {"stSelectbox", "stMultiSelect"}, reached


def test_own_routes_answer(page: Page, server: Server) -> None:
    """The shipped font comes from the dashboard itself, compressed or not, and looks like a font."""
    _open(page, server, PAGES[0])
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    for face in config["theme"]["fontFaces"]:
        script = "async url => { const r = await fetch(url); return [r.status, (await r.arrayBuffer()).byteLength]; }"
        status, length = page.evaluate(script, face["url"])
        assert (status, length > 100_000) == (200, True), face["url"]
