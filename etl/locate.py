"""Community and park of a row: from its column, its report, its address or its coordinates, in this order.

What is ambiguous stays null (待核实): 雪象 alone, two communities in one address, a road that bears a
community's name. A street that is called like a community (坂田) counts only as 坂田社区.
"""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from etl.codelist import CodeLists
from etl.ledger import LedgerKind
from etl.places.boundaries import Boundaries, load_legal_boundaries

# 五和大道 runs through several communities: a name that goes on as a road or a station is no place.
ROAD = r"[一二三四五六七八九十东南西北中]{0,2}(?:大道|大街|公路|路|街|地铁站|站)"
PLACE_SCHEMA = {"name": pl.String, "community_id": pl.String, "park_id": pl.String, "rank": pl.Int8}


def locate(
    rows: pl.DataFrame,
    unit_community: pl.DataFrame,
    codes: CodeLists,
    boundaries: Boundaries | Path | None,
    kind: LedgerKind | None = None,
) -> pl.DataFrame:
    """Add `community_id`, `park_id`, `located_by` (column, unit, address, coordinates, null) to cleaned rows.

    `unit_community`: sheet_no, community_id of the sheet's reporting unit where that is one community;
    `boundaries`: read ones, or the street's folder, whose boundaries are read only where a row needs them;
    `kind` says which columns hold community and park (`name` in their own ledgers).
    """
    community, park = _column(kind, "community"), _column(kind, "park")
    columns = rows.columns
    for name in (community, park, "address", "lon", "lat"):
        if name not in rows.columns:
            rows = rows.with_columns(pl.lit(None, pl.Float64 if name in ("lon", "lat") else pl.String).alias(name))
    units = unit_community.select(pl.col("sheet_no").cast(pl.Int32), pl.col("community_id").alias("_unit"))
    rows = rows.join(units.unique("sheet_no"), on="sheet_no", how="left", maintain_order="left")
    homes = _park_homes(codes).rename({"code": park, "community_id": "_park_home"})
    rows = rows.join(homes, on=park, how="left", maintain_order="left")
    rows = rows.join(_addresses(rows, codes), on="address", how="left", maintain_order="left")
    rows = _choose(rows, community)
    rows = _by_coordinates(rows, boundaries, codes)
    return rows.with_columns(_park(park)).select(*columns, "community_id", "park_id", "located_by")


def _column(kind: LedgerKind | None, type_: str) -> str:
    columns = kind.columns.values() if kind else ()
    return next((column.id for column in columns if column.type == type_), type_)


def _choose(rows: pl.DataFrame, community: str) -> pl.DataFrame:
    """Take the first source that knows; a park's column says its community where the report does not."""
    sources = [(community, "column"), ("_unit", "unit"), ("_park_home", "column"), ("_address_community", "address")]
    found = pl.coalesce(*(pl.when(pl.col(name).is_not_null()).then(pl.lit(by)) for name, by in sources))
    return rows.with_columns(
        pl.coalesce(*(name for name, _by in sources)).alias("community_id"), found.alias("located_by")
    )


def _park(park: str) -> pl.Expr:
    """Return the park's column, else the park in the address where it lies in the row's community."""
    agrees = pl.col("_address_park_home").is_null() | (pl.col("_address_park_home") == pl.col("community_id"))
    return pl.coalesce(park, pl.when(agrees).then("_address_park")).alias("park_id")


def _by_coordinates(rows: pl.DataFrame, boundaries: Boundaries | Path | None, codes: CodeLists) -> pl.DataFrame:
    """Ask legal boundaries about rows that have coordinates and nothing else."""
    lost = pl.col("community_id").is_null() & pl.col("lon").is_not_null() & pl.col("lat").is_not_null()
    if boundaries is None or not rows.select(lost.any()).item():
        return rows
    if isinstance(boundaries, Path):
        boundaries = load_legal_boundaries(codes, boundaries / "geo")
    if boundaries is None or not boundaries.legal:
        return rows
    rows = rows.with_row_index("_index")
    points = rows.filter(lost).select("_index", "lon", "lat")
    inside = points.select("_index", boundaries.community_of(points["lon"], points["lat"]).alias("_inside"))
    rows = rows.join(inside, on="_index", how="left", maintain_order="left")
    by = pl.when(pl.col("_inside").is_not_null()).then(pl.lit("coordinates")).otherwise("located_by")
    return rows.with_columns(pl.coalesce("community_id", "_inside").alias("community_id"), by.alias("located_by"))


