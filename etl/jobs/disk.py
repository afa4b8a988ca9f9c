"""Writing to the street's folder: whole or not at all, and a full disk or a missing right is one sentence."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from gettext import gettext as _
from pathlib import Path

from filelock import Timeout

from etl.errors import StreetError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
TRIES = 20


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the disk refuses into a sentence."""
    try:
        yield
    except Timeout as error:
        raise StreetError(_("这一批文件正被另一个窗口处理"), remedy=_("请稍候再试"), code="busy") from error
    except OSError as error:
        if error.errno in FULL:
            message, remedy, code = _("磁盘空间不足，文件没有保存"), _("请清理磁盘后再试"), "disk_full"
        elif error.errno in FORBIDDEN:
            message, remedy = _("没有写入街道文件夹的权限"), _("请检查文件夹权限，或请维护人员处理")
            code = "forbidden"
        else:
            message, remedy, code = _("文件没有保存成功"), _("请检查磁盘是否正常后再试"), "disk"
        raise StreetError(message, remedy=remedy, code=code) from error


def _replace(new: Path, path: Path) -> None:
    """Put a file in another's place; on Windows a reader may hold it open for a moment."""
    for attempt in range(TRIES):
        try:
            os.replace(new, path)
            return
        except PermissionError:
            if os.name == "posix" or attempt == TRIES - 1:
                raise
            time.sleep(0.05)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that readers find the old or the new one, never half of it; for its owner alone."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(content)
        _replace(new, path)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def remove_tree(path: Path) -> None:
    """Remove a folder; what is held open (Windows) goes with the next sweep."""
    shutil.rmtree(path, ignore_errors=True)
