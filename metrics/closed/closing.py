"""月度定稿: the generation whose numbers a month's documents print, whatever is corrected later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import StreetError
from etl.jobs.disk import disk_errors
from etl.notes import add_note, notes
from metrics import scope
from metrics.closed.kept import FOLDER, keep
from metrics.periods import month_text, parse_month
from metrics.reports import summary
from metrics.versions import open_by_id
from metrics.warehouse import Warehouse, current_path, open_current, open_numbered

LOCK_SECONDS = 10


@dataclass(frozen=True)
class Closing:
    """A month that was closed: with which generation, on which day, by whom."""

    month: date
    generation_no: int
    generation_id: str
    closed_on: date
    by: str


def closings(street: Path) -> tuple[Closing, ...]:
    """Return every closed month, the newest first."""
    found = (
        Closing(
            parse_month(note["month"]), int(note["generation_no"]), note["generation_id"],
            date.fromisoformat(note["closed_on"]), note["closed_by"],
        )
        for note in notes(street, "closings")
        if note["generation_no"] and note["generation_id"]  # half a row, written by hand, closes nothing
    )  # fmt: skip
    return tuple(sorted(found, key=lambda closing: closing.month, reverse=True))


def closing(street: Path, month: date) -> Closing | None:
    """Return how a month was closed, None while it is open."""
    return next((found for found in closings(street) if found.month == month), None)


@contextmanager
def _lock(street: Path) -> Iterator[None]:
    """Hold the closings: of two windows that close one month at once the second hears of the first."""
    try:
        with disk_errors():
            (street / FOLDER).mkdir(exist_ok=True)
        with FileLock(street / FOLDER / ".lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise StreetError(_("另一个窗口正在定稿"), remedy=_("请稍候再试"), code="busy") from error


def _check_open(street: Path, month: date) -> None:
    if (found := closing(street, month)) is not None:
        text = _("{month}已于{day.year}年{day.month}月{day.day}日定稿")
        message = text.format(month=month_text(month), day=found.closed_on)
        raise StreetError(message, remedy=_("如需重新定稿，请先取消定稿"), code="closed")


def close(street: Path, month: date, by: str = "", warehouse: Warehouse | None = None) -> Closing:
    """Close a month with the current generation; StreetError where it is closed already or nothing is reported for it.

    The figures are written beside the warehouse before the note says so: a closed month has them for ever. `warehouse`
    is the generation that was looked at before closing; where another is current by now, nothing is closed.
    """
    _check_open(street, month)
    current = open_current(street)
    _check_seen(warehouse, current)
    scope.check_month(current, month)
    if not any(ledger.received for ledger in summary(current, month)):
        message = _("{month}还没有报送任何台账，不能定稿").format(month=month_text(month))
        raise StreetError(message, remedy=_("请先导入当月台账"), code="nothing_to_close")
    with _lock(street):
        _check_open(street, month)
        found = Closing(month, current.generation_no, current.generation_id, date.today(), by)
        keep(street, current, month, found.closed_on, by)
        add_note(
            street, "closings", month=f"{month:%Y-%m}", generation_no=str(found.generation_no),
            generation_id=found.generation_id, closed_on=f"{found.closed_on}", closed_by=by,
        )  # fmt: skip
    return found


def _check_seen(seen: Warehouse | None, current: Warehouse) -> None:
    if seen is not None and seen != current:
        message = _("数据已更新为版本{now}，您看到的是版本{seen}").format(
            now=current.generation_no, seen=seen.generation_no
        )
        raise StreetError(message, remedy=_("请核对新的数据后再定稿"), code="changed_meanwhile")


def reopen(street: Path, month: date, by: str = "") -> None:
    """Open a closed month again; that it was closed stays on record. StreetError where it is open."""
    if closing(street, month) is None:
        message = _("{month}还没有定稿").format(month=month_text(month))
        raise StreetError(message, remedy=_("不需要取消"), code="not_closed")
    add_note(street, "closings", month=f"{month:%Y-%m}", closed_by=by)


def warehouse_of(street: Path, closing: Closing) -> Warehouse:
    """Open the generation that a month was closed with, or an equal one; StreetError where there is none any more."""
    found = open_numbered(street, closing.generation_no)
    if found is None or found.generation_id != closing.generation_id:
        # A street rebuilt from its record counts from 1 again.
        found = open_by_id(street, closing.generation_id) if current_path(street) else None
    if found is None:
        message = _("{month}定稿所用的数据版本{n}已不在").format(
            month=month_text(closing.month), n=closing.generation_no
        )
        remedy = _("请从备份中恢复 generations 文件夹，或取消定稿后重新定稿；定稿数仍可在“月度定稿”查看")
        raise StreetError(message, remedy=remedy, code="closed_generation_gone")
    return found
