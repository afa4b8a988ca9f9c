"""What a child process does to itself before it reads files: it dies with its parent and keeps wide limits."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from threading import Thread, current_thread, main_thread
from types import TracebackType

from etl.jobs.supervise import BESIDE, CRASHED, PARENT, Limits, is_worker

PR_SET_PDEATHSIG = 1
# Private memory asked for, touched or not: polars, DuckDB and every thread's stack reserve far more than they use (a
# preview of 100,000 rows 2.1 GB on two cores, 0.65 GB used). psutil's look at what is used stops a child long before.
DATA_BYTES = 12 * 2**30
LOOK_SECONDS, NICE = 2, 10


def _crash(_kind: type[BaseException], _error: BaseException, _trace: TracebackType | None) -> None:
    """End without a traceback: what Python's `except Exception` does not catch is a panic below it."""
    os._exit(CRASHED)


def _limit_itself() -> None:
    if sys.platform == "win32":
        return
    import resource

    seconds = int(Limits().seconds) * (os.cpu_count() or 1) + 60
    wanted = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: seconds, resource.RLIMIT_DATA: DATA_BYTES}
    for limit, value in wanted.items():
        _soft, hard = resource.getrlimit(limit)
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(OSError, ValueError):  # a system that knows no such limit
            resource.setrlimit(limit, (lowest, hard))


def _make_way() -> None:
    """Let whoever looks at a page go first, where this child works beside a dashboard."""
    if os.environ.get(BESIDE) != "1":
        return
    import psutil

    with contextlib.suppress(psutil.Error):
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else NICE)


def _parent_is_gone(parent: int) -> bool:
    if os.name == "posix":
        return os.getppid() != parent
    import psutil  # Windows keeps the number of a parent that has ended

    return not psutil.pid_exists(parent)


def _watch_parent(parent: int) -> None:
    while not _parent_is_gone(parent):
        time.sleep(LOOK_SECONDS)
    os._exit(CRASHED)


def _die_with_parent() -> None:
    parent = int(os.environ.get(PARENT) or 0)
    if not parent:
        return
    if sys.platform == "linux":  # at once, also in the middle of a library's long call
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if _parent_is_gone(parent):
            os._exit(CRASHED)
    else:
        Thread(target=_watch_parent, args=(parent,), name="watch-parent", daemon=True).start()


def _stop_at_once() -> None:
    """Let Ctrl-C end this process at whatever place: the parent says so, and the next load sweeps up.

    As an exception it may fall into a library's clean-up, where Python prints it and goes on.
    """
    signal.signal(signal.SIGINT, lambda _number, _frame: os._exit(CRASHED))  # SIG_DFL would be lost under polars' own


def finish_whatever_comes() -> None:
    """Leave Ctrl-C unheard from here on: what is about to be published is then also reported."""
    if is_worker() and current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def become_worker() -> None:
    """Bound this process; called by cli.main in a child of `supervise`, before anything is read."""
    _die_with_parent()
    _limit_itself()
    _make_way()
    _stop_at_once()
    sys.excepthook = _crash
