"""Boundary files of any kind become polygons by code, in WGS84, or one clear sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import polars as pl
import pytest
import shapely
from coord_convert.transform import wgs2bd, wgs2gcj

from etl.codelist import CodeLists
from etl.errors import StreetError
from etl.places.boundaries import Boundaries, load_boundaries, load_legal_boundaries
from etl.places.outlines import load_outlines

CODES = CodeLists.load()
ID = {title: code for code, title in CODES.titles("community")}
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data" / "boundaries"
# in Longgang only after conversion (the seat of 四季花城), and only as written (in Yantian, beyond the border)
LONGGANG = ((114.050, 22.627), (114.22406, 22.58978))
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data/boundaries is absent")


def shapes(codes: list[Any], crs: str | None = "EPSG:4326") -> geopandas.GeoDataFrame:
    """Return one square of 0.01 degrees per code, from west to east, starting at 114 E, 22.6 N."""
    squares = [shapely.box(114 + n / 100, 22.6, 114.01 + n / 100, 22.61) for n in range(len(codes))]
    frame = geopandas.GeoDataFrame({"dm": codes}, geometry=squares, crs="EPSG:4326")
    return frame.to_crs(crs) if crs else frame.set_crs(None, allow_override=True)


def declare(folder: Path, file: str | list[str], **facts: Any) -> Path:
    """Write boundary.yml; JSON is YAML."""
    folder.mkdir(exist_ok=True, parents=True)
    facts = {"file": file, "code": "dm", "legal": True, **facts}
    (folder / "boundary.yml").write_text(json.dumps({k: v for k, v in facts.items() if v is not None}), "utf-8")
    return folder


def read(folder: Path, codes: CodeLists = CODES) -> Boundaries:
    """Read a street's boundaries that must be there."""
    found = load_boundaries(codes, folder)
    assert found is not None
    return found


def located(found: Boundaries, *points: tuple[float, float]) -> list[str | None]:
    """Return the communities of points."""
    lon, lat = zip(*points, strict=True)
    return found.community_of(pl.Series(lon), pl.Series(lat)).to_list()


@pytest.mark.parametrize(
    ("file", "crs", "facts"),
    [
        ("b.geojson", "EPSG:4326", {}), ("b.gpkg", "EPSG:4526", {}), ("b.shp", "EPSG:3857", {}), ("b.gpkg", "EPSG:4490", {}),
        ("b.shp", None, {"crs": "EPSG:4326"}), ("b.geojson", "EPSG:4547", {}),
    ],
)  # fmt: skip
def test_any_format_and_projection(tmp_path: Path, file: str, crs: str | None, facts: dict[str, Any]) -> None:
    frame = shapes([ID["南坑"], ID["岗头"]], crs)
    declare(tmp_path, file, **facts)
    if file.endswith("geojson") and crs != "EPSG:4326":  # an old file that names its projection in a `crs` member
        data = json.loads(frame.to_json())
        data["crs"] = {"type": "name", "properties": {"name": crs}}
        (tmp_path / file).write_text(json.dumps(data), "utf-8")
    else:
        frame.to_file(tmp_path / file)
    found = read(tmp_path)
    assert found.shapes["community_id"].tolist() == [ID["岗头"], ID["南坑"]]  # official order
    assert located(found, (114.005, 22.605), (114.015, 22.605), (115.0, 22.605)) == [ID["南坑"], ID["岗头"], None]
    assert ID["杨美"] in found.missing and found.unmatched == ()


@pytest.mark.parametrize("codes", [[440307013015, 440307013017, 999], [440307013015.0, 440307013017.0, 999.0]])
def test_codes_are_numbers_and_one_community_has_several(tmp_path: Path, codes: list[Any]) -> None:
    shapes(codes).to_file(declare(tmp_path, "b.gpkg") / "b.gpkg")
    found = read(tmp_path)
    assert found.shapes["community_id"].tolist() == [ID["杨美"]]
    assert found.unmatched == ("999",)
    assert located(found, (114.005, 22.605), (114.015, 22.605)) == [ID["杨美"]] * 2


def test_a_name_is_no_code(tmp_path: Path) -> None:
    shapes(["南坑", "岗头"]).to_file(declare(tmp_path, "b.geojson") / "b.geojson")
    with pytest.raises(StreetError, match="没有本街道社区的代码"):
        read(tmp_path)


def test_a_bare_geometry_bears_the_code_that_the_declaration_says(tmp_path: Path) -> None:
    declare(tmp_path, "b.geojson", code=ID["南坑"], crs="WGS84")
    (tmp_path / "b.geojson").write_text(shapely.to_geojson(shapely.box(114, 22.6, 114.01, 22.61)), "utf-8")
    assert located(read(tmp_path), (114.005, 22.605)) == [ID["南坑"]]


def test_a_layer_is_chosen(tmp_path: Path) -> None:
    declare(tmp_path, "b.gpkg", layer="社区")
    shapes([ID["岗头"]]).to_file(tmp_path / "b.gpkg", layer="别的")
    shapes([ID["南坑"]]).to_file(tmp_path / "b.gpkg", layer="社区")
    assert read(tmp_path).shapes["community_id"].tolist() == [ID["南坑"]]


