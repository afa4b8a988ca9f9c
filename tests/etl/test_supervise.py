"""The bound around the work on files: what swells, hangs or crashes ends in a sentence and leaves nothing running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Timer

import psutil
import pytest

from etl.jobs import supervise
from etl.jobs.supervise import Limits, Outcome

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
SLEEP = "import time; time.sleep(60)"


def _run(code: str, limits: Limits | None = None, **settings: object) -> Outcome:
    return supervise.run([sys.executable, "-c", code], limits=limits, **settings)  # type: ignore[arg-type]


def _gone(pid: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_what_comes_out_is_whole() -> None:
    """50 MB on stdout, 5 MB on stdin and a chatty stderr at the same time neither block nor lose anything."""
    code = (
        "import sys; said = sys.stdin.read()\n"
        "for n in range(2000): sys.stderr.write('第%d行\\n' % n)\n"
        "sys.stdout.write('好' * 17_000_000 + str(len(said))); sys.exit(2)"
    )
    lines: list[str] = []
    outcome = _run(code, stdin_text="字" * 5_000_000, on_line=lines.append)
    assert (outcome.code, outcome.reason) == (2, None)
    assert outcome.stdout == "好" * 17_000_000 + "5000000"
    assert lines == [f"第{n}行" for n in range(2000)]


def test_memory_of_the_whole_tree_is_bounded(tmp_path: Path) -> None:
    """A grandchild that swells stops the child, and neither goes on."""
    pids = tmp_path / "pids"
    swell = f"import os, time; open({str(pids)!r}, 'w').write(str(os.getpid())); x = bytearray(400 * 2**20); {SLEEP}"
    outcome = _run(
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {swell!r}])", Limits(200 * 2**20, 30)
    )
    assert outcome.reason == "memory"
    assert _gone(int(pids.read_text()))
    error = supervise.trouble(outcome, Limits())
    assert error is not None and "内存超过1.5GB，已停止" in error.sentence() and "请拆分文件" in error.sentence()


def test_time_is_bounded() -> None:
    """A child that hangs is ended, and the sentence names the bound."""
    limits = Limits(seconds=0.5)
    begun = time.monotonic()
    outcome = _run(SLEEP, limits)
    assert outcome.reason == "time" and time.monotonic() - begun < 5
    error = supervise.trouble(outcome, Limits(seconds=600))
    assert error is not None and "超过10分钟" in error.sentence()


@POSIX
@pytest.mark.parametrize("name", ["SIGSEGV", "SIGABRT", "SIGKILL"])
def test_a_crash_is_one_sentence(name: str) -> None:
    """What ends a process from below Python is `crashed`, whatever the signal."""
    outcome = _run(f"import os, signal; os.kill(os.getpid(), signal.{name})")
    error = supervise.trouble(outcome, Limits())
    assert outcome.reason == "crashed" and error is not None and error.code == "crashed"


def test_a_panic_is_a_crash_and_shows_no_trace() -> None:
    """A panic is no Exception to Python: the worker ends without exit code 1 (--strict) and without a traceback."""
    lines: list[str] = []
    code = (
        "from etl.jobs.worker import become_worker; become_worker()\n"
        "class PanicException(BaseException): pass\nraise PanicException('440307199001011234')"
    )
    outcome = _run(code, on_line=lines.append)
    assert (outcome.reason, lines) == ("crashed", [])


def test_rust_says_nothing_to_users() -> None:
    """What Rust prints of a panic (with values, in English) is not passed on."""
    lines: list[str] = []
    _run(
        "import sys; sys.stderr.write(\"正在读取\\nthread 'main' panicked at x.rs:1\\n张三\\n\")", on_line=lines.append
    )
    assert lines == ["正在读取"]


def test_cancel_ends_the_child() -> None:
    """A job that is cancelled ends at once."""
    cancelled = Event()
    Timer(0.3, cancelled.set).start()
    begun = time.monotonic()
    assert _run(SLEEP, cancelled=cancelled).reason == "cancelled"
    assert time.monotonic() - begun < 5


@POSIX
def test_a_child_beside_the_dashboard_makes_way() -> None:
    """A page's child runs below the priority of the server; the terminal's keeps its own."""
    code = "from etl.jobs.worker import become_worker; become_worker(); import os; print(os.nice(0))"
    assert int(_run(code).stdout) > os.nice(0)
    plain = {**os.environ, supervise.MARK: "1"}
    assert int(subprocess.check_output([sys.executable, "-c", code], env=plain, cwd=ROOT)) == os.nice(0)


def test_what_a_killed_child_unpacked_is_removed(tmp_path: Path) -> None:
    """The child's temporary folder goes with it."""
    place = tmp_path / "place"
    code = f"import tempfile; open({str(place)!r}, 'w').write(tempfile.mkdtemp()); {SLEEP}"
    _run(code, Limits(seconds=1.5))
    assert place.read_text() and not Path(place.read_text()).exists()


