"""What the parts of 月度定稿 are shown for: a generation, a month, the day on which the reports are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from metrics.closed.closing import Closing
from metrics.judging.calendar_owed import Owed
from metrics.warehouse import Warehouse


@dataclass(frozen=True)
class View:
    """A month as the page shows it; `can_change` is False while an earlier data version is shown."""

    warehouse: Warehouse
    street: Path
    month: date
    day: date
    owed: tuple[Owed, ...]
    closed: Closing | None
    can_change: bool

    @property
    def noted_on(self) -> date:
        """Return the day that a 零报告 or a 退回 is noted under: the one looked at, never one to come."""
        return min(self.day, date.today())


def unit_text(one: Owed) -> str:
    """Return who owes a report: 第五园, 街道本级."""
    return one.community if one.unit == "community" else _("街道本级")


def report_name(one: Owed) -> str:
    """Return one report's name in a list: 第五园　劳资纠纷台账."""
    return f"{unit_text(one)}　{one.title}"


def report_key(one: Owed) -> str:
    """Return what tells one report from the others, in the keys of widgets."""
    return f"{one.ledger}.{one.community_id}"
