"""Which files a call means: those named, every ledger below the folders named, and what zips of ledgers hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.errors import FileError, LedgerError
from etl.formats.file_kinds import is_temporary, why_passed_over
from etl.formats.zips import Unpacker, is_archive
from etl.instructions import SAYS_NOTHING, Instructions

NESTED = 1  # zips inside a zip are opened, those inside them are not


@dataclass
class Found:
    """The (name to show, path) of every file to read, in order, and the (name, reason) of those passed over."""

    files: list[tuple[str, Path]] = field(default_factory=list)
    passed_over: list[tuple[str, str]] = field(default_factory=list)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; of its path where it cannot be opened: reading it then says why."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return hashlib.sha256(str(path).encode()).hexdigest()


@contextmanager
def found_files(paths: list[Path], instructions: Instructions = SAYS_NOTHING) -> Iterator[Found]:
    """Find what a call means; members of zips are unpacked into a folder that is gone at the end.

    A zip that cannot be unpacked stays in the list by itself: reading it says why. LedgerError where nothing is found.
    """
    found = Found()
    with TemporaryDirectory(prefix="union-atlas-") as folder:
        unpacker = Unpacker(Path(folder), instructions)
        for path in paths:
            if path.is_dir():
                for file in sorted(item for item in path.rglob("*") if item.is_file()):
                    name = str(file.relative_to(path))
                    _take(found, name, file, why_passed_over(name), unpacker)
            elif path.is_file():
                reason = why_passed_over(path.name) if is_temporary(path.name) else None
                _take(found, path.name, path, reason, unpacker)  # its own error is told, whatever else it is
            else:
                raise LedgerError(_("找不到这个文件或文件夹"), file=path.name, remedy=_("请检查路径"))
        if not found.files:
            message, remedy = _("没有找到可导入的文件"), _("只读取 .xlsx、.xls、.csv 等台账文件和 .zip 压缩包")
            raise LedgerError(message, file="、".join(path.name for path in paths), code="no_files", remedy=remedy)
        yield found


def _take(found: Found, name: str, path: Path, reason: str | None, unpacker: Unpacker, depth: int = 0) -> None:
    """Put a file where it belongs: passed over, read, or opened."""
    if reason is None and depth > NESTED and is_archive(path):
        reason = _("压缩包套了两层以上，请先解压")
    if reason is not None:
        found.passed_over.append((name, reason))
    elif is_archive(path):
        _take_members(found, name, path, unpacker, depth)
    else:
        found.files.append((name, path))


def _take_members(found: Found, name: str, path: Path, unpacker: Unpacker, depth: int) -> None:
    """Take what a zip holds; the zip itself where that fails or yields nothing, for its error is told when it is read."""
    inside = Found()
    try:
        for member, content in unpacker.members(path, name):
            _take(inside, f"{name}/{member}", content, why_passed_over(member), unpacker, depth + 1)
    except FileError:
        inside = Found()
    if inside.files:
        found.files += inside.files
        found.passed_over += inside.passed_over
    else:
        found.files.append((name, path))
