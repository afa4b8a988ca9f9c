"""Which files a call means: those named, and every ledger below the folders named."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from etl.errors import LedgerError

SUFFIXES = {".xlsx", ".xls", ".csv"}
PASSED_OVER = (".", "~$")  # hidden by the system, or written by Excel while a file is open


def find_files(paths: list[Path]) -> tuple[list[tuple[str, Path]], list[str]]:
    """Return (name, path) of every file to read, in order, and the names of those passed over."""
    found: list[tuple[str, Path]] = []
    passed_over: list[str] = []
    for path in paths:
        if path.is_dir():
            for file in sorted(item for item in path.rglob("*") if item.is_file()):
                inside = file.relative_to(path)
                if file.suffix.lower() in SUFFIXES and not any(part.startswith(PASSED_OVER) for part in inside.parts):
                    found.append((str(inside), file))
                else:
                    passed_over.append(str(inside))
        elif path.is_file():
            found.append((path.name, path))
        else:
            raise LedgerError(_("找不到这个文件或文件夹"), file=path.name, remedy=_("请检查路径"))
    if not found:
        message, remedy = _("没有找到可导入的文件"), _("只读取 .xlsx、.xls、.csv 文件")
        raise LedgerError(message, file="、".join(path.name for path in paths), code="no_files", remedy=remedy)
    return found, passed_over
