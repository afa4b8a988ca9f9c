"""Read-only cursors on a generation."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path

import duckdb

from etl.errors import StreetError, damaged_generation

# A reader touches nothing but its own file: no other files, no downloads, no settings changed later.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}


@dataclass(frozen=True)
class Warehouse:
    """One generation, open for reading; equal and hashed by its path, which is never rewritten."""

    path: Path
    generation_id: str = field(compare=False)
    generation_no: int = field(compare=False)
    is_sample: bool = field(compare=False)
    street: str = field(compare=False)
    connection: duckdb.DuckDBPyConnection = field(compare=False, repr=False)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own for one query: threads must not share one."""
        return self.connection.cursor()


@lru_cache(maxsize=16)
def open_generation(path: Path) -> Warehouse:
    """Open one generation file, once per process."""
    connection = duckdb.connect(str(path), read_only=True, config=CONFIG)
    facts = "select generation_id, generation_no, is_sample, street from intake.generation"
    [(generation_id, generation_no, is_sample, street)] = connection.execute(facts).fetchall()
    return Warehouse(path, generation_id, generation_no, is_sample, street, connection)


def current_path(street: Path) -> Path | None:
    """Return the file of the current generation: the highest number."""
    return max((p for p in (street / "generations").glob("*.duckdb") if p.stem.isdigit()), default=None)


def open_current(street: Path) -> Warehouse:
    """Open the street's current generation; StreetError before the first load."""
    path = current_path(street)
    if path is None:
        message = _("“{name}”还没有数据").format(name=street.name)
        raise StreetError(message, remedy=_("请先用 load 导入台账"), code="no_generation")
    return _opened(path)


def open_numbered(street: Path, number: int) -> Warehouse | None:
    """Open the street's generation of this running number, None where it is there no more."""
    path = street / "generations" / f"{number:06d}.duckdb"
    return _opened(path) if path.is_file() else None


def _opened(path: Path) -> Warehouse:
    try:
        return open_generation(path.resolve())
    except (duckdb.IOException, duckdb.SerializationException) as error:
        raise damaged_generation(path.name) from error
