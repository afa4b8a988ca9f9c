"""Files → one load: find, read, recognise, map, clean, locate; every row gets its fate, every file its receipt."""

from __future__ import annotations

import getpass
import hashlib
import logging
from dataclasses import dataclass, field
from datetime import date, datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

import polars as pl

from etl import fates, generations, loads
from etl.codelist import CodeLists
from etl.errors import AtlasError, LedgerError, StreetError
from etl.files import find_files as find_files
from etl.ledger import ledger_kinds
from etl.read import collector_paused
from etl.recognise import NotALedger, Sheet, read_and_recognise_all
from etl.reporting import Reporting, aliases_of, reporting_of
from etl.street import Street, found_street, open_street
from etl.version import program_version

log = logging.getLogger(__name__)


@dataclass
class FileIntake:
    """One file: what was found in it, or why it could not be taken."""

    name: str
    path: Path
    sha256: str
    left_out: bool = False
    sheets: list[Sheet | NotALedger] = field(default_factory=list)
    error: AtlasError | None = None


@dataclass(frozen=True)
class Intake:
    """All files of one call after cleaning: per file and sheet the counts, per ledger the rows."""

    files: list[FileIntake]
    passed_over: list[str]
    ledgers: dict[str, pl.DataFrame]
    bad: pl.DataFrame
    sheets: dict[int, dict[str, Any]]
    is_sample: bool


def _open_files(found: list[tuple[str, Path]], known: set[str]) -> list[FileIntake]:
    """Hash and read the files; one whose bytes are in an active load (or came before in this call) is left out."""
    files, seen = [], set(known)
    for name, path in found:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        files.append(FileIntake(name, path, digest, left_out=digest in seen))
        seen.add(digest)
    wanted = [file for file in files if not file.left_out]
    results = read_and_recognise_all((file.path, file.name) for file in wanted)
    for file, result in zip(wanted, results, strict=True):
        if isinstance(result, AtlasError):
            file.error = result
        else:
            file.sheets = result
    return files


def _no_ledger(file: FileIntake) -> AtlasError | None:
    """Return why a readable file is no ledger, or None when at least one sheet is."""
    if file.error or file.left_out or any(isinstance(sheet, Sheet) for sheet in file.sheets):
        return file.error
    reasons = "；".join(dict.fromkeys(s.reason for s in file.sheets if isinstance(s, NotALedger)))
    message = _("没有可识别的台账（{reasons}）").format(reasons=reasons)
    remedy = _("请对照台账样式检查表头，或先删去本文件再导入")
    sheet = file.sheets[0].sheet if len(file.sheets) == 1 else None
    return LedgerError(message, file=file.name, sheet=sheet, code="not_a_ledger", remedy=remedy)


