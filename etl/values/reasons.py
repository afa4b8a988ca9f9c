"""Why a cell or row could not be taken as written: one row per machine code in reasons.csv, in plain Chinese."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from pathlib import Path

FILE = Path(__file__).with_name("reasons.csv")


@dataclass(frozen=True)
class Reason:
    """A machine code's `title` (its heading in a report), `sentence` about one cell, and `repair`: what to do.

    {title} and {value} in the sentence are the column's title and the cell's text.
    """

    code: str
    title: str
    sentence: str
    repair: str


@cache
def all_reasons() -> dict[str, Reason]:
    """Return every reason by its code, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        return {row["code"]: Reason(**row) for row in csv.DictReader(handle)}


def reason_of(code: str) -> Reason:
    """Return a code's reason; a code of an old load that the program no longer knows gets a general one."""
    known = all_reasons().get(code)
    return known or Reason(code, _("其他问题"), _("{title}“{value}”无法使用"), _("请核对"))
