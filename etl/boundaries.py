"""Boundary files (GeoJSON, GeoPackage, shapefile) → polygons by community_id, in WGS84.

`geo/boundary.yml` says which file it is: `file`, `layer`, `code` (the column that holds the
statistical code; for a file of one bare geometry the code itself), `legal`, `crs` (only where the
file declares none or a wrong one), `title`, `note`. A street's geo/ wins over the program's.
Polygons are joined by code, never by name. GeoPandas is imported where it is used: it takes a second.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import yaml

from .codelist import CodeLists
from .errors import StreetError

if TYPE_CHECKING:
    import geopandas as gpd

FOLDER = Path(__file__).parent.parent / "data" / "geo"
DECLARATION = "boundary.yml"
KEYS = {"file", "layer", "code", "legal", "crs", "title", "note"}
WGS84 = "EPSG:4326"
SHIFTED = ("GCJ02", "BD09")  # map services' shifted systems: no projection library knows them
DECIMALS = 5  # of a degree, about a metre


@dataclass(frozen=True)
class Boundaries:
    """Polygons of a street's communities; `legal` false means drawn only, never used to locate."""

    shapes: gpd.GeoDataFrame = field(hash=False, compare=False, repr=False)
    legal: bool
    title: str
    note: str
    file: str
    unmatched: tuple[str, ...]  # codes of the file that are no community of the street
    missing: tuple[str, ...]  # communities of the street without a polygon

    def community_of(self, lon: pl.Series, lat: pl.Series) -> pl.Series:
        """Return the community_id of each point; null outside, on overlaps, and where boundaries are not legal."""
        if not self.legal:
            return pl.Series([None] * len(lon), dtype=pl.String)
        import geopandas

        points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon.to_numpy(), lat.to_numpy(), crs=WGS84))
        hits = geopandas.sjoin(points, self.shapes, predicate="intersects")
        hits = hits[~hits.index.duplicated(keep=False)]["community_id"]
        found = hits.reindex(range(len(points)))
        return pl.Series([value if isinstance(value, str) else None for value in found], dtype=pl.String)

    @cached_property
    def geojson(self) -> bytes:
        """Return a FeatureCollection whose features bear community_id as id; coordinates to about a metre."""
        import numpy as np
        import shapely

        rounded = shapely.transform(self.shapes.geometry.to_numpy(), lambda xy: np.round(xy, DECIMALS))
        pairs = zip(self.shapes["community_id"], self.shapes["community"], rounded, strict=True)
        features = [_feature(community_id, community, shape) for community_id, community, shape in pairs]
        collection = {"type": "FeatureCollection", "features": features}
        return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(community_id: str, community: str, shape: Any) -> dict[str, Any]:
    import shapely

    properties = {"community_id": community_id, "community": community}
    return {
        "type": "Feature",
        "id": community_id,
        "properties": properties,
        "geometry": shapely.geometry.mapping(shape),
    }


def load_boundaries(codes: CodeLists, street: Path | None = None, program: Path = FOLDER) -> Boundaries | None:
    """Read the boundaries of the street's geo folder, else the program's; None where neither declares any."""
    folder = _folder(street, program)
    return read_boundaries(folder, codes) if folder else None


def load_legal_boundaries(codes: CodeLists, street: Path, program: Path = FOLDER) -> Boundaries | None:
    """Read the boundaries only if they may locate rows; tiles are not even opened."""
    folder = _folder(street, program)
    return read_boundaries(folder, codes) if folder and _declaration(folder)["legal"] is True else None


def _folder(street: Path | None, program: Path) -> Path | None:
    for folder in (street, program):
        if folder is None or not folder.is_dir() or not any(folder.iterdir()):
            continue
        if not (folder / DECLARATION).is_file():
            message = _("边界文件夹缺少说明文件boundary.yml")
            raise StreetError(message, file=folder.name, remedy=_("请写明file、code、legal"))
        return folder
    return None


def _declaration(folder: Path) -> dict[str, Any]:
    """Return the parsed boundary.yml; StreetError for unknown or missing keys and shifted coordinates."""
    facts = yaml.safe_load((folder / DECLARATION).read_text("utf-8")) or {}
    unknown, missing = set(facts) - KEYS, {"file", "code", "legal"} - set(facts)
    if unknown or missing:
        message = _("边界说明文件的项目不对：{names}").format(names="、".join(sorted(unknown | missing)))
        raise StreetError(message, file=DECLARATION, remedy=_("必填file、code、legal，可填layer、crs、title、note"))
    system = str(facts.get("crs") or "").upper().replace("-", "").replace("_", "").replace(" ", "")
    if system in SHIFTED:
        message = _("边界文件是{crs}坐标，与实际位置相差几百米，目前不能使用").format(crs=facts["crs"])
        raise StreetError(message, file=str(facts["file"]), remedy=_("请换成WGS84或CGCS2000坐标的文件"))
    return facts


