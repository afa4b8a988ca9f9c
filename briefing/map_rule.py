"""Which map a document may show: invented outlines look like wrong boundaries, and a real map needs its 审图号 in public.

- The sample: its tiles, 「社区位置示意图，非行政区域界线」, in either version.
- Internal: the street's own boundaries with what must be said of them.
- Public: the street's legal boundaries only under a typed 审图号, which is printed; otherwise hexagons in about the same
  places, which nobody takes for boundaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from briefing.schematic import tiles
from briefing.source import Source
from metrics import places

Spot = tuple[float, float]
Rings = tuple[tuple[Spot, ...], ...]
SCHEMATIC = _("社区位置示意图，非行政区域界线")
INTERNAL = _("内部工作用图，不作为划界依据，不得公开发布")


@dataclass(frozen=True)
class Drawn:
    """The communities' rings (longitude, latitude) by id, and the notes that stand in the picture."""

    rings: dict[str, Rings]
    notes: tuple[str, ...]


def drawn(source: Source, map_approval: str = "") -> Drawn:
    """Return the map that the source's audience may see; without outlines it is empty."""
    outlines = places.outlines(source.warehouse)
    rings = {code: rings_of(shape) for code, shape in outlines.shapes.items()}
    if source.warehouse.is_sample or not rings:
        return Drawn(rings, (outlines.note or SCHEMATIC,))
    if source.audience == "internal":
        must = INTERNAL if outlines.is_legal else SCHEMATIC
        return Drawn(rings, tuple(dict.fromkeys(filter(None, (must, outlines.note)))))
    if outlines.is_legal and map_approval.strip():
        return Drawn(rings, (_("审图号：{number}").format(number=map_approval.strip()),))
    return Drawn(tiles(rings), (SCHEMATIC,))


def rings_of(shape: dict[str, Any]) -> Rings:
    """Return the rings of a polygon or several, without the repeated last corner."""
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return tuple(tuple((float(x), float(y)) for x, y, *_z in ring[:-1]) for polygon in polygons for ring in polygon)
