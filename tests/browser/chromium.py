"""Which Chromium the browser tests and benchmarks use, and how it is started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Maps need WebGL, which SwiftShader draws without a graphics card; the rest keeps Chromium from calling home.
FLAGS = [
    "--no-sandbox", "--lang=zh-CN", "--no-first-run", "--disable-quic", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
]  # fmt: skip


def find_chromium() -> str | None:
    """Return the browser that UNION_ATLAS_CHROMIUM names, else the first found in PATH, else None."""
    named = os.environ.get("UNION_ATLAS_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, NAMES)), None)
