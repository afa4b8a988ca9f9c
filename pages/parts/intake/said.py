"""What the clerk has answered about one import, and whether it is enough to go on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from etl.instructions import Instructions, parse_instructions
from etl.jobs.disk import disk_errors, write_whole
from etl.jobs.staging import Job

Preview = dict[str, Any]
FILE = "said.json"  # in the job's folder: what the last check was told, without passwords
READING = ("as_of", "crs", "leave_out", "agreed")  # an answer to one of these changes what the check finds
ASKED_ALONE = {"vanish", "replace"}  # answered file by file
NO_DATE, PASSWORD = "no_date", "password"
ASKED_OF_ALL = {NO_DATE, PASSWORD}  # errors that an answer mends


@dataclass(frozen=True)
class Said:
    """The clerk's answers, as `etl/instructions.py` names them.

    `agreed`: questions answered with yes; `answered`: those answered at all (追加更新 is no 替换, but an answer).
    `received_on` is asked beside 确认入库 and changes nothing that is read. Passwords are never written anywhere; `has_new_password`: one was typed since the last check.
    """

    as_of: str | None = None
    crs: str | None = None
    leave_out: frozenset[str] = frozenset()
    agreed: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)
    has_new_password: bool = False
    received_on: str | None = None

    def instructions(self) -> Instructions:
        """Return the answers as the worker takes them."""
        return parse_instructions({**self.told(), "passwords": dict(self.passwords)})

    def told(self) -> Preview:
        """Return the answers but the passwords as JSON; what was not answered is left out."""
        said: Preview = {
            "as_of": self.as_of,
            "crs": self.crs,
            "leave_out": sorted(self.leave_out),
            "agreed": sorted(self.agreed),
            "received_on": self.received_on,
        }
        return {name: value for name, value in said.items() if value}

    def changes_reading(self, before: Preview) -> bool:
        """Return whether the files must be read again; `before` are the instructions of the last check."""
        now = self.told()
        return self.has_new_password or any(now.get(name) != before.get(name) for name in READING)


def key_of(question: Preview) -> str:
    """Return a question's id for its file, as instructions name it."""
    return f"{question['id']}:{question['file']}"


def errors_of(preview: Preview) -> list[tuple[str, Preview]]:
    """Return (file, error) of every file that could not be taken."""
    return [(file["file"], file["error"]) for file in preview["files"] if file.get("error")]


def blockers(preview: Preview, said: Said, before: Preview) -> list[str]:
    """Return why the import cannot be confirmed yet, as sentences; empty where it can."""
    found = []
    if said.changes_reading(before):
        found.append(_("回答已改变，请先点“按回答重新核对”。"))
    found += _file_blockers({error["code"] for _file, error in errors_of(preview)})
    open_questions = [q for q in preview["questions"] if q["id"] in ASKED_ALONE and key_of(q) not in said.answered]
    if open_questions:
        found.append(_("还有{n}个问题没有回答。").format(n=len(set(map(key_of, open_questions)))))
    if any(q["id"] == "mapping" for q in preview["questions"]):
        found.append(_("有工作表的表头还没有确认，请在“表头对应”中确认后保存。"))
    if not preview["differences"] and not found:
        found.append(_("这些文件已全部导入过，没有新的内容。") if _all_left_out(preview) else "")
    return [text for text in found if text]


def _file_blockers(codes: set[str]) -> list[str]:
    """Return what files wait for: a password, a day, or to be mended or given up."""
    asked = {PASSWORD: _("还没有输入文件的打开密码。"), NO_DATE: _("还没有填写数据截至日期。")}
    found = [text for code, text in asked.items() if code in codes]
    return [*found, _("有文件不能导入，请先处理，或放弃该文件。")] if codes - ASKED_OF_ALL else found


def _all_left_out(preview: Preview) -> bool:
    return bool(preview["files"]) and all(file["left_out"] for file in preview["files"])


def remembered(job: Job) -> Preview:
    """Return what a job's last check was told; a job that was never checked was told nothing."""
    try:
        found: Preview = json.loads((job.path / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return found


def remember(job: Job, said: Said) -> None:
    """Note what a check is told, so that the import can be gone on with after the browser was closed."""
    told = {**said.told(), "answered": sorted(said.answered)}
    with disk_errors():
        write_whole(job.path / FILE, json.dumps(told, ensure_ascii=False).encode())
