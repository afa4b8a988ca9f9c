"""月度定稿: the generation whose numbers a month's documents print, whatever is corrected later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from etl.errors import StreetError
from etl.notes import add_note, notes
from metrics import scope
from metrics.periods import month_text
from metrics.reports import summary
from metrics.warehouse import Warehouse, open_current, open_numbered


@dataclass(frozen=True)
class Closing:
    """A month that was closed: with which generation, on which day, by whom."""

    month: date
    generation_no: int
    generation_id: str
    closed_on: date
    by: str


def closing(street: Path, month: date) -> Closing | None:
    """Return how a month was closed, None while it is open."""
    found = next((note for note in notes(street, "closings") if note["month"] == f"{month:%Y-%m}"), None)
    if found is None:
        return None
    number, day = int(found["generation_no"]), date.fromisoformat(found["closed_on"])
    return Closing(month, number, found["generation_id"], day, found["closed_by"])


def close(street: Path, month: date, by: str = "") -> Closing:
    """Close a month with the current generation; StreetError where it is closed already or nothing is reported for it."""
    if (found := closing(street, month)) is not None:
        message = _("{month}已于{day}定稿").format(month=month_text(month), day=found.closed_on)
        raise StreetError(message, remedy=_("如需重新定稿，请先取消定稿"), code="closed")
    warehouse = open_current(street)
    scope.check_month(warehouse, month)
    if not any(ledger.received for ledger in summary(warehouse, month)):
        message = _("{month}还没有报送任何台账，不能定稿").format(month=month_text(month))
        raise StreetError(message, remedy=_("请先导入当月台账"), code="nothing_to_close")
    add_note(
        street, "closings", month=f"{month:%Y-%m}", generation_no=str(warehouse.generation_no),
        generation_id=warehouse.generation_id, closed_by=by,
    )  # fmt: skip
    return Closing(month, warehouse.generation_no, warehouse.generation_id, date.today(), by)


def reopen(street: Path, month: date, by: str = "") -> None:
    """Open a closed month again; that it was closed stays on record. StreetError where it is open."""
    if closing(street, month) is None:
        message = _("{month}还没有定稿").format(month=month_text(month))
        raise StreetError(message, remedy=_("不需要取消"), code="not_closed")
    add_note(street, "closings", month=f"{month:%Y-%m}", closed_by=by)


def warehouse_of(street: Path, closing: Closing) -> Warehouse:
    """Open the generation that a month was closed with; StreetError where it is gone or another has its number."""
    found = open_numbered(street, closing.generation_no)
    if found is None or found.generation_id != closing.generation_id:
        message = _("{month}定稿所用的数据版本{n}已不在").format(
            month=month_text(closing.month), n=closing.generation_no
        )
        remedy = _("请从备份中恢复 generations 文件夹，或取消定稿后重新定稿")
        raise StreetError(message, remedy=remedy, code="closed_generation_gone")
    return found