def test_what_a_killed_parent_left_is_removed_by_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder of a parent that is gone goes; that of a living one stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = {pid: tmp_path / f"union-atlas-{pid}-abc" for pid in (gone.pid, os.getppid())}
    for path in left.values():
        (path / "inside").mkdir(parents=True)
    assert _run("").reason is None
    assert list(tmp_path.iterdir()) == [left[os.getppid()]]


@POSIX
def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    """kill -9 on the parent leaves no child reading on."""
    pid = tmp_path / "pid"
    inner = f"from etl.jobs.worker import become_worker; become_worker(); import os; open({str(pid)!r}, 'w').write(str(os.getpid())); {SLEEP}"
    outer = f"import sys; from etl.jobs.supervise import run; run([sys.executable, '-c', {inner!r}])"
    parent = subprocess.Popen([sys.executable, "-c", outer], cwd=ROOT)
    while not (pid.exists() and pid.read_text()):
        time.sleep(0.05)
        assert parent.poll() is None
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert _gone(int(pid.read_text()))


def _cli(*words: str, **settings: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(ROOT / "cli.py"), *words], capture_output=True, text=True, **settings)  # type: ignore[call-overload]


def test_the_terminal_is_bounded_too(tmp_path: Path, sample_ledgers: Path) -> None:
    """`check` gives its exit code, one JSON document and its sentence through the child."""
    street = ["--street", str(tmp_path / "street")]
    missing = _cli("check", str(tmp_path / "nothing.xlsx"), *street)
    assert (missing.returncode, missing.stdout) == (2, "") and "找不到" in missing.stderr
    said = json.loads(_cli("check", str(tmp_path / "nothing.xlsx"), *street, "--json").stdout)
    assert said["error"]["file"] == "nothing.xlsx"
    told = _cli("check", str(sample_ledgers / "社区"), *street, "--json", "--instructions", "-", input="{}")
    assert told.returncode == 0 and json.loads(told.stdout)["files"]


def test_a_verb_stopped_for_memory_publishes_nothing(tmp_path: Path, sample_ledgers: Path) -> None:
    """A bound below what Python itself needs stops a real load: nothing is in, and the outcome says why."""
    street = tmp_path / "street"
    outcome = supervise.verb(["load", str(sample_ledgers), "--street", str(street)], Limits(30 * 2**20, 60))
    assert outcome.reason == "memory"
    assert not list(street.glob("loads/0*/receipt.json"))


@POSIX
@pytest.mark.parametrize("after", [0.4, 0.8, 1.2, 1.6, 2.0])
def test_ctrl_c_is_one_sentence(after: float, tmp_path: Path, sample_ledgers: Path) -> None:
    """Ctrl-C reaches the child as it does in a terminal; one sentence, exit code 2, no traceback."""
    words = [sys.executable, str(ROOT / "cli.py"), "load", str(sample_ledgers), "--street", str(tmp_path / "street")]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _out, said = process.communicate(timeout=20)
    assert (process.returncode, said.splitlines()) == (2, ["已取消，没有入库任何数据"])
