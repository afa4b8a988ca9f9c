"""The sample street's communities, parks and schematic tiles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

STREET = "坂田街道"
MARK = "示例数据　非真实情况"
FILE_MARK = "示例数据 非真实情况"
TILE_RADIUS_DEG = 0.0035  # circumradius in degrees of latitude; larger tiles of 杨美 and 马安堂 would touch


@dataclass(frozen=True)
class Community:
    """A community as the sample tells it; `enterprises` counts those operating at the end of 2018."""

    name: str
    codes: tuple[str, ...]
    lon: float
    lat: float
    area_km2: float
    residents: int
    registered: int
    enterprises: int


@dataclass(frozen=True)
class Park:
    """An industrial park; its point is schematic."""

    name: str
    community: str
    lon: float
    lat: float


def _codes(*tails: int) -> tuple[str, ...]:
    return tuple(f"440307013{tail:03d}" for tail in tails)


COMMUNITIES = (
    Community("岗头", _codes(2), 114.055, 22.661, 4.86, 98600, 7310, 430),
    Community("马安堂", _codes(7), 114.068, 22.629, 2.06, 46200, 3120, 305),
    Community("五和", _codes(8), 114.058, 22.622, 2.62, 61500, 5240, 398),
    Community("四季花城", _codes(11), 114.050, 22.627, 0.74, 18900, 6480, 112),
    Community("第五园", _codes(12), 114.065, 22.616, 1.12, 21700, 5930, 186),
    Community("坂田", _codes(13), 114.060, 22.639, 3.35, 72800, 4860, 468),
    Community("万科城", _codes(14), 114.060, 22.648, 0.98, 26400, 7150, 148),
    Community("杨美", _codes(15, 16, 17), 114.072, 22.634, 2.41, 57300, 2890, 336),
    Community("大发埔", _codes(18, 19), 114.053, 22.635, 1.53, 39800, 2260, 262),
    Community("南坑", _codes(20, 21), 114.057, 22.607, 3.61, 31000, 2174, 227),
    Community("象角塘", _codes(22), 114.067, 22.655, 2.48, 33900, 1980, 158),
    Community("新雪", _codes(23), 114.075, 22.650, 2.75, 42600, 2410, 184),
)
PARKS = (
    Park("天安云谷", "岗头", 114.063, 22.663),
    Park("星河雅宝", "南坑", 114.059, 22.610),
    Park("中浩工业城", "象角塘", 114.074, 22.655),
    Park("南坑创意园", "南坑", 114.060, 22.607),
)


def community(name: str) -> Community:
    """Return the community of that short name."""
    return next(place for place in COMMUNITIES if place.name == name)


def hexagon(place: Community, radius: float = TILE_RADIUS_DEG) -> list[tuple[float, float]]:
    """Return the closed ring of the community's schematic tile, WGS84 lon/lat, counter-clockwise."""
    stretch = 1 / math.cos(math.radians(place.lat))
    angles = [math.radians(30 + 60 * corner) for corner in range(6)]
    ring = [
        (round(place.lon + radius * stretch * math.cos(a), 6), round(place.lat + radius * math.sin(a), 6))
        for a in angles
    ]
    return [*ring, ring[0]]


def point_inside(place: Community, random: Random) -> tuple[float, float]:
    """Return a random point well inside the community's tile (within its inscribed circle)."""
    distance = TILE_RADIUS_DEG * 0.83 * math.sqrt(random.random())
    angle = random.random() * 2 * math.pi
    stretch = 1 / math.cos(math.radians(place.lat))
    return (
        round(place.lon + distance * stretch * math.cos(angle), 6),
        round(place.lat + distance * math.sin(angle), 6),
    )
