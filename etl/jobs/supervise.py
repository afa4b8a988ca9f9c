"""A bound around the work on files: a child process that may take so much time and memory and no more.

    run(argv, stdin_text, limits, on_line, cancelled, stdout) -> Outcome     for pages
    verb(words) -> Outcome                                                   for the terminal: check and load
    is_worker(), and etl/jobs/worker.py's become_worker()                         in the child, first thing

A parser that crashes (SIGSEGV, a Rust panic, the system's out-of-memory killer) takes only the child along. psutil
looks at the process tree, also on Windows; on POSIX the child sets itself wide limits as a second line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from threading import Event, Thread
from typing import IO

from etl.errors import AtlasError, FileError
from etl.jobs.process_tree import Tree

CLI = Path(__file__).resolve().parents[2] / "cli.py"
MARK, PARENT, BESIDE = "UNION_ATLAS_WORKER", "UNION_ATLAS_PARENT", "UNION_ATLAS_BESIDE"
LOOK_SECONDS = 0.1  # how often memory is read
CRASHED = 70  # what a worker exits with when something below Python's exceptions ended it
CODES = (0, 1, 2)
LONGEST_LINE = 2_000
TEMPORARY = "union-atlas-"  # followed by the parent's pid
GRACE_SECONDS = 10
PANIC = (
    b"thread '",
    b"note: run with `RUST_BACKTRACE",
)  # what Rust prints of a crash: for programmers, and with values


@dataclass(frozen=True)
class Limits:
    """What a child may take: memory of its whole tree, wall clock."""

    memory_bytes: int = 1536 * 2**20
    seconds: float = 600


@dataclass(frozen=True)
class Outcome:
    """How a child ended: `reason` is None where it ended by itself with one of the program's exit codes."""

    code: int
    stdout: str
    reason: str | None = None


def worker_command(words: list[str]) -> list[str]:
    """Return the command that runs one verb of this program with this Python."""
    return [sys.executable, str(CLI), *words]


def trouble(outcome: Outcome, limits: Limits) -> AtlasError | None:
    """Return what to say of a child that was stopped or crashed; None for one that ended by itself."""
    split = _("请拆分文件后再试")
    if outcome.reason == "memory":
        gigabytes = f"{limits.memory_bytes / 2**30:g}"
        message = _("读取这些文件用的内存超过{n}GB，已停止，没有入库任何数据").format(n=gigabytes)
        return FileError(message, remedy=split, code="memory")
    if outcome.reason == "time":
        message = _("读取这些文件超过{n}分钟，已停止，没有入库任何数据").format(n=f"{limits.seconds / 60:g}")
        return FileError(message, remedy=split, code="time")
    if outcome.reason == "crashed":
        message = _("读取程序中途退出，可能是文件损坏或内存不足，没有入库任何数据")
        return FileError(message, remedy=_("请逐个文件导入，找出有问题的文件，用 Excel 打开另存后再试"), code="crashed")
    if outcome.reason == "cancelled":
        return AtlasError(_("已取消，没有入库任何数据"), code="cancelled")
    return None


def is_worker() -> bool:
    """Return whether this process is such a child."""
    return os.environ.get(MARK) == "1"


