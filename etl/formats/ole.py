"""The container of an old workbook (.xls) or of a locked one: its streams, and whether it is whole.

The reader follows the container's sector chains without looking for a circle: a damaged file of 5 kB took 24 GB.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST = 0xFFFFFFFA  # this number and those above it are no sectors (end of chain, free, …)
ENTRY = 128
STREAM, ROOT = 2, 5
WORKBOOK = ("Workbook", "Book")
IN_HEADER = 109  # sector numbers of the allocation table that the header itself holds


class BrokenContainer(Exception):
    """The container is cut off or its chains lead nowhere."""


@dataclass(frozen=True)
class Container:
    """The container's bytes, sector size and allocation table (the sector that follows each sector)."""

    data: bytes
    size: int
    table: tuple[int, ...]

    def chain(self, start: int) -> list[int]:
        """Return the sectors of a chain; BrokenContainer where it leaves the file or runs in a circle."""
        sectors = follow(self.table, start)
        if any(self.size * (sector + 1) >= len(self.data) for sector in sectors):
            raise BrokenContainer
        return sectors

    def read(self, start: int) -> bytes:
        """Return the bytes of a chain, whole sectors only."""
        parts = [self.data[self.size * (n + 1) : self.size * (n + 2)] for n in self.chain(start)]
        if any(len(part) < self.size for part in parts):
            raise BrokenContainer
        return b"".join(parts)


def follow(table: tuple[int, ...], start: int) -> list[int]:
    """Return the chain that begins at `start`; BrokenContainer where it leaves the table or runs in a circle."""
    sectors: list[int] = []
    while start < LAST:
        if start >= len(table) or len(sectors) >= len(table):
            raise BrokenContainer
        sectors.append(start)
        start = table[start]
    return sectors


def _number(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def open_container(data: bytes) -> Container:
    """Return the container with its allocation table (MS-CFB 2.2–2.5)."""
    shift = int.from_bytes(data[30:32], "little")
    if len(data) < 1024 or shift not in (9, 12):
        raise BrokenContainer
    size = 1 << shift
    sectors = [n for n in _numbers(data[76:512]) if n < LAST]
    more, seen = _number(data, 68), 0
    while more < LAST:
        block = _numbers(data[size * (more + 1) : size * (more + 2)])
        seen += 1
        if len(block) < size // 4 or seen > len(data) // size:
            raise BrokenContainer
        sectors += [n for n in block[:-1] if n < LAST]
        more = block[-1]
    parts = [data[size * (n + 1) : size * (n + 2)] for n in sectors]
    if any(len(part) < size for part in parts):
        raise BrokenContainer
    return Container(data, size, _numbers(b"".join(parts)))


@dataclass(frozen=True)
class Stream:
    """A stream of the container: where it begins and its length; short ones stand in sectors of 64 bytes."""

    name: str
    start: int
    length: int
    is_short: bool


def streams(data: bytes) -> list[Stream]:
    """Return the streams after following each one's chain; BrokenContainer where one is broken."""
    container = open_container(data)
    small = _numbers(container.read(_number(data, 60)))
    cutoff = _number(data, 56)
    found = []
    directory = container.read(_number(data, 48))
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        entry = directory[at : at + ENTRY]
        kind, start, length = entry[66], _number(entry, 116), _number(entry, 120)
        if kind == STREAM and length and length < cutoff:
            follow(small, start)
        elif kind in (STREAM, ROOT) and length and len(container.chain(start)) * container.size < length:
            raise BrokenContainer
        if kind == STREAM:
            name = entry[: max(int.from_bytes(entry[64:66], "little") - 2, 0)].decode("utf-16-le", "replace")
            found.append(Stream(name, start, length, length < cutoff))
    return found


def workbook_stream(data: bytes) -> bytes:
    """Return the records of an old workbook; b"" where it is so short that it stands among the small sectors."""
    stream = next((s for s in streams(data) if s.name in WORKBOOK and not s.is_short), None)
    return open_container(data).read(stream.start)[: stream.length] if stream else b""


def with_workbook_stream(data: bytes, records: bytes) -> bytes:
    """Return the container with other records, of the same length, in its workbook's stream."""
    container = open_container(data)
    stream = next(s for s in streams(data) if s.name in WORKBOOK and not s.is_short)
    changed = bytearray(data)
    for place, sector in enumerate(container.chain(stream.start)):
        part = records[place * container.size : (place + 1) * container.size]
        at = container.size * (sector + 1)
        changed[at : at + len(part)] = part
    return bytes(changed)
