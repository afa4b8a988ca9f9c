"""The matched units of a change are the rows behind its numbers, summed by a naive second reader."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from metrics.judging.pairs import units_of
from metrics.question import Question
from metrics.unit_rows import rows
from metrics.warehouse import Warehouse, open_current

NOW, LAST_YEAR = date(2018, 12, 1), date(2017, 12, 1)


def _unit_sums(warehouse: Warehouse, question: Question) -> dict[tuple[str | None, str], tuple[float, float]]:
    """Return y and x of each unit by its community, from the rows that stand behind the number."""
    found: dict[tuple[str | None, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows(warehouse, question).filter(pl.col("value").is_not_null()).iter_rows(named=True):
        found[row["community_id"], row["unit_id"]][0] += row["value"]
        found[row["community_id"], row["unit_id"]][1] += row.get("base", 1)
    return {key: (y, x) for key, (y, x) in found.items()}


def _naive_ratio(now: dict[str, tuple[float, float]], before: dict[str, tuple[float, float]]) -> float:
    """Return z of the change of a ratio, summed over the units one by one."""
    sums = [tuple(map(sum, zip(*side.values(), strict=True))) for side in (now, before)]
    ratios = [y / x for y, x in sums]
    parts = []
    for unit in now.keys() | before.keys():
        here = [side.get(unit, (0.0, 0.0)) for side in (now, before)]
        linear = [(y - ratio * x) / total[1] for (y, x), ratio, total in zip(here, ratios, sums, strict=True)]
        parts.append(linear[0] - linear[1])
    variance = len(parts) / (len(parts) - 1) * sum(part**2 for part in parts)
    return (ratios[0] - ratios[1]) / variance**0.5


@pytest.mark.parametrize("metric", ["coverage_rate", "membership_rate_area", "own_union_rate_25plus"])
def test_matched_units_are_the_rows_behind_the_number(sample_street: Path, metric: str) -> None:
    """By community and for the street, z from SQL's matched units is z from the listed rows."""
    from analysis.differences import ratio_z

    warehouse = open_current(sample_street)
    ends = Question(metric, month=NOW), Question(metric, month=LAST_YEAR)
    listed = [_unit_sums(warehouse, end) for end in ends]
    whole = units_of(warehouse, *ends)[()]
    flat = [{unit: sums for (_community, unit), sums in side.items()} for side in listed]
    assert ratio_z(whole)[0] == pytest.approx(_naive_ratio(*flat))
    by = [Question(end.metric, ("community",), end.month) for end in ends]
    for (community,), units in units_of(warehouse, by[0], by[1]).items():
        own = [{unit: sums for (home, unit), sums in side.items() if home == community} for side in listed]
        assert ratio_z(units)[0] == pytest.approx(_naive_ratio(*own))


def test_a_level_of_persons_is_judged_by_the_enterprises(sample_street: Path) -> None:
    """Workers come with enterprises: Σd ÷ √Σd² over enterprises, not over persons."""
    from analysis.differences import level_z

    warehouse = open_current(sample_street)
    ends = Question("workers", month=NOW), Question("workers", month=LAST_YEAR)
    now, before = ({unit: y for (_c, unit), (y, _x) in _unit_sums(warehouse, end).items()} for end in ends)
    moved = [now.get(unit, 0) - before.get(unit, 0) for unit in now.keys() | before.keys()]
    expected = sum(moved) / sum(change**2 for change in moved) ** 0.5
    assert level_z(units_of(warehouse, *ends)[()]) == pytest.approx(expected)
