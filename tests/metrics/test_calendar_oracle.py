"""Every state of the 报送日历 against a second computation that lives through each report's history day by day."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from etl.notes import add_note
from etl.record.row_tables import write_table
from metrics.judging.calendar import STATE_TITLES, report_calendar
from metrics.warehouse import Warehouse, open_current

MONTHS = (date(2018, 10, 1), date(2018, 11, 1), date(2018, 12, 1), date(2019, 1, 1))
BEGINS = date(2018, 11, 1)  # October is before the calendar was in use
CLOSED = {MONTHS[0]: date(2018, 11, 12), MONTHS[1]: date(2018, 12, 12), MONTHS[2]: date(2019, 1, 12)}
UNITS = tuple(f"C{number:02d}" for number in range(60))


@dataclass(frozen=True)
class History:
    """What happened to one unit's report of one month, each load with its number and day, in the order of loading."""

    due_on: date
    loads: tuple[tuple[int, date], ...]
    ticked_on: date | None
    is_nil: bool
    returned: tuple[date, int] | None  # the day, and the number of the last load then


def _lived(history: History, month: date, day: date) -> str:
    """Walk from the first day to `day` and remember only what a clerk would: is it in, was it sent back, is it late."""
    is_early, first, state_of_return, has_load = month < BEGINS, None, "", False
    # what came before the calendar is there, whenever it was loaded
    until = date(2019, 3, 1) if is_early else day
    walk = month
    while walk <= until:
        for number, came in history.loads:
            if came == walk:
                first, has_load = first or walk, True
                if history.returned and number > history.returned[1]:
                    state_of_return = "again"
        if history.ticked_on == walk:
            first = first or walk
        walk += timedelta(days=1)
    if history.returned and history.returned[0] <= day:
        if history.ticked_on and not has_load and first and history.ticked_on >= history.returned[0]:
            return "again"
        return state_of_return or "returned"
    if first is None:
        return "missing" if is_early or day > history.due_on else "due"
    if not is_early and month in CLOSED and first > CLOSED[month]:
        return "again"
    if not is_early and first > history.due_on:
        return "late"
    return "nil" if history.is_nil else "received"


def _history(chance: random.Random, month: date, numbers: list[int]) -> History:
    ends = (month + timedelta(days=31)).replace(day=1)
    days = [ends + timedelta(days=chance.randrange(-3, 20)) for _ in range(chance.choice([0, 0, 1, 1, 1, 2, 3]))]
    loads = tuple((numbers.pop(0), day) for day in (sorted(days) if chance.random() < 0.8 else days))
    ticked_on = ends + timedelta(days=chance.randrange(15)) if chance.random() < 0.3 else None
    is_nil = not loads or chance.random() < 0.3
    returned = None
    if chance.random() < 0.3:
        last = chance.choice([0, *(number for number, _day in loads)])  # 0: the load that was sent back is undone
        returned = (ends + timedelta(days=chance.randrange(20)), last)
    return History(ends + timedelta(days=chance.randrange(4, 8)), loads, ticked_on, is_nil, returned)


def _send_back(folder: Path, histories: dict[tuple[str, date], History]) -> None:
    back = [(*key, *history.returned) for key, history in histories.items() if history.returned]
    add_note(
        folder, "returns", ledger="dispute", community_id=[unit for unit, *_rest in back], reason="示例",
        month=[f"{month:%Y-%m}" for _unit, month, *_rest in back], returned_on=[f"{day}" for *_key, day, _number in back],
        load_id=[f"{number:06d}-{number:08x}" if number else "" for *_rest, number in back],
    )  # fmt: skip


def _write(folder: Path, histories: dict[tuple[str, date], History]) -> Warehouse:
    """Write the few tables that the calendar reads, as the models do, and the notes."""
    (folder / "generations").mkdir()
    reports, arrivals = [], []
    for (unit, month), history in histories.items():
        key = {"ledger": "dispute", "community_id": unit, "month": month}
        is_in = bool(history.loads or history.ticked_on)
        state = "missing" if not is_in else "nil" if history.is_nil else "received"
        reports.append({**key, "is_due": True, "state": state, "due_on": history.due_on})
        arrivals += [{**key, "load_no": number, "received_on": day} for number, day in history.loads]
        arrivals += [{**key, "received_on": history.ticked_on}] if history.ticked_on else []
    _send_back(folder, histories)
    text = dict.fromkeys(("ledger", "title", "due_unit", "mode", "community_id", "community", "state"), "VARCHAR")
    days = dict.fromkeys(("month", "month_end", "due_on", "received_on"), "DATE")
    types = {**text, **days, "is_due": "BOOLEAN", "is_sample": "BOOLEAN", "generation_id": "VARCHAR", "key": "VARCHAR",
             "street": "VARCHAR", "value": "VARCHAR"}  # fmt: skip
    kind = {"ledger": "dispute", "title": "劳资纠纷台账", "due_unit": "community", "mode": "event", "kind_order": 1}
    generation = {"generation_id": "tiny", "generation_no": 1, "is_sample": True, "street": "示例街道"}
    tables: dict[str, list[dict[str, Any]]] = {
        "intake.generation": [generation],
        "core.setting": [{"key": "calendar_from", "value": f"{BEGINS:%Y-%m}"}],
        "core.month": [{"month": month} for month in MONTHS],
        "core.ledger_kind": [kind],
        "core.community": [{"community_id": u, "community": u, "official_order": n} for n, u in enumerate(UNITS)],
        "core.report": reports,
        "core.report_arrival": arrivals,
    }
    with duckdb.connect(str(folder / "generations/000001.duckdb")) as connection:
        connection.execute("create schema intake; create schema core")
        for table, rows in tables.items():
            names = dict.fromkeys(name for row in rows for name in row)
            write_table(connection, table, {name: types.get(name, "INTEGER") for name in names}, rows)
    return open_current(folder)


def test_states_are_what_a_clerk_would_have_seen(tmp_path: Path) -> None:
    chance, numbers = random.Random(7), list(range(1, 2000))
    histories = {(unit, month): _history(chance, month, numbers) for unit in UNITS for month in MONTHS}
    warehouse, seen = _write(tmp_path, histories), Counter[tuple[str, bool]]()
    for month, closed_on in CLOSED.items():
        add_note(tmp_path, "closings", month=f"{month:%Y-%m}", generation_no="1", generation_id="0" * 12, closed_on=f"{closed_on}")  # fmt: skip
    for month in MONTHS:
        ends = (month + timedelta(days=31)).replace(day=1)
        for day in (ends + timedelta(days=n) for n in range(-2, 22)):
            for one in report_calendar(warehouse, tmp_path, month, day):
                history = histories[one.community_id, month]
                assert one.state == _lived(history, month, day), (history, month, day)
                came = [on for _number, on in history.loads if on <= day or month < BEGINS]
                assert one.times == len(came)
                seen[one.state, one.is_nil] += 1
    assert {state for state, _nil in seen} == set(STATE_TITLES)  # every word was said
    assert seen["late", True] and seen["again", True] and seen["late", False]
