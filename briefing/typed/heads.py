"""期号, date, 拟稿、审核、签发 and 报送 of one issue, as the office types them."""

from __future__ import annotations

import re
from datetime import date
from gettext import gettext as _
from pathlib import Path

from briefing.kinds import kind_of
from etl.errors import StreetError
from etl.notes import add_note, notes

DAY = re.compile(r"(20\d\d)(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
OWN = ("issue_no", "issued_on")  # every issue has its own; the rest of a head is proposed from the last issue
CARRIED = ("drafted_by", "checked_by", "signed_by", "report_to", "copy_to")


def as_day(text: str) -> date | None:
    """Return the day that 2019-01-05, 2019/1/5 or 2019年1月5日 means, None for any other text."""
    found = DAY.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def day_text(text: str) -> str:
    """Return a day as a document writes it; texts that are none stay as they were typed."""
    day = as_day(text)
    return text if day is None else _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def head_note(street: Path, kind: str, month: date, community: str = "") -> dict[str, str]:
    """Return the head's fields as typed for one issue ("" where nothing is); `community` is its community or its topic."""
    key = {"kind": kind_of(kind).id, "month": f"{month:%Y-%m}", "community": community}
    kept = next((note for note in notes(street, "briefing_heads") if key.items() <= note.items()), {})
    return {name: kept.get(name, "") for name in (*OWN, *CARRIED)}


def head(street: Path, kind: str, month: date, community: str = "") -> dict[str, str]:
    """Return the fields of `Head` that are typed for one issue, as they are printed."""
    typed = head_note(street, kind, month, community)
    if typed["issue_no"].isdecimal():
        typed["issue_no"] = _("第{n}期").format(n=typed["issue_no"])
    typed["issued_on"] = day_text(typed["issued_on"])
    return {name: text for name, text in typed.items() if text}


def head_proposal(street: Path, kind: str, month: date, community: str = "") -> dict[str, str]:
    """Return who drafted, checked, signed and received the last issue before this one: to be confirmed, never printed."""
    kind, before = kind_of(kind).id, f"{month:%Y-%m}"
    earlier = [note for note in notes(street, "briefing_heads") if note["kind"] == kind and note["month"] < before]
    last = max(earlier, key=lambda note: (note["community"] == community, note["month"]), default={})
    return {name: last[name] for name in CARRIED if last.get(name)}


def set_head(street: Path, kind: str, month: date, community: str = "", by: str = "", **fields: str) -> None:
    """Keep an issue's head and foot: the fields of `head_note`; StreetError where `issued_on` is no day."""
    if typed := fields.get("issued_on"):
        if (day := as_day(typed)) is None:
            raise StreetError(_("“{text}”不是日期").format(text=typed), remedy=_("请写成 2019-01-05 的样子"))
        fields["issued_on"] = f"{day}"
    key = {"kind": kind_of(kind).id, "month": f"{month:%Y-%m}", "community": community}
    add_note(street, "briefing_heads", written_by=by, **key, **fields)
