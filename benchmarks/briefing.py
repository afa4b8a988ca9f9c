"""Briefings as files: PDF ÷ typst's own empty PDF, the work of a Word file, all communities' profiles in four formats.

Everything but the profiles is measured in this one process, with all modules loaded and after one run that is not
counted. A document is never written twice: each run has another month, because typst remembers what it has laid out.
The empty PDF is `typst.compile(b"")`, as typst makes it when it is not told otherwise: it looks through this computer's
fonts. Told to take our fonts only, it takes about a millisecond, so against that the difference is given, not a ratio.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import typst

from benchmarks.ratio import Ratio, milliseconds
from briefing import many
from briefing.compose import compose_from
from briefing.model import Document
from briefing.request import Request
from briefing.run import of_all_communities
from briefing.source import Source
from briefing.writers import WRITERS, pdf
from briefing.writers.glyphs import FONTS
from metrics.warehouse import open_current

MONTHS = tuple(date(2018, month, 1) for month in range(1, 13))
WARM, RUNS = 2, 5
LIMIT, LIMIT_MORE_MS, LIMIT_WORD_MS, LIMIT_PROFILES_MS = 5.0, 150.0, 1000.0, 15_000.0


def _each(work: Callable[[Document], object], documents: Iterable[Document]) -> float:
    """Return the median milliseconds of `work` over documents; the first ones are not counted."""
    durations = []
    for document in documents:
        begun = time.perf_counter()
        work(document)
        durations.append(time.perf_counter() - begun)
    return statistics.median(durations[WARM:]) * 1000


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _profiles(street: Path) -> int:
    """Compose and write every community's profile in all formats; return how many files that were."""
    requests = of_all_communities(street, Request("专报"))
    return sum(len(files) for _document, files in many.made(street, requests, tuple(WRITERS)))


def measure(street: Path) -> list[Ratio]:
    """Measure the sample street's briefings."""
    source = Source(open_current(street), street)
    documents = [compose_from(source, Request("简报", month)) for month in MONTHS[: WARM + RUNS]]
    ours = _each(pdf.pdf, documents)
    empty = milliseconds(lambda: typst.compile(b""), RUNS)
    ours_only: dict[str, Any] = {"ignore_system_fonts": True, "font_paths": [str(FONTS)]}
    bare = milliseconds(lambda: typst.compile(b"", **ours_only), RUNS)
    word = _each(WRITERS[".docx"], documents)
    files = len(WRITERS) * 12
    profiles = _timed(lambda: _profiles(street))
    return [
        Ratio("一期简报的PDF ÷ 空白PDF（typst 默认字体）", ours, empty, LIMIT),
        Ratio("一期简报的PDF比空白PDF（只用本程序的字体）多用", ours - bare, None, LIMIT_MORE_MS),
        Ratio("一期简报写成Word", word, None, LIMIT_WORD_MS),
        Ratio(f"十二个社区的专报，四种格式共{files}个文件（含取数）", profiles, None, LIMIT_PROFILES_MS),
    ]
