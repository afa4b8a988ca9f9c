"""Members lead back to the rosters: unions' figures add up, and persons are counted again from the rosters' own lines."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics import lineage, values
from metrics.catalogue import Metric, catalogue
from metrics.question import Question
from metrics.warehouse import Warehouse, open_current
from tests.metrics.source_cells import MONTH, Books, days, plain
from tests.metrics.test_lineage import MONTHS, adds_up, figure

SMALL = ("万科城", "象角塘", "新雪", "大发埔")  # rosters of some thousand persons, as text
ROSTERS = [metric for metric in catalogue().values() if metric.ledgers == ("member",)]


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    """Return the sample's warehouse."""
    return open_current(sample_street)


@pytest.fixture(scope="module")
def books(sample_ledgers: Path) -> Books:
    """Return the sample's own files, each read once."""
    return Books(sample_ledgers)


def _month(cell: Any) -> date | None:
    """Return the month of a roster's date cell."""
    found = days((cell,))
    if found:
        return min(found).replace(day=1)
    said = MONTH.match(str(cell or ""))
    return date(int(said[1]), int(said[2]), 1) if said else None


def test_members_lead_to_persons_in_the_roster(warehouse: Warehouse, books: Books) -> None:
    """A union's members, verified and joined, are counted again from the roster's own lines; nobody is listed one by one.

    Unions with a person who stands in two rosters or twice in one, or with a refused line, are left to the oracle.
    """
    community = random.Random("members").choice(SMALL)
    question = Question("members_registered", (), MONTHS[1], where=(("community", (community,)),))
    found = lineage.sides(warehouse, question)
    adds_up(found)
    place = found.others.row(0, named=True)
    lines = [cells for cells in books.sheet(place["file"], place["sheet"]).values() if cells[0].isdecimal()]
    everywhere = Counter(
        re.findall(r"99\d{15}[\dXx]", "".join(_text(path) for path in books.folder.glob("会员/*/*.csv")))
    )
    by_union: dict[str, list[tuple[Any, ...]]] = {}
    for cells in lines:
        by_union.setdefault(plain(cells[5]), []).append(cells)
    checked = 0
    for unit in found.numerator.iter_rows(named=True):
        persons = by_union[plain(unit["unit_name"])]
        span = found.others.filter(found.others["unit"] == unit["unit_id"]).row(0, named=True)
        if span["row_count"] < len(persons) or any(everywhere[cells[3]] != 1 for cells in persons):
            continue
        members = [c for c in persons if not (_month(c[9]) or c[8] in {"转出", "退会", "自动退会"})]
        assert unit["value"] == len(members), unit
        joined = sum(_month(cells[7]) == MONTHS[1] for cells in persons)
        assert joined == _joined(warehouse, community, unit["unit_id"])
        checked += 1
    assert checked >= 5


def _text(path: Path) -> str:
    raw = path.read_bytes()
    return raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030", errors="replace")


def _joined(warehouse: Warehouse, community: str, union: str) -> int:
    frame = values.rows(warehouse, Question("members_joined", (), MONTHS[1], where=(("community", (community,)),)))
    return int(frame.filter(frame["unit_id"] == union)["value"].sum())


@pytest.mark.parametrize("metric", ROSTERS, ids=lambda metric: metric.id)
def test_rosters_add_up_too(warehouse: Warehouse, metric: Metric) -> None:
    """The unions' figures sum to the figure, and every union leads to a span of lines in a roster."""
    found = figure(warehouse, metric)
    adds_up(found)
    if not metric.id.endswith("_target"):
        assert set(found.numerator["unit_id"]) <= set(found.others["unit"])
        assert (found.others["row_count"] <= found.others["last_row"] - found.others["row"] + 1).all()
