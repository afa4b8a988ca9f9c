"""Names that every file system takes, as near as can be to the names that people gave."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from gettext import gettext as _

LONGEST_BYTES = 255  # of one name on Linux; NTFS counts 255 UTF-16 units, which is never less
ROOM_BYTES = 16  # for （12） and the like behind the stem
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
# Windows opens a device for these stems, whatever stands behind the first dot.
DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)


def shown_name(given: str) -> str:
    """Return a name as people gave it, without invisible characters (a turned-round ending deceives)."""
    kept = (char for char in unicodedata.normalize("NFC", given) if unicodedata.category(char) not in ("Cf", "Cs"))
    return "".join(kept).strip()


def _cut(name: str, longest: int) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > ROOM_BYTES:
        stem, suffix = name, ""
    end = f".{suffix}" if suffix else ""
    return stem.encode()[: longest - len(end.encode())].decode(errors="ignore") + end


def safe_name(given: str) -> str:
    """Return a name without separators, forbidden characters, device names or over-length; never empty."""
    name = FORBIDDEN.sub("_", shown_name(given)).rstrip(". ")
    if DEVICE.match(name):
        name = f"_{name}"
    return _cut(name or _("未命名"), LONGEST_BYTES - ROOM_BYTES)


def free_name(given: str, taken: Collection[str]) -> str:
    """Return the safe name, with （2）, （3） … where another file has it (capitals do not tell names apart)."""
    name, used = safe_name(given), {other.casefold() for other in taken}
    stem, dot, suffix = name.rpartition(".") if "." in name[1:] else (name, "", "")
    number, tried = 2, name
    while tried.casefold() in used:
        tried = f"{stem}（{number}）{dot}{suffix}"
        number += 1
    return tried
