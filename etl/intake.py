"""Files → one load: find, read, recognise, map, clean, locate; every row gets its fate, every file its receipt."""

from __future__ import annotations

import getpass
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from etl import fates, generations
from etl.codelist import CodeLists
from etl.errors import StreetError
from etl.files import found_files
from etl.instructions import Instructions
from etl.intake_files import Intake, is_sample, open_files, take
from etl.jobs.progress import say
from etl.ledger import ledger_kinds
from etl.read import collector_paused
from etl.record import loads
from etl.record.against_held import doubtful_rows, held_parts, questions_of, require_registers, used_mappings
from etl.record.differences import compare_all, difference, groups_of
from etl.record.questions import Question
from etl.record.receipt import file_entries as file_entries
from etl.record.receipt import receipt_of
from etl.record.receipt import totals as totals
from etl.reporting import STREET
from etl.sheets.mapping import load_mappings
from etl.street import DEFAULTS, KEY_FILE, Street, found_street, keep_secret, open_street

log = logging.getLogger(__name__)
SAYS_NOTHING = Instructions()


def check(paths: list[Path], street: Street, instructions: Instructions = SAYS_NOTHING, again: bool = False) -> Intake:
    """Read and clean the files without keeping anything; errors of a file are kept with the file.

    With `again`, a file that is in an active load is read nevertheless, as if that load were not there.
    """
    known = {digest for load in loads.active_loads(street.loads) for digest in load.taken}
    mappings = load_mappings(street.path / "mappings", instructions.mappings)
    with found_files(paths, instructions) as found:  # a zip's members are there as long as this
        files = open_files(found.files, set() if again else known, instructions, mappings)
    codes = CodeLists.load(street=street.path / "codes")
    sheets, reportings = take(files, codes, instructions.as_of, street.settings["name"])
    parts, superseded = held_parts(street, files, again)
    say(_("正在校验{n}个工作表").format(n=len(sheets)))
    result = fates.decide(sheets, reportings, codes, street, parts, instructions)
    units = {STREET: street.settings["name"], **{code: f"{name}社区" for code, name in codes.titles("community")}}
    for entry in result.sheets.values():
        entry["unit"] = units[entry["unit_id"]]
        entry["replaces"] = entry["mode"] == "event" and instructions.agrees("replace", entry["source"].file)
    entries = [{**entry, "file": entry["source"].file} for _number, entry in sorted(result.sheets.items())]
    say(_("正在与已入库的数据比较"))
    compared = compare_all(groups_of(entries), result.ledgers, parts, superseded)
    require_registers(files, compared, units)
    marked = is_sample(files)
    for file in files:
        file.left_out |= file.sha256 in known
    reasons = dict(found.passed_over)
    return Intake(
        files,
        list(reasons),
        result.ledgers,
        pl.concat([result.bad, *doubtful_rows(compared)], how="diagonal"),
        result.sheets,
        marked,
        reasons,
        tuple(questions_of(files, compared, parts, units, street, instructions)),
        [
            difference(one, units[one.group.unit_id])
            for one in compared
            if not ledger_kinds()[one.group.ledger].aggregate
        ],
        used_mappings(mappings, sheets),
    )


def _raise_first_error(intake: Intake, instructions: Instructions) -> None:
    """Raise the first file's error, else the first hard question that is not answered."""
    errors = [file.error for file in intake.files if file.error]
    open_ = [q for q in intake.questions if q.is_hard and not instructions.agrees(q.id, q.file)]
    for error in [*errors, *(question.as_error() for question in open_)]:
        raise error


def _refuse_mixture(intake: Intake, street: Street) -> None:
    taken = [file for file in intake.files if not file.left_out]
    if street.exists and taken and intake.is_sample != street.is_sample:
        message = _("这是示例台账，不能导入真实数据的街道") if intake.is_sample else _(
            "这不是示例台账，不能导入示例街道")  # fmt: skip
        remedy = _("请用 --street 指定另一个文件夹")
        raise StreetError(message, file=taken[0].name, code="mixed", remedy=remedy)


