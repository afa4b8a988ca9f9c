"""Which program builds: its version and a hash of everything that can change what it builds."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

VERSION = "0.2.0"
ROOM = Path(__file__).parent
SUFFIXES = {".py", ".sql", ".yml", ".csv"}


@cache
def program_version() -> str:
    """Return the version and a short hash of the room's code, models, ledger kinds, code lists and defaults."""
    digest = hashlib.sha256()
    for path in sorted(path for path in ROOM.rglob("*") if path.suffix in SUFFIXES and "sample" not in path.parts):
        digest.update(path.relative_to(ROOM).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{VERSION}+{digest.hexdigest()[:8]}"
