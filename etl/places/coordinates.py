"""Coordinates of any stated system → WGS84. Nothing is guessed: the caller says which system it is.

Maps of Amap and Tencent are in GCJ-02, of Baidu in BD-09; at 坂田 they stand 605 m and 1249 m beside WGS84
(domain.md §5.7), enough to move an enterprise into the next community.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from etl.instructions import CRS

Points = np.ndarray[Any, np.dtype[np.float64]]
DECIMALS = 6  # of a degree, about ten centimetres
# The shift is defined inside this box only; at its rim the library's inverse would swing in and out for ever.
WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0


def to_wgs84(lon: pl.Series, lat: pl.Series, crs: str) -> tuple[pl.Series, pl.Series]:
    """Return longitudes and latitudes in WGS84, rounded to 1e-6 degrees; null where either is no place in China.

    `crs` is one of etl.instructions.CRS. WGS84 itself comes back as it was. The library works point by point
    (100,000 different points take a second), so each distinct point is converted once.
    """
    if crs == "wgs84":
        return lon, lat
    given = pl.DataFrame({"x": lon.cast(pl.Float64), "y": lat.cast(pl.Float64)})
    inside = pl.col("x").is_between(WEST, EAST) & pl.col("y").is_between(SOUTH, NORTH)
    distinct = given.filter(inside).unique(maintain_order=True)
    x, y = _converter(crs)(distinct["x"].to_numpy(), distinct["y"].to_numpy())
    table = distinct.with_columns(pl.Series("lon", x).round(DECIMALS), pl.Series("lat", y).round(DECIMALS))
    found = given.join(table, on=["x", "y"], how="left", maintain_order="left")
    return found["lon"].alias(lon.name), found["lat"].alias(lat.name)


def _converter(crs: str) -> Callable[[Points, Points], tuple[Points, Points]]:
    if crs not in CRS:
        raise ValueError(f"no coordinate system: {crs}")
    return _from_cgcs2000 if crs == "cgcs2000" else lambda x, y: _one_by_one(crs, x, y)


def _from_cgcs2000(x: Points, y: Points) -> tuple[Points, Points]:
    import pyproj

    lon, lat = pyproj.Transformer.from_crs("EPSG:4490", "EPSG:4326", always_xy=True).transform(x, y)
    return np.asarray(lon), np.asarray(lat)


def _one_by_one(crs: str, x: Points, y: Points) -> tuple[Points, Points]:
    from coord_convert import transform

    convert = {"gcj02": transform.gcj2wgs, "bd09": transform.bd2wgs}[crs]
    points = np.array([convert(lon, lat) for lon, lat in zip(x.tolist(), y.tolist(), strict=True)]).reshape(-1, 2)
    return points[:, 0], points[:, 1]
