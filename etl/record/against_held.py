"""One call set against what its street holds: what stays, what does not fit, what has to be asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from gettext import gettext as _

import polars as pl

from etl.errors import LedgerError
from etl.instructions import Instructions
from etl.intake_files import FileIntake
from etl.ledger import ledger_kinds
from etl.recognise import Sheet
from etl.record import loads
from etl.record import questions as asked
from etl.record.differences import Compared
from etl.record.holdings import Part, holdings
from etl.record.questions import Question
from etl.sheets.mapping import Mapping, export_mapping
from etl.street import Street
from etl.values.reasons import reason_of


def held_parts(street: Street, files: list[FileIntake], again: bool) -> tuple[list[Part], list[Part]]:
    """Return what the active loads hold that stays, and the files that this call's mended copies stand for.

    With `again`, a load that holds one of the files counts as if it were not there.
    """
    stored = loads.stored_loads(street.loads)
    active = [load for load in stored if not load.is_undone]
    here = {file.sha256 for file in files}
    passed = {load.id for load in active if again and load.taken & here}
    mended = {digest for file in files for digest in file.originals}
    kept = [load for load in active if load.id not in passed]
    parts = holdings(kept, [load for load in stored if load.id not in passed])
    return [p for p in parts if p.sha256 not in mended], [p for p in parts if p.sha256 in mended]


def used_mappings(mappings: Iterable[Mapping], sheets: list[Sheet]) -> dict[str, str]:
    """Return the hash of the text of each mapping in use: its file may be edited later, the load stays as it is."""
    titles = {sheet.mapping for sheet in sheets if sheet.mapping}
    texts = {m.title: export_mapping(m) for m in reversed(tuple(mappings)) if m.title in titles}
    return {title: hashlib.sha256(text.encode()).hexdigest() for title, text in sorted(texts.items())}


def require_registers(files: list[FileIntake], compared: list[Compared], units: dict[str, str]) -> None:
    """Give a file its error where it is a change list of a unit that has no register yet."""
    named = {file.name: file for file in files}
    for one in compared:
        group = one.group
        if group.mode == "change" and not one.has_base:
            title = ledger_kinds()[group.ledger].title
            message = _("这是{title}的增减变动表，但{unit}在{day}以前还没有全量台账").format(
                title=title, unit=units[group.unit_id], day=group.as_of
            )
            file, sheet = group.sheets[0]["file"], group.sheets[0]["sheet"]
            remedy = _("请先导入全量的{title}，再导入变动表").format(title=title)
            named[file].error = LedgerError(message, file=file, sheet=sheet, code="no_register", remedy=remedy)


def doubtful_rows(compared: list[Compared]) -> list[pl.DataFrame]:
    """Return the warnings on rows that do not fit what is held: of change lists, and of events told later already."""
    frames = []
    for one in compared:
        if one.doubtful is not None and len(one.doubtful):
            texts = {code: reason_of(code).sentence for code in ("change_exists", "change_unknown", "later_period")}
            reason = pl.col("code").replace_strict(texts).alias("reason")
            frames.append(one.doubtful.with_columns(reason, pl.lit("warning").alias("severity")))
    return frames


def questions_of(
    files: list[FileIntake],
    compared: list[Compared],
    parts: list[Part],
    units: dict[str, str],
    street: Street,
    instructions: Instructions,
) -> list[Question]:
    """Return every question, the hard ones first."""
    sheets = [sheet for file in files if not file.error for sheet in file.sheets if isinstance(sheet, Sheet)]
    lost = [one for file in files for one in asked.unmapped(file.name, file.sheets, file.error)]
    return [
        *lost,
        *asked.vanish(compared, street.settings["vanish_share"], street.settings["vanish_rows"]),
        *asked.replacements(compared, parts, units),
        *asked.unseen(sheets, instructions.leave_out),
        *asked.unnamed_crs(sheets, instructions.crs),
    ]
