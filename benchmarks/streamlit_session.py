"""One browser session without a browser: speaks Streamlit's protocol to a server, so that only server time is measured."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(words: list[str], port: int, folder: Path = ROOT) -> Iterator[None]:
    """Run a server until the block ends; it is up when its port answers."""
    process = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )  # fmt: skip
    try:
        wait_for_port(port)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def wait_for_port(port: int) -> None:
    """Return once something listens on the port."""
    for _attempt in range(START_SECONDS * 100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f"nothing listens on port {port} after {START_SECONDS} s")


def bare_command(script: Path, port: int) -> list[str]:
    """Return the command that serves a script of its own with the dashboard's settings."""
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    words = [sys.executable, "-m", "streamlit", "run", str(script), "--browser.gatherUsageStats", "false"]
    return words + [f"--server.{name}={value}" for name, value in options.items()]


def dashboard_command(street: Path, port: int) -> list[str]:
    """Return the command that serves the dashboard of a street."""
    return [sys.executable, str(ROOT / "cli.py"), "serve", "--headless", "--port", str(port), "--street", str(street)]


@dataclass
class Session:
    """An open session: its widgets by label, and their values as the client would send them."""

    socket: ClientConnection
    page: str
    query: str = ""
    widgets: dict[str, tuple[str, Any]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def rerun(self) -> tuple[float, int, bytes]:
        """Run the page; return seconds, bytes received and the messages themselves."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        for label, value in self.values.items():
            self._add_state(message, label, value)
        begun, received = time.perf_counter(), []
        self.socket.send(message.SerializeToString())
        while True:
            self._acknowledge_at_once()
            raw = self.socket.recv()
            assert isinstance(raw, bytes)
            received.append(raw)
            if self._note(raw):
                break
        return time.perf_counter() - begun, sum(map(len, received)), b"".join(received)

    def _acknowledge_at_once(self) -> None:
        """Tell the kernel not to hold back acknowledgements: the server's next message would wait 40 ms for one."""
        if hasattr(socket, "TCP_QUICKACK"):
            self.socket.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _note(self, raw: bytes) -> bool:
        """Remember a message's widgets and address; return whether it says that the run is over."""
        message = ForwardMsg()
        message.ParseFromString(raw)
        if message.WhichOneof("type") == "page_info_changed":
            self.query = message.page_info_changed.query_string
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind in {"selectbox", "multiselect"}:
                part = getattr(element, kind)
                self.widgets[part.label] = (kind, part)
        return message.WhichOneof("type") == "script_finished"

    def _add_state(self, message: BackMsg, label: str, value: str) -> None:
        kind, part = self.widgets[label]
        state = message.rerun_script.widget_states.widgets.add()
        state.id = part.id
        if kind == "multiselect":
            state.string_array_value.data.append(value)
        else:
            state.string_value = value

    def change(self, label: str, turn: int) -> tuple[float, int, bytes]:
        """Choose another option of a filter and run the page."""
        options = list(self.widgets[label][1].options)
        self.values[label] = options[turn % len(options)]
        return self.rerun()


@contextmanager
def session(port: int, page: str = "") -> Iterator[Session]:
    """Open a session and run its page once."""
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None) as opened:
        begun = Session(opened, page)
        begun.rerun()
        yield begun
