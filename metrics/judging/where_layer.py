"""What clusters are looked for on: the communities where they are many, else the h3 cells of the enterprises.

Only sums and who lies beside whom; the tests are in `metrics/judging/where.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from analysis.clusters import FEWEST, connected
from analysis.smoothing import Array, Clustered, Noise, binomial_noise, clustered_noise, poisson_noise
from metrics import places
from metrics.catalogue import Metric, metric_of
from metrics.question import Question, Row
from metrics.scope import communities, titles
from metrics.values import ask, rows
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    import polars as pl

RESOLUTIONS = (7, 8, 9, 10)  # of h3: cells of about 2.3 km, 0.9 km, 330 m, 125 m across; the first with enough cells
TOUCHING = 2e-5  # degrees: outlines are rounded to 1e-5, so neighbours may stand a metre apart


@dataclass(frozen=True, slots=True)
class Area:
    """One cell or community: both sides of its number, and the community it lies in."""

    id: str
    community: str
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class CellSums:
    """Sums over the enterprises of one cell, each with y of x."""

    y: float
    x: float
    yy: float
    yx: float
    xx: float


@dataclass(frozen=True)
class Layer:
    """Areas with who lies beside whom (places in `areas`); `lost` counts units without coordinates."""

    is_grid: bool
    areas: tuple[Area, ...]
    sums: tuple[Clustered | None, ...]
    neighbours: tuple[tuple[int, ...], ...]
    lost: int = 0


@dataclass(frozen=True)
class NoLayer:
    """Why clusters are not looked for: kind (no rate), public, persons (sensitive), nowhere (units without a place), few (cells).

    `communities` is how many there are to look at: with an outline and a value (`is_drawn`), or in all.
    """

    reason: str
    communities: int
    cells: int = 0
    is_drawn: bool = False


def sides(areas: tuple[Area, ...]) -> tuple[Array, Array]:
    """Return numerators and denominators as arrays."""
    return np.array([area.numerator for area in areas]), np.array([area.denominator for area in areas])


def noise_of(metric: Metric, sums: tuple[Clustered | None, ...]) -> tuple[Noise, Array | None]:
    """Return how a metric's number varies by chance, and its independent units where they are fewer than counted."""
    if metric.kind == "proportion":
        return binomial_noise, None
    if metric.kind == "rate":
        return poisson_noise, None
    return clustered_noise([each for each in sums if each is not None])


def ruled_out(warehouse: Warehouse, question: Question) -> NoLayer | None:
    """Return why clusters need not even be looked for; None where a layer may be found. Quick: it asks no rows."""
    metric, many = metric_of(question.metric), len(communities(warehouse))
    if metric.over is None or metric.interval == "none":
        return NoLayer("kind", many)
    return _no_grid(metric, question, many) if many < FEWEST else None


def _no_grid(metric: Metric, question: Question, many: int, is_drawn: bool = False) -> NoLayer | None:
    if question.audience == "public":
        return NoLayer("public", many, is_drawn=is_drawn)
    if metric.sensitive:
        return NoLayer("persons", many, is_drawn=is_drawn)
    is_placed = metric.unit == "enterprise" and metric.has_own_base and metric.time == "stock"
    return None if is_placed else NoLayer("nowhere", many, is_drawn=is_drawn)


@lru_cache(maxsize=32)
def layer(warehouse: Warehouse, question: Question) -> Layer | NoLayer:
    """Return what clusters of this question are looked for on, or why they are not."""
    if (reason := ruled_out(warehouse, question)) is not None:
        return reason
    metric, many, is_drawn = metric_of(question.metric), len(communities(warehouse)), False
    if many >= FEWEST:
        areas = _communities(warehouse, question)
        if len(areas.areas) >= FEWEST:
            return areas
        many, is_drawn = len(areas.areas), True
        if (reason := _no_grid(metric, question, many, is_drawn)) is not None:
            return reason
    found = _grid(warehouse, question, metric)
    return found if isinstance(found, Layer) else NoLayer("few", many, found, is_drawn)


def _layer(is_grid: bool, areas: list[Area], sums: list[Clustered | None], beside: list[list[int]], lost: int) -> Layer:
    """Return the areas that have a neighbour; leaving the others out takes no neighbour from anyone."""
    kept = connected(beside)
    now = {place: index for index, place in enumerate(kept)}
    near = tuple(tuple(now[other] for other in beside[place]) for place in kept)
    return Layer(is_grid, tuple(areas[place] for place in kept), tuple(sums[place] for place in kept), near, lost)


