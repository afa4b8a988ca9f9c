"""What the map draws, as GeoJSON: outlines, the diagonal lines of 未报, hexagons. Fetched by the browser, not sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from metrics import places, scope
from metrics.warehouse import Warehouse

HATCH_LINES = 90  # lines across the whole street: near enough to read as hatching, far enough to see the ground


def _feature(name: str, geometry: dict[str, Any], **properties: str) -> dict[str, Any]:
    return {"type": "Feature", "id": name, "properties": properties, "geometry": geometry}


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def communities(warehouse: Warehouse, ids: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the communities' outlines (all of them unless `ids` names some)."""
    titles = {entry.id: entry.title for entry in scope.communities(warehouse)}
    outlines = places.outlines(warehouse).shapes
    return _collection(
        _feature(name, shape, community=titles.get(name, name))
        for name, shape in outlines.items()
        if name in (ids or outlines)
    )


def bounds(warehouse: Warehouse) -> tuple[float, float, float, float]:
    """Return west, south, east, north of all outlines."""
    import shapely

    box = shapely.total_bounds([shapely.geometry.shape(s) for s in places.outlines(warehouse).shapes.values()])
    west, south, east, north = (float(edge) for edge in box)
    return west, south, east, north


def centres(warehouse: Warehouse) -> dict[str, tuple[float, float]]:
    """Return a point inside each community for its name."""
    import shapely

    found = {}
    for name, outline in places.outlines(warehouse).shapes.items():
        point = shapely.geometry.shape(outline).representative_point()
        found[name] = (round(point.x, 5), round(point.y, 5))
    return found


def hatch(warehouse: Warehouse, ids: tuple[str, ...]) -> dict[str, Any]:
    """Return diagonal lines cut to these communities' outlines."""
    import shapely

    west, south, east, north = bounds(warehouse)
    rise, step = north - south, (east - west + north - south) / HATCH_LINES
    starts = [west - rise + step * index for index in range(HATCH_LINES + 1)]
    lines = shapely.MultiLineString([((x, south), (x + rise, north)) for x in starts])
    outlines = places.outlines(warehouse).shapes
    cut = {name: shapely.geometry.shape(outlines[name]).intersection(lines) for name in ids if name in outlines}
    return _collection(_feature(name, shapely.geometry.mapping(line)) for name, line in cut.items())


def hexagons(warehouse: Warehouse, ids: tuple[str, ...]) -> dict[str, Any]:
    """Return the outlines of h3 cells."""
    import h3

    def ring(cell: str) -> list[list[float]]:
        corners = [[round(lon, 5), round(lat, 5)] for lat, lon in h3.cell_to_boundary(cell)]
        return [*corners, corners[0]]

    return _collection(_feature(cell, {"type": "Polygon", "coordinates": [ring(cell)]}) for cell in ids)
