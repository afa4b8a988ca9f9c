"""The street's own small records beside its ledgers: peers it has set, alarms it has answered, what it types for briefings.

One CSV per kind, `<street>/notes/<kind>.csv`, UTF-8 with a byte order mark so that Excel opens it. Rows are only ever
appended; of the same key the latest entry holds, and an entry without anything but its key and date takes it back.
They change no number of the warehouse, so they are no part of a generation's hash; caches use `notes_stamp`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from etl.errors import StreetError
from etl.jobs.disk import disk_errors, write_whole
from etl.note_kinds import ANSWERS, KINDS, LONGEST, Kind
from etl.values.cells import IDENTITY, MASK, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "ANSWERS",
    "KINDS",
    "LONGEST",
    "MASK",
    "NEW",
    "Kind",
    "add_note",
    "history",
    "kept_text",
    "masked",
    "notes",
    "notes_stamp",
    "take_back",
]
FOLDER = "notes"
ENTRY = "entry"  # the running number of what was written together, first column of every file
NEW = "new"  # stands for the number of an item that is written for the first time
PERSONAL = re.compile(rf"(?<!\d)(?:{PHONE}|{IDENTITY})(?!\d)")
# What a pasted text may hold and no page or document can: control characters, also of direction, halves of characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
LOCK_SECONDS = 10


def _file(street: Path, kind: str) -> Path:
    return street / FOLDER / f"{kind}.csv"


def _damaged(kind: str, row: int | None = None) -> StreetError:
    message = _("“{kind}”的记录文件无法读取").format(kind=KINDS[kind].title)
    remedy = _("请从备份中恢复，或把它移出 notes 文件夹后重新设定")
    return StreetError(message, file=f"{FOLDER}/{kind}.csv", row=row, remedy=remedy, code="notes_damaged")


def _content(street: Path, kind: str) -> bytes | None:
    """Return a kind's file, None where there is none; StreetError where it cannot be read (a folder, no permission)."""
    try:
        return _file(street, kind).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _damaged(kind) from error


def _rows(street: Path, kind: str) -> list[dict[str, str]]:
    """Return every row of a kind's file as it was written; StreetError where the file is damaged."""
    content, columns = _content(street, kind), [ENTRY, *KINDS[kind].columns]
    if content is None:
        return []
    try:
        text = UNPRINTABLE.sub("", content.decode("utf-8-sig"))
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _damaged(kind) from error
    if not lines or lines[0] != columns:
        raise _damaged(kind)
    found = []
    for number, line in enumerate(lines[1:], start=2):
        row = dict(zip(columns, line, strict=False))
        if len(line) != len(columns) or not row[ENTRY].isdecimal() or not KINDS[kind].fits(row):
            raise _damaged(kind, number)
        found.append(row)
    return found


def notes(street: Path, kind: str) -> tuple[dict[str, str], ...]:
    """Return the notes of a kind that hold: the latest entry of each key, in the order written.

    A missing file is no notes; a damaged one is a StreetError in one sentence.
    """
    about, rows = KINDS[kind], _rows(street, kind)
    latest = {tuple(row[name] for name in about.key): row[ENTRY] for row in rows}
    return tuple(
        {name: row[name] for name in about.columns}
        for row in rows
        if latest[tuple(row[name] for name in about.key)] == row[ENTRY] and any(row[name] for name in about.said)
    )


def history(street: Path, kind: str, /, **key: str) -> tuple[dict[str, str], ...]:
    """Return every entry that was ever written for a key (or a part of it), in order, those taken back among them."""
    rows = _rows(street, kind)
    return tuple({n: row[n] for n in KINDS[kind].columns} for row in rows if key.items() <= row.items())


def kept_text(text: str) -> str:
    """Return a typed text as it is kept: one printable line, no person's number, nothing a spreadsheet takes for a formula."""
    line = UNPRINTABLE.sub("", " ".join(text.split()))
    return masked(line).lstrip("=+-@' ")


def masked(text: str) -> str:
    """Return a text without any person's number in it."""
    return PERSONAL.sub(MASK, text)


def _cell(about: Kind, name: str, text: str) -> str:
    """Return a column's text as it may be kept; StreetError where it is too long."""
    if name in about.forms:
        return text.strip()
    kept, most = kept_text(text), about.longest.get(name, LONGEST)
    if len(kept) > most:
        message = _("最多{most}个字，现在是{count}个").format(most=most, count=len(kept))
        raise StreetError(message, remedy=_("请写短一些"), code="note_too_long")
    return kept


def _checked(kind: str, values: dict[str, str]) -> dict[str, str]:
    """Return a row with today's date where none is given; every key column must be there."""
    about = KINDS[kind]
    if unknown := set(values) - set(about.columns):
        raise ValueError(f"{kind} has no {sorted(unknown)}")
    if absent := set(about.key) - set(values):
        raise ValueError(f"{kind} needs {sorted(absent)}")
    row = {**dict.fromkeys(about.columns, ""), about.day: f"{date.today()}"}
    row |= {name: _cell(about, name, value) for name, value in values.items()}
    if not about.fits(row | ({"item": ""} if row.get("item") == NEW else {})):
        raise ValueError(f"{kind} cannot hold {row}")
    return row


@contextmanager
def _lock(street: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        with FileLock(street / FOLDER / ".lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise StreetError(_("另一个窗口正在保存"), remedy=_("请稍候再试"), code="busy") from error


def _csv(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _numbered(row: dict[str, str], entry: str) -> dict[str, str]:
    return row | ({"item": entry} if row.get("item") == NEW else {})


def add_note(street: Path, kind: str, /, **values: str | Sequence[str]) -> str:
    """Append one entry and return its number; a column given as several values (`peer_id=("B", "C")`) makes one row each, all of the entry.

    The columns of the key must be given; the day is today's and the rest empty unless given. An entry whose other
    columns are all empty takes the key's earlier entry back. An item written for the first time (`item=NEW`) is called
    by the entry's number, so that two windows never share one. StreetError where a text is too long or the disk refuses.
    """
    if not street.is_dir():
        raise StreetError(_("街道文件夹还没有建立"), remedy=_("请先导入台账"), code="no_street")
    several = max((len(value) for value in values.values() if not isinstance(value, str)), default=1)
    spread = {n: [v] * max(several, 1) if isinstance(v, str) else list(v) or [""] for n, v in values.items()}
    new = [_checked(kind, dict(zip(spread, row, strict=True))) for row in zip(*spread.values(), strict=True)]
    with disk_errors():
        (street / FOLDER).mkdir(exist_ok=True)
        with _lock(street):
            rows = _rows(street, kind)
            entry = str(max((int(row[ENTRY]) for row in rows), default=0) + 1)
            rows += [{ENTRY: entry, **_numbered(row, entry)} for row in new]
            write_whole(_file(street, kind), _csv([ENTRY, *KINDS[kind].columns], rows))
    return entry


def take_back(street: Path, kind: str, /, **key: str) -> None:
    """Append an entry that takes back what was noted for a key; the history stays in the file."""
    if set(key) != set(KINDS[kind].key):
        raise ValueError(f"{kind} is taken back by {KINDS[kind].key}")
    add_note(street, kind, **key)


def notes_stamp(street: Path, *kinds: str) -> str:
    """Return a text that changes whenever a note of these kinds (without any: of all) does, for cache keys."""
    digest = hashlib.sha256()
    for kind in kinds or KINDS:
        digest.update(kind.encode() + b"\0" + (_content(street, kind) or b"") + b"\0")
    return digest.hexdigest()[:12]
