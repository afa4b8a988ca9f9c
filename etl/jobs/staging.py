"""Files on their way in: `<street>/staging/<id>/`, kept until they are published or discarded, at most seven days.

A job's folder holds `files/` (the originals: give this folder to check and load), `job.json`, `preview.json` (what
`check --json --preview` printed), `receipt.json` (what `load --json` printed) and `out/` (批注件, 退回修改单). States:
uploading → waiting → checking → ready → publishing → published | failed | discarded. For callers:

    open_job(street, who, origin=UPLOAD) -> Job      a new job in state uploading
    add_file(job, name) -> Incoming                  in etl/jobs/arriving.py: write(chunk)…, finish() -> StagedFile | abort()
    change(job, state=…, progress=…, error=…) -> Job the only way to alter job.json
    find_job(street, id) -> Job | None               as it is now
    jobs(street) -> list[Job]                        newest first, without discarded ones
    publish(job, load, generation_no) / discard(job) the originals go
    sweep(street)                                    old jobs go

`street` is the street's folder as a Path. Whoever works on a job is noted as pid and start time: a job whose worker is
gone is seen as failed, whoever looks. Passwords are never written here.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from gettext import gettext as _
from pathlib import Path
from typing import Any

from filelock import FileLock

from etl.jobs.disk import disk_errors, remove_tree, write_whole
from etl.jobs.process_tree import is_alive, this_process

UPLOADING, WAITING, CHECKING, READY = "uploading", "waiting", "checking", "ready"
PUBLISHING, PUBLISHED, FAILED, DISCARDED = "publishing", "published", "failed", "discarded"
BUSY, OVER = (CHECKING, PUBLISHING), (PUBLISHED, DISCARDED)
UPLOAD, FOLDER = "upload", "folder"  # where a job's files come from: the page, or the folder 放入此文件夹
KEPT, IDLE_UPLOAD = timedelta(days=7), timedelta(hours=1)
ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")
STATE_FILE = "job.json"
LOCK_SECONDS = 30


@dataclass(frozen=True)
class StagedFile:
    """One original: its name in `files/`, the name it was given, and for the watched folder its place there."""

    name: str
    given: str
    size: int
    sha256: str
    source: str | None = None


@dataclass(frozen=True)
class Job:
    """One batch of files and how far it is; `error` is a sentence for the user, `progress` too."""

    id: str
    path: Path
    state: str
    who: str
    made_at: str
    files: tuple[StagedFile, ...] = ()
    progress: str = ""
    error: str | None = None
    error_code: str | None = None
    origin: str = UPLOAD
    worker: tuple[int, float] | None = None
    load: str | None = None
    generation_no: int | None = None

    @property
    def originals(self) -> Path:
        """Return the folder of the originals: the one path to give to check and load."""
        return self.path / "files"

    @property
    def out(self) -> Path:
        """Return the folder of what was made for download."""
        return self.path / "out"

    @property
    def preview_file(self) -> Path:
        """Return where the result of the check stands."""
        return self.path / "preview.json"

    @property
    def receipt_file(self) -> Path:
        """Return where the result of the load stands."""
        return self.path / "receipt.json"

    @property
    def is_busy(self) -> bool:
        """Return whether a worker has the job in hand."""
        return self.state in BUSY

    @property
    def street(self) -> Path:
        """Return the street's folder."""
        return self.path.parents[1]


def staging_folder(street: Path) -> Path:
    """Return the folder of all jobs, made where it is missing, for its owner alone."""
    folder = street / "staging"
    with disk_errors():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def open_job(street: Path, who: str, origin: str = UPLOAD) -> Job:
    """Make a job that waits for its files; old ones are swept up."""
    sweep(street)
    now = datetime.now()
    job_id = f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    job = Job(job_id, staging_folder(street) / job_id, UPLOADING, who, now.isoformat(timespec="seconds"), origin=origin)
    with disk_errors():
        for folder in (job.path, job.originals, job.out, job.path / "arriving"):
            folder.mkdir(mode=0o700)
        store(job)
    return job


def store(job: Job) -> None:
    """Write job.json; for callers that hold the job's lock."""
    said = {name: value for name, value in asdict(job).items() if name != "path"}
    write_whole(job.path / STATE_FILE, json.dumps(said, ensure_ascii=False).encode())