def test_an_invalid_polygon_is_mended(tmp_path: Path) -> None:
    bow = shapely.Polygon([(114, 22.6), (114.01, 22.61), (114.01, 22.6), (114, 22.61)])
    geopandas.GeoDataFrame({"dm": [ID["南坑"]]}, geometry=[bow], crs="EPSG:4326").to_file(
        declare(tmp_path, "b.gpkg") / "b.gpkg"
    )
    assert read(tmp_path).shapes.geometry.is_valid.all()


def test_what_is_not_legal_never_locates(tmp_path: Path) -> None:
    shapes([ID["南坑"]]).to_file(declare(tmp_path, "b.geojson", legal=False) / "b.geojson")
    assert located(read(tmp_path), (114.005, 22.605)) == [None]
    assert load_legal_boundaries(CODES, tmp_path) is None


def test_the_streets_own_wins_over_the_programs(tmp_path: Path) -> None:
    theirs, ours = (
        declare(tmp_path / "s", "b.geojson", title="本街道"),
        declare(tmp_path / "p", "b.geojson", title="示意"),
    )
    for folder in (theirs, ours):
        shapes([ID["南坑"]]).to_file(folder / "b.geojson")
    (tmp_path / "empty").mkdir()
    titles = [
        getattr(load_boundaries(CODES, street, ours), "title", None) for street in (theirs, tmp_path / "empty", None)
    ]
    assert titles == ["本街道", "示意", "示意"]
    assert load_boundaries(CODES, None, tmp_path / "absent") is None


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"crs": "EPSG:0"}, "不认识坐标系"), ({"crs": "西安80"}, "不认识坐标系"),
        ({"colour": "red"}, "项目不对：colour"), ({"legal": None}, "项目不对：legal"), ({"legal": "maybe"}, "项目不对：legal"),
        ({"code": "没有的列"}, "没有没有的列这一列"), ({"file": "别的.geojson"}, "找不到边界文件"), ({"crs": "EPSG:3857"}, "没有本街道|不符"),
    ],
)  # fmt: skip
def test_wrong_declarations_end_in_a_sentence(tmp_path: Path, facts: dict[str, Any], sentence: str) -> None:
    shapes([ID["南坑"]]).to_file(tmp_path / "b.geojson")
    declare(tmp_path, facts.pop("file", "b.geojson"), **facts)
    if facts == {"crs": "EPSG:3857"}:  # degrees taken for metres land beside Africa: the file alone cannot tell
        assert located(read(tmp_path), (114.005, 22.605)) == [None]
        return
    with pytest.raises(StreetError, match=sentence) as error:
        read(tmp_path)
    assert error.value.file and error.value.remedy


def test_broken_files_end_in_a_sentence(tmp_path: Path) -> None:
    declare(tmp_path, "b.geojson")
    for content, sentence in (("no json", "无法读取"), (shapely.to_geojson(shapely.Point(114, 22)), "没有面")):
        (tmp_path / "b.geojson").write_text(content, "utf-8")
        with pytest.raises(StreetError, match=sentence):
            read(tmp_path)
    shapes([ID["南坑"]], None).to_file(tmp_path / "b.shp")
    with pytest.raises(StreetError, match="没有声明坐标系"):
        read(declare(tmp_path, "b.shp"))
    (tmp_path / "boundary.yml").unlink()
    with pytest.raises(StreetError, match="缺少说明文件"):
        read(tmp_path)
    (tmp_path / "boundary.yml").write_text("file: [", "utf-8")
    with pytest.raises(StreetError, match="说明文件无法读取"):
        read(tmp_path)


def test_outlines_read_plainly_are_those_that_geopandas_reads(tmp_path: Path) -> None:
    frame = shapes([ID["南坑"], ID["岗头"]])
    data = json.loads(frame.to_json(drop_id=True))
    data.pop("crs", None)
    (declare(tmp_path / "plain", "b.geojson") / "b.geojson").write_text(json.dumps(data), "utf-8")
    frame.to_file(declare(tmp_path / "slow", "b.gpkg") / "b.gpkg")
    plain, slow = load_outlines(CODES, tmp_path / "plain"), load_outlines(CODES, tmp_path / "slow")
    assert plain and slow and list(plain.shapes) == list(slow.shapes) == [ID["岗头"], ID["南坑"]]
    for code, outline in plain.shapes.items():
        assert shapely.equals(*(shapely.from_geojson(json.dumps(each)) for each in (outline, slow.shapes[code])))


def test_the_shipped_tiles_are_drawn_and_not_legal() -> None:
    found = load_outlines(CODES)
    assert found and not found.legal and list(found.shapes) == list(ID.values()) and found.missing == ()
    assert "非行政区域界线" in found.note
    collection = json.loads(found.geojson())
    assert [feature["id"] for feature in collection["features"]] == list(ID.values())
    assert len(found.geojson()) < 10_000


