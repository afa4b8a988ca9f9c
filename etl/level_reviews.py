"""风险等级的复核: a level set by hand with a reason, kept as a note and published with the next generation."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from pathlib import Path

from etl.enterprises.decisions import former_keys
from etl.errors import StreetError
from etl.generations import Generation, current_path, renew, writer
from etl.notes import add_note, notes, take_back
from etl.street import open_street

KIND = "level_reviews"


def review_level(
    street: Path,
    enterprise_id: str,
    month: date,
    level: str,
    reason: str,
    *,
    scheme: str,
    scored_level: str,
    score: float | None,
    reviewed_by: str = "",
) -> Generation | None:
    """Set an enterprise's level from a month on, with a reason of at most 60 characters, and publish.

    `scheme`, `scored_level` and `score` say what was reviewed, as the page shows it (`EnterpriseLevel`): where they are
    others by now, or a new fact comes, or `level_days` have passed, the review no longer holds. StreetError where the
    reason is missing or too long, or another writer is at work.
    """
    if not reason.strip():
        raise StreetError(_("复核须写明理由"), remedy=_("请填写理由（60字以内）"), code="no_reason")
    found = open_street(street)
    with writer(found):
        add_note(
            street, KIND, enterprise_id=enterprise_id, month=f"{month:%Y-%m}", level=level, reason=reason,
            scheme=scheme, scored_level=scored_level, score="" if score is None else f"{score:g}",
            reviewed_by=reviewed_by,
        )  # fmt: skip
        return renew(found)


def withdraw_review(street: Path, enterprise_id: str, month: date) -> Generation | None:
    """Take a review back and publish; the history stays in the note's file.

    A review that was entered when the enterprise still had another code is taken back with it.
    """
    found = open_street(street)
    with writer(found):
        keys = {enterprise_id, *former_keys(current_path(found), enterprise_id)}
        for note in notes(street, KIND):
            if note["enterprise_id"] in keys and note["month"] == f"{month:%Y-%m}":
                take_back(street, KIND, enterprise_id=note["enterprise_id"], month=note["month"])
        return renew(found)
