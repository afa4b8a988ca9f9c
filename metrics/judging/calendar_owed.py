"""One report that is owed for a month, and the words of how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

STATE_TITLES = {
    "due": _("应报"),
    "received": _("已报"),
    "nil": _("零报告"),
    "late": _("迟报"),
    "missing": _("未报"),
    "again": _("补报"),
    "returned": _("退回待改"),
}
OPEN = ("due", "missing", "returned")  # the unit still has to send something


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that a unit owes for a month, and how it stands on a day.

    `unit` is community or street (community_id "" and the street's name then). `received_on` is the first day on which
    it came, `times` how many loads brought it (a ticked 零报告 is none). `is_in`: something is there, also where it was
    sent back. `is_nil`: what is there is a 零报告, whatever the state. `can_be_nil`: it can be, a register cannot.
    `is_before_calendar`: a month before the calendar was in use, of which nobody can say what came late.
    """

    ledger: str
    title: str
    unit: str
    community_id: str
    community: str
    month: date
    due_on: date
    state: str
    received_on: date | None = None
    last_received_on: date | None = None
    times: int = 0
    is_in: bool = False
    is_nil: bool = False
    can_be_nil: bool = True
    is_before_calendar: bool = False
    returned_on: date | None = None
    return_reason: str = ""
    return_deadline: date | None = None

    @property
    def is_open(self) -> bool:
        """Return whether the unit still has to send it, for the first time or mended."""
        return self.state in OPEN

    @property
    def state_title(self) -> str:
        """Return the state's words; a 零报告 that came late or again says both."""
        words = STATE_TITLES[self.state]
        return _("{state}（零报告）").format(state=words) if self.is_nil and self.state in {"late", "again"} else words