def _stored(path: Path) -> Job | None:
    """Return a job as its file says; None where there is none, or one of another program's making."""
    try:
        said: dict[str, Any] = json.loads((path / STATE_FILE).read_text("utf-8"))
        known = {field.name for field in fields(Job)}
        files = tuple(StagedFile(**entry) for entry in said.pop("files"))
        worker = tuple(said.pop("worker") or ())
        rest = {name: value for name, value in said.items() if name in known}
        return Job(path=path, files=files, worker=(worker[0], worker[1]) if worker else None, **rest)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _seen(job: Job) -> Job:
    """Return the job as anybody should see it: without its worker it has failed."""
    if not job.is_busy or is_alive(job.worker):
        return job
    said = _("程序中途关闭，核对没有完成，请重新核对。")
    if job.state == PUBLISHING:
        said = _("程序中途关闭，请先在“导入批次”中查看这一批是否已入库，未入库的请重新核对。")
    return replace(job, state=FAILED, worker=None, progress="", error=said, error_code="interrupted")


def find_job(street: Path, job_id: str) -> Job | None:
    """Return a job as it is now; None for one that is not there."""
    job = _stored(street / "staging" / job_id) if ID.fullmatch(job_id) else None
    return _seen(job) if job else None


def jobs(street: Path, with_discarded: bool = False) -> list[Job]:
    """Return the jobs, newest first."""
    folders = sorted((path for path in (street / "staging").glob("*") if ID.fullmatch(path.name)), reverse=True)
    found = [_seen(job) for path in folders if (job := _stored(path))]
    return [job for job in found if with_discarded or job.state != DISCARDED]


@contextmanager
def locked(job: Job) -> Iterator[Job]:
    """Yield the job as it is now while nobody else may change it."""
    with FileLock(job.path.with_name(f"{job.id}.lock"), timeout=LOCK_SECONDS):
        yield find_job(job.street, job.id) or job


def change(job: Job, **changes: Any) -> Job:
    """Change what is noted of a job (state, progress, error …) and return it; one that is over or gone stays so."""
    with disk_errors(), locked(job) as now:
        if now.state in OVER or not now.path.is_dir():
            return now
        changed = replace(now, **changes)
        store(changed)
        return changed


def claim(job: Job, state: str, allowed: tuple[str, ...], progress: str = "") -> Job | None:
    """Take a job in hand for this process; None where it is in none of the allowed states (a second click)."""
    with disk_errors(), locked(job) as now:
        if now.state not in allowed or not now.path.is_dir():
            return None
        mine = replace(now, state=state, worker=this_process(), progress=progress, error=None, error_code=None)
        store(mine)
        return mine


def _finish(job: Job, **changes: Any) -> Job:
    done = change(job, worker=None, progress="", **changes)
    for folder in (done.originals, done.path / "arriving"):
        remove_tree(folder)
    return done


def publish(job: Job, load: str | None, generation_no: int | None) -> Job:
    """Note that a job's rows are in, and remove its originals."""
    return _finish(job, state=PUBLISHED, load=load, generation_no=generation_no, error=None, error_code=None)


def discard(job: Job) -> None:
    """Give a job up: originals, preview and what was made of them go; its name stays until it is swept."""
    done = _finish(job, state=DISCARDED)
    if done.state == PUBLISHED:
        return
    remove_tree(done.out)
    for path in (done.preview_file, done.receipt_file):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _is_old(job: Job, now: datetime) -> bool:
    made = datetime.fromisoformat(job.made_at)
    if job.state == UPLOADING:
        touched = max((path.stat().st_mtime for path in (job.path, *job.path.rglob("*"))), default=0.0)
        return now - datetime.fromtimestamp(touched) > IDLE_UPLOAD
    return not job.is_busy and now - made > KEPT


def sweep(street: Path, now: datetime | None = None) -> None:
    """Remove jobs older than seven days, and uploads that nobody went on with."""
    moment = now or datetime.now()
    for path in (street / "staging").glob("*-*"):
        with suppress(OSError):  # a file held open (Windows), or another sweep at work: the next one has it
            job = _stored(path)
            touched = datetime.fromtimestamp(path.stat().st_mtime)
            is_old = _is_old(_seen(job), moment) if job else moment - touched > KEPT
            if is_old and path.is_dir():
                shutil.rmtree(path)
            elif is_old:
                path.unlink()
