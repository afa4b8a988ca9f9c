"""本月零报告: the clerk ticks that there is nothing to report, and the month is known and 0 from the next generation on."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path

import duckdb

from etl.errors import StreetError
from etl.generations import READ_ONLY, Generation, current, renew, writer
from etl.ledger import LedgerKind, ledger_kinds
from etl.notes import add_note, notes, take_back
from etl.street import Street, open_street

KIND = "nil_reports"


def tick(
    street: Path, ledger: str, community_id: str, month: date, by: str = "", on: date | None = None
) -> Generation | None:
    """Note that a unit has nothing to report for a month and publish; None where it is noted already.

    `community_id` is "" for a ledger that the street owes; `on` the day on which the unit said so, None for today.
    StreetError for a register, a community or month that does not owe it, a report that is in already, or while another
    writer is at work.
    """
    found, key = open_street(street), _key(ledger, community_id, month)
    with writer(found):
        if _is_ticked(street, key):
            return None
        _require_owed(found, ledger_kinds()[ledger], community_id, month.replace(day=1))
        add_note(street, KIND, **key, is_nil="true", noted_on=f"{on or date.today()}", noted_by=by)
        return renew(found)


def untick(street: Path, ledger: str, community_id: str, month: date) -> Generation | None:
    """Take a ticked 零报告 back and publish; None where none is noted. The history stays in the note's file."""
    found, key = open_street(street), _key(ledger, community_id, month)
    with writer(found):
        if not _is_ticked(street, key):
            return None
        take_back(street, KIND, **key)
        return renew(found)


def _key(ledger: str, community_id: str, month: date) -> dict[str, str]:
    """Return the note's key; StreetError for what cannot be reported without rows."""
    kind = ledger_kinds().get(ledger)
    if kind is None:
        known = "、".join(ledger_kinds())
        raise StreetError(
            _("没有“{ledger}”这种台账").format(ledger=ledger), remedy=_("现有：{known}").format(known=known)
        )
    if kind.mode != "event":
        message = _("{title}是名册，没有零报告").format(title=kind.title)
        raise StreetError(message, remedy=_("请报送名册；没有变化的，报送原名册并写明截至日"), code="no_nil_report")
    if (kind.due.unit == "street") != (community_id == ""):
        owes = _("街道") if kind.due.unit == "street" else _("各社区")
        message = _("{title}由{owes}报送").format(title=kind.title, owes=owes)
        raise StreetError(message, remedy=_("请按报送单位登记零报告"), code="no_nil_report")
    return {"ledger": ledger, "community_id": community_id, "month": f"{month:%Y-%m}"}


def _is_ticked(street: Path, key: dict[str, str]) -> bool:
    return any(key.items() <= note.items() for note in notes(street, KIND))


def _require_owed(street: Street, kind: LedgerKind, community_id: str, month: date) -> None:
    """StreetError unless the current generation says that the report is owed and not in."""
    states = _states(street, kind.id, community_id, month)
    when = _("{year}年{month}月").format(year=month.year, month=month.month)
    if not any(is_due for is_due, _state in states) or month > date.today():
        message = _("{when}没有应报的{title}").format(when=when, title=kind.title)
        raise StreetError(message, remedy=_("请核对社区和月份"), code="not_due")
    if any(state in {"received", "nil"} for _is_due, state in states):
        message = _("{when}的{title}已经报送").format(when=when, title=kind.title)
        raise StreetError(message, remedy=_("不需要登记零报告"), code="already_reported")


def _states(street: Street, ledger: str, community_id: str, month: date) -> list[tuple[bool, str]]:
    """Return whether the report is owed and its state, one for each community that the unit stands for."""
    generation = current(street)
    if generation is None:
        raise StreetError(_("街道还没有数据"), remedy=_("请先导入台账"), code="no_generation")
    query = (
        "select is_due, state from core.report "
        "where ledger = $ledger and month = $month and ($community = '' or community_id = $community)"
    )
    values = {"ledger": ledger, "month": month, "community": community_id}
    with duckdb.connect(str(generation.path), read_only=True, config=READ_ONLY) as connection:
        return connection.execute(query, values).fetchall()