@dataclass(frozen=True)
class LoadResult:
    """What a load did: its receipt (load None where every file was there already) and the generation.

    `is_renewed`: no file was new, but the street's settings or the program had changed since the last build.
    `questions` are those that the load went through with.
    """

    receipt: dict[str, Any]
    generation: generations.Generation | None
    is_renewed: bool = False
    stopped_by: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


def load(
    paths: list[Path], street_path: Path, instructions: Instructions = SAYS_NOTHING, strict: bool = False
) -> LoadResult:
    """Bring the files in as one load and publish; all or nothing.

    With `strict`, a check that finds rows stops the load (nothing is published, `stopped_by` names them).
    """
    street = open_street(street_path)
    with generations.writer(street), collector_paused():
        intake = check(paths, street, instructions)
        _raise_first_error(intake, instructions)
        _refuse_mixture(intake, street)
        receipt = receipt_of(intake, getpass.getuser(), instructions)
        if all(file.left_out for file in intake.files):
            renewed = generations.renew(street)
            return LoadResult({**receipt, "load": None}, renewed or generations.current(street), renewed is not None)
        with _founded(street, intake.is_sample) as founded:
            return replace(_publish(founded, intake, receipt, strict), questions=intake.questions)


@contextmanager
def _founded(street: Street, marked: bool) -> Iterator[Street]:
    """Give the street its folder's files where this is its first load, and take them back where nothing comes of it."""
    own = [street.path / name for name in ("street.yml", KEY_FILE)]
    before = {path: path.read_bytes() if path.exists() else None for path in own}
    try:
        founded = street if street.exists else found_street(street.path, marked, street.secret())
        keep_secret(founded)
        yield founded
    finally:
        if not street.exists and not any(street.loads.glob("[0-9]*")):
            for path, content in before.items():
                path.write_bytes(content) if content is not None else path.unlink(missing_ok=True)


def _stage(folder: Path, street: Street, intake: Intake, receipt: dict[str, Any]) -> loads.Load:
    """Write the load's folder into `folder` under a draft's name."""
    load_id = loads.new_load_id(street.loads, receipt["content_hash"])
    receipt = {"load": load_id, **receipt}
    path = folder / f"{load_id}{loads.DRAFT}"
    loads.stage(path, receipt, intake.ledgers, intake.bad)
    return loads.Load(load_id, path, receipt)


def _publish(street: Street, intake: Intake, receipt: dict[str, Any], strict: bool) -> LoadResult:
    staged = _stage(street.loads, street, intake, receipt)
    draft = generations.draft(street, [*loads.active_loads(street.loads), staged])
    found = tuple(result.check.title for result in draft.checks if result.found)
    if strict and found:
        draft.discard()
        loads.sweep(street.loads, None)
        return LoadResult(staged.receipt, generations.current(street), stopped_by=found)
    generation = draft.publish()
    loads.settle(staged.path)
    return LoadResult(staged.receipt, generation)


def preview(
    paths: list[Path], street: Street, instructions: Instructions, folder: Path
) -> tuple[Intake, generations.Draft | None]:
    """Check the files as a load would, and build in `folder` the generation that it would publish.

    The draft is None where there is nothing to publish: a file has an error, a hard question is not answered, or every
    file is there already. Nothing is written to the street's folder.
    """
    with collector_paused():
        intake = check(paths, street, instructions)
        asked = any(q.is_hard and not instructions.agrees(q.id, q.file) for q in intake.questions)
        if asked or any(file.error for file in intake.files) or all(file.left_out for file in intake.files):
            return intake, None
        _refuse_mixture(intake, street)
        receipt = receipt_of(intake, getpass.getuser(), instructions)
        staged = _stage(folder, street, intake, receipt)
        as_is = street if street.exists else _not_yet_founded(street, intake.is_sample)
        return intake, generations.draft(as_is, [*loads.active_loads(street.loads), staged], folder)


def _not_yet_founded(street: Street, marked: bool) -> Street:
    """Return the street as its first load would found it."""
    own = yaml.safe_load((DEFAULTS / "sample.yml").read_text("utf-8")) if marked else {"sample": False}
    return replace(street, settings={**street.settings, **own})


def kind_titles() -> dict[str, str]:
    """Return the Chinese title of every ledger kind."""
    return {kind.id: kind.title for kind in ledger_kinds().values()}
