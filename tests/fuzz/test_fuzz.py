"""At least 500 mutated ledgers: no traceback, no hang, no lost row, no memory above 1.5 GB, always a Chinese sentence."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.fuzz.mutants import write_mutant

ROOT = Path(__file__).resolve().parents[2]
MUTANTS, BLOCK = 504, 63
SECONDS = 240  # for a block; one mutant takes some hundredths of a second
MEMORY = 1_500_000_000


@dataclass
class Block:
    """What a process made of a block of mutants."""

    outcomes: list[dict[str, Any]]
    begun: int | None
    code: int | None
    peak: int
    complaint: str


def _watch(process: psutil.Popen, peaks: list[int]) -> None:
    """Look at the process's memory until it ends; too much ends it."""
    while process.poll() is None:
        try:
            peaks.append(process.memory_info().rss)
        except psutil.NoSuchProcess:
            return
        if peaks[-1] > MEMORY:
            process.kill()
        threading.Event().wait(0.05)


def _run(folder: Path, first: int, after: int) -> Block:
    command = [sys.executable, "-m", "tests.fuzz.child", str(folder), str(first), str(after)]
    process = psutil.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    peaks = [0]
    watcher = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
    watcher.start()
    try:
        said, complaint = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        said, complaint = process.communicate()
    lines = [json.loads(line) for line in said.splitlines()]
    begun = next((line["begun"] for line in reversed(lines) if "begun" in line), None)
    outcomes = [line for line in lines if "kind" in line]
    return Block(outcomes, begun, process.returncode, max(peaks), complaint)


@pytest.mark.parametrize("first", range(0, MUTANTS, BLOCK))
def test_no_mutant_breaks_the_intake(first: int, tmp_path: Path) -> None:
    """A block of mutants ends in counts that add up or in sentences; the process neither dies nor grows."""
    block = _run(tmp_path, first, first + BLOCK)
    assert block.peak < MEMORY, f"{block.peak / 1e9:.1f} GB at mutant {block.begun}"
    assert len(block.outcomes) == BLOCK, f"ended with {block.code} at mutant {block.begun}\n{block.complaint[-1000:]}"
    assert not [o for o in block.outcomes if o["kind"] == "traceback"]
    assert not [o for o in block.outcomes if o.get("wrong")]
    assert not [o for o in block.outcomes if o.get("load", {}).get("kind") == "model"]
    for outcome in block.outcomes:
        if outcome["kind"] == "refused":
            assert re.search(r"[\u4e00-\u9fff]", outcome["said"]) and "Error" not in outcome["said"], outcome
    assert max(o["seconds"] for o in block.outcomes) < SECONDS / 4
    assert {o["kind"] for o in block.outcomes} == {"read", "refused"}, "some are still ledgers, some no longer"


def test_mutants_are_the_same_every_time(tmp_path: Path) -> None:
    """A mutant that broke the program can be made again from its number."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for number in range(20):
        once, again = write_mutant(number, tmp_path / "a"), write_mutant(number, tmp_path / "b")
        assert once.name == again.name and once.read_bytes() == again.read_bytes(), number
