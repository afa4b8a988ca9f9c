"""The server's own answers: boundaries by generation, the font, headers, and what is not there."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Scope

from etl.errors import StreetError
from metrics.warehouse import open_current
from pages.routes import MIDDLEWARE, ROUTES, PromptSocket, say_error


@pytest.fixture
def generation(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the sample's generation id, which the routes serve."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street).generation_id


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end in a thread of its own: Playwright leaves a running loop in the browser tests' thread."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def fetch(path: str, query: str = "", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of a request to the routes behind their middleware."""
    sent: list[Message] = []
    scope: Scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "scheme": "http", "server": ("127.0.0.1", 80), "root_path": "", "http_version": "1.1",
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    run(Starlette(routes=list(ROUTES), middleware=list(MIDDLEWARE))(scope, receive, send))
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, b"".join(message.get("body", b"") for message in sent[1:])


def test_boundaries_come_by_generation(generation: str) -> None:
    """Twelve outlines, cached for ever under the generation's address, and 304 for who has them."""
    status, head, body = fetch(f"/geo/{generation}/communities.json")
    features = json.loads(body)["features"]
    assert status == 200 and "immutable" in head["cache-control"]
    assert "440307013020" in {feature["id"] for feature in features} and len(features) == 12
    assert fetch(f"/geo/{generation}/communities.json", if_none_match=head["etag"])[0] == 304


def test_large_answers_are_compressed(generation: str) -> None:
    """A browser that takes gzip gets it."""
    _status, plain, body = fetch(f"/geo/{generation}/communities.json")
    _status, head, small = fetch(f"/geo/{generation}/communities.json", accept_encoding="gzip")
    assert head["content-encoding"] == "gzip" and len(small) < len(body)
    assert "content-encoding" not in plain


@pytest.mark.parametrize(
    "path", ["/geo/ffffffffffff/communities.json", "/geo/{}/secrets.json", "/geo/{}/hexagons.json?ids=zz"]
)
def test_what_is_not_there_is_404(generation: str, path: str) -> None:
    """Another generation, an unknown layer and impossible ids end in a Chinese sentence, not in an error."""
    address, _mark, query = path.format(generation).partition("?")
    status, head, body = fetch(address, query)
    assert status == 404 and "没有" in body.decode()
    assert "default-src 'self'" in head["content-security-policy"]


def test_hatch_lies_inside_its_community(generation: str) -> None:
    """The diagonal lines of 未报 are cut to the polygon and drawn for the named communities only."""
    import shapely

    outlines = json.loads(fetch(f"/geo/{generation}/communities.json")[2])["features"]
    [outline] = [shapely.geometry.shape(f["geometry"]) for f in outlines if f["id"] == "440307013012"]
    [lines] = json.loads(fetch(f"/geo/{generation}/hatch.json", "ids=440307013012,000000000000")[2])["features"]
    drawn = shapely.geometry.shape(lines["geometry"])
    assert drawn.length > 0 and outline.buffer(1e-6).covers(drawn)


def test_hexagons_are_closed_rings(generation: str) -> None:
    """An h3 cell comes as a polygon around its own centre."""
    import h3
    import shapely

    cell = h3.latlng_to_cell(22.607, 114.057, 9)
    [feature] = json.loads(fetch(f"/geo/{generation}/hexagons.json", f"ids={cell}")[2])["features"]
    ring = feature["geometry"]["coordinates"][0]
    assert feature["id"] == cell and ring[0] == ring[-1]
    lat, lon = h3.cell_to_latlng(cell)
    assert shapely.Polygon(ring).contains(shapely.Point(lon, lat))


def test_font_covers_the_interface() -> None:
    """The shipped font holds all of GB2312 (its file is what the note says) and is served with an ETag."""
    status, head, body = fetch("/fonts/noto-sans-sc.woff2")
    assert status == 200 and head["content-type"] == "font/woff2"
    assert body[:4] == b"wOF2" and 900_000 < len(body) < 1_200_000
    assert fetch("/fonts/noto-sans-sc.woff2", if_none_match=head["etag"])[0] == 304


class Connection:
    """Stands for uvicorn's connection: its `receive` is a method of it."""

    def __init__(self, link: socket.socket) -> None:
        self.transport, self.link = self, link

    def get_extra_info(self, _name: str) -> Any:
        """Return the socket, as an asyncio transport does."""
        return self.link

    async def receive(self) -> Message:
        """Return a message."""
        return {"type": "websocket.connect"}


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_messages_are_not_held_back(kind: str) -> None:
    """A connection's delay is switched off; another server's connection is left alone."""

    async def quiet(scope: Scope, receive: Any, send: Any) -> None:
        return None

    async def send(_message: Message) -> None:
        return None

    async def other() -> Message:
        return {"type": "http.request"}

    with socket.socket() as link:
        prompt = PromptSocket(quiet)
        run(prompt({"type": kind}, other, send))
        assert not link.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        run(prompt({"type": kind}, Connection(link).receive, send))
        assert link.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_an_error_is_a_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """A page that fails shows our sentence, not the traceback; the log has the whole story, once."""
    assert say_error(RuntimeError("secret detail"))
    told = [str(record.exc_info[1]) for record in caplog.records if record.exc_info and record.name == "pages.routes"]
    assert told == ["secret detail"]
    caplog.clear()
    assert say_error(StreetError("没有数据", remedy="请先导入"))
    assert not [record for record in caplog.records if record.name == "pages.routes"], "a known sentence is no bug"
