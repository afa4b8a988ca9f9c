"""The issued documents: one folder each in the street's `briefings/`, with the document and its files, never overwritten.

An issue is written into a draft folder and renamed to its number, a name that never existed; a killed one leaves only a
draft, which the next issue sweeps up. Issues are no part of a generation and change no number.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from briefing.model import Document
from briefing.record import as_json, from_json
from etl.errors import StreetError
from etl.jobs.disk import disk_errors, remove_tree, write_whole
from metrics.question import Audience

FOLDER, FACTS, DOCUMENT, DRAFT = "briefings", "issued.json", "document.json", ".draft"
LOCK_SECONDS = 10


@dataclass(frozen=True)
class Issued:
    """One issue as it went out: `files` says each file's name and hash by its ending, `issued_on` the day it was kept."""

    number: int
    kind: str
    title: str
    issue_no: str
    month: date
    community_id: str
    community: str
    topic: str
    audience: Audience
    generation_no: int
    generation_id: str
    issued_on: date
    by: str
    files: Mapping[str, tuple[str, str]]
    folder: Path


def issue(street: Path, document: Document, files: Mapping[str, bytes], by: str = "") -> Issued:
    """Keep a document with its files (by ending: `{".docx": …}`) under the next number."""
    if not street.is_dir():
        raise StreetError(_("街道文件夹还没有建立"), remedy=_("请先导入台账"), code="no_street")
    folder = street / FOLDER
    with disk_errors():
        folder.mkdir(exist_ok=True)
        with _lock(folder):
            number = max((int(path.name) for path in _numbered(folder)), default=0) + 1
            draft = folder / f"{number:04d}{DRAFT}"
            draft.mkdir()
            try:
                _write(draft, document, files, by)
                draft.rename(folder / f"{number:04d}")
            except BaseException:
                remove_tree(draft)
                raise
            _sync(folder)
    return _read(folder / f"{number:04d}")


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the archive's lock and sweep up what a killed issue left."""
    try:
        with FileLock(folder / ".lock", timeout=LOCK_SECONDS):
            for draft in folder.glob(f"*{DRAFT}"):
                remove_tree(draft)
            yield
    except Timeout as error:
        raise StreetError(_("另一个窗口正在存档"), remedy=_("请稍候再试"), code="busy") from error


def _write(draft: Path, document: Document, files: Mapping[str, bytes], by: str) -> None:
    content = json.dumps(as_json(document), ensure_ascii=False, indent=1).encode()
    named = {DOCUMENT: content} | {document.file_name(ending): found for ending, found in files.items()}
    for name, found in named.items():
        write_whole(draft / name, found)
    kept = {ending: [document.file_name(ending), _hash(found)] for ending, found in files.items()}
    facts = _facts(document, by) | {"document": _hash(content), "files": kept}
    write_whole(draft / FACTS, json.dumps(facts, ensure_ascii=False, indent=1).encode())
    for path in (*draft.iterdir(), draft):
        _sync(path)


def _facts(document: Document, by: str) -> dict[str, Any]:
    """Return what the list of issues says of a document."""
    names = ("kind", "title", "community_id", "community", "topic", "audience", "generation_no", "generation_id")
    dated = {"month": f"{document.month}", "issued_on": f"{date.today()}"}
    return {name: getattr(document, name) for name in names} | dated | {"issue_no": document.head.issue_no, "by": by}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sync(path: Path) -> None:
    """Have the disk keep a file or folder before anything is built on it."""
    if os.name != "posix":  # a folder cannot be opened for syncing on Windows
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _numbered(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.name.isdecimal())


def issued(street: Path) -> tuple[Issued, ...]:
    """Return what was issued, the newest first; StreetError where an issue's record is damaged."""
    return tuple(_read(path) for path in sorted(_numbered(street / FOLDER), key=lambda p: int(p.name), reverse=True))


def _damaged(path: Path) -> StreetError:
    message = _("存档的文件已损坏或被改动")
    remedy = _("请从备份中恢复这个文件夹，或把它移出 briefings 文件夹")
    return StreetError(message, file=f"{FOLDER}/{path.parent.name}/{path.name}", remedy=remedy, code="issue_damaged")


def _read(folder: Path) -> Issued:
    try:
        facts = json.loads((folder / FACTS).read_text("utf-8"))
        days = {name: date.fromisoformat(facts[name]) for name in ("month", "issued_on")}
        files = {ending: (name, digest) for ending, (name, digest) in facts["files"].items()}
        said = {name: facts[name] for name in Issued.__dataclass_fields__ if name in facts}
        return Issued(**{**said, **days, "files": files, "number": int(folder.name), "folder": folder})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder / FACTS) from error


def _kept(path: Path, digest: str) -> bytes:
    """Return a kept file; StreetError where it is not as it was issued."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _damaged(path) from error
    if _hash(content) != digest:
        raise _damaged(path)
    return content


def file_of(issued: Issued, ending: str) -> bytes:
    """Return one of an issue's files as it went out; StreetError where somebody has changed it."""
    name, digest = issued.files[ending]
    return _kept(issued.folder / name, digest)


def document_of(issued: Issued) -> Document:
    """Return an issue's document as it went out; StreetError where the archive is damaged."""
    try:
        digest = json.loads((issued.folder / FACTS).read_text("utf-8"))["document"]
        return from_json(json.loads(_kept(issued.folder / DOCUMENT, digest)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(issued.folder / DOCUMENT) from error
