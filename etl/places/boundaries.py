"""Boundary files (GeoJSON, GeoPackage, shapefile, any declared projection) → polygons by community_id, in WGS84.

Polygons are joined by code through the community list's crosswalk, never by name. GeoPandas is
imported where it is used: it takes a second.
"""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from etl.codelist import CodeLists
from etl.errors import StreetError
from etl.places.boundary_declaration import FOLDER, Declaration, find_declaration
from etl.places.coordinates import EAST, NORTH, SOUTH, WEST, to_wgs84
from etl.sheets.crs_said import find_crs

if TYPE_CHECKING:
    import geopandas as gpd

WGS84 = "EPSG:4326"
EPSG = {"WGS84": WGS84, "CGCS2000": "EPSG:4490"}
SHIFTED = ("gcj02", "bd09")  # map services' systems: no projection library knows them


@dataclass(frozen=True)
class Boundaries:
    """One valid polygon per community, in official order; `legal` false means drawn only, never used to locate."""

    shapes: gpd.GeoDataFrame = field(hash=False, compare=False, repr=False)  # community_id, geometry
    legal: bool
    title: str
    note: str
    unmatched: tuple[str, ...]  # codes of the file that are no community of the street
    missing: tuple[str, ...]  # community_ids of the street without a polygon

    def community_of(self, lon: pl.Series, lat: pl.Series) -> pl.Series:
        """Return the community_id of each point; null outside, on overlaps, and where boundaries are not legal."""
        if not self.legal:
            return pl.Series([None] * len(lon), dtype=pl.String)
        import geopandas

        points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon.to_numpy(), lat.to_numpy(), crs=WGS84))
        hits = geopandas.sjoin(points, self.shapes, predicate="intersects")["community_id"]
        hits = hits[~hits.index.duplicated(keep=False)]
        found: list[str | None] = [None] * len(lon)
        for place, community_id in hits.items():
            found[int(place)] = community_id
        return pl.Series(found, dtype=pl.String)


def load_boundaries(codes: CodeLists, street: Path | None = None, program: Path = FOLDER) -> Boundaries | None:
    """Read the boundaries of the street's geo folder, else the program's; None where neither declares any."""
    declaration = find_declaration(street, program)
    return read_boundaries(declaration, codes) if declaration else None


def load_legal_boundaries(codes: CodeLists, street: Path, program: Path = FOLDER) -> Boundaries | None:
    """Read the boundaries only if they may locate rows; tiles are not even opened."""
    declaration = find_declaration(street, program)
    return read_boundaries(declaration, codes) if declaration and declaration.legal else None


def crosswalk(codes: CodeLists) -> dict[str, str]:
    """Return community_id by each of the codes that the community list knows."""
    known = codes.lookup(["community"]).filter(pl.col("value").is_not_null(), pl.col("folded").str.contains(r"^\d+$"))
    return dict(known.select("folded", "value").iter_rows())


def read_boundaries(declaration: Declaration, codes: CodeLists) -> Boundaries:
    """Read the declared files, to WGS84, one polygon per community; StreetError where nothing fits."""
    import pandas as pd

    read = [_read_file(declaration, name) for name in declaration.files]
    shapes = read[0] if len(read) == 1 else pd.concat(read, ignore_index=True)
    known, order = crosswalk(codes), [code for code, _title in codes.titles("community")]
    shapes = shapes.assign(community_id=shapes["code"].map(known))
    unmatched = tuple(sorted(shapes.loc[shapes["community_id"].isna(), "code"].dropna().unique()))
    shapes = _dissolved(shapes[shapes["community_id"].notna()], order)
    if shapes.empty:
        message = _("边界文件中没有本街道社区的代码")
        raise StreetError(message, file=declaration.file, remedy=_("请核对code一项和社区代码表"))
    missing = tuple(code for code in order if code not in set(shapes["community_id"]))
    return Boundaries(shapes, declaration.legal, declaration.title, declaration.note, unmatched, missing)


