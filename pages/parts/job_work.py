"""What a job's thread does: run the verb in a child, note its progress, and leave the job in its next state."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path
from threading import Event
from typing import Any

from etl.errors import AtlasError
from etl.instructions import Instructions
from etl.jobs import staging, supervise
from etl.jobs.disk import remove_tree
from etl.jobs.staging import FAILED, READY, WAITING, Job
from etl.jobs.supervise import Limits, Outcome
from etl.record import loads

PROGRESS_SECONDS, MOST_NAMED = 0.3, 5
SENTENCE = re.compile(r"(?=.*[\u4e00-\u9fff]).{2,80}")


def _said(instructions: Instructions) -> str:
    """Return the instructions as the worker reads them from its stdin."""
    said = asdict(instructions)
    plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in said.items()}
    return json.dumps(plain, ensure_ascii=False, default=str)


def read(path: Path) -> dict[str, Any] | None:
    """Return what a child printed; None where it did not get to the end."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):  # not there (yet), or a child that was stopped while it wrote
        return None
    return found


def _note_progress(job: Job) -> Callable[[str], None]:
    """Return what writes a worker's sentences into job.json, a few a second at most."""
    written_at = 0.0

    def note(line: str) -> None:
        nonlocal written_at
        is_ours = SENTENCE.fullmatch(line) is not None  # libraries speak English, and may quote cells
        if is_ours and time.monotonic() - written_at > PROGRESS_SECONDS:
            written_at = time.monotonic()
            with suppress(AtlasError):
                staging.change(job, progress=line)

    return note


def _child(job: Job, words: list[str], instructions: Instructions, result: Path, cancelled: Event) -> Outcome:
    """Run a verb on the job's originals; what it prints goes to the file `result`, never through this process."""
    fixed = ["--json", "--instructions", "-", "--street", str(job.street)]
    command = supervise.worker_command([*words, *fixed, str(job.originals)])
    with os.fdopen(os.open(result, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        return supervise.run(
            command, _said(instructions), Limits(), _note_progress(job), cancelled=cancelled, stdout=handle
        )


def _error(outcome: Outcome, result: Path) -> AtlasError | None:
    """Return why a verb could not do its work; None where its result stands in the file."""
    if said := supervise.trouble(outcome, Limits()):
        return said
    with result.open("rb") as handle:
        start = handle.read(10)
    if start.startswith(b'{"error"'):  # only then is it short enough to read here
        error = (read(result) or {}).get("error", {})
        return AtlasError(error.pop("message", _("没有完成")), **error)
    return None if start else AtlasError(_("核对没有完成，这是程序的问题，没有入库任何数据"), code="unexpected")


def _gone(job: Job) -> AtlasError | None:
    """Return an error where originals were removed under the job: the others alone are not what was given."""
    gone = [file.given for file in job.files if not (job.originals / file.name).is_file()]
    if not gone:
        return None
    message = _("上传的文件已被移走：{names}").format(names="、".join(gone[:MOST_NAMED]))
    return AtlasError(message, code="gone", remedy=_("请放弃本次导入后重新选择文件"))


def _run(job: Job, words: list[str], instructions: Instructions, part: Path, cancelled: Event) -> AtlasError | None:
    return _gone(job) or _error(_child(job, words, instructions, part, cancelled), part)


def check(job: Job, words: list[str], instructions: Instructions, cancelled: Event) -> None:
    """Check the job's files: it is ready then, or failed."""
    part = job.path / "preview.part"
    job.preview_file.unlink(missing_ok=True)
    _empty(job.out)
    error = _run(job, ["check", "--preview", *words], instructions, part, cancelled)
    if error is None:
        os.replace(part, job.preview_file)
        staging.change(job, state=READY, worker=None, progress="", error=None, error_code=None)
    else:
        part.unlink(missing_ok=True)
        state = WAITING if error.code == "cancelled" else FAILED
        give_back(job, state, error)


def papers(job: Job, words: list[str], instructions: Instructions, cancelled: Event) -> None:
    """Write what goes back to the communities; the job stays ready."""
    part = job.path / "papers.part"
    _empty(job.out)
    error = _run(job, ["check", *words], instructions, part, cancelled)
    part.unlink(missing_ok=True)
    give_back(job, READY, error)


def load(job: Job, _words: list[str], instructions: Instructions, cancelled: Event) -> None:
    """Bring the job's files in: it is published then, or ready with what stood in the way."""
    before = {load.id for load in loads.active_loads(job.street / "loads")}
    part = job.path / "receipt.part"
    error = _run(job, ["load"], instructions, part, cancelled)
    if error is None:
        os.replace(part, job.receipt_file)
        said = read(job.receipt_file) or {}
        staging.publish(job, said.get("load"), said.get("generation_no"))
    elif (load := _came_in(job, before)) is not None:  # stopped just after it had published
        staging.publish(job, load, None)
    else:
        part.unlink(missing_ok=True)
        give_back(job, READY, error)


def _came_in(job: Job, before: set[str]) -> str | None:
    """Return the load that holds the job's files and was not there before; a zip's files are named below it."""
    names = {file.name for file in job.files}
    for load in loads.active_loads(job.street / "loads"):
        if load.id not in before and {file["file"].split("/")[0] for file in load.receipt["files"]} <= names:
            return load.id
    return None


def _empty(folder: Path) -> None:
    remove_tree(folder)
    folder.mkdir(mode=0o700, exist_ok=True)


def give_back(job: Job, state: str, error: AtlasError | None) -> None:
    """Put a job out of hand, with what went wrong."""
    sentence, code = (error.sentence(), error.code) if error else (None, None)
    staging.change(job, state=state, worker=None, progress="", error=sentence, error_code=code)
