"""提出异议: a community says that a unit belongs into a rate or not; the clerk decides with a reason. Kept as notes.

An objection changes no number by itself: an accepted one asks for a 更正记录, or for the ledger to be sent again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from etl.errors import StreetError
from etl.notes import KINDS, NEW, add_note, history, notes, take_back

KIND = "objections"
CLAIMS = {"count": _("应当计入"), "leave_out": _("不应计入")}
STATES = {"open": _("待处理"), "accepted": _("采纳"), "refused": _("不采纳")}
WITHDRAWN = _("已撤回")
LONGEST_NAME = KINDS[KIND].longest["unit_name"]


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection as it stands, or one entry of its history; `state` "" is an entry that takes it back."""

    item: str
    month: str
    metric: str
    community_id: str
    unit_id: str
    unit_name: str
    claim: str
    reason: str
    state: str
    decision: str
    decided_by: str
    written_on: str
    written_by: str

    @property
    def is_open(self) -> bool:
        """Return whether nobody has decided yet."""
        return self.state == "open"


def objections(street: Path, community_id: str = "", metric: str = "") -> tuple[Objection, ...]:
    """Return the objections that stand, of one community and metric where they are named, the newest first."""
    found = (Objection(**row) for row in notes(street, KIND))
    wanted = (one for one in found if community_id in {"", one.community_id} and metric in {"", one.metric})
    return tuple(reversed(list(wanted)))


def entries(street: Path, *wanted: Objection) -> tuple[Objection, ...]:
    """Return all that was written about some objections, one after the other, each one's own oldest first."""
    written = [Objection(**row) for row in history(street, KIND)]
    return tuple(entry for one in wanted for entry in written if (entry.item, entry.month) == (one.item, one.month))


def object_to(
    street: Path,
    *,
    metric: str,
    community_id: str,
    month: date,
    unit_id: str,
    unit_name: str,
    claim: str,
    reason: str,
    by: str = "",
) -> str:
    """Note an objection and return its number; StreetError without a reason, or where the same one is open already."""
    if not reason.strip():
        raise StreetError(_("异议须写明理由"), remedy=_("请填写理由"), code="no_reason")
    same = (one for one in objections(street, community_id, metric) if one.unit_id == unit_id and one.is_open)
    if any(one.month == f"{month:%Y-%m}" for one in same):
        message = _("“{name}”已有一项待处理的异议").format(name=unit_name)
        raise StreetError(message, remedy=_("请等待处理，或先撤回"), code="objection_open")
    return add_note(
        street, KIND, item=NEW, month=f"{month:%Y-%m}", metric=metric, community_id=community_id, unit_id=unit_id,
        unit_name=unit_name[:LONGEST_NAME], claim=claim, reason=reason, state="open", written_by=by,
    )  # fmt: skip


def decide(street: Path, one: Objection, state: str, decision: str, by: str = "") -> None:
    """Accept or refuse an open objection with a reason; StreetError without one, or where somebody has decided."""
    if not decision.strip():
        raise StreetError(_("处理异议须写明理由"), remedy=_("请填写理由"), code="no_reason")
    _check_open(street, one)
    add_note(street, KIND, **_said(one) | {"state": state, "decision": decision, "decided_by": by, "written_by": by})


def withdraw(street: Path, one: Objection) -> None:
    """Take an open objection back; its history stays."""
    _check_open(street, one)
    take_back(street, KIND, item=one.item, month=one.month)


def _said(one: Objection) -> dict[str, str]:
    """Return what every entry of an objection repeats."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__ if not name.startswith("written")}


def _check_open(street: Path, one: Objection) -> None:
    now = next((found for found in objections(street) if (found.item, found.month) == (one.item, one.month)), None)
    if now is None or not now.is_open:
        raise StreetError(_("这项异议已经处理或撤回"), remedy=_("请刷新页面"), code="objection_decided")
