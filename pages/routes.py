"""What the server sends beside the pages: boundaries, the font, and the headers of every answer."""

from __future__ import annotations

import gc
import gettext
import hashlib
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from gettext import gettext as _
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from etl.errors import AtlasError
from etl.jobs import inbox
from metrics.older import is_lacking
from metrics.versions import open_by_id
from pages.parts import answers, shapes
from pages.uploads import UPLOADS

log = logging.getLogger(__name__)
FONT = Path(__file__).resolve().parents[1] / "data" / "fonts" / "NotoSansSC-GB2312.woff2"
FOREVER = "public, max-age=31536000, immutable"  # the address names the generation: its content never changes
# Everything that pages import, and what Streamlit imports when it first shows a chart or a table.
WARM = (
    "pages.parts.charts",
    "pages.parts.enterprises",
    "pages.parts.panel",
    "pages.parts.maps",
    "pages.parts.shapes",
    "pages.parts.tables",
    "pandas",
    "plotly.graph_objects",
    "plotly.io",
    "h3",
    "shapely.geometry",
)
HEADERS = {
    "content-security-policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
}


class SecurityHeaders:
    """Adds the headers that keep the browser from asking or telling anyone else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and put the headers on its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class PromptSocket:
    """Lets each message to the browser go at once.

    Streamlit binds its socket without naming TCP, so asyncio leaves Nagle's algorithm on: the last message of a rerun,
    and the body of every file behind its head, wait 40 ms for an acknowledgement. The ASGI interface knows no sockets:
    uvicorn's `receive` is a method of the connection, and where it is not, nothing happens.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, with its delay switched off."""
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        connection = transport.get_extra_info("socket") if transport else None
        if connection is not None:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self.app(scope, receive, send)


def tagged(request: Request, body: bytes, media_type: str, cache: str = FOREVER) -> Response:
    """Return a body with its ETag, or 304 where the browser has it."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"etag": tag, "cache-control": cache}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


@lru_cache(maxsize=32)
def layer(street: Path, generation: str, name: str, ids: str) -> bytes | None:
    """Return one layer of the map as GeoJSON; None where the street has no such generation."""
    warehouse = open_by_id(street, generation)
    if warehouse is None:
        return None
    make = {"communities": shapes.communities, "hatch": shapes.hatch, "hexagons": shapes.hexagons}[name]
    return json.dumps(make(warehouse, tuple(filter(None, ids.split(",")))), separators=(",", ":")).encode()


def geo(request: Request) -> Response:
    """Serve /geo/<generation>/<layer>.json; `ids` names communities (hatch) or cells (hexagons)."""
    given = request.path_params
    try:
        body = layer(answers.street_folder(), given["generation"], given["layer"], request.query_params.get("ids", ""))
    except (AtlasError, KeyError, ValueError):
        log.exception("no map layer %s", request.url.path)
        body = None
    if body is None:
        return PlainTextResponse(_("没有这个图层"), status_code=404)
    return tagged(request, body, "application/geo+json")


def font(request: Request) -> Response:
    """Serve the shipped font."""
    return tagged(request, FONT.read_bytes(), "font/woff2", "public, max-age=604800")


ROUTES = (
    Route("/geo/{generation}/{layer}.json", geo),
    Route("/fonts/noto-sans-sc.woff2", font),
    *UPLOADS,
)
MIDDLEWARE = (
    Middleware(PromptSocket),
    Middleware(SecurityHeaders),
    Middleware(
        GZipMiddleware, minimum_size=1_000, compresslevel=1
    ),  # quick: on this computer the time to compress is waited for, not the bytes
)


def remember_catalogues() -> None:
    """Look for translated texts once: Python's gettext searches the disk for every single text, 5 ms a page."""
    gettext.find = lru_cache(maxsize=64)(gettext.find)  # type: ignore[assignment]


def warm_up() -> None:
    """Import what pages need, then freeze it: Streamlit collects garbage after every rerun, 60 ms and more unfrozen."""
    for module in WARM:
        import_module(module)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Warm up beside the start, so that the server answers at once; look after the watched folder while it runs."""
    remember_catalogues()
    Thread(target=warm_up, name="warm-up", daemon=True).start()
    stop = Event()
    Thread(target=inbox.watch, args=(answers.street_folder(), stop), name="watched-folder", daemon=True).start()
    yield {}
    stop.set()


def say_error(error: Exception) -> bool:
    """Show our sentence instead of a traceback; the log keeps the whole story."""
    if is_lacking(error) and not answers.is_newest():
        st.error(_("这个数据版本由旧版程序建立，没有本页所需的内容。请返回最新数据，或看其他页面。"))
    elif isinstance(error, AtlasError):
        st.error(error.sentence())
    else:
        log.error("page failed", exc_info=error)
        st.error(
            _("本页没有显示出来，这是程序的问题，数据没有受影响。请刷新重试；仍不行时，请把出错时间告诉维护人员。")
        )
    return True
