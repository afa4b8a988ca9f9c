"""A load may be killed at any moment: what was published before is still read, and the next load goes through."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cli
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import open_current
from tests import workbooks

ROOT = Path(__file__).resolve().parent.parent
KILLS = 20
SEED = 20181231
pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX systems")


def _register(path: Path, count: int) -> Path:
    return workbooks.register(path, [workbooks.enterprise_row(n) for n in range(1, count + 1)])


def _load(file: Path, street: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, str(ROOT / "cli.py"), "load", str(file), "--street", str(street), "--json"]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)


def _enterprises(street: Path) -> float | None:
    answer = ask(open_current(street), Question("enterprises", where=(("community", ("南坑",)),)))
    return answer.row.numerator


def _timed_load(file: Path, street: Path) -> float:
    begun = time.monotonic()
    process = _load(file, street)
    process.communicate()
    assert process.returncode == 0
    return time.monotonic() - begun


def _kill_after(seconds: float, process: subprocess.Popen[bytes]) -> None:
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_killed_loads_leave_the_street_readable(tmp_path: Path) -> None:
    """Twenty loads are killed at points spread over a load's length; every read finds one whole state."""
    street, moments = tmp_path / "street", random.Random(SEED)
    assert cli.main(["load", str(_register(tmp_path / "first.xlsx", 10)), "--street", str(street)]) == 0
    seconds = _timed_load(_register(tmp_path / "second.xlsx", 11), street)
    before = _enterprises(street)
    for number in range(KILLS):
        count = 100 + number
        process = _load(_register(tmp_path / f"{count}.xlsx", count), street)
        _kill_after(seconds * (0.2 + 0.9 * (number + moments.random()) / KILLS), process)
        found = _enterprises(street)
        assert found in {before, count}
        before = found
    done = _load(_register(tmp_path / "last.xlsx", 500), street)
    receipt = json.loads(done.communicate()[0])
    # Rows equal to those of a published register are duplicates in the count and whole in the register.
    assert (done.returncode, receipt["accepted"] + receipt["duplicates"]) == (0, 500)
    assert _enterprises(street) == 500
    assert not list((street / "generations").glob("*.draft*"))
