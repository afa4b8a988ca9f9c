"""The dashboard's server as a child of the terminal: it ends with us, and starts beside a rebuild where one is due."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from gettext import gettext as _
from pathlib import Path

from etl.errors import AtlasError

PROGRAM = Path(__file__).resolve().parents[2]


def serve(street: Path, address: str, port: int, is_headless: bool) -> int:
    """Run the dashboard until it ends or is interrupted; only this computer may reach it."""
    if address != "127.0.0.1":
        message = _("看板只能在本机打开（127.0.0.1）")
        raise AtlasError(message, code="address", remedy=_("登录功能完成之前不能向其他电脑开放"))
    command = [sys.executable, "-m", "streamlit", "run", str(PROGRAM / "app.py"),
               "--server.port", str(port), "--server.headless", "true"]  # fmt: skip
    environment = {**os.environ, "UNION_ATLAS_STREET": str(street.resolve())}
    server = subprocess.Popen(command, env=environment, cwd=PROGRAM)
    if not is_headless:  # opened by us: where Streamlit opens it, it offers its own English advice over every page
        threading.Thread(target=open_browser, args=(address, port), daemon=True).start()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))  # else the server would outlive us
    try:
        _rebuild_if_stale(street)  # beside the start: a page looks for a higher number at each rerun
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()


def open_browser(address: str, port: int) -> None:
    """Open the dashboard in the user's browser as soon as the server answers; never where it does not."""
    for _attempt in range(300):
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            webbrowser.open(f"http://{address}:{port}")
            return


def _rebuild_if_stale(path: Path) -> None:
    """Build the warehouse anew where street.yml, the code lists or the program have changed since."""
    from etl import generations
    from etl.street import open_street

    if generation := generations.refresh(open_street(path)):
        message = _("设置、代码表或程序有更新，已重建为数据版本{number}").format(number=generation.number)
        sys.stderr.write(message + "\n")
