"""Checks (and some of them loads) mutants in a process of its own; one line of JSON per mutant on stdout.

`python -m tests.fuzz.child FOLDER FIRST AFTER`: the parent limits time and looks at the peak of memory.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
import traceback
import zipfile
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from etl import intake
from etl.errors import AtlasError
from etl.intake_files import FileIntake
from etl.recognise import Sheet
from etl.street import open_street
from tests.fuzz.mutants import write_mutant

LOADED = 12  # every twelfth mutant is also loaded and the warehouse built from it


def _counts(found: intake.Intake) -> list[str]:
    """Return what does not add up: fates of every sheet, rows stored, rows that calamine alone counts."""
    wrong = []
    # what another sheet says as well is stored with each of them and counts as a duplicate
    stored = sum((rows["fate"] == "accepted").sum() for rows in found.ledgers.values())
    accepted = 0
    for file in found.files:
        for entry in intake.file_entries(found):
            for sheet in entry["sheets"] if entry["file"] == file.name else []:
                if sheet["ledger"] is None:
                    continue
                accepted += sheet["accepted"]
                parts = sheet["accepted"] + sheet["rejected"] + sheet["duplicates"] + sum(sheet["skipped"].values())
                if parts != sheet["rows_read"]:
                    wrong.append(f"{sheet['sheet']}: {parts} fates for {sheet['rows_read']} rows")
        wrong += [f"{s.sheet}: {n} rows in the file" for s, n in _uncounted(file)]
    if accepted != stored:
        wrong.append(f"{accepted} accepted, {stored} stored")
    return wrong


def _uncounted(file: FileIntake) -> list[tuple[Sheet, int]]:
    """Return the sheets of a workbook whose rows are not as many as calamine finds in it."""
    if file.error or not zipfile.is_zipfile(file.path) or not file.path.exists():
        return []
    try:
        book = CalamineWorkbook.from_path(str(file.path))
        ends = {name: (book.get_sheet_by_name(name).end or (-1, 0))[0] + 1 for name in book.sheet_names}
    except (CalamineError, zipfile.BadZipFile):
        return []
    sheets = [sheet for sheet in file.sheets if isinstance(sheet, Sheet)]
    return [
        (s, ends[s.sheet]) for s in sheets if s.sheet in ends and len(s.rows) + len(s.skipped_rows) != ends[s.sheet]
    ]


def _outcome(path: Path, folder: Path) -> dict[str, Any]:
    """Return how a mutant fared: a sentence, or counts."""
    street = open_street(folder / "street")
    try:
        found = intake.check([path], street)
    except AtlasError as error:
        return {"kind": "refused", "said": error.sentence()}
    errors = [file.error.sentence() for file in found.files if file.error]
    return {"kind": "refused" if errors else "read", "said": "；".join(errors), "wrong": _counts(found)}


def _load(path: Path, folder: Path) -> dict[str, Any]:
    """Load a mutant into a street of its own: a model test that fails is our bug."""
    try:
        intake.load([path], folder / "loaded")
    except AtlasError as error:
        return {"kind": "model" if error.code == "model" else "refused", "said": error.sentence()}
    finally:
        shutil.rmtree(folder / "loaded", ignore_errors=True)
    return {"kind": "loaded"}


def main(folder: Path, first: int, after: int) -> None:
    """Walk through the mutants; an exception that is none of ours is told, not raised."""
    for number in range(first, after):
        print(json.dumps({"begun": number}), flush=True)
        path = write_mutant(number, folder)
        began = time.perf_counter()
        try:
            outcome = _outcome(path, folder)
            if number % LOADED == 0 and outcome["kind"] == "read":
                outcome |= {"load": _load(path, folder)}
        except BaseException:  # noqa: BLE001 - whatever it is, it is the test's finding
            outcome = {"kind": "traceback", "said": traceback.format_exc()[-1500:]}
        outcome |= {"name": path.name, "seconds": time.perf_counter() - began}
        path.unlink()
        print(json.dumps(outcome, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
