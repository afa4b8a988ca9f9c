"""Hexagons in about the places of real areas: a map that is evidently none.

Each community gets one cell of a regular grid, so that all together are moved as little as possible (the assignment
problem, Kuhn 1955); all cells are of one size.
"""

from __future__ import annotations

from math import cos, radians, sqrt

Spot = tuple[float, float]
Rings = tuple[tuple[Spot, ...], ...]
CORNERS = ((0.0, 1.0), (0.866, 0.5), (0.866, -0.5), (0.0, -1.0), (-0.866, -0.5), (-0.866, 0.5))
SPARE = 1.6  # cells per community in the box that holds them: room to lie apart, but no scattered islands
GAP = 0.96


def tiles(rings: dict[str, Rings]) -> dict[str, Rings]:
    """Return one hexagon per community in place of its outline."""
    if not rings:
        return {}
    latitude = sum(y for shape in rings.values() for _x, y in shape[0]) / sum(len(shape[0]) for shape in rings.values())
    shrink = cos(radians(latitude))
    spots = [_middle(shape, shrink) for shape in rings.values()]
    step = _step(spots)
    cells = _grid(spots, step)
    chosen = _assigned(spots, cells)
    size = step / sqrt(3) * GAP
    return {
        code: (tuple(((x + dx * size) / shrink, y + dy * size) for dx, dy in CORNERS),)
        for code, (x, y) in zip(rings, chosen, strict=True)
    }


def _middle(shape: Rings, shrink: float) -> Spot:
    """Return the middle of the box around an area's longest ring, on a plane where both directions are equal."""
    ring = max(shape, key=len)
    xs, ys = [x * shrink for x, _y in ring], [y for _x, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _step(spots: list[Spot]) -> float:
    """Return the distance between neighbouring cells."""
    xs, ys = [x for x, _y in spots], [y for _x, y in spots]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    side = max(wide, tall) or 0.01
    area = max(wide, side / 4) * max(tall, side / 4)
    return sqrt(area / (len(spots) * SPARE) * 2 / sqrt(3))


def _grid(spots: list[Spot], step: float) -> list[Spot]:
    """Return the middles of a honeycomb over all spots with one row to spare around them."""
    xs, ys = [x for x, _y in spots], [y for _x, y in spots]
    rise = step * sqrt(3) / 2
    rows, columns = int((max(ys) - min(ys)) / rise) + 3, int((max(xs) - min(xs)) / step) + 3
    return [
        (min(xs) + (column - 1 + row % 2 / 2) * step, min(ys) + (row - 1) * rise)
        for row in range(rows)
        for column in range(columns)
    ]


def _assigned(spots: list[Spot], cells: list[Spot]) -> list[Spot]:
    """Return each spot's cell so that the sum of squared moves is least."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    moves = ((np.array(spots)[:, None, :] - np.array(cells)[None, :, :]) ** 2).sum(axis=2)
    _rows, columns = linear_sum_assignment(moves)
    return [cells[column] for column in columns]
