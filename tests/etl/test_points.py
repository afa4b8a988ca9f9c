"""Points are brought to WGS84 by what their sheet states; what is unstated or elsewhere is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import polars as pl
import pytest
import shapely
from coord_convert.transform import wgs2gcj

from etl.clean import Cleaned, clean
from etl.codelist import CodeLists
from etl.instructions import Instructions
from etl.intake import check
from etl.places.points import settle_points, street_box
from etl.recognise import Sheet, gather
from etl.street import Street, open_street
from tests.etl.sheets import sheet_of

CODES = CodeLists.load()
HEADER = ["序号", "企业名称", "统一社会信用代码", "经度", "纬度", "职工人数"]
NANKENG = (114.057, 22.607)


@pytest.fixture
def street(tmp_path: Path) -> Street:
    """Return a street without anything of its own: the shipped tiles tell its extent."""
    return open_street(tmp_path / "none")


def sheet(*points: tuple[str, str], crs: str | None = None) -> Sheet:
    """Return an enterprise register with one enterprise per point."""
    rows = [[str(n), f"示例{n}有限公司", "", lon, lat, "8"] for n, (lon, lat) in enumerate(points, 1)]
    return replace(sheet_of(["坂田街道南坑社区企业台账（2018年12月）"], HEADER, *rows), crs=crs)


def settled(street: Street, *sheets: Sheet, stated: str | None = None) -> Cleaned:
    """Clean sheets and settle their points."""
    kind, numbered = sheets[0].ledger, dict(enumerate(sheets))
    frame, numbers = gather(kind, list(numbered.items()))
    return settle_points(clean(kind, frame, None, CODES, numbers), numbered, stated, CODES, street)


def points(cleaned: Cleaned) -> list[tuple[float, float]]:
    """Return the points, rounded to a metre."""
    return [(round(x, 5), round(y, 5)) for x, y in cleaned.rows.select("lon", "lat").iter_rows()]


def codes(cleaned: Cleaned) -> list[tuple[int, int, str]]:
    """Return (sheet, row, code) of the warnings about points."""
    found = cleaned.bad.filter(pl.col("column") == "lon")
    return sorted(found.select("sheet_no", "row", "code").rows())


def text(point: tuple[float, float]) -> tuple[str, str]:
    """Return a point as typed."""
    return f"{point[0]:.6f}", f"{point[1]:.6f}"


def test_each_sheet_is_converted_by_its_own_statement(street: Street) -> None:
    shifted = text(wgs2gcj(*NANKENG))
    found = settled(
        street, sheet(text(NANKENG), crs="wgs84"), sheet(shifted, crs="gcj02"), sheet(shifted), stated="gcj02"
    )
    assert points(found) == [NANKENG, NANKENG, NANKENG] and codes(found) == []


def test_what_nobody_states_is_wgs84_and_said_once_per_sheet(street: Street) -> None:
    found = settled(
        street, sheet(text(NANKENG), text(NANKENG)), sheet(("", ""), ("", "")), sheet(text(NANKENG), crs="bd09")
    )
    assert points(found.__class__(found.rows.head(2), found.bad)) == [NANKENG, NANKENG]
    assert codes(found) == [(0, 2, "crs_unstated")]  # row 2 is the header; a sheet without points has nothing to state


def test_a_point_is_held_against_the_street_only_after_conversion(street: Street) -> None:
    """The same numbers are inside as WGS84 and outside once they are taken for what they are."""
    box = street_box(CODES, street)
    assert box
    edge = text((box.west + 0.001, 22.63))
    assert codes(settled(street, sheet(edge, crs="wgs84"))) == []
    found = settled(street, sheet(edge, text(NANKENG), crs="gcj02"))
    assert codes(found) == [(0, 3, "outside_street")]
    (bad,) = found.bad.iter_rows(named=True)
    assert bad["severity"] == "warning" and bad["value"] == f"{float(edge[0])}, 22.63" and bad["value"] in bad["reason"]
    assert found.rows["is_rejected"].to_list() == [False, False]


def test_the_margin_is_a_setting(street: Street) -> None:
    wide, narrow = street, replace(street, settings={**street.settings, "outside_street_km": 0})
    boxes = [street_box(CODES, each) for each in (wide, narrow)]
    assert boxes[0] and boxes[1]
    assert (boxes[1].west - boxes[0].west) * 111.32 * 0.923 == pytest.approx(5, abs=0.02)
    assert (boxes[0].north - boxes[1].north) * 111.32 == pytest.approx(5, abs=0.01)


def test_legal_boundaries_of_all_communities_have_no_margin(tmp_path: Path) -> None:
    """Schematic tiles that lack communities are another street's: they say nothing of this one's extent."""
    geo = tmp_path / "street" / "geo"
    geo.mkdir(parents=True)
    ids = [code for code, _title in CODES.titles("community")]
    squares = [shapely.box(114 + n / 100, 22.6, 114.01 + n / 100, 22.61) for n in range(len(ids))]
    frame = geopandas.GeoDataFrame({"dm": ids}, geometry=squares, crs="EPSG:4326")

    def box(frame: geopandas.GeoDataFrame, legal: str) -> tuple[float, float] | None:
        frame.to_file(geo / "b.gpkg")
        (geo / "boundary.yml").write_text(f"file: b.gpkg\ncode: dm\nlegal: {legal}\n", "utf-8")
        found = street_box(CODES, open_street(tmp_path / "street"))
        return (round(found.west, 3), round(found.south, 3)) if found else None

    assert box(frame, "true") == (114.0, 22.6)
    assert box(frame.head(3), "true") == (113.951, 22.555)
    assert box(frame.head(3), "false") is None


def test_a_stated_system_decides_which_community_a_row_is_in(tmp_path: Path) -> None:
    """Title, header and instruction say it; the same digits without a word are WGS84, elsewhere, and warned about."""
    geo, ids = tmp_path / "street" / "geo", [code for code, _title in CODES.titles("community")]
    geo.mkdir(parents=True)
    squares = [shapely.box(114 + n / 100, 22.6, 114.004 + n / 100, 22.604) for n in range(len(ids))]
    geopandas.GeoDataFrame({"dm": ids}, geometry=squares, crs="EPSG:4326").to_file(geo / "b.gpkg")
    (geo / "boundary.yml").write_text("file: b.gpkg\ncode: dm\nlegal: true\n", "utf-8")
    lon, lat = text(wgs2gcj(114.032, 22.6033))  # in the fourth square; as written between two
    day, far = "（2018年12月）", "114.9"

    def entered(title: str, header: str, crs: str | None = None) -> tuple[list[Any], list[tuple[int, str, str]]]:
        path = tmp_path / "book.csv"
        rows = [f"序号,企业名称,{header},纬度,职工人数", f"1,示例一,{lon},{lat},8", f"2,示例二,{far},{lat},8"]
        path.write_text("\n".join([title, *rows]), "utf-8")
        found = check([path], open_street(tmp_path / "street"), Instructions(crs=crs))
        bad = found.bad.sort("row").select("row", "cell", "code").rows()
        return found.ledgers["enterprise"].sort("row")["community_id"].to_list(), bad

    shifted, outside = [ids[3], None], (4, "C4", "outside_street")
    assert entered(f"坂田街道企业台账{day}　坐标系：GCJ-02", "经度") == (shifted, [outside])
    assert entered(f"坂田街道企业台账{day}", "经度（GCJ-02）") == (shifted, [outside])
    assert entered(f"坂田街道企业台账{day}", "经度", crs="gcj02") == (shifted, [outside])
    assert entered(f"坂田街道企业台账{day}", "经度") == ([None, None], [(2, "C2", "crs_unstated"), outside])
