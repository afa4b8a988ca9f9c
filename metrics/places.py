"""Where things are: the communities' drawn outlines and the parks. Places, not figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from metrics.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Park:
    """A park and its seat (WGS84); lon and lat are None where no register says them."""

    id: str
    title: str
    community_id: str | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class Outlines:
    """The communities' outlines as GeoJSON geometries by community_id, and what has to be said of them."""

    shapes: dict[str, dict[str, Any]]
    is_legal: bool
    note: str


@lru_cache(maxsize=16)
def parks(warehouse: Warehouse) -> tuple[Park, ...]:
    """Return the street's parks in the order of their code list."""
    query = "select park_id, park, community_id, lon, lat from core.park order by park_id"
    return tuple(Park(*row) for row in warehouse.cursor().execute(query).fetchall())


@lru_cache(maxsize=16)
def outlines(warehouse: Warehouse) -> Outlines:
    """Return the generation's outlines; there may be none."""
    query = "select community_id, geometry, is_legal, note from core.boundary order by community_id"
    found = warehouse.cursor().execute(query).fetchall()
    shapes = {community: json.loads(geometry) for community, geometry, _, _ in found}
    return Outlines(shapes, all(row[2] for row in found), next((row[3] for row in found), ""))
