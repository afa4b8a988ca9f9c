"""Where a row is: column before report before address before coordinates, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas
import polars as pl
import pytest
import shapely

from etl.codelist import CodeLists
from etl.ledger import ledger_kinds
from etl.locate import locate, places
from etl.places.boundaries import Boundaries

CODES = CodeLists.load()
ID = {title: code for code, title in CODES.titles("community")}
TITLE = {code: title for title, code in ID.items()}
UNITS = {"sheet_no": pl.Int32, "community_id": pl.String}
COLUMNS = {"sheet_no": pl.Int32, "row": pl.Int32, "community": pl.String, "park": pl.String, "address": pl.String,
           "lon": pl.Float64, "lat": pl.Float64}  # fmt: skip


def place(unit: str | None = None, boundaries: Boundaries | Path | None = None, **cells: Any) -> tuple[Any, Any, Any]:
    """Locate one row; return short community name, park and how it was located."""
    row = {"sheet_no": 1, "row": 2, **dict.fromkeys(list(COLUMNS)[2:]), **cells}
    units = pl.DataFrame({"sheet_no": [1], "community_id": [unit]}, schema=UNITS)
    located = locate(pl.DataFrame([row], schema=COLUMNS), units, CODES, boundaries)
    assert located.columns == [*COLUMNS, "community_id", "park_id", "located_by"]
    community, park, by = located.select("community_id", "park_id", "located_by").row(0)
    return TITLE.get(community), park, by


@pytest.mark.parametrize(
    ("address", "community", "park"),
    [
        ("深圳市龙岗区坂田街道象角塘社区中浩工业城C5栋5层-511室", "象角塘", "zhonghao"),
        ("坂田街道天安云谷2栋", "岗头", "tianan_yungu"), ("雪象中浩工业城", "象角塘", "zhonghao"),
        ("坂田街道上雪科技园", "新雪", None), ("下雪村一巷3号", "新雪", None), ("中浩二期", "象角塘", None),
        ("坂田街道南坑第三工业区", "南坑", None), ("南坑社区五和大道南12号", "南坑", None),
        ("坂田街道坂田社区3号", "坂田", None), ("龙岗区坂田街道坂田 社区", "坂田", None), ("万科第五园二期", "第五园", None),
        ("岗头社区天安云谷", "岗头", "tianan_yungu"), ("星河world", "南坑", "xinghe_yabao"),
    ],
)  # fmt: skip
def test_addresses(address: str, community: str, park: str | None) -> None:
    assert place(address=address) == (community, park, "address")


@pytest.mark.parametrize(
    "address",
    ["坂田街道雪象花园", "雪象社区", "坂田街道五和大道118号", "五和地铁站A口", "坂田街道1号", "深圳市龙岗区坂田街道", "坂田工业区",
     "岗头与南坑之间", "南坑社区和岗头社区", "中浩一路", "", "无"],
)  # fmt: skip
def test_what_is_ambiguous_is_not_guessed(address: str) -> None:
    assert place(address=address) == (None, None, None)


def test_a_full_name_outweighs_a_short_or_old_one() -> None:
    assert place(address="岗头社区上雪巷")[0] == "岗头"
    assert place(address="新雪社区南坑小店")[0] == "新雪"


def test_the_park_of_another_community_contradicts_and_nothing_is_taken() -> None:
    assert place(address="南坑社区天安云谷") == (None, None, None)


def test_the_order_of_sources() -> None:
    address = "坂田街道岗头社区"
    assert place(unit=ID["杨美"], community=ID["南坑"], address=address) == ("南坑", None, "column")
    assert place(unit=ID["杨美"], address=address) == ("杨美", None, "unit")
    assert place(park="tianan_yungu", address="南坑社区") == ("岗头", "tianan_yungu", "column")
    assert place(unit=ID["杨美"], park="tianan_yungu") == ("杨美", "tianan_yungu", "unit")


def test_a_park_in_the_address_counts_only_in_its_own_community() -> None:
    assert place(community=ID["南坑"], address="天安云谷2栋") == ("南坑", None, "column")
    assert place(community=ID["岗头"], address="天安云谷2栋") == ("岗头", "tianan_yungu", "column")


def square(community: str, west: float, south: float) -> Any:
    """Return one square of 0.01 degrees for a community."""
    return {"community_id": ID[community], "geometry": shapely.box(west, south, west + 0.01, south + 0.01)}


def boundaries(legal: bool) -> Boundaries:
    """Return three squares, the last two overlapping."""
    shapes = [square("岗头", 114.0, 22.6), square("南坑", 114.05, 22.6), square("杨美", 114.055, 22.6)]
    return Boundaries(geopandas.GeoDataFrame(shapes, crs="EPSG:4326"), legal, "", "", (), ())


def test_coordinates_count_last_and_only_in_legal_boundaries() -> None:
    assert place(boundaries=boundaries(True), lon=114.005, lat=22.605) == ("岗头", None, "coordinates")
    assert place(boundaries=boundaries(False), lon=114.005, lat=22.605) == (None, None, None)
    assert place(boundaries=boundaries(True), lon=114.005, lat=22.605, address="南坑社区")[2] == "address"
    for lon, lat in ((113.0, 22.605), (114.057, 22.605), (None, 22.605)):  # outside, in two at once, incomplete
        assert place(boundaries=boundaries(True), lon=lon, lat=lat) == (None, None, None)


def test_the_shipped_tiles_never_locate(tmp_path: Path) -> None:
    assert place(boundaries=tmp_path, lon=114.057, lat=22.607) == (None, None, None)


def test_own_ledgers_hold_the_place_in_their_name() -> None:
    units = pl.DataFrame({"sheet_no": [1], "community_id": [None]}, schema=UNITS)
    rows = pl.DataFrame({"sheet_no": [1], "row": [2], "name": [ID["岗头"]]}, schema_overrides={"sheet_no": pl.Int32})
    found = locate(rows, units, CODES, None, ledger_kinds()["community"])
    assert found.select("community_id", "located_by").row(0) == (ID["岗头"], "column")
    rows = rows.with_columns(pl.lit("zhonghao").alias("name"), pl.lit(None, pl.String).alias("community"))
    found = locate(rows, units, CODES, None, ledger_kinds()["park"])
    assert found.select("community_id", "park_id").row(0) == (ID["象角塘"], "zhonghao")


def test_rows_keep_their_order_and_number() -> None:
    rows = pl.DataFrame({"sheet_no": [1, 2, 1], "row": [9, 3, 4], "address": ["岗头社区", None, "岗头社区"]},
                        schema_overrides={"sheet_no": pl.Int32})  # fmt: skip
    units = pl.DataFrame({"sheet_no": [2, 1], "community_id": [ID["杨美"], None]}, schema=UNITS)
    found = locate(rows, units, CODES, None)
    assert found["row"].to_list() == [9, 3, 4]
    assert found["located_by"].to_list() == ["address", "unit", "address"]


def test_no_rows_are_no_problem() -> None:
    found = locate(pl.DataFrame(schema=COLUMNS), pl.DataFrame(schema=UNITS), CODES, None)
    assert found.schema["located_by"] == pl.String and not len(found)


def test_the_street_like_community_counts_only_with_its_full_name() -> None:
    names = places(CODES)["name"].to_list()
    assert "坂田社区" in names and "坂田" not in names and "雪象" not in names


def test_a_street_with_other_places_has_other_addresses(tmp_path: Path) -> None:
    (tmp_path / "community.csv").write_text("raw,code,kind,title\n东直门,110101010000,legal,东直门\n", "utf-8")
    codes = CodeLists.load(street=tmp_path)
    rows = pl.DataFrame({"sheet_no": [1, 1], "row": [2, 3], "address": ["东直门社区5号", "东直门外大街5号"]},
                        schema_overrides={"sheet_no": pl.Int32})  # fmt: skip
    found = locate(rows, pl.DataFrame(schema=UNITS), codes, None)
    assert found["community_id"].to_list() == ["110101010000", None]
