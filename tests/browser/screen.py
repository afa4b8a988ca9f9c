"""What a person would see on an open page: is it done, what does it say, what does the map show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page

SETTLE_MS = 30_000
# Streamlit asks for these two below the path of a deep link first and logs the two 404s itself.
STREAMLIT_404 = ("/_stcore/health", "/_stcore/host-config")
ALLOWED = Path(__file__).resolve().parents[1] / "streamlit_english.txt"
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"(?<![\w./@-])[A-Za-z][a-z]{2,}(?![\w./@=-])")
PHRASE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")

SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.dataset.testScriptState !== 'notRunning') return false;
  if (app.dataset.testConnectionState !== 'CONNECTED') return false;
  if (document.querySelector('[data-testid="stSkeleton"]') || !document.querySelector('h1, h2, h3')) return false;
  return [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(chart => {
    const plot = chart.querySelector('.js-plotly-plot');
    if (!plot || !plot._fullLayout) return false;
    const map = plot._fullLayout.map && plot._fullLayout.map._subplot;
    return !map || (map.map && map.map.loaded());
  });
}"""

TEXTS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const owner = walker.currentNode.parentElement;
    if (owner.closest('code, pre, script, style, noscript, [data-testid="stIconMaterial"]')) continue;
    if (owner.checkVisibility && !owner.checkVisibility()) continue;
    found.push(walker.currentNode.textContent);
  }
  for (const part of document.querySelectorAll('[placeholder], [title]')) {
    if (part.checkVisibility && !part.checkVisibility()) continue;
    found.push(part.getAttribute('placeholder') || '', part.getAttribute('title') || '');
  }
  return found.map(text => text.trim()).filter(Boolean);
}"""

POLYGONS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const map = plot._fullLayout.map && plot._fullLayout.map._subplot;
  if (!map) return [];
  const areas = map.map.queryRenderedFeatures().filter(shape => shape.geometry.type.endsWith('Polygon'));
  return [...new Set(areas.filter(shape => shape.layer.type === 'fill').map(shape => JSON.stringify(shape.geometry)))];
}).length"""


@dataclass
class Watch:
    """What a page asked for and complained about while it was open."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        """Keep an error of the console, but for Streamlit's own two."""
        address = message.location.get("url", "")
        if message.type == "error" and not urlsplit(address).path.endswith(STREAMLIT_404):
            self.complaints.append(f"{message.text} ({address})")

    def strangers(self, origin: str) -> list[str]:
        """Return the requests that went to anything but the dashboard."""
        own = (origin, origin.replace("http", "ws", 1), "data:", "blob:")
        return [address for address in self.requests if not address.startswith(own)]


def watch(page: Page) -> Watch:
    """Watch a page from before it opens."""
    seen = Watch()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("websocket", lambda socket: seen.requests.append(socket.url))
    page.on("console", seen.note)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    return seen


def settle(page: Page) -> None:
    """Wait until the page has a headline, its script rests, no skeleton is left and every map is drawn."""
    page.wait_for_function(SETTLED, timeout=SETTLE_MS)
    page.wait_for_timeout(300)  # a fragment may start right after the page's script ends
    page.wait_for_function(SETTLED, timeout=SETTLE_MS)


def texts(page: Page) -> list[str]:
    """Return every visible text, placeholder and tooltip; code and ids in code type are left out."""
    found: list[str] = page.evaluate(TEXTS)
    return found


def is_english(text: str) -> bool:
    """Return whether a text is English: a word and no Chinese, or a phrase among the Chinese.

    Ids, file names and acronyms (coverage_rate, a.xlsx, CSV) are no words.
    """
    if CHINESE.search(text):
        return bool(PHRASE.search(text))
    return bool(WORD.search(text))


def allowed_english() -> set[str]:
    """Return the texts that Streamlit itself shows; the list may only shrink."""
    lines = ALLOWED.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def map_polygons(page: Page) -> int:
    """Return how many different areas the page's maps have drawn."""
    return int(page.evaluate(POLYGONS))
