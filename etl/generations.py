"""Publish, undo, lock: the life of the built warehouses.

A generation is written as NNNNNN.draft.duckdb and renamed to NNNNNN.duckdb, a name that never existed.
The highest number is the current one; there is no pointer.
"""

from __future__ import annotations

import getpass
import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from etl.build import CheckResult, build
from etl.correcting.state import not_as_made
from etl.errors import StreetError
from etl.jobs.disk import disk_errors
from etl.jobs.progress import say
from etl.jobs.worker import finish_whatever_comes
from etl.record import loads
from etl.record.holdings import adopted_files
from etl.record.reading import READ_ONLY as READ_ONLY
from etl.record.reading import read_rows
from etl.street import Street, street_files_hash
from etl.version import program_version

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Generation:
    """A published warehouse: its file, its id (a hash) and its running number."""

    path: Path
    id: str
    number: int


def current_path(street: Street) -> Path | None:
    """Return the file of the current generation: the highest number."""
    found = sorted(path for path in street.generations.glob("*.duckdb") if path.stem.isdigit())
    return found[-1] if found else None


def current(street: Street) -> Generation | None:
    """Return the current generation, or None before the first load."""
    path = current_path(street)
    if path is None:
        return None
    [(generation_id,)] = read_rows(path, "select generation_id from intake.generation")
    return Generation(path, generation_id, int(path.stem))


@contextmanager
def writer(street: Street) -> Iterator[None]:
    """Hold the street's lock and sweep up what a killed writer left."""
    with disk_errors():
        street.path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(street.path / ".lock", timeout=10)
    try:
        lock.acquire()
    except Timeout as error:
        raise StreetError(_("另一项导入正在进行"), remedy=_("请稍后再试")) from error
    try:
        street.loads.mkdir(exist_ok=True)
        street.generations.mkdir(exist_ok=True)
        for draft in street.generations.glob("*.draft.duckdb*"):
            draft.unlink()
        path = current_path(street)
        published = {row[0] for row in read_rows(path, "select load_id from intake.load")} if path else None
        [(built_at,)] = read_rows(path, "select built_at from intake.generation") if path else [("",)]
        loads.sweep(street.loads, published, built_at)
        yield
    finally:
        for folder in (street.loads, street.generations):
            with suppress(OSError):  # a first load that failed leaves no empty folders
                folder.rmdir()
        lock.release()


def generation_id(street: Street, active: list[loads.Load]) -> str:
    """Return the hash of (active loads, street files, program version)."""
    adopted = adopted_files(active, loads.stored_loads(street.loads))
    contents = [_content(load, frozenset(digest for name, digest in adopted if name == load.id)) for load in active]
    parts = [program_version(), street_files_hash(street), *contents]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _content(load: loads.Load, adopted: frozenset[str]) -> str:
    """Return the hash of what a load says, as if it had taken the files that it adopted."""
    receipt = load.receipt
    if not adopted:
        return str(receipt["content_hash"])
    return loads.content_hash(receipt["files"], receipt.get("said", [receipt["as_of"] or ""]), adopted)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Draft:
    """A built, tested and closed warehouse that nobody reads yet."""

    path: Path
    id: str
    number: int
    checks: tuple[CheckResult, ...]

    def publish(self) -> Generation:
        """Rename the draft to its number: from now on it is the current generation."""
        final = self.path.with_name(f"{self.number:06d}.duckdb")
        _sync(self.path)
        finish_whatever_comes()
        os.rename(self.path, final)
        if os.name == "posix":  # a folder cannot be opened for syncing on Windows
            _sync(final.parent)
        log.info("published generation %s (%s)", self.number, self.id)
        return Generation(final, self.id, self.number)

    def discard(self) -> None:
        """Remove the draft."""
        self.path.unlink()


def draft(
    street: Street, active: list[loads.Load], folder: Path | None = None, corrections: bytes | None = None
) -> Draft:
    """Build the warehouse of these loads as a draft; ModelError if a model test fails.

    A draft in another `folder` than the street's is for looking at, never for publishing; `corrections` is then looked
    at instead of the street's corrections.csv.
    """
    say(_("正在汇总数据"))
    newest = current_path(street)
    number = int(newest.stem) + 1 if newest else 1
    path = (folder or street.generations) / f"{number:06d}.draft.duckdb"
    identity = generation_id(street, active)
    facts = {
        "generation_id": identity,
        "generation_no": number,
        "built_at": datetime.now().isoformat(timespec="seconds"),
        "program_version": program_version(),
        "is_sample": street.is_sample,
        "street": street.settings["name"],
    }
    return Draft(path, identity, number, build(street, active, path, facts, corrections))


def is_stale(street: Street) -> bool:
    """Return whether the settings, code lists or the program have changed since the current generation was built.

    A street restored from its record alone (`loads/`) has no generation yet.
    """
    generation, active = current(street), loads.active_loads(street.loads)
    return generation.id != generation_id(street, active) if generation else bool(active)


def renew(street: Street) -> Generation | None:
    """Publish the same loads anew where something has changed (the caller holds the lock); None where nothing has."""
    return draft(street, loads.active_loads(street.loads)).publish() if is_stale(street) else None


def refresh(street: Street) -> Generation | None:
    """Take the lock and renew; quick where nothing has changed."""
    if not is_stale(street):
        return None
    with writer(street):
        return renew(street)


def _without(street: Street, load_id: str) -> list[loads.Load]:
    """Return the active loads but one; StreetError where that one is none of them."""
    active = loads.active_loads(street.loads)
    if load_id not in {load.id for load in active}:
        known = "、".join(load.id for load in active) or _("无")
        message = _("没有这个有效批次：{load}").format(load=load_id)
        raise StreetError(message, remedy=_("现有批次：{known}").format(known=known))
    return [load for load in active if load.id != load_id]


def undo(street: Street, load_id: str) -> Generation:
    """Publish the next generation without one load; the load's folder stays on record as undone."""
    _without(street, load_id)  # a street that has not begun is not made by asking for an undo
    with writer(street):
        generation = draft(street, _without(street, load_id)).publish()
        said = f"{getpass.getuser()}\t{datetime.now().isoformat(timespec='seconds')}"
        (street.loads / load_id / loads.UNDONE).write_text(said, "utf-8")
        return generation


def status(street: Street) -> dict[str, Any]:
    """Return what the street holds: its generation, its loads (undone ones too), its open checks and idle corrections."""
    generation = current(street)
    active = {load.id for load in loads.active_loads(street.loads)}
    checks = "select check_id, title, severity, found from intake.check_result where found > 0 order by check_id"
    found = read_rows(generation.path, checks) if generation else []
    return {
        "street": street.settings["name"],
        "sample": street.is_sample,
        "generation": generation.id if generation else None,
        "generation_no": generation.number if generation else None,
        "loads": [{**load.receipt, "active": load.id in active} for load in loads.stored_loads(street.loads)],
        "checks": [dict(zip(("check", "title", "severity", "found"), row, strict=True)) for row in found],
        "corrections": not_as_made(generation.path) if generation else [],
    }
