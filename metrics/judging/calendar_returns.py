"""退回待改: reports that the office sent back to be mended, kept as notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

import duckdb

from etl.errors import QuestionError, StreetError
from etl.notes import add_note, notes, take_back
from metrics.warehouse import Warehouse, open_current

KIND = "returns"


@dataclass(frozen=True, slots=True)
class Return:
    """A report that was sent back: when, why, by when it is wanted, and the number of the last load it had then."""

    returned_on: date
    reason: str
    deadline: date | None
    load_no: int


def returns(street: Path, month: date) -> dict[tuple[str, str], Return]:
    """Return the reports of a month that were sent back, by ledger and community ("" for the street's)."""
    return {
        (note["ledger"], note["community_id"]): Return(
            date.fromisoformat(note["returned_on"]),
            note["reason"],
            date.fromisoformat(note["deadline"]) if note["deadline"] else None,
            int(note["load_id"].split("-")[0] or 0),
        )
        for note in notes(street, KIND)
        if note["month"] == f"{month:%Y-%m}"
    }


def return_report(
    street: Path,
    ledger: str,
    community_id: str,
    month: date,
    reason: str,
    deadline: date | None = None,
    by: str = "",
    on: date | None = None,
) -> None:
    """Send a report back with a reason; it is 退回待改 until a later load reports the same again.

    `community_id` is "" for a ledger that the street owes; `on` the day of sending it back, None for today. StreetError
    without a reason, for a report that no load brought (a ticked 零报告 is taken back instead), or for one not owed.
    """
    if not reason.strip():
        raise StreetError(_("退回须写明原因"), remedy=_("请填写退回原因"), code="no_reason")
    last = _last_load(street, ledger, community_id, month)
    if last is None:
        message, remedy = _("没有可退回的报送"), _("还没有报送的请催报；勾选的零报告请直接撤回")
        raise StreetError(message, remedy=remedy, code="nothing_to_return")
    add_note(
        street, KIND, ledger=ledger, community_id=community_id, month=f"{month:%Y-%m}", reason=reason,
        deadline=f"{deadline}" if deadline else "", load_id=last, returned_on=f"{on or date.today()}", returned_by=by,
    )  # fmt: skip


def take_back_return(street: Path, ledger: str, community_id: str, month: date) -> None:
    """Take a return back; nothing happens where there is none. The history stays in the note's file."""
    if (ledger, community_id) in returns(street, month):
        take_back(street, KIND, ledger=ledger, community_id=community_id, month=f"{month:%Y-%m}")


def _last_load(street: Path, ledger: str, community_id: str, month: date) -> str | None:
    """Return the newest load that brought the report, None where none did."""
    query = """
        select a.load_id
        from core.report_arrival as a
        inner join core.report as r
            on a.ledger = r.ledger and a.community_id = r.community_id and a.month = r.month
        inner join core.ledger_kind as k on r.ledger = k.ledger
        where a.ledger = $ledger and a.month = $month and a.load_no is not null
              and r.is_due and r.state in ('received', 'nil')
              and (($community = '' and k.due_unit = 'street')
                   or (a.community_id = $community and k.due_unit = 'community'))
        order by a.load_no desc
        limit 1"""
    values = {"ledger": ledger, "month": month, "community": community_id}
    warehouse = open_current(street)
    try:
        found = warehouse.cursor().execute(query, values).fetchall()
    except duckdb.CatalogException as error:
        raise no_calendar(warehouse) from error
    return found[0][0] if found else None


def no_calendar(warehouse: Warehouse) -> QuestionError:
    """Return the sentence for a generation of a program that knew no calendar."""
    message = _("数据版本{no}由旧版程序建立，没有报送日历").format(no=warehouse.generation_no)
    remedy = _("请用 union-atlas serve 打开一次，或再导入任何一份台账，程序会按原有台账重建")
    return QuestionError(message, remedy=remedy, code="old_generation")