def read_boundaries(folder: Path, codes: CodeLists) -> Boundaries:
    """Read the file that a folder's boundary.yml names, to WGS84, one shape per community."""
    facts = _declaration(folder)
    shapes = _to_wgs84(_read(folder, facts), facts)
    shapes = shapes.assign(code=_codes(shapes, facts))
    table = dict(
        codes.lookup(["community"]).filter(pl.col("value").is_not_null()).select("folded", "value").iter_rows()
    )
    numeric = {code: value for code, value in table.items() if code.isdigit()}
    shapes = shapes.assign(community_id=shapes["code"].map(numeric))
    unmatched = tuple(sorted(shapes.loc[shapes["community_id"].isna(), "code"].dropna().unique()))
    shapes = shapes[shapes["community_id"].notna()]
    if shapes.empty:
        raise StreetError(
            _("边界文件中没有本街道社区的代码"), file=str(facts["file"]), remedy=_("请核对code一项和社区代码表")
        )
    titles = dict(codes.titles("community"))
    shapes = _dissolved(shapes, titles)
    missing = tuple(title for code, title in titles.items() if code not in set(shapes["community_id"]))
    title, note = str(facts.get("title") or ""), str(facts.get("note") or "")
    return Boundaries(shapes, facts["legal"] is True, title, note, str(facts["file"]), unmatched, missing)


def _read(folder: Path, facts: dict[str, Any]) -> gpd.GeoDataFrame:
    import geopandas
    import pyogrio

    path = folder / str(facts["file"])
    if not path.is_file():
        raise StreetError(_("找不到边界文件"), file=path.name, remedy=_("请放入geo文件夹，并核对boundary.yml"))
    layer = {"layer": facts["layer"]} if facts.get("layer") else {}
    try:
        return geopandas.read_file(path, **layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, UnicodeDecodeError) as error:
        raise StreetError(
            _("边界文件无法读取"), file=path.name, remedy=_("请提供GeoJSON、GeoPackage或Shapefile")
        ) from error


def _to_wgs84(shapes: gpd.GeoDataFrame, facts: dict[str, Any]) -> gpd.GeoDataFrame:
    """Project to WGS84; an undeclared system is refused, never assumed."""
    from pyproj.exceptions import CRSError

    file = str(facts["file"])
    try:
        if facts.get("crs"):
            shapes = shapes.set_crs(facts["crs"], allow_override=True)
    except CRSError as error:
        raise StreetError(
            _("不认识坐标系{crs}").format(crs=facts["crs"]), file=file, remedy=_("请写成EPSG:4490的样子")
        ) from error
    if shapes.crs is None:
        raise StreetError(
            _("边界文件没有声明坐标系"), file=file, remedy=_("请在boundary.yml的crs一项写明，如EPSG:4490")
        )
    shapes = shapes.to_crs(WGS84)
    west, south, east, north = shapes.total_bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise StreetError(_("边界文件的坐标与声明的坐标系不符"), file=file, remedy=_("请核对crs一项"))
    return shapes


def _codes(shapes: gpd.GeoDataFrame, facts: dict[str, Any]) -> Any:
    """Return the codes as text; a number column loses no digit (440307013020.0 is 440307013020)."""
    name = str(facts["code"])
    if name not in shapes.columns:
        if len(shapes) == 1 and name.isdigit():
            return name
        raise StreetError(
            _("边界文件中没有{name}这一列").format(name=name), file=str(facts["file"]), remedy=_("请核对code一项")
        )
    column = shapes[name]
    if column.dtype.kind == "f":
        column = column.astype("Int64")
    return column.astype("string").str.strip()


def _dissolved(shapes: gpd.GeoDataFrame, titles: dict[str, str]) -> gpd.GeoDataFrame:
    """Return one valid shape per community, in official order."""
    shapes = shapes[["community_id", "geometry"]].assign(geometry=shapes.geometry.make_valid())
    shapes = shapes.dissolve(by="community_id", as_index=False)
    order = {code: place for place, code in enumerate(titles)}
    shapes = shapes.assign(community=shapes["community_id"].map(titles), order=shapes["community_id"].map(order))
    return shapes.sort_values("order").drop(columns="order").reset_index(drop=True)
