"""The dashboard opens in the user's browser once it answers, and Streamlit is not asked to do it."""

from __future__ import annotations

import socket
import threading
import webbrowser
from pathlib import Path

import pytest

from etl.jobs import serving


def test_the_browser_opens_once_the_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened before; then the very address."""
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    waiting = threading.Thread(target=serving.open_browser, args=("127.0.0.1", port), daemon=True)
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive() and opened == []
    with socket.create_server(("127.0.0.1", port)):
        waiting.join(5)
    assert opened == [f"http://127.0.0.1:{port}"]


@pytest.mark.parametrize("is_headless", [True, False])
def test_streamlit_never_opens_it_itself(
    is_headless: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:  # fmt: skip
    """Started to open a browser, Streamlit shows an English offer over every page."""
    commands: list[list[str]] = []

    class Server:
        def __init__(self, command: list[str], **_options: object) -> None:
            commands.append(command)

        def wait(self) -> int:
            return 0

        def terminate(self) -> None:
            pass

    asked: list[int] = []
    monkeypatch.setattr(serving.subprocess, "Popen", Server)
    monkeypatch.setattr(serving, "open_browser", lambda _address, port: asked.append(port))
    monkeypatch.setattr(serving, "_rebuild_if_stale", lambda _path: None)
    monkeypatch.setattr(serving.signal, "signal", lambda *_arguments: None)
    assert serving.serve(tmp_path, "127.0.0.1", 8501, is_headless) == 0
    [command] = commands
    assert command[command.index("--server.headless") + 1] == "true"
    assert bool(asked) is not is_headless
