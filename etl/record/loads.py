"""The record of what was brought in: one folder per load, all or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

import polars as pl

from etl.errors import StreetError
from etl.instructions import Instructions
from etl.ledger import Column, LedgerKind, ledger_kinds

UNDONE = "undone"
DRAFT = ".draft"
SKIPPED = ("title", "header", "total", "note", "signature", "blank")
FATES = ("rows_read", "accepted", "rejected", "duplicates")
PLACE: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int32(),
    "unit_id": pl.String(),
    "as_of": pl.Date(),
    "period_from": pl.Date(),
    "period_to": pl.Date(),
    "row_key": pl.String(),
    "fate": pl.String(),
    "community_id": pl.String(),
    "park_id": pl.String(),
    "located_by": pl.String(),
    "change": pl.String(),
}
BAD: dict[str, pl.DataType] = {
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int32(),
    "cell": pl.String(),
    "column": pl.String(),
    "header": pl.String(),
    "code": pl.String(),
    "reason": pl.String(),
    "value": pl.String(),
    "severity": pl.String(),
    "suggestion": pl.String(),
}
TYPES: dict[str, pl.DataType] = {
    "integer": pl.Int64(),
    "decimal": pl.Float64(),
    "money": pl.Float64(),
    "lonlat": pl.Float64(),
    "date": pl.Date(),
    "boolean": pl.Boolean(),
}
# How many persons of a community and class: on file on the register's day, entered or left in a month.
COUNTED: dict[str, pl.DataType] = {"what": pl.String(), "month": pl.Date(), "persons": pl.Int64()}


@dataclass(frozen=True)
class Load:
    """One load on record."""

    id: str
    path: Path
    receipt: dict[str, Any]

    @property
    def number(self) -> int:
        """Return the load's place in the order of loads."""
        return int(self.id.split("-")[0])

    @property
    def is_undone(self) -> bool:
        """Return whether the load is on record only."""
        return (self.path / UNDONE).exists()

    @property
    def taken(self) -> set[str]:
        """Return the hashes of the files whose rows this load holds."""
        return {file["sha256"] for file in self.receipt["files"] if not file["left_out"]}


def typed_columns(column: Column) -> dict[str, pl.DataType]:
    """Return the typed columns that one ledger column becomes (none for a personal one)."""
    if column.type == "identity":  # its number is hashed, only what the hash stands for is kept
        return {f"{column.id}_{name}": pl.String() for name in ("hash", "sex", "age_band")}
    if column.hashed:
        return {f"{column.id}_hash": pl.String()}
    if column.is_personal:
        return {}
    if column.many:
        return {column.id: pl.List(pl.String())}
    typed = {column.id: TYPES.get(column.type, pl.String())}
    if column.type in {"integer", "decimal", "money"}:
        typed[f"{column.id}_qualifier"] = pl.String()
    if column.type == "date":
        typed[f"{column.id}_precision"] = pl.String()
    return typed


def read_schema(kind: LedgerKind) -> dict[str, pl.DataType]:
    """Return the typed columns of a ledger kind as cleaning makes them: what makes two rows of a call equal."""
    return {name: dtype for column in kind.columns.values() for name, dtype in typed_columns(column).items()}


def content_schema(kind: LedgerKind) -> dict[str, pl.DataType]:
    """Return the typed columns that are stored; of persons who are only counted, nothing but the counts."""
    if kind.aggregate:
        return {kind.aggregate.by: pl.String(), **COUNTED}
    return read_schema(kind)


def row_schema(kind: LedgerKind) -> dict[str, pl.DataType]:
    """Return the columns of a stored ledger row: where it stood, its fate, what it says."""
    return {**PLACE, **content_schema(kind)}


def stored_loads(street_loads: Path) -> list[Load]:
    """Return every finished load on record, oldest first."""
    folders = sorted(path for path in street_loads.glob("*") if (path / "receipt.json").exists())
    kept = [path for path in folders if path.suffix != DRAFT]
    return [Load(path.name, path, _receipt(path / "receipt.json")) for path in kept]


def _receipt(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        message, remedy = _("导入批次的回执已损坏"), _("请从备份中恢复 loads 文件夹")
        raise StreetError(message, file=f"{path.parent.name}/{path.name}", remedy=remedy, code="damaged") from error
    return found


def active_loads(street_loads: Path) -> list[Load]:
    """Return the loads that have not been undone, oldest first."""
    return [load for load in stored_loads(street_loads) if not load.is_undone]


def new_load_id(street_loads: Path, content_hash: str) -> str:
    """Return the next load id: a running number and a piece of the content's hash."""
    numbers = [int(path.name.split("-")[0]) for path in street_loads.glob("[0-9]*-*")]
    return f"{max(numbers, default=0) + 1:06d}-{content_hash[:8]}"


def said_beside(instructions: Instructions, mappings: dict[str, str]) -> list[str]:
    """Return what decides what a load says beside its files' bytes: the date stated, and all else that was said.

    `mappings` are the hashes of the saved mappings in use. Where nothing but a date was said there is only that: the
    hash of such a load is the one of before there was more to say.
    """
    said = replace(instructions, as_of=None, passwords={})
    more = [said.fingerprint()] if said != Instructions() else []
    more += [json.dumps(mappings, sort_keys=True)] if mappings else []
    return [instructions.as_of.isoformat() if instructions.as_of else "", *more]


def content_hash(files: list[dict[str, Any]], said: list[str], adopted: frozenset[str] = frozenset()) -> str:
    """Return one hash over the bytes that a load took in, in their order, and what was said beside them.

    `adopted`: hashes of files that the load left out and holds now, since the load that held them was undone.
    """
    taken = [file for file in files if not file["left_out"] or file["sha256"] in adopted]
    parts = [f"{file['file']}:{file['sha256']}" for file in taken]
    return hashlib.sha256("\n".join([*parts, *said]).encode()).hexdigest()


def stage(folder: Path, receipt: dict[str, Any], ledgers: dict[str, pl.DataFrame], bad: pl.DataFrame) -> None:
    """Write a load's folder: the accepted rows, the bad cells, and the receipt last."""
    folder.mkdir(parents=True)
    for ledger, rows in ledgers.items():
        rows.write_parquet(folder / f"{ledger}.parquet", compression="lz4")
    bad.write_parquet(folder / "bad_cells.parquet")
    with open(folder / "receipt.json", "w", encoding="utf-8") as handle:
        handle.write(json.dumps(receipt, ensure_ascii=False))
        handle.flush()
        os.fsync(handle.fileno())


def settle(draft: Path) -> Path:
    """Give a staged load its final name: from now on it is on record."""
    final = draft.with_suffix("")
    os.rename(draft, final)
    return final


def sweep(street_loads: Path, published: set[str] | None, built_at: str = "") -> None:
    """Finish or remove what a killed writer left; `published` are the loads of the current generation.

    The rename of the generation is the moment that counts: a staged load which is in it is settled, one
    which is not is removed; a settled load which is missing from it was being undone. But a load newer than the
    generation (`built_at`) cannot have been undone by it: the record was restored beside an older warehouse.
    """
    for draft in street_loads.glob(f"*{DRAFT}"):
        if published and draft.with_suffix("").name in published:
            settle(draft)
        else:
            shutil.rmtree(draft)
    if published is not None:
        for load in active_loads(street_loads):
            if load.id not in published and load.receipt["loaded_at"] <= built_at:
                (load.path / UNDONE).touch()


def kinds_of(load: Load) -> list[str]:
    """Return the ledger kinds of which a load holds rows."""
    return [kind for kind in ledger_kinds() if (load.path / f"{kind}.parquet").exists()]
