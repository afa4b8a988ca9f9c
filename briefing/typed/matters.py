"""Matters assigned, proposed and planned: each month has its own entry of an item, so nothing earlier ever changes.

An item shows in a month with what was last written for that month or an earlier one, until it is done or decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from briefing.typed.heads import as_day, day_text
from etl.errors import StreetError
from etl.notes import NEW, add_note, notes, take_back
from metrics.periods import parse_month

NOTHING = "无"  # typed as a matter: there is nothing this time
OPEN, DECIDED, DROPPED = "open", "decided", "dropped"


@dataclass(frozen=True)
class Assigned:
    """A matter assigned at an earlier issue; `written_for` is the month that its words were last written for.

    `deadline` is as it is printed, `due` its day where it was typed as one.
    """

    item: str
    matter: str
    responsible: str
    deadline: str
    progress: str
    is_done: bool
    written_for: date
    due: date | None = None


@dataclass(frozen=True)
class Proposal:
    """A matter for the leaders to decide: `state` is open, or decided in the very month.

    `suggestion` is the program's own that it was taken from, "" for none, `original` what that said on the day.
    """

    item: str
    matter: str
    state: str
    written_for: date
    suggestion: str = ""
    original: str = ""


@dataclass(frozen=True)
class Step:
    """One line of a summary's 下一步工作."""

    item: str
    matter: str


def is_nothing(matter: str) -> bool:
    """Return whether a matter was typed to say that there is none."""
    return matter.rstrip("。") == NOTHING


def _shown(street: Path, kind: str, month: date) -> list[dict[str, str]]:
    """Return each item's newest note up to a month, in the order in which the items were first written."""
    newest: dict[str, dict[str, str]] = {}
    for note in sorted(notes(street, kind), key=lambda note: note["month"]):
        if note["month"] <= f"{month:%Y-%m}":
            newest[note["item"]] = note
    return sorted(newest.values(), key=lambda note: int(note["item"] or 0))


def _is_carried(note: dict[str, str], month: date) -> bool:
    """Return whether a note of an earlier month still holds, or is of this one; 无 holds for its own month only."""
    return note["month"] == f"{month:%Y-%m}" or not is_nothing(note["matter"])


def assigned(street: Path, month: date) -> tuple[Assigned, ...]:
    """Return the matters assigned that are open in a month, and those that were done in it."""
    own = f"{month:%Y-%m}"
    return tuple(
        _assigned(note)
        for note in _shown(street, "assigned", month)
        if note["matter"] and _is_carried(note, month) and (note["month"] == own or note["is_done"] != "true")
    )


def _assigned(note: dict[str, str]) -> Assigned:
    is_done, written_for, due = note["is_done"] == "true", parse_month(note["month"]), as_day(note["deadline"])
    said = (note["matter"], note["responsible"], day_text(note["deadline"]), note["progress"])
    return Assigned(note["item"], *said, is_done, written_for, due)


def add_assigned(
    street: Path,
    month: date,
    matter: str,
    responsible: str = "",
    deadline: str = "",
    progress: str = "",
    is_done: bool = False,
    item: str = "",
    by: str = "",
) -> str:
    """Keep a matter as it stands in a month and return its number; `item` is the number of one that is there already."""
    said = {"matter": _said(matter), "responsible": responsible, "deadline": deadline, "progress": progress}
    return _add(street, "assigned", month, item, by, **said, is_done="true" if is_done else "false")


def drop_assigned(street: Path, month: date, item: str, by: str = "") -> None:
    """Show a matter no more from a month on; earlier months keep it."""
    _add(street, "assigned", month, item, by, is_done="true")


def proposals(street: Path, month: date) -> tuple[Proposal, ...]:
    """Return the matters to be decided that are open in a month, and those that were decided in it."""
    own = f"{month:%Y-%m}"
    return tuple(
        Proposal(n["item"], n["matter"], n["state"] or OPEN, parse_month(n["month"]), n["suggestion"], n["original"])
        for n in _shown(street, "proposals", month)
        if n["matter"] and _is_carried(n, month) and (n["month"] == own or n["state"] != DECIDED)
    )


def add_proposal(
    street: Path, month: date, matter: str, state: str = OPEN, item: str = "", by: str = "", suggestion: str = ""
) -> str:
    """Keep a matter to be decided and return its number; `state` decided: it shows in no later month.

    `suggestion` is the program's own that a new matter is taken from; one that is there already keeps its own.
    """
    before = next((n for n in _shown(street, "proposals", month) if item and n["item"] == item), None)
    taken = {name: before[name] for name in ("suggestion", "original")} if before else {"suggestion": suggestion}
    if suggestion:
        taken = {"suggestion": suggestion, "original": matter}
    return _add(street, "proposals", month, item, by, matter=_said(matter), state=state, **taken)


def drop_proposal(street: Path, month: date, item: str, by: str = "") -> None:
    """Show a matter no more from a month on; earlier months keep it."""
    _add(street, "proposals", month, item, by, state=DROPPED)


def next_steps(street: Path, month: date) -> tuple[Step, ...]:
    """Return the plans typed for a summary that ends with a month; they are not carried over."""
    own = f"{month:%Y-%m}"
    return tuple(Step(n["item"], n["matter"]) for n in _shown(street, "next_steps", month) if n["month"] == own)


def add_next_step(street: Path, month: date, matter: str, item: str = "", by: str = "") -> str:
    """Keep a plan and return its number."""
    return _add(street, "next_steps", month, item, by, matter=_said(matter))


def drop_next_step(street: Path, month: date, item: str) -> None:
    """Take a plan back."""
    take_back(street, "next_steps", item=item, month=f"{month:%Y-%m}")


def _said(matter: str) -> str:
    if not matter.strip():
        raise StreetError(_("事项没有填写"), remedy=_("请写明是什么事项；没有的请写“无”"), code="nothing_typed")
    return matter


def _add(street: Path, kind: str, month: date, item: str, by: str, **said: str) -> str:
    entry = add_note(street, kind, item=item or NEW, month=f"{month:%Y-%m}", written_by=by, **said)
    return item or entry
