"""What is kept of a closing beside the warehouse: `<street>/closed/<YYYY-MM>/<version>-<id>-<day>.json`.

The figures themselves, so that they can be quoted when the generation is gone or a newer program counts otherwise; and
what they were built from (loads, what the street said, settings, program), so that it can be said why one differs later.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, fields
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.errors import StreetError
from etl.jobs.disk import disk_errors, write_whole
from metrics import scope
from metrics.closed.figures import ClosedFigure, figures_at
from metrics.versions import version_of
from metrics.versions.held import held
from metrics.warehouse import Warehouse

FOLDER = "closed"
COLUMNS = tuple(field.name for field in fields(ClosedFigure))


@dataclass(frozen=True)
class BuiltFrom:
    """What a generation rests on: its loads (id → ledgers), what the street itself said, its settings and program.

    `said` has (kind, title, ledger or "", the whole of it as text): corrections, decisions, ticked nil reports, reviews;
    not the corrections that change no row.
    """

    loads: dict[str, tuple[str, ...]]
    said: frozenset[tuple[str, str, str, str]]
    settings: dict[str, str]
    program: str


@dataclass(frozen=True)
class Kept:
    """A closing's file: the figures by metric, place and period, and what they were built from."""

    figures: dict[tuple[str, str, str], ClosedFigure]
    built_from: BuiltFrom


def built_from(warehouse: Warehouse) -> BuiltFrom:
    """Return what a generation rests on, as it says itself."""
    version = version_of(warehouse)
    said = (
        (one.kind, one.title, one.text("ledger"), json.dumps(one.said, ensure_ascii=False))
        for one in held(warehouse).entries
        if one.in_effect
    )
    loads = {load.load_id: load.ledgers for load in version.loads}
    return BuiltFrom(loads, frozenset(said), scope.settings(warehouse), version.program_version)


def path_of(street: Path, month: date, generation_no: int, generation_id: str, day: date) -> Path:
    """Return the file of a closing; the note's own columns name it."""
    return street / FOLDER / f"{month:%Y-%m}" / f"{generation_no:06d}-{generation_id}-{day}.json"


def keep(street: Path, warehouse: Warehouse, month: date, day: date, by: str) -> Path:
    """Write a month's figures as the generation has them; whole or not at all."""
    path = path_of(street, month, warehouse.generation_no, warehouse.generation_id, day)
    found, rests_on = figures_at(warehouse, month), built_from(warehouse)
    content = {
        "month": f"{month:%Y-%m}", "street": warehouse.street, "is_sample": warehouse.is_sample,
        "generation_no": warehouse.generation_no, "generation_id": warehouse.generation_id,
        "closed_on": f"{day}", "closed_by": by,
        "loads": rests_on.loads, "said": sorted(rests_on.said), "settings": rests_on.settings,
        "program": rests_on.program,
        "columns": COLUMNS, "figures": [astuple(figure) for figure in found.values()],
    }  # fmt: skip
    with disk_errors():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(content, ensure_ascii=False).encode())
    return path


def kept(path: Path) -> Kept | None:
    """Return what a closing's file says, None where there is none (closed by an older program); StreetError if damaged."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    return _read(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _size: int) -> Kept:
    try:
        return _parsed(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("{month}的定稿数文件无法读取").format(month=path.parent.name)
        remedy = _("请从备份中恢复 closed 文件夹，或取消定稿后重新定稿")
        raise StreetError(message, file=f"{FOLDER}/{path.parent.name}/{path.name}", remedy=remedy,
                          code="closed_damaged") from error  # fmt: skip


def _parsed(content: dict[str, Any]) -> Kept:
    places = [content["columns"].index(name) for name in COLUMNS]  # a newer program may have added columns
    figures = (ClosedFigure(*(row[place] for place in places)) for row in content["figures"])
    loads = {load: tuple(ledgers) for load, ledgers in content["loads"].items()}
    said = frozenset((kind, title, ledger, text) for kind, title, ledger, text in content["said"])
    rests_on = BuiltFrom(loads, said, dict(content["settings"]), content["program"])
    return Kept({figure.key: figure for figure in figures}, rests_on)
