"""The receipt of a load: per file and sheet what it is and how its rows fared, and what was said beside the files."""

from __future__ import annotations

from datetime import datetime
from gettext import gettext as _
from typing import Any

from etl.instructions import Instructions
from etl.intake_files import Intake
from etl.recognise import Sheet
from etl.record import loads
from etl.version import program_version

ROUNDED = "rounded_to"  # of sheets whose persons are only counted: to which multiple their rows are said


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
        entry: dict[str, Any] = {"file": file.name, "sha256": file.sha256, "left_out": file.left_out}
        originals = {"originals": list(file.originals)} if file.originals else {}
        entries.append({**entry, **originals, "sheets": sheets})
    return entries


def totals(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Add up the counts of all ledger sheets."""
    sheets = [sheet for file in entries for sheet in file["sheets"] if sheet["ledger"]]
    counts: dict[str, Any] = {name: sum(sheet[name] for sheet in sheets) for name in loads.FATES}
    counts["skipped"] = {name: sum(sheet["skipped"][name] for sheet in sheets) for name in loads.SKIPPED}
    if rounded := [sheet[ROUNDED] for sheet in sheets if ROUNDED in sheet]:
        counts[ROUNDED] = max(rounded)
    return counts


def receipt_of(intake: Intake, who: str, instructions: Instructions) -> dict[str, Any]:
    """Return the receipt but for the load's id; passwords are no part of it."""
    files, said = file_entries(intake), loads.said_beside(instructions, intake.mappings)
    return {
        "loaded_at": datetime.now().isoformat(timespec="seconds"),
        "who": who,
        "program_version": program_version(),
        "content_hash": loads.content_hash(files, said),
        "said": said,
        "as_of": instructions.as_of.isoformat() if instructions.as_of else None,
        "received_on": instructions.received_on.isoformat() if instructions.received_on else None,
        "passed_over": intake.passed_over,
        "passed_over_reasons": intake.passed_over_reasons,
        "replaces_files": sorted({digest for file in intake.files for digest in file.originals if not file.left_out}),
        "crs": instructions.crs,
        "left_out_rows": sorted(instructions.leave_out),
        "agreed": sorted(instructions.agreed),
        "mappings": intake.mappings,
        "files": files,
        **totals(files),
    }


def rounded_text(counts: dict[str, Any]) -> str:
    """Return what goes behind the numbers of rows where persons are only counted: the next multiple is said."""
    return _("（困难职工人数只报到{n}的倍数）").format(n=counts[ROUNDED]) if ROUNDED in counts else ""
