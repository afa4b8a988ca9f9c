"""What came when: every sheet that an active load brought, also one that a newer load has replaced since.

The calendar of reports asks on which day a month was first and last reported. What is taken of a load (`holdings`)
does not tell that: a mended copy stands for the file that came in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.ledger import ledger_kinds
from etl.record.holdings import Part, mode_of
from etl.record.loads import Load
from etl.reporting import STREET

ARRIVAL = {
    "ledger": "VARCHAR", "community_id": "VARCHAR", "as_of": "DATE", "period_from": "DATE", "period_to": "DATE",
    "load_id": "VARCHAR", "load_no": "INTEGER", "received_on": "DATE",
}  # fmt: skip


def received_on(load: Load) -> str:
    """Return the day on which a load's files reached the office: as stated, else the day of loading."""
    return str(load.receipt.get("received_on") or load.receipt["loaded_at"][:10])


def arrivals(parts: list[Part], derived: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row per sheet and community that it speaks of; `street` where it speaks of all of them.

    `derived`: the snapshots that change lists make; a street's list speaks of the communities of its register.
    """
    named: dict[tuple[Any, ...], list[str]] = {}
    for fact in derived:
        named.setdefault((fact["ledger"], fact["unit_id"], str(fact["as_of"])), []).append(fact["community_id"])
    return [
        {**sheet, "community_id": place, "load_id": part.load.id, "load_no": part.load.number,
         "received_on": received_on(part.load)}
        for part in parts
        for sheet in part.sheets
        for place in _places(sheet, named)
    ]  # fmt: skip


def _places(sheet: dict[str, Any], named: dict[tuple[Any, ...], list[str]]) -> Iterator[str]:
    """Yield the communities that a sheet reports for, as `core.snapshot` and `core.report` see it."""
    if sheet["unit_id"] != STREET:
        yield sheet["unit_id"]
        return
    mode = mode_of(sheet)
    if mode == "change":
        yield from named.get((sheet["ledger"], STREET, sheet["as_of"]), ())
    else:
        yield from sheet.get("communities", {})
    due = ledger_kinds()[sheet["ledger"]].due
    # 阵地、队伍、制度……: a register that the street may do without speaks of every community, listed or not
    of_street = due.unit == STREET and (mode == "event" or due.optional)
    if of_street or (mode == "event" and sheet.get("covers_all")):
        yield STREET
