"""What `status` is asked for beside what the street holds: who owes which ledger, what changed between two versions."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.errors import QuestionError

Told = tuple[dict[str, Any], Callable[[dict[str, Any]], str]]


def asked(street: Path, arguments: argparse.Namespace) -> Told | None:
    """Return the answer and what puts it into words; None where only the street's own state was asked for.

    QuestionError for a month or a day that says nothing without what it belongs to.
    """
    if arguments.owed:
        from metrics.judging import calendar_terminal

        return calendar_terminal.owed_json(street, arguments), calendar_terminal.owed_text
    if arguments.changes:
        from metrics.versions import terminal as versions_terminal

        return versions_terminal.changes_json(street, arguments), versions_terminal.changes_text
    if arguments.month or arguments.as_of:
        message, remedy = _("没有写明要列什么"), _("--month、--as-of 要与 --owed 同用，--month 也可与 --changes 同用")
        raise QuestionError(message, remedy=remedy, code="usage")
    return None
