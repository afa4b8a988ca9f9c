"""The parts of a zipped workbook, unpacked piece by piece and within bounds, whatever they say of their size."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from etl.formats.bounds import MOST_XML, too_much

CHUNK = 4 << 20
BITE = 1 << 18  # of packed bytes at a time: it unpacks to at most 256 MB, and mostly to a few
MEDIA = ("xl/media/", "Pictures/", "Thumbnails/", "docProps/")


class Package:
    """The parts by name, after what they declare was added up; FileError too_much beyond the bound."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data, self.file = data, file
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {info.filename: info for info in archive.infolist()}
        if sum(info.file_size for name, info in self.parts.items() if not name.startswith(MEDIA)) > MOST_XML:
            raise too_much(file)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part's content; FileError where it is larger than it declares, BadZipFile where it is shorter."""
        info = self.parts[name]
        start = info.header_offset + 30
        start += sum(int.from_bytes(self.data[at : at + 2], "little") for at in (start - 4, start - 2))
        packed = memoryview(self.data)[start : start + info.compress_size]
        size = 0
        for chunk in _stored(packed) if info.compress_type == zipfile.ZIP_STORED else _inflated(packed):
            size += len(chunk)
            if size > info.file_size:
                raise too_much(self.file)
            yield chunk
        if size < info.file_size:
            raise zipfile.BadZipFile(name)

    def read(self, name: str) -> bytes:
        """Return a whole part."""
        return b"".join(self.chunks(name))

    def size(self, name: str) -> int:
        """Return the size that a part declares."""
        return self.parts[name].file_size

    def check_the_rest(self, read: set[str]) -> None:
        """Unpack the parts that were not read so far, for their sizes may be lies."""
        for name in self.parts.keys() - read:
            for _chunk in self.chunks(name):
                pass


def _stored(packed: memoryview) -> Iterator[bytes]:
    for at in range(0, len(packed), CHUNK):
        yield bytes(packed[at : at + CHUNK])


def _inflated(packed: memoryview) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), BITE):
        bite: bytes | memoryview = packed[at : at + BITE]
        while bite and not stream.eof:
            yield stream.decompress(bite, CHUNK)
            bite = stream.unconsumed_tail
    yield stream.flush()
