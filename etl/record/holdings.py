"""Which files and sheets of which loads a generation takes: the newer statement goes before the older one.

Everything here is decided from the receipts of the active loads alone, each time a generation is built. A load stores
what its files say and what the clerk said, never what that did to earlier loads: so an undo leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.ledger import ledger_kinds
from etl.record.loads import Load

Entry = dict[str, Any]
Slot = tuple[str, str, str, str]  # ledger, unit and period that a sheet of an event ledger speaks of


@dataclass(frozen=True)
class Part:
    """What a generation takes of one file.

    `load` is the load under whose number the rows stand, `folder` where they lie, `stored_as` the file's name there
    (another one only where the file comes from an undone load, see `_adopted`).
    """

    load: Load
    folder: Path
    file: str
    stored_as: str
    sha256: str
    originals: tuple[str, ...]
    sheets: tuple[Entry, ...]

    @property
    def taken(self) -> set[tuple[str, str]]:
        """Return (file, sheet) as the folder names them."""
        return {(self.stored_as, sheet["sheet"]) for sheet in self.sheets}


def mode_of(sheet: Entry) -> str:
    """Return register, change or event; receipts of before there were change lists do not say."""
    return str(sheet.get("mode") or ledger_kinds()[sheet["ledger"]].mode)


def slot_of(sheet: Entry) -> Slot | None:
    """Return what a sheet of an event ledger reports on; None for a register's sheet."""
    if not sheet["period_from"]:
        return None
    return (sheet["ledger"], sheet["unit_id"], sheet["period_from"], sheet["period_to"])


def _part(load: Load, source: Load, file: Entry, name: str) -> Part:
    sheets = tuple(sheet for sheet in file["sheets"] if sheet["ledger"] is not None)
    return Part(load, source.path, name, file["file"], file["sha256"], tuple(file.get("originals", ())), sheets)


def _adopted(load: Load, file: Entry, undone: list[Load]) -> Part | None:
    """Return what an undone load holds of a file that a later load left out because it was there already.

    Had the undone load never been, this load would have taken the file itself.
    """
    for source in reversed(undone):
        for entry in source.receipt["files"]:
            if source.number < load.number and entry["sha256"] == file["sha256"] and not entry["left_out"]:
                return _part(load, source, entry, file["file"])
    return None


def _all_parts(active: list[Load], record: Iterable[Load]) -> list[Part]:
    here = {load.id for load in active}
    undone = [load for load in record if load.id not in here]
    held = {digest for load in active for digest in load.taken}
    parts = []
    for load in active:
        for file in load.receipt["files"]:
            if not file["left_out"]:
                parts.append(_part(load, load, file, file["file"]))
            elif file["sha256"] not in held and (part := _adopted(load, file, undone)):
                held.add(file["sha256"])
                parts.append(part)
    return parts


def stated_parts(active: list[Load], record: Iterable[Load]) -> list[Part]:
    """Return every file that the active loads hold, also where a newer one stands for it since."""
    return _all_parts(active, record)


def adopted_files(active: list[Load], record: Iterable[Load]) -> set[tuple[str, str]]:
    """Return (load, hash) of the files that active loads hold in the place of an undone one."""
    return {(p.load.id, p.sha256) for p in _all_parts(active, record) if p.folder != p.load.path}


def _without_superseded(parts: list[Part]) -> list[Part]:
    """Leave out every file that a mended copy of the same or a later load stands for.

    The mended copy inherits what was said of the file: that its sheets replace those of earlier loads.
    """
    mended = {original: part for part in parts for original in part.originals}
    inherited: dict[str, set[Slot]] = {}
    kept = []
    for part in parts:
        newer = mended.get(part.sha256)
        if newer is None or newer is part or newer.load.number < part.load.number:
            kept.append(part)
        else:
            slots = {slot for sheet in part.sheets if sheet.get("replaces") and (slot := slot_of(sheet))}
            inherited.setdefault(newer.sha256, set()).update(slots | inherited.get(part.sha256, set()))
    return [_inheriting(part, inherited.get(part.sha256, set())) for part in kept]


def _inheriting(part: Part, slots: set[Slot]) -> Part:
    if not slots:
        return part
    sheets = tuple({**s, "replaces": True} if slot_of(s) in slots else s for s in part.sheets)
    return replace(part, sheets=sheets)


def _without_replaced(parts: list[Part]) -> list[Part]:
    """Leave out the sheets of an event ledger for whose unit and period a later load brought a replacement."""
    newest: dict[Slot, int] = {}
    for part in parts:
        for sheet in part.sheets:
            if sheet.get("replaces") and (slot := slot_of(sheet)):
                newest[slot] = part.load.number
    if not newest:
        return parts
    return [
        replace(part, sheets=tuple(s for s in part.sheets if newest.get(slot_of(s) or NO_SLOT, 0) <= part.load.number))
        for part in parts
    ]


NO_SLOT: Slot = ("", "", "", "")


@dataclass(frozen=True)
class Source:
    """The rows of one ledger that stand in one Parquet file under one load's number.

    `kept`: (file as stored, sheet, file as named) of what is taken; None where everything is.
    """

    load: Load
    path: Path
    kept: tuple[tuple[str, str, str], ...] | None


def sources(parts: list[Part], ledger: str) -> list[Source]:
    """Return where the rows of one ledger lie, oldest first."""
    grouped: dict[tuple[str, Path], list[Part]] = {}
    for part in parts:
        grouped.setdefault((part.load.id, part.folder), []).append(part)
    found = []
    for (_id, folder), mine in grouped.items():
        path, load = folder / f"{ledger}.parquet", mine[0].load
        kept = tuple((p.stored_as, s["sheet"], p.file) for p in mine for s in p.sheets if s["ledger"] == ledger)
        if kept and path.exists():
            found.append(Source(load, path, None if folder == load.path and _all_of(load, ledger, kept) else kept))
    return found


def _all_of(load: Load, ledger: str, kept: tuple[tuple[str, str, str], ...]) -> bool:
    files = [file for file in load.receipt["files"] if not file["left_out"]]
    stored = sum(sheet["ledger"] == ledger for file in files for sheet in file["sheets"])
    return stored == len(kept)


def holdings(active: list[Load], record: Iterable[Load]) -> list[Part]:
    """Return what a generation of the `active` loads takes, oldest first; `record` is every stored load."""
    return _without_replaced(_without_superseded(_all_parts(active, record)))
