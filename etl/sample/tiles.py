"""The schematic map layer: one hexagon per community at its seat, evidently no boundary."""

from __future__ import annotations

import json
from pathlib import Path

from etl.sample.places import COMMUNITIES, Community, hexagon

TILES_FILE = Path(__file__).resolve().parents[2] / "data" / "geo" / "bantian_tiles.geojson"


def _feature(place: Community) -> dict[str, object]:
    properties = {"community_id": place.codes[0], "community": place.name}
    ring = [list(point) for point in hexagon(place)]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def tiles_text() -> str:
    """Return the layer as GeoJSON (WGS84), one line per community."""
    lines = ",\n".join(json.dumps(_feature(place), ensure_ascii=False) for place in COMMUNITIES)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def write_tiles(path: Path = TILES_FILE) -> Path:
    """Write the layer and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(tiles_text(), encoding="utf-8")
    return path
