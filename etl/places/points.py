"""The points of a call's rows: brought to WGS84 by what their sheets state, and held against the street's extent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Any

import polars as pl
from polars import col

from etl.clean import Cleaned
from etl.codelist import CodeLists
from etl.places.coordinates import to_wgs84
from etl.places.outlines import Outlines, load_outlines
from etl.sheets.ledger_sheet import Sheet
from etl.street import Street
from etl.values.columns import BAD_COLUMNS, BAD_SCHEMA
from etl.values.reasons import reason_of

UNSTATED, OUTSIDE = "crs_unstated", "outside_street"
KM_PER_DEGREE = 111.32  # of latitude


@dataclass(frozen=True)
class Box:
    """Degrees in WGS84 between which a point may be in the street."""

    west: float
    south: float
    east: float
    north: float


def settle_points(
    cleaned: Cleaned, sheets: Mapping[int, Sheet], stated: str | None, codes: CodeLists, street: Street
) -> Cleaned:
    """Return the rows with lon and lat in WGS84, and warnings for points that lie elsewhere or in no stated system.

    `stated` is the system that the caller says of sheets that state none; where nobody says one, WGS84 is assumed and
    said once per sheet.
    """
    if not {"lon", "lat"} <= set(cleaned.rows.columns):
        return cleaned
    has_point = col("lon").is_not_null() & col("lat").is_not_null()
    numbers = cleaned.rows.filter(has_point)["sheet_no"].unique().sort().to_list()
    if not numbers:
        return cleaned
    systems = {number: sheets[number].crs or stated for number in numbers}
    rows = _converted(cleaned.rows, systems)
    outside = _outside(cleaned.rows, rows, street_box(codes, street))
    unstated = _unstated([(number, sheets[number].header_row) for number in numbers if systems[number] is None])
    return replace(cleaned, rows=rows, bad=pl.concat([cleaned.bad, unstated, outside]))


def _converted(rows: pl.DataFrame, systems: Mapping[int, str | None]) -> pl.DataFrame:
    for system in sorted({system for system in systems.values() if system not in (None, "wgs84")} - {None}, key=str):
        numbers = [number for number, own in systems.items() if own == system]
        mine = col("sheet_no").is_in(numbers)
        lon, lat = to_wgs84(rows["lon"], rows["lat"], str(system))
        rows = rows.with_columns(
            pl.when(mine).then(lon).otherwise("lon").alias("lon"), pl.when(mine).then(lat).otherwise("lat").alias("lat")
        )
    return rows


def _outside(written: pl.DataFrame, rows: pl.DataFrame, box: Box | None) -> pl.DataFrame:
    """Return a warning for each row whose point, once in WGS84, is not in the box; it shows what was written."""
    if box is None:
        return pl.DataFrame(schema=BAD_SCHEMA)
    inside = col("lon").is_between(box.west, box.east) & col("lat").is_between(box.south, box.north)
    wrong = written.filter(rows.select(~inside.fill_null(True)).to_series())
    value = pl.format("{}, {}", "lon", "lat")
    return _warnings(wrong.select("sheet_no", "row", value.alias("value")), OUTSIDE)


def _unstated(places: list[tuple[int, int]]) -> pl.DataFrame:
    """Return one warning per sheet, at the header of its longitudes."""
    found = pl.DataFrame(places, schema={"sheet_no": pl.Int32, "row": pl.Int32}, orient="row")
    return _warnings(found.with_columns(pl.lit(None, pl.String).alias("value")), UNSTATED)


def _warnings(found: pl.DataFrame, code: str) -> pl.DataFrame:
    sentence = pl.format(
        reason_of(code).sentence.replace("{value}", "{}"), *([col("value")] if code == OUTSIDE else [])
    )
    return found.with_columns(
        pl.lit("lon").alias("column"), pl.lit(code).alias("code"), sentence.alias("reason"),
        pl.lit("warning").alias("severity"), pl.lit(None, pl.String).alias("suggestion"),
    ).select(pl.col(name).cast(BAD_SCHEMA[name]) for name in BAD_COLUMNS)  # fmt: skip


def street_box(codes: CodeLists, street: Street) -> Box | None:
    """Return the extent of the street, None where its outlines cannot tell it.

    Legal outlines of all communities are the street; schematic ones, or some of them, count with a margin (a setting).
    """
    outlines = load_outlines(codes, street.path / "geo")
    if outlines is None or (outlines.missing and not outlines.legal):
        return None
    margin = 0.0 if outlines.legal and not outlines.missing else float(street.settings["outside_street_km"])
    return _extent(outlines, margin)


def _extent(outlines: Outlines, margin_km: float) -> Box:
    points = [point for shape in outlines.shapes.values() for point in _points(shape["coordinates"])]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    high = margin_km / KM_PER_DEGREE
    wide = high / cos(radians((south + north) / 2))
    return Box(west - wide, south - high, east + wide, north + high)


def _points(coordinates: Any) -> list[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        return [(coordinates[0], coordinates[1])]
    return [point for part in coordinates for point in _points(part)]
