"""One file on its way into a job: written piece by piece, bounded, and visible only when it is whole."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from etl.errors import FileError, StreetError
from etl.jobs import staging
from etl.jobs.disk import disk_errors
from etl.jobs.file_names import free_name, shown_name
from etl.jobs.staging import Job, StagedFile

FILE_BYTES = 200 * 2**20
JOB_BYTES = 2**30
JOB_FILES = 500
TAKING = (staging.UPLOADING, staging.WAITING)


def too_large(name: str) -> FileError:
    """Return what to say of a file above the bound."""
    return FileError(_("文件超过200MB，没有接收"), file=name, remedy=_("请拆分后再导入"), code="too_large")


def _too_many(name: str) -> FileError:
    message = _("一批最多500个文件、合计1GB，这个文件没有接收")
    return FileError(message, file=name, remedy=_("请分几批导入"), code="too_much")


class Incoming:
    """A file that is arriving; after an error or `abort` nothing of it is left."""

    def __init__(self, job: Job, name: str, source: str | None = None) -> None:
        self.job, self.given, self.source = job, shown_name(name), source
        self.size, self._hash = 0, hashlib.sha256()
        self.path: Path = job.path / "arriving" / secrets.token_hex(8)
        with disk_errors():
            self.handle = os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, chunk: bytes) -> None:
        """Add a piece; FileError above 200 MB, StreetError where the disk refuses."""
        self.size += len(chunk)
        try:
            if self.size > FILE_BYTES:
                raise too_large(self.given)
            with disk_errors():
                self.handle.write(chunk)
            self._hash.update(chunk)
        except (FileError, StreetError):
            self.abort()
            raise

    def finish(self) -> StagedFile:
        """Put the whole file among the job's originals under a safe, free name."""
        try:
            with disk_errors():
                self.handle.close()
                return self._settle()
        except (FileError, StreetError):
            self.abort()
            raise

    def _settle(self) -> StagedFile:
        with staging.locked(self.job) as job:
            if job.state not in TAKING:
                raise StreetError(_("这一批文件已经提交或放弃，不能再加文件"), code="closed")
            earlier = [file for file in job.files if self.source and file.source == self.source]
            kept = [file for file in job.files if file not in earlier]
            if len(kept) >= JOB_FILES or sum(file.size for file in kept) + self.size > JOB_BYTES:
                raise _too_many(self.given)
            name = free_name(self.given, [file.name for file in kept])
            for file in earlier:  # an older state of the very file in the watched folder
                (job.originals / file.name).unlink(missing_ok=True)
            os.replace(self.path, job.originals / name)
            arrived = StagedFile(name, self.given, self.size, self._hash.hexdigest(), self.source)
            staging.store(replace(job, files=(*kept, arrived)))
        return arrived

    def abort(self) -> None:
        """Forget the file."""
        with suppress(OSError):
            self.handle.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def add_file(job: Job, name: str, source: str | None = None) -> Incoming:
    """Begin to take a file in under the name it was given; `source` is its place in the watched folder."""
    if len(job.files) >= JOB_FILES:
        raise _too_many(shown_name(name))
    return Incoming(job, name, source)