def _read_file(declaration: Declaration, name: str) -> gpd.GeoDataFrame:
    """Return `code` and `geometry` (WGS84) of one file."""
    import geopandas
    import pyogrio

    path = declaration.folder / name
    if not path.is_file():
        raise StreetError(_("找不到边界文件"), file=name, remedy=_("请放入geo文件夹，并核对boundary.yml"))
    layer = {"layer": declaration.layer} if declaration.layer else {}
    try:
        shapes = geopandas.read_file(path, **layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, UnicodeDecodeError) as error:
        remedy = _("请提供GeoJSON、GeoPackage或Shapefile")
        raise StreetError(_("边界文件无法读取"), file=name, remedy=remedy) from error
    is_area = isinstance(shapes, geopandas.GeoDataFrame) and shapes.geom_type.isin(["Polygon", "MultiPolygon"])
    if is_area is False or shapes.empty or not is_area.all():
        raise StreetError(_("边界文件中没有面，或有不是面的图形"), file=name, remedy=_("请只保留社区的面"))
    shapes = shapes.assign(code=_codes(shapes, declaration, name))
    if declaration.crs is None and _is_bare(path):
        shapes = shapes.set_crs(None, allow_override=True)
    return _to_wgs84(shapes[["code", "geometry"]], declaration, name)


def _is_bare(path: Path) -> bool:
    """Return whether a GeoJSON file is one naked geometry: cut out of a map service, and in whose system it does not say.

    GeoPandas would call it WGS84.
    """
    if path.suffix not in (".geojson", ".json"):
        return False
    facts = json.loads(path.read_text("utf-8"))
    return "crs" not in facts and not str(facts.get("type")).startswith("Feature")


def _to_wgs84(shapes: gpd.GeoDataFrame, declaration: Declaration, name: str) -> gpd.GeoDataFrame:
    """Bring to WGS84; an undeclared system is refused, never assumed."""
    said = declaration.crs or ""
    if (system := find_crs(said)) in SHIFTED:
        return _shifted_back(shapes, str(system), name)
    plain = "".join(filter(str.isalnum, said)).upper()
    shapes = _declared(shapes, EPSG.get(plain, declaration.crs), name)
    if shapes.crs is None:
        remedy = _("请在boundary.yml的crs一项写明，如EPSG:4490、GCJ-02")
        raise StreetError(_("边界文件没有声明坐标系"), file=name, remedy=remedy)
    shapes = shapes.to_crs(WGS84)
    _refuse_outside(shapes, name, (-180, -90, 180, 90))
    return shapes


def _declared(shapes: gpd.GeoDataFrame, crs: str | None, name: str) -> gpd.GeoDataFrame:
    from pyproj.exceptions import CRSError

    try:
        return shapes.set_crs(crs, allow_override=True) if crs else shapes
    except CRSError as error:
        message = _("不认识坐标系{crs}").format(crs=crs)
        raise StreetError(message, file=name, remedy=_("请写成EPSG:4490、CGCS2000、GCJ-02、BD-09的样子")) from error


def _shifted_back(shapes: gpd.GeoDataFrame, system: str, name: str) -> gpd.GeoDataFrame:
    """Convert every vertex of a map service's shifted outlines."""
    import shapely

    _refuse_outside(shapes, name, (WEST, SOUTH, EAST, NORTH))
    geometry = shapely.transform(
        shapes.geometry.to_numpy(),
        lambda xy: pl.DataFrame(to_wgs84(pl.Series("x", xy[:, 0]), pl.Series("y", xy[:, 1]), system)).to_numpy(),
    )
    return shapes.set_crs(None, allow_override=True).set_geometry(geometry).set_crs(WGS84)


def _refuse_outside(shapes: gpd.GeoDataFrame, name: str, box: tuple[float, float, float, float]) -> None:
    west, south, east, north = shapes.total_bounds
    if not (box[0] <= west <= east <= box[2] and box[1] <= south <= north <= box[3]):
        raise StreetError(_("边界文件的坐标与声明的坐标系不符"), file=name, remedy=_("请核对crs一项"))


def _codes(shapes: gpd.GeoDataFrame, declaration: Declaration, name: str) -> Any:
    """Return the codes as text; a number column loses no digit (440307013020.0 is 440307013020)."""
    column: Hashable = declaration.code
    if column not in shapes.columns:
        if len(shapes) == 1 and declaration.code.isdigit():
            return [declaration.code]
        message = _("边界文件中没有{name}这一列").format(name=column)
        raise StreetError(message, file=name, remedy=_("请核对code一项"))
    values = shapes[column]
    return (values.astype("Int64") if values.dtype.kind == "f" else values).astype("string").str.strip()


def _dissolved(shapes: gpd.GeoDataFrame, order: list[str]) -> gpd.GeoDataFrame:
    """Return one valid shape per community, in the order of the code list; 杨美 has three codes and one outline."""
    shapes = shapes[["community_id", "geometry"]].assign(geometry=shapes.geometry.make_valid())
    shapes = shapes.dissolve(by="community_id", as_index=False)
    places = shapes["community_id"].map({code: place for place, code in enumerate(order)})
    return shapes.assign(place=places).sort_values("place").drop(columns="place").reset_index(drop=True)
