"""The running dashboard and a Chromium, both cut off from everything but loopback.

UNION_ATLAS_CHROMIUM names the browser; else it is looked for in PATH. With UNION_ATLAS_REQUIRE_BROWSER=1 (CI) a missing
browser or namespace is a failure; without it a missing browser skips these tests and a missing namespace is a warning.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.loopback import Loopback, open_loopback

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
Folders = pytest.TempPathFactory


def _require_or_skip(reason: str) -> None:
    if os.environ.get("UNION_ATLAS_REQUIRE_BROWSER") == "1":
        pytest.fail(f"browser tests are required here: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the Chromium to test with."""
    found = find_chromium()
    if found is None:
        _require_or_skip("no Chromium found (UNION_ATLAS_CHROMIUM, PATH): pages were not opened in a browser")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def loopback(chromium: str) -> Iterator[Loopback | None]:
    """Yield the namespace, or None (with a warning) where none may be made."""
    made = open_loopback()
    if isinstance(made, Loopback):
        yield made
        made.close()
        return
    if os.environ.get("UNION_ATLAS_REQUIRE_BROWSER") == "1":
        pytest.fail(f"the offline test is required here: {made}", pytrace=False)
    warnings.warn(f"server and browser are NOT cut off from the network: {made}", stacklevel=1)
    yield None


@dataclass(frozen=True)
class Server:
    """A running dashboard."""

    address: str
    log: Path
    process: subprocess.Popen[bytes]


def _port(loopback: Loopback | None) -> int:
    if loopback:  # a namespace of its own: the documented port is always free
        return 8501
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(server: Server) -> None:
    """Wait for the line that says the port is open."""
    for _attempt in range(START_SECONDS * 10):
        text = server.log.read_text("utf-8", errors="replace")
        if server.address in text:  # the address line comes once the port is open
            return
        if server.process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"the dashboard did not start:\n{text}", pytrace=False)


@contextmanager
def running(
    loopback: Loopback | None, words: list[str], port: int, folder: Path, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """Run a server inside the namespace until the block ends; a traceback in its log fails the test."""
    log = folder / "server.log"
    with log.open("wb") as handle:
        command = loopback.command(words) if loopback else words
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=handle, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    started = Server(f"http://127.0.0.1:{port}", log, process)
    try:
        wait_until_up(started)
        yield started
        assert "Traceback" not in log.read_text("utf-8", errors="replace")
    finally:
        os.killpg(process.pid, 15)
        process.wait(10)


def dashboard_words(street: Path, port: int) -> list[str]:
    """Return the command that serves a street's dashboard."""
    return [sys.executable, str(ROOT / "cli.py"), "serve", "--headless", "--port", str(port), "--street", str(street)]


@pytest.fixture(scope="session")
def server(loopback: Loopback | None, sample_street: Path, tmp_path_factory: Folders) -> Iterator[Server]:
    """Yield the dashboard of the sample street, started as `union-atlas serve` does."""
    port = _port(loopback)
    words = dashboard_words(sample_street, port)
    with running(loopback, words, port, tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture(scope="session")
def browser(chromium: str, loopback: Loopback | None, tmp_path_factory: Folders) -> Iterator[Browser]:
    """Yield one headless Chromium inside the namespace; every test opens a page of its own."""
    path = loopback.wrapper(tmp_path_factory.mktemp("chromium"), chromium) if loopback else chromium
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(path), args=FLAGS)
        yield running
        running.close()