def _environment(shows_progress: bool, temporary: str) -> dict[str, str]:
    own = {MARK: "1", PARENT: str(os.getpid()), "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary)
    return {**os.environ, **own, **places, **({"UNION_ATLAS_PROGRESS": "1"} if shows_progress else {})}


@contextmanager
def _temporary() -> Iterator[str]:
    """Yield a folder for what the child unpacks: a child that is killed cannot clear up after itself."""
    folder = tempfile.mkdtemp(prefix=f"{TEMPORARY}{os.getpid()}-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _clear_after_the_dead()


def _clear_after_the_dead() -> None:
    """Remove what was unpacked for parents that were killed themselves."""
    import psutil

    for path in Path(tempfile.gettempdir()).glob(f"{TEMPORARY}*-*"):
        pid = path.name.removeprefix(TEMPORARY).split("-")[0]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


def _why_stop(tree: Tree, limits: Limits, begun: float, cancelled: Event | None) -> str | None:
    if cancelled is not None and cancelled.is_set():
        return "cancelled"
    if tree.memory() > limits.memory_bytes:
        return "memory"
    return "time" if time.monotonic() - begun > limits.seconds else None


def _await(process: subprocess.Popen[bytes], ended: Event) -> None:
    process.wait()
    ended.set()


def _watch(process: subprocess.Popen[bytes], limits: Limits, cancelled: Event | None) -> str | None:
    """Wait for the child; kill its tree at the first bound it passes, and say which."""
    begun, tree, ended = time.monotonic(), Tree(process.pid), Event()
    Thread(target=_await, args=(process, ended), daemon=True).start()  # wakes this one at the very moment
    while not ended.wait(LOOK_SECONDS):
        reason = _why_stop(tree, limits, begun, cancelled)
        if reason and not ended.is_set():  # one that ended by itself meanwhile has done its work
            tree.kill()
            ended.wait(GRACE_SECONDS)
            return reason
    return None if process.returncode in CODES else "crashed"


def _drain(pipe: IO[bytes], on_line: Callable[[bytes], None] | None) -> None:
    """Read a child's stderr to its end, so that it never waits for us."""
    is_panic = False
    with pipe:
        while line := pipe.readline(LONGEST_LINE):
            is_panic = is_panic or line.startswith(PANIC)  # nothing after it is ours
            if on_line is not None and not is_panic:
                on_line(line)


def _feed(pipe: IO[bytes], text: str) -> None:
    with suppress(OSError), pipe:  # the child may end without reading
        pipe.write(text.encode())


def _collect(pipe: IO[bytes], into: list[bytes]) -> None:
    with pipe:
        while chunk := pipe.read(2**20):
            into.append(chunk)


def run(
    argv: list[str],
    stdin_text: str | None = None,
    limits: Limits | None = None,
    on_line: Callable[[str], None] | None = None,
    cancelled: Event | None = None,
    stdout: IO[bytes] | None = None,
) -> Outcome:
    """Run a command within limits. `on_line` gets each line of its stderr; with `stdout` its output goes to that file."""
    with _temporary() as temporary:
        return _run(argv, stdin_text, limits or Limits(), on_line, cancelled, stdout, temporary)


def _run(
    argv: list[str],
    stdin_text: str | None,
    limits: Limits,
    on_line: Callable[[str], None] | None,
    cancelled: Event | None,
    stdout: IO[bytes] | None,
    temporary: str,
) -> Outcome:
    output: list[bytes] = []
    process = subprocess.Popen(
        argv, env={**_environment(True, temporary), BESIDE: "1"}, cwd=CLI.parent, stderr=subprocess.PIPE, stdout=stdout or subprocess.PIPE,
        stdin=subprocess.DEVNULL if stdin_text is None else subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    heard = None if on_line is None else lambda line: on_line(line.decode("utf-8", "replace").strip())
    threads = [Thread(target=_drain, args=(process.stderr, heard), daemon=True)]
    if process.stdin is not None and stdin_text is not None:
        threads.append(Thread(target=_feed, args=(process.stdin, stdin_text), daemon=True))
    if process.stdout is not None:
        threads.append(Thread(target=_collect, args=(process.stdout, output), daemon=True))
    for thread in threads:
        thread.start()
    reason = _watch(process, limits, cancelled)
    for thread in threads:
        thread.join(GRACE_SECONDS)
    return Outcome(process.returncode, b"".join(output).decode("utf-8", "replace"), reason)


def _pass_on(line: bytes, muted: Event) -> None:
    if muted.is_set():
        return
    with suppress(OSError, ValueError):  # nobody reads any more
        sys.stderr.write(line.decode("utf-8", "replace"))
        sys.stderr.flush()


def verb(words: list[str], limits: Limits | None = None) -> Outcome:
    """Run a verb of the terminal within limits: stdin and stdout are the child's own, stderr passes through."""
    with _temporary() as temporary:
        return _verb(words, limits or Limits(), temporary)


def _verb(words: list[str], limits: Limits, temporary: str) -> Outcome:
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    process = subprocess.Popen(worker_command(words), env=_environment(is_terminal, temporary), stderr=subprocess.PIPE)
    assert process.stderr is not None
    muted = Event()
    reader = Thread(target=_drain, args=(process.stderr, lambda line: _pass_on(line, muted)), daemon=True)
    reader.start()
    try:
        reason = _watch(process, limits, None)
    except KeyboardInterrupt:  # the terminal tells the child too, which ends or, once it publishes, finishes
        muted.set()
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(GRACE_SECONDS)
        process.kill()
        process.wait()
        reason = None if process.returncode in (0, 1) else "cancelled"
    reader.join(GRACE_SECONDS)
    return Outcome(process.returncode, "", reason)
