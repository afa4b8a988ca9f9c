"""A zip of ledgers: its members unpacked within bounds, under names that stay inside it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from etl.errors import FileError
from etl.formats.bounds import MOST_BYTES, too_much
from etl.formats.file_kinds import DOCUMENT, why_passed_over
from etl.formats.locked import locked
from etl.instructions import Instructions

MOST_MEMBERS = 500
MOST_UNPACKED = 1_000_000_000
RATIO = 200  # a table packs 5 to 30 times; what packs better and is large is a bomb
LARGE = 10_000_000
CHUNK = 1 << 20
UTF8_NAME, ENCRYPTED = 0x800, 0x1
WRONG_PASSWORD = (
    RuntimeError,
    UnicodeDecodeError,  # the name before a damaged member's bytes
    zlib.error,
    zipfile.BadZipFile,
)  # one time in 256 a wrong password passes the first check

Member = tuple[str, zipfile.ZipInfo]


@dataclass
class Unpacker:
    """Unpacks the zips of one call into one folder; `unpacked` counts the bytes of all of them."""

    folder: Path
    instructions: Instructions
    unpacked: int = 0
    files: int = 0

    def members(self, path: Path, file: str) -> Iterator[tuple[str, Path]]:
        """Unpack a zip's ledgers one by one, under numbers: a member's name can then lead nowhere.

        Members that are passed over by their names come too, with a path at which there is nothing. FileError where
        the zip is locked, damaged or a bomb.
        """
        try:
            with zipfile.ZipFile(path) as archive:
                if is_cut_off(archive):
                    raise damaged(file)
                for name, info in members(archive, file):
                    self.files += 1
                    target = self.folder / f"{self.files}{Path(name).suffix.lower()}"
                    if why_passed_over(name) is None:
                        self.unpacked += unpack(archive, info, target, file, self.instructions.password(file))
                    if self.unpacked > MOST_UNPACKED or self.files > MOST_MEMBERS:
                        raise too_much(file)
                    yield name, target
        except (zipfile.BadZipFile, OSError) as error:
            raise damaged(file) from error


def is_archive(path: Path) -> bool:
    """Return whether a file is a zip of files rather than a document; its suffix does not count."""
    try:
        with path.open("rb") as file:
            if file.read(2) != b"PK":
                return False
            file.seek(0)
            archive = zipfile.ZipFile(file)
            return is_cut_off(archive) or not DOCUMENT & set(archive.namelist())
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def is_cut_off(archive: zipfile.ZipFile) -> bool:
    """Return whether something stands before a zip's first member.

    A zip that was cut off ends where its own list of members should be; what is found instead is the list of a zip or
    workbook inside it, and every other member would be lost without a word.
    """
    return min((info.header_offset for info in archive.infolist()), default=0) > 0


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name as its writer saw it, without steps out of the zip (Windows writes GBK unmarked)."""
    name = info.filename
    if not info.flag_bits & UTF8_NAME:
        name = _marked_name(name)
    parts = re.sub(r"[\x00-\x1f\x7f]", "", name).replace("\\", "/").split("/")
    kept = [
        part.strip() for part in parts if part.strip() not in ("", ".", "..") and not re.fullmatch("[A-Za-z]:", part)
    ]
    return "/".join(kept) or _("无名文件")


def _marked_name(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def members(archive: zipfile.ZipFile, file: str) -> list[Member]:
    """Return the (name, entry) of the files in a zip, in order; FileError where they are too many or too much."""
    entries = [(member_name(info), info) for info in archive.infolist() if not info.is_dir()]
    sizes = [info.file_size for _name, info in entries]
    if len(entries) > MOST_MEMBERS:
        message = _("压缩包里有{n}个文件，一次最多{most}个").format(n=len(entries), most=MOST_MEMBERS)
        raise FileError(message, file=file, code="too_much", remedy=_("请分成几个压缩包再导入"))
    packs_too_well = any(info.file_size > max(LARGE, RATIO * info.compress_size) for _name, info in entries)
    if sum(sizes) > MOST_UNPACKED or packs_too_well or max(sizes, default=0) > MOST_BYTES:
        raise too_much(file)
    return sorted(entries, key=lambda entry: entry[0])


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, to: Path, file: str, password: str | None) -> int:
    """Write one member to a file and return its size; FileError where it is locked, damaged or larger than it says."""
    if info.flag_bits & ENCRYPTED and not password:
        raise locked(file, is_wrong=False)
    written = 0
    try:
        with archive.open(info, pwd=password.encode() if password else None) as source, to.open("wb") as target:
            for chunk in _chunks(source):
                written += len(chunk)
                if written > MOST_BYTES:
                    raise too_much(file)
                target.write(chunk)
    except NotImplementedError as error:
        message = _("压缩包的加密或压缩方式无法读取")
        raise FileError(message, file=file, code="unreadable", remedy=_("请先解压，再导入里面的文件")) from error
    except WRONG_PASSWORD as error:
        raise _unreadable_member(info, file) from error
    return written


def _unreadable_member(info: zipfile.ZipInfo, file: str) -> FileError:
    if info.flag_bits & ENCRYPTED:
        return locked(file, is_wrong=True)
    return damaged(file)


def damaged(file: str) -> FileError:
    """Return what to say of a zip that cannot be unpacked to its end."""
    message = _("压缩包不完整或已损坏")
    return FileError(message, file=file, code="damaged", remedy=_("请重新复制一份再导入"))


def refusal(path: Path, file: str, password: str | None) -> FileError:
    """Return why nothing could be taken from a zip."""
    try:
        with TemporaryDirectory(prefix="union-atlas-") as folder:
            for _member in Unpacker(Path(folder), Instructions(passwords={"*": password} if password else {})).members(
                path, file
            ):
                pass
    except FileError as error:
        return error
    message = _("压缩包里没有台账文件")
    return FileError(
        message, file=file, code="not_a_workbook", remedy=_("请提供 .xlsx、.xls、.csv 台账，或含有它们的压缩包")
    )


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk
