"""Texts that many cells share: the reader gives every cell its own copy, so that one long text can fill the memory."""

from __future__ import annotations

import re

from etl.formats.bounds import MOST_STRINGS, too_much
from etl.formats.package import Package

PART = "xl/sharedStrings.xml"
MOST = 150_000_000  # bytes of the part; 100,000 rows of 15 columns have 7 million
ITEM_END = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
REFERENCE = re.compile(rb'\bt="s"[^>]*>\s*<v>(\d+)</v>')
SMALLEST = 28  # bytes of a cell that refers to a shared text


def string_lengths(package: Package) -> list[int]:
    """Return the length of each shared text, with its tags; FileError too_much where the texts alone are too many."""
    if PART not in package.parts:
        return []
    if package.size(PART) > MOST:
        raise too_much(package.file)
    content = package.read(PART)
    items = content.split(b"</si>") if b"</si>" in content else ITEM_END.split(content)
    return list(map(len, items))


def may_be_too_many(lengths: list[int], size: int) -> bool:
    """Return whether a sheet of that size could copy more text than is allowed; nearly never, so few are counted."""
    return size // SMALLEST * max(lengths, default=0) > MOST_STRINGS


def copied(block: bytes, lengths: list[int]) -> int:
    """Return how many bytes of text the block's cells copy."""
    return sum(lengths[number] for number in map(int, REFERENCE.findall(block)) if number < len(lengths))