def _take(
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


def _is_sample(files: list[FileIntake]) -> bool:
    """Return whether the files are example data; a mixture is refused."""
    marks = {
        file.name: any(s.heading.is_sample for s in file.sheets if isinstance(s, Sheet))
        for file in files
        if not file.left_out and not file.error
    }
    if len(set(marks.values())) > 1:
        real = next(name for name, is_sample in marks.items() if not is_sample)
        message = _("示例台账和真实台账不能一起导入")
        raise LedgerError(message, file=real, code="mixed", remedy=_("请分开，各放一个街道文件夹"))
    return any(marks.values())


def check(paths: list[Path], street: Street, as_of: date | None = None, again: bool = False) -> Intake:
    """Read and clean the files without keeping anything; errors of a file are kept with the file.

    With `again`, a file that is in an active load is read nevertheless, as if that load were not there.
    """
    found, passed_over = find_files(paths)
    active = loads.active_loads(street.loads)
    known = {digest for load in active for digest in load.taken}
    files = _open_files(found, set() if again else known)
    if again:
        active = [load for load in active if not load.taken & {file.sha256 for file in files}]
    codes = CodeLists.load(street=street.path / "codes")
    sheets, reportings = _take(files, codes, as_of, street.settings["name"])
    result = fates.decide(sheets, reportings, codes, street, active)
    is_sample = _is_sample(files)
    for file in files:
        file.left_out |= file.sha256 in known
    return Intake(files, passed_over, result.ledgers, result.bad, result.sheets, is_sample)


def _raise_first_error(intake: Intake) -> None:
    errors = [file.error for file in intake.files if file.error]
    if errors:
        raise errors[0]


def _refuse_mixture(intake: Intake, street: Street) -> None:
    taken = [file for file in intake.files if not file.left_out]
    if street.exists and taken and intake.is_sample != street.is_sample:
        message = _("这是示例台账，不能导入真实数据的街道") if intake.is_sample else _(
            "这不是示例台账，不能导入示例街道")  # fmt: skip
        remedy = _("请用 --street 指定另一个文件夹")
        raise StreetError(message, file=taken[0].name, code="mixed", remedy=remedy)


def file_entries(intake: Intake) -> list[dict[str, Any]]:
    """Return the receipt's part on files: per sheet what it is and how its rows fared."""
    entries = []
    numbers = {id(entry["source"]): entry for entry in intake.sheets.values()}
    for file in intake.files:
        sheets = []
        for sheet in file.sheets if not file.error else []:
            if isinstance(sheet, Sheet):
                sheets.append({k: v for k, v in numbers[id(sheet)].items() if k != "source"})
            else:
                sheets.append({"sheet": sheet.sheet, "ledger": None, "reason": sheet.reason})
        entries.append({"file": file.name, "sha256": file.sha256, "left_out": file.left_out, "sheets": sheets})
    return entries


def totals(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Add up the counts of all ledger sheets."""
    sheets = [sheet for file in entries for sheet in file["sheets"] if sheet["ledger"]]
    counts: dict[str, Any] = {name: sum(sheet[name] for sheet in sheets) for name in loads.FATES}
    counts["skipped"] = {name: sum(sheet["skipped"][name] for sheet in sheets) for name in loads.SKIPPED}
    return counts


def _receipt(intake: Intake, who: str, as_of: date | None) -> dict[str, Any]:
    files = file_entries(intake)
    return {
        "loaded_at": datetime.now().isoformat(timespec="seconds"),
        "who": who,
        "program_version": program_version(),
        "content_hash": loads.content_hash(files, as_of.isoformat() if as_of else None),
        "as_of": as_of.isoformat() if as_of else None,
        "passed_over": intake.passed_over,
        "files": files,
        **totals(files),
    }


@dataclass(frozen=True)
class LoadResult:
    """What a load did: its receipt (load None where every file was there already) and the generation.

    `is_renewed`: no file was new, but the street's settings or the program had changed since the last build.
    """

    receipt: dict[str, Any]
    generation: generations.Generation | None
    is_renewed: bool = False
    stopped_by: tuple[str, ...] = ()


def load(paths: list[Path], street_path: Path, as_of: date | None = None, strict: bool = False) -> LoadResult:
    """Bring the files in as one load and publish; all or nothing.

    With `strict`, a check that finds rows stops the load (nothing is published, `stopped_by` names them).
    """
    street = open_street(street_path)
    with generations.writer(street), collector_paused():
        intake = check(paths, street, as_of)
        _raise_first_error(intake)
        _refuse_mixture(intake, street)
        receipt = _receipt(intake, getpass.getuser(), as_of)
        if all(file.left_out for file in intake.files):
            renewed = generations.renew(street)
            return LoadResult({**receipt, "load": None}, renewed or generations.current(street), renewed is not None)
        street = street if street.exists else found_street(street_path, intake.is_sample)
        return _publish(street, intake, receipt, strict)


def _publish(street: Street, intake: Intake, receipt: dict[str, Any], strict: bool) -> LoadResult:
    load_id = loads.new_load_id(street.loads, receipt["content_hash"])
    receipt = {"load": load_id, **receipt}
    folder = street.loads / f"{load_id}{loads.DRAFT}"
    loads.stage(folder, receipt, intake.ledgers, intake.bad)
    staged = loads.Load(load_id, folder, receipt)
    draft = generations.draft(street, [*loads.active_loads(street.loads), staged])
    found = tuple(result.check.title for result in draft.checks if result.found)
    if strict and found:
        draft.discard()
        loads.sweep(street.loads, None)
        return LoadResult(receipt, generations.current(street), stopped_by=found)
    generation = draft.publish()
    loads.settle(folder)
    return LoadResult(receipt, generation)


def kind_titles() -> dict[str, str]:
    """Return the Chinese title of every ledger kind."""
    return {kind.id: kind.title for kind in ledger_kinds().values()}
