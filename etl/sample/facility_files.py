"""The subject 阵地 of the sample: its workbooks, what is planted in them, and what its numbers must be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from etl.sample.facilities import CHANGES, DAYS, WITHOUT_HOME, all_facilities
from etl.sample.facility_sheets import OTHER_PERIODS, register_sheets, same_names
from etl.sample.files import File
from etl.sample.places import FILE_MARK, STREET
from etl.sample.sheets import Sheet

if TYPE_CHECKING:
    from etl.sample.rest import World

IN_USE = ("normal", "downgraded")


def files(world: World) -> Iterator[File]:
    """Yield a workbook per half-year."""
    facilities = all_facilities(world.enterprises, world.seed)
    for day in DAYS:
        path = f"阵地/{STREET}职工之家和阵地台账{day.year}年{day.month}月_{FILE_MARK}.xlsx"
        yield File(path, register_sheets(facilities, day, world.seed))


def planted(world: World) -> dict[str, Any]:
    """Return what was planted on purpose."""
    facilities = all_facilities(world.enterprises, world.seed)
    return {
        "facilities_without_home": list(WITHOUT_HOME), "facilities_same_name": same_names(facilities, DAYS[-1]),
        "facilities_not_in_use": sorted(name for name, facts in CHANGES.items() if facts.get("status") not in (None, *IN_USE)),
        "facilities_without_point": [name for name, facts in CHANGES.items() if "lon" in facts],
        "facilities_other_period": OTHER_PERIODS,
    }  # fmt: skip


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return, by the register's day, how many facilities count, and how large they are in all."""
    found: dict[str, dict[str, Any]] = {}
    for sheet in sheets:
        if sheet.ledger != "facility":
            continue
        counted = [row for row in sheet.accepted() if row["status"] in IN_USE and not row["within"]]
        sums = found.setdefault(f"{sheet.as_of}", {"facilities": 0, "area_m2": 0, "nankeng_area_m2": 0})
        sums["facilities"] += len(counted)
        sums["area_m2"] += sum(row["area_m2"] or 0 for row in counted)
        sums["nankeng_area_m2"] += sum(row["area_m2"] or 0 for row in counted if row["community"] == "南坑")
    return {"facilities": found}
