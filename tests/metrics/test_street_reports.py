"""A ledger that the street owes is one report, whatever it says of how many communities."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from metrics.reports import summary
from tests.metrics import tiny

DECEMBER = date(2018, 12, 1)


def _summary(folder: Path, states: list[str]) -> tuple[int, int, int, tuple[str, ...]]:
    street = tiny.blank(len(states), DECEMBER, 1)
    for community, state in zip(street.communities, states, strict=True):
        tiny.report(street, "target", community, DECEMBER, state)
    [found] = summary(tiny.write(street, folder), DECEMBER)
    return found.due, found.received, found.nil, found.missing


def test_one_community_in_the_ledger_is_the_street_s_report(tmp_path: Path) -> None:
    assert _summary(tmp_path / "a", ["received", "missing"]) == (1, 1, 0, ())


def test_none_is_one_missing_report(tmp_path: Path) -> None:
    due, received, nil, missing = _summary(tmp_path / "b", ["missing", "missing"])
    assert (due, received, nil, len(missing)) == (1, 0, 0, 1)
