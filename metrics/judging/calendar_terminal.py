"""Who owes which ledger, as the terminal gives it: JSON for programs, a list and the 催报文字 for people."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from gettext import gettext as _
from itertools import groupby
from pathlib import Path
from typing import Any

from metrics.judging.calendar import calendar_from, default_calendar_month, report_calendar
from metrics.judging.calendar_owed import Owed
from metrics.judging.calendar_words import reminder_of, summary_sentence
from metrics.periods import month_text
from metrics.warehouse import open_current

SAID = (
    "ledger", "title", "unit", "community_id", "community", "due_on", "state", "state_title", "is_in", "is_nil",
    "is_before_calendar", "received_on", "last_received_on", "times", "returned_on", "return_reason", "return_deadline",
)  # fmt: skip


def owed_json(street: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return every report that is owed for a month and how it stands on a day, by default the last month and today."""
    warehouse, as_of = open_current(street), arguments.as_of or date.today()
    month = arguments.month or default_calendar_month(warehouse, as_of)
    owed = report_calendar(warehouse, street, month, as_of)
    return {
        "month": f"{month:%Y-%m}",
        "as_of": as_of,
        "calendar_from": f"{calendar_from(warehouse):%Y-%m}",
        "generation": warehouse.generation_id,
        "summary": summary_sentence(owed, as_of),
        "reminder": reminder_of(warehouse, owed, as_of),
        "lines": [*_lines(owed)],
        "owed": [{name: getattr(one, name) for name in SAID} for one in owed],
    }


def _lines(owed: Sequence[Owed]) -> Iterator[str]:
    """Yield one line per ledger and state: by which day, and which units; reports that are in and in order by number."""
    for (title, due_on), mine in groupby(owed, lambda one: (one.title, one.due_on)):
        yield _("{title}（报送期限{day}）").format(title=title, day=due_on)
        by_state: dict[str, list[str]] = {}
        for one in mine:
            by_state.setdefault(one.state_title, []).append(one.community)
        for state, names in by_state.items():
            yield _("　{state}{n}份：{names}").format(state=state, n=len(names), names="、".join(names))


def owed_text(answer: dict[str, Any]) -> str:
    """Return the summary, the list and the 催报文字 for people."""
    before = _("{month}以前的月份不判断迟报、补报").format(
        month=month_text(date.fromisoformat(f"{answer['calendar_from']}-01"))
    )
    notes = [before] if any(one["is_before_calendar"] for one in answer["owed"]) else []
    return "\n".join([answer["summary"], *notes, *answer["lines"], "", _("催报文字："), answer["reminder"]])
