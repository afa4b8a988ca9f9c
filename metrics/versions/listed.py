"""The versions that a street has published: what each says of itself, and how one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path

import duckdb

from etl.errors import QuestionError, StreetError
from metrics.scope import default_month
from metrics.versions.held import in_table
from metrics.warehouse import Warehouse, open_current, open_generation, open_numbered

MOST_SPANS = 5


@dataclass(frozen=True)
class LoadHeld:
    """A load that a version was built with: when it came, from whom, and which files it took in."""

    load_id: str
    loaded_at: str
    who: str
    files: tuple[str, ...]
    ledgers: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """A published generation; a damaged or unreadable one is known by its number alone."""

    number: int
    id: str
    built_at: str
    program_version: str
    loads: tuple[LoadHeld, ...] = ()
    is_damaged: bool = False


def numbers(street: Path) -> tuple[int, ...]:
    """Return the running numbers of the versions that are there, oldest first."""
    return tuple(sorted(int(p.stem) for p in (street / "generations").glob("*.duckdb") if p.stem.isdigit()))


def versions(street: Path) -> tuple[Version, ...]:
    """Return every version that is there, newest first; one that cannot be read is listed as damaged."""
    return tuple(_version(street.resolve(), number) for number in reversed(numbers(street)))


def _version(street: Path, number: int) -> Version:
    try:
        return _told(open_version(street, number).path)
    except (StreetError, duckdb.Error):  # whatever its file holds, it is no version of ours
        return Version(number, "", "", "", is_damaged=True)


def version_of(warehouse: Warehouse) -> Version:
    """Return what a generation says of itself."""
    return _told(warehouse.path)


@lru_cache(maxsize=1024)  # by its file's path: a list of versions must not keep all of them open
def _told(path: Path) -> Version:
    warehouse = open_generation(path)
    cursor = warehouse.cursor()
    [(built_at, program)] = cursor.execute("select built_at, program_version from intake.generation").fetchall()
    files = in_table(warehouse, "intake.file", ("load_id", "file", "left_out"))
    sheets = in_table(warehouse, "intake.sheet", ("load_id", "ledger"))
    loads = in_table(warehouse, "intake.load", ("load_id", "loaded_at", "who"))
    found = tuple(
        LoadHeld(
            one["load_id"],
            one["loaded_at"] or "",
            one["who"] or "",
            tuple(file["file"] for file in files if file["load_id"] == one["load_id"] and not file["left_out"]),
            tuple(dict.fromkeys(s["ledger"] for s in sheets if s["load_id"] == one["load_id"] and s["ledger"])),
        )
        for one in sorted(loads, key=lambda row: str(row["load_id"]))
    )
    return Version(warehouse.generation_no, warehouse.generation_id, built_at, program, found)


def open_version(street: Path, number: int) -> Warehouse:
    """Open a version by its running number; StreetError names those that are there."""
    try:
        found = open_numbered(street, number)
    except duckdb.Error as error:
        raise StreetError(_("数据版本{n}打不开").format(n=number), code="no_version") from error
    if found is None:
        raise _no_version(street, number)
    return found


def _no_version(street: Path, number: int) -> StreetError:
    if not (known := numbers(street)):
        message = _("“{name}”还没有数据").format(name=street.name)
        return StreetError(message, remedy=_("请先用 load 导入台账"), code="no_generation")
    remedy = _("现有数据版本{numbers}").format(numbers=spans_text(known))
    return StreetError(_("没有数据版本{n}").format(n=number), remedy=remedy, code="no_version")


def spans_text(known: tuple[int, ...]) -> str:
    """Return ascending numbers as 1至3、5、7至20; of many spans the first two and the last two."""
    firsts = [n for n in known if n - 1 not in known]
    lasts = [n for n in known if n + 1 not in known]
    spans = [
        str(one) if one == other else _("{first}至{last}").format(first=one, last=other)
        for one, other in zip(firsts, lasts, strict=True)
    ]
    return "、".join(spans if len(spans) <= MOST_SPANS else [*spans[:2], "……", *spans[-2:]])


def open_for_pages(street: Path, number: int) -> Warehouse:
    """Open a version that pages can show; StreetError where it is not there, or no ledger can be read in it."""
    warehouse = open_version(street, number)
    try:
        default_month(warehouse)
    except (duckdb.Error, QuestionError) as error:
        message = _("数据版本{n}里没有可看的台账，或由很早的程序建立").format(n=number)
        raise StreetError(message, remedy=_("请看其他数据版本"), code="no_version") from error
    return warehouse


def open_by_id(street: Path, generation_id: str) -> Warehouse | None:
    """Open the newest version with this id, None where there is none; versions of one id hold the same."""
    newest = open_current(street)
    if newest.generation_id == generation_id:
        return newest
    found = next((one for one in versions(street) if one.id == generation_id), None)
    return open_version(street, found.number) if found else None
