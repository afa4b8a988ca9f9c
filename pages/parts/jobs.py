"""Checks and loads that run beside the pages: each a child process, watched by a thread that outlives reruns.

    start_check(street, job, instructions, words=()) -> bool     waiting | ready | failed → checking → ready | failed
    start_load(street, job, instructions) -> bool                ready → publishing → published | ready with an error
    start_papers(street, job, instructions, deadline) -> bool    ready → checking → ready: 批注件, 退回修改单 in job.out
    poll(job) -> Job | None                               as it is now, the same for every window; None: swept away
    cancel(job), discard(job)                             end the child; `discard` also removes the files
    preview(job), receipt(job) -> dict | None             what the child printed

`street` is the street's folder. `start_…` answers False, and nothing happens, where the job is in hand already (a second
click, another window). Where a load asks a question (vanish …) the job is `ready` again, `error` the sentence and
`error_code` the question's id. What a job is stands in its job.json and is the same for all; this process alone knows
its threads, and that is no page's or session's state but the server's: one object, made once (`_runs`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from gettext import gettext as _
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from etl.errors import AtlasError
from etl.instructions import Instructions
from etl.jobs import staging, supervise
from etl.jobs.staging import CHECKING, FAILED, PUBLISHING, READY, WAITING, Job
from etl.jobs.supervise import Limits, Outcome
from pages.parts.job_work import check, give_back, load, papers, read

log = logging.getLogger(__name__)
CANCEL_SECONDS, TURN_SECONDS = 10, 0.2


@dataclass
class Runs:
    """The children of this server: one at a time reads files, the others wait their turn."""

    cancelled: dict[Path, Event] = field(default_factory=dict)
    threads: dict[Path, Thread] = field(default_factory=dict)
    turn: Lock = field(default_factory=Lock)


@lru_cache(maxsize=1)
def _runs() -> Runs:
    return Runs()


@lru_cache(maxsize=2)
def _read_once(path: Path, _written: int) -> dict[str, Any] | None:
    return read(path)


def _latest(path: Path) -> dict[str, Any] | None:
    return _read_once(path, path.stat().st_mtime_ns) if path.exists() else None


def preview(job: Job) -> dict[str, Any] | None:
    """Return what the check found; read it only, it is shared."""
    return _latest(job.preview_file)


def receipt(job: Job) -> dict[str, Any] | None:
    """Return what the load brought in."""
    return _latest(job.receipt_file)


def poll(job: Job) -> Job | None:
    """Return the job as it is now."""
    return staging.find_job(job.street, job.id)


def _take_turn(job: Job, cancelled: Event) -> bool:
    """Wait until no other job's child runs; False where the job was cancelled meanwhile."""
    if _runs().turn.acquire(blocking=False):
        return True
    staging.change(job, progress=_("前面还有一批在处理，请稍候……"))
    while not cancelled.is_set():
        if _runs().turn.acquire(timeout=TURN_SECONDS):
            return True
    return False


def _work(job: Job, work: Callable[[Event], None], cancelled: Event) -> None:
    """Wait for the turn, do the work, and never leave the job in hand."""
    runs, is_settled = _runs(), False
    try:
        if _take_turn(job, cancelled):
            try:
                work(cancelled)
                is_settled = True  # from here on another click may have it in hand
            finally:
                runs.turn.release()
    except (AtlasError, OSError) as error:
        log.error("job %s: %s", job.id, type(error).__name__)
        known = error if isinstance(error, AtlasError) else AtlasError(_("磁盘读写失败，请检查磁盘后再试"))
        give_back(job, FAILED, known)
        is_settled = True
    finally:
        if runs.cancelled.get(job.path) is cancelled:
            del runs.cancelled[job.path], runs.threads[job.path]
        if not is_settled:
            _leave(job, cancelled)


def _leave(job: Job, cancelled: Event) -> None:
    """See to it that a job is in nobody's hand once its thread ends, whatever ended it."""
    if cancelled.is_set():
        before = READY if job.state == PUBLISHING else WAITING
        give_back(job, before, supervise.trouble(Outcome(0, "", "cancelled"), Limits()))
    else:
        message = _("核对没有完成，这是程序的问题，没有入库任何数据")
        give_back(job, FAILED, AtlasError(message, code="unexpected", remedy=_("请重新核对")))


def _start(
    job: Job,
    state: str,
    allowed: tuple[str, ...],
    work: Callable[[Job, list[str], Instructions, Event], None],
    words: list[str],
    instructions: Instructions,
) -> bool:
    claimed = staging.claim(job, state, allowed, _("正在准备……"))
    if claimed is None:
        return False
    runs, cancelled = _runs(), Event()
    body = partial(work, claimed, words, instructions)
    thread = Thread(target=_work, args=(claimed, body, cancelled), name=f"job-{job.id}", daemon=True)
    runs.cancelled[job.path], runs.threads[job.path] = cancelled, thread
    thread.start()
    return True


def start_check(street: Path, job: Job, instructions: Instructions, words: tuple[str, ...] = ()) -> bool:
    """Begin to check a job's files; `words` are further words of the verb `check`."""
    return _start(_own(street, job), CHECKING, (WAITING, READY, FAILED), check, list(words), instructions)


def start_load(street: Path, job: Job, instructions: Instructions) -> bool:
    """Begin to bring a checked job in; only one that is ready, and only once."""
    return _start(_own(street, job), PUBLISHING, (READY,), load, [], instructions)


def start_papers(street: Path, job: Job, instructions: Instructions, deadline: date | None) -> bool:
    """Begin to write 批注件 and 退回修改单 into the job's folder `out`; the preview stays as it is."""
    out = str(job.out)
    words = ["--marked-up", out, "--returns", out, *(["--deadline", deadline.isoformat()] if deadline else [])]
    return _start(_own(street, job), CHECKING, (READY,), papers, words, instructions)


def _own(street: Path, job: Job) -> Job:
    """Return the job, which must be the street's."""
    if job.street.resolve() != street.resolve():
        raise AtlasError(_("这一批文件不属于本街道"), code="street")
    return job


def cancel(job: Job) -> None:
    """Tell a job's child to end; a moment later the job is waiting (or ready) again."""
    if known := _runs().cancelled.get(job.path):
        known.set()


def discard(job: Job) -> None:
    """End a job's child and remove its files."""
    thread = _runs().threads.get(job.path)
    cancel(job)
    if thread is not None:
        thread.join(CANCEL_SECONDS)
    staging.discard(job)
