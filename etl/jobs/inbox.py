"""The watched folder: what is put into `<street>/放入此文件夹` is copied into a job that waits to be checked.

    watch(street, stop)            look every few seconds until `stop` is set; for a thread of the server
    look(street, memory) -> Job | None     one look; the job that files were added to
    refused(street) -> list[Refused]       what lies there and cannot be taken, for the page

Originals stay where they are: they are the user's. A file is taken once it looked the same twice and is neither in an
active load nor in a job nor was decided on before; by its bytes, so that a new name or date changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from threading import Event

from etl.errors import AtlasError, FileError, StreetError
from etl.formats.file_kinds import why_passed_over
from etl.jobs import arriving, staging
from etl.jobs.disk import disk_errors, write_whole
from etl.jobs.staging import FOLDER, OVER, WAITING, Job
from etl.record import loads

log = logging.getLogger(__name__)
NAME = "放入此文件夹"
LOOK_SECONDS, SWEEP_LOOKS = 3.0, 1200  # old jobs are swept about once an hour
PIECE = 2**20
WHO = "文件夹"
Look = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Refused:
    """A file that lies in the folder and cannot be taken, and why."""

    name: str
    reason: str


@dataclass
class Memory:
    """What the last look saw: size and time of each file, and the hashes of those read."""

    last: Look = field(default_factory=dict)
    hashes: dict[str, tuple[tuple[int, int], str]] = field(default_factory=dict)


def inbox_folder(street: Path) -> Path:
    """Return the watched folder, made where it is missing."""
    folder = street / NAME
    with disk_errors():
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def _note(street: Path) -> Path:
    return street / "staging" / "inbox.json"


def _noted(street: Path) -> tuple[set[str], list[Refused]]:
    """Return the hashes decided on, and what was refused."""
    try:
        said = json.loads(_note(street).read_text("utf-8"))
        return set(said["decided"]), [Refused(**entry) for entry in said["refused"]]
    except (OSError, ValueError, KeyError, TypeError):
        return set(), []


def refused(street: Path) -> list[Refused]:
    """Return the files that lie in the folder and cannot be taken."""
    return _noted(street)[1]


def _lying(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.name.startswith((".", "~$")):
            yield name, path


def _see(folder: Path) -> dict[str, tuple[Path, tuple[int, int]]]:
    """Return every file with its size and time; one that goes meanwhile is not there."""
    seen = {}
    for name, path in _lying(folder):
        with suppress(OSError):
            said = path.stat()
            seen[name] = (path, (said.st_size, said.st_mtime_ns))
    return seen


def _hash(name: str, path: Path, stat: tuple[int, int], memory: Memory) -> str | None:
    """Return a file's hash, read once; None while another program keeps it to itself."""
    if memory.hashes.get(name, ((), ""))[0] != stat:
        try:
            with path.open("rb") as handle:
                memory.hashes[name] = (stat, hashlib.file_digest(handle, "sha256").hexdigest())
        except OSError:
            return None
    return memory.hashes[name][1]


def _why_refused(name: str, size: int) -> str | None:
    if reason := why_passed_over(name):
        return reason
    return arriving.too_large(name).message if size > arriving.FILE_BYTES else None


def _copy(job: Job, name: str, path: Path, stat: tuple[int, int]) -> None:
    """Copy one file into the job; one that changes under the hand is left for the next look."""
    incoming = arriving.add_file(job, name, source=name)
    try:
        with path.open("rb") as handle:
            while piece := handle.read(PIECE):
                incoming.write(piece)
        said = path.stat()
        if (said.st_size, said.st_mtime_ns) == stat:
            incoming.finish()
    except OSError:
        log.info("a file of the watched folder went away while it was read")
    finally:
        incoming.abort()


def _waiting(street: Path, all_jobs: list[Job]) -> Job:
    """Return the job that takes further files: the folder's own, while nobody has begun to check it."""
    found = (job for job in all_jobs if job.origin == FOLDER and job.state in arriving.TAKING)
    return next(found, None) or staging.open_job(street, _(WHO), FOLDER)


def _settle(job: Job) -> Job | None:
    now = staging.find_job(job.street, job.id)
    if now is None or not now.files:
        staging.discard(job)
        return None
    return staging.change(now, state=WAITING) if now.state == staging.UPLOADING else now


def _take(street: Path, new: dict[str, tuple[Path, tuple[int, int]]], all_jobs: list[Job]) -> tuple[Job | None, str]:
    """Copy the new files; return their job, and why some must wait ("" where none must)."""
    job = _waiting(street, all_jobs)
    try:
        for name, (path, stat) in new.items():
            _copy(job, name, path, stat)
    except (FileError, StreetError) as error:  # the job is full, or was taken in hand this very moment
        return _settle(job), error.sentence() if error.code != "closed" else ""
    return _settle(job), ""


def look(street: Path, memory: Memory) -> Job | None:
    """Look once: copy what is new and complete; return the job it went to."""
    seen = _see(inbox_folder(street))
    stable = {name: entry for name, entry in seen.items() if memory.last.get(name) == entry[1]}
    memory.last = {name: stat for name, (_path, stat) in seen.items()}
    memory.hashes = {name: known for name, known in memory.hashes.items() if name in seen}
    all_jobs = staging.jobs(street, with_discarded=True)
    decided, _refused = _noted(street)
    # what was uploaded and given up on the page was never decided on here: put into the folder it is taken
    decided |= {file.sha256 for job in all_jobs if job.state in OVER and job.origin == FOLDER for file in job.files}
    present = {name: digest for name, (path, stat) in stable.items()
               if _why_refused(name, stat[0]) is None and (digest := _hash(name, path, stat, memory))}  # fmt: skip
    known = decided | {file.sha256 for job in all_jobs if job.state not in OVER for file in job.files}
    known |= {digest for load in loads.active_loads(street / "loads") for digest in load.taken}
    by_hash = {digest: name for name, digest in reversed(present.items()) if digest not in known}
    new = {name: stable[name] for name in sorted(by_hash.values())}
    job, waits = _take(street, new, all_jobs) if new else (None, "")
    reasons = [Refused(name, why) for name, (_path, stat) in seen.items() if (why := _why_refused(name, stat[0]))]
    is_sure = len(stable) == len(seen)  # just after a start nothing has been seen twice, and nothing is forgotten
    kept = decided & set(present.values()) if is_sure else decided
    _write_note(street, kept, [*reasons, *([Refused(NAME, waits)] if waits else [])])
    return job


def _write_note(street: Path, decided: set[str], reasons: list[Refused]) -> None:
    """Keep what was decided and refused, where it has changed; hashes of files that are gone are forgotten."""
    if (decided, reasons) != _noted(street):
        said = {"decided": sorted(decided), "refused": [vars(entry) for entry in reasons]}
        with disk_errors():
            write_whole(staging.staging_folder(street) / "inbox.json", json.dumps(said, ensure_ascii=False).encode())


def watch(street: Path, stop: Event, seconds: float = LOOK_SECONDS) -> None:
    """Look until told to stop; whatever a look meets, the next one comes."""
    memory, count = Memory(), 0
    while not stop.wait(seconds if count else 0):
        try:
            if count % SWEEP_LOOKS == 0:
                staging.sweep(street)
            look(street, memory)
        except (AtlasError, OSError) as error:
            log.warning("the watched folder could not be looked at: %s", type(error).__name__)
        count += 1
