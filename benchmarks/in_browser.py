"""What a person waits for, in Chromium: first loads and a filter change, against pages that hold almost nothing."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.ratio import Ratio
from benchmarks.streamlit_session import bare_command, dashboard_command, free_port, running
from metrics.warehouse import open_current
from pages.parts import shapes
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.screen import SETTLED, settle

RUNS = 7
LIMIT_FILTER, LIMIT_BRIEFING, LIMIT_MAP = 1.5, 1.6, 1.6
FILTER = "社区"
# Both bare pages freeze the collector as the dashboard does.
HEAD = """
import gc
import json
from contextlib import asynccontextmanager
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

@asynccontextmanager
async def frozen(app):
    gc.collect()
    gc.freeze()
    yield

app = st.App(__file__, lifespan=frozen)
st.set_page_config(layout="wide")
"""
EMPTY = HEAD + 'st.title("空页")\n'
# The dashboard's polygons, by address as on the dashboard's map, and one filter that recolours them.
MAP = (
    HEAD
    + """
st.title("只有地图")
chosen = st.multiselect("社区", list(range(12)), placeholder="全部")
ids = json.loads((Path(__file__).parent / "ids.json").read_text("utf-8"))
unused = {"type": "geojson", "data": {"type": "Point", "coordinates": [0, 0]}}  # plotly.js refuses a style without sources
style = {"version": 8, "sources": {"unused": unused}, "layers": []}
trace = go.Choroplethmap(geojson="app/static/communities.json", locations=ids,
                         z=[(n + len(chosen)) % 12 for n in range(len(ids))])
figure = go.Figure(trace, {"map": {"style": style, "center": {"lon": 114.06, "lat": 22.635}, "zoom": 11}, "height": 520})
st.plotly_chart(figure, key="map")
"""
)
# A change is seen by the figure having new data: a quick script never shows the state "running".
REMEMBER = "() => { window.shown = document.querySelector('.js-plotly-plot').data; }"
CHANGED = f"() => document.querySelector('.js-plotly-plot')?.data !== window.shown && ({SETTLED})()"


@contextmanager
def _page(browser: Browser, address: str) -> Iterator[tuple[Page, float]]:
    """Open an address in a new session; yield the settled page and the milliseconds that it took."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page, begun = context.new_page(), time.perf_counter()
    page.goto(address)
    page.wait_for_function(SETTLED, polling="raf")
    took = (time.perf_counter() - begun) * 1000
    yield page, took
    context.close()


def _first_load(browser: Browser, address: str) -> float:
    durations = []
    for _run in range(RUNS + 1):
        with _page(browser, address) as (_opened, took):
            durations.append(took)
    return statistics.median(durations[1:])


def _choose_next(page: Page) -> float:
    """Add the next community to the filter as a person does; return the milliseconds to a settled page."""
    page.get_by_role("combobox", name=FILTER).first.click()
    option = page.get_by_role("option").nth(1)  # the first is Streamlit's own "Select all"
    option.wait_for()
    page.evaluate(REMEMBER)
    begun = time.perf_counter()
    option.click()
    page.wait_for_function(CHANGED, polling="raf")
    took = (time.perf_counter() - begun) * 1000
    page.keyboard.press("Escape")
    page.get_by_role("heading").first.click()  # leaves the filter, so that the next click opens it
    return took


def _filter_change(browser: Browser, address: str) -> float:
    with _page(browser, address) as (page, _took):
        settle(page)
        return statistics.median([_choose_next(page) for _run in range(RUNS + 1)][1:])


def _bare(folder: Path, name: str, text: str) -> Path:
    script = folder / f"{name}.py"
    script.write_text(text, "utf-8")
    return script


def _lay_out_map(street: Path, folder: Path) -> None:
    """Put the dashboard's own polygons where the bare map's server finds them."""
    collection = shapes.communities(open_current(street))
    (folder / "static").mkdir(exist_ok=True)
    (folder / "static" / "communities.json").write_text(json.dumps(collection), "utf-8")
    (folder / "ids.json").write_text(json.dumps([shape["id"] for shape in collection["features"]]), "utf-8")


def _all(browser: Browser, addresses: dict[str, str]) -> list[Ratio]:
    first = {name: _first_load(browser, address) for name, address in addresses.items()}
    change = {name: _filter_change(browser, addresses[name]) for name in ("dashboard map", "bare map")}
    return [
        Ratio("浏览器里一张图换一个筛选条件 ÷ 只有地图的页", change["dashboard map"], change["bare map"], LIMIT_FILTER),
        Ratio("首次打开工作简报 ÷ 空页", first["briefing"], first["empty"], LIMIT_BRIEFING),
        Ratio("首次打开一张图 ÷ 只有地图的页", first["dashboard map"], first["bare map"], LIMIT_MAP),
    ]


def measure(street: Path, folder: Path) -> list[Ratio]:
    """Measure in one Chromium; without one nothing is measured, and that is said."""
    chromium = find_chromium()
    if chromium is None:
        print("没有找到 Chromium，浏览器里的三项没有测。")
        return []
    _lay_out_map(street, folder)
    ports = [free_port() for _server in range(3)]
    servers = (
        running(dashboard_command(street, ports[0]), ports[0]),
        running(bare_command(_bare(folder, "empty_page", EMPTY), ports[1]), ports[1], folder),
        running(
            [*bare_command(_bare(folder, "map_page", MAP), ports[2]), "--server.enableStaticServing=true"],
            ports[2],
            folder,
        ),
    )
    ours, empty, bare = (f"http://127.0.0.1:{port}" for port in ports)
    with servers[0], servers[1], servers[2], sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        return _all(browser, {"briefing": ours, "dashboard map": f"{ours}/map", "empty": empty, "bare map": bare})
