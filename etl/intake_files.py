"""The files of one call: opened, hashed, recognised; each with its sheets, or with the reason why it cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

import polars as pl

from etl.codelist import CodeLists
from etl.errors import AtlasError, LedgerError
from etl.files import digest_of
from etl.instructions import Instructions
from etl.jobs.progress import say
from etl.mending.original import originals_of
from etl.recognise import NotALedger, Sheet, read_and_recognise_all
from etl.record.questions import Question
from etl.reporting import Reporting, aliases_of, reporting_of
from etl.sheets.mapping import Mapping
from etl.sheets.unseen import without_unseen


@dataclass
class FileIntake:
    """One file: what was found in it, or why it could not be taken.

    `originals`: the hashes of the files that it stands for, where it is a mended 批注件.
    """

    name: str
    path: Path
    sha256: str
    left_out: bool = False
    sheets: list[Sheet | NotALedger] = field(default_factory=list)
    error: AtlasError | None = None
    originals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Intake:
    """All files of one call after cleaning: per file and sheet the counts, per ledger the rows.

    `mappings`: the hash of the text of every saved mapping in use, by title.
    """

    files: list[FileIntake]
    passed_over: list[str]
    ledgers: dict[str, pl.DataFrame]
    bad: pl.DataFrame
    sheets: dict[int, dict[str, Any]]
    is_sample: bool
    passed_over_reasons: dict[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    differences: list[dict[str, Any]] = field(default_factory=list)
    mappings: dict[str, str] = field(default_factory=dict)


def _distinct(found: list[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """Return the files under names of their own: in a receipt a row is found by its file's name."""
    named: dict[str, Path] = {}
    for name, path in found:
        offered = (name, f"{path.parent.name}/{name}", *(f"{number}/{name}" for number in range(2, len(found) + 2)))
        named[next(text for text in offered if text not in named)] = path
    return list(named.items())


def open_files(
    found: list[tuple[str, Path]], known: set[str], instructions: Instructions, mappings: tuple[Mapping, ...]
) -> list[FileIntake]:
    """Hash and read the files; one whose bytes are in an active load (or came before in this call) is left out."""
    files, seen = [], set(known)
    for name, path in _distinct(found):
        digest = digest_of(path)
        files.append(FileIntake(name, path, digest, left_out=digest in seen, originals=originals_of(path)))
        seen.add(digest)
    wanted = [file for file in files if not file.left_out]
    results = read_and_recognise_all(((file.path, file.name) for file in wanted), instructions, mappings)
    for number, (file, result) in enumerate(zip(wanted, results, strict=True), start=1):
        say(_("已读取第{number}个文件（共{all}个）：{file}").format(number=number, all=len(wanted), file=file.name))
        if isinstance(result, AtlasError):
            file.error = result
        else:
            leave_out = instructions.leave_out
            file.sheets = [without_unseen(s, leave_out) if isinstance(s, Sheet) else s for s in result]
    return files


def _no_ledger(file: FileIntake) -> AtlasError | None:
    """Return why a readable file is no ledger, or None when at least one sheet is."""
    if file.error or file.left_out or any(isinstance(sheet, Sheet) for sheet in file.sheets):
        return file.error
    reasons = "；".join(dict.fromkeys(s.reason for s in file.sheets if isinstance(s, NotALedger)))
    message = _("没有可识别的台账（{reasons}）").format(reasons=reasons)
    remedy = _("请对照台账样式检查表头，或先删去本文件再导入")
    if any(s.proposals for s in file.sheets):  # so near a ledger that confirming a few headers is enough
        remedy = _("请在台账管理页确认表头，或用 --mapping 给出表头对应方案")
    sheet = file.sheets[0].sheet if len(file.sheets) == 1 else None
    return LedgerError(message, file=file.name, sheet=sheet, code="not_a_ledger", remedy=remedy)


def take(
    files: list[FileIntake], codes: CodeLists, as_of: date | None, street: str
) -> tuple[list[Sheet], list[Reporting]]:
    """Return the ledger sheets with unit and time; a file that lacks its time gets its error."""
    sheets: list[Sheet] = []
    reportings: list[Reporting] = []
    aliases = aliases_of(codes)
    for file in files:
        file.error = _no_ledger(file)
        if file.error:
            continue
        try:
            found = [sheet for sheet in file.sheets if isinstance(sheet, Sheet)]
            when = [reporting_of(sheet, aliases, as_of, street) for sheet in found]
        except AtlasError as error:
            error.file = file.name
            file.error = error
            continue
        sheets += found
        reportings += when
    return sheets, reportings


def is_sample(files: list[FileIntake]) -> bool:
    """Return whether the files are example data; a mixture is refused."""
    marks = {
        file.name: any(s.heading.is_sample for s in file.sheets if isinstance(s, Sheet))
        for file in files
        if not file.left_out and not file.error
    }
    if len(set(marks.values())) > 1:
        real = next(name for name, is_marked in marks.items() if not is_marked)
        message = _("示例台账和真实台账不能一起导入")
        raise LedgerError(message, file=real, code="mixed", remedy=_("请分开，各放一个街道文件夹"))
    return any(marks.values())
