"""Templates that have just arrived → filled workbooks: each by the terminal's own `fill`, in a child process with bounds."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from etl.errors import AtlasError, FileError
from etl.jobs import staging, supervise
from etl.jobs.supervise import Limits

LIMITS = Limits(seconds=120)
MOST_FILES = 12  # at once: each takes a second or two, and the page waits for all


@dataclass(frozen=True)
class Done:
    """One template: its name, the filled workbook (None where it could not be filled), what `fill --json` said."""

    name: str
    content: bytes | None
    answer: dict[str, Any]

    @property
    def out_name(self) -> str:
        """Return the filled workbook's file name; the sample's mark is part of it."""
        path = PurePath(self.name)
        mark = _("已填，示例数据 非真实情况") if self.answer.get("is_sample") else _("已填")
        return f"{path.stem}（{mark}）{path.suffix}"


def fill_job(street: Path, job_id: str) -> tuple[Done, ...]:
    """Fill the files of an upload; the upload itself is not kept. Nothing where it is gone (another window had it)."""
    job = staging.find_job(street, job_id)
    if job is None or job.state != staging.WAITING:
        return ()
    try:
        found = [fill_file(street, job.originals / file.name, file.given) for file in job.files[:MOST_FILES]]
        return (*found, *(Done(file.given, None, _too_many(file.given)) for file in job.files[MOST_FILES:]))
    finally:
        staging.discard(job)


def fill_file(street: Path, template: Path, name: str) -> Done:
    """Fill one template; what is wrong with it is in the answer, under its own name."""
    with TemporaryDirectory(prefix=f"{supervise.TEMPORARY}{os.getpid()}-") as folder:
        out = Path(folder) / f"out{template.suffix}"
        words = ["fill", str(template), "--out", str(out), "--json", "--street", str(street)]
        outcome = supervise.run(supervise.worker_command(words), limits=LIMITS)
        answer = _trouble(outcome) or json.loads(outcome.stdout)
        if "error" in answer:
            answer["error"]["file"] = name
            return Done(name, None, answer)
        return Done(name, out.read_bytes(), answer)


def _too_many(name: str) -> dict[str, Any]:
    message = _("一次最多填{n}份模板，这一份没有填").format(n=MOST_FILES)
    return {"error": FileError(message, file=name, remedy=_("请分几次上传"), code="too_many").as_dict()}


def _trouble(outcome: supervise.Outcome) -> dict[str, Any] | None:
    """Return as an answer why the child was stopped, None where it ended by itself."""
    messages = {
        "memory": _("读取这份模板用的内存过多，已停止"),
        "time": _("填这份模板超过{n}分钟，已停止").format(n=f"{LIMITS.seconds / 60:g}"),
        "crashed": _("读取模板的程序中途退出，可能是文件损坏"),
    }
    if outcome.reason is None:
        return None
    remedy = _("请用 Excel 打开，另存为 .xlsx 再试")
    return {"error": FileError(messages[outcome.reason], remedy=remedy, code=outcome.reason).as_dict()}


def error_of(done: Done) -> AtlasError | None:
    """Return what a template came to grief with."""
    said = done.answer.get("error")
    return AtlasError(**said) if said else None
