"""Boundaries as the map draws them: GeoJSON geometries by community_id, rounded to about a metre."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.codelist import CodeLists
from etl.places.boundaries import WGS84, Boundaries, crosswalk, read_boundaries
from etl.places.boundary_declaration import FOLDER, Declaration, find_declaration

DECIMALS = 5  # of a degree, about a metre
Geometry = dict[str, Any]


@dataclass(frozen=True)
class Outlines:
    """GeoJSON geometries (WGS84) by community_id, in official order, and what has to be said of them."""

    shapes: dict[str, Geometry] = field(hash=False)
    legal: bool
    title: str
    note: str
    missing: tuple[str, ...]  # community_ids of the street without an outline

    def geojson(self) -> bytes:
        """Return a FeatureCollection whose features bear community_id as id and as property."""
        features = [
            {"type": "Feature", "id": code, "properties": {"community_id": code}, "geometry": shape}
            for code, shape in self.shapes.items()
        ]
        collection = {"type": "FeatureCollection", "features": features}
        return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def load_outlines(codes: CodeLists, street: Path | None = None, program: Path = FOLDER) -> Outlines | None:
    """Return the outlines of the street's geo folder, else the program's; None where neither declares any."""
    declaration = find_declaration(street, program)
    if declaration is None:
        return None
    shapes = _plain(declaration, codes)
    if shapes is None:
        shapes = _drawn(read_boundaries(declaration, codes))
    missing = tuple(code for code, _title in codes.titles("community") if code not in shapes)
    return Outlines(shapes, declaration.legal, declaration.title, declaration.note, missing)


def _plain(declaration: Declaration, codes: CodeLists) -> dict[str, Geometry] | None:
    """Read one GeoJSON file in WGS84 with one polygon per community, without GeoPandas; None for anything else."""
    path = declaration.folder / declaration.files[0]
    is_other = declaration.crs not in (None, "WGS84", WGS84)
    if len(declaration.files) > 1 or is_other or path.suffix not in (".geojson", ".json") or not path.is_file():
        return None
    try:
        data = json.loads(path.read_text("utf-8"))
        if "crs" in data or data["type"] != "FeatureCollection":
            return None
        pairs = [(str(f["properties"][declaration.code]), f["geometry"]) for f in data["features"]]
    except (ValueError, KeyError, TypeError):
        return None  # GeoPandas reads it or says what is wrong
    known = crosswalk(codes)
    found = {known.get(code): shape for code, shape in pairs if shape}
    if len(found) < len(pairs) or None in found or any(s["type"] != "Polygon" for s in found.values()):
        return None
    order = [code for code, _title in codes.titles("community")]
    return {
        code: {**found[code], "coordinates": _rounded(found[code]["coordinates"])} for code in order if code in found
    }


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        return [_rounded(each) for each in coordinates]
    return round(float(coordinates), DECIMALS)


def _drawn(boundaries: Boundaries) -> dict[str, Geometry]:
    import numpy as np
    import shapely

    shapes = shapely.transform(boundaries.shapes.geometry.to_numpy(), lambda xy: np.round(xy, DECIMALS))
    pairs = zip(boundaries.shapes["community_id"], shapes, strict=True)
    return {code: json.loads(shapely.to_geojson(shape)) for code, shape in pairs}
