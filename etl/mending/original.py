"""Which file a 批注件 was made from: the hashes that it bears as custom document properties."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

PROPERTY = "union-atlas-original"
EARLIER = "union-atlas-earlier"  # the files that the original itself was to replace
PART = "docProps/custom.xml"
LONGEST = 1_000_000  # bytes; a few properties need some thousand
HASH = re.compile(r"\b[0-9a-f]{64}\b")
STATED = r'<(?:\w+:)?property\b[^>]*\bname="{name}"[^>]*>\s*<(?:\w+:)?lpwstr\b[^>]*>([0-9a-f\s]*)<'
# ValueError: a name that is no text
DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, KeyError, RuntimeError, NotImplementedError, EOFError, ValueError)


def _properties(path: Path) -> str:
    """Return the custom properties' XML; '' where there are none or the file is no workbook."""
    try:
        with zipfile.ZipFile(path) as book:
            is_small = book.getinfo(PART).file_size <= LONGEST
            return book.read(PART).decode("utf-8", "replace") if is_small else ""
    except DAMAGE:
        return ""


def originals_of(path: Path) -> tuple[str, ...]:
    """Return the sha256 of the file that a 批注件 was made from, then of those that it was itself made from."""
    text = _properties(path)
    stated = [found[1] for name in (PROPERTY, EARLIER) if (found := re.search(STATED.format(name=name), text))]
    return tuple(dict.fromkeys(HASH.findall(" ".join(stated))))


def original_of(path: Path) -> str | None:
    """Return the sha256 of the file that a 批注件 was made from; None for any other file."""
    return next(iter(originals_of(path)), None)


def state_original(book: Any, sha256: str, earlier: tuple[str, ...]) -> None:
    """Write the properties into an openpyxl workbook, in place of older ones."""
    from openpyxl.packaging.custom import StringProperty

    for name, value in ((PROPERTY, sha256), (EARLIER, " ".join(earlier))):
        if name in book.custom_doc_props.names:
            del book.custom_doc_props[name]
        if value:
            book.custom_doc_props.append(StringProperty(name=name, value=value))
