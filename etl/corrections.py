"""更正记录: a wrong cell of a ledger corrected with a reason, kept in corrections.csv and applied on every build."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path
from tempfile import TemporaryDirectory

from etl import generations
from etl.correcting.file import (
    COLUMNS,
    FILE,
    Correction,
    content,
    corrections_in,
    read_corrections,
    with_line,
    without_line,
)
from etl.correcting.found import MOST, FoundCell, FoundRow, choices, column_title, find_rows, is_list, ledgers, names_of
from etl.correcting.judge import APPLIED, RETURNED
from etl.correcting.state import STATE_TITLES, CorrectionState, states
from etl.errors import StreetError
from etl.generations import Draft, Generation, draft, writer
from etl.jobs.disk import disk_errors, write_whole
from etl.notes import NEW, add_note, kept_text, masked
from etl.record import loads
from etl.street import Street, open_street

__all__ = [
    "COLUMNS",
    "FILE",
    "MOST",
    "STATE_TITLES",
    "Correction",
    "CorrectionState",
    "FoundCell",
    "FoundRow",
    "add_correction",
    "choices",
    "column_title",
    "corrections",
    "find_rows",
    "is_list",
    "ledgers",
    "names_of",
    "previewed",
    "read_corrections",
    "states",
    "withdraw_correction",
]
LOG = "correction_log"
LONGEST = {"reason": 200, "source": 200, "by": 60}


@dataclass(frozen=True)
class Made:
    """What was written: the correction's number, its state, how many rows it corrects, and the new generation."""

    no: int
    state: str
    row_count: int
    generation: Generation


def corrections(street: Path) -> tuple[CorrectionState, ...]:
    """Return the street's corrections as the current generation knows them, with their states."""
    path = generations.current_path(open_street(street))
    return states(path) if path else ()


def add_correction(
    street: Path,
    ledger: str,
    key: str,
    column: str,
    was: str,
    now: str,
    reason: str,
    source: str = "",
    *,
    by: str = "",
    on: date | None = None,
) -> Made | None:
    """Write a correction and publish; None where the very same stands there already.

    `key` is any key of the row as its ledger writes it or the key it is stored under, `…@2018-12-31` from that day on.
    StreetError, and nothing is kept, where it would correct nothing: the sentence says why.
    """
    if not reason.strip():
        raise StreetError(_("更正须写明理由"), remedy=_("请填写理由"), code="no_reason")
    told = _told(reason=reason, source=source, by=by)
    cells = [*(_plain(text) for text in (ledger, key, column, was, now)), *told, f"{on or date.today()}"]
    found = open_street(street)
    with writer(found):
        data = content(street)
        if any(one.said == tuple(cells[:5]) for one in corrections_in(data)):
            return None
        with _changed(found, data, with_line(data, cells)) as built:
            one = states(built.path)[-1]
            if one.state not in (APPLIED, RETURNED):
                raise StreetError(_("这条更正不起作用：{said}").format(said=one.said), code="no_effect")
            generation = built.publish()
        _log(street, "made", one)
        return Made(one.no, one.state, one.row_count, generation)


@contextmanager
def previewed(
    street: Path, ledger: str, key: str, column: str, was: str, now: str
) -> Iterator[tuple[CorrectionState, Path]]:
    """Give what a correction would come to and the generation that it would make, to be looked at; nothing is kept."""
    found = open_street(street)
    cells = [*(_plain(text) for text in (ledger, key, column, was, now)), _("先看影响"), "", "", ""]
    line = with_line(content(street), cells)
    with TemporaryDirectory(prefix="union-atlas-") as folder:
        built = draft(found, loads.active_loads(found.loads), Path(folder), line)
        yield states(built.path)[-1], built.path


def withdraw_correction(
    street: Path, no: int, by: str = "", *, expected: CorrectionState | Correction | None = None
) -> Generation:
    """Take a correction out of the file and publish; every other byte stays, so that it is as if never made.

    `expected`: what the caller has seen under this number; StreetError where another correction has it by now.
    """
    found = open_street(street)
    with writer(found):
        data = content(street)
        known = {one.no: one for one in corrections_in(data)}
        if data is None or no not in known or (expected and not _is_same(known[no], expected)):
            raise StreetError(
                _("没有这条更正记录，可能已在另一个窗口撤回"), remedy=_("请刷新后再看"), code="no_correction"
            )
        one = next((one for one in corrections(street) if one.no == no), None)
        with _changed(found, data, without_line(data, no)) as built:
            generation = built.publish()
        if one:
            _log(street, "withdrawn", one, by)
        return generation


def _is_same(one: Correction, expected: CorrectionState | Correction) -> bool:
    """Compare with what the caller has seen; the generation leaves out what may name a person."""
    facts = [getattr(one, name) == getattr(expected, name) for name in ("reason", "source", "by", "on")]
    texts = ((expected.key, one.key), (expected.now, one.now))
    return all(facts) and all(seen in ("", text, masked(text)) for seen, text in texts)


def _plain(text: str) -> str:
    """Return a cell as one line: a key and a value hold no line ends."""
    return " ".join(text.split())


def _told(**texts: str) -> list[str]:
    kept = {name: kept_text(text) for name, text in texts.items()}
    for name, text in kept.items():
        if len(text) > LONGEST[name]:
            message = _("最多{most}个字，现在是{count}个").format(most=LONGEST[name], count=len(text))
            raise StreetError(message, remedy=_("请写短一些"), code="note_too_long")
    return list(kept.values())


@contextmanager
def _changed(street: Street, old: bytes | None, new: bytes | None) -> Iterator[Draft]:
    """Give the draft that the changed file makes; the file is as before where the draft is not published."""
    active = loads.active_loads(street.loads)
    if not active:
        raise StreetError(_("还没有有效的台账"), remedy=_("请先导入台账"), code="no_loads")
    built, is_done = None, False
    _put(street, new)
    try:
        built = draft(street, active)
        yield built
        is_done = True
    finally:
        if not is_done:
            _put(street, old)
            if built and built.path.exists():
                built.discard()


def _put(street: Street, data: bytes | None) -> None:
    path = street.path / FILE
    with disk_errors():
        if data is None:
            path.unlink(missing_ok=True)
        else:
            write_whole(path, data)


def _log(street: Path, act: str, one: CorrectionState, by: str | None = None) -> None:
    """Note what was done; a text that the note cannot hold whole is cut, the file itself is what counts."""
    texts = {"was": one.was or "", "now": one.now or "", "reason": one.reason, "source": one.source}
    add_note(
        street, LOG, item=NEW, act=act, ledger=one.ledger, row_key=one.key[:290] or "-", column=one.column,
        **{name: kept_text(text)[:200] for name, text in texts.items()}, done_by=one.by if by is None else by,
    )  # fmt: skip
