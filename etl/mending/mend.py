"""The files that help to mend: 批注件 and 退回修改单 of one check, as the terminal and the page ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.errors import FileError
from etl.files import digest_of, found_files
from etl.mending.marked_up import locked_original, write_all_marked_up
from etl.mending.returns import write_returns

if TYPE_CHECKING:
    from etl.intake_files import Intake
    from etl.street import Street


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """Turn what forbids writing into a sentence: mostly Excel holds last time's copy open."""
    try:
        yield
    except OSError as error:
        remedy = _("请关闭已打开的同名文件，或换一个文件夹")
        raise FileError(_("不能写入这个文件夹"), file=out.name, remedy=remedy, code="not_written") from error


def marked_up(intake: Intake, paths: list[Path], out: Path) -> dict[str, Any]:
    """Write the 批注件 of every file with a bad cell; return their paths and the errors of those that cannot have one.

    The files are looked up again, for a zip's members were there only while they were read; without passwords, so that
    what came out of a locked zip is not found and not written out unlocked.
    """
    names = {file.sha256: file.name for file in reversed(intake.files)}
    with _writing(out), found_files(paths) as found:
        digests = [(digest_of(path), path) for _name, path in found.files]
        files = {names[digest]: path for digest, path in digests if digest in names}
        written, refused = write_all_marked_up(intake, files.items(), out)
    refused += [locked_original(name) for name in sorted(set(intake.bad.get_column("file")) - set(files))]
    return {"marked_up": [str(path) for path in written], "not_marked_up": [error.as_dict() for error in refused]}


def returns(intake: Intake, street: Street, out: Path, deadline: date | None) -> dict[str, Any]:
    """Write one 退回修改单 per community; return their paths."""
    with _writing(out):
        return {"returns": [str(path) for path in write_returns(intake, street, out, deadline)]}


def mend_text(answer: dict[str, Any]) -> list[str]:
    """Return what was written, as lines for the terminal."""
    lines = []
    for name, said in (("marked_up", _("批注件{n}份：{files}")), ("returns", _("退回修改单{n}份：{files}"))):
        if name in answer:
            files = "、".join(Path(path).name for path in answer[name]) or _("没有需要修改的")
            lines.append(said.format(n=len(answer[name]), files=files))
    lines += [f"{e['file']}：{e['message']}。{e['remedy']}" for e in answer.get("not_marked_up", ())]
    return lines
