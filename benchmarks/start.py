"""The second `make run` ÷ the start of an empty Streamlit app: until the address answers.

What the first page costs after that is measured in the browser (`in_browser.py`).
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from urllib.request import urlopen

from benchmarks.ratio import Ratio
from benchmarks.streamlit_session import bare_command, dashboard_command, free_port, running

LIMIT = 2.0
RUNS = 3


def _start(words: list[str], port: int, folder: Path) -> float:
    """Return the milliseconds from the command to the answer of its address."""
    begun = time.perf_counter()
    with running(words, port, folder), urlopen(f"http://127.0.0.1:{port}/") as answer:
        answer.read()
        return (time.perf_counter() - begun) * 1000


def measure(street: Path, folder: Path) -> list[Ratio]:
    """Measure starts of both in turn, so that a warm disk helps neither."""
    script = folder / "bare.py"
    script.write_text('import streamlit as st\n\nst.title("空页")\n', "utf-8")
    ours, base = [], []
    for _run in range(RUNS + 1):
        port = free_port()
        ours.append(_start(dashboard_command(street, port), port, folder))
        port = free_port()
        base.append(_start(bare_command(script, port), port, folder))
    return [Ratio("再次启动看板 ÷ 启动空的 Streamlit", statistics.median(ours[1:]), statistics.median(base[1:]), LIMIT)]
