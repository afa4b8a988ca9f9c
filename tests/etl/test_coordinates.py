"""Shifted coordinates come back to where they were, and nothing loops or is guessed."""

from __future__ import annotations

import math
from collections.abc import Callable

import polars as pl
import pytest
from coord_convert.transform import wgs2bd, wgs2gcj
from hypothesis import given
from hypothesis import strategies as st

from etl.places.coordinates import to_wgs84
from tests.etl.cleaning import QUICK

Shift = Callable[[float, float], tuple[float, float]]
METRE = 1 / 111_320  # of a degree of latitude
BANTIAN = (114.0835, 22.6504)


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two near points."""
    return math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1]) / METRE


def converted(lon: float | None, lat: float | None, crs: str) -> tuple[float | None, float | None]:
    """Convert one point."""
    x, y = to_wgs84(pl.Series([lon], dtype=pl.Float64), pl.Series([lat], dtype=pl.Float64), crs)
    return x[0], y[0]


@pytest.mark.parametrize(
    ("crs", "shifted", "wgs84"),
    [  # from the tests of googollee/eviltransform, another implementation
        ("gcj02", (121.531541859215, 31.17530398364597), (121.5272106, 31.1774276)),  # 上海
        ("gcj02", (113.9171764808363, 22.540796131694766), (113.912316, 22.543847)),  # 深圳
        ("gcj02", (116.38404722455657, 39.91334545536069), (116.377817, 39.911954)),  # 北京
        # from the README of wandergis/coordtransform
        ("gcj02", (116.41024449916938, 39.91640428150164), (116.404, 39.915)),
    ],
)
def test_published_pairs(crs: str, shifted: tuple[float, float], wgs84: tuple[float, float]) -> None:
    lon, lat = converted(*shifted, crs)
    assert lon is not None and lat is not None and metres((lon, lat), wgs84) < 3
    assert metres(shifted, wgs84) > 300


def test_published_pair_of_baidu() -> None:
    """The README of wandergis/coordtransform: BD-09 116.404, 39.915 is GCJ-02 116.39762729…, 39.90865673…."""
    gcj = converted(116.39762729119315, 39.90865673957631, "gcj02")
    assert converted(116.404, 39.915, "bd09") == pytest.approx(gcj, abs=2e-6)


@pytest.mark.parametrize(("shift", "crs", "size"), [(wgs2gcj, "gcj02", 605), (wgs2bd, "bd09", 1249)])
def test_the_shift_at_bantian_is_that_of_the_reference(shift: Shift, crs: str, size: int) -> None:
    """domain.md §5.7 gives 605 m and 1249 m there; the way back must undo it to half a metre."""
    shifted = shift(*BANTIAN)
    assert metres(shifted, BANTIAN) == pytest.approx(size, abs=3)
    lon, lat = converted(*shifted, crs)
    assert lon is not None and lat is not None and metres((lon, lat), BANTIAN) < 0.5


@QUICK
@given(st.floats(73.5, 135), st.floats(4, 53.5), st.sampled_from([(wgs2gcj, "gcj02"), (wgs2bd, "bd09")]))
def test_back_and_forth(lon: float, lat: float, way: tuple[Shift, str]) -> None:
    shift, crs = way
    x, y = converted(*shift(lon, lat), crs)
    assert x is not None and y is not None and metres((x, y), (lon, lat)) < 1.5


@QUICK
@given(
    st.one_of(st.none(), st.floats()), st.one_of(st.none(), st.floats()), st.sampled_from(["gcj02", "bd09", "cgcs2000"])
)
def test_any_number_ends(lon: float | None, lat: float | None, crs: str) -> None:
    """The library's inverse swings for ever between the inside and the outside of its box; ours never asks there."""
    x, y = converted(lon, lat, crs)
    assert (x is None) == (y is None)


def test_every_point_keeps_its_row() -> None:
    lon = pl.Series("lon", [BANTIAN[0], None, BANTIAN[0], float("nan"), 0.0, 114.1], dtype=pl.Float64)
    lat = pl.Series("lat", [BANTIAN[1], 22.6, BANTIAN[1], 22.6, 0.0, 22.7], dtype=pl.Float64)
    x, y = to_wgs84(lon, lat, "gcj02")
    assert x.name == "lon" and y.name == "lat" and x[0] == x[2] and y[0] == y[2]
    assert x.is_null().to_list() == y.is_null().to_list() == [False, True, False, True, True, False]


def test_cgcs2000_is_wgs84_to_the_centimetre_and_wgs84_is_untouched() -> None:
    assert converted(*BANTIAN, "cgcs2000") == pytest.approx(BANTIAN, abs=1e-7)
    assert converted(200.0, None, "wgs84") == (200.0, None)
    with pytest.raises(ValueError, match="xian80"):
        converted(*BANTIAN, "xian80")
