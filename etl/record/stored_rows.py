"""The rows that loads hold, as frames: what a new load is compared with and change lists act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from polars import col

from etl.ledger import LedgerKind
from etl.record.change_lists import MARK, Said, chain_of, rows_of, state
from etl.record.holdings import Part, Source, mode_of, sources
from etl.record.loads import Load, content_schema, row_schema
from etl.reporting import STREET

LOAD = {"load_id": pl.String(), "load_no": pl.Int32()}


def content_of(kind: LedgerKind, rows: pl.DataFrame) -> pl.Series:
    """Return a hash per row of all mapped columns: what makes two rows equal."""
    return rows.select(list(content_schema(kind))).hash_rows(seed=1).alias("content")


def said_by(parts: Iterable[Part], kind: LedgerKind) -> list[Said]:
    """Return every register and change list of one kind, oldest load first."""
    return [
        Said(s["unit_id"], date.fromisoformat(s["as_of"]), part.load.number, mode_of(s) == "change")
        for part in parts
        for s in part.sheets
        if s["ledger"] == kind.id and s["as_of"]
    ]


def read_source(kind: LedgerKind, source: Source) -> pl.LazyFrame:
    """Return the rows of one Parquet file; a column that its load did not know yet is empty."""
    frame = pl.scan_parquet(source.path)
    stored = frame.collect_schema().names()
    if source.kept is not None:
        kept = pl.DataFrame(
            source.kept, {"file": pl.String(), "sheet": pl.String(), "named": pl.String()}, orient="row"
        )
        frame = frame.join(kept.lazy(), on=["file", "sheet"], maintain_order="left")
        frame = frame.with_columns(col("named").alias("file"))
    load = {"load_id": source.load.id, "load_no": source.load.number}
    known = [
        (col(name) if name in stored else pl.lit(None, dtype)).cast(dtype).alias(name)
        for name, dtype in row_schema(kind).items()
    ]
    return frame.select(*known, *[pl.lit(value, LOAD[name]).alias(name) for name, value in load.items()])


def stored_rows(parts: list[Part], kind: LedgerKind, wanted: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the rows of one kind with load_id and load_no, oldest load first; those that `wanted` matches alone."""
    frames = []
    for source in sources(parts, kind.id):
        frame = read_source(kind, source)
        if wanted is not None:
            frame = frame.join(wanted.lazy(), on=wanted.columns, how="semi", nulls_equal=True, maintain_order="left")
        frames.append(frame)
    if not frames:
        return pl.DataFrame(schema={**row_schema(kind), **LOAD})
    return pl.concat(frames).collect()


@dataclass(frozen=True)
class Derived:
    """A unit's snapshot as a change list leaves it: `load` brought the last list that acts.

    `communities`: those that the register or a list names, also where the last of their rows is gone.
    """

    unit_id: str
    as_of: date
    load: Load
    rows: pl.DataFrame
    communities: tuple[str, ...]

    @property
    def snapshot_id(self) -> str:
        """Return a name that no register's load has."""
        return MARK + self.load.id


def derived_snapshots(parts: list[Part], kind: LedgerKind) -> list[Derived]:
    """Return the snapshots that change lists make: one per unit and day on which a list acts.

    A list of a unit that has no register has no effect.
    """
    stated = said_by(parts, kind)
    days = sorted({(one.unit_id, one.as_of) for one in stated if one.is_change})
    if not days:
        return []
    units = pl.DataFrame({"unit_id": sorted({unit for unit, _day in days})})
    rows, found = stored_rows(parts, kind, units), []
    loads = {part.load.number: part.load for part in parts}
    for unit, day in days:
        if chain := chain_of(stated, unit, day):
            now = state(kind, rows, chain).with_columns(pl.lit(day).alias("as_of"))
            said = pl.concat([rows_of(rows, one)["community_id"] for one in (chain.register, *chain.changes)])
            named = (unit,) if unit != STREET else tuple(said.drop_nulls().unique().sort())
            found.append(Derived(unit, day, loads[chain.changes[-1].load_no], now, named))
    return found