def places(codes: CodeLists) -> pl.DataFrame:
    """Return the names that an address may hold: name, community_id, park_id, rank (1 before 2).

    Rank 1: a park, or a community's name with 社区. Rank 2: short and old names. The list's column
    `address` says which names count bare (`name`) and which only with 社区 (`full`).
    """
    parks = codes.rows("park").filter(pl.col("kind") != "unusable")
    parks = parks.join(_park_homes(codes), on="code", how="left")
    found = [
        parks.select(
            pl.col("raw").alias("name"), "community_id", pl.col("code").alias("park_id"), rank=pl.lit(1, pl.Int8)
        )
    ]
    rows = codes.rows("community").filter(pl.col("kind") != "unusable")
    address = pl.col("address") if "address" in rows.columns else pl.lit("full")
    full = pl.when(pl.col("raw").str.ends_with("社区")).then("raw").otherwise(pl.col("raw") + "社区")
    names = rows.with_columns(address.fill_null("").alias("address"), pl.lit(None, pl.String).alias("park_id"))
    # An old name keeps rank 2 even with 社区: 上雪社区 no longer exists.
    is_current = (pl.col("kind") == "legal") | pl.col("raw").str.strip_suffix("社区").is_in(
        rows.filter(pl.col("kind") == "legal").get_column("raw").implode()
    )
    rank = pl.when(is_current).then(1).otherwise(2).cast(pl.Int8)
    facts = (pl.col("code").alias("community_id"), "park_id")
    found.append(names.filter(pl.col("address").is_in(["name", "full"])).select(full.alias("name"), *facts, rank=rank))
    bare = names.filter((pl.col("address") == "name") & ~pl.col("raw").str.ends_with("社区"))
    found.append(bare.select(pl.col("raw").alias("name"), *facts, rank=pl.lit(2, pl.Int8)))
    return pl.concat(found).unique("name", keep="first", maintain_order=True)


def _addresses(rows: pl.DataFrame, codes: CodeLists) -> pl.DataFrame:
    """Return what each distinct address says: `_address_community`, `_address_park`, `_address_park_home`."""
    known = places(codes)
    names = sorted(known.get_column("name"), key=len, reverse=True)
    pattern = f"(?:{'|'.join(map(re.escape, names))})(?:{ROAD})?"
    texts = rows.select("address").drop_nulls().unique()
    plain = pl.col("address").str.normalize("NFKC").str.replace_all(r"\s", "").str.to_uppercase()
    hits = texts.with_columns(plain.str.extract_all(pattern).alias("name")).explode("name").drop_nulls()
    hits = hits.join(known.with_columns(pl.col("name").str.to_uppercase()), on="name", how="inner")
    best = hits.filter(pl.col("rank") == pl.col("rank").min().over("address"))
    one = pl.col("community_id").n_unique() == 1
    found = best.group_by("address").agg(
        pl.when(one).then(pl.col("community_id").first()).alias("_address_community"),
        pl.when(pl.col("park_id").drop_nulls().n_unique() == 1)
        .then(pl.col("park_id").drop_nulls().first())
        .alias("_address_park"),
    )
    homes = _park_homes(codes).rename({"code": "_address_park", "community_id": "_address_park_home"})
    return found.join(homes, on="_address_park", how="left")


def _park_homes(codes: CodeLists) -> pl.DataFrame:
    """Return the community of each park, as the list's column `community` says it."""
    parks = codes.legal("park")
    home = pl.col("community") if "community" in parks.columns else pl.lit(None, pl.String)
    return parks.select("code", home.alias("community_id"))
