"""Changing a filter on 一张图 ÷ an empty page's rerun, in server time; what a change sends."""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks.ratio import Ratio
from benchmarks.streamlit_session import bare_command, dashboard_command, free_port, running, session

LIMIT, LIMIT_KB = 8.0, 100.0
RUNS = 30
FILTER = "社区"
# The empty page freezes the collector as the dashboard does: else the baseline is slow and the ratio flatters us.
EMPTY = """
import gc
from contextlib import asynccontextmanager
import streamlit as st

@asynccontextmanager
async def frozen(app):
    gc.collect()
    gc.freeze()
    yield

app = st.App(__file__, lifespan=frozen)
st.title("空页")
"""


def _empty_page(folder: Path) -> float:
    script, port = folder / "empty.py", free_port()
    script.write_text(EMPTY, "utf-8")
    with running(bare_command(script, port), port, folder), session(port) as opened:
        return statistics.median(opened.rerun()[0] for _run in range(RUNS)) * 1000


def measure(street: Path, folder: Path) -> list[Ratio]:
    """Measure time, bytes and boundaries of a filter change against the empty page."""
    base, port = _empty_page(folder), free_port()
    with running(dashboard_command(street, port), port), session(port, "map") as opened:
        # Each community once: none of these answers can come from a cache.
        runs = [opened.change(FILTER, turn) for turn in range(len(opened.widgets[FILTER][1].options))]
    seconds, sizes, messages = zip(*runs, strict=True)
    drawn = sum(message.count(b"Polygon") for message in messages)
    return [
        Ratio("一张图换一个筛选条件 ÷ 空页重新运行（服务器用时）", statistics.median(seconds) * 1000, base, LIMIT),
        Ratio("一张图换一个筛选条件传送的数据", max(sizes) / 1000, None, LIMIT_KB, "kB"),
        Ratio("其中的边界图形", drawn, None, 0, "个"),
    ]
