"""What a child process does to itself before it reads files: it dies with its parent and keeps wide limits."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from threading import Thread
from types import TracebackType

from etl.jobs.supervise import BESIDE, CRASHED, PARENT, Limits

PR_SET_PDEATHSIG = 1
# Private memory asked for, touched or not: polars, DuckDB and every thread's stack reserve far more than they use (a
# preview of 100,000 rows 2.1 GB on two cores, 0.65 GB used). psutil's look at what is used stops a child long before.
DATA_BYTES = 12 * 2**30
LOOK_SECONDS, NICE = 2, 10


def _crash(kind: type[BaseException], _error: BaseException, _trace: TracebackType | None) -> None:
    """End without a traceback: what Python's `except Exception` does not catch is a panic below it."""
    os._exit(130 if issubclass(kind, KeyboardInterrupt) else CRASHED)


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


def become_worker() -> None:
    """Bound this process; called by cli.main in a child of `supervise`, before anything is read."""
    _die_with_parent()
    _limit_itself()
    _make_way()
    sys.excepthook = _crash
