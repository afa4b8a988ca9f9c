"""Documents become files: each ending by its writer, all of a call or none, never over a file that stands there unasked."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from briefing.request import Request
from briefing.writers import WRITERS
from etl.errors import FileError, QuestionError
from metrics.scope import communities
from metrics.warehouse import open_current

Files = dict[Path, bytes]


def endings_of(text: str) -> tuple[str, ...]:
    """Return the endings that docx,pdf or 「.docx .pdf」 name; QuestionError names those there are."""
    return tuple(dict.fromkeys(_ending(word) for word in text.replace("，", ",").replace(" ", ",").split(",") if word))


def _ending(word: str) -> str:
    ending = "." + word.lower().lstrip(".")
    if ending not in WRITERS:
        message = _("不能写成“{text}”文件").format(text=word)
        raise QuestionError(message, remedy=_("可用：{names}").format(names="、".join(WRITERS)), code="unknown_ending")
    return ending


def of_all_communities(street: Path, request: Request) -> list[Request]:
    """Return one request per community of the street, in official order."""
    return [replace(request, community=community.id) for community in communities(open_current(street))]


def check_free(paths: Iterable[Path]) -> None:
    """Refuse to write over a file that stands there: a clerk may have edited it."""
    if there := next((path for path in paths if path.exists()), None):
        remedy = _("请换一个文件名，或加 --overwrite 覆盖它")
        raise FileError(_("文件已经有了，不会覆盖"), file=there.name, remedy=remedy, code="file_there")


def keep_files(files: Mapping[Path, bytes], may_overwrite: bool = False) -> None:
    """Write every file or none; FileError where one stands there already or the disk refuses."""
    if not may_overwrite:
        check_free(files)
    beside = {path: path.with_name(f".{path.name}.{secrets.token_hex(4)}") for path in files}
    new = {path: name.with_suffix(".new") for path, name in beside.items()}
    old = {path: name.with_suffix(".old") for path, name in beside.items() if path.exists()}
    try:
        for path, content in files.items():
            with _writing(path):
                new[path].write_bytes(content)
        _place(new, old)
    finally:
        for rest in (*new.values(), *old.values()):
            with suppress(OSError):
                rest.unlink(missing_ok=True)


def _place(new: Mapping[Path, Path], old: Mapping[Path, Path]) -> None:
    """Put every new file in its place; on a failure everything stands as it stood before."""
    placed: list[Path] = []
    try:
        for path, made in new.items():
            with _writing(path):
                if path in old:
                    shutil.copy2(path, old[path])  # a copy: at no moment is there no file
                os.replace(made, path)
            placed.append(path)
    except FileError:
        for path in placed:
            with suppress(OSError):
                os.replace(old[path], path) if path in old else path.unlink()
        raise


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn what forbids writing into a sentence: mostly Word holds last time's copy open."""
    try:
        yield
    except OSError as error:
        remedy = _("请检查文件夹是否存在、能否写入，并关闭已打开的同名文件")
        raise FileError(_("不能写入这个文件"), file=path.name, remedy=remedy, code="not_written") from error


def folder_like(path: Path) -> Path:
    """Return a path that is a folder or can become one; FileError where a file stands there."""
    with _writing(path):
        if path.exists() and not path.is_dir():
            raise NotADirectoryError(path)
    return path


def folder_of(path: Path) -> Path:
    """Return a folder to write into, made where it is not there; FileError where it cannot be one."""
    with _writing(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def read_file(path: Path) -> bytes:
    """Return a file's bytes; FileError where there is none to read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(_("找不到或打不开这个文件"), file=path.name, remedy=_("请检查路径")) from error
