"""数据版本: two of a street's versions compared: why they can differ, which rows do, and which numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from etl.errors import QuestionError
from metrics.scope import check_month, default_month
from metrics.versions.causes import Causes, HeldChange, LoadChange, SettingChange, causes
from metrics.versions.figures import FigureChange, figure_changes
from metrics.versions.listed import (
    LoadHeld,
    Version,
    numbers,
    open_by_id,
    open_for_pages,
    open_version,
    version_of,
    versions,
)
from metrics.versions.rows import LedgerChange, ledger_changes
from metrics.warehouse import Warehouse

__all__ = [
    "Causes", "HeldChange", "LoadChange", "LoadHeld", "SettingChange", "Version", "VersionDiff", "causes", "compare_versions",
    "numbers", "open_by_id", "open_for_pages", "open_version", "version_of", "versions",
]  # fmt: skip


@dataclass(frozen=True)
class VersionDiff:
    """Two versions compared: why they can differ, which rows do, and what that did to the indicators of `month`.

    `ledgers` has those with differing rows; `figures` only numbers that differ, those of `month` first. `lacking`
    names ledgers and metrics that one of the versions, built by another program, cannot tell.
    """

    causes: Causes
    month: date
    ledgers: tuple[LedgerChange, ...]
    figures: tuple[FigureChange, ...]
    lacking: tuple[str, ...]


def compare_versions(street: Path, old_no: int, new_no: int, month: date | None = None) -> VersionDiff:
    """Compare two versions by their running numbers; StreetError where one is not there or cannot be read.

    The indicators are those of `month` (the newer version's default month) with the main ones of the months about it.
    """
    return compared(street.resolve(), open_version(street, old_no), open_version(street, new_no), month)


def _month(old: Warehouse, new: Warehouse) -> date:
    """Return the newer version's default month; where every load was taken back, the older one's."""
    try:
        return default_month(new)
    except QuestionError:
        return default_month(old)


@lru_cache(maxsize=8)
def compared(street: Path, old: Warehouse, new: Warehouse, month: date | None = None) -> VersionDiff:
    """Compare two open versions; a version never changes, so the answer is kept."""
    wanted = _month(old, new) if month is None else check_month(new, month)
    ledgers, no_ledgers = ledger_changes(old, new)
    figures, no_metrics = figure_changes(old, new, wanted)
    why = causes(street, old, new)
    return VersionDiff(why, wanted, ledgers, figures, (*why.lacking, *no_ledgers, *no_metrics))
