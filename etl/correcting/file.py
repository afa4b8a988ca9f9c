"""corrections.csv of a street: read as it was saved (UTF-8, or GBK by Excel), a line added or taken out byte for byte."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from itertools import accumulate
from pathlib import Path

from etl.errors import StreetError
from etl.notes import kept_text

FILE = "corrections.csv"
COLUMNS = ("ledger", "key", "column", "was", "now", "reason", "source", "by", "on")
BOM = b"\xef\xbb\xbf"
LARGEST = 10_000_000  # bytes; a street corrects some cells, not its ledgers
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
DAY = re.compile(r"(20\d\d)\D(\d{1,2})\D(\d{1,2})\D?")
FORMULA = "=+-@"  # what a spreadsheet takes for a formula gets an apostrophe before it


@dataclass(frozen=True)
class Correction:
    """One line of the file; `no` is its place in it, `wrong` why it says nothing that can be done ("": it does)."""

    no: int
    ledger: str
    key: str
    column: str
    was: str
    now: str
    reason: str
    source: str
    by: str
    on: date | None
    wrong: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """Return what is to be corrected: two lines that say the same are the same correction."""
        return (self.ledger, self.key, self.column, self.was, self.now)


def damaged() -> StreetError:
    """Return what to say of a file that cannot be read at all: numbers must not fall back to the uncorrected in silence."""
    remedy = _("请核对第一行是否为{names}，另存为“CSV UTF-8”，或从备份中恢复").format(names=",".join(COLUMNS))
    return StreetError(_("更正记录文件无法读取"), file=FILE, remedy=remedy, code="corrections_damaged")


def content(street: Path) -> bytes | None:
    """Return the file's bytes, None where there is none."""
    try:
        return (street / FILE).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise damaged() from error


def read_corrections(street: Path) -> tuple[Correction, ...]:
    """Return the street's corrections in their order; a missing file is none, an unreadable one a StreetError."""
    return corrections_in(content(street))


def corrections_in(data: bytes | None) -> tuple[Correction, ...]:
    """Return the corrections of a file's bytes."""
    if data is None:
        return ()
    return tuple(_correction(no, record.cells) for no, record in enumerate(_records(data), start=1))


def _encoding(data: bytes) -> str:
    for name in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not UNPRINTABLE.search(text):
            return name
    raise damaged()


@dataclass(frozen=True)
class _Record:
    """The cells of one line and the bytes that it takes; a line end inside quotation marks ends none."""

    cells: list[str]
    start: int
    end: int


def _records(data: bytes) -> list[_Record]:
    """Return every line that says something after the header; StreetError where the file is none of ours."""
    if len(data) > LARGEST:
        raise damaged()
    encoding = _encoding(data)
    pieces = data.splitlines(keepends=True)  # a line end is never a part of another character, in GB18030 neither
    ends = [0, *accumulate(len(piece) for piece in pieces)]
    reader = csv.reader((piece.decode(encoding) for piece in pieces), strict=True)
    found, first = [], 0
    try:
        for line in reader:
            found.append(_Record([cell.strip() for cell in line], ends[first], ends[reader.line_num]))
            first = reader.line_num
    except csv.Error as error:
        raise damaged() from error
    if not found or tuple(found[0].cells[: len(COLUMNS)]) != COLUMNS:
        raise damaged()
    return [record for record in found[1:] if any(record.cells)]


def _correction(no: int, line: list[str]) -> Correction:
    cells = dict(zip(COLUMNS, [*line, *[""] * len(COLUMNS)], strict=False))
    plain = {name: cells[name].removeprefix("'") for name in COLUMNS[:5]}
    told = {name: kept_text(cells[name]) for name in ("reason", "source", "by")}
    day = _day(cells["on"])
    return Correction(no=no, **plain, **told, on=day, wrong=_wrong(line, {**plain, **told}, bool(cells["on"]), day))


def _day(text: str) -> date | None:
    """Return a day written 2018-12-30; Excel saves it as 2018/12/30."""
    if found := DAY.fullmatch(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return None
    return None


def _wrong(line: list[str], cells: dict[str, str], is_dated: bool, day: date | None) -> str:
    """Return why a line cannot be used, "" where it can."""
    if len(line) < len(COLUMNS) or any(line[len(COLUMNS) :]):
        return _("这一行不是{count}列").format(count=len(COLUMNS))
    titles = {"ledger": _("台账"), "key": _("记录"), "column": _("列"), "reason": _("理由")}
    if empty := [title for name, title in titles.items() if not cells[name]]:
        return _("没有写{names}").format(names="、".join(empty))
    return _("更正日期应写成2018-12-30") if is_dated and day is None else ""


def with_line(data: bytes | None, cells: Sequence[str]) -> bytes:
    """Return the file with one more line, in its own encoding and line ends."""
    if data is None:
        return BOM + _csv(COLUMNS, "\r\n") + _csv(cells, "\r\n")
    end = "\r\n" if b"\r\n" in data or b"\n" not in data else "\n"
    line = _csv(cells, end, "gb18030" if _encoding(data) == "gb18030" else "utf-8")
    if data.endswith(b"\n"):
        return data + line
    return data + end.encode() + line.removesuffix(end.encode())  # so that taking it out leaves the file as it was


def without_line(data: bytes, no: int) -> bytes | None:
    """Return the file without one correction, every other byte as it was; None where none is left."""
    records = _records(data)
    if len(records) == 1:
        return None
    record = records[no - 1]
    left, right = data[: record.start], data[record.end :]
    if not right and not data.endswith((b"\n", b"\r")):  # the last line had no end: the one before had none either
        left = left.removesuffix(b"\n").removesuffix(b"\r")
    return left + right


def _csv(cells: Sequence[str], end: str, encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end).writerow(
        [f"'{cell}" if cell.startswith(tuple(FORMULA)) else cell for cell in cells]
    )
    return stream.getvalue().encode(encoding)