def _communities(warehouse: Warehouse, question: Question) -> Layer:
    """Return the communities that have a value, an outline and a neighbour as a layer."""
    import shapely

    shapes = places.outlines(warehouse).shapes
    answer = ask(warehouse, replace(question, by=("community",)))
    drawn = [row for row in answer.rows if row.keys["community_id"] in shapes and is_usable(answer.metric, row)]
    outlines = np.array([shapely.geometry.shape(shapes[row.keys["community_id"] or ""]) for row in drawn])
    areas = [
        Area(row.keys["community_id"] or "", row.keys["community"] or "", row.numerator or 0.0, row.denominator or 0.0)
        for row in drawn
    ]
    return _layer(False, areas, [row.clusters for row in drawn], touching(outlines), 0)


def is_usable(metric: Metric, row: Row) -> bool:
    """Return whether a community's row can be smoothed and tested: it has a value and its chance is known."""
    return row.value is not None and (metric.kind != "ratio" or row.clusters is not None)


def touching(outlines: np.ndarray) -> list[list[int]]:
    """Return for each outline the places of those that share an edge or a corner with it."""
    import shapely

    pairs = shapely.STRtree(outlines).query(outlines, predicate="dwithin", distance=TOUCHING).T
    beside: list[list[int]] = [[] for _outline in outlines]
    for one, other in sorted((int(one), int(other)) for one, other in pairs):
        if one != other:
            beside[one].append(other)
    return beside


def _grid(warehouse: Warehouse, question: Question, metric: Metric) -> Layer | int:
    """Return the coarsest h3 grid with enough cells that hold a counted enterprise and touch another such cell.

    Where none has enough, it is the most cells that one has.
    """
    units, lost = _placed(warehouse, question, metric)
    most = 0
    for resolution in RESOLUTIONS:
        made = _cells(warehouse, units, resolution, lost)
        if len(made.areas) >= FEWEST:
            return made
        most = max(most, len(made.areas))
    return most


def _placed(warehouse: Warehouse, question: Question, metric: Metric) -> tuple[pl.DataFrame, int]:
    """Return the enterprises that count (y of x, community_id, lon, lat), and how many more have no coordinates."""
    import polars as pl

    at = rows(warehouse, Question("enterprises", month=question.month)).select("unit_id", "lon", "lat")
    base = pl.col("base") if "base" in metric.columns else pl.lit(1)
    counted = rows(warehouse, replace(question, by=())).select(
        "unit_id", "community_id", pl.col("value").cast(pl.Float64).alias("y"), base.cast(pl.Float64).alias("x")
    )
    counted = counted.drop_nulls(["y", "x"]).filter(pl.col("x") > 0)
    placed = counted.join(at.drop_nulls(["lon", "lat"]).unique("unit_id"), on="unit_id", how="inner")
    return placed, counted.height - placed.height


def _cells(warehouse: Warehouse, units: pl.DataFrame, resolution: int, lost: int) -> Layer:
    import h3
    import polars as pl

    spots = zip(units["lat"], units["lon"], strict=True)
    cells = pl.Series("cell", [h3.latlng_to_cell(lat, lon, resolution) for lat, lon in spots], dtype=pl.String)
    y, x = pl.col("y"), pl.col("x")
    summed = (
        units.with_columns(cells).group_by("cell").agg(
            y.sum().alias("sum_y"), x.sum().alias("sum_x"), (y * y).sum().alias("yy"),
            (y * x).sum().alias("yx"), (x * x).sum().alias("xx"),
            pl.col("community_id").mode().min(),
        ).sort("cell")
    )  # fmt: skip
    places_of = {cell: place for place, cell in enumerate(summed["cell"])}
    beside = [[places_of[near] for near in sorted(h3.grid_ring(cell, 1)) if near in places_of] for cell in places_of]
    names = titles(warehouse, "community")
    areas = [
        Area(row["cell"], names.get(row["community_id"], ""), row["sum_y"], row["sum_x"])
        for row in summed.iter_rows(named=True)
    ]
    names_of_sums = ("sum_y", "sum_x", "yy", "yx", "xx")
    sums: list[Clustered | None] = [CellSums(*each) for each in summed.select(names_of_sums).iter_rows()]
    return _layer(True, areas, sums, beside, lost)