def street_codes(folder: Path, codes: list[str]) -> CodeLists:
    """Return the code lists of a trial street whose communities are the given codes."""
    folder.mkdir()
    rows = [f"{code},{code},legal,第{code}区" for code in codes]
    (folder / "community.csv").write_text("\n".join(["raw,code,kind,title", *rows]), "utf-8")
    return CodeLists.load(street=folder)


def linked(folder: Path, source: Path, pattern: str) -> list[str]:
    """Link real files into a street's geo folder; return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob(pattern)):
        (folder / path.name).symlink_to(path.resolve())
    return sorted(path.name for path in source.glob(pattern))


@needs_shared
def test_shenzhen_taz_loads_as_a_trial_street(tmp_path: Path) -> None:
    """491 zones in a Mercator projection, floating-point codes, one of them twice."""
    linked(tmp_path / "geo", SHARED / "shenzhen_taz", "SZ_districts.*")
    zones = geopandas.read_file(tmp_path / "geo" / "SZ_districts.shp")["ZONE"].astype(int)
    assert zones.duplicated().sum() == 1
    codes = street_codes(tmp_path / "codes", sorted({str(zone) for zone in zones}))
    declare(tmp_path / "geo", "SZ_districts.shp", code="ZONE")
    found = read(tmp_path / "geo", codes)
    assert len(found.shapes) == 490 and found.unmatched == ()
    west, south, east, north = found.shapes.total_bounds
    assert 113.7 < west < east < 114.7 and 22.3 < south < north < 22.9
    outlines = load_outlines(codes, tmp_path / "geo")
    assert outlines and len(outlines.shapes) == 490


@needs_shared
def test_beijing_streets_load_as_a_trial_street_joined_by_code(tmp_path: Path) -> None:
    """Four files with integer codes; one name stands in two districts."""
    files = linked(tmp_path / "geo", SHARED / "beijing_streets", "*.geojson")
    names = pl.concat(
        [
            pl.DataFrame(geopandas.read_file(SHARED / "beijing_streets" / f)[["Name", "code"]].to_dict("list"))
            for f in files
        ]
    )
    assert names["Name"].is_duplicated().any()
    codes = street_codes(tmp_path / "codes", [str(code) for code in names["code"]])
    found = read(declare(tmp_path / "geo", files, code="code"), codes)
    assert len(found.shapes) == names["code"].n_unique() and found.unmatched == () and found.missing == ()
    assert located(found, (116.39954, 39.91136)) == ["110101001000"]


@pytest.mark.parametrize(("crs", "shift"), [("GCJ-02", wgs2gcj), ("百度坐标", wgs2bd), ("CGCS2000", None)])
def test_outlines_of_map_services_come_back_to_their_place(tmp_path: Path, crs: str, shift: Any) -> None:
    """Both readers, the map's and the one that locates, undo the shift; a projected file is not in that system."""
    frame = shapes([ID["南坑"]])
    moved = shapely.transform(frame.geometry.to_numpy(), lambda xy: [shift(*p) for p in xy] if shift else xy)
    frame.set_geometry(moved).set_crs(None, allow_override=True).to_file(
        declare(tmp_path, "b.gpkg", crs=crs) / "b.gpkg"
    )
    assert read(tmp_path).shapes.total_bounds == pytest.approx([114, 22.6, 114.01, 22.61], abs=5e-6)
    outlines = load_outlines(CODES, tmp_path)
    assert outlines
    assert shapely.from_geojson(json.dumps(outlines.shapes[ID["南坑"]])).bounds == pytest.approx(
        (114, 22.6, 114.01, 22.61), abs=1.1e-5
    )
    if shift:
        shapes([ID["南坑"]], "EPSG:4547").set_crs(None, allow_override=True).to_file(tmp_path / "b.gpkg")
        with pytest.raises(StreetError, match="不符"):
            read(tmp_path)


@needs_shared
def test_a_bare_geometry_in_gcj02_loads_where_it_is_declared(tmp_path: Path) -> None:
    """The seat of 四季花城 lies inside only after conversion; without the statement nothing is read."""
    (file,) = linked(tmp_path / "geo", SHARED / "longgang_gcj02", "*.json")
    declare(tmp_path / "geo", file, code=ID["南坑"], crs="GCJ-02")
    found = read(tmp_path / "geo")
    assert found.legal and found.shapes["community_id"].tolist() == [ID["南坑"]]
    as_written = geopandas.read_file(SHARED / "longgang_gcj02" / file)
    inside, outside = LONGGANG
    assert located(found, inside, outside) == [ID["南坑"], None]
    assert as_written.contains(shapely.Point(inside)).tolist() == [False]
    assert as_written.contains(shapely.Point(outside)).tolist() == [True]
    declare(tmp_path / "geo", file, code=ID["南坑"])
    for reader in (load_boundaries, load_outlines):
        with pytest.raises(StreetError, match="没有声明坐标系") as error:
            reader(CODES, tmp_path / "geo")
        assert error.value.file == file and "GCJ-02" in str(error.value.remedy)
