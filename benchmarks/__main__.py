"""Measure every ratio, print the table, and put it into docs/performance.md between its two marks."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import cli
from benchmarks import (
    analysis,
    briefing,
    control,
    filter_change,
    in_browser,
    loading,
    marking,
    mixes,
    question,
    roster,
    smoothing,
    start,
    surveillance,
)
from benchmarks.ratio import Ratio

PERFORMANCE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- bench begin -->", "<!-- bench end -->"
HEAD = ("项目", "本程序", "对照", "比值", "上限", "结果")


def _table(ratios: list[Ratio]) -> str:
    rows = [HEAD, tuple("---" for _cell in HEAD), *(ratio.cells() for ratio in ratios)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _report(ratios: list[Ratio]) -> str:
    where = f"{os.cpu_count()} 核、{platform.system()}、Python {platform.python_version()}"
    return f"测于 {date.today():%Y-%m-%d}，{where}，浏览器与服务器在同一台机器、无显卡。\n\n{_table(ratios)}"


def _write(text: str) -> None:
    before, rest = PERFORMANCE.read_text("utf-8").split(BEGIN)
    PERFORMANCE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", "utf-8")


def _run(measure: Callable[[], list[Ratio]]) -> list[Ratio]:
    found = measure()
    for ratio in found:
        print("　".join(ratio.cells()), file=sys.stderr, flush=True)
    return found


def main() -> int:
    """Run all measurements; exit 1 where a limit is not kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledgers, street = folder / "ledgers", folder / "street"
        if cli.main(["sample", "--out", str(ledgers)]) or cli.main(["load", str(ledgers), "--street", str(street)]):
            return 2
        ratios = [
            *_run(lambda: loading.measure(ledgers, folder)),
            *_run(marking.measure),
            *_run(roster.measure),
            *_run(analysis.measure),
            *_run(control.measure),
            *_run(mixes.measure),
            *_run(surveillance.measure),
            *_run(smoothing.measure),
            *_run(lambda: question.measure(street, folder)),
            *_run(lambda: briefing.measure(street)),
            *_run(lambda: filter_change.measure(street, folder)),
            *_run(lambda: start.measure(street, folder)),
            *_run(lambda: in_browser.measure(street, folder)),
        ]
    text = _report(ratios)
    print(text)
    _write(text)
    return 0 if all(ratio.is_kept for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
