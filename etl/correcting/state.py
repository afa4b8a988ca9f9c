"""The corrections of a generation with their states, for the page and the terminal."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.correcting.judge import APPLIED, INVALID, NO_ROW, REPLACED, RETURNED, STALE, STALE_OTHER
from etl.record.reading import read_rows

STATE_TITLES = {
    APPLIED: _("已更正"),
    RETURNED: _("旧错误再现"),
    STALE: _("已失效"),
    STALE_OTHER: _("已失效，请核对"),
    NO_ROW: _("没有这条记录"),
    REPLACED: _("已被代替"),
    INVALID: _("不能使用"),
}


@dataclass(frozen=True)
class CorrectionState:
    """One correction as a generation was built with it; `said` tells its state in a sentence, "" where all is well."""

    no: int
    ledger: str
    key: str
    column: str
    was: str
    now: str
    reason: str
    source: str
    by: str
    on: date | None
    state: str
    said: str
    row_count: int


def has_corrections(generation: Path) -> bool:
    """Return whether a generation can tell of corrections; one that an earlier program has built cannot."""
    known = "select 1 from information_schema.tables where table_schema = 'core' and table_name = 'corrected_cell'"
    return bool(read_rows(generation, known))


def states(generation: Path) -> tuple[CorrectionState, ...]:
    """Return a generation's corrections in the file's order; none of one that cannot tell."""
    query = """
        select correction_no, ledger, key, "column", coalesce(was, ''), coalesce(now, ''), reason, source, "by", "on",
               state, said, row_count
        from core.correction order by correction_no"""
    return tuple(CorrectionState(*row) for row in read_rows(generation, query)) if has_corrections(generation) else ()


def not_as_made(generation: Path) -> list[dict[str, Any]]:
    """Return the corrections that are to be looked at: idle ones, and old errors that have come back."""
    return [asdict(one) for one in states(generation) if one.state != APPLIED]
